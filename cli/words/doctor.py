"""What does `thidua doctor` say? For each check: its name, how it stands, what to do."""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase
from schemas.vocabulary import Role

CHECK = Phrase("Mục kiểm tra", "Check")
LEVEL = Phrase("Kết quả", "Result")
FOUND = Phrase("Chi tiết", "Found")
LEVELS: Final = {
    "ok": Phrase("tốt", "ok"),
    "warn": Phrase("lưu ý", "warning"),
    "fail": Phrase("hỏng", "fails"),
}
REMEDY = Phrase("→ {remedy}", "→ {remedy}")
SUMMARY_GOOD = Phrase("Không có gì phải sửa.", "Nothing has to be mended.")
SUMMARY = Phrase("Phải sửa: {fails}. Lưu ý: {warnings}.", "To mend: {fails}. Warnings: {warnings}.")

NAMES: Final = {
    "versions": Phrase("Phiên bản", "Versions"),
    "home": Phrase("Thư mục", "Home"),
    "disk": Phrase("Dung lượng đĩa", "Disk"),
    "database": Phrase("Cơ sở dữ liệu", "Database"),
    "clock": Phrase("Đồng hồ", "Clock"),
    "secret": Phrase("Khóa bí mật", "Secret"),
    "mail": Phrase("Gửi thư", "Mail"),
    "public-url": Phrase("Địa chỉ công khai", "Public address"),
    "prefect": Phrase("Prefect", "Prefect"),
    "deployments": Phrase("Đăng ký luồng việc", "Deployments"),
    "worker": Phrase("Bộ thực hiện", "Worker"),
    "relay": Phrase("Bộ chuyển tiếp", "Relay"),
    "outbox": Phrase("Hàng đợi", "Outbox"),
    "messages": Phrase("Thư chưa gửi", "Messages"),
    "mail-server": Phrase("Máy chủ thư", "Mail server"),
    "notices": Phrase("Thư bị trả lại", "Mail that came back"),
    "people": Phrase("Địa chỉ email", "Addresses"),
    "judges": Phrase("Thẩm định, biểu quyết", "Who may judge"),
    "codes": Phrase("Mã dùng một lần", "One-time codes"),
    "calendar": Phrase("Ngày nghỉ lễ", "Holidays"),
    "zones": Phrase("Múi giờ", "Time zones"),
}

VERSIONS_GOOD = Phrase("Python {python}, {packages}", "Python {python}, {packages}")
PACKAGE_WRONG = Phrase(
    "{package} {version} không nằm trong {wanted}", "{package} {version} is not within {wanted}"
)
REINSTALL = Phrase(
    "chạy make setup (hoặc pip install -c constraints.txt .)",
    "run make setup (or pip install -c constraints.txt .)",
)
HOME_GOOD = Phrase("{home} ghi được", "{home} can be written to")
HOME_MISSING = Phrase("chưa có {home}", "there is no {home}")
HOME_LOCKED = Phrase("không ghi được vào {home}", "{home} cannot be written to")
HOME_OPEN = Phrase(
    "người khác vào được {home} (quyền {mode})", "others can enter {home} (mode {mode})"
)
CLOSE_HOME = Phrase("chmod 700 {home}", "chmod 700 {home}")
RUN_INIT = Phrase("chạy thidua init", "run thidua init")
GIVE_RIGHTS = Phrase(
    "cho người dùng chạy chương trình quyền ghi", "let the user who runs the program write there"
)
DISK_FREE = Phrase("còn trống {free} GB", "{free} GB are free")
FREE_DISK = Phrase("giải phóng đĩa, hoặc dời THIDUA_HOME", "free some, or move THIDUA_HOME")
DATABASE_GOOD = Phrase("{place}, phiên bản {version}", "{place}, version {version}")
DATABASE_OTHER = Phrase(
    "{place}: phiên bản {have}, cần {want}", "{place}: version {have}, {want} is needed"
)
RUN_UPGRADE = Phrase("sao lưu, rồi thidua db upgrade", "back it up, then run thidua db upgrade")
DATABASE_MISSING = Phrase(
    "{place}: chưa có, cần phiên bản {want}", "{place}: there is none, version {want} is needed"
)
INSTALL_NEWER = Phrase("cài chương trình mới hơn", "install the newer program")
CLOCK_GOOD = Phrase("khớp với các đồng hồ khác", "agrees with the other clocks")
CLOCK_OFF = Phrase(
    "lệch {seconds} giây so với cơ sở dữ liệu", "{seconds} s apart from the database's"
)
CLOCK_BEHIND = Phrase(
    "chậm {seconds} giây so với sự kiện cuối đã ghi", "{seconds} s behind the last recorded event"
)
CLOCK_AHEAD = Phrase(
    "nhanh hơn mọi tiến trình khác {seconds} giây; chưa ghi được gì",
    "{seconds} s ahead of all other processes; nothing is recorded",
)
REPAIR_CLOCK = Phrase(
    "xem thidua clock show: nếu đồng hồ nay đã đúng, thidua clock repair; nếu chưa, bật NTP",
    "see thidua clock show: if the clock is right now, thidua clock repair; if not, have the time "
    "synchronised (NTP)",
)
SET_CLOCK = Phrase("bật đồng bộ giờ (NTP)", "have the time synchronised (NTP)")
SECRET_GOOD = Phrase("chỉ chủ sở hữu đọc được", "readable by its owner only")
SECRET_SET = Phrase("đặt bằng THIDUA_SECRET", "set by THIDUA_SECRET")
SECRET_OPEN = Phrase("người khác đọc được {file}", "others can read {file}")
CLOSE_SECRET = Phrase("chmod 600 {file}", "chmod 600 {file}")
MAIL_SERVER = Phrase(
    "{host}:{port} trả lời và nhận đăng nhập", "{host}:{port} answers, and takes the login"
)
SET_MAIL = Phrase(
    "đặt THIDUA_SMTP_HOST khi cần gửi thư thật", "set THIDUA_SMTP_HOST where mail is to leave"
)
SEE_MAIL = Phrase("xem docs/how-to/set-up-mail.md", "see docs/how-to/set-up-mail.md")
URL_GOOD = Phrase("{url}", "{url}")
URL_LOCAL = Phrase(
    "chưa đặt: đường dẫn trong thư chỉ mở được trên máy này",
    "not set: links in mails lead to this machine only",
)
SET_URL = Phrase(
    "đặt THIDUA_PUBLIC_URL, như https://thidua.example.vn",
    "set THIDUA_PUBLIC_URL, such as https://thidua.example.vn",
)
PREFECT_GOOD = Phrase("{url} trả lời", "{url} answers")
PREFECT_AWAY = Phrase("{url} không trả lời", "{url} does not answer")
PREFECT_NONE = Phrase("bộ máy không chạy", "the engine is not running")
START_UP = Phrase("chạy thidua up", "run thidua up")
DEPLOYED = Phrase("đủ {count}", "all {count} are there")
NOT_DEPLOYED = Phrase("thiếu {names}", "{names} missing")
RUN_DEPLOY = Phrase("chạy thidua engine deploy", "run thidua engine deploy")
WORKER_GOOD = Phrase("nhóm {pool} có bộ thực hiện", "the pool {pool} has a worker")
WORKER_NONE = Phrase("nhóm {pool} không có bộ thực hiện", "the pool {pool} has no worker")
RELAY_GOOD = Phrase("{count} đang chạy", "{count} alive")
RELAY_SILENT = Phrase("không có tín hiệu", "silent")
OUTBOX_GOOD = Phrase(
    "chờ {due}, đang làm {running}, hẹn giờ {later}", "{due} due, {running} running, {later} timers"
)
OUTBOX_OLD = Phrase("việc chờ lâu nhất đã {seconds} giây", "the oldest has waited for {seconds} s")
OUTBOX_DEAD = Phrase("{count} việc đã bị ngừng", "{count} were given up")
RUN_REVIVE = Phrase(
    "xem thidua engine status; sửa xong, thidua engine revive --as NGƯỜI",
    "see thidua engine status; once mended, thidua engine revive --as PERSON",
)
MESSAGES_GOOD = Phrase(
    "không có thư hỏng, bị trả lại hay tạm giữ", "none failed, came back or is held"
)
MESSAGES_WAIT = Phrase(
    "tạm giữ {held}, không gửi được {failed}, bị trả lại {returned}, chưa rõ {uncertain}",
    "held {held}, failed {failed}, came back {returned}, uncertain {uncertain}",
)
LOOK_MESSAGES = Phrase("xem {commands}", "see {commands}")
MAIL_TAKEN = Phrase("không từ chối lần gửi gần nhất", "refused nothing when last tried")
MAIL_REFUSED = Phrase(
    "không nhận thư của hệ thống từ {since} (thử lại {until}): {said}",
    "takes no mail from us since {since} (tried again {until}): {said}",
)
TRY_MAIL = Phrase(
    "trao đổi với nơi quản lý máy chủ thư; xong thì thidua outbox retry --as NGƯỜI",
    "talk to whoever runs it; once mended, thidua outbox retry --as PERSON",
)
NOTICES_GOOD = Phrase("không có thư nào bị trả lại", "nothing came back")
NOTICES_CAME = Phrase(
    "{failing} địa chỉ ngừng gửi; 30 ngày qua: {refused} lần bị từ chối vì bên gửi, {unproven} thư "
    "báo không rõ về thư nào",
    "{failing} addresses get nothing; in 30 days {refused} refusals for our sake, {unproven} "
    "notices about no known mail",
)
SEE_BOUNCES = Phrase("xem thidua bounces list", "see thidua bounces list")
PEOPLE_GOOD = Phrase("mọi người đều có email", "everybody has an address")
CODES_NONE = Phrase("không giai đoạn nào cần", "no stage asks for any")
CODES_GOOD = Phrase("đến được mọi người phê duyệt", "reach everybody who approves")
CODES_WITHOUT = Phrase(
    "{count} người phê duyệt cần mã nhưng chưa có địa chỉ: {people}",
    "{count} approvers need codes and have no address: {people}",
)
CODES_NO_LINKS = Phrase(
    "có giai đoạn cần mã bên cạnh liên kết, nhưng thư không có liên kết nào",
    "a stage asks for codes beside links, and mails have no links",
)
CODES_AS_FILES = Phrase(
    "liên kết và mã nằm chung một thư mục: mã không chứng minh điều gì",
    "links and codes lie in one folder: a code proves nothing",
)
PEOPLE_WITHOUT = Phrase(
    "{count} người chưa có email, không nhận được thư", "{count} people without one get no mail"
)
IMPORT_PEOPLE = Phrase(
    "bổ sung email và nhập lại danh sách: thidua import people", "import them again with addresses"
)
JUDGES_GOOD = Phrase(
    "phong trào nào đang chạy cũng đủ người không xung đột lợi ích",
    "enough people are free of conflict in every campaign that runs",
)
NOMINATIONS_FEW: Final = {
    Role.REVIEWER: Phrase(
        "{campaign}: {count} hồ sơ còn dưới {needed} người thẩm định được ({listed})",
        "{campaign}: of {count} nominations fewer than {needed} reviewers are free ({listed})",
    ),
    Role.COUNCIL: Phrase(
        "{campaign}: {count} hồ sơ còn dưới {needed} thành viên hội đồng bỏ phiếu được ({listed})",
        "{campaign}: on {count} nominations fewer than {needed} members may vote ({listed})",
    ),
}
UNITS_FEW: Final = {
    Role.REVIEWER: Phrase(
        "{campaign}: hồ sơ của {count} đơn vị sẽ còn dưới {needed} người thẩm định được ({listed})",
        "{campaign}: of {count} units fewer than {needed} reviewers are free ({listed})",
    ),
    Role.COUNCIL: Phrase(
        "{campaign}: hồ sơ của {count} đơn vị sẽ còn dưới {needed} thành viên bỏ phiếu được "
        "({listed})",
        "{campaign}: on those of {count} units fewer than {needed} members may vote ({listed})",
    ),
}
APPOINT = Phrase(
    "cử thêm người của đơn vị khác (thidua person appoint), hoặc sửa kịch bản "
    "(thidua campaign amend)",
    "appoint people of other units (thidua person appoint), or amend the playbook "
    "(thidua campaign amend)",
)
CALENDAR_GOOD = Phrase("đã biết các năm {years}", "known for {years}")
CALENDAR_UNKNOWN = Phrase("chưa biết lịch nghỉ năm {years}", "not known for {years}")
UPDATE_HOLIDAYS = Phrase(
    "cập nhật thư viện holidays, hoặc ghi ngày nghỉ vào kịch bản",
    "update the library holidays, or write the days off into the playbook",
)
ZONES_GOOD = Phrase("{zones}", "{zones}")
ZONES_MISSING = Phrase("không có dữ liệu của {zones}", "no data of {zones}")
INSTALL_ZONES = Phrase("cài gói tzdata", "install the package tzdata")
CANNOT_TELL = Phrase("không kiểm tra được: {problem}", "cannot be told: {problem}")
SEE_DATABASE = Phrase("sửa cơ sở dữ liệu trước", "mend the database first")
