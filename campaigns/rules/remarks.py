"""How is it said what an act left out, or waits for? One sentence in each language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from language import Language
from schemas.outcomes import Remark, RemarkCode
from schemas.playbook.values import Label

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
    "reviewers_enough": Label(
        en="Whichever unit nominates, at least {count} of {what} reviewers are free of conflict "
        "and may review it; it takes {of}.",
        vi="Đơn vị nào đề cử cũng còn ít nhất {count} trong {what} người thẩm định không xung đột "
        "lợi ích; cần {of}.",
    ),
    "reviewers_few": Label(
        en="What {count} units nominate could never be appraised: fewer than {of} reviewers are "
        "free of conflict ({what}). Appoint reviewers of other units, or ask for fewer reviews "
        "(`rubric.reviews_per_nomination`).",
        vi="Hồ sơ của {count} đơn vị sẽ không thẩm định được: còn dưới {of} người thẩm định không "
        "xung đột lợi ích ({what}). Hãy cử thêm người thẩm định của đơn vị khác, hoặc giảm số "
        "phiếu chấm (`rubric.reviews_per_nomination`).",
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
    "voters_enough": Label(
        en="Whichever unit nominates, at least {count} of {what} members of the council are free "
        "of conflict; it takes the yes of {of}.",
        vi="Đơn vị nào đề cử cũng còn ít nhất {count} trong {what} thành viên hội đồng không xung "
        "đột lợi ích; cần {of} phiếu thuận.",
    ),
    "voters_few": Label(
        en="What {count} units nominate could never pass: fewer than {of} members of the council "
        "are free of conflict ({what}), and it takes the yes of {of}. Appoint members of other "
        "units, or change `vote`.",
        vi="Hồ sơ của {count} đơn vị không thể được thông qua: còn dưới {of} thành viên hội đồng "
        "không xung đột lợi ích ({what}), mà cần {of} phiếu thuận. Hãy cử thêm thành viên của đơn "
        "vị khác, hoặc sửa `vote`.",
    ),
}


def say(remark: Remark, language: Language) -> str:
    """Return the sentence on one remark."""
    values = {"what": remark.what, "count": remark.count, "of": remark.of}
    return _SENTENCES[remark.code].say(language).format(**values)


def both(remark: Remark) -> tuple[str, str]:
    """Return the sentence in Vietnamese and in English."""
    return say(remark, "vi"), say(remark, "en")
