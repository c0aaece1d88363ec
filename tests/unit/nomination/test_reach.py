"""For whom a unit nominates: itself and below, on the day, over mergers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from campaigns.rules.nomination.reach import Placed, Reach, TakenOver
from schemas.playbook.judging import NominatingPolicy

SINCE, MERGED = date(2020, 1, 1), date(2025, 6, 30)
TODAY = date(2026, 3, 1)
REACH = Reach(
    policy=NominatingPolicy(own_and_below=True, anywhere=("police",)),
    kinds={"police-of-province": "police", "ba-tri": "district", "an-thuy": "commune"},
    placed={
        "ba-tri": [Placed("ben-tre", SINCE, None)],
        "binh-dai": [Placed("ben-tre", SINCE, None)],
        "an-thuy": [Placed("binh-dai", SINCE, MERGED), Placed("ba-tri", date(2025, 7, 1), None)],
        "ap-1": [Placed("an-thuy", SINCE, None)],
        "an-hoa-tay": [Placed("binh-dai", SINCE, MERGED)],
    },
    successors={"an-hoa-tay": [TakenOver("an-thuy", date(2025, 7, 1))]},
    today=TODAY,
)


@pytest.mark.parametrize(
    "unit", ["ba-tri", "an-thuy", "ap-1"], ids=["itself", "child", "grandchild"]
)
def test_unit_nominates_itself_and_what_is_below(unit: str) -> None:
    assert REACH.takes("ba-tri", unit)


@pytest.mark.parametrize("unit", ["binh-dai", "ben-tre", "unknown"])
def test_unit_nominates_nothing_beside_or_above_it(unit: str) -> None:
    assert not REACH.takes("ba-tri", unit)


def test_parent_of_the_day_counts() -> None:
    then = date(2024, 5, 1)
    found = [REACH.takes(by, "an-thuy", then) for by in ("binh-dai", "ba-tri")]

    assert found == [True, False]


@pytest.mark.parametrize("by", ["an-thuy", "ba-tri", "ben-tre"])
def test_unit_that_ceased_is_where_its_successor_is(by: str) -> None:
    assert REACH.takes(by, "an-hoa-tay")


def test_unit_that_ceased_is_no_longer_where_it_was() -> None:
    assert not REACH.takes("binh-dai", "an-hoa-tay")


def test_kind_named_in_anywhere_nominates_for_any() -> None:
    assert REACH.takes("police-of-province", "an-thuy")


def test_nothing_is_forbidden_where_the_playbook_says_nothing() -> None:
    assert replace(REACH, policy=NominatingPolicy()).takes("binh-dai", "ba-tri")


def test_circle_in_the_register_ends() -> None:
    placed = {"a": [Placed("b", SINCE, None)], "b": [Placed("a", SINCE, None)]}

    assert not replace(REACH, placed=placed).takes("c", "a")


def test_successor_counts_from_the_day_it_took_over() -> None:
    merged = replace(REACH, successors={"ben-tre": [TakenOver("vinh-long", date(2026, 7, 1))]})
    days = (date(2026, 6, 30), date(2026, 7, 1))

    assert [merged.takes("vinh-long", "ba-tri", day) for day in days] == [False, True]
