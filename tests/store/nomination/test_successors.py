"""A unit that ceased is reached through the one that took over from it."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.services.registers.directory import Directory
from campaigns.store.registers import units
from campaigns.store.transaction import Transaction
from schemas.imports import UnitRow
from tests.world import World


def unit(unit_id: str, until: date | None, *successors: str) -> UnitRow:
    return UnitRow(
        id=unit_id,
        name=f"Xã {unit_id}",
        kind="commune",
        valid_from=date(2019, 1, 1),
        valid_to=until,
        email=f"{unit_id}@bentre.example",
        successor_ids=successors,
    )


def reached(tx: Transaction, unit_id: str) -> str:
    directory = Directory(tx)
    return directory.to_unit(directory.unit(unit_id)).id


@pytest.fixture
def merged(world: World) -> World:
    """Two communes merged before the campaign, and their successor was divided in turn."""
    before = date(2023, 1, 1)
    rows = [
        unit("cu-1", before, "moi"),
        unit("cu-2", before, "moi"),
        unit("moi", None),
        unit("le-loi", before),
        unit("dau", before, "giua"),
        unit("giua", before, "moi"),
    ]
    world.act(units.save, rows)
    return world


def test_unit_that_ceased_is_reached_through_its_successor(merged: World) -> None:
    assert merged.read(reached, "cu-1") == "moi"


def test_successor_that_ceased_leads_to_the_next_one(merged: World) -> None:
    assert merged.read(reached, "dau") == "moi"


def test_unit_that_exists_is_reached_itself(merged: World) -> None:
    assert merged.read(reached, "moi") == "moi"


def test_unit_without_a_successor_keeps_its_own_mailbox(merged: World) -> None:
    assert merged.read(reached, "le-loi") == "le-loi"


def test_successors_of_a_later_import_replace_the_earlier_ones(merged: World) -> None:
    merged.act(units.save, [unit("cu-1", date(2023, 1, 1), "le-loi")])

    assert merged.read(units.successors)["cu-1"] == ["le-loi"]


def test_units_that_name_each_other_end_the_search(merged: World) -> None:
    merged.act(units.save, [unit("cu-1", date(2023, 1, 1), "cu-2")])
    merged.act(units.save, [unit("cu-2", date(2023, 1, 1), "cu-1")])

    assert merged.read(reached, "cu-1") == "cu-1"
