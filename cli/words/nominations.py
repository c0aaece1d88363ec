"""What does the command line say of nominations that people took back, cleared or revoked?"""

from __future__ import annotations

from language.phrase import Phrase

WITHDRAWN = Phrase(
    "Đã rút hồ sơ {code}; đơn vị đề cử và điều phối viên được thông báo.",
    "{code} is withdrawn; its unit and the coordinators are told.",
)
CLEARED = Phrase(
    "Hồ sơ {code} không còn tạm hoãn: đủ điều kiện và được xét tiếp.",
    "{code} is on hold no more: it is eligible and is considered with the others.",
)
REVOKE_NOW = Phrase(
    "Thu hồi công nhận hồ sơ {code} theo quyết định {document}? Việc này không hoàn lại được.",
    "Revoke the recognition of {code} by the decision {document}? This cannot be undone.",
)
NOT_REVOKED = Phrase("Chưa thu hồi gì.", "Nothing was revoked.")
REVOKED = Phrase(
    "Đã thu hồi công nhận hồ sơ {code}; thư cho đơn vị đề cử được giữ, hãy xem và gửi bằng "
    "`thidua outbox release`.",
    "The recognition of {code} is revoked; the message to its unit is held: look and let it go "
    "with `thidua outbox release`.",
)
