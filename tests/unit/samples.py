"""A small playbook for the tests of the rules, and the tables of the example campaign."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from campaigns.rules import eligibility  # noqa: F401 - the kinds of the rules below
from schemas.playbook.judging import Rubric, VoteRule
from schemas.playbook.playbook import Playbook

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
EXPECTED = ROOT / "tests" / "expected"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSES = datetime(2023, 9, 15, 17, 0, 0, tzinfo=ZONE)

ITEMS = [
    {"id": "code", "header": "Mã hồ sơ", "type": "code", "role": "code"},
    {"id": "kind", "header": "Loại", "type": "subject_kind", "role": "subject_kind"},
    {"id": "name", "header": "Tên", "type": "text", "role": "name"},
    {"id": "unit_id", "header": "Đơn vị", "type": "unit", "role": "unit"},
    {"id": "nominated_by", "header": "Đề nghị", "type": "unit", "role": "nominated_by"},
    {"id": "start_date", "header": "Ngày bắt đầu", "type": "date"},
    {"id": "registered", "header": "Đăng ký", "type": "yes_no"},
    {"id": "party_opinion", "header": "Cấp ủy", "type": "yes_no"},
    {"id": "consent_pct", "header": "Đồng thuận", "type": "percent"},
    {"id": "case_opened", "header": "Phát sinh", "type": "date"},
    {"id": "case_closed", "header": "Kết thúc", "type": "date"},
]


def _rule(identity: str, check: str, **given: Any) -> dict[str, Any]:
    return {"id": identity, "check": check, "source": "constructed", "reason": identity, **given}


RULES = [
    _rule("late", "submitted_by_deadline"),
    _rule("over_quota", "rank_within_quota"),
    _rule("not_registered", "answer_is", item="registered"),
    _rule("no_party_opinion", "answer_is", item="party_opinion", correctable=True, version=2),
    _rule("too_short", "running_since", item="start_date", months=6, before="2023-09-15"),
    _rule("low_consent", "at_least", item="consent_pct", minimum="80", correctable=True),
    _rule("open_case", "case_closed", opened="case_opened", closed="case_closed", severity="hold"),
    _rule("recognised_before", "not_recognised_before", severity="warn"),
]

RUBRIC: dict[str, Any] = {
    "criteria": [
        {"code": f"C{number}", "name": {"vi": f"C{number}"}, "maximum": maximum}
        for number, maximum in enumerate((10, 5, 15, 10, 20, 15, 15, 5, 5), start=1)
    ]
}

_STAGE_DATES = {
    "launch": ("2023-02-06T07:30:00", "2023-02-08T17:00:00"),
    "nomination": ("2023-08-21T00:00:00", "2023-09-15T17:00:00"),
    "appraisal": ("2023-09-19T07:30:00", "2023-09-29T17:00:00"),
    "recognition": ("2023-10-03T07:30:00", "2023-10-05T17:00:00"),
    "replication": ("2023-10-16T07:30:00", "2024-12-31T17:00:00"),
}

_PLAYBOOK: dict[str, Any] = {
    "playbook": "sample",
    "version": 1,
    "name": "Mẫu",
    "code": "SAMPLE-2023",
    "source": "constructed",
    "coordinator_unit": "board",
    "subject_kinds": [{"id": "model", "name": "Mô hình"}],
    "form": {"items": ITEMS},
    "rules": RULES,
    "quota": {"per_unit_kind": {"district": 15}, "other": 5},
    "rubric": RUBRIC,
    "vote": {"quorum": "2/3", "threshold": "0.7", "source": "constructed"},
    "calendar": {
        **{
            stage: {"opens": opens, "closes": closes, "approval": closes}
            for stage, (opens, closes) in _STAGE_DATES.items()
        },
        "sessions": [{"number": 1, "starts": "2023-10-05T07:30:00"}],
        "results_released": "2023-10-13T08:00:00",
    },
    "approvals": {
        stage: {"roles": ["leader"], "required": 2 if stage == "recognition" else 1}
        for stage in _STAGE_DATES
    },
    "decision": {"issuer_unit": "board", "series": "B"},
}


def playbook(**changes: Any) -> Playbook:
    return Playbook.model_validate(_PLAYBOOK | changes)


def without_appraisal() -> Playbook:
    calendar = {key: dates for key, dates in _PLAYBOOK["calendar"].items() if key != "appraisal"}
    return playbook(rubric=None, calendar=calendar)


def rubric(**changes: Any) -> Rubric:
    return Rubric.model_validate(RUBRIC | changes)


def vote_rule(**changes: Any) -> VoteRule:
    return VoteRule.model_validate(_PLAYBOOK["vote"] | changes)


def rows(path: str) -> list[dict[str, str]]:
    with (EXAMPLES / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXPECTED / name).read_text(encoding="utf-8"))
    return found
