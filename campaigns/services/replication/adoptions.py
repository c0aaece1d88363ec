"""Who replicates what was recognised, how far have they come, and what is due or overdue?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from campaigns.rules import keys
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import Thing
from campaigns.rules.replication.errors import AdoptionContradicted, AdoptionNotFound
from campaigns.rules.replication.spread import AdoptionDates, follow_ups, state_of
from campaigns.services.registers.directory import Directory, today
from campaigns.services.results.notices import say_date
from campaigns.services.stages import ensure_open
from campaigns.store import replication
from campaigns.store.chunks import SIZE
from campaigns.store.commit import flush
from campaigns.store.nomination import nominations
from campaigns.store.records import AdoptionRecord, FollowUpRecord
from campaigns.store.replication import NewAdoption, NewFollowUp
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply, first_state, record_new
from language import _
from schemas.imports import AdoptionRow
from schemas.messages.replication import FollowUpDue
from schemas.outcomes import Difference, Done, Remark
from schemas.vocabulary import AdoptionState, FollowUpState, NominationState, Stage

RECORD_ADOPTIONS: Final = _("record adoptions")
_STEPS = (
    ("start", AdoptionState.COMMITTED, "started_on"),
    ("evidence", AdoptionState.STARTED, "evidenced_on"),
    ("sustain", AdoptionState.EVIDENCED, "sustained_on"),
)
_WAITING = (FollowUpState.OPEN, FollowUpState.OVERDUE)


def record_adoptions(tx: Transaction, rows: Sequence[AdoptionRow]) -> Done:
    """Take in replications as known today: new ones, and steps that have been taken since.

    Dates after today are not known yet and are left for a later call, so that a whole year's
    record can be played in its order; how many is said. A date that is stored stays.

    Raises:
        StageNotOpen: The replication stage is not open.
        TransitionNotAllowed: A model is not recognised.
        AdoptionContradicted: A replication is stored already with other facts.
    """
    day = today(tx)
    due = [row for row in rows if row.committed_on <= day]
    remarks = _ahead(rows, day)
    parents = [row.parent_adoption_id for row in due if row.parent_adoption_id]
    known = replication.by_code(tx, sorted({*parents, *(row.id for row in due)}))
    _ensure_agreeing(tx, due, known, day)
    fresh = [row for row in due if row.id not in known]
    stale = [
        row for row in due if row.id in known and _stored(known[row.id]) != _as_known(row, day)
    ]
    notes = _other_notes(tx, due, known)
    noted = [row for row in due if row.id in notes]
    told = tuple(_told(noted, notes, stale, known, day))
    if due and not (fresh or stale or noted):
        return Done(known=len(due), remarks=remarks)
    ensure_open(tx, Stage.REPLICATION, RECORD_ADOPTIONS)
    for row in noted:
        replication.set_note(tx, known[row.id].id, row.note)
        tx.record("thidua.adoption.noted", keys.subject("adoption", row.id), {})
    touched = {row.id for row in (*fresh, *noted)}
    while fresh:
        # Parents first: a copy names the row it was copied from.
        ready = [
            row
            for row in fresh
            if row.parent_adoption_id is None or row.parent_adoption_id in known
        ]
        if not ready:
            raise AdoptionNotFound(fresh[0].parent_adoption_id or "", fresh[0].id)
        _commit(tx, ready, known)
        known |= replication.by_code(tx, [row.id for row in ready])
        fresh = [row for row in fresh if row.id not in known]
    touched |= _take_steps(tx, due, known, day)
    known_so = len(due) - len(touched)
    return Done(changed=len(touched), known=known_so, remarks=remarks, differences=told)


def _ahead(rows: Sequence[AdoptionRow], day: date) -> tuple[Remark, ...]:
    """Say what is left for a later time because it is dated after today."""
    later = [row for row in rows if row.committed_on > day]
    steps = {
        row.id: sum(on is not None and on > day for on in _step_days(row))
        for row in rows
        if row.committed_on <= day
    }
    ahead = [
        Remark(code="step_ahead", what=code, count=number)
        for code, number in steps.items()
        if number
    ]
    return (*([Remark(code="adoption_ahead", count=len(later))] if later else []), *ahead)


def _other_notes(
    tx: Transaction, rows: Sequence[AdoptionRow], known: Mapping[str, AdoptionRecord]
) -> dict[str, str]:
    """Return stored notes of which rows say otherwise, by id: remarks, no facts to contradict."""
    again = [row for row in rows if row.id in known]
    notes = replication.notes(tx, [known[row.id].id for row in again])
    stored = {row.id: notes[known[row.id].id] for row in again}
    return {row.id: stored[row.id] for row in again if stored[row.id] != row.note}


def _told(
    noted: Iterable[AdoptionRow],
    notes: Mapping[str, str],
    stale: Iterable[AdoptionRow],
    known: Mapping[str, AdoptionRecord],
    day: date,
) -> Iterator[Difference]:
    """Say which notes are other ones now, and which dates are stored for the first time."""
    for row in noted:
        yield Difference(identity=row.id, field="note", before=notes[row.id], after=row.note)
    for row in stale:
        stored, now = _stored(known[row.id]), _as_known(row, day)
        for one in fields(AdoptionDates):
            on = getattr(now, one.name)
            if on != getattr(stored, one.name):
                yield Difference(identity=row.id, field=one.name, after=on.isoformat())


def _step_days(row: AdoptionRow) -> tuple[date | None, ...]:
    return (row.started_on, row.evidenced_on, row.sustained_on, row.abandoned_on)


def _ensure_agreeing(
    tx: Transaction, rows: Sequence[AdoptionRow], known: Mapping[str, AdoptionRecord], day: date
) -> None:
    """Refuse rows that say otherwise than what is stored; what they add is no contradiction."""
    again = [(row, known[row.id]) for row in rows if row.id in known]
    if not again:
        return
    models = nominations.find(tx, ids=sorted({record.nomination_id for _row, record in again}))
    codes = {record.id: record.code for record in models}
    parent_ids = sorted({record.parent_id for _row, record in again if record.parent_id})
    parents = {record.id: record.code for record in replication.by_id(tx, parent_ids).values()}
    differing = []
    for row, record in again:
        said = (row.model_code, row.adopting_unit_id, row.parent_adoption_id)
        stored = (
            codes[record.nomination_id],
            record.unit_id,
            parents.get(record.parent_id or 0),
        )
        other = [name for name, new, old in zip(_FACTS, said, stored, strict=True) if new != old]
        other += _replaced_days(_as_known(row, day), _stored(record))
        if other:
            differing.append(f"{row.id}: {', '.join(other)}")
    if differing:
        raise AdoptionContradicted(differing)


_FACTS: Final = ("model_code", "adopting_unit_id", "parent_adoption_id")


def _replaced_days(said: AdoptionDates, stored: AdoptionDates) -> list[str]:
    """Return the dates that are stored and said otherwise, or not said any more."""
    return [
        one.name
        for one in fields(AdoptionDates)
        if getattr(stored, one.name) not in {None, getattr(said, one.name)}
    ]


def _commit(
    tx: Transaction, rows: Sequence[AdoptionRow], known: Mapping[str, AdoptionRecord]
) -> None:
    models = nominations.by_code(tx, [row.model_code for row in rows])
    for row in rows:
        model = models[row.model_code]
        if model.state != NominationState.RECOGNISED:
            raise TransitionNotAllowed("nomination", model.code, model.state, "replicate", [])
    parents = [known.get(row.parent_adoption_id or "") for row in rows]
    state = first_state(Thing.ADOPTION, "commit")
    new = [
        NewAdoption(
            code=row.id,
            nomination_id=models[row.model_code].id,
            unit_id=row.adopting_unit_id,
            parent_id=parent.id if parent else None,
            generation=parent.generation + 1 if parent else 1,
            state=state,
            committed_on=row.committed_on,
            note=row.note,
        )
        for row, parent in zip(rows, parents, strict=True)
    ]
    ids = replication.add(tx, new)
    record_new(
        tx,
        Thing.ADOPTION,
        "commit",
        [
            Change(
                adoption_id,
                one.code,
                "",
                {
                    "model": row.model_code,
                    "unit": one.unit_id,
                    "generation": one.generation,
                    "on": one.committed_on.isoformat(),
                },
            )
            for adoption_id, one, row in zip(ids, new, rows, strict=True)
        ],
    )
    _plan_follow_ups(tx, ids, new)


def _plan_follow_ups(tx: Transaction, ids: Sequence[int], new: Sequence[NewAdoption]) -> None:
    waiting = first_state(Thing.FOLLOW_UP, "plan")
    months = tx.playbook.follow_up.months
    planned = [
        (one.code, NewFollowUp(adoption_id, due.months, due.due_on, waiting))
        for adoption_id, one in zip(ids, new, strict=True)
        for due in follow_ups(AdoptionDates(one.committed_on), months, one.committed_on)
    ]
    replication.plan_follow_ups(tx, [one for _code, one in planned])
    record_new(
        tx,
        Thing.FOLLOW_UP,
        "plan",
        [
            Change(0, f"{code}/{one.months}", "", {"due": one.due_on.isoformat()})
            for code, one in planned
        ],
    )


def _take_steps(
    tx: Transaction,
    rows: Sequence[AdoptionRow],
    records: Mapping[str, AdoptionRecord],
    day: date,
) -> set[str]:
    """Take the steps known by now; return the ids of the replications that took one."""
    now = {row.id: _as_known(row, day) for row in rows}
    stale = [row for row in rows if _stored(records[row.id]) != now[row.id]]
    if not stale:
        return set()
    replication.set_dates(
        tx,
        {
            records[row.id].id: {
                "started_on": now[row.id].started_on,
                "evidenced_on": now[row.id].evidenced_on,
                "sustained_on": now[row.id].sustained_on,
                "abandoned_on": now[row.id].abandoned_on,
            }
            for row in stale
        },
    )
    states = {row.id: AdoptionState(records[row.id].state) for row in stale}
    for command, source, column in _STEPS:
        wanted = [row for row in stale if getattr(now[row.id], column) and states[row.id] == source]
        _move(
            tx, command, [(records[row.id], states[row.id], column, now[row.id]) for row in wanted]
        )
        for row in wanted:
            states[row.id] = _TARGETS[command]
    ended = [
        row
        for row in stale
        if state_of(now[row.id], day) is AdoptionState.ABANDONED
        and states[row.id] is not AdoptionState.ABANDONED
    ]
    _move(
        tx,
        "abandon",
        [(records[row.id], states[row.id], "abandoned_on", now[row.id]) for row in ended],
    )
    return {row.id for row in stale}


_TARGETS: Mapping[str, AdoptionState] = {
    "start": AdoptionState.STARTED,
    "evidence": AdoptionState.EVIDENCED,
    "sustain": AdoptionState.SUSTAINED,
}


def _move(
    tx: Transaction,
    command: str,
    steps: Iterable[tuple[AdoptionRecord, AdoptionState, str, AdoptionDates]],
) -> None:
    changes = [
        Change(record.id, record.code, state, {"on": getattr(dates, column).isoformat()})
        for record, state, column, dates in steps
    ]
    apply(tx, Thing.ADOPTION, command, changes)


def _as_known(row: AdoptionRow, day: date) -> AdoptionDates:
    """Return the dates of a replication as known on a day: later ones have not happened yet."""

    def known(value: date | None) -> date | None:
        return value if value is not None and value <= day else None

    return AdoptionDates(
        row.committed_on,
        known(row.started_on),
        known(row.evidenced_on),
        known(row.sustained_on),
        known(row.abandoned_on),
    )


def _stored(record: AdoptionRecord) -> AdoptionDates:
    return AdoptionDates(
        record.committed_on,
        record.started_on,
        record.evidenced_on,
        record.sustained_on,
        record.abandoned_on,
    )


def sweep_follow_ups(tx: Transaction) -> Done:
    """Settle follow-ups by what is known today, and ask for those that are due.

    A follow-up that no report answered by its date is overdue; its date never moves.
    """
    day = today(tx)
    waiting = replication.unsettled(tx, _WAITING, day)
    records = replication.by_id(tx, sorted({one.adoption_id for one in waiting}))
    wanted = {
        (record.id, one.months): one
        for record in records.values()
        for one in follow_ups(_stored(record), tx.playbook.follow_up.months, day)
    }
    settled = 0
    answered: dict[int, date] = {}
    for command, target in (
        ("answer", FollowUpState.ANSWERED),
        ("drop", FollowUpState.DROPPED),
        ("fall_due", FollowUpState.OVERDUE),
    ):
        rows = [
            one
            for one in waiting
            if one.state != target and wanted[one.adoption_id, one.months].state is target
        ]
        apply(tx, Thing.FOLLOW_UP, command, [_follow_up_change(one, records) for one in rows])
        settled += len(rows)
        for one in rows:
            if (on := wanted[one.adoption_id, one.months].answered_on) is not None:
                answered[one.id] = on
    replication.set_answered(tx, answered)
    return Done(changed=settled + _ask(tx, day))


def _follow_up_change(one: FollowUpRecord, records: Mapping[int, AdoptionRecord]) -> Change:
    code = records[one.adoption_id].code
    return Change(one.id, f"{code}/{one.months}", one.state, {"due": one.due_on.isoformat()})


def _ask(tx: Transaction, day: date) -> int:
    due = replication.unasked(tx, _WAITING, day)
    if not due:
        return 0
    directory = Directory(tx)
    records = replication.by_id(tx, sorted({one.adoption_id for one in due}))
    ids = sorted({record.nomination_id for record in records.values()})
    models = {one.id: one for one in nominations.find(tx, ids=ids)}
    for place, one in enumerate(due):
        if place % SIZE == 0:
            flush(tx)
        record = records[one.adoption_id]
        model = models[record.nomination_id]
        recipient = directory.to_unit(directory.unit(record.unit_id))
        payload = FollowUpDue(
            **directory.heading(recipient),
            model_code=model.code,
            model_name=model.name,
            months=one.months,
            due_on=say_date(one.due_on.day, one.due_on.month, one.due_on.year, recipient.language),
            overdue=one.state == FollowUpState.OVERDUE,
        )
        about = keys.subject("follow_up", f"{record.code}/{one.months}")
        tx.notify(recipient, payload, about=about, cause=1)
    replication.mark_asked(tx, [one.id for one in due])
    return len(due)
