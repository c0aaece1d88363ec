"""Ballots cannot be traced to who cast them; decisions are numbered without a gap."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import func, select, text

from campaigns.services.launch import launch
from campaigns.store.commit import commit
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council, decisions
from campaigns.store.recognition.council import Ballot, Participation
from campaigns.store.tables import ballot, number_series, participation
from campaigns.store.transaction import Transaction
from schemas.commands.launch import CreateCampaign
from schemas.vocabulary import Vote
from tests.world import COUNCIL, World, votes

MANY = 40


@pytest.fixture
def world(world: World) -> World:
    """The council sits, with A before it."""
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    return world


def cast(world: World, choices: list[str]) -> list[str]:
    """Record ballots in this order; return what the rows say, in the order of the table."""

    def record(tx: Transaction) -> None:
        session = council.sessions(tx)[0]
        nomination = nominations.by_code(tx)["A"]
        rows = [Ballot(session.id, nomination.id, choice) for choice in choices]
        council.record(tx, [], rows)

    world.act(record)
    with world.store.reading() as tx:
        return list(tx.connection.execute(select(ballot.c.choice)).scalars())


# --- Ballots -------------------------------------------------------------------------------------


def test_ballot_and_participation_share_session_and_nomination_only(world: World):
    shared = set(ballot.c.keys()) & set(participation.c.keys())

    assert shared == {"session_id", "nomination_id"}


def test_ballot_refers_to_no_person(world: World):
    referred = {key.column.table.name for key in ballot.foreign_keys}

    assert referred == {"council_session", "nomination"}


def test_participation_says_nothing_of_the_vote(world: World):
    assert set(participation.c.keys()) == {
        "session_id",
        "nomination_id",
        "member_id",
        "attendance",
        "conflicted",
        "conflict",
    }


def test_ballot_table_has_no_hidden_row_number(world: World):
    """SQLite would number rows in the order they came; PostgreSQL has no such number."""
    if world.store.engine.dialect.name == "sqlite":
        with world.store.reading() as tx:
            definition = tx.connection.execute(
                text("SELECT sql FROM sqlite_master WHERE name = 'ballot'")
            ).scalar_one()
        assert definition.rstrip().endswith("WITHOUT ROWID")
    else:
        assert ballot.c.id.autoincrement is not True
        assert ballot.c.id.type.python_type is not int


def test_ballots_by_id_are_not_in_the_order_they_were_cast(world: World):
    """Twenty yes and then twenty no would stay so, once in 10^11 draws."""
    in_order = ["yes"] * 20 + ["no"] * 20
    cast(world, in_order)

    with world.store.reading() as tx:
        by_id = tx.connection.execute(select(ballot.c.choice).order_by(ballot.c.id)).scalars().all()

    assert sorted(by_id) == sorted(in_order)
    assert by_id != in_order


def test_ballots_are_not_inserted_in_the_order_they_were_cast(world: World):
    in_order = ["yes"] * 20 + ["no"] * 20

    assert cast(world, in_order) != in_order


def test_ballot_ids_are_random(world: World):
    cast(world, ["yes"] * MANY)

    with world.store.reading() as tx:
        ids = set(tx.connection.execute(select(ballot.c.id)).scalars())
    assert len(ids) == MANY
    assert len({one[:4] for one in ids}) > MANY / 2


def test_log_of_a_vote_names_no_member(world: World):
    world.vote(*votes("A", hung=Vote.NO))

    with world.store.reading() as tx:
        logged = tx.connection.execute(
            text("SELECT facts FROM event WHERE name = 'thidua.nomination.tallied'")
        ).scalar_one()
    assert [member for member in COUNCIL if f'"{member}"' in logged] == []


def test_members_are_counted_by_attendance(world: World):
    world.vote(*votes("A", written=["lan"], absent=["thu"]))
    ids = world.read(nominations.ids_in, ["shortlisted"])

    (found,) = world.read(council.presence, ids).values()

    counted = {how: found.count(how) for how in ("present", "written", "absent")}
    assert counted == {"present": 2, "written": 1, "absent": 1}


def test_ballots_and_participations_of_one_change_are_kept_together(world: World):
    def record(tx: Transaction) -> None:
        session, nomination = council.sessions(tx)[0], nominations.by_code(tx)["A"]
        part = Participation(session.id, nomination.id, "hung", "present", conflicted=False)
        council.record(tx, [part], [Ballot(session.id, nomination.id, "maybe")])

    with pytest.raises(Exception, match=r"choice_known"):
        world.act(record)

    assert world.count(participation) == 0


def test_who_took_part_is_found_without_looking_at_every_vote(world: World):
    """SQLite tells how it looks; a key of which the first column is not named is of no use."""
    if world.store.engine.dialect.name != "sqlite":
        return
    asked: list[str] = []
    with world.store.reading(world.playbook.code) as tx:
        driver: Any = tx.connection.connection.driver_connection
        driver.set_trace_callback(asked.append)
        council.voted(tx, [1, 2])
        council.presence(tx, [1, 2])
        council.ballots(tx, [1, 2])
        driver.set_trace_callback(None)
        plans = [
            str(step)
            for statement in asked
            for step in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
        ]

    assert [step for step in plans if "SEARCH participation" in step]
    assert [step for step in plans if "SCAN" in step] == []


# --- Numbers of decisions ------------------------------------------------------------------------


def take(world: World, code: str, series: str = "BDVTU", year: int = 2023) -> int:
    with world.store.writing("lan", code) as tx:
        number = decisions.next_number(tx, series, year)
        commit(tx)
    return number


def test_numbers_begin_with_one_each_year(world: World):
    code = world.playbook.code

    taken = [take(world, code, year=year) for year in (2023, 2023, 2024, 2023)]

    assert taken == [1, 2, 1, 3]


def test_numbers_of_two_series_are_apart(world: World):
    code = world.playbook.code

    assert [take(world, code, series) for series in ("BDVTU", "UBND")] == [1, 1]


def test_number_of_a_change_that_was_not_committed_is_not_left_out(world: World):
    code = world.playbook.code
    with world.store.writing("lan", code) as tx:
        decisions.next_number(tx, "BDVTU", 2023)

    assert take(world, code) == 1


def test_numbers_taken_by_two_campaigns_at_once_have_no_gap(world: World):
    """Neither has a row to lock when the first decisions of a year are signed."""
    codes = [world.playbook.code, "DVK-OTHER"]
    with world.store.writing("mai") as tx:
        command = CreateCampaign(command_id="create-other", code="DVK-OTHER")
        launch.create(tx, command, world.playbook)
        commit(tx)
    taken: list[int] = []
    start = threading.Barrier(len(codes))

    def sign(code: str) -> None:
        start.wait()
        taken.extend(take(world, code) for _ in range(10))

    threads = [threading.Thread(target=sign, args=(code,)) for code in codes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == list(range(1, 21))
    with world.store.reading() as tx:
        assert tx.connection.execute(select(func.max(number_series.c.last_number))).scalar() == 20
