"""A campaign whose launch waits for approval, and acts on the registers in it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from campaigns.services.approvals import signer_notices, verdicts
from campaigns.services.approvers import approvers
from campaigns.services.registers import enrolment
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.registers import people
from schemas.commands.registers import ConfirmPerson
from schemas.imports import PersonRow
from schemas.playbook.playbook import Playbook
from schemas.registers import RegisterChange
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.world import PEOPLE, World, make_world

_EXAMPLE: Final = Path(__file__).parents[1] / "examples" / "ben-tre-2023"
ONE: Final = "huyen-ba-tri"
"""A district that nominates."""
DAY = timedelta(hours=24)
BY_ID = {one.id: one for one in PEOPLE}
WorldOf = Callable[[Playbook | None], World]


def waiting_world(database: Database, playbook: Playbook | None = None) -> World:
    """Launch a campaign; its launch waits for approval."""
    world = make_world(database, playbook)
    world.launch()
    world.open(Stage.LAUNCH)
    assert world.act(verdicts.request_if_done, Stage.LAUNCH).changed
    return world


def on_registers(world: World, actor: str, service: Any, *args: Any) -> Any:
    with world.store.writing(actor) as tx:
        done = service(tx, *args)
        commit(tx)
    world.act(signer_notices.tell)
    return done


def imported(world: World, by: str, *rows: PersonRow) -> list[RegisterChange]:
    told: list[RegisterChange] = []
    today = world.clock.now().date()
    on_registers(world, by, lambda tx: enrolment.keep_people(tx, rows, today, told))
    return told


def changed(person_id: str, **values: Any) -> PersonRow:
    return BY_ID[person_id].model_copy(update=values)


def confirm(world: World, of: str, by: str, seen: str | None = None) -> Any:
    command = ConfirmPerson(command_id=world.command_id(), of_id=of, seen=seen, person_id=by)
    return on_registers(world, by, enrolment.confirm, command)


def told_of(world: World) -> set[tuple[str, str]]:
    rows = world.read(messages.find)
    return {(row.recipient_id, row.to_address) for row in rows if row.template == "signer-changed"}


def signs(world: World, person_id: str) -> bool:
    return person_id in {one.id for one in world.read(approvers, Stage.LAUNCH)}


def later(world: World, by: timedelta = DAY) -> None:
    world.clock.time += by


def address_of(world: World, person_id: str) -> str:
    return world.read(people.named, [person_id])[person_id].email


def people_file(path: Path, unit: str | None) -> Path:
    """The example's people, all reviewers of one unit where one is named."""
    with (_EXAMPLE / "people.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        if unit and row["roles"] == "reviewer":
            row["unit_id"] = unit
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path
