"""Until when may a person take a nomination back, or clear what it was on hold for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import Thing, decide
from campaigns.rules.nomination.errors import HoldTooLate, VotingBegun, WithdrawalTooLate
from schemas.vocabulary import NominationState, Stage, StageState

_GOES_ON: Final = frozenset({StageState.PENDING, StageState.OPEN})


_OVER: Final = frozenset({NominationState.INELIGIBLE, NominationState.NOT_RECOGNISED})
"""Nothing is left to take back; where that is not told yet, it is taken back like any other."""


def ensure_withdrawable(code: str, known: str, *, voted: bool) -> None:
    """Refuse to take back what the council has voted on: a vote ends in a result.

    Args:
        code: The nomination.
        known: Its state, as whoever takes it back may know it.
        voted: Whether the council has voted on it.

    Raises:
        TransitionNotAllowed: It is over.
        WithdrawalTooLate: As its name says.
    """
    _ensure_going_on(code, known)
    if voted:
        raise WithdrawalTooLate(code)


def ensure_withdrawable_by_unit(code: str, known: str, *, voting: bool) -> None:
    """Refuse to take back anything once the council votes.

    A unit may not learn whether its nomination is among those voted on: so it is refused alike.

    Raises:
        TransitionNotAllowed: It is over, as far as the unit was told.
        VotingBegun: The council has begun to vote, on this nomination or others.
    """
    _ensure_going_on(code, known)
    if voting:
        raise VotingBegun(code)


def _ensure_going_on(code: str, known: str) -> None:
    if known in _OVER:
        raise TransitionNotAllowed("nomination", code, known, "withdraw", [])
    decide(Thing.NOMINATION, known, "withdraw", code)


def ensure_hold_clearable(
    code: str, stages: Mapping[str, str], *, scored: bool, convened: bool
) -> None:
    """Refuse to let a nomination in that can no longer be judged with the others.

    Args:
        code: The nomination.
        stages: The states of the campaign's stages, by name.
        scored: Whether reviewers score before the council votes.
        convened: Whether the council was invited, with the list of what goes before it.

    Raises:
        HoldTooLate: The stage that would judge it is over.
    """
    judging = Stage.APPRAISAL if scored else Stage.RECOGNITION
    if stages.get(judging, StageState.PENDING) not in _GOES_ON or (convened and not scored):
        raise HoldTooLate(code)
