from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.deadlines.calendar import add_months
from campaigns.rules.replication.errors import (
    AdoptionCycleFound,
    AdoptionDatesDisordered,
    AdoptionNotCommitted,
    AdoptionNotFound,
)
from campaigns.rules.replication.spread import (
    AdoptionDates,
    FollowUp,
    ensure_dates_in_order,
    follow_ups,
    generation,
    generations,
    state_of,
)
from schemas.vocabulary import AdoptionState, FollowUpState
from tests.unit.samples import expected, rows

ANSWERED, DROPPED = FollowUpState.ANSWERED, FollowUpState.DROPPED
OPEN, OVERDUE = FollowUpState.OPEN, FollowUpState.OVERDUE
MONTHS = (3, 6, 12)
COMMITTED = date(2024, 1, 10)  # follow-ups on 10 April, 10 July and 10 January 2025
WHOLE = AdoptionDates(
    COMMITTED, date(2024, 2, 1), date(2024, 5, 1), date(2024, 8, 1), date(2024, 9, 1)
)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (COMMITTED, AdoptionState.COMMITTED),
        (date(2024, 1, 31), AdoptionState.COMMITTED),
        (date(2024, 2, 1), AdoptionState.STARTED),
        (date(2024, 5, 1), AdoptionState.EVIDENCED),
        (date(2024, 7, 31), AdoptionState.EVIDENCED),
        (date(2024, 8, 1), AdoptionState.SUSTAINED),
        (date(2024, 8, 31), AdoptionState.SUSTAINED),
        (date(2024, 9, 1), AdoptionState.ABANDONED),
        (date(2030, 1, 1), AdoptionState.ABANDONED),
    ],
)
def test_state_is_the_last_step_known_on_the_day(on, state):
    assert state_of(WHOLE, on) is state


def test_state_before_the_commitment_refused():
    with pytest.raises(
        AdoptionNotCommitted, match=r"On 2024-01-09 .* committed on 2024-01-10; ask"
    ):
        state_of(WHOLE, date(2024, 1, 9))


def test_state_after_a_skipped_step():
    dates = AdoptionDates(COMMITTED, evidenced_on=date(2024, 5, 1))
    assert state_of(dates, date(2024, 5, 1)) is AdoptionState.EVIDENCED


def test_dates_in_order_accepted():
    ensure_dates_in_order(WHOLE)
    ensure_dates_in_order(AdoptionDates(COMMITTED, COMMITTED, None, COMMITTED, COMMITTED))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"started_on": date(2024, 1, 9)}, "started on 2024-01-09 is before committed"),
        ({"evidenced_on": date(2024, 1, 31)}, "evidenced on 2024-01-31 is before started"),
        ({"sustained_on": date(2024, 4, 30)}, "sustained on 2024-04-30 is before evidenced"),
        ({"abandoned_on": date(2024, 7, 31)}, "abandoned on 2024-07-31 is before sustained"),
        (
            {"evidenced_on": None, "sustained_on": date(2024, 1, 31)},
            "sustained on 2024-01-31 is before started on 2024-02-01; correct",
        ),
    ],
)
def test_dates_out_of_order_refused(changes, message):
    with pytest.raises(AdoptionDatesDisordered, match=message):
        ensure_dates_in_order(replace(WHOLE, **changes))


PARENTS = {"d": "c", "c": "b", "b": "a", "a": None, "e": "b", "f": None}


def test_generation_counts_the_copies_from_the_model():
    assert {each: generation(each, PARENTS) for each in PARENTS} == generations(PARENTS)
    assert generations(PARENTS) == {"a": 1, "b": 2, "c": 3, "d": 4, "e": 3, "f": 1}


@pytest.mark.parametrize(
    ("parents", "message"),
    [
        ({"a": "a"}, "circle: a <- a;"),
        ({"c": "b", "b": "a", "a": "b"}, "circle: b <- a <- b; correct the parent"),
    ],
)
def test_generation_in_a_circle_refused(parents, message):
    with pytest.raises(AdoptionCycleFound, match=message):
        generations(parents)


def test_generation_of_an_unknown_adoption_refused():
    with pytest.raises(AdoptionNotFound, match="no adoption 'x'; record it"):
        generation("x", PARENTS)


def test_generation_of_an_unknown_parent_refused():
    with pytest.raises(AdoptionNotFound, match="no adoption 'x', named as the parent of b; record"):
        generations({"a": "b", "b": "x"})


def test_generations_of_a_long_chain_are_found_without_recursion():
    chain: dict[str, str | None] = {str(n): str(n - 1) if n else None for n in range(20_000)}
    backwards = dict(reversed(chain.items()))
    assert generations(backwards)["19999"] == generations(chain)["19999"] == 20_000


def states(dates: AdoptionDates, on: date) -> list[FollowUpState]:
    return [each.state for each in follow_ups(dates, MONTHS, on)]


@pytest.mark.parametrize(
    ("dates", "on", "expected_states"),
    [
        (AdoptionDates(COMMITTED), COMMITTED, [OPEN, OPEN, OPEN]),
        (AdoptionDates(COMMITTED), date(2024, 4, 10), [OPEN, OPEN, OPEN]),
        (AdoptionDates(COMMITTED), date(2024, 4, 11), [OVERDUE, OPEN, OPEN]),
        (AdoptionDates(COMMITTED), date(2025, 1, 11), [OVERDUE, OVERDUE, OVERDUE]),
        (WHOLE, date(2024, 1, 31), [OPEN, OPEN, OPEN]),
        (WHOLE, date(2024, 2, 1), [ANSWERED, OPEN, OPEN]),
        (WHOLE, date(2024, 5, 1), [ANSWERED, ANSWERED, OPEN]),
        (WHOLE, date(2024, 8, 1), [ANSWERED, ANSWERED, ANSWERED]),
        (WHOLE, date(2025, 2, 1), [ANSWERED, ANSWERED, ANSWERED]),
    ],
)
def test_follow_ups_as_known_on_a_day(dates, on, expected_states):
    assert states(dates, on) == expected_states


def test_follow_ups_keep_date_and_answer():
    assert follow_ups(WHOLE, MONTHS, date(2024, 6, 1)) == (
        FollowUp(3, date(2024, 4, 10), ANSWERED, date(2024, 2, 1)),
        FollowUp(6, date(2024, 7, 10), ANSWERED, date(2024, 5, 1)),
        FollowUp(12, date(2025, 1, 10), OPEN),
    )


def test_follow_up_answered_late_keeps_its_due_date():
    late = AdoptionDates(COMMITTED, started_on=date(2024, 8, 20))
    assert states(late, date(2024, 8, 19)) == [OVERDUE, OVERDUE, OPEN]
    assert follow_ups(late, MONTHS, date(2024, 8, 20)) == (
        FollowUp(3, date(2024, 4, 10), ANSWERED, date(2024, 8, 20)),
        FollowUp(6, date(2024, 7, 10), ANSWERED, date(2024, 8, 20)),
        FollowUp(12, date(2025, 1, 10), ANSWERED, date(2024, 8, 20)),
    )


@pytest.mark.parametrize(
    ("reported", "second"),
    [(date(2024, 4, 10), OPEN), (date(2024, 4, 11), ANSWERED)],
)
def test_report_answers_the_next_follow_up_only_after_the_previous_due_date(reported, second):
    dates = AdoptionDates(COMMITTED, started_on=reported)
    assert states(dates, date(2024, 5, 1)) == [ANSWERED, second, OPEN]


def test_report_on_the_day_of_the_commitment_answers_nothing():
    assert states(AdoptionDates(COMMITTED, started_on=COMMITTED), COMMITTED) == [OPEN, OPEN, OPEN]


def test_first_report_after_the_previous_due_date_answers():
    dates = AdoptionDates(COMMITTED, date(2024, 2, 1), date(2024, 2, 10))
    answers = [each.answered_on for each in follow_ups(dates, MONTHS, date(2024, 3, 1))]
    assert answers == [date(2024, 2, 1), None, None]


@pytest.mark.parametrize(
    ("on", "expected_states"),
    [
        (date(2024, 7, 9), [OVERDUE, OPEN, OPEN]),
        (date(2024, 7, 10), [OVERDUE, OPEN, DROPPED]),
        (date(2024, 7, 11), [OVERDUE, OVERDUE, DROPPED]),
    ],
)
def test_follow_ups_due_after_abandonment_are_dropped(on, expected_states):
    # Abandoned on the second due date: that one was still owed.
    dates = AdoptionDates(COMMITTED, abandoned_on=date(2024, 7, 10))
    assert states(dates, on) == expected_states


def test_follow_up_answered_before_abandonment_stays_answered():
    dates = AdoptionDates(COMMITTED, date(2024, 2, 1), abandoned_on=date(2024, 3, 1))
    assert states(dates, date(2024, 3, 1)) == [ANSWERED, DROPPED, DROPPED]


def test_follow_ups_before_the_commitment_are_none():
    assert follow_ups(WHOLE, MONTHS, date(2024, 1, 9)) == ()


@st.composite
def adoptions(draw):
    committed_on = draw(st.dates(date(2023, 1, 1), date(2024, 12, 31)))
    days, steps = committed_on, []
    for _ in range(4):
        days += timedelta(days=draw(st.integers(0, 200)))
        steps.append(days if draw(st.booleans()) else None)
    return AdoptionDates(committed_on, *steps)


@given(adoptions(), st.integers(0, 900), st.integers(0, 300))
def test_follow_ups_never_move_and_answers_stay(dates, first, later):
    ensure_dates_in_order(dates)
    on = dates.committed_on + timedelta(days=first)
    before = follow_ups(dates, MONTHS, on)
    after = follow_ups(dates, MONTHS, on + timedelta(days=later))
    due = [add_months(dates.committed_on, count) for count in MONTHS]
    assert [each.due_on for each in before] == [each.due_on for each in after] == due
    for old, new in zip(before, after, strict=True):
        if old.state in (ANSWERED, DROPPED):
            assert new == old


def test_adoptions_of_the_example_come_to_the_expected_states_and_generations():
    table = rows("ben-tre-2023/adoptions-2024.csv")
    keys = ("committed_on", "started_on", "evidenced_on", "sustained_on", "abandoned_on")
    found: Counter[str] = Counter()
    for row in table:
        days = {key: date.fromisoformat(row[key]) if row[key] else None for key in keys}
        dates = AdoptionDates(**days)  # type: ignore[arg-type] # committed_on is always there
        ensure_dates_in_order(dates)
        state = state_of(dates, date(2024, 12, 31))
        assert state == row["state"]
        found[state.value] += 1
    wanted = expected("ben-tre-2023.json")["adoptions"]
    assert found == wanted["by_state"]
    parents = {row["id"]: row["parent_adoption_id"] or None for row in table}
    by_generation = Counter(str(each) for each in generations(parents).values())
    assert by_generation == wanted["by_generation"]
