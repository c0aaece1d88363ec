"""What may go wrong with who asks, and with how they ask?"""

from __future__ import annotations

from collections.abc import Sequence

from language import Text
from language.errors import CampaignError
from schemas.vocabulary import label

_LISTED = 40
"""Values named in a message."""


class PersonNotFound(CampaignError):
    """Nobody has this id."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"There is no person {person!r}; import people first, or correct the id.",
            f"Không có người nào mang mã {person!r}; hãy nhập danh sách nhân sự hoặc sửa mã.",
        )


class ScopeNotKnown(CampaignError):
    """A word names no scope of a token."""

    def __init__(self, scope: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(
            f"There is no scope {scope!r}; scopes: {listed}.",
            f"Không có phạm vi {scope!r}; các phạm vi: {listed}.",
        )


class TokenNotFound(CampaignError):
    """No token of this number is in force."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"No token {number} is in force; `thidua token list` shows those there are.",
            f"Không có mã truy cập số {number} còn hiệu lực; xem bằng `thidua token list`.",
        )


class TokenNotValid(CampaignError):
    """The token is missing, unknown, expired or revoked."""

    def __init__(self) -> None:
        super().__init__(
            "The token is missing, unknown, expired or revoked; send a good one as "
            "`Authorization: Bearer …`. Tokens are made with `thidua token create`.",
            "Thiếu mã truy cập, hoặc mã không đúng, đã hết hạn hay bị thu hồi; hãy gửi mã còn hiệu "
            "lực trong `Authorization: Bearer …`. Mã được tạo bằng `thidua token create`.",
        )


class ScopeMissing(CampaignError):
    """The token is not for this."""

    def __init__(self, scope: str, have: Sequence[str]) -> None:
        listed = ", ".join(have) or "-"
        super().__init__(
            f"This takes a token with the scope {scope}; yours has: {listed}.",
            f"Việc này cần mã truy cập có phạm vi {scope}; mã của bạn có: {listed}.",
        )


class UnitNotYours(CampaignError):
    """A nominator acts for another unit."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            f"You nominate for {unit}; nominations of other units are not yours to send or see.",
            f"Bạn đề cử cho đơn vị {unit}; không gửi hay xem được hồ sơ của đơn vị khác.",
        )


class ThingNotFound(CampaignError):
    """There is nothing of this name here, or it is not yours to see."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"There is no {what} here, or it is not yours to see.",
            f"Không có {what} ở đây, hoặc bạn không được xem.",
        )


class VersionStale(CampaignError):
    """The thing was changed since it was read (`If-Match`)."""

    def __init__(self) -> None:
        super().__init__(
            "It was changed since you read it; nothing was stored. Read it again and repeat the "
            "act with the new ETag if it is still wanted.",
            "Nội dung đã thay đổi sau khi bạn đọc; chưa lưu gì. Hãy đọc lại và làm lại với ETag "
            "mới nếu vẫn cần.",
        )


class VersionMissing(CampaignError):
    """A new version of something came without saying of which."""

    def __init__(self) -> None:
        super().__init__(
            "This changes what is there already: send `If-Match` with the ETag you read.",
            "Việc này thay đổi hồ sơ đã có: hãy gửi `If-Match` với ETag đã đọc.",
        )


class KeyReused(CampaignError):
    """An idempotency key came with another content than before."""

    def __init__(self) -> None:
        super().__init__(
            "This command_id was used for another request before; nothing was changed. Send each "
            "act with an id of its own.",
            "command_id này đã dùng cho một yêu cầu khác; không thay đổi gì. Mỗi việc cần một mã "
            "riêng.",
        )


class WorkbookTooLarge(CampaignError):
    """A workbook has more bytes than a unit may send."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The workbook has more than {most >> 20} MB; nothing was stored. Leave out pictures "
            "and formatted empty rows, or send several files.",
            f"Tệp lớn hơn {most >> 20} MB; chưa lưu gì. Hãy bỏ hình ảnh và các dòng trống có định "
            "dạng, hoặc chia thành nhiều tệp.",
        )


class WorkbookTypeWrong(CampaignError):
    """The body is not said to be a workbook."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"Send the workbook (.xlsx) itself as the body, with `Content-Type: {wanted}`.",
            f"Hãy gửi chính sổ tính (.xlsx) làm nội dung, với `Content-Type: {wanted}`.",
        )


class AttemptsTooMany(CampaignError):
    """One address has tried more often in a minute than it may."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            f"Too many attempts from your address; nothing was changed. Try again in {seconds} "
            "seconds.",
            f"Địa chỉ mạng của bạn truy cập quá nhiều lần; không có gì thay đổi. Hãy thử lại sau "
            f"{seconds} giây.",
        )


class CursorNotValid(CampaignError):
    """The cursor is not one of ours."""

    def __init__(self) -> None:
        super().__init__(
            "The cursor is not one of this list; take it from `next` of the page before.",
            "Con trỏ trang không thuộc danh sách này; hãy lấy từ `next` của trang trước.",
        )


class WebhookUrlRefused(CampaignError):
    """The address cannot be told of events."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url!r} is no address for a webhook: give an https address without a user name. "
            "THIDUA_WEBHOOK_PRIVATE=true also allows http and addresses of one's own network.",
            f"{url!r} không dùng làm địa chỉ webhook được: hãy cho địa chỉ https, không kèm tên "
            "người dùng. THIDUA_WEBHOOK_PRIVATE=true cho phép cả http và địa chỉ mạng nội bộ.",
        )


class QueryUnknown(CampaignError):
    """An address asks by a word that is not known there."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = ", ".join(known) or "-"
        super().__init__(
            f"There is no parameter {name!r} here; nothing was looked for. Parameters: {listed}.",
            f"Ở đây không có tham số {name!r}; chưa tìm gì. Các tham số: {listed}.",
        )


class FilterUnknown(CampaignError):
    """A list is asked for by a value that nothing has or can have."""

    def __init__(self, name: str, value: str, known: Sequence[str]) -> None:
        listed = ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else "")
        more = f" Known: {listed}." if known else ""
        said = f" Có: {listed}." if known else ""
        super().__init__(
            f"{name}: there is no {value!r}.{more}", f"{name}: không có {value!r}.{said}"
        )


class HostUnknown(CampaignError):
    """The request is for another host than this installation has."""

    def __init__(self) -> None:
        super().__init__(
            "This address is none of this installation's: open the one in THIDUA_PUBLIC_URL, or "
            "add the name to THIDUA_TRUSTED_HOSTS.",
            "Địa chỉ này không phải của hệ thống: hãy mở địa chỉ trong THIDUA_PUBLIC_URL, hoặc "
            "thêm tên máy vào THIDUA_TRUSTED_HOSTS.",
        )


class PersonNotAppointed(CampaignError):
    """The person has no role that allows the act."""

    def __init__(self, person: str, act: Text, roles: Sequence[str]) -> None:
        wanted = ", ".join(label(role, "vi").lower() for role in roles)
        super().__init__(
            f"{person} may not {act.say('en')}: today it takes the role {' or '.join(roles)}.",
            f"{person} không được {act.say('vi')}: hôm nay việc này cần vai trò {wanted}.",
        )
