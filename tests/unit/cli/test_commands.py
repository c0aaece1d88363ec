"""What the commands that need no engine print and do."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook

from campaigns import bootstrap
from cli.terminal.harmless import LONGEST_LINE, shortened, visible, visible_lines
from documents.writing.table_templates import KINDS
from tests.unit.cli.conftest import ROOT, Command

NAME = 'Phong trào thi đua "Dân vận khéo" tỉnh Bến Tre năm 2023'


def test_init_says_where_everything_is_and_may_be_repeated(thidua: Command, home: Path) -> None:
    first, second = thidua("init"), thidua("init")

    assert first.code == second.code == 0
    assert str(home / "mail") in first.out
    assert "nothing was changed" in second.out
    assert {one.name for one in home.iterdir()} >= {"thidua.db", "logs", "documents"}


def test_database_is_checked_and_upgraded(thidua: Command) -> None:
    before = thidua("db", "check")
    made = thidua("db", "upgrade")
    after = json.loads(thidua("db", "check", "--json").out)

    assert before.code == 2
    assert made.code == 0
    assert after["current"] is True


def test_playbook_is_checked_with_lines(thidua: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    text = (ROOT / "playbooks/dan-van-kheo.yaml").read_text("utf-8")
    bad.write_text(text.replace("quorum:", "qorum:"), encoding="utf-8")

    good = thidua("playbook", "check", "dan-van-kheo")
    ended = thidua("playbook", "check", str(bad))
    listed = json.loads(thidua("playbook", "check", str(bad), "--json").out)

    assert good.code == 0
    assert ended.code == 2
    assert "quorum" in ended.out
    assert listed[0]["line"] > 1


@pytest.mark.usefixtures("ready")
def test_bad_playbook_refuses_a_campaign_with_all_its_problems(
    thidua: Command, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("playbook: x\nversion: one\n", encoding="utf-8")

    ended = thidua("campaign", "create", "--playbook", str(bad))

    assert ended.code == 2
    assert "bad.yaml:2:" in ended.err
    assert "Traceback" not in ended.err


def test_playbooks_are_listed_and_described(thidua: Command) -> None:
    listed = json.loads(thidua("playbook", "list", "--json").out)
    schema = json.loads(thidua("playbook", "schema").out)

    assert [one["playbook"] for one in listed] == ["dan-van-kheo", "dong-khoi-moi"]
    assert "vote" in schema["properties"]
    assert "dong-khoi-moi" in thidua("playbook", "list").out


@pytest.mark.usefixtures("ready")
def test_campaign_is_created_once(thidua: Command) -> None:
    first = thidua("campaign", "create", "--code", "DVK-9")
    again = thidua("campaign", "create", "--code", "DVK-9")
    other = thidua("campaign", "create", "--code", "DVK-9", "--playbook", "dong-khoi-moi")

    assert "is created" in first.out
    assert "nothing was changed" in again.out
    assert (first.code, again.code, other.code) == (0, 0, 2)


def test_status_and_list_show_the_draft(campaign: Command) -> None:
    status = campaign("campaign", "status")
    as_json = json.loads(campaign("campaign", "status", "--json").out)
    listed = json.loads(campaign("campaign", "list", "--json").out)

    assert "Waiting for the coordinator to launch it." in status.out
    assert as_json["state"] == "draft"
    assert [one["code"] for one in listed] == ["DVK-2023"]
    assert NAME.split(" tỉnh", maxsplit=1)[0] in campaign("campaign", "list").out
    assert campaign("stage", "status").code == 0


@pytest.mark.usefixtures("ready")
def test_empty_list_says_what_to_do(thidua: Command) -> None:
    assert "campaign create" in thidua("campaign", "list").out
    assert json.loads(thidua("campaign", "list", "--json").out) == []


def test_launched_campaign_shows_stages_and_what_it_waits_for(launched: Command) -> None:
    shown = launched("stage", "status")
    stages = json.loads(launched("stage", "status", "--json").out)

    assert "Awaiting approval" in shown.out
    assert "waiting for approval by leader (1 to sign). Overdue since 08/02/2023" in shown.out
    assert stages[0]["name"] == "launch"


def test_second_launch_says_who_and_when_and_changes_nothing(launched: Command) -> None:
    before = json.loads(launched("campaign", "status", "--json").out)

    again = launched("campaign", "launch", "--as", "P001")

    assert again.code == 0
    assert "was launched by P001 at" in again.out
    assert json.loads(launched("campaign", "status", "--json").out)["events"] == before["events"]


def test_launch_by_a_stranger_is_refused(campaign: Command) -> None:
    ended = campaign("campaign", "launch", "--as", "P999")

    assert ended.code == 2
    assert "P999 may not launch" in ended.err


def test_signature_by_command_says_so(launched: Command) -> None:
    assert launched("stage", "approve", "launch", "--as", "P003").code == 0

    assert "confirmed by the command line" in launched("--lang", "en", "stage", "status").out


def test_figures_that_the_status_showed_are_signed(launched: Command) -> None:
    [stage, *_] = json.loads(launched("stage", "status", "--json").out)

    assert f"--seen {stage['basis']}" in launched("stage", "status").out
    signed = launched("stage", "approve", "launch", "--as", "P003", "--seen", stage["basis"])
    assert signed.code == 0


@pytest.mark.parametrize(
    "act", [["approve"], ["return", "--reason", "x"], ["abstain", "--reason", "x"]]
)
def test_other_figures_than_were_seen_are_not_signed(launched: Command, act: list[str]) -> None:
    word, *why = act
    ended = launched("stage", word, "launch", "--as", "P003", "--seen", "0" * 24, *why)

    assert ended.code == 2
    assert "has changed since you looked at it" in ended.err
    assert '"given": 0' in launched("stage", "status", "--json").out


def test_stage_that_does_not_wait_is_not_approved(launched: Command) -> None:
    ended = launched("stage", "approve", "nomination", "--as", "P003")

    assert ended.code == 2
    assert "pending" in ended.err


def test_return_without_reason_is_refused(launched: Command) -> None:
    ended = launched("stage", "return", "launch", "--as", "P003")

    assert ended.code == 2
    assert "reason" in ended.err


def test_submit_of_a_stage_that_waits_changes_nothing(launched: Command) -> None:
    ended = launched("stage", "submit", "launch", "--as", "P001")

    assert ended.code == 0
    assert "waits for approval; nothing was changed" in ended.out


# --- Mail -----------------------------------------------------------------------------------------


def test_held_messages_are_listed_and_shown(launched: Command) -> None:
    listed = json.loads(launched("outbox", "list", "--state", "held", "--json").out)
    shown = launched("outbox", "show", str(listed[0]["id"]))
    as_json = json.loads(launched("outbox", "show", str(listed[0]["id"]), "--json").out)

    assert {one["state"] for one in listed} == {"held"}
    assert "Kính gửi" in shown.out
    assert as_json["subject"].startswith("[DVK-2023]")
    assert f"{len(listed)} of {len(listed)} messages shown" in launched("outbox", "list").out
    assert "nothing-such" in launched("outbox", "list", "--template", "nothing-such").err


def test_message_that_is_not_there_is_named(launched: Command) -> None:
    ended = launched("outbox", "show", "987654321")

    assert ended.code == 2
    assert "987654321" in ended.err


def test_release_needs_confirmation(launched: Command, home: Path) -> None:
    ended = launched("outbox", "release", "--as", "P001")

    assert ended.code == 2
    assert "messages (Approval requested:" in ended.out
    assert "Kính gửi" in ended.out
    assert "nothing was changed" in ended.err
    assert not list((home / "mail").rglob("*.eml"))


def test_release_lets_held_messages_go_once(launched: Command, home: Path) -> None:
    held = json.loads(launched("outbox", "list", "--state", "held", "--json").out)

    ended = launched("outbox", "release", "--as", "P001", "--yes")
    again = launched("outbox", "release", "--as", "P001", "--yes")

    assert ended.code == again.code == 0
    assert f"Sent {len(held)}, failed 0" in ended.out
    assert "No message is held" in again.out
    assert len(list((home / "mail").rglob("*.eml"))) == len(held)


def test_release_by_a_stranger_is_refused(launched: Command) -> None:
    ended = launched("outbox", "release", "--as", "P999", "--yes")

    assert ended.code == 2
    assert launched("outbox", "list", "--state", "held", "--json").out != "[]\n"


def test_failed_messages_are_sent_again(launched: Command, home: Path) -> None:
    app = bootstrap.app()
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE message SET state = 'failed' WHERE id = 1")
    connection.close()
    app.store.engine.dispose()

    ended = launched("outbox", "retry", "--as", "P001", "--yes")

    assert "1 messages are queued again" in ended.out
    assert "Sent 1, failed 0" in ended.out
    assert "No message has failed" in launched("outbox", "retry", "--as", "P001", "--yes").out


# --- Audit, export, template ----------------------------------------------------------------------


def test_audit_names_the_row_that_was_edited(launched: Command, home: Path) -> None:
    before = launched("audit", "verify")
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute(
            "UPDATE event SET facts = replace(facts, 'P001', 'P002') WHERE number = 2"
        )
    connection.close()

    after = launched("audit", "verify", "DVK-2023")
    as_json = json.loads(launched("audit", "verify", "--json").out)

    assert before.code == 0
    assert after.code == 2
    assert "record 2 is the first" in after.err
    assert as_json["broken_at"] == 2


def test_audit_names_the_thing_whose_row_was_edited(launched: Command, home: Path) -> None:
    with sqlite3.connect(home / "thidua.db") as connection:
        connection.execute("UPDATE stage SET state = 'approved' WHERE name = 'launch'")
    connection.close()

    ended = launched("audit", "verify")

    assert ended.code == 2
    assert "stage:launch" in ended.err


def test_log_is_handed_out_whole(launched: Command, tmp_path: Path) -> None:
    out = tmp_path / "log.jsonl"

    ended = launched("audit", "export", "--out", str(out))

    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [one["number"] for one in lines] == list(range(1, len(lines) + 1))
    assert f"{len(lines)} events" in ended.out


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_export_of_no_nominations_has_its_columns(
    launched: Command, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"list{suffix}"

    ended = launched("campaign", "export", "--out", str(out))

    assert ended.code == 0
    if suffix == ".json":
        assert json.loads(out.read_text("utf-8")) == []
    elif suffix == ".csv":
        with out.open(encoding="utf-8-sig") as file:
            assert next(csv.reader(file))[0] == "Code"
    else:
        assert load_workbook(out).worksheets[0]["A1"].value == "Code"


@pytest.mark.parametrize("kind", KINDS)
def test_empty_workbook_of_each_table_is_written(
    campaign: Command, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "mau.xlsx"

    ended = campaign("template", kind, "--out", str(out), "--lang", "vi")

    assert (ended.code, ended.err) == (0, "")
    assert "Đã ghi" in ended.out
    assert out.exists()


def test_template_is_made_from_the_form(campaign: Command, tmp_path: Path) -> None:
    out = tmp_path / "empty.xlsx"

    ended = campaign("template", "nominations", "--out", str(out), "--lang", "vi")

    sheet = load_workbook(out).worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    assert ended.code == 0
    assert "Mã hồ sơ" in headers
    assert sheet.data_validations.dataValidation


@pytest.mark.usefixtures("ready")
def test_template_before_there_is_a_campaign(thidua: Command, tmp_path: Path) -> None:
    ended = thidua(
        "template", "nominations", "--out", str(tmp_path / "a.xlsx"), "--playbook", "dong-khoi-moi"
    )

    assert ended.code == 0


# --- Text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hòa Bình", "Hòa Bình"),
        ("a\nb", "a\\nb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\u202eabc", "\\u202eabc"),
        ("a b", "a b"),
        ("\udcff", "\\udcff"),
        (7, "7"),
    ],
)
def test_foreign_text_is_made_visible(text: object, shown: str) -> None:
    assert visible(text) == shown


def test_long_text_is_cut_in_the_middle() -> None:
    assert len(visible("word " * 1_000)) <= LONGEST_LINE
    assert visible("A" * 1_000_000).startswith("AAA")
    assert shortened("abcdef", 4) == "abc…"
    assert visible_lines("a\nb\x00") == "a\nb\\x00"
