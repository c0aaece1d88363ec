from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.eligibility import Finding, check, is_correctable, outcome
from campaigns.rules.eligibility.errors import AnswerUnusable
from campaigns.rules.nomination.errors import NominationClosed
from campaigns.rules.nomination.receiving import (
    CheckContext,
    NominationFacts,
    deadline_of,
    ensure_receivable,
    is_in_time,
    is_late,
)
from language.vietnamese import fold
from schemas.vocabulary import NominationState, Severity
from tests.unit.samples import CLOSES, ZONE, playbook

BOOK = playbook()
CONTEXT = CheckContext(closes_at=CLOSES)
SECOND = timedelta(seconds=1)
GOOD = NominationFacts(
    code="N1",
    name="Tổ hòa giải",
    unit_id="commune",
    nominated_by_id="district",
    nominating_kind="district",
    rank=15,
    submitted_at=CLOSES,
    answers={
        "start_date": date(2023, 3, 15),
        "registered": True,
        "party_opinion": True,
        "consent_pct": 80,
    },
)


def answers(**changes) -> NominationFacts:
    return replace(GOOD, answers={**GOOD.answers, **changes})


def found(facts: NominationFacts, context: CheckContext = CONTEXT, **changes):
    return [(each.rule_id, dict(each.data)) for each in check(facts, playbook(**changes), context)]


def finding(severity: Severity, rule_id: str = "late") -> Finding:
    return Finding(rule_id, 1, severity, (), "constructed")


def test_nomination_that_keeps_every_rule_has_no_finding():
    assert check(GOOD, BOOK, CONTEXT) == ()
    assert outcome(()) is NominationState.ELIGIBLE


def test_finding_carries_rule_version_severity_data_and_source():
    assert check(answers(party_opinion=False), BOOK, CONTEXT) == (
        Finding(
            "no_party_opinion",
            2,
            Severity.BLOCK,
            (("item", "party_opinion"), ("value", "no"), ("wanted", "yes")),
            "constructed",
        ),
    )


def test_every_finding_is_made_at_once_in_the_rules_order():
    bad = replace(
        GOOD,
        rank=16,
        submitted_at=CLOSES + SECOND,
        answers={"consent_pct": 79, "case_opened": date(2023, 9, 1)},
    )
    context = CheckContext(CLOSES, past_titles=frozenset({("commune", fold(GOOD.name))}))
    assert [rule_id for rule_id, _ in found(bad, context)] == [rule.id for rule in BOOK.rules]


# --- deadline -----------------------------------------------------------------------------------


def test_late_by_a_second_is_found_with_both_times_in_the_campaigns_zone():
    late = replace(GOOD, submitted_at=(CLOSES + SECOND).astimezone(UTC))
    assert found(late) == [
        (
            "late",
            {
                "submitted_at": "2023-09-15T17:00:01+07:00",
                "deadline": "2023-09-15T17:00:00+07:00",
            },
        )
    ]


@pytest.mark.parametrize(
    ("after", "grace", "late", "in_time"),
    [
        (0, 0, False, True),
        (1, 0, True, False),
        (0, 30, False, True),
        (1, 30, True, True),
        (1800, 30, True, True),
        (1801, 30, True, False),
    ],
)
def test_grace_keeps_the_rule_and_marks_late(after, grace, late, in_time):
    at = CLOSES + after * SECOND
    book = playbook(late={"grace_minutes": grace})
    assert is_late(at, "district", CONTEXT) is late
    assert is_in_time(at, "district", book, CONTEXT) is in_time


def test_grace_never_shows_in_a_finding():
    late = replace(GOOD, submitted_at=CLOSES + timedelta(hours=1))
    [(_, data)] = found(late, late={"grace_minutes": 30})
    assert data["deadline"] == "2023-09-15T17:00:00+07:00"


def test_extension_serves_its_unit_only():
    own = CLOSES + timedelta(days=5)
    context = CheckContext(CLOSES, extensions={"district": own})
    assert deadline_of("district", context) == own
    assert deadline_of("other", context) == CLOSES
    late = replace(GOOD, submitted_at=own)
    assert found(late, context) == []
    assert [rule for rule, _ in found(replace(late, nominated_by_id="commune"), context)] == [
        "late"
    ]


def test_extension_never_shortens():
    context = CheckContext(CLOSES, extensions={"district": CLOSES - SECOND})
    assert deadline_of("district", context) == CLOSES


def test_late_policy_accept_and_flag_warns():
    book = playbook(late={"policy": "accept_and_flag"})
    bad = replace(GOOD, rank=16, submitted_at=CLOSES + SECOND)
    assert [(each.rule_id, each.severity) for each in check(bad, book, CONTEXT)] == [
        ("late", Severity.WARN),
        ("over_quota", Severity.BLOCK),
    ]


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2023, 8, 21, tzinfo=ZONE), {}),
        (CLOSES, {}),
        (CLOSES + timedelta(minutes=30), {"grace_minutes": 30}),
        (CLOSES + timedelta(days=9), {"policy": "accept_and_flag"}),
    ],
)
def test_submission_received(at, late):
    ensure_receivable(at, "district", playbook(late=late), CONTEXT)


def test_submission_before_the_opening_refused():
    with pytest.raises(NominationClosed) as refused:
        ensure_receivable(datetime(2023, 8, 20, 16, 59, 59, tzinfo=UTC), "district", BOOK, CONTEXT)
    assert str(refused.value) == (
        "Nominations are received from 21/08/2023 00:00:00 (Asia/Ho_Chi_Minh) on; "
        "submit again then."
    )


def test_submission_after_the_deadline_refused_with_deadline_and_zone():
    book = playbook(late={"grace_minutes": 30})
    at = (CLOSES + timedelta(minutes=30) + SECOND).astimezone(UTC)
    with pytest.raises(NominationClosed) as refused:
        ensure_receivable(at, "district", book, CONTEXT)
    assert str(refused.value) == (
        "Nominations of district were received until 15/09/2023 17:00:00 (Asia/Ho_Chi_Minh), and "
        "this one came at 15/09/2023 17:30:01; ask the coordinator for an extension."
    )


# --- the other rules ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rank", "kind", "data"),
    [
        (1, "district", None),
        (15, "district", None),
        (16, "district", {"rank": "16", "quota": "15", "unit_kind": "district"}),
        (0, "district", {"rank": "0", "quota": "15", "unit_kind": "district"}),
        (None, "district", {"note": "rank missing", "quota": "15", "unit_kind": "district"}),
        (5, "police", None),
        (6, "police", {"rank": "6", "quota": "5", "unit_kind": "police"}),
    ],
)
def test_rank_within_quota(rank, kind, data):
    facts = replace(GOOD, rank=rank, nominating_kind=kind)
    assert found(facts) == ([] if data is None else [("over_quota", data)])


@pytest.mark.parametrize("rank", [None, 999])
def test_rank_without_a_quota_is_free(rank):
    assert found(replace(GOOD, rank=rank), quota={}) == []


@pytest.mark.parametrize(
    ("value", "text"), [(False, "no"), (None, ""), ("Có", "Có"), (Decimal("1.0"), "1.0")]
)
def test_answer_other_than_wanted_is_found(value, text):
    data = {"item": "registered", "value": text, "wanted": "yes"}
    assert found(answers(registered=value)) == [("not_registered", data)]


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (date(2023, 3, 15), None),
        (datetime(2023, 3, 15, 23, 59, tzinfo=ZONE), None),
        (date(2023, 3, 16), "2023-03-16"),
        (None, ""),
        ("", ""),
    ],
)
def test_running_since(value, data):
    finding_data = {"item": "start_date", "value": data, "latest": "2023-03-15"}
    assert found(answers(start_date=value)) == (
        [] if data is None else [("too_short", finding_data)]
    )


def test_running_since_reads_only_dates():
    with pytest.raises(AnswerUnusable, match="Rule too_short reads start_date as a date, but"):
        check(answers(start_date="tháng 3"), BOOK, CONTEXT)


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (80, None),
        (Decimal("80.0"), None),
        (None, None),
        ("", None),
        (79, "79"),
        (0, "0"),
        (Decimal("79.9"), "79.9"),
        (Decimal("1E+1"), "10"),
    ],
)
def test_at_least(value, data):
    finding_data = {"item": "consent_pct", "value": data, "minimum": "80"}
    assert found(answers(consent_pct=value)) == (
        [] if data is None else [("low_consent", finding_data)]
    )


@pytest.mark.parametrize("value", ["80 %", True, date(2023, 1, 1)])
def test_at_least_reads_only_numbers(value):
    with pytest.raises(AnswerUnusable, match="Rule low_consent reads consent_pct as a number"):
        check(answers(consent_pct=value), BOOK, CONTEXT)


@pytest.mark.parametrize(
    ("opened", "closed", "open_"),
    [
        (None, None, False),
        ("", None, False),
        (None, date(2023, 9, 9), False),
        (date(2023, 9, 1), date(2023, 9, 9), False),
        (date(2023, 9, 1), None, True),
        (date(2023, 9, 1), "", True),
    ],
)
def test_case_closed(opened, closed, open_):
    facts = answers(case_opened=opened, case_closed=closed)
    data = {"case_opened": "2023-09-01", "case_closed": ""}
    assert found(facts) == ([("open_case", data)] if open_ else [])
    held = outcome(check(facts, BOOK, CONTEXT)) is NominationState.ON_HOLD
    assert held is open_


@pytest.mark.parametrize(
    ("name", "unit", "known"),
    [
        ("Tổ hòa giải", "commune", True),
        ("TỔ HOÀ GIẢI", "commune", True),
        ("Tổ hòa giải", "other", False),
        ("Tổ hòa giải 2", "commune", False),
    ],
)
def test_not_recognised_before_knows_the_title_in_any_spelling(name, unit, known):
    context = CheckContext(CLOSES, past_titles=frozenset({("commune", fold("Tổ hòa giải"))}))
    data = {"unit": "commune", "title": name}
    facts = replace(GOOD, name=name, unit_id=unit)
    assert found(facts, context) == ([("recognised_before", data)] if known else [])


def test_title_is_folded_by_the_contexts_function():
    context = CheckContext(
        CLOSES, past_titles=frozenset({("commune", "x")}), fold=lambda _title: "x"
    )
    assert [rule for rule, _ in found(GOOD, context)] == ["recognised_before"]


# --- outcome and correction ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("severities", "state"),
    [
        ((), NominationState.ELIGIBLE),
        ((Severity.WARN,), NominationState.ELIGIBLE),
        ((Severity.WARN, Severity.HOLD), NominationState.ON_HOLD),
        ((Severity.HOLD, Severity.BLOCK), NominationState.INELIGIBLE),
        ((Severity.BLOCK, Severity.WARN), NominationState.INELIGIBLE),
    ],
)
def test_outcome(severities, state):
    assert outcome([finding(severity) for severity in severities]) is state


_GRAVITY = [NominationState.ELIGIBLE, NominationState.ON_HOLD, NominationState.INELIGIBLE]
_SEVERITIES = st.lists(st.sampled_from(Severity), max_size=6)


@given(_SEVERITIES, _SEVERITIES)
def test_one_more_finding_never_makes_the_outcome_better(some, more):
    before = outcome([finding(severity) for severity in some])
    after = outcome([finding(severity) for severity in some + more])
    assert _GRAVITY.index(after) >= _GRAVITY.index(before)


@pytest.mark.parametrize(
    ("findings", "correctable"),
    [
        ([], False),
        ([("no_party_opinion", Severity.WARN)], False),
        ([("no_party_opinion", Severity.BLOCK)], True),
        ([("no_party_opinion", Severity.BLOCK), ("low_consent", Severity.BLOCK)], True),
        ([("no_party_opinion", Severity.BLOCK), ("late", Severity.BLOCK)], False),
        ([("no_party_opinion", Severity.BLOCK), ("late", Severity.WARN)], True),
        ([("open_case", Severity.HOLD)], False),
        ([("late", Severity.BLOCK)], False),
    ],
)
def test_correctable_when_everything_that_blocks_is(findings, correctable):
    made = [finding(severity, rule_id) for rule_id, severity in findings]
    assert is_correctable(made, BOOK) is correctable
