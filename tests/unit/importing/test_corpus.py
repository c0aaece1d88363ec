"""Every file that was met once is understood rightly, or refused in words that are true.

`corpus/` holds the files, this table what is right. The kinds behind them have tests of their own:
`test_foreign_files`, `test_csv_as_written`, `test_times_from_outside`, `test_seen`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from campaigns.rules.importing.ballots import ScoreReader
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.nominations import NominationReader
from campaigns.rules.importing.registers import UnitReader
from campaigns.rules.playbook.reading import read_playbook
from documents.reading.workbook import open_workbook
from schemas.imports import Level, UnitRow
from schemas.playbook.playbook import Playbook

CORPUS = Path(__file__).parent / "corpus"
LATE = "2026-12-15 17:30:00+07:00"
IN_TIME = "2026-12-15 16:30:00+07:00"


class Right(NamedTuple):
    """What is right for a file of nominations."""

    codes: str
    """Of the rows that are taken."""
    told: Mapping[str, str] = {}
    """Errors and warnings by their place, infos left out."""
    submitted: tuple[str, ...] = ()


TWO, THREE = "HR-01 HR-02", "HR-01 HR-02 HR-03"
PAPER = dict.fromkeys(("I2", "K2", "I3", "K3"), "warn date_as_text")
NOMINATIONS = {
    "01-zip-names/normal.xlsx": Right(TWO),
    "01-zip-names/a-backslash.xlsx": Right(TWO),
    "01-zip-names/b-sharedstrings-case.xlsx": Right(TWO),
    "01-zip-names/c-sheet-case.xlsx": Right(TWO),
    "03-csv-separator/a-few-commas.csv": Right(TWO, PAPER),
    "03-csv-separator/b-many-commas.csv": Right(TWO, PAPER),
    "04-times-with-offset/a.csv": Right(
        "HR-01 HR-02 HR-03 HR-04 HR-05 HR-06 HR-07 HR-08 HR-10 HR-13 HR-14 HR-15",
        {
            "K9": "warn date_as_text",
            "K10": "error invalid_date",
            "K11": "warn date_as_text",
            "K12": "error invalid_date",
            "K13": "error invalid_date",
            "K14": "warn date_as_text",
            "K15": "warn date_as_text",
            "K16": "warn date_as_text",
        },
        (
            *[LATE] * 5,
            IN_TIME,
            "2026-12-01 01:00:00+07:00",
            *[LATE] * 3,
            "2026-12-15 08:30:00+07:00",
            LATE,
        ),
    ),
    "05-iso-date-cells/d-time-only.xlsx": Right(
        "", {"K2": "error invalid_date", "K3": "error invalid_date"}
    ),
    "05-iso-date-cells/f-offset.xlsx": Right(TWO, {}, (IN_TIME, IN_TIME)),
    "06-leading-zeros/b-codes-0000.xlsx": Right("0001 0002"),
    "07-withdrawn-rows/a-strike-row.xlsx": Right(THREE, {"3": "warn struck_row"}),
    "07-withdrawn-rows/b-strike-cell.xlsx": Right(THREE, {"C3": "warn struck_cell"}),
    "07-withdrawn-rows/c-row-height-0.xlsx": Right(THREE, {"3": "warn hidden_row"}),
    "11-dates/a-us-swapped.xlsx": Right(
        "HR-01 HR-02 HR-03 HR-04 HR-05 HR-06",
        {
            "I2": "warn date_swapped",
            "I3": "warn date_as_text",
            "I5": "warn date_as_text",
            "I7": "warn date_as_text",
        },
    ),
}


@cache
def playbook() -> Playbook:
    path = CORPUS / "playbook.yaml"
    found, problems = read_playbook(path.read_text(encoding="utf-8"), path.name)
    assert found is not None, problems
    return found


def _units(path: Path) -> list[UnitRow]:
    with open_workbook(path) as book:
        return list(UnitReader(known=_known()).read(book.sheets))


@cache
def _known() -> dict[str, UnitInfo]:
    with open_workbook(CORPUS / "units.csv") as book:
        rows = list(UnitReader().read(book.sheets))
    rows += [UnitRow(id="00166", name="Xã", kind="commune", valid_from=date(2020, 1, 1))]
    return {row.id: UnitInfo(row.id, row.name, row.kind, row.valid_from) for row in rows}


def _told(reader: Any) -> dict[str, str]:
    return {
        f"{one.column}{one.row}": f"{one.level.value} {one.code}"
        for one in reader.problems
        if one.level is not Level.INFO and one.code != "rank_repeated"  # as most here do
    }


@pytest.mark.parametrize("name", NOMINATIONS)
def test_file_of_nominations_is_understood_as_it_was_meant(name: str) -> None:
    right = NOMINATIONS[name]
    reader = NominationReader(playbook(), _known())
    with open_workbook(CORPUS / name) as book:
        rows = list(reader.read(book.sheets))
    assert [row.code for row in rows] == right.codes.split()
    assert _told(reader) == dict(right.told)
    if right.submitted:
        assert tuple(str(row.submitted_at) for row in rows) == right.submitted


def test_units_keep_the_zeros_that_their_format_shows() -> None:
    found = _units(CORPUS / "06-leading-zeros/a-units-00000.xlsx")
    assert [(row.id, row.official_code) for row in found] == [
        ("00166", "00166"),
        ("28756", "28756"),
    ]


def test_unit_with_zeros_is_found_by_a_number_that_shows_them() -> None:
    reader = NominationReader(playbook(), _known())
    with open_workbook(CORPUS / "06-leading-zeros/b-codes-0000.xlsx") as book:
        assert {row.unit_id for row in reader.read(book.sheets)} == {"00166"}


def test_scores_with_many_commas_in_a_comment_are_read() -> None:
    rubric = playbook().rubric
    assert rubric is not None
    reader = ScoreReader(
        rubric.model_copy(update={"step": rubric.step / 2}), {"tham-dinh-1"}, {"HR-01"}
    )
    with open_workbook(CORPUS / "03-csv-separator/h-scores.csv") as book:
        rows = list(reader.read(book.sheets))
    assert [(row.criterion_code, row.centipoints) for row in rows] == [("C1", 850), ("C2", 700)]
    assert rows[0].comment.count(",") == 4
    assert _told(reader) == {}


def test_every_file_of_the_corpus_has_its_line() -> None:
    here = {path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*")}
    assert here == {
        *NOMINATIONS,
        "03-csv-separator/h-scores.csv",
        "06-leading-zeros/a-units-00000.xlsx",
    }
