"""Which code confirms an act, and which does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campaigns.rules.signing import errors
from campaigns.rules.signing.one_time_codes import (
    PER_HOUR,
    CodeState,
    digits_of,
    ensure_not_too_many,
    ensure_usable,
)

NOW = datetime(2023, 9, 15, 8, tzinfo=UTC)


def state(**changes: Any) -> CodeState:
    minutes = timedelta(minutes=10)
    fresh = CodeState(1, "approve", "n", "m", 0, NOW, NOW + minutes, 0, None)
    return fresh._replace(**changes)


def test_fresh_code_is_usable():
    assert ensure_usable(state(), "approve", NOW) == state()


@pytest.mark.parametrize(
    ("newest", "problem"),
    [
        (None, errors.CodeNotAsked),
        (state(ended="used"), errors.CodeUsed),
        (state(ended="tries"), errors.CodeVoid),
        (state(expires_at=NOW), errors.CodeExpired),
        (state(act="return"), errors.CodeOfOtherAct),
    ],
)
def test_other_codes_are_refused(newest: CodeState | None, problem: type[Exception]):
    with pytest.raises(problem):
        ensure_usable(newest, "approve", NOW)


@pytest.mark.parametrize("typed", ["12345678", "1234\u20075678", " 1234 5678\n", "1234-5678"])
def test_digits_are_taken_however_they_are_parted(typed: str):
    assert digits_of(typed) == "12345678"


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "abcdefgh", "١٢٣٤٥٦٧٨"])
def test_other_text_is_no_code(typed: str):
    with pytest.raises(errors.CodeIncomplete):
        digits_of(typed)


def test_codes_of_more_than_an_hour_ago_do_not_count():
    asked = [NOW - timedelta(minutes=one) for one in (60, 50, 40, 30, 20)]
    ensure_not_too_many(asked, NOW)

    with pytest.raises(errors.CodesTooMany) as refused:
        ensure_not_too_many([*asked, NOW], NOW)
    assert refused.value.again_at == NOW + timedelta(minutes=10)
    assert len(asked) == PER_HOUR
