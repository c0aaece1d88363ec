"""What may go wrong when a person changes where a nomination stands?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from language.errors import CampaignError

_TOLD: Final = 5


class WithdrawalTooLate(CampaignError):
    """The council has voted on the nomination; it gets its result."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The council has voted on {code}, so it gets its result and cannot be withdrawn. Once "
            "it is recognised, an approver of the recognition can take that back with `thidua "
            "nomination revoke`.",
            f"Hội đồng đã biểu quyết hồ sơ {code} nên hồ sơ sẽ có kết quả, không rút được nữa. Nếu "
            "được công nhận, người phê duyệt giai đoạn công nhận có thể thu hồi bằng `thidua "
            "nomination revoke`.",
        )


class VotingBegun(CampaignError):
    """The council votes: what units withdrew now would not be judged with the others."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"The council has begun to vote, so {code} gets its result and its unit cannot "
            "withdraw it any more. Ask the coordinator if it must not stand.",
            f"Hội đồng đã bắt đầu biểu quyết nên hồ sơ {code} sẽ có kết quả, đơn vị không rút được "
            "nữa. Nếu hồ sơ không được giữ lại, hãy liên hệ điều phối viên.",
        )


class ReviewsOver(CampaignError):
    """No more reviews of the nomination are taken."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} has its reviews and its appraisal is over; no review of it is taken any more.",
            f"Hồ sơ {code} đã có đủ phiếu chấm và đã thẩm định xong; không nhận thêm phiếu nào.",
        )


class HoldTooLate(CampaignError):
    """The campaign has gone on without the nomination that is on hold."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} stays on hold: the stage that would judge it is over, and the others were "
            "compared without it. Nominate it again in the next campaign.",
            f"Hồ sơ {code} vẫn tạm hoãn xét: giai đoạn xét hồ sơ này đã kết thúc, các hồ sơ khác "
            "đã được xét xong. Hãy đề cử lại ở phong trào sau.",
        )


class DocumentMissing(CampaignError):
    """A recognition is revoked by a decision, and its number was not given."""

    def __init__(self) -> None:
        super().__init__(
            "A recognition is revoked by a decision of who signed it: give its number with "
            "--document.",
            "Việc thu hồi công nhận phải có quyết định của người đã ký: ghi số quyết định bằng "
            "--document.",
        )


class NominationOutOfReach(CampaignError):
    """A unit nominates for what is neither itself nor below it, and the playbook forbids that."""

    def __init__(self, outside: Sequence[tuple[str, str, str]]) -> None:
        more = len(outside) - _TOLD
        english = "; ".join(f"{code}: {by} for {unit}" for code, unit, by in outside[:_TOLD])
        vietnamese = "; ".join(
            f"{code}: đơn vị {by} đề cử cho {unit}" for code, unit, by in outside[:_TOLD]
        )
        super().__init__(
            "A unit nominates only for itself and for units below it (`nominating.own_and_below` "
            f"of the playbook): {english}{f' and {more} more' if more > 0 else ''}. Nothing was "
            "stored. Correct the unit, let a unit above it nominate, or ask the coordinator where "
            "the register of units is wrong.",
            "Đơn vị chỉ đề cử cho chính mình và đơn vị cấp dưới (`nominating.own_and_below` trong "
            f"kịch bản): {vietnamese}{f' và {more} hồ sơ khác' if more > 0 else ''}. Chưa lưu gì. "
            "Hãy sửa mã đơn vị, để đơn vị cấp trên của đơn vị đó đề cử, hoặc báo điều phối viên "
            "nếu danh mục đơn vị ghi sai.",
        )


class NominationClosed(CampaignError):
    """Nominations are not received now."""
