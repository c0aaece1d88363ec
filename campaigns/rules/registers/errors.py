"""What keeps somebody from changing the registers, or from signing by what has just changed?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from campaigns.rules.approvals.errors import shown
from language import N_, Joined
from language.errors import Kind, Refusal
from schemas.vocabulary import Word


class RightResting(Refusal):
    """A right to sign is so new that it does not count yet."""

    kind = Kind.CONFLICT
    message = N_(
        "{person} may not sign yet: the right was entered by {made_by} and rests until {when}."
    )
    remedy = N_("A second person can confirm it before.")

    def __init__(self, person: str, made_by: str, until: datetime) -> None:
        when = shown(until)
        super().__init__(person=person, made_by=made_by, when=when)


class ApprovalRulesResting(Refusal):
    """The rules of a stage's approval were just changed by one person."""

    kind = Kind.CONFLICT
    message = N_(
        "The rules of this approval were changed by {made_by} and rest until {when}; nobody "
        "signs by them before."
    )
    remedy = N_("A second person can confirm them.")

    def __init__(self, made_by: str, until: datetime) -> None:
        when = shown(until)
        super().__init__(made_by=made_by, when=when)


class SecondPersonMissing(Refusal):
    """Whoever confirms must be somebody else than who made the change and whom it serves."""

    kind = Kind.CONFLICT
    message = N_(
        "{person} cannot confirm this: it takes a coordinator or a leader of longer standing who "
        "neither made the change nor gains by it."
    )
    remedy = N_("Without one it counts when its time of rest is over.")

    def __init__(self, person: str) -> None:
        super().__init__(person=person)


class NothingResting(Refusal):
    """There is nothing to confirm or to refuse."""

    kind = Kind.CONFLICT
    message = N_("Nothing of {what} waits for a confirmation; nothing was changed.")
    remedy = N_("Look at what does.")

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class RestingChanged(Refusal):
    """Something else waits than was looked at."""

    kind = Kind.CONFLICT
    message = N_("What waits for {person} is not what you looked at; nothing was changed.")
    remedy = N_("Look again.")

    def __init__(self, person: str) -> None:
        super().__init__(person=person)


class AppointmentHeld(Refusal):
    """The person holds this role already."""

    kind = Kind.CONFLICT
    message = N_("{person} holds the role {role} already; nothing was changed.")

    def __init__(self, person: str, role: str) -> None:
        super().__init__(person=person, role=Word(role, is_within=True))


class AppointmentNotFound(Refusal):
    """The person does not hold this role."""

    kind = Kind.NOT_FOUND
    message = N_("{person} does not hold the role {role}, but: {held}. Nothing was changed.")

    def __init__(self, person: str, role: str, held: Sequence[str]) -> None:
        have = Joined(tuple(Word(one, is_within=True) for one in held)) if held else "-"
        super().__init__(person=person, role=Word(role, is_within=True), held=have)


class RoleNotKnown(Refusal):
    """A word names no role."""

    kind = Kind.INVALID
    message = N_("There is no role {role!r}; roles: {listed}.")

    def __init__(self, role: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(role=role, listed=listed)


class LinkVoid(Refusal):
    """A link went to an address that is not the person's any more, or links were revoked."""

    kind = Kind.NOT_FOUND
    message = N_(
        "This link is void: the address it was sent to has changed, or links were revoked."
    )
    remedy = N_(
        "The newest mail to your present address has a good one; ask the coordinating unit where "
        "there is none."
    )
