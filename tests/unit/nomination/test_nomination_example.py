"""The nominations of 2023 come to the findings that are expected of them."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from campaigns.rules.eligibility import check, outcome
from campaigns.rules.nomination.receiving import CheckContext, NominationFacts
from schemas.vocabulary import NominationState, Severity
from tests.unit.samples import CLOSES, ZONE, expected, playbook, rows

BOOK = playbook()
CONTEXT = CheckContext(closes_at=CLOSES)


def _example() -> list[NominationFacts]:
    kinds = {row["id"]: row["kind"] for row in rows("ben-tre-2023/units.csv")}

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    return [
        NominationFacts(
            code=row["Mã hồ sơ"],
            name=row["Tên mô hình / điển hình"],
            unit_id=row["Mã đơn vị thực hiện"],
            nominated_by_id=row["Mã đơn vị đề nghị"],
            nominating_kind=kinds[row["Mã đơn vị đề nghị"]],
            rank=int(row["Thứ tự ưu tiên"]),
            submitted_at=datetime.fromisoformat(row["Thời điểm nộp"]).replace(tzinfo=ZONE),
            answers={
                "start_date": day(row["Ngày bắt đầu"]),
                "registered": row["Đã đăng ký đầu năm"] == "Có",
                "party_opinion": row["Ý kiến cấp ủy"] == "Có",
                "consent_pct": Decimal(row["Tỷ lệ người dân đồng thuận (%)"] or "80"),
                "case_opened": day(row["Ngày phát sinh"]),
                "case_closed": day(row["Ngày kết thúc"]),
            },
        )
        for row in rows("ben-tre-2023/nominations-2023.csv")
    ]


def test_nominations_of_the_example_come_to_the_expected_findings():
    wanted = expected("ben-tre-2023.json")
    by_reason: dict[str, list[str]] = defaultdict(list)
    states: dict[NominationState, list[str]] = defaultdict(list)
    for facts in _example():
        findings = check(facts, BOOK, CONTEXT)
        states[outcome(findings)].append(facts.code)
        for each in findings:
            if each.severity is Severity.BLOCK:
                by_reason[each.rule_id].append(facts.code)
    assert by_reason == wanted["ineligible"]["by_reason"]
    assert states[NominationState.ON_HOLD] == wanted["on_hold"]["codes"]
    assert len(states[NominationState.ELIGIBLE]) == wanted["voted"]["total"]
