"""The story in peace comes to its end: what the living engine is compared with is worth it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.databases import Database
from tests.faults.chaos.peace import told_in_peace

BEGIN = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def test_story_comes_to_its_end(sqlite_database: Database, tmp_path: Path):
    found = told_in_peace(sqlite_database, tmp_path / "home", 60, BEGIN)

    assert found.states["campaign:CHAOS-1"] == "closed"
    assert found.summary["recognised"]["total"] > 40
