"""`thidua deadline` and `thidua feed` as a user types them."""

from __future__ import annotations

import json

import pytest

from campaigns import bootstrap
from campaigns.store.engine import beats
from tests.unit.cli.conftest import EXAMPLE, Command

EXTEND = ("deadline", "extend", "replication", "--approval", "--as", "P001")
SIGNS = ("--from", "P003", "--to", "P002", "--as", "P003")


def test_deadlines_are_listed_with_their_zone(launched: Command) -> None:
    ended = launched("deadline", "list")

    assert ended.code == 0
    assert "15/09/2023 17:00" in ended.out
    assert "Times are in Asia/Ho_Chi_Minh." in ended.out


def test_deadlines_are_listed_as_json(launched: Command) -> None:
    listed = json.loads(launched("deadline", "list", "--json").out)

    [nomination] = [
        one
        for one in listed["deadlines"]
        if (one["stage"], one["matter"]) == ("nomination", "work")
    ]
    assert nomination["due_at"] == "2023-09-15T10:00:00Z"
    assert listed["extensions"] == []


def test_draft_has_no_deadlines(campaign: Command) -> None:
    assert "not launched" in campaign("deadline", "list").out


def test_extension_is_granted_and_listed_with_its_reason(launched: Command) -> None:
    ended = launched(*EXTEND, "--until", "2030-01-05T17:00", "--reason", "Mưa lũ")
    listed = launched("--lang", "vi", "deadline", "list")

    assert (ended.code, ended.err) == (0, "")
    assert "05/01/2030 17:00 (Asia/Ho_Chi_Minh)" in ended.out
    assert "Mưa lũ" in listed.out
    assert "phê duyệt" in listed.out


def test_extension_that_takes_time_away_is_refused_in_the_readers_language(
    launched: Command,
) -> None:
    ended = launched("--lang", "vi", *EXTEND, "--until", "2023-01-05T17:00", "--reason", "x")

    assert ended.code == 2
    assert "không sau thời hạn đang áp dụng" in ended.err


@pytest.mark.parametrize(
    "until",
    [
        "5/1/2030 17:00",
        "05/01/2030 17h",
        "17h ngày 5/1/2030",
        "2030-01-05T17:00",
        "2030-01-05 17:00:00",
        "2030-01-05T10:00Z",
        "2030-01-05T19:00+09:00",
        "5/1/2030 17:00 GMT+7",
        "5/1/2030 5:00 CH",
    ],
)
def test_time_is_understood_as_people_write_it_and_its_zone_is_converted(
    launched: Command, until: str
) -> None:
    ended = launched("--lang", "vi", *EXTEND, "--until", until, "--reason", "x")

    assert (ended.code, ended.err) == (0, "")
    assert "05/01/2030 17:00 (Asia/Ho_Chi_Minh)" in ended.out


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("2030-01-05", "give day and time"),
        ("5/1/2030", "give day and time"),
        ("x", "give day and time"),
        ("2023-13-45T17:00", "is not in the calendar"),
        ("31/2/2030 17:00", "is not in the calendar"),
        ("5/1/2030 25:00", "is not in the calendar"),
        ("2030-01-05T17:00+25:00", "is not in the calendar"),
    ],
)
def test_time_that_is_none_is_refused_for_its_reason(
    launched: Command, until: str, says: str
) -> None:
    ended = launched(*EXTEND, "--until", until, "--reason", "x")

    assert ended.code == 2
    assert says in " ".join(ended.err.split())


@pytest.mark.parametrize("door", ["delegation", "people"])
@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("1/10/2030", ""),
        ("01-10-2030", ""),
        ("ngày 1 tháng 10 năm 2030", ""),
        ("2030-10-01", ""),
        ("2030-10-01T17:00", "a day without a time"),
        ("2030-10-01T00:00Z", "a day without a time"),
        ("10/2030", "a day without a time"),
        ("31/9/2030", "is not in the calendar"),
    ],
)
def test_day_is_understood_as_people_write_it(
    launched: Command, door: str, day: str, says: str
) -> None:
    if door == "people":
        people = str(EXAMPLE / "people.csv")
        ended = launched("import", "people", people, "--from", day, "--dry-run")
    else:
        days = ("--from-date", day, "--to-date", "2/10/2030")
        bootstrap.app().act_as("system:relay", None, beats.beat, "relay:test", beats.RELAY)
        ended = launched("delegation", "add", *SIGNS, *days, "--letter", "7-GUQ")

    assert ended.code == (2 if says else 0)
    assert says in " ".join(ended.err.split())


def test_extension_without_a_reason_is_refused(launched: Command) -> None:
    ended = launched(*EXTEND, "--until", "2030-01-05T17:00", "--reason", " ")

    assert ended.code == 2
    assert "needs a reason" in ended.err


# --- Calendars -----------------------------------------------------------------------------------


def test_calendar_is_made_listed_and_revoked(campaign: Command) -> None:
    made = campaign("feed", "create", "--for", "P001")
    listed = json.loads(campaign("feed", "list", "--for", "P001", "--json").out)
    revoked = campaign("feed", "revoke", "1", "--for", "P001")
    after = json.loads(campaign("feed", "list", "--for", "P001", "--json").out)

    assert made.code == revoked.code == 0
    assert "http://127.0.0.1:8080/feeds/" in made.out
    assert [one["revoked_at"] for one in listed] == [None]
    assert after[0]["revoked_at"] is not None


def test_address_of_a_calendar_begins_with_the_public_one(
    campaign: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.example.vn")

    assert "https://thidua.example.vn/feeds/" in campaign("feed", "create", "--for", "P001").out


def test_address_is_not_listed(campaign: Command) -> None:
    made = campaign("feed", "create", "--for", "P001")
    secret = made.out.split("/feeds/")[1].split(".ics")[0]

    assert secret not in campaign("feed", "list", "--for", "P001").out


def test_calendar_of_nobody_is_refused(campaign: Command) -> None:
    ended = campaign("feed", "create", "--for", "P999")

    assert ended.code == 2
    assert "There is no person P999" in ended.err


def test_calendar_that_is_not_there_is_not_revoked(campaign: Command) -> None:
    ended = campaign("feed", "revoke", "7", "--for", "P001")

    assert ended.code == 2
    assert "no living calendar feed 7; there are: none" in ended.err
