"""What may be known of nominations by those who are not to know everything? What was released.

A nomination has a state, and beside it the state that was *told*: moved at once by what its unit
does or is told of, and else only by a release (the approval of the nomination stage, the signature
of a decision that is told at once, a coordinator's release of held results). Who may not know
everything is answered by what was told alone: two campaigns that differ in nothing but what was
not released look the same to them, in lists, counts and refusals (ADR 0039).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from schemas.vocabulary import NominationState

_STATE = NominationState
AT_ONCE: Final = frozenset({"draft", "submit", "return", "endorse", "withdraw"})
"""Steps that the unit takes itself or is told of as they happen."""
OF_THE_RULES: Final = frozenset({_STATE.ELIGIBLE, _STATE.INELIGIBLE, _STATE.ON_HOLD})
"""What the rules come to; told with the approval of their stage."""
RESULTS: Final = frozenset({_STATE.RECOGNISED, _STATE.NOT_RECOGNISED, _STATE.REVOKED})
"""What is told with the release of results."""
JUDGED: Final = frozenset({_STATE.ELIGIBLE, _STATE.APPRAISED, _STATE.SHORTLISTED}) | RESULTS
"""What the rules found eligible, wherever it has come since."""
SEALED: Final = frozenset(
    f"thidua.nomination.{name}"
    for name in (
        "found_eligible",
        "found_ineligible",
        "held",
        "cleared",
        "shortlisted",
        "tallied",
        "reconsidered",
        "recognised",
        "declined",
        "reinstated",
        "overturned",
        "revoked",
    )
)
"""Events that say what a nomination came to. They stay in the log: neither webhooks nor Prefect are
told of them, nor of a number from which they could be counted."""
LEAST: Final = 3
"""A smaller number may point at one nomination."""


def outcome_of(state: str) -> str:
    """Return what the rules came to, of a nomination that may have gone on since."""
    return _STATE.ELIGIBLE if state in JUDGED else state


def known_state(state: str, told: str, *, knows_all: bool, knows_outcomes: bool) -> str:
    """Return the state a person may know.

    Args:
        state: Where the nomination stands.
        told: What was released of it.
        knows_all: They decide on it, or coordinate.
        knows_outcomes: They judge what the rules let through, and so know that it was.
    """
    if knows_all:
        return state
    if knows_outcomes and told not in RESULTS and state in JUDGED:
        return _STATE.ELIGIBLE
    return told


def large_enough(counts: Mapping[str, int]) -> dict[str, int]:
    """Leave out numbers that are too small to be told, and what they could be computed from.

    Where the sum of all is known, what is left out must itself be large enough: else the smallest
    of the others is left out as well.
    """
    shown = {key: number for key, number in counts.items() if number >= LEAST}
    left_out = len(shown) < len(counts)
    hidden = sum(counts.values()) - sum(shown.values())
    while shown and left_out and hidden < LEAST:
        smallest = min(shown, key=lambda key: (shown[key], key))
        hidden += shown.pop(smallest)
    return shown


def told_number(number: int) -> int | None:
    """Return a number that is large enough to be told; None for a smaller one."""
    return number if number >= LEAST else None


def told_column(numbers: Sequence[int]) -> list[int | None]:
    """Return one column of a table by groups: its sum is known as well."""
    shown = large_enough({str(place): number for place, number in enumerate(numbers)})
    return [shown.get(str(place)) for place in range(len(numbers))]
