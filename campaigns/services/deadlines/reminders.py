"""Who is reminded, whose superior is told, when does it stop, and is it still owed?

What is said about a deadline at one of its moments is said once, whoever asks for it and however
often (`tx.once`). Whoever begins to owe something after a moment has passed is not reminded of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from campaigns.rules import keys
from campaigns.rules.deadlines import reminders as rules
from campaigns.rules.deadlines.reminders import Moment
from campaigns.rules.lifecycle import Thing
from campaigns.services.approvals import requests
from campaigns.services.approvals.signers import Chain
from campaigns.services.deadlines.owing import Debt, Matter, debts, matters, superiors
from campaigns.services.registers.directory import Directory
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.messages.deadlines import DeadlineEscalated, DeadlineReminder, RemindersStopped
from schemas.messages.outgoing import Recipient
from schemas.outcomes import Done
from schemas.vocabulary import MessageState, Role

TEMPLATES: Final = frozenset(
    {DeadlineReminder.template, DeadlineEscalated.template, RemindersStopped.template}
)
_NAMED: Final = 30
"""So many debtors are named in a mail; of the others, how many."""


class MessageLike(Protocol):
    """What must be known of a message to say whether it is still wanted."""

    @property
    def id(self) -> int:
        """Number of its row."""

    @property
    def template(self) -> str:
        """Which kind of message it is."""

    @property
    def about(self) -> str:
        """What it is about."""

    @property
    def recipient_id(self) -> str:
        """Whom it goes to."""


def remind(tx: Transaction) -> int:
    """Say what the present moment wants said about each deadline; return about how many debts."""
    directory = Directory(tx)
    return sum(_say(tx, directory, matter) for matter in matters(tx))


def _say(tx: Transaction, directory: Directory, matter: Matter) -> int:
    policy = tx.playbook.reminders
    found = rules.moments(matter.counted_from, tx.playbook)
    moment = rules.reached(found, matter.counted_from, matter.told_since, tx.now)
    if moment is None or (matter.ends_at is not None and moment.at > matter.ends_at):
        return 0
    offset, said = moment.offset, 0
    if rules.is_reminder(offset, policy):
        said += _once(tx, matter, f"{offset:+}", lambda: _remind(tx, directory, matter, moment))
    if policy.escalate_after is not None and offset >= policy.escalate_after:
        said += _once(tx, matter, "escalated", lambda: _escalate(tx, directory, matter))
    if offset >= policy.stop_after:
        said += _once(tx, matter, "stopped", lambda: _stop(tx, directory, matter))
    return said


def _once(tx: Transaction, matter: Matter, what: str, act: Callable[[], int]) -> int:
    command_id = keys.due_command(tx.campaign.code, f"{matter.name}/{what}", matter.counted_from)
    done, repeated = tx.once(command_id, "Remind", Done, lambda: Done(changed=act()))
    return 0 if repeated else done.changed


def _remind(tx: Transaction, directory: Directory, matter: Matter, moment: Moment) -> int:
    owed, links = debts(tx, directory, matter), _links(tx, matter)
    for debt in owed:
        payload = DeadlineReminder(
            **directory.heading(debt.to),
            what=matter.what,
            stage=matter.stage,
            due_at=matter.due_at,
            days=rules.days_left(matter.due_at, tx.now, tx.playbook),
            count=debt.count,
            link=links.get(debt.to.id, ""),
        )
        tx.notify(debt.to, payload, about=matter.about, cause=moment.offset)
    if owed:
        _record(tx, "thidua.deadline.reminded", matter, len(owed))
    return len(owed)


def _escalate(tx: Transaction, directory: Directory, matter: Matter) -> int:
    told, links = superiors(tx, directory, debts(tx, directory, matter)), _links(tx, matter)
    for recipient, owed in told.values():
        payload = DeadlineEscalated(
            **directory.heading(recipient),
            what=matter.what,
            stage=matter.stage,
            due_at=matter.due_at,
            debtors=_names(owed),
            total=len(owed),
            link=links.get(recipient.id, ""),
        )
        tx.notify(recipient, payload, about=matter.about, cause=1)
    if told:
        _record(tx, "thidua.deadline.escalated", matter, len(told))
    return len(told)


def _links(tx: Transaction, matter: Matter) -> dict[str, str]:
    """Return the pages of decision of those who can settle the matter there, by person id."""
    if matter.what != "approval":
        return {}
    return requests.links(tx, Chain(tx, campaigns.get_stage(tx, matter.stage)))


def _stop(tx: Transaction, directory: Directory, matter: Matter) -> int:
    owed = debts(tx, directory, matter)
    if not owed:
        return 0
    for recipient in _coordinators(directory):
        payload = RemindersStopped(
            **directory.heading(recipient),
            what=matter.what,
            stage=matter.stage,
            due_at=matter.due_at,
            debtors=_names(owed),
            total=len(owed),
        )
        tx.notify(recipient, payload, about=matter.about, cause=1)
    _record(tx, "thidua.deadline.reminders_stopped", matter, len(owed))
    return len(owed)


def _coordinators(directory: Directory) -> list[Recipient]:
    return [directory.to_person(one) for one in directory.holding(Role.COORDINATOR)]


def _names(owed: Sequence[Debt]) -> tuple[str, ...]:
    return tuple(debt.name for debt in owed[:_NAMED])


def _record(tx: Transaction, event: str, matter: Matter, count: int) -> None:
    subject = keys.subject("stage", matter.stage)
    tx.record(
        event, subject, {"what": matter.what, "due": matter.due_at.isoformat(), "count": count}
    )


# --- Still owed? ---------------------------------------------------------------------------------


def still_owed(tx: Transaction, rows: Sequence[MessageLike]) -> set[int]:
    """Return the ids of those messages that are still wanted now.

    A reminder is not, once what it reminds of is done or is due at another time; every other
    message is. Each deadline is asked about once, however many messages there are.
    """
    wanted = {row.id for row in rows if row.template not in TEMPLATES}
    asked = {row.about for row in rows if row.template in TEMPLATES}
    if not asked:
        return wanted
    directory = Directory(tx)
    recipients = {
        matter.about: _recipients(tx, directory, matter)
        for matter in matters(tx)
        if matter.about in asked
    }
    return wanted | {
        row.id
        for row in rows
        if row.template in TEMPLATES
        and row.recipient_id in recipients.get(row.about, {}).get(row.template, ())
    }


def _recipients(tx: Transaction, directory: Directory, matter: Matter) -> dict[str, set[str]]:
    owed = debts(tx, directory, matter)
    coordinators = {one.id for one in _coordinators(directory)} if owed else set()
    return {
        DeadlineReminder.template: {debt.to.id for debt in owed},
        DeadlineEscalated.template: set(superiors(tx, directory, owed)),
        RemindersStopped.template: coordinators,
    }


def supersede_outdated(tx: Transaction) -> int:
    """Take back those reminders that have not left and are not wanted any more."""
    waiting = [
        row
        for template in sorted(TEMPLATES)
        for row in messages.find(
            tx, states=[MessageState.HELD, MessageState.QUEUED], template=template
        )
    ]
    wanted = still_owed(tx, waiting)
    outdated = [Change(row.id, row.key, row.state) for row in waiting if row.id not in wanted]
    write(tx, Thing.MESSAGE, "supersede", outdated)
    return len(outdated)
