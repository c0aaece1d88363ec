"""What every row can rely on: instants in UTC, references that exist, states that are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import String, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError

from campaigns.rules.lifecycle import STATES, Thing
from campaigns.store import campaigns, tables
from campaigns.store.commit import commit
from campaigns.store.tables import metadata
from schemas.vocabulary import Stage
from tests.world import World

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENT = datetime(2023, 9, 15, 10, 0, tzinfo=UTC)
STATEFUL = [thing.value for thing in Thing]


@pytest.fixture
def world(world: World) -> World:
    world.launch()
    return world


def stored_opening(world: World, moment: datetime) -> datetime:
    with world.store.writing("mai") as tx:
        tx.connection.execute(
            update(tables.stage).where(tables.stage.c.name == Stage.LAUNCH).values(opened_at=moment)
        )
        commit(tx)
    with world.store.reading() as tx:
        found: datetime = tx.connection.execute(
            select(tables.stage.c.opened_at).where(tables.stage.c.name == Stage.LAUNCH)
        ).scalar_one()
    return found


@pytest.mark.parametrize("zone", [UTC, HANOI, timezone(timedelta(hours=-5))], ids=str)
def test_instant_of_any_zone_comes_back_as_the_same_moment_in_utc(world: World, zone):
    found = stored_opening(world, MOMENT.astimezone(zone))

    assert (found, found.utcoffset()) == (MOMENT, timedelta(0))


def test_instant_without_a_zone_is_refused(world: World):
    with pytest.raises(StatementError, match="every instant needs its zone"):
        stored_opening(world, MOMENT.replace(tzinfo=None))


def test_instants_are_compared_across_zones(world: World):
    stored_opening(world, MOMENT)
    query = select(tables.stage.c.name).where(
        tables.stage.c.opened_at <= MOMENT.astimezone(HANOI),
        tables.stage.c.opened_at > (MOMENT - timedelta(seconds=1)).astimezone(HANOI),
    )

    with world.store.reading() as tx:
        assert tx.connection.execute(query).scalars().all() == ["launch"]


def test_every_instant_of_the_schema_knows_its_zone():
    naive = [
        str(column)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(("_at", "_until")) and not isinstance(column.type, tables.Instant)
    ]

    assert naive == []


def test_reference_to_a_row_that_does_not_exist_is_refused(world: World):
    values = {
        "id": "x",
        "full_name": "X",
        "unit_id": "nowhere",
        "position": "",
        "email": "",
        "language": "vi",
    }
    with (
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
        world.store.writing("mai") as tx,
    ):
        tx.connection.execute(insert(tables.person).values(values))


def test_row_that_others_refer_to_cannot_be_deleted(world: World):
    with (
        pytest.raises(IntegrityError, match=r"(?i)foreign key"),
        world.store.writing("mai") as tx,
    ):
        tx.connection.execute(tables.unit.delete().where(tables.unit.c.id == "ba-tri"))


@pytest.mark.parametrize("thing", STATEFUL)
def test_every_state_of_the_vocabulary_fits_its_column(thing: str):
    column = metadata.tables[thing].c.state

    assert isinstance(column.type, String)
    assert max(len(state) for state in STATES[Thing(thing)]) <= (column.type.length or 0)


@pytest.mark.parametrize("thing", STATEFUL)
def test_state_that_is_unknown_is_refused(world: World, thing: str):
    """Asked of the CHECK constraint itself, so that no row of each kind need be there."""
    constraint = f"ck_{thing}_state_known"
    if world.store.engine.dialect.name == "sqlite":
        query = text("SELECT sql FROM sqlite_master WHERE name = :table").bindparams(table=thing)
    else:
        query = text(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"
        ).bindparams(name=constraint)
    with world.store.reading() as tx:
        definition = tx.connection.execute(query).scalar_one()

    assert all(f"'{state}'" in definition for state in STATES[Thing(thing)])


def test_stage_in_an_unknown_state_is_refused(world: World):
    with (
        pytest.raises(IntegrityError, match="ck_stage_state_known"),
        world.store.writing("mai") as tx,
    ):
        tx.connection.execute(update(tables.stage).values(state="paused"))


def test_return_without_a_reason_is_refused_by_the_database(world: World):
    values = {
        "round": 1,
        "person_id": "hung",
        "verdict": "return",
        "step": 1,
        "letter": "",
        "decided_at": MOMENT,
    }
    stage_id = world.read(campaigns.get_stage, Stage.LAUNCH).id
    values |= {"stage_id": stage_id, "reason": ""}
    with (
        pytest.raises(IntegrityError, match="ck_approval_refusal_has_reason"),
        world.store.writing("mai") as tx,
    ):
        tx.connection.execute(insert(tables.approval).values(values))
