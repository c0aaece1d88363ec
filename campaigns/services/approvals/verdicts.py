"""Who approves a stage, who has, and what happens with the last signature?

Every stage is approved outside Prefect's UI, by people whom the playbook names (ADR 0005). A return
needs a reason and begins a new round; the launcher may not approve alone; who abstains for a
conflict decides nothing more on the stage.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from campaigns.rules import keys
from campaigns.rules.approvals import errors
from campaigns.rules.approvals import signatures as rules
from campaigns.rules.approvals.errors import WorkNotDone
from campaigns.rules.approvals.right import Right
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import Thing, decide
from campaigns.rules.log import seals
from campaigns.services.approvals import basis, origins
from campaigns.services.approvals.requests import ask
from campaigns.services.approvals.signers import Chain
from campaigns.services.deadlines import reminders
from campaigns.services.recognition import corrections, council
from campaigns.services.registers.directory import Directory
from campaigns.services.stage_work import WORK
from campaigns.services.stages import as_change
from campaigns.store import approvals as rows
from campaigns.store import campaigns
from campaigns.store.records import ApprovalRecord, StageRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import apply
from language import _
from schemas.commands.approvals import AbstainFromStage, ApproveStage, AskApprovalAgain, ReturnStage
from schemas.commands.recognition import CorrectDecision
from schemas.commands.signing import AskForCode
from schemas.links import SigningAct
from schemas.messages.approvals import StageReturned
from schemas.outcomes import Done
from schemas.registers import Origin
from schemas.vocabulary import Role, Stage, StageState

_CHOOSE: Final = {
    "approve": rules.choose,
    "return": rules.choose_to_return,
    "abstain": rules.choose_to_abstain,
}


def request_if_done(tx: Transaction, name: Stage) -> Done:
    """Ask the approvers of a stage whose work is done.

    Where it was asked already, those are who have come to be asked since: the next step of a
    sequence, a substitute, somebody newly appointed. A stage that was returned is not asked again
    by the engine: a coordinator says when it is corrected (`ask_again`).
    """
    stage = campaigns.get_stage(tx, name)
    if stage.state == StageState.AWAITING_APPROVAL:
        ask(tx, Chain(tx, stage))
    if stage.state != StageState.OPEN or stage.round > 1 or not WORK[name].is_done(tx, stage):
        return Done(detail=stage.state)
    return _request(tx, stage)


def ask_again(tx: Transaction, command: AskApprovalAgain) -> Done:
    """Ask the approvers of a returned stage again, after its correction.

    Raises:
        ApprovalNotAllowed: The work of the stage is not done.
        TransitionNotAllowed: The stage is not open.
    """
    return _ask_again(tx, command.stage)


def correct_decision(tx: Transaction, command: CorrectDecision) -> Done:
    """Ask the approvers of the recognition for a decision that replaces the signed one.

    Raises:
        ReasonMissing, DecisionNotInForce, CorrectionImpossible: See `services.corrections`.
    """
    corrections.prepare(tx, command)
    return _ask_again(tx, Stage.RECOGNITION)


def _ask_again(tx: Transaction, name: Stage) -> Done:
    if name is Stage.RECOGNITION:
        council.draft_decision(tx)  # a round has a draft of its own, and it is that one's
    stage = campaigns.get_stage(tx, name)
    if stage.state == StageState.OPEN and not WORK[name].is_done(tx, stage):
        raise WorkNotDone(name)
    return _request(tx, stage)


def _request(tx: Transaction, stage: StageRecord) -> Done:
    apply(
        tx,
        Thing.STAGE,
        "request_approval",
        [as_change(stage)._replace(facts={"round": stage.round, **_keep_basis(tx, stage)})],
        approval_requested_at=tx.now,
    )
    ask(tx, Chain(tx, campaigns.get_stage(tx, stage.name)))
    return Done(changed=1)


def right_to(
    tx: Transaction,
    chain: Chain,
    act: SigningAct,
    command: ApproveStage | ReturnStage | AbstainFromStage | AskForCode,
) -> Right:
    """Return the right by which a person may approve, return or abstain now.

    Raises:
        PersonNotAppointed, TransitionNotAllowed, ApprovalNotAllowed: They may not.
        FiguresChanged: What is decided is not what they looked at.
    """
    person_id, looked_at = command.person_id, command.round
    _ensure_waiting(chain, "return" if act == "return" else "approve", looked_at)
    rules.ensure_not_abstained(person_id, chain.abstained, chain.name)
    chain.ensure_not_resting(person_id)
    right = _CHOOSE[act](person_id, chain.rights, chain.status, chain.signatures, chain.name)
    basis.ensure_seen(tx, chain.stage, command.seen)
    return right


def approve(tx: Transaction, command: ApproveStage) -> Done:
    """Record one approval; with the last one needed the stage is approved.

    Raises:
        PersonNotAppointed: The person may not sign this stage today.
        ApprovalNotAllowed: They or their principal signed already, it is not their turn, they
            abstained, or the stage is approved; says who and when.
        TransitionNotAllowed: The stage does not wait for approval.
        FiguresChanged: What is decided is not what the person looked at (`seen`).
    """
    stage = campaigns.get_stage(tx, command.stage)
    chain = Chain(tx, stage)
    right = right_to(tx, chain, "approve", command)
    origin, sealed = _save(tx, chain, "approve", command.reason, right)
    chain = Chain(tx, stage)
    facts: dict[str, str | int] = {
        "person": command.person_id,
        "round": stage.round,
        "have": chain.status.have,
        "need": chain.status.need,
        **sealed,
    }
    if chain.policy.steps:
        facts["step"] = right.step
    if right.principal_id:
        facts |= {"principal": right.principal_id, "letter": right.letter}
    facts |= {key: value for key, value in origin.model_dump().items() if value}
    tx.record("thidua.stage.signed", keys.subject("stage", stage.name), facts)
    if not chain.status.granted:
        ask(tx, chain)
        return Done(changed=1, detail="signed")
    apply(tx, Thing.STAGE, "approve", [as_change(stage)], approved_at=tx.now)
    WORK[command.stage].on_approval(tx)
    return Done(changed=1, detail="approved")


def _keep_basis(tx: Transaction, stage: StageRecord) -> dict[str, str]:
    """Keep the figures an approval rests on; return their seal, as a fact."""
    counts = basis.counts(tx)
    rows.keep_basis(tx, stage, counts)
    return {seals.BASIS: seals.of_basis(tx.campaign.salt, stage.name, stage.round, counts)}


def _save(
    tx: Transaction,
    chain: Chain,
    verdict: SigningAct,
    reason: str,
    right: Right,
) -> tuple[Origin, dict[str, str]]:
    """Store a verdict and what it rests on.

    Returns where the right to it comes from, and their seals, for the event that tells of it.
    """
    origin = origins.of(tx, chain, right).model_copy(update={"means": tx.means})
    given = ApprovalRecord(
        person_id=right.person_id,
        verdict=verdict,
        reason=reason,
        decided_at=tx.now,
        step=right.step,
        principal_id=right.principal_id or None,
        letter=right.letter,
        round=chain.stage.round,
        given_by=origin.model_dump_json() if origin.is_told else None,
    )
    rows.save(tx, chain.stage, given)
    by = (right.person_id, right.step, right.principal_id, right.letter, given.given_by or "")
    sealed = seals.of_verdict(tx.campaign.salt, chain.name, verdict, reason, by)
    return origin, {seals.SEAL: sealed, **_keep_basis(tx, chain.stage)}


def return_stage(tx: Transaction, command: ReturnStage) -> Done:
    """Send a stage back with a reason; its approval goes on with a new round.

    The signatures given so far are void, or stay, as the playbook says (`on_return`).

    Raises:
        ReasonMissing: No reason was given.
        PersonNotAppointed, TransitionNotAllowed, ApprovalNotAllowed, FiguresChanged: As for
            `approve`.
    """
    rules.ensure_reason(command.reason, _("Returning a stage"))
    stage = campaigns.get_stage(tx, command.stage)
    chain = Chain(tx, stage)
    right = right_to(tx, chain, "return", command)
    origin, sealed = _save(tx, chain, "return", command.reason, right)
    kept = _kept(chain, right)
    facts: dict[str, str | int] = {
        "person": command.person_id,
        "round": stage.round,
        **sealed,
    }
    if right.principal_id:
        facts |= {"principal": right.principal_id, "letter": right.letter}
    if kept:
        facts["kept"] = len(kept)
    if origin.means:
        facts["means"] = origin.means
    apply(tx, Thing.STAGE, "return", [as_change(stage)._replace(facts=facts)])
    rows.next_round(tx, stage.id)
    for given in kept:
        rows.save(tx, stage, replace(given, round=stage.round + 1))
    reminders.supersede_outdated(tx)  # their links are for the round that is over
    _tell_returned(tx, chain, command.reason, len(kept))
    return Done(changed=1, detail="returned")


def _kept(chain: Chain, right: Right) -> list[ApprovalRecord]:
    """Return the signatures that stay after a return: none, or all but the returner's own."""
    if chain.policy.on_return == "restart":
        return []
    return [
        one
        for one in chain.verdicts
        if one.verdict == "approve"
        and not {one.person_id, one.principal_id} & {right.person_id, right.authority}
    ]


def _tell_returned(tx: Transaction, chain: Chain, reason: str, kept: int) -> None:
    directory = Directory(tx)
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = StageReturned(
            **directory.heading(recipient),
            stage=chain.name,
            reason=reason,
            resumes=chain.policy.on_return == "resume",
            kept=kept,
        )
        about = keys.subject("stage", chain.name)
        tx.notify(recipient, payload, about=about, cause=chain.stage.round)


def abstain(tx: Transaction, command: AbstainFromStage) -> Done:
    """Take a person out of a stage's approval for a conflict; coordinators learn if too few remain.

    Raises:
        ReasonMissing: No reason was given.
        PersonNotAppointed: The person has no part in this approval.
        ApprovalNotAllowed: They signed already, or abstained before.
        TransitionNotAllowed: The stage does not wait for approval.
        FiguresChanged: As for `approve`.
    """
    rules.ensure_reason(command.reason, _("Abstaining"))
    stage = campaigns.get_stage(tx, command.stage)
    chain = Chain(tx, stage)
    right = right_to(tx, chain, "abstain", command)
    origin, sealed = _save(tx, chain, "abstain", command.reason, right)
    chain = Chain(tx, stage)
    facts: dict[str, str | int] = {
        "person": command.person_id,
        "round": stage.round,
        "short": chain.short,
        **sealed,
    }
    if origin.means:
        facts["means"] = origin.means
    tx.record("thidua.stage.abstained", keys.subject("stage", stage.name), facts)
    ask(tx, chain)
    return Done(changed=1, detail="short" if chain.short else "abstained")


def _ensure_waiting(chain: Chain, command: str, looked_at: int | None) -> None:
    """Refuse a verdict on a stage that waits for none; say who was first where one was given."""
    stage = chain.stage
    if looked_at not in {None, stage.round}:
        raise errors.returned_since(chain.name)
    try:
        decide(Thing.STAGE, stage.state, command, stage.name)
    except TransitionNotAllowed as refused:
        if stage.state != StageState.APPROVED:
            raise
        raise errors.approved_before(chain.signatures, chain.name) from refused
