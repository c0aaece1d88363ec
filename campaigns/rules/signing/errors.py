"""Why does a one-time code not confirm an act, and what is to be done then?"""

from __future__ import annotations

from datetime import datetime

from language import _
from language.errors import CampaignError

_NOTHING_EN = "Nothing was decided; your reason is still below."
_NOTHING_VI = "Chưa quyết định điều gì; lý do đã viết vẫn còn bên dưới."
_ASK_EN = "Have a new code sent."
_ASK_VI = "Hãy bấm gửi mã mới."
ACTS = {
    "approve": _("approve"),
    "return": _("return"),
    "abstain": _("abstain"),
}
"""How the page and the mail name what a code confirms."""


def _with_rest(english: str, vietnamese: str) -> tuple[str, str]:
    """Say as well that nothing was decided, and that nothing typed is lost."""
    return f"{english} {_NOTHING_EN}", f"{vietnamese} {_NOTHING_VI}"


class CodeNotAsked(CampaignError):
    """The act needs a code, and none was asked for by this link."""

    def __init__(self) -> None:
        super().__init__(
            *_with_rest(
                "A decision here needs a one-time code. Choose what you decide, then have it sent.",
                "Quyết định ở đây cần mã dùng một lần. Hãy chọn quyết định rồi bấm gửi mã.",
            )
        )


class CodeIncomplete(CampaignError):
    """What was typed cannot be a code; it counts as no try."""

    def __init__(self, digits: int) -> None:
        super().__init__(
            *_with_rest(
                f"A code has {digits} digits. Copy it from the newest mail, whole.",
                f"Mã gồm {digits} chữ số. Hãy chép đủ từ thư mới nhất.",
            )
        )


class CodeWrong(CampaignError):
    """It is another number than was sent last."""

    def __init__(self, left: int) -> None:
        super().__init__(
            *_with_rest(
                f"The code is wrong; {left} tries are left. Only the newest mail's code counts.",
                f"Mã không đúng; còn {left} lần thử. Chỉ mã trong thư mới nhất dùng được.",
            )
        )


class CodeVoid(CampaignError):
    """It was tried too often."""

    def __init__(self, tries: int) -> None:
        super().__init__(
            *_with_rest(
                f"The code was typed wrong {tries} times and is void. {_ASK_EN}",
                f"Mã đã bị nhập sai {tries} lần nên không dùng được nữa. {_ASK_VI}",
            )
        )


class CodeUsed(CampaignError):
    """It has confirmed an act already."""

    def __init__(self) -> None:
        super().__init__(
            *_with_rest(
                f"The code was used already; a code confirms one act. {_ASK_EN}",
                f"Mã đã được dùng; mỗi mã chỉ dùng một lần. {_ASK_VI}",
            )
        )


class CodeExpired(CampaignError):
    """Its time is over."""

    def __init__(self) -> None:
        super().__init__(
            *_with_rest(f"The time of the code is over. {_ASK_EN}", f"Mã đã hết hạn. {_ASK_VI}")
        )


class CodeOfOtherAct(CampaignError):
    """It was asked for to do something else."""

    def __init__(self, act: str) -> None:
        en, vi = ACTS[act].say("en"), ACTS[act].say("vi")
        super().__init__(
            *_with_rest(
                f"The code that was sent is good to {en}, and for nothing else. {_ASK_EN}",
                f"Mã đã gửi chỉ dùng để {vi}, không dùng cho việc khác. {_ASK_VI}",
            )
        )


class CodesTooMany(CampaignError):
    """As many as may were asked for within an hour."""

    def __init__(self, number: int, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__(
            *_with_rest(
                f"{number} codes were asked for within an hour; the next one can be had from "
                f"{again_at:%H:%M %Z} on. If you did not ask for them, somebody else has your "
                "link: have the coordinating unit revoke it, a new one comes by mail.",
                f"Đã gửi {number} mã trong một giờ; từ {again_at:%H:%M %Z} mới gửi được mã nữa. "
                "Nếu ông/bà không yêu cầu các mã đó thì có người khác đang giữ liên kết của "
                "ông/bà: hãy báo đơn vị điều phối thu hồi, liên kết mới sẽ được gửi bằng thư.",
            )
        )


class CodeNotWanted(CampaignError):
    """The stage is approved without codes."""

    def __init__(self) -> None:
        super().__init__(
            "This stage asks for no code: confirm your decision without one.",
            "Giai đoạn này không cần mã: hãy xác nhận quyết định mà không cần mã.",
        )


class CodeNotSendable(CampaignError):
    """No mail to the person leaves now, and a code that comes too late is no good."""

    def __init__(self, until: datetime | None) -> None:
        en = f" before {until:%d/%m/%Y %H:%M %Z}" if until else ""
        vi = f" trước {until:%d/%m/%Y %H:%M %Z}" if until else ""
        super().__init__(
            *_with_rest(
                f"No code can be sent to you{en}: the mail server takes no mail, or none for your "
                "address. Try again later, or ask the coordinating unit.",
                f"Chưa gửi được mã cho ông/bà{vi}: máy chủ thư không nhận thư, hoặc địa chỉ của "
                "ông/bà không nhận được thư. Xin thử lại sau, hoặc hỏi đơn vị điều phối.",
            )
        )
