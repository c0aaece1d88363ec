"""How is every command given? Where, by whom, and once more with other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from campaigns.rules.playbook.reading import snapshot
from campaigns.services import clock
from campaigns.services.appraisal import corrections, reviews
from campaigns.services.approvals import delegations, verdicts
from campaigns.services.deadlines import extensions
from campaigns.services.engine import alerts
from campaigns.services.launch import cancellation, launch
from campaigns.services.mail import bounces, delivery, preferences
from campaigns.services.nomination import acts
from campaigns.services.playbook import amendments
from campaigns.services.recognition import sessions, vote_corrections
from campaigns.services.registers import enrolment
from campaigns.services.signing import one_time_codes
from campaigns.store.commit import commit
from campaigns.store.tables import (
    campaign_playbook,
    event_cursor,
    failing_address,
    message,
    metadata,
    outbox,
    processed_command,
)
from campaigns.store.transaction import Transaction
from schemas.commands import registers
from schemas.commands.appraisal import CorrectReviews
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
from schemas.imports import ScoreRow
from schemas.outcomes import Done
from schemas.vocabulary import Stage, Vote
from tests.clocks import dated_ahead
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


@contextmanager
def on_registers(world: World, person: str = "mai") -> Iterator[Transaction]:
    with world.store.writing(person) as tx:
        yield tx
        commit(tx)


def write(world: World, statement: Any) -> None:
    with world.store.writing("system:test") as tx:
        tx.connection.execute(statement)
        commit(tx)


# --- Where commands are given --------------------------------------------------------------------


def asked_to_launch(world: World) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)


def asked_with_codes(world: World) -> None:
    asked_to_launch(world)
    policy = {"roles": ["leader"], "required": 1, "one_time_code": True}
    text = snapshot(short_playbook(approvals={"launch": policy}))
    write(world, campaign_playbook.update().values(snapshot=text, hash=text[:64]))


def returned(world: World) -> None:
    asked_to_launch(world)
    world.send_back(Stage.LAUNCH, "hung")


def nominated(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")


def held_back(world: World) -> None:
    nominated(world)
    world.nominate("B", rank=2, case_opened=date(2023, 6, 1))
    world.check_all()


def sitting(world: World) -> None:
    nominated(world)
    world.convene("A")


def voting(world: World) -> None:
    sitting(world)
    world.vote(*votes("A")[:2])


def voted(world: World) -> None:
    sitting(world)
    world.vote(*votes("A"))


def decided(world: World) -> None:
    voted(world)
    world.decide()


def reviewed(world: World) -> None:
    nominated(world)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    world.act(reviews.record_reviews, review(8))


def review(points: int) -> list[ScoreRow]:
    return [
        ScoreRow(2, "thu", "A", "C1", points * 100),
        ScoreRow(3, "thu", "A", "C5", 1600),
    ]


def undelivered(world: World) -> None:
    asked_to_launch(world)
    write(world, message.update().values(state="failed"))


def given_up(world: World) -> None:
    world.launch()
    write(world, outbox.update().values(dead_at=world.clock.time))


def failing(world: World) -> None:
    at = world.clock.time
    row = {"address": "binh@example.org", "bounces": 1, "status": "5.1.1", "said": "x"}
    write(
        world, failing_address.insert().values(**row, last_at=at, failing_since=at, outcome="hard")
    )


def delegated_by_another(world: World) -> None:
    asked_to_launch(world)
    world.delegate("hung", "thu", "2023-02-01", "2023-12-01", person_id="mai")


def delegated(world: World) -> None:
    world.delegate("hung", "thu", "2023-02-01", "2023-12-01")


def amended(world: World) -> None:
    asked_to_launch(world)
    amend(world, "before", other=False)


def amend(world: World, command_id: str, *, other: bool) -> Done:
    changed = short_playbook(approvals={"nomination": {"people": ["thu"], "required": 1}})
    command = AmendPlaybook(
        command_id=command_id, base_version=1, person_id="mai", reason="khác" if other else "Sửa"
    )
    return world.act(amendments.amend, command, changed)


def appointed(world: World) -> None:
    with on_registers(world) as tx:
        enrolment.appoint(
            tx, registers.AppointPerson(command_id="x", of_id="thu", role="leader", person_id="mai")
        )


# --- How they are given --------------------------------------------------------------------------


def by(
    service: Callable[..., Any], kind: type[Command], other: dict[str, Any], *rest: Any, **said: Any
) -> Act:
    """Return an act of a campaign's service; `other` is what the changed command says."""

    def act(world: World, command_id: str, changed: bool) -> Any:
        command = kind(command_id=command_id, **(said | other if changed else said))
        return world.act(service, command, *rest)

    return act


def registered(
    service: Callable[..., Any], kind: type[Command], other: dict[str, Any], **said: Any
) -> Act:
    """Return an act on the registers, which belong to no campaign."""

    def act(world: World, command_id: str, changed: bool) -> Any:
        command = kind(command_id=command_id, **(said | other if changed else said))
        with on_registers(world) as tx:
            return service(tx, command)

    return act


def create(world: World, command_id: str, other: bool) -> Done:
    playbook = short_playbook(**({"quota": {"per_unit_kind": {"district": 3}}} if other else {}))
    with world.store.writing("mai") as tx:
        command = CreateCampaign(command_id=command_id, code="NEW-1")
        done = launch.create(tx, command, playbook)
        commit(tx)
    return done


KHAC: Final = {"reason": "khác"}
LAN: Final = {"person_id": "lan"}
SIGNS: Final = {"stage": Stage.LAUNCH, "person_id": "hung", "reason": "Đồng ý"}
ASKS: Final = {"stage": Stage.LAUNCH, "person_id": "hung", "round": 1, "act": "approve"}
DELEGATION: Final = {
    "principal_id": "hung",
    "substitute_id": "thu",
    "first_on": date(2023, 2, 1),
    "last_on": date(2023, 12, 1),
    "letter": "12-GUQ",
    "person_id": "hung",
}
MAI: Final = {"reason": "Nhập nhầm", "person_id": "mai"}
OF_THU: Final = {"of_id": "thu", "person_id": "mai"}
CASES: Final[dict[type[Command], Case]] = {
    CreateCampaign: Case(lambda _world: None, create),
    LaunchCampaign: Case(
        lambda _world: None, by(launch.launch, LaunchCampaign, LAN, person_id="mai")
    ),
    CancelCampaign: Case(
        World.launch,
        by(cancellation.cancel, CancelCampaign, KHAC, reason="Bão lũ", person_id="hung"),
    ),
    ApproveStage: Case(asked_to_launch, by(verdicts.approve, ApproveStage, KHAC, **SIGNS)),
    ReturnStage: Case(asked_to_launch, by(verdicts.return_stage, ReturnStage, KHAC, **SIGNS)),
    AbstainFromStage: Case(asked_to_launch, by(verdicts.abstain, AbstainFromStage, KHAC, **SIGNS)),
    AskForCode: Case(
        asked_with_codes, by(one_time_codes.ask, AskForCode, {"act": "return"}, **ASKS)
    ),
    RecordDelegation: Case(
        lambda _world: None,
        by(delegations.record, RecordDelegation, {"letter": "13-GUQ"}, **DELEGATION),
    ),
    RevokeDelegation: Case(
        delegated,
        by(
            delegations.revoke,
            RevokeDelegation,
            {"person_id": "mai"},
            delegation_id=1,
            person_id="hung",
        ),
    ),
    ConfirmDelegation: Case(
        delegated_by_another,
        by(delegations.confirm, ConfirmDelegation, LAN, delegation_id=1, person_id="hung"),
    ),
    AskApprovalAgain: Case(
        returned,
        by(verdicts.ask_again, AskApprovalAgain, LAN, stage=Stage.LAUNCH, person_id="mai"),
    ),
    CorrectDecision: Case(
        decided,
        by(
            verdicts.correct_decision,
            CorrectDecision,
            KHAC,
            results=(CorrectedResult(nomination_code="A", recognised=False),),
            **MAI,
        ),
    ),
    WithdrawNomination: Case(
        nominated,
        by(acts.withdraw, WithdrawNomination, KHAC, nomination_code="A", **MAI),
    ),
    RevokeRecognition: Case(
        decided,
        by(
            acts.revoke,
            RevokeRecognition,
            KHAC,
            nomination_code="A",
            document="07-QĐ",
            reason="Số liệu sai",
            person_id="hung",
        ),
    ),
    ClearHold: Case(held_back, by(acts.clear_hold, ClearHold, KHAC, nomination_code="B", **MAI)),
    CloseSession: Case(voting, by(sessions.close, CloseSession, KHAC, session=1, **MAI)),
    CorrectReviews: Case(
        reviewed,
        by(
            corrections.correct_reviews,
            CorrectReviews,
            KHAC,
            review(9),
            **MAI,
        ),
    ),
    CorrectVotes: Case(
        voted,
        by(vote_corrections.correct_votes, CorrectVotes, KHAC, votes("A", Vote.NO), **MAI),
    ),
    ReleaseMessages: Case(
        decided, by(delivery.release, ReleaseMessages, LAN, early=True, person_id="mai")
    ),
    RetryMessages: Case(undelivered, by(delivery.retry, RetryMessages, LAN, person_id="mai")),
    ExtendDeadline: Case(
        nominated,
        by(
            extensions.extend,
            ExtendDeadline,
            KHAC,
            stage=Stage.NOMINATION,
            until=datetime(2023, 9, 18, 17, tzinfo=ZONE),
            **MAI,
        ),
    ),
    RepairClock: Case(dated_ahead, by(clock.repair, RepairClock, KHAC, **MAI)),
    AmendPlaybook: Case(asked_to_launch, lambda world, one, other: amend(world, one, other=other)),
    ConfirmAmendment: Case(
        amended, by(amendments.confirm, ConfirmAmendment, LAN, person_id="hung")
    ),
    ReviveRuns: Case(given_up, by(alerts.revive, ReviveRuns, LAN, person_id="mai")),
    ClearAddress: Case(
        failing,
        by(bounces.clear, ClearAddress, LAN, address="binh@example.org", person_id="mai"),
    ),
    SetMailPreference: Case(
        lambda _world: None,
        registered(
            preferences.set_preference,
            SetMailPreference,
            {"digest": "each"},
            of_id="thu",
            digest="daily",
        ),
    ),
    AppointPerson: Case(
        lambda _world: None,
        registered(
            enrolment.appoint, AppointPerson, {"role": "nominator"}, role="leader", **OF_THU
        ),
    ),
    EndAppointment: Case(
        lambda _world: None,
        registered(enrolment.end, EndAppointment, {"role": "council"}, role="reviewer", **OF_THU),
    ),
    ConfirmPerson: Case(
        appointed,
        registered(enrolment.confirm, ConfirmPerson, LAN, of_id="thu", person_id="hung"),
    ),
    RefusePerson: Case(
        appointed,
        registered(enrolment.refuse, RefusePerson, LAN, of_id="thu", person_id="hung"),
    ),
    RevokeLinks: Case(
        lambda _world: None, registered(enrolment.revoke_links, RevokeLinks, LAN, **OF_THU)
    ),
}
