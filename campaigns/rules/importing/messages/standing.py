"""What do people read about a row that is well written, but not for what stands in the campaign?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from language import Language

TEXTS: Final[dict[Language, Mapping[str, tuple[str, str]]]] = {
    "vi": {
        "nomination_not_judged": (
            'Hồ sơ "{value}" {state}: chỉ chấm hồ sơ đủ điều kiện.',
            "Bỏ dòng này; nếu hồ sơ phải được chấm, hãy xử lý kết quả kiểm tra điều kiện trước.",
        ),
        "out_of_reach": (
            'Đơn vị "{value}" không phải là {unit} và không thuộc {unit}.',
            (
                "Đơn vị chỉ đề cử cho chính mình và đơn vị cấp dưới (`nominating.own_and_below`). "
                "Sửa mã đơn vị, để đơn vị cấp trên của {value} đề cử, hoặc báo điều phối viên nếu "
                "danh mục đơn vị ghi sai."
            ),
        ),
        "rank_repeated": (
            "Đơn vị {unit} đã có hồ sơ {other} cùng thứ tự ưu tiên {value}.",
            (
                "Ghi mỗi hồ sơ một thứ tự khác nhau: chỉ tiêu {quota} chỗ tính theo thứ tự, hồ sơ "
                "trùng thứ tự gửi sau có thể không còn chỗ."
            ),
        ),
        "over_quota": (
            (
                "Đơn vị {unit} có chỉ tiêu {quota}; hồ sơ này là hồ sơ thứ {count}, thứ tự ưu tiên "
                "{value}."
            ),
            "Hồ sơ vượt chỉ tiêu sẽ không đủ điều kiện; hãy rút bớt hoặc sửa thứ tự ưu tiên.",
        ),
    },
    "en": {
        "nomination_not_judged": (
            'The nomination "{value}" is {state}: only what is eligible is reviewed.',
            "Take the row out; if it is to be reviewed, settle what the eligibility rules found.",
        ),
        "out_of_reach": (
            '"{value}" is neither {unit} nor a unit below it.',
            (
                "A unit nominates only for itself and for units below it "
                "(`nominating.own_and_below`). Correct the unit, let a unit above {value} "
                "nominate, or ask the coordinator where the register of units is wrong."
            ),
        ),
        "rank_repeated": (
            "{unit} has {other} at rank {value} already.",
            (
                "Give each a rank of its own: the quota of {quota} is counted by rank, and of "
                "equal ranks the one sent later may find no place."
            ),
        ),
        "over_quota": (
            "{unit} has a quota of {quota}; this is its nomination {count}, at rank {value}.",
            "What is above the quota will not be eligible; withdraw some, or correct the ranks.",
        ),
    },
}
