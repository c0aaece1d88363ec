"""Until when may a person take a nomination back, or clear what it was on hold for?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.rules.nomination_errors import HoldTooLate, WithdrawalTooLate
from schemas.vocabulary import Stage, StageState

_GOES_ON: Final = frozenset({StageState.PENDING, StageState.OPEN})


def ensure_withdrawable(code: str, *, voted: bool) -> None:
    """Refuse to take back what the council has voted on: a vote ends in a result.

    Raises:
        WithdrawalTooLate: As its name says.
    """
    if voted:
        raise WithdrawalTooLate(code)


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
