"""How large may a number be, and how far off a day? The figures alone, cheap to load.

Beyond them no campaign has anything to say: they keep what is typed, sent or imported within what
both databases, JSON of any program, and every calendar hold. `schemas.bounds` has a type for each.
"""

from __future__ import annotations

from datetime import date
from typing import Final

LARGEST_NUMBER: Final = 2**53 - 1
"""The largest whole number that every program reads exactly in JSON (RFC 8259, section 6)."""
LARGEST_COUNT: Final = 1_000_000
"""More of one thing than a campaign ever has: ranks, rows of a list, sessions."""
LARGEST_VERSION: Final = 999_999
"""Of a playbook or a rule; versions are counted by hand."""
FIRST_DAY: Final = date(1900, 1, 1)
LAST_DAY: Final = date(2100, 12, 31)


def is_within(day: date) -> bool:
    """Say whether a day is one of those a campaign may have."""
    return FIRST_DAY <= day <= LAST_DAY
