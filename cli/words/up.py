"""What does the command line say while the whole engine runs (`thidua up`, `thidua web`)?"""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

HEAD = Phrase("thidua · {home} · Ctrl-C để dừng", "thidua · {home} · Ctrl-C ends it")
PART = Phrase("Thành phần", "Part")
STATE = Phrase("Trạng thái", "State")
ADDRESS = Phrase("Địa chỉ", "Address")
ZONE = Phrase("Giờ ghi theo {zone}.", "Times are in {zone}.")
OTHERS = Phrase(
    "Và {count} phong trào cũ hơn: thidua campaign list.",
    "And {count} older campaigns: thidua campaign list.",
)
SINCE = Phrase("Từ lúc", "Since")
RESTARTS = Phrase("Khởi động lại", "Restarts")
LOG = Phrase("Nhật ký", "Log")
WAITS_FOR = Phrase("Đang chờ", "Waits for")
CAMPAIGN = Phrase("Phong trào", "Campaign")

PARTS: Final = {
    "prefect": Phrase("Prefect (máy chủ và giao diện)", "Prefect (server and pages)"),
    "deploy": Phrase("Đăng ký luồng việc", "Deployments"),
    "worker": Phrase("Bộ thực hiện", "Worker"),
    "warm": Phrase("Khởi động nhanh", "Quick start of runs"),
    "relay": Phrase("Bộ chuyển tiếp", "Relay"),
    "web": Phrase("Trang web và API", "Web pages and API"),
    "mail": Phrase("Thư", "Mail"),
}
STATES: Final = {
    "waits": Phrase("chờ", "waits"),
    "starts": Phrase("đang khởi động", "starting"),
    "well": Phrase("đang chạy", "running"),
    "unwell": Phrase("không trả lời", "does not answer"),
    "died": Phrase("đã dừng (mã {code}), sẽ chạy lại", "ended (code {code}), starts again"),
    "done": Phrase("xong", "done"),
}
FIRST_TIME = Phrase(
    "Lần đầu tiên, Prefect chuẩn bị cơ sở dữ liệu của nó: khoảng nửa phút.",
    "The first time, Prefect prepares its database: about half a minute.",
)
ALL_WELL = Phrase(
    "Tất cả đang chạy. Trang web: {web} · Prefect: {prefect}",
    "Everything runs. Web pages: {web} · Prefect: {prefect}",
)
STOPPING = Phrase("Đang dừng …", "Stopping …")
STOPPED = Phrase(
    "Đã dừng tất cả. Những gì đã ghi nhận vẫn được giữ.",
    "All has ended. Everything recorded is kept.",
)
MADE_READY = Phrase(
    "Đã chuẩn bị thư mục và cơ sở dữ liệu trong {home}.",
    "Folder and database were made ready in {home}.",
)
PASSWORD = Phrase(
    "Prefect đòi mật khẩu; mật khẩu nằm trong {place}.",
    "Prefect asks for a password; it lies in {place}.",
)
NO_CAMPAIGN = Phrase("Chưa có phong trào nào.", "There is no campaign yet.")
MAIL_COUNTS = Phrase(
    "chờ gửi {queued}, tạm giữ {held}, không gửi được {failed}, bị trả lại {returned}, "
    "chưa rõ {uncertain}",
    "queued {queued}, held {held}, failed {failed}, came back {returned}, uncertain {uncertain}",
)
LINE = Phrase("{part}: {state} {address}", "{part}: {state} {address}")
CAMPAIGN_LINE = Phrase("{code}: {waiting}", "{code}: {waiting}")
ENGINE_GOES_ON = Phrase(
    "Đã ghi nhận. Bộ máy đang chạy và sẽ tự làm tiếp trong ít giây.",
    "Recorded. The engine is running and goes on by itself within seconds.",
)
WEB_RUNS = Phrase(
    "Trang web và API tại {url}; nhấn Ctrl-C để dừng.",
    "Web pages and API at {url}; Ctrl-C ends it.",
)
