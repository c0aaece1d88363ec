"""What does the command line say of tokens and webhooks?"""

from __future__ import annotations

from language.phrase import Phrase

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

WEBHOOK_ADDED = Phrase(
    "Webhook số {number} đến {url}; khóa bí mật để kiểm tra chữ ký (chỉ hiện một lần):",
    "Webhook {number} to {url}; the secret its signatures are checked with (shown only now):",
)
WEBHOOK_REMOVED = Phrase("Đã bỏ webhook số {number}.", "Webhook {number} is removed.")
NO_WEBHOOK = Phrase("Chưa có webhook nào.", "There is no webhook yet.")
RESENT = Phrase("Sẽ gửi lại dòng số {number}.", "Line {number} will be sent once more.")
WEBHOOK = Phrase("Webhook", "Webhook")
URL = Phrase("Địa chỉ", "Address")
EVENTS = Phrase("Sự kiện", "Events")
CAMPAIGN = Phrase("Phong trào", "Campaign")
ATTEMPTS = Phrase("Số lần gửi", "Attempts")
ANSWER = Phrase("Trả lời", "Answer")
WAITS = Phrase("chờ gửi", "waiting")
SENT = Phrase("đã gửi", "sent")
GIVEN_UP = Phrase("thôi gửi", "given up")
NOBODY_TOLD = Phrase(
    "Chưa có phong trào nào để gửi thư báo cho {person}; hãy tự báo.",
    "There is no campaign yet whose mail could tell {person}; tell them yourself.",
)
