"""The whole campaign of 2023, from launch to replication follow-up, comes to what it came to."""

from __future__ import annotations

import json
import sqlite3
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest

from tests.rehearsals import CODE, EXAMPLES, ROOT, Rehearsed, rehearse, thidua

EXPECTED = ROOT / "tests" / "expected"
HISTORY = ROOT / "tests" / "golden" / "history" / "dvk-2023-sealed.jsonl"

pytestmark = pytest.mark.xdist_group("rehearsal")


def expected(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((EXPECTED / name).read_text("utf-8"))
    return found


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(home / "thidua.db") as connection:
        return connection.execute(query).fetchall()


def test_summary_is_what_the_recorded_facts_come_to(rehearsed: Rehearsed) -> None:
    assert rehearsed.summary == expected("ben-tre-2023.json")


def test_history_is_the_golden_one(rehearsed: Rehearsed) -> None:
    golden = [json.loads(line) for line in HISTORY.read_text("utf-8").splitlines()]

    def told(events: list[dict[str, object]]) -> list[tuple[object, ...]]:
        # Without the hashes: they also seal the playbook's own hash, which a new key changes.
        return [
            (one["number"], one["name"], one["subject"], one["actor"], one["occurred_at"])
            for one in events
        ]

    assert told(rehearsed.log()) == told(golden)


def test_log_verifies(rehearsed: Rehearsed) -> None:
    done = thidua("audit", "verify", home=rehearsed.home)

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_message_is_one_file_in_the_maildir(rehearsed: Rehearsed) -> None:
    states = dict(rows(rehearsed.home, "SELECT state, count(*) FROM message GROUP BY state"))
    files = list((rehearsed.home / "mail" / "new").glob("*.eml"))

    assert states == {"sent": len(files)}
    assert len(files) > 1_000


def test_no_message_goes_to_an_address_twice_for_one_matter(rehearsed: Rehearsed) -> None:
    twice = rows(
        rehearsed.home,
        "SELECT template, about, to_address, count(*) FROM message GROUP BY 1, 2, 3 "
        "HAVING count(*) > 1",
    )
    assert twice == []


def test_mail_is_in_vietnamese_and_names_the_campaign(rehearsed: Rehearsed) -> None:
    path = min((rehearsed.home / "mail" / "new").glob("*.eml"))
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = mail.get_body(("plain",))

    assert mail["Subject"].startswith(f"[{CODE}] ")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert body is not None
    assert "Kính gửi" in body.get_content()


def test_second_rehearsal_changes_nothing_and_says_so(rehearsed: Rehearsed) -> None:
    query = "SELECT number, hash FROM event_head"
    before = rows(rehearsed.home, query)

    again = thidua(
        "--lang", "en", "rehearse", str(EXAMPLES / "ben-tre-2023"), "--out", str(rehearsed.home)
    )

    assert again.returncode == 0
    assert "othing was changed" in again.stdout
    assert rows(rehearsed.home, query) == before


def test_prefect_holds_no_names_and_no_addresses(rehearsed: Rehearsed) -> None:
    people = rows(rehearsed.home, "SELECT full_name, email FROM person WHERE email <> ''")
    nominations = rows(rehearsed.home, "SELECT name, code FROM nomination")
    held = (rehearsed.home / "prefect" / "prefect.db").read_bytes()
    held += (
        (rehearsed.home / "prefect" / "prefect.db-wal").read_bytes()
        if (rehearsed.home / "prefect" / "prefect.db-wal").exists()
        else b""
    )

    assert CODE.encode() in held, "nothing could leak from an empty file"
    leaked = [
        text
        for pair in (*people, *[(name,) for name, _code in nominations])
        for text in pair
        if str(text).encode() in held
    ]
    assert leaked == []


def test_logs_hold_no_names_and_no_addresses(rehearsed: Rehearsed) -> None:
    people = rows(rehearsed.home, "SELECT full_name, email FROM person WHERE email <> ''")
    held = b"".join(path.read_bytes() for path in (rehearsed.home / "logs").glob("*"))

    assert [text for pair in people for text in pair if str(text).encode() in held] == []


def test_second_campaign_chooses_21_collectives_and_19_individuals(tmp_path: Path) -> None:
    done = rehearse(EXAMPLES / "dong-khoi-moi-2023", tmp_path / "dkm")

    awarded = expected("more.json")["dong_khoi_moi"]
    assert isinstance(awarded, dict)
    assert done.summary["recognised"]["by_subject_kind"] == awarded["awarded_by_kind"]
    assert done.summary["recognised"]["codes"] == awarded["codes"]
