"""Whatever was decided is changed behind the program's back: the audit sees it, and names it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event as hooks
from sqlalchemy import text

from campaigns.rules.log import anchors
from campaigns.rules.log.anchors import Anchor
from campaigns.rules.log.chain import seals as chained
from campaigns.rules.log.chain import written
from campaigns.services.approvals import verdicts
from campaigns.services.launch import closing
from campaigns.services.log import audit, heads
from campaigns.store import events
from campaigns.store.commit import commit
from campaigns.store.log import vouched
from campaigns.store.tables import message, metadata
from schemas.commands.approvals import ApproveStage
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.edits import EDITS
from tests.played import play
from tests.world import CODE, World, make_world, open_world


@pytest.fixture(scope="module")
def played(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, datetime]:
    path = tmp_path_factory.mktemp("played") / "thidua.db"
    shutil.copyfile(sqlite_template, path)
    world = make_world(Database("sqlite", f"sqlite:///{path}"))
    play(world)
    world.store.engine.dispose()
    return path, world.clock.time


@pytest.fixture
def world(played: tuple[Path, datetime], tmp_path: Path) -> Iterator[World]:
    path, now = played
    copy = tmp_path / "thidua.db"
    shutil.copyfile(path, copy)
    world = open_world(Database("sqlite", f"sqlite:///{copy}"), now)
    yield world
    world.store.engine.dispose()


def edit(world: World, *statements: str) -> None:
    """Do to the database what nobody should, with references unchecked."""
    with world.store.engine.connect() as connection:
        cursor = connection.connection.cursor()
        cursor.execute("PRAGMA foreign_keys=OFF")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount, f"nothing was edited: {statement}"
        cursor.execute("PRAGMA foreign_keys=ON")


def named(world: World) -> set[str]:
    result = world.read(audit.verify)
    return {f"{one.thing} {','.join(one.columns) or one.problem}" for one in result.differences}


def test_untouched_campaign_is_intact_and_says_what_was_compared(world: World):
    result = world.read(audit.verify)

    assert result.differences == ()
    assert result.intact, result.reason
    compared = {one.kind: one.count for one in result.compared}
    assert compared["review"] == 4
    assert compared["tally"] == 2
    assert compared["mail"] == world.count(message)
    assert result.not_compared == ()


@pytest.mark.parametrize("what", EDITS)
def test_edit_is_seen_and_named(world: World, what: str):
    statement, told = EDITS[what]
    if "{" in told:
        query = "SELECT id, noted_in FROM message WHERE template = 'result-announced' ORDER BY id"
        first = world.read(lambda tx: tx.connection.execute(text(query)).first())
        assert first is not None
        told = told.format(result=first[0], event=first[1])

    edit(world, statement)

    result = world.read(audit.verify)
    assert not result.intact
    assert told in named(world)


def test_verification_looks_at_votes_by_their_nomination(world: World):
    """A plan that scans all votes for each nomination takes hours for thousands of them."""
    asked: list[str] = []

    def listen(driver, *_rest) -> None:
        driver.set_trace_callback(asked.append)

    hooks.listen(world.store.engine, "checkout", listen)
    world.read(audit.verify)
    hooks.remove(world.store.engine, "checkout", listen)

    plans: list[str] = []
    with world.store.engine.connect() as connection:
        for one in [one for one in asked if one.startswith("SELECT") and "participation" in one]:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}")
            plans += [row.detail for row in rows]
    assert plans
    assert [one for one in plans if one.startswith(("SCAN participation", "SCAN ballot"))] == []


# --- The end of the log --------------------------------------------------------------------------


def cut(world: World, kept: int) -> None:
    """Take events off the end of the log, and everything else that names them."""
    log = world.read(lambda tx: list(events.read(tx.connection, tx.campaign.id)))
    end = log[kept - 1]
    moment = f"{end.occurred_at:%Y-%m-%d %H:%M:%S}.000000"
    edit(
        world,
        f"DELETE FROM event WHERE number > {kept}",
        f"UPDATE event_head SET number = {kept}, hash = '{end.hash}', occurred_at = '{moment}'",
    )


def test_cut_tail_with_an_abstention_is_named_by_what_is_left(world: World):
    head = world.read(lambda tx: tx.head())
    cut(world, head.number - 1)

    assert "approval:replication/1/lan added" in named(world)


def test_cut_tail_is_named_by_edges_that_know_later_events(world: World):
    command = ApproveStage(command_id="last", stage=Stage.REPLICATION, person_id="hung")
    with world.store.writing("hung", CODE) as tx:
        verdicts.approve(tx, command)
        commit(tx)
    head = world.read(lambda tx: tx.head())
    cut(world, head.number - 2)
    edit(
        world,
        "DELETE FROM approval WHERE person_id = 'hung' AND stage_id IN "
        "(SELECT id FROM stage WHERE name = 'replication')",
        "UPDATE stage SET state = 'awaiting_approval', approved_at = NULL "
        "WHERE name = 'replication'",
    )

    assert named(world) == {f"event:{head.number} missing"}


def test_tail_that_was_cut_without_a_trace_is_named_by_a_head_noted_elsewhere(world: World):
    head = world.read(lambda tx: tx.head())
    noted = Anchor(head.number, head.hash[:16], "--expect")
    cut(world, head.number - 1)
    edit(world, "DELETE FROM approval WHERE verdict = 'abstain'", "DELETE FROM outbox")
    with world.store.engine.begin() as connection:
        connection.execute(text(f"DELETE FROM message WHERE noted_in >= {head.number}"))

    assert world.read(audit.verify).intact
    result = world.read(audit.verify, [noted])

    assert not result.intact
    assert [(one.holds, one.found) for one in result.anchors] == [(False, "")]


def test_log_that_was_written_anew_is_named_by_a_head_noted_elsewhere(world: World):
    """Whoever knows the program can write a chain that holds; but not one others have heads of."""
    noted = anchors.read(world.read(audit.anchor), "--expect")
    with world.store.engine.begin() as connection:
        connection.execute(
            text("UPDATE event SET actor = 'lan' WHERE number = (SELECT max(number) FROM event)")
        )
    log = world.read(lambda tx: list(events.read(tx.connection, tx.campaign.id)))
    last = [*chained(CODE, log)][-1]
    edit(
        world,
        f"UPDATE event SET hash = '{last}' WHERE number = {log[-1].number}",
        f"UPDATE event_head SET hash = '{last}'",
    )

    assert world.read(audit.verify).intact
    result = world.read(audit.verify, [noted])

    assert not result.intact
    assert result.anchors[0].found == last[:16]


def test_heads_noted_elsewhere_hold_while_the_log_grows(world: World):
    noted = anchors.read(world.read(audit.anchor), "--expect")
    world.commands = 1_000
    world.approve(Stage.REPLICATION, "hung")
    world.act(closing.close_if_finished)

    result = world.read(audit.verify, [noted])

    assert result.intact
    assert [one.holds for one in result.anchors] == [True]


def test_head_is_noted_once_a_day_and_only_after_something_has_happened(world: World):
    before = world.read(lambda tx: tx.head())

    assert world.act(heads.note).changed == 1
    assert world.act(heads.note).changed == 0
    world.at("2025-01-02T08:00:00")
    assert world.act(heads.note).changed == 0
    last = world.read(lambda tx: [*events.read(tx.connection, tx.campaign.id)][-1])
    assert last.facts == {"number": before.number, "hash": before.hash}
    assert written(last.occurred_at)


# --- Every column --------------------------------------------------------------------------------


def test_every_column_is_vouched_for_or_decides_nothing():
    """A new column has to be thought about: does it decide anything, and what vouches for it?"""
    told = {
        f"{table}.{column}"
        for listed in (vouched.COMPARED, vouched.DECIDES_NOTHING)
        for table, columns in listed.items()
        for column in columns
    }
    there = {
        f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.c
    }
    assert there - told == set()
    assert told - there == set()


def test_no_column_is_in_both_lists():
    for table, columns in vouched.COMPARED.items():
        assert not set(columns) & set(vouched.DECIDES_NOTHING.get(table, {}))


def test_verification_reads_every_column_it_says_it_compares(world: World):
    """A column that is not even read cannot be compared."""
    asked: list[str] = []

    def listen(driver, *_rest) -> None:
        driver.set_trace_callback(asked.append)

    hooks.listen(world.store.engine, "checkout", listen)
    world.read(audit.verify)

    whole = " ".join(asked).replace('"', "")
    missing = {
        f"{table}.{column}"
        for table, columns in vouched.COMPARED.items()
        for column in columns
        if f"{table}.{column}" not in whole
    }
    assert missing == set()
