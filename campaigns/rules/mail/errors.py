"""What may go wrong when messages are released?"""

from __future__ import annotations

from collections.abc import Sequence

from language.errors import CampaignError


class MessagesNotReleasable(CampaignError):
    """Messages of this template are not a coordinator's to release."""

    def __init__(self, template: str, held: Sequence[str]) -> None:
        can = ", ".join(held) or "none in this campaign"
        super().__init__(
            f"Messages {template!r} are not released by hand: the approval of their stage lets "
            f"them go. A coordinator releases: {can}.",
            f"Thư {template!r} không cho gửi bằng tay: thư đi khi giai đoạn được phê duyệt. "
            f"Điều phối viên cho gửi: {can}.",
        )
