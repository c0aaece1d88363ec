"""The registers have a log of their own: who, before and after; an edit of the rows is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from campaigns.rules.approvals.errors import SignerNotAppointed
from campaigns.services.registers import audit
from campaigns.store import tables as t
from campaigns.store.registers import enrolment, units
from campaigns.store.transaction import Transaction
from schemas.commands.approvals import ApproveStage
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.registers import (
    WorldOf,
    address_of,
    changed,
    confirm,
    imported,
    on_registers,
    waiting_world,
)
from tests.world import SINCE, UNITS, World


@pytest.fixture
def world_of(database: Database) -> Iterator[WorldOf]:
    """Make a campaign of a playbook, launched and waiting for its launch's approval."""
    made: list[World] = []

    def make(playbook: Playbook | None = None) -> World:
        made.append(waiting_world(database, playbook))
        return made[-1]

    yield make
    for each in made:
        each.store.engine.dispose()


@pytest.fixture
def world(world_of: WorldOf) -> World:
    return world_of(None)


# --- The log -------------------------------------------------------------------------------------


def verified(world: World) -> Any:
    with world.store.reading() as tx:
        return audit.verify(tx)


def test_log_of_the_registers_says_who_before_and_after(world: World):
    imported(world, "mai", changed("binh", email="new@example.org"))

    with world.store.reading() as tx:
        (*_, last) = audit.events(tx, "binh")
    assert (last.name, last.actor) == ("thidua.person.address_changed", "mai")
    before, after = last.facts["before"], last.facts["after"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["email"], after["email"]) == ("binh@example.org", "new@example.org")


def test_every_way_to_change_a_register_is_logged(world: World):
    imported(world, "mai", changed("thu", roles=("leader",), email="t@example.org"))
    confirm(world, "thu", "hung", "t@example.org")
    on_registers(world, "mai", units.save, [UNITS[2].model_copy(update={"email": "x@y.example"})])
    renamed = UNITS[2].model_copy(update={"valid_to": SINCE, "successor_ids": ("ba-tri",)})
    on_registers(world, "mai", units.save, [renamed])
    on_registers(world, "mai", enrolment.save, [changed("tam", full_name="Tâm B")], SINCE)

    assert verified(world).intact


EDITS: dict[str, Any] = {
    "address": update(t.person).where(t.person.c.id == "hung").values(email="x@evil.example"),
    "name": update(t.person).where(t.person.c.id == "hung").values(full_name="Somebody"),
    "role": update(t.appointment).values(role="nominator").where(t.appointment.c.role == "leader"),
    "role ended": delete(t.appointment).where(t.appointment.c.person_id == "lan"),
    "rest": update(t.appointment).values(rests_until=None),
    "unit's address": update(t.unit).values(email="x@evil.example"),
    "unit's name": update(t.unit_name).values(name="Other"),
    "cut tail": delete(t.register_event).where(t.register_event.c.number > 3),
    "event": update(t.register_event).values(actor="hung"),
    "no facts": update(t.register_event).where(t.register_event.c.number == 2).values(facts='{"x'),
    "head": delete(t.register_head),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edit_of_the_database_is_found(world: World, edit: str):
    imported(world, "mai", changed("thu", roles=("leader",)))
    with world.store.writing("x") as tx:
        tx.connection.execute(EDITS[edit])
        tx.connection.commit()

    assert not verified(world).intact


def test_log_of_an_older_database_begins_with_what_is_there(world: World):
    with world.store.writing("x") as tx:
        tx.connection.execute(delete(t.register_event))
        tx.connection.execute(delete(t.register_head))
        tx.connection.commit()
    assert verified(world).reason == "not begun"
    imported(world, "mai", changed("binh", email="new@example.org"))

    def first(tx: Transaction) -> set[str]:
        rows = tx.connection.execute(select(t.register_event.c.actor))
        return set(rows.scalars())

    assert world.read(first) == {"system:taken-over", "mai"}
    assert verified(world).intact


def test_rest_of_no_time_counts_at_once(world: World):
    world.store._rest = timedelta(0)
    imported(
        world, "mai", changed("hung", email="new@example.org"), changed("thu", roles=("leader",))
    )

    assert address_of(world, "hung") == "new@example.org"
    command = ApproveStage(command_id="x", stage=Stage.LAUNCH, person_id="thu")
    assert world.approve(Stage.LAUNCH, command.person_id).detail == "approved"


def test_stranger_is_refused_as_before(world: World):
    with pytest.raises(SignerNotAppointed):
        world.approve(Stage.LAUNCH, "binh")
