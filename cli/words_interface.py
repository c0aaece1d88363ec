"""What does the command line say of tokens and webhooks?"""

from __future__ import annotations

from cli.phrase import Phrase

TOKEN_MADE = Phrase(
    "Mã truy cập số {number} của {person}, hiệu lực đến {until} (chỉ hiện một lần):",
    "Token {number} of {person}, good until {until} (shown only now):",
)
TOKEN_REVOKED = Phrase("Đã thu hồi mã truy cập số {number}.", "Token {number} is revoked.")
NO_TOKEN = Phrase("Chưa có mã truy cập nào.", "There is no token yet.")
NUMBER = Phrase("Số", "Number")
PERSON = Phrase("Người", "Person")
SCOPES = Phrase("Phạm vi", "Scopes")
UNTIL = Phrase("Hiệu lực đến", "Good until")
USED = Phrase("Dùng lần cuối", "Last used")
STATE = Phrase("Trạng thái", "State")
IN_FORCE = Phrase("còn hiệu lực", "in force")
REVOKED = Phrase("đã thu hồi", "revoked")
EXPIRED = Phrase("hết hạn", "expired")
