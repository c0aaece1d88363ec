"""What does the command line say? Every sentence, in Vietnamese and in English.

Headings stand in `cli.terminal.headings`. Messages of named errors are made where the error is.
"""

from __future__ import annotations

from typing import Final

from language.phrase import Phrase

# --- What went wrong ------------------------------------------------------------------------------

ERROR = Phrase("Lỗi", "Error")
TRY_HELP = Phrase("Xem: {command} --help", "See: {command} --help")
UNEXPECTED = Phrase(
    "Sự cố ngoài dự kiến: {problem}. Chi tiết trong {log}",
    "Something unexpected happened: {problem}. Details in {log}",
)
UNEXPECTED_NO_LOG = Phrase(
    "Sự cố ngoài dự kiến: {problem}", "Something unexpected happened: {problem}"
)
INTERRUPTED = Phrase(
    "Đã dừng theo yêu cầu. Những gì đã ghi nhận vẫn được giữ; chạy lại lệnh này để làm tiếp.",
    "Stopped. Everything recorded so far is kept; the same command goes on from there.",
)
FILE_MISSING = Phrase(
    "Không có {file}; hãy kiểm tra đường dẫn và tên.",
    "There is no {file}; check the folder and the name.",
)
FILE_FORBIDDEN = Phrase(
    "Không có quyền đọc hoặc ghi {file}.", "There is no permission to read or write {file}."
)
FILE_IS_FOLDER = Phrase("{file} là thư mục, không phải tệp.", "{file} is a folder, not a file.")
FOLDER_IS_FILE = Phrase(
    "{file} không thể là thư mục: trên đường dẫn đã có một tệp.",
    "{file} cannot be a folder: a file stands in its path.",
)
NAME_TOO_LONG = Phrase("Tên tệp quá dài: {file}", "The file name is too long: {file}")
DISK_FULL = Phrase(
    "Ổ đĩa đã đầy; không có gì bị ghi dở. Hãy giải phóng đĩa rồi làm lại.",
    "The disk is full; nothing was written halfway. Free some of it, and do it again.",
)
VALUE_WRONG = Phrase("Giá trị không dùng được: {told}", "This cannot be used: {told}")
CODE_WANTED = Phrase(
    "hãy ghi một mã liền, không khoảng trắng, tối đa {limit} ký tự",
    "give a code in one word, at most {limit} characters",
)
CAMPAIGN_CODE_WANTED = Phrase(
    "mã phong trào gồm chữ in hoa, chữ số và dấu gạch nối, 2 đến 32 ký tự, như DVK-2026",
    "a campaign's code is of capital letters, digits and hyphens, 2 to 32 characters: DVK-2026",
)
TEXT_WANTED = Phrase(
    "hãy ghi văn bản thường, tối đa {limit} ký tự", "give plain text, at most {limit} characters"
)
PATH_WANTED = Phrase("đây không phải là đường dẫn", "this is no path")
OUT_IS_DASH = Phrase(
    "không ghi ra màn hình được; hãy nêu tên tệp", "this is not written to the screen; name a file"
)
OUT_WITHOUT_FOLDER = Phrase(
    "không có thư mục {folder}; hãy kiểm tra đường dẫn, hoặc tạo thư mục trước",
    "there is no folder {folder}; check the path, or make the folder first",
)
DAY_TOO_FAR = Phrase("ngày phải từ {first} đến {last}", "a day lies between {first} and {last}")
STAGE_WANTED = Phrase("các giai đoạn: {stages}", "the stages are: {stages}")
STATE_WANTED = Phrase("các trạng thái: {states}", "the states are: {states}")
LANGUAGE_SET_WRONG = Phrase(
    "THIDUA_LANGUAGE là {found}; hãy đặt vi hoặc en, hoặc bỏ đi.",
    "THIDUA_LANGUAGE is {found}; set vi or en, or leave it out.",
)
LANGUAGE_WANTED = Phrase("hãy chọn vi hoặc en", "choose vi or en")
FORMAT_WANTED = Phrase("tên tệp phải có đuôi {formats}", "the file's name must end in {formats}")
USAGE_ERRORS: Final = (
    (r"Missing option '(?P<name>[^']+)'", Phrase("Thiếu {name}.", "{name} is missing.")),
    (r"Missing argument '(?P<name>[^']+)'", Phrase("Thiếu {name}.", "{name} is missing.")),
    (
        r"No such option: (?P<name>\S+)",
        Phrase("Không có tùy chọn {name}.", "There is no option {name}."),
    ),
    (
        r"No such command '(?P<name>.*?)'\.(?P<hint>.*)",
        Phrase("Không có lệnh {name}.", "There is no command {name}.{hint}"),
    ),
    (
        r"Got unexpected extra arguments? \((?P<name>.*)\)",
        Phrase("Thừa đối số: {name}", "Not expected here: {name}"),
    ),
    (
        r"Option '?(?P<name>[^' ]+)'? requires an argument",
        Phrase("{name} cần một giá trị.", "{name} needs a value."),
    ),
    (
        r"Invalid value for '?(?P<name>[^':]+)'?: (?P<what>.*)",
        Phrase("{name}: {what}", "{name}: {what}"),
    ),
)

# --- Installation ---------------------------------------------------------------------------------

INIT_READY = Phrase("Đã sẵn sàng.", "Ready.")
INIT_WAS_READY = Phrase(
    "Đã sẵn sàng từ trước; không có gì thay đổi.", "Was ready before; nothing was changed."
)
INIT_NEXT = Phrase(
    "Tiếp theo: thidua import units TỆP, import people TỆP, rồi thidua campaign create.",
    "Next: thidua import units FILE, import people FILE, then thidua campaign create.",
)
DB_CURRENT = Phrase(
    "Cơ sở dữ liệu đúng phiên bản {after}.", "The database is of this version, {after}."
)
DB_UPGRADED = Phrase(
    "Đã nâng cơ sở dữ liệu từ phiên bản {before} lên {after}.",
    "The database was brought from version {before} to {after}.",
)
DB_OTHER = Phrase(
    "Cơ sở dữ liệu ở phiên bản {before}, chương trình cần {after}: sao lưu, rồi thidua db upgrade.",
    "The database is of version {before}, {after} is needed: back it up, then thidua db upgrade.",
)
DB_NEWER = Phrase(
    "Cơ sở dữ liệu ở phiên bản {before}, mới hơn chương trình ({after}): hãy cài chương trình mới.",
    "The database is of version {before}, newer than this program ({after}): install the newer "
    "program.",
)
DB_MISSING = Phrase(
    "Chưa có cơ sở dữ liệu (cần phiên bản {want}): hãy chạy thidua init.",
    "There is no database yet (version {want} is needed): run thidua init.",
)

# --- Playbooks and templates ----------------------------------------------------------------------

PLAYBOOK_GOOD = Phrase(
    "{file}: dùng được ({warnings} lưu ý).", "{file}: can be used ({warnings} warnings)."
)
PLAYBOOK_BAD = Phrase(
    "{file}: chưa dùng được ({errors} lỗi, {warnings} lưu ý).",
    "{file}: cannot be used ({errors} errors, {warnings} warnings).",
)
PLAYBOOK_PROBLEMS = Phrase("Kịch bản có {count} lỗi:", "The playbook has {count} errors:")
TABLE_WRITTEN = Phrase("Đã ghi {file}.", "{file} is written.")
TEMPLATE_WRITTEN = Phrase(
    "Đã ghi {file}; danh mục có {units} đơn vị.", "{file} is written; it lists {units} units."
)

# --- Campaigns and stages -------------------------------------------------------------------------

NO_CAMPAIGN = Phrase(
    "Chưa có phong trào nào; tạo bằng thidua campaign create.",
    "There is no campaign yet; make one with thidua campaign create.",
)
CAMPAIGN_CREATED = Phrase(
    "Đã tạo phong trào {code} theo kịch bản {playbook}, bản {version}.",
    "Campaign {code} is created from playbook {playbook}, version {version}.",
)
CAMPAIGN_EXISTS = Phrase(
    "Phong trào {code} theo kịch bản {playbook}, bản {version} đã có; không có gì thay đổi.",
    "Campaign {code} of playbook {playbook}, version {version}, exists; nothing was changed.",
)
CAMPAIGN_NEXT = Phrase(
    "Tiếp theo: thidua campaign launch --campaign {code} --as MÃ-ĐIỀU-PHỐI-VIÊN",
    "Next: thidua campaign launch --campaign {code} --as COORDINATOR",
)
CAMPAIGN_CANCELLED = Phrase(
    "Đã hủy phong trào {code}: các giai đoạn dừng lại, thư chưa gửi được hủy.",
    "Campaign {code} is cancelled: its stages have ended, what was not sent is taken back.",
)
CAMPAIGN_LAUNCHED = Phrase(
    "{person} đã phát động phong trào {code}.", "{person} launched campaign {code}."
)
DONE_BEFORE = Phrase(
    "Việc này đã được thực hiện trước đây, đúng như vậy; không có gì thay đổi.",
    "This was done before, just so; nothing was changed.",
)
LAUNCHED_BEFORE = Phrase(
    "Phong trào {code} đã được {person} phát động lúc {at}; không có gì thay đổi. "
    "Để chạy tiếp phần còn lại: thidua campaign cycle.",
    "Campaign {code} was launched by {person} at {at} already; nothing was changed. "
    "To go on with what is left: thidua campaign cycle.",
)
CAMPAIGN_HEAD = Phrase("{code} · {name} · {state}", "{code} · {name} · {state}")
REHEARSAL_CLOCK = Phrase(
    "Diễn tập; đồng hồ của phong trào: {now}", "A rehearsal; the campaign's own clock: {now}"
)
LOG_LINE = Phrase("Nhật ký sự kiện: {events}, mã băm {hash}…", "Event log: {events}, hash {hash}…")
MAIL_STAYS = Phrase(
    "{count} thư đang chờ gửi; lý do: `thidua outbox stats`.",
    "{count} messages wait to be sent; why: `thidua outbox stats`.",
)
APPROVED_BEFORE = Phrase(
    "{person} đã phê duyệt giai đoạn {stage} lúc {at}; không có gì thay đổi.",
    "{person} approved the stage {stage} at {at} already; nothing was changed.",
)
STAGE_APPROVED = Phrase(
    "{person} đã ký; giai đoạn {stage} được phê duyệt.",
    "{person} signed; the stage {stage} is approved.",
)
STAGE_SIGNED = Phrase(
    "{person} đã ký giai đoạn {stage}; còn chờ chữ ký khác.",
    "{person} signed the stage {stage}; more signatures are needed.",
)
STAGE_RETURNED = Phrase(
    "{person} đã trả lại giai đoạn {stage}.", "{person} returned the stage {stage}."
)
STAGE_SUBMITTED = Phrase(
    "{person} đã trình lại giai đoạn {stage}.", "{person} submitted the stage {stage} again."
)
ASKED_BEFORE = Phrase(
    "Giai đoạn {stage} đã được trình lúc {at} và đang chờ phê duyệt; không có gì thay đổi.",
    "The stage {stage} was submitted at {at} and waits for approval; nothing was changed.",
)
EXPORTED = Phrase("Đã ghi {count} hồ sơ vào {file}.", "{count} nominations written to {file}.")

# --- The engine and rehearsals --------------------------------------------------------------------

PREFECT_FIRST = Phrase(
    "Chuẩn bị cơ sở dữ liệu Prefect lần đầu: phần chậm nhất, 20–40 giây",
    "Preparing Prefect's database for the first time: the slow part, 20–40 s",
)
PREFECT_STARTS = Phrase("Khởi động Prefect", "Starting Prefect")
ENGINE_RUNS = Phrase("Thực hiện những việc đến hạn", "Doing what is due")
ENGINE_WAITS = Phrase(
    "Một lệnh khác đang chạy ở thư mục này; chờ lệnh đó xong.",
    "Another command is running in this folder; waiting for it to end.",
)
REHEARSAL_PREPARES = Phrase(
    "Nhập đơn vị, nhân sự và kiểm tra hồ sơ", "Importing units and people, checking nominations"
)
STAGE_NOW = Phrase(
    "{day}  {stage}: {state} · nhận {received}, đủ điều kiện {eligible}, trình hội đồng "
    "{shortlisted}, công nhận {recognised}, nhân rộng {adopted}, thư {messages}",
    "{day}  {stage}: {state} · received {received}, eligible {eligible}, shortlisted "
    "{shortlisted}, recognised {recognised}, replications {adopted}, messages {messages}",
)
PROGRESS_COUNTS = Phrase(
    "Nhận {received} · đủ điều kiện {eligible} · trình hội đồng {shortlisted} · "
    "công nhận {recognised}\nNhân rộng {adopted} · thư {messages}",
    "Received {received} · eligible {eligible} · shortlisted {shortlisted} · "
    "recognised {recognised}\nReplications {adopted} · messages {messages}",
)
PROGRESS_CLOCK = Phrase(
    "Ngày trong phong trào: {day} · đã chạy {seconds} giây",
    "Day in the campaign: {day} · running for {seconds} s",
)
REHEARSAL_HEAD = Phrase("{name} ({code}): {state}", "{name} ({code}): {state}")
REHEARSAL_DONE = Phrase(
    "Xong sau {seconds} giây: {events} sự kiện được ghi nhận.",
    "Done in {seconds} s: {events} events on record.",
)
REHEARSAL_UNCHANGED = Phrase(
    "Không có gì thay đổi: phong trào đã kết thúc, {events} sự kiện, mã băm cuối {hash}.",
    "Nothing was changed: the campaign is finished, {events} events, last hash {hash}.",
)
REHEARSAL_WAITS = Phrase(
    "Diễn tập dừng lại vì thư mục thiếu dữ kiện.",
    "The rehearsal stops here: the folder lacks facts.",
)
ADOPTIONS_LINE = Phrase(
    "{rows} lượt nhân rộng từ {models} mô hình; {without} mô hình chưa có nơi nhân rộng.",
    "{rows} replications of {models} models; {without} models without any.",
)
TRY_NEXT = Phrase("Thử tiếp:", "To try next:")

# --- Imports --------------------------------------------------------------------------------------

IMPORT_READS = Phrase("Đang đọc", "Reading")
SHEET = Phrase("Trang tính {sheet}", "Sheet {sheet}")
STANDS_THERE = Phrase("ghi: {value}", "written: {value}")
IMPORT_UNTOLD = Phrase(
    "Đã kể {told} vấn đề đầu; còn {more} vấn đề khác.",
    "The first {told} problems are told; there are {more} more.",
)
IMPORT_DRY = Phrase(
    "Chỉ kiểm tra, không lưu: {rows} dòng, {accepted} dùng được, {kept_out} phải sửa "
    "({errors} lỗi, {warnings} lưu ý).",
    "Checked only, nothing stored: {rows} rows, {accepted} good, {kept_out} to correct "
    "({errors} errors, {warnings} warnings).",
)
IMPORT_REFUSED = Phrase(
    "Không lưu gì: {kept_out} trong {rows} dòng phải sửa ({errors} lỗi, {warnings} lưu ý). "
    "Sửa rồi nhập lại, hoặc thêm --accept-valid để lưu các dòng đúng.",
    "Nothing was stored: {kept_out} of {rows} rows must be corrected ({errors} errors, "
    "{warnings} warnings). Correct them, or store the good rows with --accept-valid.",
)
IMPORT_STORED = Phrase(
    "Đọc {rows} dòng, lưu mới hoặc cập nhật {stored}, đã có từ trước {known}; {kept_out} dòng phải "
    "sửa ({errors} lỗi, {warnings} lưu ý).",
    "{rows} rows read, {stored} newly stored or changed, {known} known already; {kept_out} to "
    "correct ({errors} errors, {warnings} warnings).",
)
IMPORT_CLEAN = Phrase(
    "Đọc {rows} dòng, lưu mới hoặc cập nhật {stored}, đã có từ trước {known}.",
    "{rows} rows read, {stored} newly stored or changed, {known} known already.",
)
IMPORT_REPEATED = Phrase(
    "Đọc {rows} dòng, tất cả đã có đúng như vậy từ trước ({known}); không có gì thay đổi.",
    "{rows} rows read, all of it stored just so already ({known}); nothing was changed.",
)
DIFFERENCE = Phrase(
    "  {identity}, {field}: {before} → {after}", "  {identity}, {field}: {before} → {after}"
)
REMARKS_MORE = Phrase("… và {count} điều khác như vậy", "… and {count} more of this kind")
DIFFERENCES_MORE = Phrase("  … và {count} thay đổi khác", "  … and {count} more changes")
CORRECTIONS_WRITTEN = Phrase(
    "Các dòng cần sửa ở {file}: sửa rồi nhập lại tệp đó.",
    "The rows to correct are in {file}: correct them and import that file.",
)

# --- Mail -----------------------------------------------------------------------------------------

MESSAGES_SHOWN = Phrase("Hiện {shown} trong {total} thư.", "{shown} of {total} messages shown.")
MESSAGES_COUNTED = Phrase("{count} thư ({kinds}).", "{count} messages ({kinds}).")
AND_MORE = Phrase("… và {count} thư nữa.", "… and {count} more.")
SAMPLE = Phrase("Một thư mẫu:", "One of them:")
MAIL_TO = Phrase("Gửi đến: {name} <{address}>", "To: {name} <{address}>")
MAIL_SUBJECT = Phrase("Tiêu đề: {subject}", "Subject: {subject}")
MAIL_STATE = Phrase(
    "Trạng thái: {state}, {at} (số lần gửi: {attempts})",
    "State: {state}, {at} (attempt {attempts})",
)
MAIL_DETAIL = Phrase("Ghi chú: {detail}", "Detail: {detail}")
NO_MESSAGE = Phrase(
    "Phong trào {campaign} không có thư số {number}.",
    "Campaign {campaign} has no message {number}.",
)
NOTHING_HELD = Phrase("Không có thư nào đang giữ.", "No message is held.")
SEND_NOW = Phrase("Gửi {count} thư này?", "Send these {count} messages?")
NOT_SENT = Phrase("Không gửi; không có gì thay đổi.", "Not sent; nothing was changed.")
CONFIRMATION_NEEDED = Phrase(
    "Lệnh này cần xác nhận ở cửa sổ lệnh, hoặc thêm --yes.",
    "This needs a person to confirm, or --yes.",
)
RELEASED = Phrase("Đã cho phép gửi {count} thư.", "{count} messages are released.")
RETRIED = Phrase("Đã xếp lại {count} thư để gửi.", "{count} messages are queued again.")
SENDING = Phrase("Đang gửi thư", "Sending")
DELIVERED = Phrase(
    "Đã gửi {sent}, hỏng {failed}, chưa rõ {uncertain}, gửi lại sau {deferred}.",
    "Sent {sent}, failed {failed}, uncertain {uncertain}, to be sent later {deferred}.",
)

# --- Audit ----------------------------------------------------------------------------------------

LOG_INTACT = Phrase(
    "Nhật ký của {campaign} nguyên vẹn: {events} sự kiện.",
    "The log of {campaign} is intact: {events} events.",
)
LOG_BROKEN = Phrase(
    "Nhật ký của {campaign} bị sửa: bản ghi số {number} là bản ghi đầu tiên không khớp ({reason}).",
    "The log of {campaign} was changed: record {number} is the first that does not fit ({reason}).",
)
ROWS_DIFFER = Phrase(
    "Dữ liệu của {campaign} không khớp nhật ký: {things}.",
    "The rows of {campaign} are not what the log says: {things}.",
)
EVENTS_EXPORTED = Phrase("Đã ghi {count} sự kiện vào {file}.", "{count} events written to {file}.")
