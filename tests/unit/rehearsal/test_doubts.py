"""What a coordinator is asked to look at before a launch, and what not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from campaigns.rules.deadlines.calendar import vietnam
from campaigns.rules.rehearsal.doubts import FLOOD, REMINDERS, Facts, day_remark, doubts
from campaigns.services.playbook.library import load_playbook
from schemas.outcomes import Remark
from schemas.playbook.approvals import ApprovalPolicy
from schemas.views.preview import PostedMail

PLAYBOOK = load_playbook("dan-van-kheo")
GOOD = Facts(
    people_without_address=(),
    units_without_address=(),
    units_without_nominator=(),
    places=20,
    reviewers=12,
    approvers=dict.fromkeys(
        ("launch", "nomination", "appraisal", "recognition", "replication"), (3,)
    ),
    too_few=(),
    waits_for="",
)


def mail(**changes: Any) -> PostedMail:
    values: dict[str, Any] = {
        "at": datetime(2023, 9, 15, 8),  # noqa: DTZ001 - local, as the page says it
        "template": "reminder",
        "to_name": "Lan",
        "to_address": "lan@example.org",
        "subject": "",
        "text": "",
        "file": "messages/1.eml",
    }
    return PostedMail(**values | changes)


def test_nothing_is_asked_where_all_is_well() -> None:
    assert doubts(PLAYBOOK, GOOD, [mail()] * FLOOD) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"waits_for": "Thẩm định (reviews)"}, "dừng ở: Thẩm định"),
        ({"people_without_address": ["Lan (P1)"]}, "1 người chưa có địa chỉ thư"),
        ({"units_without_address": ["Xã A", "Xã B"]}, "2 đơn vị được thông báo"),
        ({"units_without_nominator": ["Huyện A"]}, "chưa có người đề cử"),
        (
            {"too_few": [Remark(code="reviewers_few", what="huyen-a: 2", count=1, of=5)]},
            "còn dưới 5 người thẩm định không xung đột lợi ích (huyen-a: 2)",
        ),
        ({"places": None}, "không bị giới hạn chỉ tiêu"),
        ({"places": 500}, "mỗi người thẩm định chấm 209 phiếu"),
        ({"approvers": {**GOOD.approvers, "launch": (1,)}}, "Giai đoạn Phát động"),
    ],
)
def test_doubt_is_told(changes: dict[str, Any], said: str) -> None:
    (doubt,) = doubts(PLAYBOOK, replace(GOOD, **changes), [])

    assert said in doubt.say("vi")
    assert doubt.say("en")


def test_each_group_of_approvers_needs_somebody_to_stand_in() -> None:
    steps = [{"roles": ["leader"]}, {"people": ["P1", "P2"], "required": 2}]
    approvals = PLAYBOOK.approvals.model_copy(
        update={"recognition": ApprovalPolicy.model_validate({"steps": steps})}
    )
    playbook = PLAYBOOK.model_copy(update={"approvals": approvals})
    facts = replace(GOOD, approvers={**GOOD.approvers, "recognition": (3, 2)})

    (doubt,) = doubts(playbook, facts, [])

    assert "bước 2: ngoài người phát động chỉ có 2 người phê duyệt được, cần 2" in doubt.say("vi")


def test_flood_of_mails_to_one_person_is_told_with_its_day() -> None:
    (doubt,) = doubts(PLAYBOOK, GOOD, [mail()] * (FLOOD + 1))

    assert f"Lan (15/09/2023: {FLOOD + 1})" in doubt.say("vi")


def test_day_of_many_reminders_is_told() -> None:
    mails = [
        mail(template="deadline-reminder", to_name=f"Xã {number}")
        for number in range(REMINDERS + 1)
    ]
    (doubt,) = doubts(PLAYBOOK, GOOD, mails)

    assert f"15/09/2023: {REMINDERS + 1}" in doubt.say("vi")


def test_mail_without_address_is_counted() -> None:
    (doubt,) = doubts(PLAYBOOK, GOOD, [mail(to_address="", problem="không có địa chỉ")])

    assert doubt.say("vi").startswith("1 thư không gửi được")


def test_holiday_is_named() -> None:
    calendar = vietnam([2026])

    assert day_remark(date(2026, 9, 2), calendar) == "Quốc khánh"
    assert day_remark(date(2026, 9, 5), calendar) == "Ngày nghỉ cuối tuần"
    assert day_remark(date(2026, 9, 7), calendar) == ""
