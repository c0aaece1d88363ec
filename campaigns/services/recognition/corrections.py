"""How is a signed decision corrected? By another that replaces it, approved like the first.

A coordinator asks with a reason and the results as they should have been (ADR 0020). The stage is
open again in a new round, its approvers are asked, and their last signature signs the new decision.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from campaigns.rules import keys
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.lifecycle import Thing
from campaigns.rules.log import seals
from campaigns.rules.recognition.errors import CorrectionImpossible, DecisionNotInForce
from campaigns.services.registers.directory import Directory
from campaigns.services.results import notices
from campaigns.services.stages import as_change
from campaigns.store import approvals, campaigns
from campaigns.store.nomination import nominations
from campaigns.store.recognition import decisions
from campaigns.store.recognition.decisions import DecisionRecord
from campaigns.store.records import NominationRecord, StageRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply, record_new
from language import Text, _
from schemas.commands.recognition import CorrectDecision
from schemas.events import Facts
from schemas.vocabulary import CampaignState, DecisionState, NominationState, Stage, StageState

_DECIDED: Final = (NominationState.RECOGNISED, NominationState.NOT_RECOGNISED)
_LEAST_TIME: Final = timedelta(days=1)


def prepare(tx: Transaction, command: CorrectDecision) -> None:
    """Open the stage again and draft the decision that is to replace the one in force.

    Raises:
        ReasonMissing: No reason was given.
        DecisionNotInForce: There is none that may be corrected now.
        CorrectionImpossible: Results of what was not decided, or that change nothing.
    """
    ensure_reason(command.reason, _("A correction"))
    stage = campaigns.get_stage(tx, Stage.RECOGNITION)
    signed, newest = decisions.in_force(tx), decisions.latest(tx)
    is_returned = stage.state == StageState.OPEN and newest != signed
    if (
        signed is None
        or tx.campaign.state != CampaignState.RUNNING
        or not (is_returned or stage.state == StageState.APPROVED)
    ):
        raise DecisionNotInForce(stage.state)
    wanted = _checked(tx, command, may_stay=is_returned)
    round_ = stage.round if is_returned else _reopen(tx, stage)
    draft_id = _draft(tx, round_, newest if is_returned else None, signed, wanted)
    decisions.save_correction(tx, draft_id, signed.id, command.reason, command.person_id, wanted)
    results_by_code = [(one.nomination_code, one.recognised) for one in command.results]
    sealed = seals.of_correction(
        tx.campaign.salt, signed.round, command.person_id, command.reason, results_by_code
    )
    tx.record(
        "thidua.decision.correction_asked",
        keys.subject("decision", str(round_)),
        {
            "person": command.person_id,
            "replaces": signed.round,
            "results": len(wanted),
            seals.SEAL: sealed,
        },
    )


def _checked(tx: Transaction, command: CorrectDecision, *, may_stay: bool) -> dict[int, bool]:
    known = nominations.by_code(tx, [one.nomination_code for one in command.results])
    problems: list[Text] = []
    wanted: dict[int, bool] = {}
    for one in command.results:
        record = known.get(one.nomination_code)
        if record is None:
            problem = _("{code} is not a nomination of this campaign")
        elif record.id in wanted:
            problem = _("{code} is named more than once")
        elif record.state not in _DECIDED:
            problem = _("{code} was not decided ({state})", state=record.state)
        elif not may_stay and (record.state == NominationState.RECOGNISED) is one.recognised:
            problem = _("{code} has that result already")
        else:
            wanted[record.id] = one.recognised
            continue
        problems.append(problem.with_values(code=one.nomination_code))
    if problems:
        raise CorrectionImpossible(problems)
    return wanted


def _reopen(tx: Transaction, stage: StageRecord) -> int:
    """Open the stage in a new round; its approval has as long as the calendar gave the first."""
    time = max(stage.approval_due_at - stage.due_at, _LEAST_TIME)
    due_at = tx.now.replace(microsecond=0) + time
    facts: Facts = {"round": stage.round + 1, "approval_due": due_at.isoformat()}
    change = as_change(stage)._replace(facts=facts)
    apply(tx, Thing.STAGE, "reopen", [change], approved_at=None, approval_due_at=due_at)
    approvals.next_round(tx, stage.id)
    return stage.round + 1


def _draft(
    tx: Transaction,
    round_: int,
    newest: DecisionRecord | None,
    signed: DecisionRecord,
    wanted: dict[int, bool],
) -> int:
    if newest is not None and newest.round == round_:
        return newest.id
    form = tx.playbook.decision
    draft_id = decisions.draft(tx, round_, form.issuer_unit, form.series)
    recognised = sum((decisions.results(tx, signed.id) | wanted).values())
    facts: dict[str, str | int] = {"recognised": recognised, "series": form.series}
    record_new(tx, Thing.DECISION, "draft", [Change(draft_id, str(round_), "", facts)])
    return draft_id


def carry_over(tx: Transaction, before: DecisionRecord | None, draft_id: int) -> None:
    """Let the draft of a new round correct what the returned one was to correct."""
    if before is None or before.state != DecisionState.DRAFTED:
        return
    fixed = decisions.correction_of(tx, before.id)
    if fixed is not None:
        decisions.save_correction(
            tx, draft_id, fixed.replaces_id, fixed.reason, fixed.person_id, fixed.results
        )


def replace(tx: Transaction, decision: DecisionRecord) -> bool:
    """Let a decision that was just signed take the place of the one it corrects, if it does.

    Nominations whose result is another now change their state, and who was told wrongly is told.
    """
    fixed = decisions.correction_of(tx, decision.id)
    if fixed is None:
        return False
    old = decisions.get(tx, fixed.replaces_id)
    change = Change(old.id, str(old.round), old.state, {"by": decision.round})
    apply(tx, Thing.DECISION, "replace", [change])
    holds = decisions.results(tx, old.id) | fixed.results
    records = [one for one in nominations.find(tx, states=_DECIDED) if one.id in holds]
    _flip(tx, records, holds, decision.symbol or "")
    directory = Directory(tx)
    listed = [(one.id, holds[one.id], directory.unit_name(one.unit_id)) for one in records]
    decisions.add_results(tx, decision.id, listed)
    decisions.vouch_for_results(tx, decision.id, decision.round)
    notices.announce_corrected(tx, records, decision, holds)
    return True


def _flip(
    tx: Transaction, records: list[NominationRecord], holds: dict[int, bool], symbol: str
) -> None:
    for command, source, wanted in (
        ("reinstate", NominationState.NOT_RECOGNISED, True),
        ("overturn", NominationState.RECOGNISED, False),
    ):
        changes = [
            Change(one.id, one.code, one.state, {"decision": symbol})
            for one in records
            if one.state == source and holds[one.id] is wanted
        ]
        apply(tx, Thing.NOMINATION, command, changes)
