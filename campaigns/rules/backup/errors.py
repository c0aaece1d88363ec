"""Why is nothing backed up, or nothing restored?"""

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
