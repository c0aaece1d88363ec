"""How does a coordinator read a rehearsal? One page, printable, and a calendar file."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Final

from icalendar import Calendar, Event
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from documents.writing.tables import replacing
from schemas.playbook.playbook import Playbook
from schemas.views.preview import SignOff
from schemas.vocabulary import STAGES, label

_TEMPLATES: Final = Path(__file__).parent / "templates"
_DAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def write_page(path: Path, page: SignOff) -> None:
    """Write the page: one file that loads nothing from elsewhere."""
    with replacing(path) as draft:
        draft.write_text(_template().render(page=page), encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["weekday"] = lambda at: _DAYS[at.weekday()]
    environment.filters["day"] = lambda at: at.strftime("%d/%m/%Y")
    environment.filters["hour"] = lambda at: at.strftime("%H:%M")
    environment.filters["number"] = lambda value: f"{value:,}".replace(",", ".")
    return environment.get_template("preview.html")


def calendar_text(playbook: Playbook) -> str:
    """Return the whole calendar of a campaign as one iCalendar file (RFC 5545), times in UTC."""
    calendar = Calendar()
    calendar.add("PRODID", "-//thidua//documents//EN")
    calendar.add("VERSION", "2.0")
    for uid, what, at in _entries(playbook):
        event = Event()
        event.add("UID", f"{playbook.code}/{uid}")
        event.add("DTSTAMP", at)
        event.add("DTSTART", at)
        event.add("DTEND", at)
        event.add("SUMMARY", f"{playbook.code}: {what}")
        event.add("DESCRIPTION", playbook.name.vi)
        calendar.add_component(event)
    octets: bytes = calendar.to_ical(sorted=False)
    return octets.decode("utf-8")


def _entries(playbook: Playbook) -> list[tuple[str, str, datetime]]:
    """Return (uid, what, when in UTC); the ids of deadlines are those that mails bear."""

    def utc(local: datetime) -> datetime:
        return playbook.instant(local).astimezone(UTC)

    calendar = playbook.calendar
    found: list[tuple[str, str, datetime]] = []
    for stage in STAGES:
        if (dates := calendar.of(stage)) is not None:
            name = label(stage, "vi")
            found += [
                (f"{stage}/opens", f"{name}: mở", utc(dates.opens)),
                (stage.value, f"{name}: kết thúc", utc(dates.closes)),
                (f"{stage}/approval", f"{name}: hạn phê duyệt", utc(dates.approval)),
            ]
    found += [
        (f"session/{one.number}", f"Họp hội đồng, phiên {one.number}", utc(one.starts))
        for one in calendar.sessions
    ]
    found.append(("results", "Công bố kết quả", utc(calendar.results_released)))
    return sorted(found, key=lambda entry: entry[2])
