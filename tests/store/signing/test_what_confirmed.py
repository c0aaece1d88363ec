"""By what was an act confirmed? The event says, the signature shows, the log vouches for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from campaigns.services.approvals import signers
from campaigns.services.log import audit
from campaigns.store import campaigns
from campaigns.store.commit import commit
from campaigns.store.tables import approval
from campaigns.store.transaction import Store
from notifications.writing.render import Renderer
from schemas.registers import Origin
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.decision_browser import LINKS, Browser, typed
from tests.one_time_codes import browser_of, events, give, path, sent, state, waiting_world
from tests.portal_client import API, People
from tests.world import World


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = waiting_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    return browser_of(world, tmp_path)


def test_signature_says_by_what_it_was_confirmed(world: World, browser: Browser):
    where = path(world)
    give(browser, where, sent(world, browser, where))
    (signed,) = events(world, "signed")
    (shown,) = world.read(signers.signatures, world.read(campaigns.get_stage, Stage.LAUNCH))

    assert signed["means"] == "link+code"
    assert shown.origin is not None
    assert shown.origin.means == "link+code"
    assert "xác nhận bằng liên kết và mã dùng một lần" in browser.get(where).text


def test_link_without_a_code_is_named_as_such(world_with: Callable[..., World], tmp_path: Path):
    world = world_with()
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    typed(browser_of(world, tmp_path), path(world), act="abstain", reason="Người nhà")

    assert events(world, "abstained")[0]["means"] == "link"


def test_token_takes_no_code_and_is_named(world: World, tmp_path: Path):
    answer = People(world, tmp_path).post("hung", f"{API}/stages/launch/approve", {})

    assert answer.is_success, answer.text
    assert events(world, "signed")[0]["means"] == "token"


def test_act_of_a_rehearsal_takes_no_code_and_was_confirmed_by_nothing(world: World):
    """Rehearsals invent acts and hand them to the services; nobody opens a link."""
    world.approve(Stage.LAUNCH, "hung")

    assert state(world) == "approved"
    assert "means" not in events(world, "signed")[0]


def test_log_vouches_for_by_what_it_was_confirmed(world: World, browser: Browser):
    where = path(world)
    give(browser, where, sent(world, browser, where))
    assert not world.read(audit.verify).differences
    with world.store.writing("system:test") as tx:
        forged = Origin(means="token").model_dump_json()
        tx.connection.execute(approval.update().values(given_by=forged))
        commit(tx)

    assert world.read(audit.verify).differences
