"""Who decides, decides on what they were shown: other figures are not signed by an old page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from campaigns.bootstrap import App
from campaigns.rules.approvals.errors import FiguresChanged
from campaigns.services.approvals import basis, verdicts
from campaigns.services.nomination import acts
from campaigns.services.signing.links import SignedLinks
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.registers import units
from campaigns.store.tables import approval, event, one_time_code
from campaigns.store.transaction import Store
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from schemas.commands.approvals import ApproveStage, ReturnStage
from schemas.commands.nomination import WithdrawNomination
from schemas.imports import UnitRow
from schemas.vocabulary import Stage
from tests import decision_browser, one_time_codes
from tests.databases import Database
from tests.decision_browser import LINKS, Browser, form_of, send, typed
from tests.one_time_codes import POLICY
from tests.portal_client import API, People
from tests.world import BOARD, SINCE, World, make_world, short_playbook

CHANGED = "đã thay đổi sau khi"
TWO = {"roles": ["leader"], "required": 2}


def waiting(database: Database, policy: dict[str, object]) -> World:
    """Return a world in which A and B are eligible, and the nominations wait for leaders."""
    world = make_world(database, short_playbook(approvals={"nomination": policy}))
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.check_all()
    world.ask_approval(Stage.NOMINATION)
    return world


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = waiting(database, TWO)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def coded(database: Database) -> Iterator[World]:
    world = waiting(database, POLICY)
    yield world
    world.store.engine.dispose()


def browser_of(world: World, folder: Path) -> Browser:
    settings = Settings(home=folder, secret=SecretStr("k" * 32))
    transport = transport_from(MailSettings.model_construct(), folder)
    return Browser(App(settings, world.store, transport))


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    return browser_of(world, tmp_path)


def path(world: World, person: str = "hung") -> str:
    due = world.read(campaigns.get_stage, Stage.NOMINATION).approval_due_at
    return decision_browser.path(world, person, stage=Stage.NOMINATION, expires_at=due)


def withdraw(world: World, code: str = "A") -> None:
    out = WithdrawNomination(
        command_id=f"out-{code}", nomination_code=code, reason="Trùng", person_id="binh"
    )
    world.act(acts.withdraw, out)


def given(world: World) -> int:
    """Count the signatures on the nominations."""
    stage = world.read(campaigns.get_stage, Stage.NOMINATION)
    with world.store.reading() as tx:
        rows = tx.connection.execute(approval.select().where(approval.c.stage_id == stage.id))
        return len(rows.all())


# --- The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["approve", "return", "abstain"])
def test_act_on_figures_that_changed_is_refused_and_nothing_is_stored(
    world: World, browser: Browser, act: str
):
    where = path(world)
    form = form_of(browser.get(where).text)
    withdraw(world)
    before = world.count(event)

    answer = send(browser, where, act, form, reason="Thiếu phụ lục")

    assert answer.status_code == 409
    assert CHANGED in answer.text
    assert (given(world), world.count(event)) == (0, before)


def test_page_is_shown_anew_with_what_was_typed(world: World, browser: Browser):
    where = path(world)
    form = form_of(browser.get(where).text)
    withdraw(world)

    page = send(browser, where, "return", form, reason="Thiếu biên bản").text

    assert "Thiếu biên bản</textarea>" in page
    assert re.search(r'value="return" checked', page)
    assert "Đã rút" in page


def test_page_that_is_shown_anew_signs_the_figures_of_now(world: World, browser: Browser):
    where = path(world)
    form = form_of(browser.get(where).text)
    withdraw(world)
    page = send(browser, where, "approve", form).text

    assert send(browser, where, "approve", form_of(page)).status_code == 303
    assert given(world) == 1


def test_signature_that_is_sent_again_after_a_change_stays_a_repeat(world: World, browser: Browser):
    where = path(world)
    form = form_of(browser.get(where).text)
    send(browser, where, "approve", form)
    withdraw(world)

    assert send(browser, where, "approve", form).status_code == 303
    assert given(world) == 1


def test_signature_of_another_changes_no_figures(world: World, browser: Browser):
    where = path(world, "lan")
    form = form_of(browser.get(where).text)
    send(browser, path(world), "approve")

    assert send(browser, where, "approve", form).status_code == 303
    assert given(world) == 2


def test_two_who_look_at_old_figures_are_both_refused(world: World, browser: Browser):
    forms = {one: form_of(browser.get(path(world, one)).text) for one in ("hung", "lan")}
    withdraw(world)

    answers = [send(browser, path(world, one), "approve", form) for one, form in forms.items()]

    assert [one.status_code for one in answers] == [409, 409]
    assert given(world) == 0


def test_other_refusal_says_as_well_that_the_figures_changed(world: World, browser: Browser):
    """The form that comes back with it signs the figures of now."""
    where = path(world)
    form = form_of(browser.get(where).text)
    withdraw(world)

    page = send(browser, where, "return", form).text

    assert "Hãy nêu lý do" in page
    assert CHANGED in page


def test_form_without_what_it_showed_signs_nothing(world: World, browser: Browser):
    """As those of a version before are, for the two hours that they last."""
    where = path(world)
    form = LINKS.form(where.removeprefix("/d/"), "n", world.clock.time)

    assert send(browser, where, "approve", form).status_code == 409
    assert given(world) == 0


def test_launch_whose_contents_changed_is_not_signed(database: Database, tmp_path: Path):
    world = make_world(database)
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    browser, where = browser_of(world, tmp_path), decision_browser.path(world)
    form = form_of(browser.get(where).text)
    new = UnitRow(id="moi", name="Mới", kind="commune", parent_id=BOARD, valid_from=SINCE)
    world.act(units.save, [new])

    assert send(browser, where, "approve", form).status_code == 409
    world.store.engine.dispose()


# --- With a code ---------------------------------------------------------------------------------


def test_no_code_is_sent_for_figures_that_changed(coded: World, tmp_path: Path):
    browser, where = browser_of(coded, tmp_path), path(coded)
    form = form_of(browser.get(where).text)
    withdraw(coded)

    answer = typed(browser, where, form, act="approve", do="code")

    assert answer.status_code == 409
    assert CHANGED in answer.text
    assert coded.count(one_time_code) == 0


def test_code_is_not_used_up_by_figures_that_changed(coded: World, tmp_path: Path):
    browser, where = browser_of(coded, tmp_path), path(coded)
    page = typed(browser, where, act="approve", do="code").text
    [mail] = one_time_codes.mails(coded)
    code = one_time_codes.code_of(mail)
    withdraw(coded)

    answer = typed(browser, where, form_of(page), act="approve", do="confirm", code=code)
    assert (answer.status_code, given(coded)) == (409, 0)
    again = typed(browser, where, form_of(answer.text), act="approve", do="confirm", code=code)
    assert (again.status_code, given(coded)) == (303, 1)


# --- The mark ------------------------------------------------------------------------------------


def mark(world: World) -> str:
    return world.read(lambda tx: basis.mark(tx, campaigns.get_stage(tx, Stage.NOMINATION)))


def test_mark_stays_while_nothing_is_decided_otherwise(world: World):
    before = mark(world)
    world.approve(Stage.NOMINATION, "hung")

    assert mark(world) == before
    withdraw(world)
    assert mark(world) != before


def test_mark_is_made_with_the_key_and_known_after_a_change_of_the_key():
    other = SignedLinks("", b"n" * 32)
    both = SignedLinks("", b"n" * 32, b"k" * 32)

    assert other.mark("x") != LINKS.mark("x")
    assert both.is_mark("x", LINKS.mark("x"))
    assert not other.is_mark("x", LINKS.mark("x"))


@pytest.mark.parametrize("seen", ["", "0" * 24, "số liệu"])
def test_what_is_no_mark_signs_nothing(world: World, seen: str):
    command = ApproveStage(command_id="c", stage=Stage.NOMINATION, person_id="hung", seen=seen)
    with pytest.raises(FiguresChanged):
        world.act(verdicts.approve, command)


def test_command_of_a_version_before_says_nothing_of_what_was_seen(world: World):
    command = ReturnStage(command_id="c", stage=Stage.NOMINATION, person_id="hung", reason="Thiếu")

    assert world.act(verdicts.return_stage, command).changed == 1


# --- The interface -------------------------------------------------------------------------------


@pytest.fixture
def people(world: World, tmp_path: Path) -> People:
    people = People(world, tmp_path)
    people.token("hung")
    people.token("binh")
    return people


def test_interface_signs_what_was_read(world: World, people: People):
    read = people.get("hung", f"{API}/stages/nomination").json()["basis"]

    answer = people.post("hung", f"{API}/stages/nomination/approve", {"seen": read})

    assert answer.status_code == 200, answer.text
    assert given(world) == 1


@pytest.mark.parametrize("act", ["approve", "return", "abstain"])
def test_interface_refuses_what_changed_since_it_was_read(world: World, people: People, act: str):
    read = people.get("hung", f"{API}/stages/nomination").json()["basis"]
    withdraw(world)

    body = {"seen": read, "reason": "Thiếu"}
    answer = people.post("hung", f"{API}/stages/nomination/{act}", body)

    assert (answer.status_code, answer.json()["code"]) == (409, "figures-changed")
    assert given(world) == 0


def test_mark_is_for_those_who_may_be_told_who_is_asked(people: People):
    assert people.get("binh", f"{API}/stages/nomination").json()["basis"] == ""
