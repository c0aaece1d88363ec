"""A campaign is rehearsed before its launch by the command people type; nothing leaves."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import socket
import subprocess
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.rehearsals import EXAMPLES, ROOT, THIDUA

REGISTERS = EXAMPLES / "ben-tre-2023"
BRANCHES = {
    "approval-requested",
    "campaign-launched",
    "deadline-extended",
    "deadline-reminder",
    "council-invited",
    "follow-up-due",
    "nomination-checked",
    "nomination-received",
    "nomination-returned",
    "pledge-requested",
    "result-announced",
    "review-assigned",
    "stage-returned",
}


class Rehearsed:
    """A rehearsal that is over."""

    def __init__(self, out: Path, home: Path, connections: int) -> None:
        self.out, self.home, self.connections = out, home, connections

    @property
    def manifest(self) -> dict[str, object]:
        found: dict[str, object] = json.loads((self.out / "manifest.json").read_text("utf-8"))
        return found

    @property
    def page(self) -> str:
        return (self.out / "sign-off.html").read_text("utf-8")

    @property
    def messages(self) -> list[dict[str, str]]:
        with (self.out / "messages.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))


def rehearse(
    out: Path, home: Path, *options: str, **settings: str
) -> subprocess.CompletedProcess[str]:
    command = [THIDUA, "--lang", "vi", "rehearse", "--playbook", "dan-van-kheo", "--out", str(out)]
    registers = {"--units": REGISTERS / "units.csv", "--people": REGISTERS / "people.csv"}
    for option, path in registers.items():
        if option not in options:
            command += [option, str(path)]
    environment = {**os.environ, "LANG": "C.UTF-8", "COLUMNS": "200", "THIDUA_HOME": str(home)}
    return subprocess.run(
        [*command, *options],
        cwd=ROOT,
        env={**environment, **settings},
        capture_output=True,
        text=True,
        timeout=880,
        check=False,
    )


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """One rehearsal, while a mail server is set that would notice anybody who calls it."""
    folder = tmp_path_factory.mktemp("sign-off")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        done = rehearse(
            folder / "out",
            folder / "home",
            THIDUA_SMTP_HOST="127.0.0.1",
            THIDUA_SMTP_PORT=str(server.getsockname()[1]),
            THIDUA_SMTP_SENDER_ADDRESS="thidua@example.org",
        )
        assert done.returncode == 0, done.stdout + done.stderr
        try:
            server.accept()
            calls = 1
        except BlockingIOError:
            calls = 0
    return Rehearsed(folder / "out", folder / "home", calls)


def test_nobody_called_the_mail_server(rehearsed: Rehearsed) -> None:
    assert rehearsed.connections == 0


def test_installation_is_not_touched(rehearsed: Rehearsed) -> None:
    assert not rehearsed.home.exists()


def test_every_branch_of_a_campaign_writes_its_mail(rehearsed: Rehearsed) -> None:
    assert {row["template"] for row in rehearsed.messages} >= BRANCHES


def test_every_listed_mail_is_a_file_to_the_address_listed(rehearsed: Rehearsed) -> None:
    for row in rehearsed.messages:
        octets = (rehearsed.out / row["file"]).read_bytes()
        mail = BytesParser(policy=policy.default).parsebytes(octets)
        assert row["to_address"] in mail["To"]
        assert mail["Subject"] == row["subject"]


def test_campaign_is_gone_through_to_its_end(rehearsed: Rehearsed) -> None:
    assert "dừng ở" not in rehearsed.page
    assert "Hồ sơ mẫu: được công nhận" in rehearsed.page
    assert "Hồ sơ mẫu: không được công nhận" in rehearsed.page


def test_units_are_told_on_the_day_the_launch_is_approved(rehearsed: Rehearsed) -> None:
    days = {row["at"][:10] for row in rehearsed.messages if row["template"] == "campaign-launched"}

    assert days == {"2023-02-08"}


def test_page_loads_nothing_from_elsewhere(rehearsed: Rehearsed) -> None:
    assert not re.search(r"<script|<link|<img|url\(|https?://", rehearsed.page)


def test_calendar_file_has_every_date(rehearsed: Rehearsed) -> None:
    calendar = Calendar.from_ical((rehearsed.out / "calendar.ics").read_bytes())

    assert len(calendar.walk("VEVENT")) == 5 * 3 + 3 + 1


def test_manifest_names_what_was_signed_off(rehearsed: Rehearsed) -> None:
    files = rehearsed.manifest["files"]
    assert isinstance(files, dict)
    for name, digest in files.items():
        assert hashlib.sha256((rehearsed.out / name).read_bytes()).hexdigest() == digest
    assert str(rehearsed.manifest["rehearsal"]) in rehearsed.page


def test_same_inputs_come_to_the_same_rehearsal(rehearsed: Rehearsed, tmp_path: Path) -> None:
    done = rehearse(tmp_path / "again", tmp_path / "home", "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rehearsal"] == rehearsed.manifest["rehearsal"]


def test_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    done = rehearse(tmp_path, tmp_path / "home")

    assert done.returncode == 2
    assert "nội dung khác" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_every_wrong_row_of_both_files_is_told_at_once(tmp_path: Path) -> None:
    units, people = tmp_path / "units.csv", tmp_path / "people.csv"
    units.write_text("id,name,kind,valid_from\na,Xã A,commune,khi nào\n", encoding="utf-8")
    people.write_text("id,full_name,unit_id,roles\np,Lan,nowhere,coordinator\n", encoding="utf-8")
    done = rehearse(
        tmp_path / "out", tmp_path / "home", "--units", str(units), "--people", str(people)
    )

    assert done.returncode == 2
    assert "khi nào" in done.stdout
    assert "nowhere" in done.stdout
    assert not (tmp_path / "out").exists()
