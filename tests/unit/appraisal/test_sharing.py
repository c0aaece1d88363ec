"""Each dossier has its reviewers, each reviewer an equal share, and nobody what is too near."""

from __future__ import annotations

from collections import Counter

from campaigns.rules.appraisal.sharing import shares

PANEL = ("an", "ba", "cu", "do")


def test_each_dossier_is_asked_of_as_many_as_are_wanted() -> None:
    found = shares(3, [(f"D{number}", PANEL) for number in range(8)], PANEL)

    asked = Counter(code for codes in found.values() for code in codes)
    assert set(asked.values()) == {3}


def test_shares_are_equal() -> None:
    found = shares(3, [(f"D{number}", PANEL) for number in range(8)], PANEL)

    assert [len(found[one]) for one in PANEL] == [6, 6, 6, 6]


def test_dossier_is_not_asked_of_who_may_not_judge_it() -> None:
    dossiers = [("near", ("cu", "do")), *((f"D{number}", PANEL) for number in range(7))]

    found = shares(2, dossiers, PANEL)
    assert ["near" in found[one] for one in PANEL] == [False, False, True, True]


def test_dossier_with_too_few_reviewers_is_asked_of_all_of_them() -> None:
    assert shares(5, [("D", ("ba",))], PANEL) == {"an": [], "ba": ["D"], "cu": [], "do": []}


def test_same_two_do_not_meet_over_every_dossier() -> None:
    panel = ("an", "ba", "cu")

    found = shares(2, [(f"D{number}", panel) for number in range(6)], panel)
    pairs = {frozenset(one for one in panel if f"D{number}" in found[one]) for number in range(6)}
    assert len(pairs) == 3


def test_panel_of_nobody_is_asked_for_nothing() -> None:
    assert shares(2, [("D", ())], ()) == {}
