"""The campaign of the example, once from beginning to end, for all tests."""

from __future__ import annotations

import pytest

from tests.rehearsals import EXAMPLES, Rehearsed, rehearse


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Rehearsed:
    """Give the campaign of 2023, rehearsed once for all tests."""
    return rehearse(EXAMPLES / "ben-tre-2023", tmp_path_factory.mktemp("rehearsed") / "demo")
