"""What does a campaign wait for, in words? The same ones at the terminal and on Prefect's board."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from schemas.views import Waiting
from schemas.vocabulary import Language, label


class _Said(NamedTuple):
    vi: str
    en: str

    def say(self, language: Language, **values: object) -> str:
        return (self.vi if language == "vi" else self.en).format(**values)


_OVER = _Said(
    "Phong trào đã kết thúc, không còn chờ gì.", "The campaign is over; it waits for nothing."
)
_MATTERS: Final = {
    "launch": _Said("Chờ {roles} phát động.", "Waiting for the {roles} to launch it."),
    "opens_next": _Said(
        "{stage}: đã đến lúc mở; bộ máy sẽ mở ở lượt chạy tới.",
        "{stage}: its time to open has come; the engine opens it at its next turn.",
    ),
    "opening": _Said("{stage}: chưa đến ngày mở.", "{stage}: its opening has not come yet."),
    "approval": _Said(
        "{stage}: chờ {roles} phê duyệt (còn {count} chữ ký).",
        "{stage}: waiting for approval by {roles} ({count} to sign).",
    ),
    "nominations": _Said(
        "{stage}: chờ {roles} gửi hồ sơ (đã nhận, chưa xét: {count}).",
        "{stage}: waiting for nominations by {roles} (received, not decided: {count}).",
    ),
    "reviews": _Said(
        "{stage}: chờ {roles} chấm điểm (còn thiếu {count}).",
        "{stage}: waiting for reviews by {roles} ({count} missing).",
    ),
    "votes": _Said(
        "{stage}: chờ {roles} biểu quyết (còn {count} hồ sơ).",
        "{stage}: waiting for votes by {roles} ({count} nominations).",
    ),
    "follow_ups": _Said(
        "{stage}: chờ {roles} báo cáo nhân rộng (còn {count}).",
        "{stage}: waiting for reports by {roles} ({count} open).",
    ),
    "correction": _Said(
        "{stage}: bị trả lại; chờ {roles} bổ sung rồi trình lại (thidua stage submit).",
        "{stage}: returned; the {roles} must correct and submit it (thidua stage submit).",
    ),
    "release": _Said(
        "Phong trào đã kết thúc, nhưng còn {count} thư đang giữ: chờ {roles} cho gửi "
        "(thidua outbox held, thidua outbox release).",
        "The campaign is over, but {count} messages are held: the {roles} must release them "
        "(thidua outbox held, thidua outbox release).",
    ),
}
_OTHER = _Said("{stage}: chờ {roles} ({what}).", "{stage}: waiting for {roles} ({what}).")
_OVERDUE = _Said("Đã quá hạn {until}.", "Overdue since {until}.")
_UNTIL = _Said("Hạn: {until}.", "Until {until}.")
_SINCE = _Said("Chờ từ {since}.", "Since {since}.")
_SHORT = _Said(
    "Không còn ai ký được {count} chữ ký: hãy bổ nhiệm người phê duyệt (thidua import people).",
    "Nobody can give {count} of the signatures: appoint approvers (thidua import people).",
)
_NAMED = _Said("người được nêu tên", "the people named")


def waiting_line(waiting: Waiting | None, language: Language, zone: tzinfo, now: datetime) -> str:
    """Say what a campaign waits for, from whom and until when, in a zone that is named."""
    if waiting is None:
        return _OVER.say(language)
    if waiting.what == "opening" and waiting.until is not None and waiting.until <= now:
        # Nobody is late: the engine has not come to it yet.
        waiting = waiting.model_copy(
            update={"what": "opens_next", "until": None, "since": waiting.until}
        )
    line = matter(waiting, language)
    if waiting.until is not None:
        phrase = _UNTIL if now <= waiting.until else _OVERDUE
        line += " " + phrase.say(language, until=f"{moment(waiting.until, zone)} ({zone})")
    if waiting.since is not None:
        line += " " + _SINCE.say(language, since=moment(waiting.since, zone))
    if waiting.short:
        line += " " + _SHORT.say(language, count=waiting.short)
    return line


def matter(waiting: Waiting, language: Language) -> str:
    """Say what a campaign waits for and from whom, without a date."""
    return _MATTERS.get(waiting.what, _OTHER).say(
        language,
        stage=label(waiting.stage, language),
        roles=", ".join(label(role, language).lower() for role in waiting.roles)
        or _NAMED.say(language),
        count=waiting.count,
        what=waiting.what,
    )


def moment(instant: datetime, zone: tzinfo) -> str:
    """Write a point in time as people read it: day, month, year, hour and minute."""
    return instant.astimezone(zone).strftime("%d/%m/%Y %H:%M")
