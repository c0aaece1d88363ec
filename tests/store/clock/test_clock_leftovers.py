"""What a clock that was ahead has left outside the logs comes back to the present as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from campaigns.rules.signing import one_time_codes
from campaigns.services import clock
from campaigns.services.access import tokens
from campaigns.services.engine import runs as relayed
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.store.commit import commit
from campaigns.store.engine import edges
from campaigns.store.nomination import nominations
from campaigns.store.tables import api_token, campaign, message
from campaigns.store.transaction import Transaction
from schemas.commands.clock import RepairClock
from schemas.messages.outgoing import DeliveryOutcome
from schemas.vocabulary import MessageState
from tests.clocks import YEAR, a_year_ahead
from tests.databases import Database
from tests.decision_browser import Browser
from tests.one_time_codes import ask, browser_of, give, path, sent, state, waiting_world
from tests.world import World, make_world, nomination_row

PATIENCE = timedelta(minutes=1)


def command() -> RepairClock:
    return RepairClock(command_id="repair", reason="Đồng hồ máy chủ sai năm", person_id="mai")


def repair(world: World) -> None:
    assert world.act(clock.repair, command()).changed


def repair_registers(world: World) -> None:
    with world.store.writing("mai") as tx:
        assert clock.repair_registers(tx, command()).changed
        commit(tx)


# --- Codes ---------------------------------------------------------------------------------------


@pytest.fixture
def signing(database: Database) -> Iterator[World]:
    """The launch waits for a leader, whose link needs a code."""
    world = waiting_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def browser(signing: World, tmp_path: Path) -> Browser:
    return browser_of(signing, tmp_path)


def test_code_asked_for_ahead_is_over_after_the_repair(signing: World, browser: Browser):
    codes: list[str] = []
    where = path(signing)
    a_year_ahead(signing, lambda: codes.append(sent(signing, browser, path(signing))))
    repair(signing)
    signing.clock.time += one_time_codes.LASTS

    give(browser, where, codes[0])

    assert state(signing) == "awaiting_approval"


def test_codes_asked_for_ahead_count_for_an_hour_and_not_for_a_year(
    signing: World, browser: Browser
):
    def ask_often() -> None:
        for _ in range(one_time_codes.PER_HOUR):
            assert ask(browser, path(signing)).status_code == 200

    a_year_ahead(signing, ask_often)
    repair(signing)
    signing.clock.time += one_time_codes.HOUR

    assert ask(browser, path(signing)).status_code == 200


# --- Tokens --------------------------------------------------------------------------------------


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    world.receive_nominations()
    world.nominate("A")
    yield world
    world.store.engine.dispose()


def test_token_made_ahead_lasts_as_long_as_it_was_given(world: World):
    def make() -> None:
        with world.store.writing("mai") as tx:
            tokens.create(tx, "mai", ["read"], 30)
            commit(tx)

    a_year_ahead(world, make)
    repair_registers(world)

    with world.store.reading() as tx:
        ends = tx.connection.execute(select(api_token.c.expires_at)).scalar_one()
    assert ends == world.clock.time + timedelta(days=30)


# --- Runs and mails, where the log itself is right ----------------------------------------------


def test_run_that_was_created_ahead_and_never_began_is_asked_for_again(world: World):
    def start() -> None:
        with world.store.writing("system:relay") as tx:
            for wanted in relayed.claim(tx, 50):
                relayed.record_started(tx, wanted, "lost")
            commit(tx)

    a_year_ahead(world, start)
    with world.store.writing("system:relay") as tx:
        relayed.redrive(tx, PATIENCE)
        commit(tx)
    world.clock.time += PATIENCE

    assert edges.CYCLE in claimed(world)


def test_log_that_is_ahead_has_no_runs_until_its_time_has_come(world: World):
    seven_hours = timedelta(hours=7)
    world.clock.time += seven_hours
    world.act(lambda tx: tx.record("thidua.test.noted", "x:y", {}))
    world.clock.time -= seven_hours
    assert claimed(world) == set()

    world.clock.time += seven_hours

    assert edges.CYCLE in claimed(world)


def claimed(world: World) -> set[str]:
    with world.store.writing("system:relay") as tx:
        return {one.topic for one in edges.claim(tx, 50)}


def test_mail_that_was_put_off_ahead_leaves_without_a_repair(world: World):
    def put_off() -> None:
        mails = world.act(delivery.claim)
        later = [
            DeliveryOutcome(message_id=one.message_id, state=MessageState.QUEUED, detail="451")
            for one in mails
        ]
        assert world.act(delivery.record, later).deferred

    a_year_ahead(world, put_off)
    world.act(delivery.recover, repeatable=False)

    assert world.act(delivery.claim)


def test_mail_of_a_rehearsal_keeps_its_own_time(world: World):
    theirs = world.clock.time + YEAR

    def rehearse(tx: Transaction) -> None:
        tx.connection.execute(update(campaign).values(clock_at=theirs))
        tx.connection.execute(update(message).values(queued_at=theirs))

    world.act(rehearse)
    world.act(delivery.recover, repeatable=False)

    assert world.read(lambda tx: tx.connection.scalar(select(func.min(message.c.queued_at)))) == (
        theirs
    )


# --- Nominations ---------------------------------------------------------------------------------


def test_nomination_that_was_imported_ahead_and_is_sent_again_is_not_late(world: World):
    rows = [nomination_row("B", rank=2)]
    a_year_ahead(world, lambda: world.act(checking.receive, rows, recorded=True))
    assert world.read(nominations.by_code)["B"].late
    repair(world)

    assert world.act(checking.receive, rows, recorded=True).changed

    assert not world.read(nominations.by_code)["B"].late
    assert world.read(audit.verify).intact
