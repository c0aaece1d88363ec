"""How is every command given? Where, by whom, and once more with other words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from campaigns.store.tables import (
    event_cursor,
    metadata,
    outbox,
    processed_command,
)
from schemas.actors import at_console
from schemas.commands import launch
from schemas.commands.appraisal import CorrectOwnReview, CorrectReviews
from schemas.commands.approvals import (
    AbstainFromStage,
    ApproveStage,
    AskApprovalAgain,
    ConfirmDelegation,
    RecordDelegation,
    ReturnStage,
    RevokeDelegation,
)
from schemas.commands.clock import RepairClock
from schemas.commands.command import Command
from schemas.commands.deadlines import ExtendDeadline
from schemas.commands.engine import ReviveRuns
from schemas.commands.launch import CancelCampaign, CreateCampaign, LaunchCampaign
from schemas.commands.mail import ClearAddress, ReleaseMessages, RetryMessages, SetMailPreference
from schemas.commands.nomination import ClearHold, WithdrawNomination
from schemas.commands.playbook import AmendPlaybook, ConfirmAmendment
from schemas.commands.recognition import (
    CloseSession,
    CorrectDecision,
    CorrectedResult,
    CorrectVotes,
    RevokeRecognition,
)
from schemas.commands.registers import AppointPerson, ConfirmPerson, EndAppointment, RefusePerson
from schemas.commands.signing import AskForCode, RevokeLinks
from schemas.outcomes import Done
from schemas.vocabulary import Stage, Vote
from tests.clocks import dated_ahead
from tests.grounds import (
    DELEGATION,
    amend,
    amended,
    appointed,
    asked_to_launch,
    asked_with_codes,
    decided,
    delegated,
    delegated_by_another,
    failing,
    given_up,
    held_back,
    nominated,
    returned,
    review,
    reviewed,
    undelivered,
    voted,
    voting,
)
from tests.world import ZONE, World, short_playbook, votes

Act = Callable[[World, str, bool], Any]
"""Acts by a command of this id; said otherwise where the flag is set."""
_NOT_FACTS: Final = {processed_command, outbox, event_cursor}
"""What the engine keeps about acts and work, not what they came to."""


class Case(NamedTuple):
    """Where a command is given, and how."""

    prepare: Callable[[World], None]
    act: Act


def content(world: World) -> dict[str, list[Any]]:
    """Return all that is stored but for the ids of acts and the engine's work."""
    with world.store.reading() as tx:
        return {
            table.name: sorted(map(repr, tx.connection.execute(select(table)).all()))
            for table in metadata.sorted_tables
            if table not in _NOT_FACTS
        }


# --- Where commands are given --------------------------------------------------------------------


# --- How they are given --------------------------------------------------------------------------


def by(kind: type[Command], other: dict[str, Any], *beside: object, **said: Any) -> Act:
    """Return an act by the door; `other` is what the changed command says."""

    def act(world: World, command_id: str, changed: bool) -> Any:
        command = kind(command_id=command_id, **(said | other if changed else said))
        return world.do(command, *beside)

    return act


def registered(kind: type[Command], other: dict[str, Any], **said: Any) -> Act:
    """Return an act on the registers, which belong to no campaign."""

    def act(world: World, command_id: str, changed: bool) -> Any:
        command = kind(command_id=command_id, **(said | other if changed else said))
        return world.do(command, campaign=None)

    return act


def at_machine(kind: type[Command], other: dict[str, Any], **said: Any) -> Act:
    """Return an act of the operator, who names no person."""

    def act(world: World, command_id: str, changed: bool) -> Any:
        command = kind(command_id=command_id, **(said | other if changed else said))
        return world.do(command, campaign=None, who=at_console())

    return act


def create(world: World, command_id: str, other: bool) -> Done:
    playbook = short_playbook(**({"quota": {"per_unit_kind": {"district": 3}}} if other else {}))
    command = launch.CreateCampaign(command_id=command_id, code="NEW-1")
    return world.do(command, playbook, campaign=None)


KHAC: Final = {"reason": "khác"}
LAN: Final = {"person_id": "lan"}
SIGNS: Final = {"stage": Stage.LAUNCH, "person_id": "hung", "reason": "Đồng ý"}
ASKS: Final = {"stage": Stage.LAUNCH, "person_id": "hung", "round": 1, "act": "approve"}
MAI: Final = {"reason": "Nhập nhầm", "person_id": "mai"}
OF_THU: Final = {"of_id": "thu", "person_id": "mai"}
CASES: Final[dict[type[Command], Case]] = {
    CreateCampaign: Case(lambda _world: None, create),
    LaunchCampaign: Case(lambda _world: None, by(LaunchCampaign, LAN, person_id="mai")),
    CancelCampaign: Case(
        World.launch,
        by(CancelCampaign, KHAC, reason="Bão lũ", person_id="hung"),
    ),
    ApproveStage: Case(asked_to_launch, by(ApproveStage, KHAC, **SIGNS)),
    ReturnStage: Case(asked_to_launch, by(ReturnStage, KHAC, **SIGNS)),
    AbstainFromStage: Case(asked_to_launch, by(AbstainFromStage, KHAC, **SIGNS)),
    AskForCode: Case(asked_with_codes, by(AskForCode, {"act": "return"}, **ASKS)),
    RecordDelegation: Case(
        lambda _world: None,
        by(RecordDelegation, {"letter": "13-GUQ"}, **DELEGATION),
    ),
    RevokeDelegation: Case(
        delegated,
        by(
            RevokeDelegation,
            {"person_id": "mai"},
            delegation_id=1,
            person_id="hung",
        ),
    ),
    ConfirmDelegation: Case(
        delegated_by_another,
        by(ConfirmDelegation, LAN, delegation_id=1, person_id="hung"),
    ),
    AskApprovalAgain: Case(
        returned,
        by(AskApprovalAgain, LAN, stage=Stage.LAUNCH, person_id="mai"),
    ),
    CorrectDecision: Case(
        decided,
        by(
            CorrectDecision,
            KHAC,
            results=(CorrectedResult(nomination_code="A", recognised=False),),
            **MAI,
        ),
    ),
    WithdrawNomination: Case(
        nominated,
        by(WithdrawNomination, KHAC, nomination_code="A", **MAI),
    ),
    RevokeRecognition: Case(
        decided,
        by(
            RevokeRecognition,
            KHAC,
            nomination_code="A",
            document="07-QĐ",
            reason="Số liệu sai",
            person_id="hung",
        ),
    ),
    ClearHold: Case(held_back, by(ClearHold, KHAC, nomination_code="B", **MAI)),
    CloseSession: Case(voting, by(CloseSession, KHAC, session=1, **MAI)),
    CorrectOwnReview: Case(
        reviewed,
        by(
            CorrectOwnReview,
            KHAC,
            review(9),
            nomination_code="A",
            reason="Nhập nhầm",
            person_id="thu",
        ),
    ),
    CorrectReviews: Case(
        reviewed,
        by(
            CorrectReviews,
            KHAC,
            review(9),
            **MAI,
        ),
    ),
    CorrectVotes: Case(
        voted,
        by(CorrectVotes, KHAC, votes("A", Vote.NO), **MAI),
    ),
    ReleaseMessages: Case(decided, by(ReleaseMessages, LAN, early=True, person_id="mai")),
    RetryMessages: Case(undelivered, by(RetryMessages, LAN, person_id="mai")),
    ExtendDeadline: Case(
        nominated,
        by(
            ExtendDeadline,
            KHAC,
            stage=Stage.NOMINATION,
            until=datetime(2023, 9, 18, 17, tzinfo=ZONE),
            **MAI,
        ),
    ),
    RepairClock: Case(dated_ahead, by(RepairClock, KHAC, **MAI)),
    AmendPlaybook: Case(asked_to_launch, lambda world, one, other: amend(world, one, other=other)),
    ConfirmAmendment: Case(amended, by(ConfirmAmendment, LAN, person_id="hung")),
    ReviveRuns: Case(given_up, by(ReviveRuns, LAN, person_id="mai")),
    ClearAddress: Case(
        failing,
        by(ClearAddress, LAN, address="binh@example.org", person_id="mai"),
    ),
    SetMailPreference: Case(
        lambda _world: None,
        at_machine(SetMailPreference, {"digest": "each"}, of_id="thu", digest="daily"),
    ),
    AppointPerson: Case(
        lambda _world: None,
        registered(AppointPerson, {"role": "nominator"}, role="leader", **OF_THU),
    ),
    EndAppointment: Case(
        lambda _world: None,
        registered(EndAppointment, {"role": "council"}, role="reviewer", **OF_THU),
    ),
    ConfirmPerson: Case(
        appointed,
        registered(ConfirmPerson, LAN, of_id="thu", person_id="hung"),
    ),
    RefusePerson: Case(
        appointed,
        registered(RefusePerson, LAN, of_id="thu", person_id="hung"),
    ),
    RevokeLinks: Case(lambda _world: None, registered(RevokeLinks, LAN, **OF_THU)),
}
