"""What may go wrong when a campaign is given up?"""

from __future__ import annotations

from collections.abc import Sequence

from language import Language, Text
from language.errors import CampaignError
from schemas.vocabulary import StageState, label


def _listed(known: Sequence[str], language: Language = "en") -> str:
    none = {
        "vi": "chưa có; tạo bằng `thidua campaign create`",
        "en": "none yet; create one with `thidua campaign create`",
    }
    return ", ".join(known) or none[language]


class CancellationNotAllowed(CampaignError):
    """Who launched a campaign may not cancel it alone."""

    def __init__(self, person: str) -> None:
        super().__init__(
            f"{person} launched this campaign and may not cancel it alone: another approver of the "
            "launch does that.",
            f"{person} là người phát động phong trào này nên không tự hủy được: cần một người phê "
            "duyệt phát động khác thực hiện.",
        )


class StageNotOpen(CampaignError):
    """What a stage takes while it is open came before it or after it."""

    def __init__(self, name: str, state: str, wanted: Text) -> None:
        told, rest = (
            (
                "it opens at its date, once the stage before it is approved",
                "giai đoạn mở vào ngày của mình, sau khi giai đoạn trước được phê duyệt",
            )
            if state == StageState.PENDING
            else ("it takes no more", "giai đoạn không nhận thêm nữa")
        )
        super().__init__(
            f"The stage {name} is {state}: nobody can {wanted.say('en')} now; {told}. Nothing was "
            "stored. See `thidua campaign status`.",
            f'Giai đoạn {label(name, "vi")} đang ở trạng thái "{label(state, "vi")}", không thể '
            f"{wanted.say('vi')}: {rest}. Chưa lưu gì. Xem `thidua campaign status`.",
        )


class CampaignNotFound(CampaignError):
    """No campaign has this code."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no campaign {code!r}. Campaigns here: {_listed(known)}.",
            f"Không có phong trào {code!r}. Các phong trào ở đây: {_listed(known, 'vi')}.",
        )


class CampaignNotNamed(CampaignError):
    """Several campaigns exist and none was named."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(
            f"Name the campaign with --campaign. Campaigns here: {_listed(known)}.",
            f"Hãy nêu phong trào bằng --campaign. Các phong trào ở đây: {_listed(known, 'vi')}.",
        )


class CampaignExists(CampaignError):
    """A campaign with this code exists with another playbook."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Campaign {code} exists already with another playbook; choose another code "
            "with --code.",
            f"Đã có phong trào {code} với kịch bản khác; hãy chọn mã khác bằng --code.",
        )


class LaunchNotAllowed(CampaignError):
    """Something a launch needs is missing; all of it is named at once."""

    def __init__(self, code: str, missing: Sequence[Text]) -> None:
        self.missing = tuple(one.say("en") for one in missing)
        said = "; ".join(one.say("vi") for one in missing)
        super().__init__(
            f"Campaign {code} cannot be launched: {'; '.join(self.missing)}.",
            f"Chưa phát động được phong trào {code}: {said}.",
        )


class StageNotFound(CampaignError):
    """The word names no stage."""

    def __init__(self, stage: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no stage {stage!r}; stages: {', '.join(known)}.",
            f"Không có giai đoạn {stage!r}; các giai đoạn: {', '.join(known)}.",
        )
