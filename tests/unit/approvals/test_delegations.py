from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from campaigns.rules.approvals.delegations import Span, ensure_possible
from campaigns.rules.approvals.errors import DelegationNotAllowed

TODAY = date(2023, 10, 1)
WANTED = Span("P1", "P2", date(2023, 10, 1), date(2023, 10, 10), letter="12-GUQ")


@pytest.mark.parametrize(
    ("day", "covered"),
    [
        (date(2023, 9, 30), False),
        (date(2023, 10, 1), True),
        (date(2023, 10, 10), True),
        (date(2023, 10, 11), False),
    ],
)
def test_delegation_is_in_force_from_its_first_to_its_last_day(day, covered):
    assert WANTED.covers(day, "launch") is covered


def test_delegation_of_one_stage_covers_no_other():
    one = replace(WANTED, stage="launch")
    assert [one.covers(TODAY, "launch"), one.covers(TODAY, "nomination")] == [True, False]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"substitute_id": "P1"}, "cannot stand in for themself"),
        ({"last": date(2023, 9, 30)}, "is before the first"),
        ({"first": date(2023, 9, 1), "last": date(2023, 9, 30)}, "is not backdated"),
        ({"letter": "  "}, "needs the number of its letter"),
    ],
)
def test_delegation_that_says_nothing_is_refused(changes, said):
    with pytest.raises(DelegationNotAllowed, match=said):
        ensure_possible(replace(WANTED, **changes), [], TODAY)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (replace(WANTED, substitute_id="P3"), "P1 is represented by P3 already"),
        (replace(WANTED, principal_id="P2", substitute_id="P3"), "A delegated right is not passed"),
        (replace(WANTED, principal_id="P4", substitute_id="P1"), "A delegated right is not passed"),
    ],
    ids=["two substitutes", "substitute is away", "principal is a substitute"],
)
def test_delegation_that_makes_a_chain_is_refused(other, said):
    with pytest.raises(DelegationNotAllowed, match=said):
        ensure_possible(WANTED, [other], TODAY)


@pytest.mark.parametrize(
    "other",
    [
        replace(WANTED, substitute_id="P3", first=date(2023, 10, 11), last=date(2023, 10, 12)),
        replace(WANTED, principal_id="P5"),
    ],
    ids=["later", "of another"],
)
def test_delegation_beside_others_is_accepted(other):
    ensure_possible(WANTED, [other], TODAY)


def test_delegations_of_two_stages_do_not_meet():
    ensure_possible(
        replace(WANTED, stage="launch"),
        [replace(WANTED, stage="nomination", substitute_id="P3")],
        TODAY,
    )
