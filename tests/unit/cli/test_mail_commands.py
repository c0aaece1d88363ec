"""The commands about held mail, preferences, mail that came back, and corrected decisions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Command


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

    assert "1 notices read: 0 for good, 0 for a time, 1 passed over." in first.out
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
