"""What may go wrong when a campaign is given up?"""

from __future__ import annotations

from campaigns.rules.errors import CampaignError


class CancellationNotAllowed(CampaignError):
    """Who launched a campaign may not cancel it alone."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"{person} launched this campaign and may not cancel it alone: another approver of the "
            "launch does that.",
            f"{person} là người phát động phong trào này nên không tự hủy được: cần một người phê "
            "duyệt phát động khác thực hiện.",
        )
