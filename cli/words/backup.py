"""What do backing up and restoring say?"""

from __future__ import annotations

from language.phrase import Phrase

BACKING_UP = Phrase("Đang sao lưu …", "Backing up …")
BACKED_UP = Phrase(
    "Đã sao lưu {members} tệp, {campaigns} phong trào, vào {file} ({size} MB). Tệp chứa tên, địa "
    "chỉ, điểm và phiếu: hãy mã hóa và giữ kín.",
    "{members} files, {campaigns} campaigns, are in {file} ({size} MB). It holds names, addresses, "
    "scores and ballots: encrypt it and keep it private.",
)
BACKUP_THERE = Phrase(
    "Đã có tệp {file}; hãy chọn tên khác, hoặc thêm --replace để ghi đè.",
    "{file} is there already; choose another name, or add --replace to write over it.",
)
REPLACE_BACKUP = Phrase("Đã có tệp {file}. Ghi đè?", "{file} is there already. Write over it?")
BACKUP_KEPT = Phrase("Giữ nguyên tệp cũ; chưa sao lưu.", "The file stays; nothing was backed up.")
SECRET_LEFT_OUT = Phrase(
    "Khóa bí mật (secret.key) không nằm trong bản sao lưu; thêm --with-secret nếu muốn các đường "
    "dẫn và mã truy cập đã cấp còn dùng được sau khi phục hồi.",
    "The secret (secret.key) is not in it; add --with-secret if links and tokens given out are to "
    "work after a restore.",
)
RESTORING = Phrase("Đang kiểm tra và phục hồi …", "Checking and restoring …")
MOVED_ASIDE = Phrase("Thư mục cũ nay là {folder}.", "The old folder is now {folder}.")
RESTORED = Phrase(
    "Đã phục hồi bản sao lưu lúc {at} vào {home}.",
    "The backup of {at} was restored to {home}.",
)
UPGRADED = Phrase(
    "Cơ sở dữ liệu được nâng từ phiên bản {before} lên {after}.",
    "The database was brought from version {before} to {after}.",
)
INTACT = Phrase(
    "{code}: {events} sự kiện, chuỗi nguyên vẹn.", "{code}: {events} events, the chain is intact."
)
NOT_INTACT = Phrase(
    "{code}: nhật ký không khớp ({reason}); hãy dùng bản sao lưu khác.",
    "{code}: the log does not fit ({reason}); take another backup.",
)
UNCERTAIN = Phrase(
    "{code}: {count} thư đang chờ gửi có thể đã được gửi sau khi sao lưu, nên nay ở trạng thái "
    "chưa rõ và không tự gửi. Xem: thidua outbox list --state uncertain; gửi lại: thidua outbox "
    "retry --uncertain",
    "{code}: {count} messages that were to leave may have left since the backup; they are "
    "uncertain now and do not leave by themselves. See: thidua outbox list --state uncertain; "
    "send: thidua outbox retry --uncertain",
)
HELD = Phrase(
    "{code}: {count} thư đang tạm giữ; trước khi cho gửi, hãy kiểm tra xem chúng đã được gửi sau "
    "khi sao lưu chưa.",
    "{code}: {count} messages are held; before you release them, find out whether they were "
    "released after the backup.",
)
