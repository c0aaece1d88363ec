"""What may be more than the system takes: too much, too slow, too many at once, no room?"""

from __future__ import annotations

from language.errors import CampaignError


class ComeAgain(CampaignError):
    """Nothing is wrong with what was asked; it can be done later. `seconds` says when to try."""

    def __init__(self, english: str, vietnamese: str, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(english, vietnamese)


class FileMissing(CampaignError):
    """A form came without the file it is for."""

    def __init__(self) -> None:
        super().__init__(
            "The form holds no file: send it as the field `file` of multipart/form-data.",
            "Biểu mẫu không kèm tệp: hãy gửi tệp ở mục `file` của multipart/form-data.",
        )


class BodyTooLarge(CampaignError):
    """More bytes came than are taken at this address."""

    told_as = "too-large"

    def __init__(self, most: int) -> None:
        size = f"{most >> 20} MB"
        super().__init__(
            f"What was sent is larger than {size}, the most that is taken here; nothing was read. "
            "Send less at once; long lists go in parts.",
            f"Nội dung gửi lên lớn hơn {size}, mức tối đa ở địa chỉ này; chưa đọc gì. Hãy gửi ít "
            "hơn mỗi lần; danh sách dài hãy gửi từng phần.",
        )


class BodyTooDeep(CampaignError):
    """JSON has more levels inside each other than anything here has."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The JSON has more than {most} levels inside each other; nothing was read.",
            f"JSON lồng nhau quá {most} tầng; chưa đọc gì.",
        )


class BodyUnreadable(CampaignError):
    """JSON is not written in UTF-8."""

    def __init__(self) -> None:
        super().__init__(
            "JSON must be written in UTF-8, without NUL; nothing was read.",
            "JSON phải ghi bằng UTF-8, không có ký tự NUL; chưa đọc gì.",
        )


class BodyTooSlow(CampaignError):
    """What was announced did not come in time."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"What was announced did not come within {seconds} seconds; nothing was done.",
            f"Nội dung không đến đủ trong {seconds} giây; chưa làm gì.",
        )


class RequestsTooMany(ComeAgain):
    """As many requests are under way as this process carries out at once."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Too many requests are under way; nothing was done. Try again in {seconds} seconds.",
            f"Đang có quá nhiều yêu cầu; chưa làm gì. Hãy thử lại sau {seconds} giây.",
            seconds,
        )


class OwnRequestsTooMany(ComeAgain):
    """One person has as many requests under way as one may have."""

    def __init__(self, most: int, seconds: int) -> None:
        super().__init__(
            f"You have {most} requests under way already; nothing was done. Wait for their "
            f"answers, or try again in {seconds} seconds.",
            f"Bạn đang có {most} yêu cầu chưa xong; chưa làm gì. Hãy chờ kết quả, hoặc thử lại sau "
            f"{seconds} giây.",
            seconds,
        )


class ImportUnderWay(ComeAgain):
    """One file is taken in at a time, and another one is."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            f"Another file is being imported; nothing of yours was stored. Send it again in "
            f"{seconds} seconds.",
            f"Đang nhập một tệp khác; chưa lưu gì của tệp này. Hãy gửi lại sau {seconds} giây.",
            seconds,
        )


class DatabaseBusy(ComeAgain):
    """Another program holds the database."""

    def __init__(self, seconds: int = 5) -> None:
        super().__init__(
            "Another program holds the database (it is locked); nothing was stored. Try again in "
            f"{seconds} seconds; if it lasts, see which program has it open.",
            "Chương trình khác đang giữ cơ sở dữ liệu (đang khóa); chưa lưu gì. Hãy thử lại sau "
            f"{seconds} giây; nếu kéo dài, hãy xem chương trình nào đang mở nó.",
            seconds,
        )


class DatabaseAway(ComeAgain):
    """The database does not answer."""

    def __init__(self, seconds: int = 10) -> None:
        super().__init__(
            "The database cannot be reached or read; nothing was stored. See that it runs and that "
            "THIDUA_DATABASE_URL leads to it: `thidua doctor`. For a new installation: "
            "`thidua init`.",
            "Không kết nối hoặc không đọc được cơ sở dữ liệu; chưa lưu gì. Hãy xem nó có đang chạy "
            "và THIDUA_DATABASE_URL có đúng không: `thidua doctor`. Nếu là bản cài mới: "
            "`thidua init`.",
            seconds,
        )


class DatabaseNotWritable(ComeAgain):
    """The database may be read and not written."""

    def __init__(self, seconds: int = 60) -> None:
        super().__init__(
            "This user may not write the database, or its folder is not there; nothing was "
            "stored. Look at the folder THIDUA_HOME and its permissions, or at those of the "
            "database's user.",
            "Người dùng này không được ghi cơ sở dữ liệu, hoặc thư mục của nó không có; chưa lưu "
            "gì. Hãy xem thư mục THIDUA_HOME và quyền của nó, hoặc quyền của người dùng cơ sở dữ "
            "liệu.",
            seconds,
        )


class StorageFull(ComeAgain):
    """There is no room left on the disk."""

    def __init__(self, seconds: int = 60) -> None:
        super().__init__(
            "The disk is full; nothing was stored, and nothing was written halfway. Free some of "
            "it, then do it again.",
            "Ổ đĩa đã đầy; chưa lưu gì, không có gì bị ghi dở. Hãy giải phóng đĩa rồi làm lại.",
            seconds,
        )
