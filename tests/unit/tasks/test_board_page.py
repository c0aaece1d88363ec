"""What do leaders read on the board? Names, dates of the campaign's zone, and whom it waits for."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from schemas.views.board import CampaignView, ShownFunnel, ShownFunnelRow, StageView, Waiting
from tasks import board_page

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = datetime(2026, 11, 28, 18, 49, tzinfo=UTC)  # on the 29th, where the campaign is
NOW = datetime(2026, 11, 28, 17, 30, tzinfo=UTC)
NAME = "Dân vận khéo 2026 | [thử](http://evil.example) <b>"


def numbers(group: str, nominated: int) -> ShownFunnelRow:
    return ShownFunnelRow(
        group=group, nominated=nominated, ineligible=1, on_hold=2, voted=3, recognised=4
    )


@pytest.fixture
def view() -> CampaignView:
    stage = StageView(
        name="nomination",
        state="open",
        round=1,
        opens_at=NOW,
        due_at=DUE,
        approval_due_at=DUE,
        approved_at=None,
        required=1,
    )
    waiting = Waiting(
        stage="nomination", roles=("nominator",), what="nominations", count=5, until=DUE, since=NOW
    )
    return CampaignView(
        code="DVK-2026",
        name=NAME,
        state="running",
        playbook="dan-van-kheo",
        playbook_hash="",
        rehearsal=False,
        now=NOW,
        stages=(stage,),
        waiting=waiting,
        events=7,
        last_hash="",
    )


@pytest.fixture
def page(view: CampaignView) -> str:
    funnel = ShownFunnel(
        total=numbers("", 9),
        by_field=(numbers("Kinh tế", 4), numbers("Văn hóa | xã hội", 5)),
        by_subject_kind=(numbers("Tập thể", 9),),
    )
    return board_page.page(view, funnel, "vi", ZONE)


def test_page_names_the_campaign_and_whom_it_waits_for(page: str):
    assert page.startswith("# Dân vận khéo 2026 ")
    assert "Đề cử: chờ người đề cử gửi hồ sơ (đã nhận, chưa xét: 5)." in page
    assert "DVK-2026" in page


def test_times_are_those_of_the_campaigns_zone_which_is_named(page: str):
    assert "Hạn: 29/11/2026 01:49 (Asia/Ho_Chi_Minh)" in page
    assert "| Đề cử | Đang mở | 29/11/2026 00:30 | 29/11/2026 01:49 | 29/11/2026 01:49 |  |" in page
    assert "giờ theo Asia/Ho_Chi_Minh" in page
    assert "2026-11-28" not in page


def test_kinds_of_groups_stand_apart(page: str):
    field, kind = page.index("### Theo lĩnh vực"), page.index("### Theo loại đối tượng")

    assert field < page.index("| Kinh tế | 4 |") < kind < page.index("| Tập thể | 9 |")
    assert "∑" not in page


def test_what_people_have_written_is_no_markup(page: str):
    assert "\\[thử\\](http" in page
    assert "\\<b\\>" in page
    assert "Văn hóa \\| xã hội" in page


def test_row_of_the_table_is_in_words(view: CampaignView):
    row = board_page.row(view, "vi", ZONE, "vi")

    assert row["Phong trào"] == NAME
    assert row["Hạn"] == "29/11/2026 01:49 (Asia/Ho_Chi_Minh)"
    assert row["Giai đoạn"] == "Đề cử"
    assert row["Đang chờ"].startswith("Đề cử: chờ người đề cử")


def test_artifacts_say_what_they_are(view: CampaignView):
    assert "chờ ai" in board_page.about_all("vi")
    assert "Dân vận khéo 2026" in board_page.about(view, "vi")
    assert "whom" in board_page.about(view, "en")
