"""What goes wrong is said in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from campaigns.rules import errors
from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.appraisal.conflicts import Nearness
from campaigns.rules.appraisal.errors import ReviewerConflicted, ReviewersTooFew, ReviewIncomplete
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.launch.errors import (
    CampaignExists,
    CampaignNotFound,
    CampaignNotNamed,
    LaunchNotAllowed,
    StageNotFound,
)
from campaigns.rules.mail.errors import MessagesNotReleasable
from campaigns.rules.playbook.errors import PlaybookNotFound
from campaigns.rules.recognition.errors import QuorumMissing
from cli.terminal import hints
from language import _
from language.errors import Refusal

ACT = _("launch a campaign")
SAID: list[tuple[Callable[[], Refusal], str]] = [
    (
        lambda: errors.TransitionNotAllowed("stage", "launch", "approved", "return", []),
        'Giai đoạn Phát động đang ở trạng thái "Đã phê duyệt"',
    ),
    (lambda: errors.StateStale("nomination"), "Hồ sơ vừa được người khác thay đổi"),
    (lambda: CampaignNotFound("X", []), "Không có phong trào 'X'"),
    (lambda: CampaignNotNamed(["A", "B"]), "Hãy nêu phong trào bằng --campaign"),
    (lambda: CampaignExists("A"), "Đã có phong trào A với kịch bản khác"),
    (
        lambda: LaunchNotAllowed("A", [_("no coordinator is appointed (import people)")]),
        "phong trào A: chưa có điều phối viên",
    ),
    (
        lambda: PersonNotAppointed("P1", ACT, ["leader"]),
        "P1 không được phát động phong trào",
    ),
    (
        lambda: ReviewersTooFew({"A": 0}, 5),
        "1 hồ sơ có ít hơn 5 người thẩm định không xung đột lợi ích: A: còn 0 người",
    ),
    (lambda: ReasonMissing(_("Returning a stage")), "phải nêu lý do"),
    (lambda: StageNotFound("x", ["launch"]), "Không có giai đoạn 'x'"),
    (lambda: PlaybookNotFound("x", ["a"]), "Không có kịch bản 'x'"),
    (lambda: QuorumMissing(7, 10, 15), "Có mặt 7/15 thành viên, cần 10"),
    (lambda: ReviewIncomplete(["P1 on A: C1"]), "1 phiếu chấm thiếu điểm"),
    (
        lambda: ReviewerConflicted([("P1", "A", Nearness.ADDRESS)]),
        "1 phiếu chấm là của người có xung đột lợi ích: P1 chấm A",
    ),
    (lambda: MessagesNotReleasable("x", ["y"]), "Điều phối viên cho gửi: y"),
]


@pytest.mark.parametrize(("made", "words"), SAID)
def test_error_is_said_in_vietnamese(made: Callable[[], Refusal], words: str) -> None:
    assert words in hints.said(made(), "vi")


@pytest.mark.parametrize(("made", "words"), SAID)
def test_error_is_said_in_english(made: Callable[[], Refusal], words: str) -> None:
    error = made()
    assert error.say("en") == str(error)
    assert words not in hints.said(error, "en")
