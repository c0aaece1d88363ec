"""The commands say where too few people are free of conflict: create, launch, doctor, rehearse."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from campaigns import bootstrap
from campaigns.store import beats
from tests.unit.cli.conftest import EXAMPLE, Command, Ended

ONE = "huyen-ba-tri"


def people_file(path: Path, unit: str | None) -> Path:
    """The example's people, all reviewers of one unit where one is named."""
    with (EXAMPLE / "people.csv").open(encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        if unit and row["roles"] == "reviewer":
            row["unit_id"] = unit
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


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


# --- Rehearsed before the launch ------------------------------------------------------------------


def rehearse(thidua: Command, tmp_path: Path, unit: str | None) -> tuple[str, str, str]:
    people = people_file(tmp_path / "people.csv", unit)
    registers = ("--units", str(EXAMPLE / "units.csv"), "--people", str(people))
    out = tmp_path / "sign-off"
    ended = thidua(
        *("--lang", "vi", "rehearse", "--playbook", "dan-van-kheo", *registers),
        *("--out", str(out), "--nominations", "34"),
    )
    assert ended.code == 0, ended.err
    return ended.out, ended.err, (out / "sign-off.html").read_text("utf-8")


def test_rehearsal_of_a_panel_of_one_unit_says_so_and_stops_in_words(
    thidua: Command, tmp_path: Path
) -> None:
    out, err, page = rehearse(thidua, tmp_path, ONE)
    told = f"còn dưới 5 người thẩm định không xung đột lợi ích ({ONE}: 0)"

    assert told in err
    assert told in page
    assert "dừng ở: Thẩm định" in out
    assert "còn 0 người" in out


def test_rehearsal_begins_by_saying_that_there_are_enough(thidua: Command, tmp_path: Path) -> None:
    _, err, _ = rehearse(thidua, tmp_path, None)

    assert "Đơn vị nào đề cử cũng còn ít nhất 11 trong 12 người thẩm định" in err
