"""What each kind says beside its findings: boxes it reads, limits, doubts, and how it is broken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from campaigns.rules.eligibility import Kind, RankWithinQuota, check, rules_of
from campaigns.rules.nomination.receiving import CheckContext, NominationFacts
from campaigns.rules.playbook.advice import advice
from campaigns.rules.playbook.parts import number_faults, part_faults
from campaigns.rules.playbook.tree import parse_tree
from campaigns.rules.rehearsal import synthetic
from schemas.imports import NominationRow
from schemas.playbook.form import ItemType
from tests.unit.samples import CLOSES, ITEMS, playbook

DATES = {ItemType.DATE, ItemType.DATETIME}


def a_rule(check: str, **given: Any) -> dict[str, Any]:
    return {"id": "x", "check": check, "source": "constructed", "reason": "x", **given}


def only(rule: dict[str, Any], **changes: Any) -> Kind:
    [found] = rules_of(playbook(rules=[rule], **changes))
    return found


# --- Boxes and limits --------------------------------------------------------------------------

READS = [
    ("answer_is", "item", {ItemType.YES_NO}),
    ("running_since", "item", DATES),
    ("at_least", "item", {ItemType.INTEGER, ItemType.PERCENT}),
    ("case_closed", "opened", DATES),
    ("case_closed", "closed", DATES),
]


@pytest.mark.parametrize(("kind", "key", "types"), READS)
@pytest.mark.parametrize("type_", ItemType)
def test_kind_reads_boxes_of_its_types_alone(
    kind: str, key: str, types: set[ItemType], type_: ItemType
) -> None:
    tree, _ = parse_tree(
        f"form:\n  items:\n    - {{id: box, type: {type_}}}\n"
        f"rules:\n  - {{id: x, check: {kind}, {key}: box}}\n"
    )
    assert tree is not None
    refused = [fault.path for fault in part_faults(tree) if fault.code == "item_type"]
    assert refused == ([] if type_ in types else [("rules", 0, key)])


LIMITS = [
    ("running_since", "months", "0", "1200"),
    ("at_least", "minimum", "-1000000000000000", "1000000000000000"),
]


@pytest.mark.parametrize(("kind", "key", "low", "high"), LIMITS)
@pytest.mark.parametrize("check", ["its own", "misspelt", "answer_is"])
def test_number_beyond_its_limits_is_found_at_any_rule(
    kind: str, key: str, low: str, high: str, check: str
) -> None:
    """Where the kind is misspelt as well, or the number stands at another kind's rule."""
    name = kind if check == "its own" else check
    for value, is_found in (
        (low, False),
        (high, False),
        (f"{Decimal(low) - 1}", True),
        (f"{Decimal(high) + 1}", True),
    ):
        tree, _ = parse_tree(
            "rules:\n  - {id: a, check: case_closed}\n"
            f"  - {{id: x, check: {name}, {key}: {value}}}\n"
        )
        assert tree is not None
        found = [fault.path for fault in number_faults(tree)]
        assert found == ([("rules", 1, key)] if is_found else [])


# --- Doubts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quota", "is_doubted"),
    [({}, False), ({"other": 5}, True), ({"per_unit_kind": {"district": 2}}, True)],
)
def test_quota_that_no_rule_keeps_is_doubted(quota: dict[str, Any], is_doubted: bool) -> None:
    codes = {fault.code for fault in advice(playbook(rules=[], quota=quota), "en")}
    assert ("quota_unchecked" in codes) is is_doubted


@pytest.mark.parametrize(
    ("quota", "is_doubted"),
    [({}, True), ({"other": 5}, False), ({"per_unit_kind": {"district": 2}}, False)],
)
def test_rule_of_a_quota_that_is_not_given_is_doubted(
    quota: dict[str, Any], is_doubted: bool
) -> None:
    book = playbook(rules=[a_rule("rank_within_quota")], quota=quota)
    assert ("quota_without_limit" in {fault.code for fault in advice(book, "en")}) is is_doubted


# --- Findings ----------------------------------------------------------------------------------


def test_place_beyond_the_quota_is_found_though_the_rank_is_within_it() -> None:
    facts = NominationFacts("N1", "x", "commune", "district", "district", 15, CLOSES, {})
    book = playbook(rules=[a_rule("rank_within_quota")])
    assert check(facts, book, CheckContext(CLOSES, places={"N1": 15})) == ()
    [finding] = check(facts, book, CheckContext(CLOSES, places={"N1": 16}))
    assert dict(finding.data) == {
        "rank": "15",
        "place": "16",
        "quota": "15",
        "unit_kind": "district",
    }


# --- Invented nominations ----------------------------------------------------------------------

FORMS: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    (
        a_rule("answer_is", item="registered"),
        {"registered": True},
        {"registered": False},
    ),
    (
        a_rule("answer_is", item="registered", value=False),
        {"registered": False},
        {"registered": True},
    ),
    (
        a_rule("at_least", item="consent_pct", minimum="80.5"),
        {"consent_pct": Decimal("80.5")},
        {"consent_pct": Decimal("79.5")},
    ),
    (
        a_rule("case_closed", opened="case_opened", closed="case_closed"),
        {"case_opened": None, "case_closed": None},
        {"case_opened": date(2023, 7, 21), "case_closed": None},
    ),
]


@pytest.mark.parametrize(("given", "good", "bad"), FORMS)
def test_invented_form_meets_the_rule_and_breaks_it(
    given: dict[str, Any], good: dict[str, Any], bad: dict[str, Any]
) -> None:
    book, rule = playbook(rules=[given]), only(given)
    assert rule.good_answers(book, Random(1)) == good
    assert _broken(rule).answers == {"other": "stays", **bad}


def test_invented_work_begins_early_enough_and_too_late() -> None:
    given = a_rule("running_since", item="start_date", months=6, before="2023-09-15")
    rule = only(given)
    days = {rule.good_answers(playbook(), Random(seed))["start_date"] for seed in range(200)}
    assert {min(days), max(days)} == {date(2021, 9, 15), date(2023, 2, 15)}  # type: ignore[type-var]
    assert _broken(rule).answers["start_date"] == date(2023, 9, 14)


def test_whole_number_is_invented_for_a_box_of_whole_numbers() -> None:
    items = [{**one, "type": "integer"} if one["id"] == "consent_pct" else one for one in ITEMS]
    given = a_rule("at_least", item="consent_pct", minimum="80")
    book, rule = playbook(rules=[given], form={"items": items}), only(given)
    [number] = rule.good_answers(book, Random(1)).values()
    assert type(number) is int


def test_rank_after_the_last_place_is_invented() -> None:
    assert _broken(only(a_rule("rank_within_quota"))).rank == 16


@pytest.mark.parametrize("kind", ["submitted_by_deadline", "not_recognised_before"])
def test_what_no_form_can_break_is_not_among_the_breakable(kind: str) -> None:
    book = playbook(rules=[a_rule(kind), a_rule("answer_is", id="y", item="registered")])
    assert [rule.id for rule in synthetic.breakable(book)] == ["y"]


def test_nomination_that_could_not_be_broken_does_not_claim_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such as where the nominating unit is of a kind that the rule lets pass."""

    def broken(_rule: Kind, row: NominationRow, _book: object, kind: str) -> NominationRow | None:
        return None if kind == "commune" else row

    monkeypatch.setattr(RankWithinQuota, "broken", broken)
    book = playbook(rules=[a_rule("rank_within_quota")])
    samples = list(synthetic.nominations(book, [("u", "commune")], 4, seed=1))
    assert [one.breaks for one in samples] == [None] * 4


def _broken(rule: Kind) -> NominationRow:
    row = NominationRow(
        row=2,
        code="N1",
        subject_kind="model",
        name="x",
        unit_id="commune",
        nominated_by_id="district",
        rank=1,
        answers={"other": "stays"},
    )
    broken = rule.broken(row, playbook(), "district")
    assert broken is not None
    return broken
