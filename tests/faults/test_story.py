"""The story with a clock of its own comes to its end: what living engines are compared with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.databases import Database
from tests.telling import told_in_peace

BEGIN = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def test_story_comes_to_its_end(sqlite_database: Database, tmp_path: Path):
    found = told_in_peace(sqlite_database, tmp_path / "home", 60, BEGIN)

    assert found.states["campaign:STORY-1"] == "closed"
    assert found.summary["recognised"]["total"] > 40
