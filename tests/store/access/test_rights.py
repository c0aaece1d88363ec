"""Who may give which command in a real world? Every command is tried in everybody's name.

The table here is written by hand: what the rights come to for the people of the small world, who
hold roles, belong to units, sign and are concerned. A command that nobody tries fails.
"""

from __future__ import annotations

from typing import Final

import pytest

from campaigns.acts import ACTS
from campaigns.rules.access.errors import PersonNotAppointed, ThingNotFound, UnitNotYours
from campaigns.rules.registers.errors import SecondPersonMissing
from campaigns.services.access.facts import PersonFacts
from campaigns.store.registers import enrolment
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.actors import Actor, at_console
from schemas.commands import (
    access,
    appraisal,
    approvals,
    clock,
    deadlines,
    engine,
    launch,
    mail,
    nomination,
    playbook,
    recognition,
    registers,
    signing,
)
from schemas.commands import nomination as rows
from schemas.commands.appraisal import CorrectOwnReview
from schemas.commands.command import Command
from schemas.commands.engine import ReviveRuns
from schemas.imports import PersonRow
from tests.every_act import CASES
from tests.every_command import content
from tests.grounds import on_registers
from tests.world import CODE, COMMUNE, SINCE, World

NOT_THEIRS: Final = (PersonNotAppointed, SecondPersonMissing, ThingNotFound, UnitNotYours)
OPERATOR: Final = "the operator"
MAY: Final[dict[type[Command], str]] = {
    launch.CreateCampaign: f"lan mai,{OPERATOR}",
    launch.LaunchCampaign: "lan mai",
    launch.CancelCampaign: "hung lan",  # approvers of the launch; a draft is the coordinators'
    approvals.ApproveStage: "hung lan",
    approvals.ReturnStage: "hung lan",
    approvals.AbstainFromStage: "hung lan",
    signing.AskForCode: "hung lan",
    approvals.RecordDelegation: "hung lan mai",  # hung's own
    approvals.RevokeDelegation: "hung lan mai",
    approvals.ConfirmDelegation: "hung lan mai",
    approvals.AskApprovalAgain: "lan mai",
    recognition.CorrectDecision: "lan mai",
    nomination.WithdrawNomination: "binh lan mai",  # of binh's unit, not of cuong's
    recognition.RevokeRecognition: "hung lan",
    nomination.ClearHold: "lan mai",
    recognition.CloseSession: "lan mai",
    CorrectOwnReview: "thu",
    appraisal.CorrectReviews: "lan mai thu",  # thu's own
    recognition.CorrectVotes: "lan mai",
    mail.ReleaseMessages: "lan mai",
    mail.RetryMessages: "lan mai",
    deadlines.ExtendDeadline: "lan mai",
    playbook.AmendPlaybook: "lan mai",
    ReviveRuns: f"lan mai,{OPERATOR}",
    mail.ClearAddress: "lan mai",
    mail.SetMailPreference: f"thu,{OPERATOR}",
    registers.AppointPerson: "lan mai",
    registers.EndAppointment: "lan mai",
    registers.ConfirmPerson: "hung lan mai",
    registers.RefusePerson: "hung lan mai thu",
    signing.RevokeLinks: "lan mai thu",
    clock.RepairClock: "lan mai",
    playbook.ConfirmAmendment: "hung lan mai",
    rows.SubmitNomination: "binh lan mai",
    rows.SendWorkbook: "binh cuong lan mai",
    rows.RecordReview: "thu",
    rows.RecordVotes: "lan mai",
    rows.RecordAdoptions: "lan mai",
    rows.ImportTable: f"lan mai,{OPERATOR}",
    access.MakeFeed: f"thu,{OPERATOR}",
    access.EndFeed: f"thu,{OPERATOR}",
    access.CreateToken: f",{OPERATOR}",
    access.RevokeToken: f",{OPERATOR}",
    access.AddWebhook: f",{OPERATOR}",
    access.RemoveWebhook: f",{OPERATOR}",
    access.ResendWebhook: f",{OPERATOR}",
    engine.ReplayActs: "",
}
EVERYBODY: Final = {
    **{name: at_console(name) for name in ("mai", "lan", "hung", "binh", "cuong", "thu", "tam")},
    "nobody": at_console("nobody"),
    OPERATOR: at_console(),
}
COMMANDS: Final = sorted(MAY, key=lambda one: one.__name__)


class Asking(World):
    """A world in which the door only says whether somebody may."""

    def do(self, command: Command, *beside: object, **rest: object) -> bool:  # type: ignore[override]
        who, campaign = self.instead, rest.get("campaign", CODE)
        assert who is not None
        if "person_id" in type(command).model_fields:
            command = command.model_copy(update={"person_id": who.name})
        act = ACTS[type(command)]

        def ask(tx: Transaction) -> None:
            act.may.ensure(PersonFacts(tx, who, act.of(tx, command, *beside)))

        try:
            self.app.read(CODE if campaign else None, ask)
        except NOT_THEIRS:
            return False
        return True


def enter_cuong(world: World) -> None:
    """Cường nominates for the commune, and everything here is the district's."""
    row = PersonRow(id="cuong", full_name="Cường", unit_id=COMMUNE, roles=("nominator",))
    with on_registers(world, "system:test") as tx:
        enrolment.save(tx, [row], SINCE)


def test_every_command_is_in_the_table() -> None:
    assert set(MAY) == set(ACTS)


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda one: one.__name__)
def test_command_is_for_those_of_the_table_and_refused_to_others(
    world: World, kind: type[Command]
) -> None:
    CASES[kind].prepare(world)
    enter_cuong(world)
    names, _, operator = MAY[kind].partition(",")
    asking = Asking(world.store, world.clock, world.playbook)

    found = set()
    for name, who in EVERYBODY.items():
        asking.instead = who
        if CASES[kind].act(asking, "asked", False):
            found.add(name)

    assert found == {*names.split(), *([operator] if operator else [])}


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda one: one.__name__)
def test_door_lets_nobody_else_in_and_stores_nothing(world: World, kind: type[Command]) -> None:
    CASES[kind].prepare(world)
    enter_cuong(world)
    before = content(world)
    world.instead = Actor("cuong" if kind is not rows.SendWorkbook else "tam", "console")

    with pytest.raises(Refusal) as refused:
        CASES[kind].act(world, "refused", False)

    assert isinstance(refused.value, NOT_THEIRS)
    assert content(world) == before
