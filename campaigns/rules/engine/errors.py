"""What keeps an installation from being used as it is?"""

from __future__ import annotations

from collections.abc import Sequence

from language.errors import CampaignError


class HomeNotReady(CampaignError):
    """The installation's database is missing or of another version."""


class ReferencesBroken(CampaignError):
    """Rows point to rows that are not there; the database was left as it was."""

    def __init__(self, broken: Sequence[tuple[str, int]], *, were_before: bool) -> None:
        self.broken, self.were_before = tuple(broken), were_before
        listed = ", ".join(f"{where} ({many})" for where, many in broken)
        if were_before:
            super().__init__(
                f"Rows of the database point to rows that are not there: {listed}. They did so "
                "before the upgrade, so somebody has changed the database by hand; nothing was "
                "changed. Restore a backup, or put the missing rows back, then run `thidua db "
                "upgrade` again.",
                f"Có dòng trong cơ sở dữ liệu trỏ tới dòng không tồn tại: {listed}. Tình trạng này "
                "có từ trước khi nâng cấp, tức là ai đó đã sửa cơ sở dữ liệu bằng tay; không thay "
                "đổi gì. Hãy phục hồi bản sao lưu, hoặc bổ sung các dòng bị thiếu, rồi chạy lại "
                "`thidua db upgrade`.",
            )
            return
        super().__init__(
            f"The upgrade would leave rows that point to nothing: {listed}. Nothing was changed; "
            "go on with the program before, and report it with these words.",
            f"Nâng cấp sẽ để lại dòng trỏ tới dòng không tồn tại: {listed}. Không thay đổi gì; hãy "
            "dùng tiếp chương trình bản trước và báo lại nguyên văn nội dung này.",
        )
