"""In which words is an amendment told? What a key is called, and why it comes too late."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from campaigns.rules.playbook.amendments import Changed, Settled
from language import Language
from schemas.playbook.values import Label
from schemas.vocabulary import LABELS, STAGES, label

REASONS: Final[dict[Settled, Label]] = {
    Settled.ALWAYS: Label(
        vi="đã ghi trên mọi giấy tờ của phong trào, không bao giờ đổi",
        en="it stands on every paper of the campaign and never changes",
    ),
    Settled.LAUNCHED: Label(
        vi="phong trào đã phát động theo nội dung này", en="the campaign was launched with it"
    ),
    Settled.RECEIVED: Label(
        vi="đã nhận hồ sơ theo biểu mẫu này", en="nominations were received on this form"
    ),
    Settled.IN_USE: Label(vi="đã có hồ sơ dùng mục này", en="nominations use it"),
    Settled.DECIDED: Label(
        vi="điều kiện của hồ sơ đã được xét theo nội dung này",
        en="the eligibility of nominations was decided by it",
    ),
    Settled.REVIEWED: Label(vi="đã có phiếu chấm theo nội dung này", en="reviews were made by it"),
    Settled.CONVENED: Label(
        vi="đã mời hội đồng họp phiên này", en="the council was invited to this session"
    ),
    Settled.VOTED: Label(
        vi="hội đồng đã biểu quyết theo nội dung này", en="the council has voted by it"
    ),
    Settled.SIGNED: Label(
        vi="quyết định đã ký theo nội dung này", en="a decision was signed under it"
    ),
    Settled.RELEASED: Label(vi="kết quả đã được công bố", en="the results were released"),
    Settled.ADOPTED: Label(
        vi="đã có cam kết nhân rộng theo các mốc này", en="replications are followed up by it"
    ),
    Settled.OPENED: Label(vi="giai đoạn này đã mở", en="the stage has opened"),
    Settled.CLOSED: Label(
        vi="giai đoạn này đã trình duyệt", en="the approval of the stage was asked for"
    ),
    Settled.APPROVED: Label(vi="giai đoạn này đã được phê duyệt", en="the stage is approved"),
    Settled.EXTENDED: Label(
        vi="đã gia hạn quá thời điểm mới này",
        en="the deadline was extended beyond the new time",
    ),
    Settled.PAST: Label(
        vi="thời điểm mới đã qua; hãy chọn thời điểm sau hiện tại",
        en="the new time is over; choose one after the present",
    ),
}

_KEYS: Final[dict[str, Label]] = {
    "name": Label(vi="Tên", en="Name"),
    "version": Label(vi="Phiên bản", en="Version"),
    "source": Label(vi="Căn cứ", en="Source"),
    "language": Label(vi="Ngôn ngữ", en="Language"),
    "timezone": Label(vi="Múi giờ", en="Time zone"),
    "code": Label(vi="Mã", en="Code"),
    "playbook": Label(vi="Kịch bản", en="Playbook"),
    "coordinator_unit": Label(vi="Đơn vị điều phối", en="Coordinating unit"),
    "fields": Label(vi="Lĩnh vực", en="Fields"),
    "subject_kinds": Label(vi="Loại đối tượng", en="Subject kinds"),
    "form": Label(vi="Biểu mẫu", en="Form"),
    "items": Label(vi="ô", en="box"),
    "header": Label(vi="tiêu đề", en="header"),
    "required": Label(vi="bắt buộc", en="obligatory"),
    "maximum_length": Label(vi="độ dài tối đa", en="longest text"),
    "minimum": Label(vi="nhỏ nhất", en="least"),
    "maximum": Label(vi="lớn nhất", en="most"),
    "earliest": Label(vi="sớm nhất", en="earliest"),
    "latest": Label(vi="muộn nhất", en="latest"),
    "rules": Label(vi="Điều kiện xét", en="Eligibility"),
    "severity": Label(vi="mức", en="severity"),
    "reason": Label(vi="lý do", en="reason"),
    "remedy": Label(vi="cách khắc phục", en="remedy"),
    "quota": Label(vi="Chỉ tiêu", en="Quota"),
    "per_unit_kind": Label(vi="theo loại đơn vị", en="by kind of unit"),
    "nominating": Label(vi="Phạm vi đề cử", en="Who may be nominated"),
    "own_and_below": Label(vi="chỉ đơn vị mình và cấp dưới", en="own unit and below only"),
    "anywhere": Label(vi="không giới hạn", en="for any unit"),
    "late": Label(vi="Nộp muộn", en="Lateness"),
    "policy": Label(vi="cách xử lý", en="policy"),
    "grace_minutes": Label(vi="thời gian châm chước (phút)", en="grace (minutes)"),
    "rubric": Label(vi="Thang điểm", en="Rubric"),
    "criteria": Label(vi="tiêu chí", en="criterion"),
    "reviews_per_nomination": Label(vi="số phiếu chấm mỗi hồ sơ", en="reviews per nomination"),
    "minimum_total": Label(vi="điểm sàn", en="cut-off"),
    "conflicts": Label(vi="Xung đột lợi ích", en="Conflict of interest"),
    "also": Label(vi="cũng tính", en="counted too"),
    "vote": Label(vi="Biểu quyết", en="Vote"),
    "quorum": Label(vi="số thành viên tối thiểu", en="quorum"),
    "threshold": Label(vi="tỷ lệ đồng ý", en="threshold"),
    "denominator": Label(vi="mẫu số", en="denominator"),
    "ballot": Label(vi="hình thức bỏ phiếu", en="ballot"),
    "calendar": Label(vi="Lịch", en="Calendar"),
    "opens": Label(vi="mở", en="opens"),
    "closes": Label(vi="kết thúc", en="closes"),
    "approval": Label(vi="hạn duyệt", en="approve by"),
    "sessions": Label(vi="phiên họp", en="session"),
    "starts": Label(vi="bắt đầu", en="starts"),
    "results_released": Label(vi="công bố kết quả", en="results released"),
    "approvals": Label(vi="Phê duyệt", en="Approval"),
    "roles": Label(vi="vai trò", en="roles"),
    "people": Label(vi="người ký", en="people"),
    "one_time_code": Label(vi="mã dùng một lần", en="one-time code"),
    "steps": Label(vi="các bước", en="steps"),
    "decision": Label(vi="Quyết định", en="Decision"),
    "follow_up": Label(vi="Theo dõi nhân rộng", en="Follow-up"),
    "months": Label(vi="các mốc (tháng)", en="months"),
    "messages": Label(vi="Thư", en="Messages"),
    "held": Label(vi="giữ lại chờ cho gửi", en="held"),
    "silent": Label(vi="không gửi", en="not sent"),
    "reminders": Label(vi="Nhắc việc", en="Reminders"),
    "vi": Label(vi="tiếng Việt", en="Vietnamese"),
    "en": Label(vi="tiếng Anh", en="English"),
    "*": Label(vi="thứ tự", en="order"),
}
_LONGEST: Final = 160


def key_name(key: Changed, language: Language) -> str:
    """Return what a key is called, part by part; an id stays as it is."""
    return " › ".join(_part(part, language) for part in key.path)


def _part(part: str, language: Language) -> str:
    if part in STAGES:
        return label(part, language)
    if part in _KEYS:
        return _KEYS[part].say(language)
    return label(part, language) if part in LABELS else part


def value_said(value: Any, language: Language) -> str:  # noqa: ANN401 - any JSON
    """Return a value as people read it: dates by day and hour, absent ones as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return {"vi": ("không", "có"), "en": ("no", "yes")}[language][value]
    if isinstance(value, str):
        return _clipped(_moment(value) or _part(value, language))
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return _clipped(", ".join(value_said(str(one), language) for one in value) or "–")
    if isinstance(value, dict):
        said = _of_parts(value, language)
        return _clipped(said or json.dumps(value, ensure_ascii=False, sort_keys=True))
    return _clipped(str(value))


def _of_parts(value: dict[str, Any], language: Language) -> str:
    """Say a part that was added or left out whole by what it is called."""
    words = next((value[key] for key in ("name", "header", "reason") if key in value), None)
    if isinstance(words, dict):
        return (words.get("en") if language == "en" else "") or str(words.get("vi", ""))
    if isinstance(value.get("starts"), str):
        return value_said(value["starts"], language)
    return ""


def _moment(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return at.strftime("%d/%m/%Y %H:%M" if "T" in text else "%d/%m/%Y")


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
