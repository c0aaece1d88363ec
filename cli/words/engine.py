"""What does the command line say of the engine's own processes?"""

from __future__ import annotations

from language.phrase import Phrase

RELAY_RUNS = Phrase(
    "Bộ chuyển tiếp đang chạy cho {home}; nhấn Ctrl-C để dừng.",
    "The relay runs for {home}; Ctrl-C ends it.",
)
RELAY_ENDED = Phrase("Bộ chuyển tiếp đã dừng.", "The relay has ended.")

DEPLOYING = Phrase(
    "Đang đăng ký bộ máy với Prefect (khoảng nửa phút) …",
    "Registering the engine at Prefect (about half a minute) …",
)
DEPLOYED = Phrase(
    "Đã đăng ký {count} bản triển khai tại nhóm làm việc {pool}: {names}.",
    "{count} deployments are registered at the work pool {pool}: {names}.",
)
PROCESS = Phrase("Tiến trình", "Process")
SINCE = Phrase("Từ", "Since")
STATE = Phrase("Trạng thái", "State")
ALIVE = Phrase("đang chạy", "alive")
SILENT = Phrase("không có tín hiệu", "silent")
NO_PROCESS = Phrase(
    "Không có tiến trình nào của bộ máy đang chạy.", "No process of the engine is running."
)
BACKLOG = Phrase(
    "Chờ bắt đầu: {due}. Đang thực hiện: {running}. Hẹn giờ: {later}.",
    "Waiting for a run: {due}. With a run: {running}. Timers: {later}.",
)
OLDEST = Phrase(
    "Việc chờ lâu nhất đã đến hạn {seconds} giây trước.",
    "The oldest that waits was due {seconds} s ago.",
)
CAMPAIGN = Phrase("Phong trào", "Campaign")
WORK = Phrase("Công việc", "Work")
ATTEMPTS = Phrase("Số lần", "Attempts")
WHY = Phrase("Lý do", "Why")
REVIVE_HINT = Phrase(
    "Các việc trên đã bị ngừng. Khi đã khắc phục, chạy: thidua engine revive --as NGƯỜI",
    "The work above was given up. Once its cause is mended: thidua engine revive --as PERSON",
)
REVIVED = Phrase(
    "Cho thực hiện lại {count} việc đã bị ngừng.", "Work given up is done again: {count}."
)
NOTHING_DEAD = Phrase("Không có việc nào bị ngừng.", "No work was given up.")
