"""What does a campaign wait for, in words?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cli.screens.standing import waiting_line
from cli.terminal.terminal import Terminal
from schemas.views.board import Waiting

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


BEFORE = "Nomination: its opening has not come yet. Until 02/03/2026 12:00 (Asia/Ho_Chi_Minh)."
AFTER = "Nomination: its time to open has come; the engine opens it at its next turn."


@pytest.mark.parametrize(
    ("now", "said"),
    [(NOON - timedelta(minutes=1), BEFORE), (NOON, f"{AFTER} Since 02/03/2026 12:00.")],
)
def test_stage_that_the_engine_has_still_to_open_is_not_overdue(now: datetime, said: str):
    waiting = Waiting(stage="nomination", roles=(), what="opening", until=NOON)

    assert waiting_line(Terminal("en"), waiting, ZONE, now) == said
