"""The event log: numbered, chained, and whoever edits it in the database is found."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from campaigns.rules.log.errors import EventLogBroken
from campaigns.services.launch import launch
from campaigns.services.log import audit
from campaigns.store import campaigns, events
from campaigns.store.commit import commit, flush
from campaigns.store.tables import event, event_head
from schemas.commands.launch import CreateCampaign
from schemas.events import EventRecord
from tests.databases import Database
from tests.sealed import alike
from tests.world import CODE, World, make_world, votes


@pytest.fixture
def world(world: World) -> World:
    """The campaign with five events: its creation, and four that tell of units."""
    with world.store.writing("mai", CODE) as tx:
        for number in (2, 3, 4, 5):
            tx.record("thidua.unit.told", f"unit:{number}", {"count": number})
        commit(tx)
    return world


def log(world: World) -> list[EventRecord]:
    return world.read(lambda tx: list(events.read(tx.connection, tx.campaign.id)))


def edit(world: World, *statements) -> None:
    """Do to the database what nobody should."""
    with world.store.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def verdict(world: World) -> tuple[int | None, str]:
    result = world.read(audit.verify)
    assert result.intact is (result.broken_at is None)
    return result.broken_at, result.reason


def test_events_are_numbered_without_a_gap(world: World):
    assert [record.number for record in log(world)] == [1, 2, 3, 4, 5]


def test_event_numbers_go_on_after_a_flush(world: World):
    with world.store.writing("mai", CODE) as tx:
        numbers = [tx.record("thidua.unit.told", "unit:6", {})]
        flush(tx)
        numbers += [tx.record("thidua.unit.told", "unit:7", {}) for _ in range(2)]
        commit(tx)

    assert numbers == [6, 7, 8]
    assert len(log(world)) == 8


def test_event_hash_is_the_sha256_of_the_previous_hash_and_canonical_json(world: World):
    previous, record = log(world)[3:]

    moment = record.occurred_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    content = [CODE, 5, "thidua.unit.told", "unit:5", "mai", moment, {"count": 5}]
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    assert record.hash == hashlib.sha256((previous.hash + text).encode()).hexdigest()


def test_hashes_are_the_same_on_both_databases(
    sqlite_database: Database, postgres_database: Database
):
    logs = []
    for database in (sqlite_database, postgres_database):
        world = make_world(database)
        world.receive_nominations()
        # Codes that a Vietnamese or English sort order would put elsewhere than byte order.
        world.nominate("b-10")
        world.nominate("B1", rank=2)
        world.convene("b-10", "B1")
        world.vote(*votes("b-10"), *votes("B1"))
        world.decide()
        logs.append(alike(one._asdict() for one in log(world)))
        world.store.engine.dispose()

    assert logs[0] == logs[1]


def test_audit_of_an_untouched_log_passes(world: World):
    assert verdict(world) == (None, "")


def test_audit_counts_the_events(world: World):
    assert world.read(audit.verify).events == 5


def test_audit_passes_while_the_log_grows(world: World):
    """A reader sees one moment, though somebody writes between its two questions."""
    with world.store.reading(CODE) as tx:
        assert tx.head().number == 5
        world.act(lambda writer: writer.record("thidua.unit.told", "unit:6", {}))
        result = audit.verify(tx)

    assert (result.events, result.intact) == (5, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": '{"count":30}'},
        {"actor": "hung"},
        {"name": "thidua.unit.forgotten"},
        {"subject": "unit:30"},
        {"hash": "0" * 64},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_audit_names_an_edited_record(world: World, changes: dict[str, str]):
    edit(world, update(event).where(event.c.number == 3).values(**changes))

    assert verdict(world) == (3, "its content does not fit its hash")


@pytest.mark.parametrize("moved", [timedelta(days=1), timedelta(microseconds=1)], ids=str)
def test_audit_names_a_record_whose_time_was_moved(world: World, moved: timedelta):
    moment = log(world)[2].occurred_at

    edit(world, update(event).where(event.c.number == 3).values(occurred_at=moment + moved))

    assert verdict(world) == (3, "its content does not fit its hash")


def test_audit_names_a_record_deleted_in_the_middle(world: World):
    edit(world, delete(event).where(event.c.number == 3))

    assert verdict(world) == (3, "record 3 is missing")


def test_audit_names_the_record_missing_after_a_renumbering(world: World):
    edit(
        world,
        delete(event).where(event.c.number == 3),
        update(event).where(event.c.number == 4).values(number=3),
        update(event).where(event.c.number == 5).values(number=4),
    )

    assert verdict(world) == (3, "its content does not fit its hash")


def test_audit_names_a_record_deleted_at_the_end(world: World):
    edit(world, delete(event).where(event.c.number == 5))

    assert verdict(world) == (5, "record 5 is missing")


def test_audit_names_the_first_record_when_all_are_deleted(world: World):
    edit(world, delete(event))

    assert verdict(world) == (1, "record 1 is missing")


def test_audit_names_the_first_of_two_swapped_records(world: World):
    edit(
        world,
        update(event).where(event.c.number == 2).values(number=99),
        update(event).where(event.c.number == 4).values(number=2),
        update(event).where(event.c.number == 99).values(number=4),
    )

    assert verdict(world) == (2, "its content does not fit its hash")


def test_audit_names_an_appended_record(world: World):
    with world.store.engine.begin() as connection:
        row = connection.execute(select(event).where(event.c.number == 5)).one()._asdict()
        connection.execute(insert(event).values(**{**row, "number": 6}))

    assert verdict(world) == (6, "its content does not fit its hash")


def test_audit_names_an_appended_record_that_is_chained_well(world: World):
    """Whoever knows the formula, but not that the end of the log is kept as well."""
    with world.store.engine.connect() as connection:
        end = connection.execute(select(event_head)).one()
    world.act(lambda tx: tx.record("thidua.unit.told", "unit:6", {}))

    edit(world, update(event_head).values(number=end.number, hash=end.hash))

    assert verdict(world) == (6, "it was added after the end of the log")


def test_audit_names_a_record_that_is_no_json_any_more(world: World):
    edit(world, update(event).where(event.c.number == 4).values(facts='{"count":'))

    assert verdict(world) == (4, "its facts or its time cannot be read any more")


def test_audit_names_the_last_record_when_the_end_is_another(world: World):
    edit(world, update(event_head).values(hash="f" * 64))

    assert verdict(world) == (5, "it is not the end the log had")


def test_audit_says_that_the_end_of_the_log_is_gone(world: World):
    edit(world, delete(event_head))

    assert verdict(world) == (6, "the end of the log is gone")


def test_writing_is_refused_when_the_end_of_the_log_is_gone(world: World):
    edit(world, delete(event_head))

    with pytest.raises(EventLogBroken, match="restore it from a backup"):
        world.act(campaigns.mark_announced)


def test_log_of_another_campaign_begins_with_one(world: World):
    with world.store.writing("mai") as tx:
        command = CreateCampaign(command_id="create-other", code="DVK-OTHER")
        launch.create(tx, command, world.playbook)
        commit(tx)

    with world.store.reading("DVK-OTHER") as tx:
        records = list(events.read(tx.connection, tx.campaign.id))
    assert [record.number for record in records] == [1]
    assert [record.number for record in log(world)] == [1, 2, 3, 4, 5]
