"""Can somebody with a leaked link, or a copy of the database, come by the code beside it?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.record import Attempts
from tests.databases import Database
from tests.decision_browser import Browser, form_of, typed
from tests.one_time_codes import (
    ask,
    browser_of,
    code_of,
    give,
    mails,
    path,
    sent,
    state,
    waiting_world,
)
from tests.world import World

ADDRESS = "hung@example.org"


@pytest.fixture
def world(sqlite_database: Database) -> Iterator[World]:
    world = waiting_world(sqlite_database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    return browser_of(world, tmp_path)


def decided(world: World) -> bool:
    return state(world) != "awaiting_approval"


def test_link_that_leaked_signs_nothing(world: World, browser: Browser, attempt: Attempts):
    link = path(world)
    for act in ("approve", "return", "abstain"):
        typed(browser, link, act=act, reason="x")
        attempt(f"{act} without a code", held=not decided(world))
        typed(browser, link, act=act, reason="x", do="confirm", code="")
        attempt(f"{act} with an empty code", held=not decided(world))
        typed(browser, link, act=act, reason="x", do="CODE", code="00000000")
        attempt(f"{act} by a door that is not there", held=not decided(world))
    page = ask(browser, link)
    (mail,) = mails(world)
    attempt("the page that has it sent tells it", held=code_of(mail) not in page.text)
    attempt("the page tells the whole address", held=ADDRESS not in page.text)
    attempt("it goes elsewhere", held=mail.to_address == ADDRESS)


def test_codes_are_not_guessed(
    world: World, browser: Browser, attempt: Attempts, request: pytest.FixtureRequest
):
    link, tried = path(world), 0
    rounds = 12 if request.config.getoption("--long") else 6
    for _ in range(rounds):
        is_sent = ask(browser, link).status_code == 200
        for number in range(8):
            tried += is_sent and number < 5
            give(browser, link, f"{number:08}")
            attempt(f"guess {number:08}", held=not decided(world))
    attempt("more than 25 guesses an hour count", held=tried <= 25)


def test_code_is_good_for_nothing_else(world: World, browser: Browser, attempt: Attempts):
    mine, others = path(world), path(world, "lan")
    code = sent(world, browser, mine)
    give(browser, mine, code, "return", reason="x")
    attempt("another act", held=not decided(world))
    give(browser, others, code)
    attempt("another person", held=not decided(world))
    form = form_of(browser.get(others).text)
    give(browser, mine, code, form=form)
    attempt("with another link's form", held=not decided(world))
    browser.get(f"{mine}?code={code}&act=approve&do=confirm")
    attempt("by an address", held=not decided(world))


def test_copy_of_the_database_makes_no_code(world: World, browser: Browser, attempt: Attempts):
    link = path(world)
    code = sent(world, browser, link)
    file = Path(str(world.store.engine.url.database))
    for each in (file, *file.parent.glob(f"{file.name}-*")):
        octets = each.read_bytes()
        attempt(f"in {each.suffix}", held=code.encode() not in octets)
