"""Commands beside an engine that runs: they record, and leave the rest to it."""

from __future__ import annotations

import pytest

from campaigns import bootstrap
from campaigns.store.engine import beats
from tests.unit.cli.conftest import Command

BY = ("--as", "P001")
ACTS = {
    "abstain": ("stage", "abstain", "launch", "--reason", "Người nhà", "--as", "P003"),
    "delegate": (
        *("delegation", "add", "--from", "P003", "--to", "P002", "--letter", "12/GUQ"),
        *("--from-date", "2000-01-01", "--to-date", "2099-12-31", *BY),
    ),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_act_does_not_wait_for_the_engine_that_runs(
    launched: Command, act: tuple[str, ...]
) -> None:
    bootstrap.app().act_as("system:relay", None, beats.beat, "relay:test", beats.RELAY)

    ended = launched(*act)

    assert (ended.code, "goes on by itself" in ended.out) == (0, True), ended
