"""Processes are killed at random while a campaign runs, and it comes to the same end.

This is the short run; `make chaos` is the long one, of a hundred kills and more.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import COUNTS
from tests.databases import Database
from tests.faults.chaos.report import differences, report
from tests.faults.chaos.survival import survive

pytestmark = pytest.mark.timeout(900)


def test_campaign_whose_parts_are_killed_comes_to_the_same_end(
    sqlite_database: Database, tmp_path: Path, record_property: Callable[[str, object], None]
):
    survival = survive(tmp_path, size=60, kills=8, seed=2026, pause=(2, 5))

    record_property(COUNTS, report(survival))
    assert differences(survival, sqlite_database, tmp_path) == []
