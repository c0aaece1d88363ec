"""What may go wrong when a signed decision is corrected, or a nomination taken out?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from campaigns.rules.listing import listed
from language import N_, Joined, Sayable, _
from language.errors import Kind, Refusal


class CorrectionImpossible(Refusal):
    """Results that cannot be corrected so; every problem at once."""

    kind = Kind.INVALID
    message = N_("The decision cannot be corrected so: {problems}. Nothing was changed.")

    def __init__(self, problems: Sequence[Sayable]) -> None:
        super().__init__(problems=Joined(tuple(problems), "; "))


class DecisionNotInForce(Refusal):
    """There is no signed decision to correct, or a correction of it already waits."""

    kind = Kind.CONFLICT
    message = N_(
        "There is no decision in force that may be corrected now: the recognition stage is "
        "{stage_state}. A decision is corrected after it was signed, while the campaign runs."
    )

    def __init__(self, stage_state: str) -> None:
        super().__init__(stage_state=stage_state)


class HeldChanged(Refusal):
    """Between the look at the held messages and their release, others came or some went."""

    kind = Kind.CONFLICT
    message = "{problem}"
    remedy = N_("Nothing was released; look again at the held messages.")

    def __init__(self, new: Sequence[int], gone: int) -> None:
        shown = ", ".join(map(str, new[:5])) + (", …" if len(new) > 5 else "")  # noqa: PLR2004
        problem = (
            _(
                "The held messages are not those you saw: {count} are new (numbers {shown}), "
                "{gone} are gone."
            )
            if new
            else _("The held messages are not those you saw: {count} are new, {gone} are gone.")
        )
        super().__init__(problem=problem.with_values(count=len(new), shown=shown, gone=gone))


class ReleaseTooEarly(Refusal):
    """Results would be told before the calendar releases them, and nobody said so."""

    kind = Kind.CONFLICT
    message = N_(
        "{count} of these messages tell results, which the calendar releases at {at} "
        "(results_released). Nothing was released."
    )
    remedy = N_("Wait until then, amend the calendar, or say that they go early (`early`).")

    def __init__(self, count: int, released_at: datetime) -> None:
        at = f"{released_at:%d/%m/%Y %H:%M} ({released_at.tzinfo})"
        super().__init__(count=count, at=at)


class VoteCountImpossible(Refusal):
    """The counts of a vote contradict one another."""

    kind = Kind.INVALID
    message = "{problem}."
    remedy = N_("check the attendance and the ballots against the minutes.")

    def __init__(self, problem: Sayable) -> None:
        super().__init__(problem=problem)


class QuorumMissing(Refusal):
    """Too few members are present; the session cannot vote."""

    kind = Kind.CONFLICT
    message = N_(
        "{present} of {members} members are present and {needed} are needed: the session cannot "
        "vote."
    )
    remedy = N_("Wait for more members or call another session.")

    def __init__(self, present: int, needed: int, members: int) -> None:
        super().__init__(present=present, members=members, needed=needed)


class VoteContradicted(Refusal):
    """Votes that are stored already come again otherwise."""

    kind = Kind.CONFLICT
    message = N_("These votes say otherwise than what is stored: {places}. Nothing was changed.")
    remedy = N_(
        "To correct the votes on a nomination while the council sits, give its whole roll again "
        "with a reason."
    )

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(places=listed(places))


class SessionClosed(Refusal):
    """The session is closed; what was counted in it stays."""

    kind = Kind.CONFLICT
    message = N_("Session {number} of the council is closed, so no more votes are taken in it.")
    remedy = N_(
        "Record them in another session, or correct the whole roll of a nomination with a reason."
    )

    def __init__(self, number: int) -> None:
        super().__init__(number=number)


class SessionNotFound(Refusal):
    """The campaign has no such session of its council."""

    kind = Kind.NOT_FOUND
    message = N_("The council has no session {number}. Sessions: {listed}.")

    def __init__(self, number: int, known: Sequence[int]) -> None:
        listed = ", ".join(map(str, known)) or "-"
        super().__init__(number=number, listed=listed)


class SessionNotClosable(Refusal):
    """The last open session cannot be closed: nominations would have no vote at all."""

    kind = Kind.CONFLICT
    message = N_("No vote at all was recorded on {codes}, and no other session is open.")
    remedy = N_("Record the votes on them first, or withdraw them.")

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(codes=listed(codes))
