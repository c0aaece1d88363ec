"""Entries that mails and feeds bring along: titled, deadlines without end, sessions with one."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest

from campaigns.rules.deadlines import date_words
from campaigns.services.calendar_entries import entry
from notifications.writing.ics import calendar_file
from notifications.writing.ics_feed import DatedEntry, feed_file
from schemas.messages.outgoing import Recipient
from schemas.vocabulary import Stage
from tests.world import World

READER = Recipient(id="mai", address="mai@example.org", name="Mai", language="vi")


@pytest.mark.parametrize(
    ("matter", "stage", "number", "title"),
    [
        ("work", Stage.NOMINATION, 0, "[DVK-TEST] Hạn đề cử"),
        ("work", Stage.APPRAISAL, 0, "[DVK-TEST] Hạn thẩm định"),
        ("approval", Stage.LAUNCH, 0, "[DVK-TEST] Hạn phê duyệt phát động"),
        ("session", Stage.RECOGNITION, 2, "[DVK-TEST] Họp hội đồng, phiên 2"),
    ],
)
def test_entry_says_what_it_is_and_how_long_it_takes(
    world: World, matter: date_words.DateMatter, stage: Stage, number: int, title: str
) -> None:
    at = world.clock.now()
    made = world.read(
        lambda tx: entry(tx, READER, "u", 0, at, stage=stage, matter=matter, number=number)
    )
    text = calendar_file(made, "X", "Ban", "", meeting=matter == "session")
    (event,) = icalendar.Calendar.from_ical(text).events

    assert str(event["SUMMARY"]) == title
    assert ("DTEND" in event) is (matter == "session")
    if matter == "session":
        assert event.duration == date_words.SESSION_LENGTH


@pytest.mark.parametrize("matter", ["work", "approval", "session", "release"])
def test_feed_says_the_same(world: World, matter: date_words.DateMatter) -> None:
    at = world.clock.now()
    ends_at = date_words.ends_at(matter, at)
    dated = DatedEntry("u", 0, "t", "d", at, "Asia/Ho_Chi_Minh", at, ends_at, meeting=False)
    (event,) = icalendar.Calendar.from_ical(feed_file("n", [dated]).decode()).events

    assert ("DTEND" in event) is (matter == "session")
    if "DTEND" in event:
        assert event.duration == timedelta(hours=3, minutes=30)
