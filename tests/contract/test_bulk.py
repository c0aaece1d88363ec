"""Many rows go in another way than few; they come to the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from campaigns.store import replication
from campaigns.store.bulk import insert_rows
from campaigns.store.nomination import nominations
from campaigns.store.replication import NewAdoption
from campaigns.store.tables import adoption, follow_up
from campaigns.store.transaction import Transaction
from tests.world import DISTRICT, World

AWKWARD = ["", "một\thai", "dòng\nmới\r\n", "\\N", "\\.", 'dấu "nháy", và\\', "Đề cử số {} %s %%"]
MANY = [0, 1, 500]
DAY = date(2023, 12, 1)


@pytest.fixture
def world(world: World) -> World:
    world.receive_nominations()
    world.nominate("A")
    return world


def new(number: int, model: int) -> NewAdoption:
    note = AWKWARD[number % len(AWKWARD)]
    day = DAY + timedelta(days=number)
    return NewAdoption(f"N-{number:03d}", model, DISTRICT, None, 1, "committed", day, note)


def add(world: World, first: int, many: int) -> list[int]:
    def act(tx: Transaction) -> list[int]:
        model = nominations.by_code(tx)["A"].id
        return replication.add(tx, [new(first + place, model) for place in range(many)])

    return world.act(act)


@pytest.mark.parametrize("many", MANY)
def test_ids_are_given_in_the_order_of_the_rows(world: World, many: int):
    before = add(world, 900, 2)
    ids = add(world, 0, many)
    after = add(world, 990, 1)

    assert before + ids + after == sorted({*before, *ids, *after})
    with world.store.reading() as tx:
        found = tx.connection.execute(select(adoption.c.id, adoption.c.code))
        stored = {row.id: row.code for row in found}
    assert [stored[one] for one in ids] == [f"N-{place:03d}" for place in range(many)]


@pytest.mark.parametrize("many", MANY)
def test_values_come_back_as_they_were(world: World, many: int):
    add(world, 0, many)

    with world.store.reading() as tx:
        columns = (adoption.c.note, adoption.c.committed_on, adoption.c.started_on)
        rows = tx.connection.execute(select(*columns).order_by(adoption.c.id)).all()
    wanted = [new(place, 0) for place in range(many)]
    assert [tuple(row) for row in rows] == [(one.note, one.committed_on, None) for one in wanted]


@pytest.mark.parametrize("many", MANY[1:])
def test_row_the_database_refuses_stores_none_of_them(world: World, many: int):
    (adopted,) = add(world, 0, 1)
    names = ("adoption_id", "months", "due_on", "state", "version", "reason")
    rows = [(adopted, months, DAY, "open", 1, "") for months in range(many)]

    rows.append((adopted, many, DAY, "?", 1, ""))

    def act(tx: Transaction) -> None:
        insert_rows(tx.connection, follow_up, names, rows)

    with pytest.raises(IntegrityError, match="state_known"):
        world.act(act)

    assert world.count(follow_up) == 0
