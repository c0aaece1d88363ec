"""Why is an amendment of a running campaign not taken?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigns.rules.playbook.amendment_words import REASONS
from campaigns.rules.playbook.amendments import Settled
from language.errors import CampaignError
from schemas.vocabulary import label


class AmendmentRefused(CampaignError):
    """The amendment changes what is decided already; every such key is named at once."""

    def __init__(self, refused: Mapping[str, Settled]) -> None:
        self.refused = dict(refused)
        said = {
            language: "; ".join(
                f"{name}: {REASONS[why].say(language)}" for name, why in refused.items()
            )
            for language in ("vi", "en")
        }
        super().__init__(
            f"Nothing was amended, since this is settled already: {said['en']}. Leave it as it is "
            "in the playbook, and amend the rest.",
            f"Chưa sửa đổi gì, vì những nội dung sau không còn sửa được: {said['vi']}. Hãy giữ "
            "nguyên các nội dung này trong kịch bản rồi sửa đổi phần còn lại.",
        )


class AmendmentStale(CampaignError):
    """Another amendment came in between; what it changed is named."""

    def __init__(self, base: int, present: int, changed: Sequence[str]) -> None:
        self.base, self.present, self.changed = base, present, tuple(changed)
        what = ", ".join(changed)
        super().__init__(
            f"The playbook is at version {present} by now, and this amendment was made from "
            f"version {base}; nothing was changed. Changed in between: {what}. Take the present "
            "version with `thidua campaign playbook --out FILE`, and amend that.",
            f"Kịch bản nay đã ở phiên bản {present}, còn bản sửa đổi này dựa trên phiên bản "
            f"{base}; không thay đổi gì. Đã sửa trong thời gian đó: {what}. Hãy xuất phiên bản "
            "hiện hành bằng `thidua campaign playbook --out TỆP` rồi sửa trên bản đó.",
        )


class AmendmentNotPossible(CampaignError):
    """The campaign is over: nothing in it follows a playbook any more."""

    def __init__(self, code: str, state: str) -> None:
        super().__init__(
            f"Campaign {code} is {state}; its playbook is amended no more. For a new campaign, "
            "create one with the changed playbook.",
            f'Phong trào {code} ở trạng thái "{label(state, "vi")}" nên không sửa đổi kịch bản '
            "nữa. Nếu cần, hãy tạo phong trào mới với kịch bản đã sửa.",
        )


class PlaybookVersionNotFound(CampaignError):
    """The campaign has no such version of its playbook."""

    def __init__(self, version: int, present: int) -> None:
        super().__init__(
            f"There is no version {version} of the playbook; the versions are 1 to {present}.",
            f"Kịch bản không có phiên bản {version}; các phiên bản là 1 đến {present}.",
        )
