"""How is it said what an act left out, or waits for? One sentence in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schemas.outcomes import Remark, RemarkCode
from schemas.playbook_values import Label
from schemas.vocabulary import Language

_SENTENCES: Final[Mapping[RemarkCode, Label]] = {
    "adoption_ahead": Label(
        en="{count} replications are committed to after today and were left out; report them "
        "again when the day has come.",
        vi="{count} việc nhân rộng có ngày cam kết sau hôm nay nên chưa ghi; hãy báo lại khi đến "
        "ngày.",
    ),
    "ballots_uncompared": Label(
        en="{what}: {count} members had voted already. Who voted what is not kept, so only the "
        "sums were compared; they agree.",
        vi="{what}: {count} thành viên đã có phiếu từ trước. Hệ thống không lưu ai bỏ phiếu nào "
        "nên chỉ so được tổng số phiếu; tổng số khớp.",
    ),
    "owner_named": Label(
        en="{what}: the reviewer's full name stands in the owner of the nomination. If it is the "
        "same person, let somebody else review it.",
        vi="{what}: họ tên người thẩm định trùng với người thực hiện ghi trong hồ sơ. Nếu là cùng "
        "một người, hãy giao người khác chấm.",
    ),
    "roll_incomplete": Label(
        en="{what}: {count} of {of} members have no vote yet, so nothing was counted. Record the "
        "others, absent ones too, or close the session with `thidua session close`.",
        vi="{what}: còn {count} trong {of} thành viên chưa có phiếu nên chưa kiểm phiếu. Hãy nhập "
        "tiếp, kể cả người vắng, hoặc kết thúc phiên họp bằng `thidua session close`.",
    ),
    "step_ahead": Label(
        en="{what}: {count} steps are dated after today and were left out; report them again when "
        "the day has come.",
        vi="{what}: {count} bước có ngày sau hôm nay nên chưa ghi; hãy báo lại khi đến ngày.",
    ),
}


def say(remark: Remark, language: Language) -> str:
    """Return the sentence on one remark."""
    values = {"what": remark.what, "count": remark.count, "of": remark.of}
    return _SENTENCES[remark.code].say(language).format(**values)


def both(remark: Remark) -> tuple[str, str]:
    """Return the sentence in Vietnamese and in English."""
    return say(remark, "vi"), say(remark, "en")
