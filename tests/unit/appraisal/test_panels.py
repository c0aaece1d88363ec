"""How many of a panel may judge: found quickly, and the same as asking the rule of everybody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.appraisal.conflicts import Judge, Judged, Nearness, nearness
from campaigns.rules.appraisal.panels import Matter, Panel, counted
from schemas.vocabulary import Role

UNITS = st.sampled_from(["a", "b", "c", "d", "province"])
ADDRESSES = st.sampled_from(["", "x@example.vn", "X+1@example.vn", "y@example.vn", "nonsense"])
JUDGES = st.builds(Judge, UNITS, ADDRESSES, st.none() | UNITS)
NORMAL = st.sampled_from(["x@example.vn", "y@example.vn"])
JUDGED = st.builds(
    Judged,
    nominating_unit=UNITS,
    subject_unit=UNITS,
    addresses=st.frozensets(NORMAL),
    succession=st.frozensets(UNITS),
    parents=st.frozensets(UNITS),
    counted=st.frozensets(st.sampled_from([Nearness.PARENT, Nearness.CHILD])),
)
OF_ONE_UNIT = Panel({f"r{number}": Judge("a") for number in range(7)})


@given(st.lists(JUDGES, max_size=8), JUDGED)
def test_who_is_near_is_whoever_the_rule_says(judges: list[Judge], judged: Judged) -> None:
    panel = {str(number): one for number, one in enumerate(judges)}

    expected = {who for who, one in panel.items() if nearness(one, judged) is not None}
    assert Panel(panel).near(judged) == expected


def test_panel_of_one_unit_may_judge_nothing_of_it() -> None:
    assert OF_ONE_UNIT.able(Judged("a", "a")) == 0


def test_panel_of_one_unit_may_judge_what_others_nominate() -> None:
    assert OF_ONE_UNIT.able(Judged("b", "b")) == 7


def test_unit_before_a_merger_is_near() -> None:
    assert OF_ONE_UNIT.able(Judged("new", "new", succession={"a"})) == 0


def test_two_ids_with_the_mailbox_of_the_unit_are_near() -> None:
    panel = Panel(
        {
            "P1": Judge("board", "ba-tri@example.vn"),
            "P2": Judge("board", "Ba-Tri+2@example.vn"),
            "P3": Judge("board", "other@example.vn"),
        }
    )

    assert panel.able(Judged("a", "a", addresses={"ba-tri@example.vn"})) == 1


@pytest.mark.parametrize(("also", "able"), [((), 2), ((Nearness.CHILD,), 0)])
def test_units_below_are_near_where_the_playbook_says_so(
    also: tuple[Nearness, ...], able: int
) -> None:
    panel = Panel({"P1": Judge("hamlet", parent_id="a"), "P2": Judge("hamlet", parent_id="a")})

    assert panel.able(Judged("a", "a", counted=also)) == able


def test_who_has_judged_counts_although_near_now() -> None:
    assert OF_ONE_UNIT.able(Judged("a", "a"), frozenset({"r1", "gone"})) == 2


def test_what_has_too_few_is_told_fewest_first() -> None:
    panel = Panel({"P1": Judge("a"), "P2": Judge("a"), "P3": Judge("b")})
    matters = [Matter(one, Judged(one, one)) for one in ("b", "a", "c")]
    found = counted(Role.REVIEWER, panel, 3, matters)

    assert (found.people, found.least, found.most) == (3, 1, 3)
    assert found.short == (("a", 1), ("b", 2))


def test_nothing_to_judge_lacks_nobody() -> None:
    found = counted(Role.REVIEWER, OF_ONE_UNIT, 5, [])

    assert (found.least, found.most, found.short) == (7, 7, ())
