"""What may go wrong with adoptions?"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.rules.listing import listed
from language.errors import CampaignError


class AdoptionDatesDisordered(CampaignError):
    """The dates of an adoption's steps are not in their order."""

    def __init__(self, earlier: str, later: str, earlier_on: str, later_on: str) -> None:
        super().__init__(
            f"{later} on {later_on} is before {earlier} on {earlier_on}; correct one of the dates."
        )


class AdoptionNotCommitted(CampaignError):
    """The adoption was asked about on a day before its commitment."""

    def __init__(self, on: str, committed_on: str) -> None:
        super().__init__(
            f"On {on} the adoption did not exist: it was committed on {committed_on}; ask about "
            "that day or a later one."
        )


class AdoptionNotFound(CampaignError):
    """An adoption, or the one it was copied from, is not known."""

    def __init__(self, identity: str, named_by: str = "") -> None:
        where = f", named as the parent of {named_by}" if named_by else ""
        super().__init__(
            f"There is no adoption {identity!r}{where}; record it first or correct the id."
        )


class AdoptionCycleFound(CampaignError):
    """Adoptions were copied from one another in a circle."""

    def __init__(self, circle: Sequence[str]) -> None:
        super().__init__(
            f"Adoptions are copied from one another in a circle: {' <- '.join(circle)}; correct "
            "the parent of one of them."
        )


class AdoptionContradicted(CampaignError):
    """Replications that are stored already come again with other facts."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            "These replications are stored already with other facts: "
            f"{listed(places, 'en')}. Nothing was changed: a date that is stored stays, later "
            "steps are added. Correct the file, or take the next step from there.",
            "Các việc nhân rộng sau đã lưu với nội dung khác: "
            f"{listed(places, 'vi')}. Không thay đổi gì: ngày đã lưu giữ nguyên, chỉ ghi thêm "
            "bước sau. Hãy sửa tệp cho khớp, hoặc báo bước tiếp theo.",
        )
