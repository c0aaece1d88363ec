"""Who approves a stage, who has, and what happens with the last signature?

Every stage is approved outside Prefect's UI, by people whose roles the playbook names (ADR 0005).
A return needs a reason and begins a new round; the launcher may not approve alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from campaigns.rules import approvals as rules
from campaigns.rules import keys
from campaigns.rules.errors import (
    ApprovalNotAllowed,
    PersonNotAppointed,
    TransitionNotAllowed,
)
from campaigns.rules.lifecycle import Thing, decide
from campaigns.services import board, corrections, nomination, recognition
from campaigns.services.directory import Directory, today
from campaigns.services.stages import as_change
from campaigns.store import campaigns, decisions, nominations, people
from campaigns.store.records import PersonRecord, StageRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import apply
from schemas.commands import ApproveStage, AskApprovalAgain, CorrectDecision, ReturnStage
from schemas.events import Facts
from schemas.messages import ApprovalRequested, StageReturned
from schemas.playbook_values import Label
from schemas.views import Done
from schemas.vocabulary import RECEIVED, NominationState, Role, Stage, StageState, label

_ON_APPROVAL: Final[Mapping[Stage, Callable[[Transaction], None]]] = {
    Stage.NOMINATION: nomination.release_outcomes,
    Stage.RECOGNITION: recognition.sign,
}
"""What the last signature itself does, in the same transaction: a decision is signed by it."""


def _is_done(tx: Transaction, stage: StageRecord) -> bool:
    """Say whether a stage has come to what its approvers decide on."""
    match Stage(stage.name):
        case Stage.LAUNCH:
            return True
        case Stage.NOMINATION:
            return nomination.has_closed(tx) and not nominations.ids_in(tx, RECEIVED)
        case Stage.APPRAISAL:
            return not nominations.ids_in(tx, [NominationState.ELIGIBLE])
        case Stage.RECOGNITION:
            draft = decisions.latest(tx)
            return draft is not None and draft.round == stage.round
        case Stage.REPLICATION:
            return tx.now >= stage.due_at


def request_if_done(tx: Transaction, name: Stage) -> Done:
    """Ask the approvers of a stage whose work is done; nothing where it was asked already.

    A stage that was returned is not asked again by the engine: a coordinator says when it is
    corrected (`ask_again`).
    """
    stage = campaigns.get_stage(tx, name)
    if stage.state != StageState.OPEN or stage.round > 1 or not _is_done(tx, stage):
        return Done(detail=stage.state)
    return _request(tx, stage)


def ask_again(tx: Transaction, command: AskApprovalAgain) -> Done:
    """Ask the approvers of a returned stage again, after its correction.

    Raises:
        PersonNotAppointed: Only a coordinator says that a stage is corrected.
        ApprovalNotAllowed: The work of the stage is not done.
        TransitionNotAllowed: The stage is not open.
    """
    act = Label(
        en=f"ask for approval of {command.stage}",
        vi=f"trình duyệt lại giai đoạn {label(command.stage, 'vi')}",
    )
    ensure_role(tx, command.person_id, Role.COORDINATOR, act)
    done, _ = tx.once(
        command.command_id, "AskApprovalAgain", Done, lambda: _ask_again(tx, command.stage)
    )
    return done


def correct_decision(tx: Transaction, command: CorrectDecision) -> Done:
    """Ask the approvers of the recognition for a decision that replaces the signed one.

    Raises:
        PersonNotAppointed: Only a coordinator asks for that.
        ReasonMissing, DecisionNotInForce, CorrectionImpossible: See `services.corrections`.
    """
    act = Label(en="correct the decision", vi="đính chính quyết định")
    ensure_role(tx, command.person_id, Role.COORDINATOR, act)

    def carry_out() -> Done:
        corrections.prepare(tx, command)
        return _ask_again(tx, Stage.RECOGNITION)

    done, _ = tx.once(command.command_id, "CorrectDecision", Done, carry_out)
    return done


def _ask_again(tx: Transaction, name: Stage) -> Done:
    if name is Stage.RECOGNITION:
        recognition.draft_decision(tx)  # a round has a draft of its own, and it is that one's
    stage = campaigns.get_stage(tx, name)
    if stage.state == StageState.OPEN and not _is_done(tx, stage):
        msg = (
            f"Stage {name} is not finished: approval is asked for when its work is done. "
            "`thidua campaign status` says what is missing."
        )
        said = (
            f"Giai đoạn {label(name, 'vi')} chưa xong việc nên chưa trình duyệt được; xem còn "
            "thiếu gì bằng `thidua campaign status`."
        )
        raise ApprovalNotAllowed(msg, said)
    return _request(tx, stage)


def ensure_role(tx: Transaction, person_id: str, role: Role, act: Label) -> None:
    """Refuse an act of a person who does not hold the role today (`PersonNotAppointed`)."""
    if role not in _roles(tx, person_id):
        raise PersonNotAppointed(person_id, act, [role.value])


def _request(tx: Transaction, stage: StageRecord) -> Done:
    apply(
        tx,
        Thing.STAGE,
        "request_approval",
        [as_change(stage)._replace(facts={"round": stage.round})],
        approval_requested_at=tx.now,
    )
    _notify_approvers(tx, stage)
    return Done(changed=1)


def _notify_approvers(tx: Transaction, stage: StageRecord) -> None:
    directory = Directory(tx)
    policy = tx.playbook.approvals.of(Stage(stage.name))
    counts = board.counts_for_approval(tx)
    for person in approvers(tx, Stage(stage.name)):
        recipient = directory.to_person(person)
        payload = ApprovalRequested(
            **directory.heading(recipient),
            stage=stage.name,
            round=stage.round,
            required=policy.required,
            counts=tuple((label(word, recipient.language), number) for word, number in counts),
        )
        about = keys.subject("stage", stage.name)
        tx.notify(recipient, payload, about=about, cause=stage.round)


def approvers(tx: Transaction, name: Stage) -> list[PersonRecord]:
    """Return who may approve a stage today, by id; a person with several roles once."""
    found = {
        person.id: person
        for role in tx.playbook.approvals.of(name).roles
        for person in people.holding(tx, role.value, today(tx))
    }
    return [found[person_id] for person_id in sorted(found)]


def approve(tx: Transaction, command: ApproveStage) -> Done:
    """Record one approval; with the last one needed the stage is approved.

    Raises:
        PersonNotAppointed: The person holds none of the roles today.
        ApprovalNotAllowed: They signed already, or the stage is approved; says who and when.
        TransitionNotAllowed: The stage does not wait for approval.
    """
    done, _ = tx.once(command.command_id, "ApproveStage", Done, lambda: _approve(tx, command))
    return done


def _approve(tx: Transaction, command: ApproveStage) -> Done:
    stage = campaigns.get_stage(tx, command.stage)
    signatures = _signatures(tx, stage)
    policy = tx.playbook.approvals.of(command.stage)
    _ensure_waiting(stage, signatures, "approve")
    rules.ensure_may_approve(
        command.person_id,
        _roles(tx, command.person_id),
        policy,
        signatures,
        tx.campaign.launched_by,
        command.stage,
    )
    campaigns.save_verdict(tx, stage, command.person_id, "approve", command.reason)
    signatures = _signatures(tx, stage)
    status = rules.status(policy, signatures, tx.campaign.launched_by)
    subject = keys.subject("stage", stage.name)
    facts: Facts = {
        "person": command.person_id,
        "round": stage.round,
        "have": status.have,
        "need": status.need,
    }
    tx.record("thidua.stage.signed", subject, facts)
    if status.granted:
        apply(tx, Thing.STAGE, "approve", [as_change(stage)], approved_at=tx.now)
        if (act := _ON_APPROVAL.get(command.stage)) is not None:
            act(tx)
    return Done(changed=1, detail="approved" if status.granted else "signed")


def return_stage(tx: Transaction, command: ReturnStage) -> Done:
    """Send a stage back with a reason; its approval begins again with a new round.

    Raises:
        ReasonMissing: No reason was given.
        PersonNotAppointed, TransitionNotAllowed, ApprovalNotAllowed: As for `approve`.
    """
    rules.ensure_reason(command.reason)
    done, _ = tx.once(command.command_id, "ReturnStage", Done, lambda: _return(tx, command))
    return done


def _return(tx: Transaction, command: ReturnStage) -> Done:
    stage = campaigns.get_stage(tx, command.stage)
    policy = tx.playbook.approvals.of(command.stage)
    _ensure_waiting(stage, _signatures(tx, stage), "return")
    roles = _roles(tx, command.person_id)
    rules.ensure_may_approve(
        command.person_id, roles, policy, (), tx.campaign.launched_by, command.stage
    )
    campaigns.save_verdict(tx, stage, command.person_id, "return", command.reason)
    change = as_change(stage)._replace(facts={"person": command.person_id, "round": stage.round})
    apply(tx, Thing.STAGE, "return", [change])
    campaigns.next_round(tx, stage.id)
    directory = Directory(tx)
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = StageReturned(
            **directory.heading(recipient), stage=stage.name, reason=command.reason
        )
        about = keys.subject("stage", stage.name)
        tx.notify(recipient, payload, about=about, cause=stage.round)
    return Done(changed=1, detail="returned")


def _signatures(tx: Transaction, stage: StageRecord) -> list[rules.Signature]:
    return [
        rules.Signature(given.person_id, given.decided_at)
        for given in campaigns.approvals(tx, stage)
        if given.verdict == "approve"
    ]


def _roles(tx: Transaction, person_id: str) -> set[Role]:
    return {Role(role) for role in people.roles_of(tx, person_id, today(tx))}


def _ensure_waiting(stage: StageRecord, signed: list[rules.Signature], command: str) -> None:
    """Refuse a verdict on a stage that waits for none; say who was first where it is approved."""
    try:
        decide(Thing.STAGE, stage.state, command, stage.name)
    except TransitionNotAllowed as refused:
        if stage.state != StageState.APPROVED:
            raise
        who = ", ".join(f"{one.person_id} ({one.decided_at:%d/%m/%Y %H:%M} UTC)" for one in signed)
        msg = f"Stage {stage.name} is approved already, by {who}; nothing was changed."
        said = f"Giai đoạn {label(stage.name, 'vi')} đã được {who} phê duyệt; không thay đổi gì."
        raise ApprovalNotAllowed(msg, said) from refused
