"""A statement made once comes to what SQLAlchemy's own way comes to, in errors too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from campaigns.services.registers.directory import Directory
from campaigns.store.commit import commit
from campaigns.store.engine import edges
from campaigns.store.nomination import known_codes
from campaigns.store.prepared import Prepared, PreparedList
from campaigns.store.registers import units
from campaigns.store.tables import nomination, person, stage, unit
from campaigns.store.tables import outbox as edge
from campaigns.store.transaction import Transaction
from schemas.imports import UnitRow
from schemas.vocabulary import Stage
from tests.world import PEOPLE, World

UNTOLD = "an address"
EVERY = [1, 2, 11, 101, 1_000, 1_001, 2_500]


def test_rows_are_typed_as_those_of_sqlalchemy(world: World):
    world.launch()
    query = select(stage).where(stage.c.name == bindparam("name")).order_by(stage.c.id)
    with world.store.reading() as tx:
        usual = tx.connection.execute(query, {"name": Stage.LAUNCH}).all()
        assert Prepared(query).all(tx.connection, name=Stage.LAUNCH) == list(map(tuple, usual))
        assert Prepared(query).first(tx.connection, name=Stage.LAUNCH) == tuple(usual[0])
        assert Prepared(query).first(tx.connection, name="none of this name") is None


@pytest.mark.parametrize("many", EVERY)
def test_list_of_any_length_finds_each_once(world: World, many: int):
    query = PreparedList(lambda ids: select(person.c.id).where(person.c.id.in_(ids)))
    ids = [f"nobody-{number}" for number in range(many - 1)]
    with world.store.reading() as tx:
        assert query.all(tx.connection, [*ids, PEOPLE[0].id]) == [(PEOPLE[0].id,)]
        assert query.all(tx.connection, []) == []


def test_refused_statement_is_told_without_its_values(world: World):
    names = ("id", "kind", "subkind", "email", "note")
    statement = Prepared(insert(unit).values({name: bindparam(name) for name in names}))
    values = dict.fromkeys(names, UNTOLD) | {"id": "x"}
    with world.store.writing("mai") as tx:
        assert statement.write(tx.connection, **values) == 1
        with pytest.raises(IntegrityError) as refused:
            statement.write(tx.connection, **values)
    assert UNTOLD not in str(refused.value)
    with world.store.reading() as tx:
        assert units.address(tx, "x") == ""


def test_reading_sees_one_moment(world: World):
    query = Prepared(select(unit.c.id).where(unit.c.id == bindparam("unit")))
    add = Prepared(insert(unit).values(id="x", kind="", subkind="", email="", note=""))
    with world.store.reading() as tx:
        assert query.first(tx.connection, unit="x") is None
        with world.store.writing("mai") as other:
            add.write(other.connection)
            commit(other)
        assert query.first(tx.connection, unit="x") is None


# --- What is asked with them ----------------------------------------------------------------------


def test_edges_of_one_event_have_keys_of_their_own(world: World):
    def act(tx: Transaction) -> list[str]:
        code, now = tx.campaign.code, datetime(2023, 9, 1, tzinfo=UTC)
        for _ in range(3):
            edges.add(tx.connection, code, edges.SWEEP, 777, now)
        query = select(edge.c.key).where(edge.c.topic == edges.SWEEP).order_by(edge.c.id)
        return list(tx.connection.execute(query).scalars())

    first, *others = world.act(act)
    assert others == [f"{first}#2", f"{first}#3"]


def test_directory_of_many_units_says_what_one_of_few_says(world: World):
    rows = [
        UnitRow(
            id=f"u-{number}",
            name=f"Xã {number}",
            kind="commune",
            valid_from=date(2019, 1, 1),
            valid_to=date(2020, 1, 1) if number % 2 else None,
        )
        for number in range(80)
    ]

    def act(tx: Transaction) -> None:
        units.save(tx, rows)
        every, day = {**units.latest(tx)}, date(2023, 9, 1)
        every |= units.on(tx, day)
        together = Directory(tx)
        for row in rows:
            assert together.unit(row.id) == Directory(tx).unit(row.id) == every[row.id]
        assert together.find_unit("nowhere") is None

    world.act(act)


def test_codes_are_known_as_soon_as_they_are_there(world: World):
    world.receive_nominations()
    assert world.read(known_codes.of).like("bt 1") is None
    for code in ("BT-1", "BT-2"):
        world.nominate(code)
        assert world.read(known_codes.of).like(code.lower()) == code
    assert world.read(known_codes.of).like("bt 1") == "BT-1"


def test_codes_are_forgotten_where_another_database_took_the_place(world: World):
    world.receive_nominations()
    world.nominate("BT-1")
    assert world.read(known_codes.of).like("bt-1") == "BT-1"
    with world.store.writing("mai") as tx:
        tx.connection.execute(update(nomination).values(code="BT-9"))
        tx.connection.commit()
    assert world.read(known_codes.of).like("bt-1") is None
    assert world.read(known_codes.of).like("bt-9") == "BT-9"
