"""What does the command line say about a rehearsal before the launch?"""

from __future__ import annotations

from language.phrase import Phrase

TWO_WAYS = Phrase(
    "Hãy nêu thư mục dữ liệu của một phong trào đã diễn ra, hoặc --playbook, --units và --people "
    "của phong trào sắp phát động.",
    "Name a folder of recorded acts, or --playbook, --units and --people of a campaign that is to "
    "be launched.",
)
NOT_BOTH = Phrase(
    "Thư mục dữ liệu và --units, --people không dùng cùng nhau.",
    "A folder of recorded acts and --units or --people do not go together.",
)
PLAYS = Phrase("Đang diễn tập phong trào", "Rehearsing the campaign")
DONE = Phrase(
    "Đã diễn tập {campaign}: {mails} thư, {doubts} điểm cần xem lại, số {identity}.",
    "{campaign} is rehearsed: {mails} mails, {doubts} things to look at, number {identity}.",
)
NOTHING_LEFT = Phrase(
    "Không có thư nào được gửi đi; tất cả nằm trong thư mục dưới đây.",
    "No mail was sent; all of it lies in the folder below.",
)
LOOK_AT = Phrase("Mở để xem và ký: {page}", "Open to read and sign: {page}")
DOUBT = Phrase("Xem lại: {what}", "To look at (in Vietnamese, as on the page): {what}")
