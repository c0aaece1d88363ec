"""`thidua deadline` and `thidua feed` as a user types them."""

from __future__ import annotations

import json

import pytest

from tests.unit.cli.conftest import Command

EXTEND = ("deadline", "extend", "replication", "--approval", "--as", "P001")


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
    assert nomination["due_at"] == "2023-09-15T17:00:00+07:00"
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


@pytest.mark.parametrize("until", ["2030-01-05", "5/1/2030 17:00", "2030-01-05T17:00+07:00", "x"])
def test_time_is_local_and_has_an_hour(launched: Command, until: str) -> None:
    ended = launched(*EXTEND, "--until", until, "--reason", "x")

    assert ended.code == 2
    assert "without an offset" in ended.err


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
