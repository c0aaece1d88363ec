"""`thidua clock` as a user types it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaigns import bootstrap
from campaigns.bootstrap import SystemClock
from campaigns.store.engine import beats
from campaigns.store.log import vouched
from cli.commands.audit import KINDS
from tests.unit.cli.conftest import Command

REPAIR = ("clock", "repair", "--as", "P001", "--reason", "Máy chủ sai năm")
YEAR = timedelta(days=365)


@pytest.fixture
def shifted(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """Let the clock of this process be set; no other process tells the time."""
    by = [timedelta()]
    monkeypatch.setattr(SystemClock, "now", lambda _self: datetime.now(UTC) + by[0])
    return by


@pytest.fixture
def ahead(launched: Command, shifted: list[timedelta]) -> Command:
    """The campaign's log is dated a year ahead."""
    shifted[0] = YEAR
    bootstrap.app().act("DVK-2023", lambda tx: tx.record("thidua.test.noted", "x:y", {}))
    shifted[0] = timedelta()
    return launched


def test_clocks_that_agree_are_shown(launched: Command) -> None:
    bootstrap.app().say_alive("relay:test", beats.RELAY)

    ended = launched("--lang", "vi", "clock", "show")

    assert ended.code == 0
    assert "relay:test" in ended.out
    assert "Các đồng hồ khớp nhau" in ended.out


def test_log_that_is_ahead_is_shown_with_what_to_do(ahead: Command) -> None:
    ended = ahead("clock", "show")

    assert "DVK-2023: the last event is dated" in ended.out
    assert "thidua clock repair --as PERSON --reason TEXT" in ended.out


def test_log_that_is_ahead_is_shown_as_json(ahead: Command) -> None:
    found = json.loads(ahead("clock", "show", "--json").out)

    assert found["campaigns_ahead"]["DVK-2023"]["events"] == 1
    assert found["believed"] is True


@pytest.mark.parametrize(
    "look", [("campaign", "status"), ("stage", "status"), ("outbox", "list"), ("audit", "verify")]
)
def test_campaign_can_be_looked_at_while_it_is_ahead(ahead: Command, look: tuple[str, ...]) -> None:
    assert ahead(*look).code == 0


def test_status_says_that_nothing_more_is_recorded(ahead: Command) -> None:
    ended = ahead("--lang", "vi", "campaign", "status")

    assert "chưa ghi thêm được gì" in ended.out + ended.err


def test_act_says_what_to_do(ahead: Command) -> None:
    ended = ahead("--lang", "vi", "campaign", "cancel", "--as", "P003", "--reason", "x")

    assert ended.code == 2
    assert "thidua clock repair" in " ".join(ended.err.split())


def test_campaign_goes_on_after_the_repair(ahead: Command) -> None:
    ended = ahead("--lang", "vi", *REPAIR)

    assert (ended.code, ended.err) == (0, "")
    assert "DVK-2023: đi tiếp từ hiện tại; 1 sự kiện" in ended.out
    assert ahead("audit", "verify").code == 0
    assert ahead("doctor", "--json").out.count("clock repair") == 0


def test_second_repair_has_nothing_to_do(ahead: Command) -> None:
    ahead(*REPAIR)

    ended = ahead(*REPAIR)

    assert ended.code == 2
    assert "nothing to repair" in ended.err


def test_repair_is_a_coordinators(ahead: Command) -> None:
    ended = ahead("clock", "repair", "--as", "P006", "--reason", "x")

    assert ended.code == 2
    assert "coordinator" in ended.err


def test_doctor_says_how_a_log_that_is_ahead_is_mended(ahead: Command) -> None:
    said = " ".join(ahead("doctor").out.split())

    assert "thidua clock repair" in said


def test_act_of_a_clock_that_is_ahead_is_refused(
    launched: Command, shifted: list[timedelta], home: Path
) -> None:
    bootstrap.app().say_alive("relay:test", beats.RELAY)
    shifted[0] = YEAR

    ended = launched("token", "create", "--for", "P001", "--scope", "read")
    shown = launched("clock", "show")

    assert ended.code == 2
    assert "365 days ahead of all other clocks" in " ".join(ended.err.split())
    assert "nothing is recorded" in " ".join(shown.out.split())


def test_audit_has_a_name_for_everything_it_compares() -> None:
    assert {kind for kind, _reader in vouched.readers()} <= KINDS.keys()
