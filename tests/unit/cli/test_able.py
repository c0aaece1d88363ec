"""The commands say where too few people are free of conflict: create, launch, doctor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from campaigns import bootstrap
from campaigns.store.engine import beats
from tests.registers import ONE, people_file
from tests.unit.cli.conftest import Command, Ended


@pytest.fixture
def of_one_unit(campaign: Command, tmp_path: Path) -> Command:
    """Run commands where all reviewers belong to one district that nominates."""
    people = people_file(tmp_path / "people.csv", ONE)
    assert campaign("import", "people", str(people), "--from", "2023-01-01").code == 0
    return campaign


def judges(thidua: Command) -> dict[str, str]:
    found: list[dict[str, str]] = json.loads(thidua("doctor", "--json").out)
    return next(one for one in found if one["name"] == "judges")


def test_creation_warns_and_creates(of_one_unit: Command) -> None:
    ended = of_one_unit("--lang", "vi", "campaign", "create", "--code", "DVK-MOI")

    assert ended.code == 0
    assert f"còn dưới 5 người thẩm định không xung đột lợi ích ({ONE}: 0)" in ended.err
    assert "campaign launch" in ended.out


def launch(thidua: Command) -> Ended:
    """Launch while a relay works: the command does not run the engine itself."""
    bootstrap.app().act_as("system:relay", None, beats.beat, "relay:test", beats.RELAY)
    return thidua("campaign", "launch", "--campaign", "DVK-2023", "--as", "P001")


def test_launch_warns_and_launches(of_one_unit: Command) -> None:
    ended = launch(of_one_unit)

    assert ended.code == 0, ended.err
    assert f"fewer than 5 reviewers are free of conflict ({ONE}: 0)" in ended.err


def test_doctor_warns_of_a_campaign_that_runs(of_one_unit: Command) -> None:
    launch(of_one_unit)
    found = judges(of_one_unit)

    assert found["level"] == "warn"
    assert found["said"] == f"DVK-2023: of 1 units fewer than 5 reviewers are free ({ONE}: 0)"
    assert "thidua person appoint" in found["remedy"]


def test_doctor_asks_nothing_of_a_draft(of_one_unit: Command) -> None:
    assert judges(of_one_unit)["level"] == "ok"


def test_doctor_finds_enough_people_in_the_example(launched: Command) -> None:
    assert judges(launched)["level"] == "ok"
