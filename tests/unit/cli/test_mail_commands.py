"""The commands about held mail, preferences, mail that came back, and corrected decisions."""

from __future__ import annotations

import email
import json
import os
import sqlite3
from contextlib import closing
from email.utils import parseaddr
from pathlib import Path
from typing import Final

import pytest

from tests.unit.cli.conftest import EXAMPLE, Command, Ended


def test_held_messages_are_shown_with_a_sample(launched: Command) -> None:
    ended = launched("outbox", "held")

    assert ended.code == 0
    assert "messages (Approval requested:" in ended.out
    assert "Kính gửi" in ended.out


def test_messages_are_counted(launched: Command) -> None:
    found = json.loads(launched("outbox", "stats", "--json").out)

    assert {one["template"] for one in found["messages"]} == {"approval-requested"}
    assert found["failing_addresses"] == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--digest", "daily"), "P001: one mail a day, language vi."),
        (("--language", "en"), "P001: each mail at once, language en."),
        ((), "P001: each mail at once, language vi."),
    ],
)
def test_preference_is_set_and_shown(
    campaign: Command, options: tuple[str, ...], said: str
) -> None:
    assert said in campaign("person", "set", "P001", *options).out


def test_preference_of_nobody_is_refused(campaign: Command) -> None:
    ended = campaign("person", "set", "P999", "--digest", "daily")

    assert (ended.code, "nobody with the id P999" in ended.err) == (2, True)


def test_notices_of_a_folder_are_read_once(campaign: Command, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text("Subject: hello\n\nNo notice at all.\n")

    first = campaign("bounces", "read", str(tmp_path))
    second = campaign("bounces", "read", str(tmp_path))

    assert "1 notices read:" in first.out
    assert "0 about no known mail, 1 passed over." in first.out
    assert "0 notices read" in second.out


def test_folder_that_is_not_there_is_named(campaign: Command, tmp_path: Path) -> None:
    ended = campaign("bounces", "read", str(tmp_path / "none"))

    assert (ended.code, "there is no folder" in ended.err) == (2, True)


def test_no_address_is_failing(campaign: Command) -> None:
    assert "No address sent mail back." in campaign("bounces", "list").out
    assert (
        "x@example.org was not marked."
        in campaign("bounces", "clear", "x@example.org", "--as", "P001").out
    )


def test_campaign_without_a_decision_says_so(launched: Command) -> None:
    assert "There is no decision yet." in launched("decision", "list").out
    assert launched("decision", "list", "--json").out == "[]\n"


def test_correction_before_a_decision_is_refused(launched: Command) -> None:
    ended = launched("decision", "correct", "A=not", "--reason", "sai", "--as", "P001")

    assert (ended.code, "no decision in force" in ended.err) == (2, True)


def test_correction_of_another_form_is_refused(launched: Command) -> None:
    ended = launched("decision", "correct", "A=perhaps", "--reason", "sai", "--as", "P001")

    assert (ended.code, "CODE=recognised or CODE=not" in ended.err) == (2, True)


NOTICE = """From: MAILER-DAEMON@mx.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: text/rfc822-headers

{headers}
--b--
"""
FAR: Final = "moved@example.org"


def come_back(campaign: Command, folder: Path, status: str, words: str) -> tuple[str, Ended]:
    """Let the held letters go and one of them come back; return its address."""
    campaign("outbox", "release", "--as", "P001", "--yes")
    sent = min((Path(os.environ["THIDUA_HOME"]) / "mail" / "new").iterdir())
    letter = email.message_from_bytes(sent.read_bytes())
    headers = "".join(
        f"{name}: {value}\n" for name, value in letter.items() if name != "Message-ID"
    )
    address = parseaddr(letter["To"])[1]
    notice = NOTICE.format(address=address, status=status, words=words, headers=headers)
    (folder / "n.eml").write_text(notice, encoding="utf-8")
    return address, campaign("bounces", "read", str(folder))


def test_returned_letter_goes_to_the_corrected_address(
    launched: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A new address of somebody who signs would rest for a day first.
    monkeypatch.setenv("THIDUA_SIGNER_REST_HOURS", "0")
    address, read = come_back(launched, tmp_path, "5.1.1", "550 5.1.1 unknown user")
    assert "1 of dead addresses" in read.out
    assert "1 messages came back" in launched("campaign", "status").err
    assert "came back 1" in launched("doctor").out
    kept = launched("outbox", "retry", "--as", "P001", "--yes")
    assert "1 messages stay as they are" in kept.out

    people = tmp_path / "people.csv"
    table = (EXAMPLE / "people.csv").read_text("utf-8").replace(address, FAR)
    people.write_text(table, encoding="utf-8")
    launched("import", "people", str(people), "--from", "2023-01-01")
    again = launched("outbox", "retry", "--as", "P001", "--yes")

    assert "1 messages are queued again." in again.out
    listed = json.loads(launched("outbox", "list", "--json").out)
    # The link of the letter before is void with its address: the person is asked anew.
    assert sorted(one["state"] for one in listed if one["to_address"] == FAR) == ["held", "sent"]
    assert {one["state"] for one in listed if one["to_address"] != FAR} <= {"sent", "superseded"}


@pytest.mark.parametrize(
    ("status", "words", "said"),
    [
        ("5.7.1", "550-5.7.1 likely unsolicited mail", "1 refused for our sake"),
        ("5.2.2", "552 5.2.2 over quota", "1 returned for other reasons"),
    ],
)
def test_address_of_a_letter_that_was_refused_is_still_written_to(
    launched: Command, tmp_path: Path, status: str, words: str, said: str
) -> None:
    _, read = come_back(launched, tmp_path, status, words)

    assert said in read.out
    assert json.loads(launched("outbox", "stats", "--json").out)["failing_addresses"] == 0
    again = launched("outbox", "retry", "--as", "P001", "--yes")
    assert "1 messages are queued again." in again.out


def number_of_the_form(home: Path) -> int:
    """Keep a file for the first message, as if it went with it; return the message's number."""
    with closing(sqlite3.connect(home / "thidua.db")) as database, database:
        campaign, number = database.execute("SELECT campaign_id, min(id) FROM message").fetchone()
        values = (campaign, "d", "Biểu mẫu đề cử.xlsx", "x/y", b"form")
        database.execute("INSERT INTO attachment VALUES (?, ?, ?, ?, ?)", values)
        database.execute("UPDATE message SET attachment = 'd' WHERE id = ?", (number,))
    return int(number)


def test_message_is_shown_with_the_file_that_goes_with_it(launched: Command, home: Path) -> None:
    number = str(number_of_the_form(home))

    assert "Attached: Biểu mẫu đề cử.xlsx (4 bytes)" in launched("outbox", "show", number).out
    told = json.loads(launched("outbox", "show", number, "--json").out)
    assert told["attachment"] == {"name": "Biểu mẫu đề cử.xlsx", "size": 4}


def test_file_that_goes_with_a_message_is_written(
    launched: Command, home: Path, tmp_path: Path
) -> None:
    number, target = str(number_of_the_form(home)), tmp_path / "form.xlsx"

    assert launched("outbox", "show", number, "--attachment", str(target)).code == 0
    assert target.read_bytes() == b"form"


def test_message_without_a_file_writes_none(launched: Command, home: Path, tmp_path: Path) -> None:
    number = number_of_the_form(home) + 1

    ended = launched("outbox", "show", str(number), "--attachment", str(tmp_path / "x.xlsx"))
    assert (ended.code, f"No file goes with message {number}." in ended.err) == (2, True)
