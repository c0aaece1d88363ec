"""How is every act given by the door? Those of `tests.every_command`, and those that bring rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from campaigns.rules.importing.registers import PastModelReader
from campaigns.services import webhooks
from campaigns.services.access import tokens
from campaigns.services.deadlines import feeds
from campaigns.services.nomination import workbook
from campaigns.services.nomination.workbook import Sender
from campaigns.services.registers import imports
from campaigns.services.registers.imports import Import, Spool
from campaigns.store import webhooks as stored
from campaigns.store.tables import webhook_delivery
from campaigns.store.transaction import Transaction
from schemas.answers import WorkbookTaken
from schemas.commands import access, engine
from schemas.commands import nomination as rows
from schemas.commands.command import Command
from schemas.imports import AdoptionRow, PastModelRow
from schemas.outcomes import Done
from schemas.vocabulary import Vote
from tests import every_command as at
from tests import grounds
from tests.every_command import Act, Case, at_machine, by
from tests.every_operation import replicating, reviewing
from tests.world import World, nomination_row, votes


def submit(world: World, command_id: str, other: bool) -> Done:
    row = nomination_row("A", **({"rank": 2} if other else {}))
    command = rows.SubmitNomination(command_id=command_id, nomination_code="A", person_id="binh")
    return world.do(command, row)


class Book:
    """A workbook that was read: one row, sent for its unit."""

    def receive(self, tx: Transaction) -> WorkbookTaken:
        rows, sender = [nomination_row("A")], Sender("ba-tri", revise=False, language="vi")
        there = workbook.standings(tx, rows, sender)
        taken = workbook.receive(tx, rows, there)._asdict()
        return WorkbookTaken(changed=len(taken["new"]), known=len(taken["unchanged"]), **taken)


def take_table(world: World, command_id: str, other: bool) -> Done:
    row = PastModelRow(id="M-1", year=2020, unit_id="ba-tri", unit_name="Ba Tri", title="Đường")
    reader = PastModelReader({}, "vi")
    wanted = Import("past-models", reader, imports.keep_past_models, None)
    with Spool[PastModelRow]() as spool:
        spool.add(row)
        report = imports.report_of("past-models", reader, 1)
        command = rows.ImportTable(command_id=command_id, kind="units" if other else "past-models")
        return world.do(command, wanted, report, spool, campaign=None)


def with_rows(of: type[Command], first: list[Any], other: list[Any], **said: Any) -> Act:
    """Return an act whose rows say otherwise where it is changed."""

    def act(world: World, command_id: str, changed: bool) -> Any:
        return world.do(of(command_id=command_id, **said), other if changed else first)

    return act


def nothing(_world: World) -> None:
    """The campaign is a draft."""


def with_feed(world: World) -> None:
    with grounds.on_registers(world) as tx:
        feeds.create(tx, "thu")


def with_token(world: World) -> None:
    with grounds.on_registers(world) as tx:
        tokens.create(tx, "thu", ["read"], 90)


def with_hook(world: World) -> None:
    with grounds.on_registers(world) as tx:
        webhooks.add(tx, _URL, "thidua.*", None, private=False)


def told_in_vain(world: World) -> None:
    with_hook(world)
    world.launch()
    [hook] = world.read(stored.in_force)
    world.act(webhooks.fan_out, hook)
    grounds.write(world, webhook_delivery.update().values(attempts=9, dead_at=world.clock.time))


_URL: Final = "https://portal.example.vn/x"
_ADOPTION: Final = AdoptionRow(
    row=2,
    id="R-1",
    model_code="A",
    adopting_unit_id="an-thuy",
    state="committed",
    committed_on=date(2024, 1, 8),
)
_ROWS: Final[Mapping[type[Command], Case]] = {
    rows.SubmitNomination: Case(World.receive_nominations, submit),
    rows.SendWorkbook: Case(
        World.receive_nominations,
        by(
            rows.SendWorkbook,
            {"sha256": "b" * 64},
            Book(),
            sha256="a" * 64,
            revise=False,
            person_id="binh",
        ),
    ),
    rows.RecordReview: Case(
        reviewing,
        with_rows(
            rows.RecordReview,
            grounds.review(8),
            grounds.review(9),
            nomination_code="A",
            person_id="thu",
        ),
    ),
    rows.RecordVotes: Case(
        grounds.sitting,
        with_rows(rows.RecordVotes, votes("A"), votes("A", Vote.NO), person_id="mai"),
    ),
    rows.RecordAdoptions: Case(
        replicating,
        with_rows(
            rows.RecordAdoptions,
            [_ADOPTION],
            [_ADOPTION.model_copy(update={"note": "x"})],
            person_id="mai",
        ),
    ),
    rows.ImportTable: Case(nothing, take_table),
    access.MakeFeed: Case(nothing, at_machine(access.MakeFeed, {"of_id": "tam"}, of_id="thu")),
    access.EndFeed: Case(
        with_feed, at_machine(access.EndFeed, {"number": 2}, of_id="thu", number=1)
    ),
    access.CreateToken: Case(
        nothing, at_machine(access.CreateToken, {"days": 2}, of_id="thu", scopes=("read",), days=1)
    ),
    access.RevokeToken: Case(with_token, at_machine(access.RevokeToken, {"number": 2}, number=1)),
    access.AddWebhook: Case(
        nothing, at_machine(access.AddWebhook, {"events": "x.*"}, url=_URL, events="thidua.*")
    ),
    access.RemoveWebhook: Case(
        with_hook, at_machine(access.RemoveWebhook, {"number": 2}, number=1)
    ),
    access.ResendWebhook: Case(
        told_in_vain, at_machine(access.ResendWebhook, {"number": 2}, number=1)
    ),
}
_ENGINE: Final[Mapping[type[Command], Case]] = {
    engine.ReplayActs: Case(
        World.receive_nominations,
        with_rows(
            engine.ReplayActs,
            [nomination_row("A")],
            [nomination_row("A", rank=2)],
            kind="nominations",
        ),
    ),
}
CASES: Final[Mapping[type[Command], Case]] = {**at.CASES, **_ROWS, **_ENGINE}
