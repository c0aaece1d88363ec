"""The record of attacks fails where one did not hold, and where none was tried."""

from __future__ import annotations

import pytest

from tests.attacks.record import Attempts


def test_attempt_that_did_not_hold_fails_with_its_name():
    attempts = Attempts()
    attempts("a door", held=True)
    attempts("a window", held=False)
    attempts("a cellar", held=True)

    with pytest.raises(pytest.fail.Exception, match=r"- a window$"):
        attempts.ensure_all_held()

    assert attempts.counted == (3, 2)


def test_test_that_tried_nothing_fails():
    with pytest.raises(pytest.fail.Exception, match="nothing was tried"):
        Attempts().ensure_all_held()


def test_attempts_that_held_pass(attempt: Attempts):
    attempt("nothing in particular", held=True)

    assert attempt.counted == (1, 1)
