"""Who owes what, and until when? Asked when somebody is reminded, and again when mail leaves.

A matter is something that is due at one time; those who owe it are found by the rows alone, so that
nobody is reminded of what is done. What a unit or person owes is counted where it can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from campaigns.rules import keys
from campaigns.rules.nomination.receiving import deadline_of
from campaigns.services.appraisal.conflicts import Conflicts
from campaigns.services.appraisal.reviews import rubric_of
from campaigns.services.approvals.signers import Chain, asked_now
from campaigns.services.nomination import reach
from campaigns.services.nomination.checking import check_context
from campaigns.services.recognition import council
from campaigns.services.registers.directory import Directory
from campaigns.store import approvals, campaigns
from campaigns.store.appraisal import reviews
from campaigns.store.nomination import nominations
from campaigns.store.records import PersonRecord, StageRecord, UnitRecord
from campaigns.store.transaction import Transaction
from schemas.messages.deadlines import Owed
from schemas.messages.outgoing import Recipient
from schemas.vocabulary import NominationState, Role, Stage, StageState


@dataclass(frozen=True)
class Matter:
    """Something that is due at one time, by some people."""

    stage: Stage
    what: Owed
    due_at: datetime
    since: datetime
    """Owed since then."""
    ends_at: datetime | None = None
    """After it nothing can be done any more; none: it stays owed."""
    repaired_at: datetime | None = None
    """Since when the campaign's time is right again: what was said before by a wrong clock does
    not count, and is not said again."""

    @property
    def name(self) -> str:
        """Name it in keys: one per stage and kind."""
        return keys.since_repair(f"{self.stage}/{self.what}", self.repaired_at)

    @property
    def told_since(self) -> datetime:
        """Since when something may be said about it."""
        return max(self.since, self.repaired_at or self.since)

    @property
    def counted_from(self) -> datetime:
        """The time its days are counted from: of what became owed too late, when it did."""
        return max(self.due_at, self.since)

    @property
    def about(self) -> str:
        """Name it in messages: moved to another time it is another one."""
        return keys.deadline(self.name, self.counted_from)


@dataclass(frozen=True)
class Debt:
    """What one unit or person owes."""

    to: Recipient
    """Who is written to."""
    name: str
    """Unit or person, as their superior knows them."""
    count: int = 0
    unit: UnitRecord | None = None
    """The unit that owes it; none: a person does."""


def matters(tx: Transaction) -> list[Matter]:
    """Return what is due in the campaign's present stage, without asking who owes it."""
    repaired_at = tx.campaign.clock_repaired_at
    if repaired_at is None:
        return _matters(tx)
    return [
        # Owed since a time to come: that was written by a clock that was ahead.
        replace(
            one, since=one.since if one.since <= tx.now else repaired_at, repaired_at=repaired_at
        )
        for one in _matters(tx)
    ]


def _matters(tx: Transaction) -> list[Matter]:
    present = next((one for one in campaigns.stages(tx) if one.state != StageState.APPROVED), None)
    if present is None:
        return []
    name = Stage(present.name)
    if name in tx.playbook.reminders.silent:
        return []
    if present.state == StageState.AWAITING_APPROVAL:
        since = Chain(tx, present).since or present.opens_at
        return [Matter(name, "approval", present.approval_due_at, since)]
    return list(_of_open(tx, name, present)) if present.state == StageState.OPEN else []


def _of_open(tx: Transaction, name: Stage, stage: StageRecord) -> Iterator[Matter]:
    opened = stage.opened_at or stage.opens_at
    if stage.round > 1:
        since = approvals.last_returned_at(tx, stage) or opened
        yield Matter(name, "correction", stage.approval_due_at, since)
    if name is Stage.NOMINATION:
        yield from _of_nomination(tx, opened)
    elif name is Stage.APPRAISAL and stage.round == 1:
        yield Matter(name, "reviews", stage.due_at, opened)
    elif name is Stage.RECOGNITION and stage.round == 1:
        yield Matter(name, "votes", stage.due_at, opened)


def _of_nomination(tx: Transaction, opened: datetime) -> Iterator[Matter]:
    """Yield one deadline per time at which units must be done; the hidden grace stays hidden."""
    context, late = check_context(tx), tx.playbook.late
    days = 0 if late.policy == "reject" else late.accept_days
    times = {max(one, context.closes_at) for one in context.extensions.values()}
    for due_at in sorted({context.closes_at, *times}):
        ends_at = due_at + timedelta(days=days)
        yield Matter(Stage.NOMINATION, "nominations", due_at, opened, ends_at)
        yield Matter(Stage.NOMINATION, "corrections", due_at, opened, ends_at)


# --- Who owes it ---------------------------------------------------------------------------------


def debts(tx: Transaction, directory: Directory, matter: Matter) -> list[Debt]:
    """Return who owes a matter now, by id; nobody once it is done."""
    match matter.what:
        case "nominations":
            return _of_units(tx, directory, matter, lambda sent, _returned: 0 if sent else 1)
        case "corrections":
            return _of_units(tx, directory, matter, lambda _sent, returned: returned)
        case "reviews":
            return _reviews(tx, directory)
        case "votes":
            missing = council.missing_votes(tx)
            people = [*directory.holding(Role.COUNCIL), *directory.holding(Role.COORDINATOR)]
            return _of_people(directory, people, missing) if missing else []
        case "approval":
            stage = campaigns.get_stage(tx, matter.stage)
            return _of_people(directory, asked_now(tx, stage))
        case "correction":
            return _of_people(directory, directory.holding(Role.COORDINATOR))


def _of_units(
    tx: Transaction, directory: Directory, matter: Matter, owes: Callable[[int, int], int]
) -> list[Debt]:
    context, sent = check_context(tx), nominations.count_by_unit(tx)
    found = []
    for unit in reach.nominating_units(tx, directory):
        states = sent.get(unit.id, {})
        returned = states.get(NominationState.RETURNED, 0)
        count = owes(sum(states.values()), returned)
        if count and deadline_of(unit.id, context) == matter.due_at:
            recipient = directory.to_nominating_unit(unit.id)
            found.append(Debt(recipient, unit.name, returned, unit))
    return found


def _of_people(directory: Directory, people: Iterable[PersonRecord], count: int = 0) -> list[Debt]:
    once = {person.id: person for person in people}
    return [
        Debt(directory.to_person(once[one]), once[one].full_name, count) for one in sorted(once)
    ]


def _reviews(tx: Transaction, directory: Directory) -> list[Debt]:
    """Return the reviewers who are below their share, and could still give a review.

    Where all have given their share and some are missing all the same, it is whoever can.
    """
    wanted = rubric_of(tx).reviews_per_nomination
    waiting = nominations.find(tx, states=[NominationState.ELIGIBLE])
    given = reviews.recorded(tx, [one.id for one in waiting])
    per_nomination = Counter(nomination_id for nomination_id, _reviewer in given)
    lacking = [one for one in waiting if per_nomination[one.id] < wanted]
    if not lacking:
        return []
    ids = {one.id for one in lacking}
    mine = Counter(reviewer for nomination_id, reviewer in given if nomination_id in ids)
    panel = directory.holding(Role.REVIEWER)
    totals = reviews.given_by(tx)
    share = -(-wanted * (len(waiting) + reviews.appraised(tx)) // max(1, len(panel)))
    near = Conflicts(tx, lacking, directory)
    can = {
        one.id: sum(near.of(one, record) is None for record in lacking) - mine[one.id]
        for one in panel
    }
    left = {one: min(number, share - totals.get(one, 0)) for one, number in can.items()}
    if all(number <= 0 for number in left.values()):
        left = can
    return [
        Debt(directory.to_person(one), one.full_name, left[one.id])
        for one in panel
        if left[one.id] > 0
    ]


# --- Who is told when it is overdue ---------------------------------------------------------------


def superiors(
    tx: Transaction, directory: Directory, owed: Sequence[Debt]
) -> dict[str, tuple[Recipient, list[Debt]]]:
    """Return who is told of overdue debts, each with those that concern them, by recipient id.

    A unit's superior is its parent, or the coordinating unit; a person's are the leaders who do
    not owe it themselves, or the coordinators where there are none.
    """
    debtors = {one.to.id for one in owed}
    leaders = [one for one in directory.holding(Role.LEADER) if one.id not in debtors]
    above = leaders or directory.holding(Role.COORDINATOR)
    found: dict[str, tuple[Recipient, list[Debt]]] = {}
    for debt in owed:
        if debt.unit is None:
            told = [directory.to_person(one) for one in above]
        else:
            told = [_parent(tx, directory, debt.unit)]
        for recipient in told:
            found.setdefault(recipient.id, (recipient, []))[1].append(debt)
    return found


def _parent(tx: Transaction, directory: Directory, unit: UnitRecord) -> Recipient:
    parent = directory.find_unit(unit.parent_id) if unit.parent_id else None
    return directory.to_unit(parent or directory.unit(tx.playbook.coordinator_unit))
