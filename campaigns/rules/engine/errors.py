"""Why is nothing backed up, or nothing restored? Named errors, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence

from language.errors import CampaignError


class ToolMissing(CampaignError):
    """A program of PostgreSQL's is not on the path."""

    def __init__(self, tool: str) -> None:
        super().__init__(
            f"{tool} is not installed here; it belongs to PostgreSQL's client programs (Debian: "
            "postgresql-client, of the server's version or newer).",
            f"Ở đây chưa cài {tool}; chương trình này thuộc bộ máy khách PostgreSQL (Debian: "
            "postgresql-client, cùng phiên bản máy chủ hoặc mới hơn).",
        )


class ToolFailed(CampaignError):
    """A program of PostgreSQL's has refused."""

    def __init__(self, tool: str, words: Sequence[str]) -> None:
        said = " ".join(words) or "no word"
        super().__init__(
            f"{tool} failed and nothing was changed: {said}",
            f"{tool} không thực hiện được, không thay đổi gì: {said}",
        )


class DatabaseNotEmpty(CampaignError):
    """A backup is restored into an empty database only."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"The database {place} holds an installation already; nothing was changed. Restore "
            "into a new, empty one: set THIDUA_DATABASE_URL to it.",
            f"Cơ sở dữ liệu {place} đã chứa một hệ thống; không thay đổi gì. Hãy phục hồi vào cơ "
            "sở dữ liệu mới, còn trống: đặt THIDUA_DATABASE_URL tới đó.",
        )


class BackupUnreadable(CampaignError):
    """A file is no backup, or not as it was written."""

    def __init__(self, file: object, problem: str, vietnamese: str) -> None:
        super().__init__(
            f"{file} cannot be restored: {problem}. Nothing was changed; take another backup.",
            f"Không phục hồi được từ {file}: {vietnamese}. Không thay đổi gì; hãy dùng bản sao "
            "lưu khác.",
        )


class BackupOfOtherKind(CampaignError):
    """A backup of SQLite goes into SQLite, one of PostgreSQL into PostgreSQL."""

    def __init__(self, backup: str, here: str) -> None:
        super().__init__(
            f"The backup is of {backup}, and this installation uses {here}; nothing was changed. "
            "Correct THIDUA_DATABASE_URL.",
            f"Bản sao lưu là của {backup}, còn hệ thống này dùng {here}; không thay đổi gì. Hãy "
            "sửa THIDUA_DATABASE_URL.",
        )


class HomeNotEmpty(CampaignError):
    """There is an installation where a backup is to be restored."""

    def __init__(self, home: object) -> None:
        super().__init__(
            f"{home} is not empty; nothing was changed. Set THIDUA_HOME to a new folder, or give "
            "--force: then the old one is moved aside, not deleted.",
            f"{home} không trống; không thay đổi gì. Hãy đặt THIDUA_HOME sang thư mục mới, hoặc "
            "thêm --force: thư mục cũ được dời sang bên, không bị xóa.",
        )


class HomeInUse(CampaignError):
    """The engine runs where a backup is to be restored."""

    def __init__(self, home: object) -> None:
        super().__init__(
            f"`thidua up` or another command runs in {home}; end it first.",
            f"`thidua up` hoặc lệnh khác đang chạy trong {home}; hãy dừng trước.",
        )


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
