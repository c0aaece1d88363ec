"""What may go wrong with deadlines and with calendars that follow them?"""

from __future__ import annotations

from collections.abc import Sequence

from language import N_, Joined, Sayable, _, pgettext
from language.errors import Kind, Refusal
from schemas.vocabulary import Word


class ExtensionNotAllowed(Refusal):
    """A deadline cannot be moved to the time that was given."""

    kind = Kind.CONFLICT
    message = N_("The deadline was not moved: {reason}.")
    told_as = "extension-not-allowed"

    def __init__(self, reason: Sayable) -> None:
        super().__init__(reason=reason)


class ApprovalDueBefore(ExtensionNotAllowed):
    """The stage's approval is due before the time that was given."""

    message = N_(
        "The deadline was not moved: the approval of stage {stage} is due at {limit}, before that."
    )
    remedy = N_("extend it first.")

    def __init__(self, stage: str, limit: str) -> None:
        Refusal.__init__(self, stage=Word(stage), name=stage, limit=limit)


class UnitNotNominating(Refusal):
    """A unit that does not nominate has no deadline of its own."""

    kind = Kind.INVALID
    message = N_("Unit {unit} {problem}; only units that may nominate get an extension.")

    def __init__(self, unit_id: str, *, known: bool) -> None:
        problem = _("does not nominate in this campaign") if known else _("is unknown")
        super().__init__(unit=unit_id, problem=problem)


class UnitOfStageNotAllowed(Refusal):
    """Only the nomination stage has deadlines of single units."""

    kind = Kind.INVALID
    message = N_("Stage {stage} has one deadline for all.")
    remedy = N_("leave the unit out.")

    def __init__(self, stage: str) -> None:
        super().__init__(stage=Word(stage))


class FeedNotFound(Refusal):
    """A calendar feed of this number is not there."""

    kind = Kind.NOT_FOUND
    message = N_("There is no living calendar feed {number}; there are: {known}.")

    def __init__(self, number: int, known: Sequence[int]) -> None:
        have = Joined(tuple(known)) if known else pgettext("calendar feeds", "none")
        super().__init__(number=number, known=have)


class FeedsTooMany(Refusal):
    """A person has as many calendar addresses as anybody may."""

    kind = Kind.CONFLICT
    message = N_("There are {count} living calendar addresses already ({have}).")
    remedy = N_("end one first.")

    def __init__(self, known: Sequence[int]) -> None:
        have = ", ".join(map(str, known))
        super().__init__(count=len(known), have=have)


class FeedOwnerNotFound(Refusal):
    """A calendar is asked for somebody who is not there."""

    kind = Kind.INVALID
    message = N_("There is no person {person_id}.")
    remedy = N_("import people first.")

    def __init__(self, person_id: str) -> None:
        super().__init__(person_id=person_id)


class CalendarYearMissing(Refusal):
    """The calendar of working days does not cover the day that was asked."""

    kind = Kind.INVALID
    message = N_("The calendar of working days knows {known}, not {year}.")
    remedy = N_(
        "correct the date, or build the calendar with the year {year} (1901 to 2100 can be)."
    )

    def __init__(self, year: int, known: str | Sayable) -> None:
        super().__init__(known=known, year=year)


class CalendarDayAmbiguous(Refusal):
    """A day was named a holiday and a working day at once."""

    kind = Kind.INVALID
    message = N_("{days}: named both as an extra holiday and as an extra working day.")
    remedy = N_("keep one of the two.")

    def __init__(self, days: Sequence[str]) -> None:
        super().__init__(days=", ".join(days))


class DateUnreachable(Refusal):
    """Counting months leaves the years 1 to 9999."""

    kind = Kind.INVALID
    message = N_("{months} months from {day} is no date.")
    remedy = N_("correct the number of months.")

    def __init__(self, day: str, months: int) -> None:
        super().__init__(months=months, day=day)
