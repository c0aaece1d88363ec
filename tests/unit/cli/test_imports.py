"""Imports on the command line: the whole report, and nothing stored unless all is well."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from campaigns import bootstrap
from campaigns.views import board
from documents.reading.workbook import open_workbook
from tests.unit.cli.conftest import EXAMPLE, ROOT, Command

DIRTY = EXAMPLE / "nominations-2023-dirty.xlsx"
KEYS = ["sheet", "row", "column", "level", "code", "value", "message", "remedy", "count", "places"]


def nominated() -> int:
    return bootstrap.app().read("DVK-2023", board.funnel, "vi").total.nominated


def test_dirty_workbook_is_reported_and_nothing_is_stored(campaign: Command) -> None:
    ended = campaign("import", "nominations", str(DIRTY), "--json")
    problems = json.loads(ended.out)

    with (ROOT / "tests/expected/nominations-2023-dirty.expected.csv").open(
        encoding="utf-8-sig"
    ) as file:
        wanted = [row for row in csv.DictReader(file) if row["level"] in {"error", "warn"}]
    found = {(str(one["row"]), one["column"], one["level"]) for one in problems}
    assert ended.code == 2
    assert [list(one) for one in problems] == [KEYS] * len(problems)
    assert {(row["row"], row["column"], row["level"]) for row in wanted} <= found
    assert "Nothing was stored" in ended.err
    assert nominated() == 0


def test_report_for_people_shows_every_problem_and_what_was_done(campaign: Command) -> None:
    problems = json.loads(campaign("import", "nominations", str(DIRTY), "--json").out)
    shown = campaign("--lang", "en", "import", "nominations", str(DIRTY))

    places = [f"{one['column']}{one['row']}" for one in problems]
    lines = shown.out.splitlines()
    assert [place for place in places if not any(one.startswith(place) for one in lines)] == []
    assert "Nothing was stored" in " ".join(lines[-3:])


@pytest.mark.usefixtures("ready")
def test_dry_run_stores_nothing(thidua: Command) -> None:
    dry = thidua("import", "units", str(EXAMPLE / "units.csv"), "--dry-run")
    stored = thidua("import", "units", str(EXAMPLE / "units.csv"))

    assert "Checked only" in dry.out
    assert "186 newly stored" in stored.out
    assert (dry.code, stored.code) == (0, 0)


def test_same_file_again_changes_nothing_and_says_so(campaign: Command, current_units) -> None:
    ended = campaign("import", "units", str(current_units))

    assert ended.code == 0
    assert "stored just so already (186); nothing was changed" in ended.out


def test_register_imported_between_is_undone_by_the_first_one(
    campaign: Command, current_units: Path, tmp_path: Path
) -> None:
    """The first file was imported before, but what is stored now is the second one's."""
    other = tmp_path / "other.csv"
    text = current_units.read_text("utf-8")
    other.write_text(text.replace("Ba Tri", "Ba Tri (sai)"), encoding="utf-8")

    second = campaign("import", "units", str(other))
    first = campaign("import", "units", str(current_units))

    again = campaign("import", "units", str(current_units))

    assert "2 newly stored or changed, 184 known already" in second.out
    assert "2 newly stored or changed, 184 known already" in first.out
    assert "stored just so already (186)" in again.out


def test_clean_import_as_json_is_an_empty_array(campaign: Command, current_units: Path) -> None:
    ended = campaign("import", "units", str(current_units), "--json")

    assert json.loads(ended.out) == []


@pytest.mark.usefixtures("ready")
def test_good_rows_are_stored_and_the_others_written_to_correct(
    thidua: Command, home: Path, tmp_path: Path
) -> None:
    source = tmp_path / "units.csv"
    lines = (EXAMPLE / "units.csv").read_text("utf-8").splitlines()
    bad = ",".join(["", *lines[1].split(",")[1:]])
    source.write_text("\n".join([*lines, bad]) + "\n", encoding="utf-8")

    refused = thidua("import", "units", str(source))
    ended = thidua("import", "units", str(source), "--accept-valid")

    corrections = home / "documents" / "units-corrections.xlsx"
    with open_workbook(corrections) as book:
        rows = list(book.sheets[0].rows())
    assert refused.code == 2
    assert ended.code == 0
    assert "186 newly stored" in ended.out
    assert "units-corrections.xlsx" in ended.out.replace("\n", "")
    assert len(rows) == 2


@pytest.mark.usefixtures("ready")
def test_corrections_go_where_they_are_wanted(thidua: Command, tmp_path: Path) -> None:
    source, wanted = tmp_path / "units.csv", tmp_path / "mine.xlsx"
    lines = (EXAMPLE / "units.csv").read_text("utf-8").splitlines()
    source.write_text("\n".join([*lines, "," * lines[0].count(",") + "x"]), encoding="utf-8")

    thidua("import", "units", str(source), "--accept-valid", "--corrections", str(wanted))

    assert wanted.exists()
