"""What happens to a nomination from its arrival to the eligibility rules' decision?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from campaigns.rules import keys
from campaigns.rules.clock.comparison import is_ahead
from campaigns.rules.deadlines.late import stays_open_for
from campaigns.rules.eligibility import (
    Finding,
    Ranked,
    RankWithinQuota,
    check,
    is_correctable,
    outcome,
    places_of,
)
from campaigns.rules.lifecycle import NEW, Thing
from campaigns.rules.log import seals
from campaigns.rules.nomination.errors import NominationClosed
from campaigns.rules.nomination.receiving import (
    CheckContext,
    NominationFacts,
    deadline_of,
    ensure_receivable,
    is_late,
    last_deadline,
)
from campaigns.services.nomination import form_changes, reach
from campaigns.services.registers.directory import Directory
from campaigns.services.stages import is_open
from campaigns.store import campaigns
from campaigns.store.deadlines import extensions
from campaigns.store.nomination import nominations, quotas
from campaigns.store.nomination.nominations import NewNomination
from campaigns.store.records import NominationContent, NominationRecord
from campaigns.store.registers import units
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply, record_new
from language import Language, _
from language.vietnamese import fold
from schemas.imports import NominationRow
from schemas.messages.nomination import (
    NominationChecked,
    NominationReceived,
    NominationReturned,
    Problem,
)
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import RECEIVED, NominationState, Severity, Stage, Word

Outcome = Literal["eligible", "ineligible", "on_hold"]
_OUTCOMES: Final[dict[NominationState, tuple[str, Outcome]]] = {
    NominationState.ELIGIBLE: ("find_eligible", "eligible"),
    NominationState.INELIGIBLE: ("find_ineligible", "ineligible"),
    NominationState.ON_HOLD: ("hold", "on_hold"),
}
"""What the rules may come to: the command it takes, the word a message says it with."""


# --- Receiving -----------------------------------------------------------------------------------


def receive(tx: Transaction, rows: Sequence[NominationRow], *, recorded: bool = False) -> Done:
    """Take nominations in: new ones, and new versions of those still editable; receipts go out.

    `recorded`: the rows come from a record that states when each was submitted (an import by the
    coordinator); late ones are then taken in, marked, and decided by the deadline rule. Without
    it, the present is the time of submission and the deadline is kept at the door.

    Raises:
        NominationClosed: The stage does not receive now, or (not `recorded`) it is too late.
        NominationOutOfReach: A unit nominates for another's, and the playbook forbids it.
        TransitionNotAllowed: A nomination of this code is decided already and cannot change.
    """
    known = nominations.by_code(tx, [row.code for row in rows])
    hashes = nominations.content_hashes(tx, [record.id for record in known.values()])
    same = {
        old.code for row in rows if (old := known.get(row.code)) and _is_same(row, old, hashes, tx)
    }
    if rows and len(same) == len(rows):
        return Done(known=len(rows))
    _ensure_receiving(tx)
    reach.ensure_kept(tx, [row for row in rows if row.code not in same])
    context, directory = check_context(tx), Directory(tx)
    new: list[NewNomination] = []
    revised: list[tuple[NominationRecord, NewNomination]] = []
    for row in rows:
        if row.code in same:
            continue
        submitted_at = row.submitted_at or tx.now
        if not recorded:
            ensure_receivable(submitted_at, row.nominated_by_id, tx.playbook, context)
        late = is_late(submitted_at, row.nominated_by_id, context)
        old = known.get(row.code)
        if old is None:
            new.append(nominations.prepare(row, submitted_at, late=late))
            continue
        revised.append((old, nominations.prepare(row, submitted_at, late=late)))
    told = form_changes.told(tx, revised)
    _store(tx, new, revised)
    for item in new:
        _acknowledge(tx, directory, item, 1)
    for old, item in revised:
        _acknowledge(tx, directory, item, old.content_version + 1)
    return Done(changed=len(new) + len(revised), known=len(same), differences=told)


def _is_same(
    row: NominationRow, old: NominationRecord, hashes: Mapping[int, str], tx: Transaction
) -> bool:
    """Say whether a row is the version in force: its boxes, and its time where it has one.

    What was received by a clock that was ahead, and so perhaps too late, is received anew.
    """
    if row.submitted_at not in {None, old.submitted_at}:
        return False
    if row.submitted_at is None and is_ahead(old.submitted_at, tx.now):
        return False
    return hashes[old.id] == nominations.prepare(row, tx.now, late=False).content_hash


def _ensure_receiving(tx: Transaction) -> None:
    if not is_open(tx, Stage.NOMINATION):
        stage = campaigns.find_stage(tx, Stage.NOMINATION)
        raise NominationClosed(
            _(
                "Campaign {code} does not receive nominations now: the stage is {state}.",
                code=tx.campaign.code,
                state=Word(stage.state, is_within=True)
                if stage
                else _("not planned; launch the campaign first"),
            )
        )


def _store(
    tx: Transaction,
    new: Sequence[NewNomination],
    revised: Sequence[tuple[NominationRecord, NewNomination]],
) -> None:
    ids = nominations.add(tx, new)
    record_new(
        tx,
        Thing.NOMINATION,
        "submit",
        [
            Change(nomination_id, item.row.code, NEW, _facts_of(item, 1))
            for nomination_id, item in zip(ids, new, strict=True)
        ],
    )
    apply(
        tx,
        Thing.NOMINATION,
        "submit",
        [
            Change(old.id, old.code, old.state, _facts_of(item, old.content_version + 1))
            for old, item in revised
        ],
    )
    nominations.revise(tx, revised)


def _facts_of(item: NewNomination, version: int) -> dict[str, str | int | bool]:
    return {
        "content_version": version,
        "content_hash": item.content_hash,
        "nominated_by": item.row.nominated_by_id,
        "submitted_at": item.submitted_at.isoformat(),
        "late": item.late,
    }


def _acknowledge(tx: Transaction, directory: Directory, item: NewNomination, version: int) -> None:
    recipient = directory.to_nominating_unit(item.row.nominated_by_id)
    payload = NominationReceived(
        **directory.heading(recipient),
        nomination_code=item.row.code,
        nomination_name=item.row.name,
        received_at=item.submitted_at,
        content_hash=item.content_hash,
        version=version,
        late=item.late,
    )
    tx.notify(recipient, payload, about=keys.subject("nomination", item.row.code), cause=version)


# --- Checking ------------------------------------------------------------------------------------


def check_context(tx: Transaction) -> CheckContext:
    """Return what decides about deadlines; the rules need to know the past as well.

    The deadline is the stage's own, which an extension moves; the playbook's says where it began.
    """
    stage = campaigns.find_stage(tx, Stage.NOMINATION)
    planned = tx.playbook.instant(tx.playbook.calendar.nomination.closes)
    return CheckContext(
        closes_at=stage.due_at if stage else planned,
        extensions=extensions.of_units(tx, Stage.NOMINATION),
        fold=fold,
    )


def _knowing_others(
    tx: Transaction, context: CheckContext, contents: Sequence[NominationContent]
) -> CheckContext:
    """Add what the rules must know beside a nomination: its unit's others, and earlier years."""
    unit_ids = {one.nomination.unit_id for one in contents}
    nominating = {one.nomination.nominated_by_id for one in contents}
    return replace(
        context,
        past_titles=units.past_titles(tx, unit_ids),
        places=_places(tx, nominating) if _counts_places(tx.playbook) else {},
    )


def _counts_places(playbook: Playbook) -> bool:
    return any(isinstance(rule, RankWithinQuota) for rule in playbook.rules)


def _places(tx: Transaction, unit_ids: Collection[str]) -> dict[str, int]:
    """Return the place of every nomination of these units, however many are checked at once."""
    rules = [rule.id for rule in tx.playbook.rules if isinstance(rule, RankWithinQuota)]
    records = quotas.of_nominators(tx, unit_ids)
    above = quotas.found_by(tx, [one.id for one in records], rules)
    by_unit: dict[str, list[Ranked]] = defaultdict(list)
    for one in records:
        if one.state in _NOT_COUNTED:
            continue
        has_place = None if one.state in RECEIVED else one.id not in above
        by_unit[one.nominated_by_id].append(Ranked(one.code, one.rank, one.submitted_at, has_place))
    return {code: at for ranked in by_unit.values() for code, at in places_of(ranked).items()}


_NOT_COUNTED: Final = frozenset({NominationState.DRAFT, NominationState.WITHDRAWN})


def submitted(tx: Transaction) -> list[int]:
    """Return ids of nominations that were not looked through since they came."""
    return nominations.ids_in(tx, [NominationState.SUBMITTED])


def return_incomplete(tx: Transaction, ids: Sequence[int]) -> Done:
    """Send back, once and before its unit's deadline, what a correction can make eligible."""
    context, directory = check_context(tx), Directory(tx)
    if tx.now >= last_deadline(context):
        return Done()
    returned: list[tuple[NominationRecord, tuple[Finding, ...]]] = []
    contents = nominations.contents(tx, ids)
    context = _knowing_others(tx, context, contents)
    for content in contents:
        record = content.nomination
        if record.state != NominationState.SUBMITTED or record.returned_times:
            continue
        if tx.now >= deadline_of(record.nominated_by_id, context):
            continue
        findings = check(_facts(content, directory), tx.playbook, context)
        if is_correctable(findings, tx.playbook):
            returned.append((record, findings))
    apply(
        tx,
        Thing.NOMINATION,
        "return",
        [_change(record, findings) for record, findings in returned],
    )
    nominations.count_return(tx, [record.id for record, _ in returned])
    for record, findings in returned:
        recipient = directory.to_nominating_unit(record.nominated_by_id)
        payload = NominationReturned(
            **directory.heading(recipient),
            nomination_code=record.code,
            nomination_name=record.name,
            problems=_problems(tx.playbook, findings, recipient.language),
            closes_at=deadline_of(record.nominated_by_id, context),
        )
        about = keys.subject("nomination", record.code)
        tx.notify(recipient, payload, about=about, cause=record.content_version)
    return Done(changed=len(returned))


def ready_to_close(tx: Transaction) -> list[int]:
    """Return ids of nominations that wait for the rules' decision, once the deadline has passed.

    It is the last one of all units; the hidden grace and the days for late ones are part of it.
    """
    if not is_open(tx, Stage.NOMINATION) or not has_closed(tx):
        return []
    return nominations.ids_in(tx, RECEIVED)


def has_closed(tx: Transaction) -> bool:
    """Say whether no unit may send anything any more."""
    return tx.now >= closes_at(tx)


def closes_at(tx: Transaction) -> datetime:
    """Return when nothing is received any more: extensions, grace and days for late ones over."""
    return last_deadline(check_context(tx)) + stays_open_for(tx.playbook.late)


def check_batch(tx: Transaction, ids: Sequence[int]) -> Done:
    """Let the eligibility rules decide a batch: eligible, ineligible or on hold, with findings."""
    directory, contents = Directory(tx), nominations.contents(tx, ids)
    context = _knowing_others(tx, check_context(tx), contents)
    decided: dict[NominationState, list[tuple[NominationRecord, tuple[Finding, ...]]]] = {}
    for content in contents:
        if content.nomination.state not in RECEIVED:
            continue
        findings = check(_facts(content, directory), tx.playbook, context)
        decided.setdefault(outcome(findings), []).append((content.nomination, findings))
    for state, checked in decided.items():
        changes = [_sealed(record, findings) for record, findings in checked]
        command, word = _OUTCOMES[state]
        apply(tx, Thing.NOMINATION, command, changes)
        nominations.save_findings(tx, checked)
        for record, findings in checked:
            _tell_outcome(tx, directory, record, word, findings)
    return Done(changed=sum(len(checked) for checked in decided.values()))


def _change(record: NominationRecord, findings: Sequence[Finding]) -> Change:
    rules = [found.rule_id for found in findings if found.severity is not Severity.WARN]
    return Change(record.id, record.code, record.state, {"rules": rules})


def _sealed(record: NominationRecord, findings: Sequence[Finding]) -> Change:
    """Name the rules, as `_change` does, and seal what they found."""
    change, stored = _change(record, findings), nominations.as_stored(findings)
    sealed = seals.of_findings(record.salt, record.content_version, stored)
    return change._replace(facts={**change.facts, seals.SEAL: sealed})


def _tell_outcome(
    tx: Transaction,
    directory: Directory,
    record: NominationRecord,
    outcome_word: Outcome,
    findings: Sequence[Finding],
) -> None:
    recipient = directory.to_nominating_unit(record.nominated_by_id)
    payload = NominationChecked(
        **directory.heading(recipient),
        nomination_code=record.code,
        nomination_name=record.name,
        outcome=outcome_word,
        problems=_problems(tx.playbook, findings, recipient.language),
    )
    about = keys.subject("nomination", record.code)
    # Nobody learns an outcome before the stage is approved: `releasing.outcomes` lets it go.
    tx.notify(recipient, payload, about=about, cause=record.content_version, held=True)


def _facts(content: NominationContent, directory: Directory) -> NominationFacts:
    record = content.nomination
    return NominationFacts(
        code=record.code,
        name=record.name,
        unit_id=record.unit_id,
        nominated_by_id=record.nominated_by_id,
        nominating_kind=directory.unit(record.nominated_by_id).kind,
        rank=record.rank,
        submitted_at=record.submitted_at,
        answers=content.answers,
    )


def _problems(
    playbook: Playbook, findings: Iterable[Finding], language: Language
) -> tuple[Problem, ...]:
    rules = {rule.id: rule for rule in playbook.rules}
    return tuple(
        Problem(
            rule=found.rule_id,
            reason=rules[found.rule_id].reason.say(language),
            remedy=rules[found.rule_id].remedy.say(language),
        )
        for found in findings
        if found.severity is not Severity.WARN
    )
