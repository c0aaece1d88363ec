"""The commands that take something back: a nomination, a recognition, a whole campaign."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from campaigns import bootstrap
from campaigns.services import stages
from campaigns.services.approvals import verdicts
from campaigns.services.nomination import checking
from campaigns.store.engine import beats
from schemas.commands.approvals import ApproveStage
from schemas.vocabulary import Stage
from tests.unit.cli.conftest import Command
from tests.world import nomination_row

ACTS = [("withdraw",), ("clear-hold",), ("revoke", "--document", "07-QĐ", "--yes")]
MAY = {"withdraw": "P001", "clear-hold": "P001", "revoke": "P003"}


@pytest.mark.parametrize("act", ACTS)
def test_nomination_that_is_not_there_is_named(launched: Command, act: tuple[str, ...]) -> None:
    name, *options = act
    ended = launched("nomination", name, "Z-1", "--reason", "Nhầm", "--as", "P002", *options)

    assert ended.code == 2
    assert "Z-1" in ended.err or "P002 may not" in ended.err


@pytest.mark.parametrize("act", ACTS)
def test_reason_is_asked_for(launched: Command, act: tuple[str, ...]) -> None:
    name, *options = act
    ended = launched("nomination", name, "Z-1", "--as", MAY[name], *options)

    assert (ended.code, "needs a reason" in ended.err) == (2, True)


def test_reason_is_asked_for_in_vietnamese(launched: Command) -> None:
    ended = launched("--lang", "vi", "nomination", "withdraw", "Z-1", "--as", "P001")

    assert "Rút hồ sơ thì phải nêu lý do" in ended.err


def test_decision_that_revokes_is_asked_for(launched: Command) -> None:
    ended = launched("nomination", "revoke", "Z-1", "--reason", "Sai", "--as", "P003")

    assert (ended.code, "--document" in ended.err) == (2, True)


@pytest.mark.parametrize("code", ["", " ", "a b", "x" * 5_000, "a\x1b[31m"])
def test_code_that_is_none_is_refused(launched: Command, code: str) -> None:
    ended = launched("nomination", "withdraw", code, "--reason", "Nhầm", "--as", "P001")

    assert ended.code == 2
    assert "Traceback" not in ended.err


@pytest.fixture
def nominated(launched: Command) -> Command:
    """Run commands while a relay works and the nomination N-1 of Ba Tri is received."""
    app, code = bootstrap.app(), "DVK-2023"
    approve = ApproveStage(command_id="approve", stage=Stage.LAUNCH, person_id="P003")
    app.act_as("P003", code, verdicts.approve, approve)
    app.act(code, stages.open_if_due, Stage.NOMINATION)
    row = nomination_row("N-1", unit_id="huyen-ba-tri", nominated_by_id="huyen-ba-tri")
    sent = row.model_copy(update={"submitted_at": datetime(2023, 9, 1, tzinfo=UTC)})
    app.act(code, checking.receive, [sent], recorded=True)
    app.act_as("system:relay", None, beats.beat, "relay:test", beats.RELAY)
    return launched


def test_nomination_is_withdrawn_once(nominated: Command) -> None:
    act = ("nomination", "withdraw", "N-1", "--reason", "Nhầm", "--as", "P001")

    first, again = nominated(*act), nominated(*act)

    assert (first.code, again.code) == (0, 0)
    assert "N-1 is withdrawn; its unit and the coordinators are told." in first.out


def test_code_written_apart_is_composed(nominated: Command) -> None:
    ended = nominated("nomination", "withdraw", "E\u0302-1", "--reason", "x", "--as", "P001")

    assert "There is no \u00ca-1 here" in ended.err


def test_running_campaign_is_cancelled(nominated: Command) -> None:
    ended = nominated("campaign", "cancel", "--reason", "Bão số 4", "--as", "P003")

    assert "Campaign DVK-2023 is cancelled" in ended.out


def test_cancelling_a_campaign_asks_for_a_reason(launched: Command) -> None:
    ended = launched("campaign", "cancel", "--as", "P003")

    assert (ended.code, "needs a reason" in ended.err) == (2, True)


def test_cancelling_by_who_may_not_is_refused(launched: Command) -> None:
    ended = launched("campaign", "cancel", "--reason", "Bão số 4", "--as", "P001")

    assert (ended.code, "P001 may not cancel the campaign" in ended.err) == (2, True)


def test_draft_is_cancelled(campaign: Command) -> None:
    ended = campaign("campaign", "cancel", "--reason", "Nha\u0302\u0300m", "--as", "P001")

    assert "Campaign DVK-2023 is cancelled" in ended.out


def test_revocation_needs_confirmation(launched: Command) -> None:
    revoke = (
        "nomination",
        "revoke",
        "Z-1",
        "--document",
        "07-QĐ",
        "--reason",
        "Sai",
        "--as",
        "P003",
    )

    ended = launched(*revoke)

    assert ended.code == 2
    assert "--yes" in ended.err
    assert "Nothing was revoked" in ended.err
