"""Which messages speak of deadlines?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Instant, Text
from schemas.messages.payload import Payload

Owed = Literal["nominations", "corrections", "reviews", "votes", "approval", "correction"]
"""What somebody still owes: nominations, corrections of returned ones, reviews, votes, a stage's
approval, the correction of a returned stage."""


class DeadlineExtended(Payload):
    """To those concerned: they have more time, until when, and why."""

    template: ClassVar[str] = "deadline-extended"
    kind: Literal["deadline-extended"] = "deadline-extended"
    stage: str
    matter: Literal["work", "approval"]
    previous_at: Instant
    until_at: Instant
    alone: bool
    """Granted to the reader's unit alone."""
    reason: Text


class DeadlineReminder(Payload):
    """To who still owes something: what, and until when it is or was due."""

    template: ClassVar[str] = "deadline-reminder"
    kind: Literal["deadline-reminder"] = "deadline-reminder"
    what: Owed
    stage: str
    due_at: Instant
    days: int
    """Calendar days left; 0 on the day itself, below 0 when overdue."""
    count: int
    """How many are missing, where that can be counted; else 0."""
    link: str = ""
    """Secret address of the reader's page of decision, for an approval; empty: there is none."""


class DeadlineEscalated(Payload):
    """To the superior of those who owe something that is overdue."""

    template: ClassVar[str] = "deadline-escalated"
    kind: Literal["deadline-escalated"] = "deadline-escalated"
    what: Owed
    stage: str
    due_at: Instant
    debtors: tuple[Text, ...]
    """Units or people, the first of them."""
    total: int
    link: str = ""
    """Secret address of the page of decision of a reader who can sign as well; else empty."""


class RemindersStopped(Payload):
    """To the coordinators: who still owes something, and that nobody is reminded of it again."""

    template: ClassVar[str] = "reminders-stopped"
    kind: Literal["reminders-stopped"] = "reminders-stopped"
    what: Owed
    stage: str
    due_at: Instant
    debtors: tuple[Text, ...]
    total: int
