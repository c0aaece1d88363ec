"""Is the calendar file what RFC 5545 and RFC 5546 ask for, and always the same?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar

from notifications.writing.ics import calendar_file
from notifications.writing.render import Renderer
from tests.unit.notifications.samples import SAMPLES, entry


def made(name: str = "campaign-launched", **changes: object) -> str:
    payload = SAMPLES[name].model_copy(update=changes)
    ics = Renderer().render(payload, "vi").ics
    assert ics is not None
    return ics


def event(ics: str) -> Any:
    [found] = icalendar.Calendar.from_ical(ics).events
    return found


def test_deadline_is_published_in_utc_with_stable_identity() -> None:
    ics = made()
    read = event(ics)
    assert icalendar.Calendar.from_ical(ics)["METHOD"] == "PUBLISH"
    assert str(read["UID"]) == "dvk-2023-nomination-closes@thidua.example"
    assert read["SEQUENCE"] == 0
    assert read["DTSTART"].dt == datetime(2023, 9, 15, 10, 0, tzinfo=UTC)
    assert "DTEND" not in read
    assert "DURATION" not in read
    assert read["DTSTAMP"].dt == datetime(2023, 9, 15, 10, 0, tzinfo=UTC)
    assert read["TRANSP"] == "TRANSPARENT"
    assert str(read["ORGANIZER"]) == "mailto:bandanvan@bentre.example"
    assert read["ORGANIZER"].params["CN"] == "Ban Dân vận Tỉnh ủy Bến Tre"
    assert "LOCATION" not in read


def test_meeting_takes_the_readers_time_and_has_a_place() -> None:
    read = event(made("council-invited"))
    assert read["TRANSP"] == "OPAQUE"
    assert str(read["LOCATION"]) == "Phòng họp số 2"
    assert read["DTEND"].dt - read["DTSTART"].dt == timedelta(hours=3, minutes=30)
    assert read["SEQUENCE"] == 1


def test_organizer_without_address_is_still_there() -> None:
    assert str(event(made(coordinator_address=""))["ORGANIZER"]) == "invalid:nomail"


def test_lines_are_ended_and_folded_as_the_standard_says() -> None:
    ics = made()
    assert ics.replace("\r\n", "").count("\n") == 0
    assert max(len(line.encode()) for line in ics.split("\r\n")) <= 75
    assert ics.endswith("END:VCALENDAR\r\n")


def test_text_cannot_start_another_property() -> None:
    hostile = entry(
        uid="a\r\nATTACH:x", summary='Hạn; "nộp", rồi\r\nBEGIN:VALARM', location="A\nB:C"
    )
    read = event(calendar_file(hostile, "T\nX:1", 'Ban "A"\r\nZ:1', "", meeting=False))
    assert str(read["SUMMARY"]) == 'Hạn; "nộp", rồi BEGIN:VALARM'
    assert str(read["UID"]) == "a ATTACH:x"
    assert str(read["LOCATION"]) == "A B:C"
    assert read["ORGANIZER"].params["CN"] == "Ban 'A' Z:1"
    assert read.subcomponents == []
    assert "ATTACH" not in read


def test_moved_date_keeps_the_identity() -> None:
    moved = entry(sequence=1, starts_at=datetime(2023, 9, 20, 10, 0, tzinfo=UTC))
    read = event(made(calendar=moved))
    assert str(read["UID"]) == "dvk-2023-nomination-closes@thidua.example"
    assert read["SEQUENCE"] == 1
