"""What may go wrong when a person changes where a nomination stands?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from language import N_, Joined, Sayable, _, pgettext
from language.errors import Kind, Refusal

_TOLD: Final = 5


class WithdrawalTooLate(Refusal):
    """The council has voted on the nomination; it gets its result."""

    kind = Kind.CONFLICT
    message = N_("The council has voted on {code}, so it gets its result and cannot be withdrawn.")
    remedy = N_(
        "Once it is recognised, an approver of the recognition can take that back by a decision."
    )

    def __init__(self, code: str) -> None:
        super().__init__(code=code)


class VotingBegun(Refusal):
    """The council votes: what units withdrew now would not be judged with the others."""

    kind = Kind.CONFLICT
    message = N_(
        "The council has begun to vote, so {code} gets its result and its unit cannot withdraw "
        "it any more."
    )
    remedy = N_("Ask the coordinator if it must not stand.")

    def __init__(self, code: str) -> None:
        super().__init__(code=code)


class ReviewsOver(Refusal):
    """No more reviews of the nomination are taken."""

    kind = Kind.CONFLICT
    message = N_(
        "{code} has its reviews and its appraisal is over; no review of it is taken any more."
    )

    def __init__(self, code: str) -> None:
        super().__init__(code=code)


class HoldTooLate(Refusal):
    """The campaign has gone on without the nomination that is on hold."""

    kind = Kind.CONFLICT
    message = N_(
        "{code} stays on hold: the stage that would judge it is over, and the others were "
        "compared without it."
    )
    remedy = N_("Nominate it again in the next campaign.")

    def __init__(self, code: str) -> None:
        super().__init__(code=code)


class DocumentMissing(Refusal):
    """A recognition is revoked by a decision, and its number was not given."""

    kind = Kind.INVALID
    message = N_("A recognition is revoked by a decision of who signed it: give its number.")


class NominationOutOfReach(Refusal):
    """A unit nominates for what is neither itself nor below it, and the playbook forbids that."""

    kind = Kind.INVALID
    message = N_(
        "A unit nominates only for itself and for units below it (`nominating.own_and_below` of "
        "the playbook): {which}. Nothing was stored."
    )
    remedy = N_(
        "Correct the unit, let a unit above it nominate, or ask the coordinator where the register "
        "of units is wrong."
    )

    def __init__(self, outside: Sequence[tuple[str, str, str]]) -> None:
        more = len(outside) - _TOLD
        which: Sayable = Joined(
            tuple(
                _("{code}: {by} for {unit}", code=code, by=by, unit=unit)
                for code, unit, by in outside[:_TOLD]
            ),
            "; ",
        )
        if more > 0:
            which = pgettext("nominations", "{shown} and {more} more", shown=which, more=more)
        super().__init__(which=which)


class NominationClosed(Refusal):
    """Nominations are not received now."""

    kind = Kind.CONFLICT
    message = "{problem}"

    def __init__(self, problem: Sayable) -> None:
        super().__init__(problem=problem)
