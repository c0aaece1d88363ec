"""Every table that is imported has an empty workbook that its own import reads without a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, get_args

import openpyxl
import pytest

from campaigns.rules.importing.adoptions import AdoptionReader
from campaigns.rules.importing.ballots import ScoreReader, VoteReader
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.registers import PastModelReader, PersonReader, UnitReader
from campaigns.rules.importing.table import TableReader
from campaigns.services.registers.imports import Kind
from documents.reading.workbook import open_workbook
from documents.writing.table_templates import KINDS, Known, write_table_template
from language import Language
from schemas.playbook.judging import Rubric
from tests.unit.importing.samples import playbook


def rubric() -> Rubric:
    found = playbook().rubric
    assert found is not None
    return found


UNIT: Final = UnitInfo("ba-tri", "Huyện Ba Tri", "district", date(2023, 1, 1))
KNOWN: Final = Known(
    units=[UNIT],
    people={"thu": "Thu"},
    nominations={"A-1": "Mô hình A"},
    criteria={one.code: (one.name.vi, one.maximum) for one in rubric().criteria},
)
_CRITERION: Final = rubric().criteria[0].code
ROWS: Final[dict[str, Sequence[Any]]] = {
    "units": ("an-thuy", "Xã An Thủy", "commune", None, "ba-tri", None, date(2023, 1, 1)),
    "people": ("binh", "Bình", "ba-tri", None, "binh@example.org", "nominator"),
    "past-models": ("M-1", 2020, "ba-tri", None, None, None, "Mô hình cũ"),
    "scores": ("thu", "A-1", _CRITERION, 1, None),
    "votes": ("A-1", 1, "thu", "present", "yes"),
    "adoptions": ("N-1", "A-1", "ba-tri", None, "committed", date(2023, 12, 1)),
}
READERS: Final[dict[str, Callable[[Language], TableReader[Any]]]] = {
    "units": lambda language: UnitReader(language, {UNIT.id: UNIT}),
    "people": lambda language: PersonReader({UNIT.id: UNIT}, language),
    "past-models": lambda language: PastModelReader({UNIT.id: UNIT}, language),
    "scores": lambda language: ScoreReader(rubric(), ["thu"], ["A-1"], language),
    "votes": lambda language: VoteReader(["thu"], ["A-1"], [1], language),
    "adoptions": lambda language: AdoptionReader(["A-1"], {UNIT.id: UNIT}, language),
}


def made(folder: Path, kind: str, language: Language = "vi") -> openpyxl.Workbook:
    path = folder / "empty.xlsx"
    write_table_template(path, kind, KNOWN, language)
    return openpyxl.load_workbook(path)


def read(book: openpyxl.Workbook, folder: Path, reader: TableReader[Any]) -> tuple[int, list[str]]:
    path = folder / "filled.xlsx"
    book.save(path)
    with open_workbook(path) as opened:
        rows = len(list(reader.read(opened.sheets)))
    return rows, [one.code for one in reader.told().problems]


def test_every_table_has_one() -> None:
    assert {*KINDS, "nominations"} == set(get_args(Kind))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_workbook_filled_in_is_imported_without_a_word(
    tmp_path: Path, kind: str, language: Language
) -> None:
    book = made(tmp_path, kind, language)
    for across, value in enumerate(ROWS[kind], 1):
        book.worksheets[0].cell(2, across).value = value

    assert read(book, tmp_path, READERS[kind](language)) == (1, [])


@pytest.mark.parametrize("kind", KINDS)
def test_empty_workbook_has_no_rows(tmp_path: Path, kind: str) -> None:
    assert read(made(tmp_path, kind), tmp_path, READERS[kind]("vi")) == (0, ["no_rows"])


def test_reviews_are_chosen_from_who_and_what_is_judged(tmp_path: Path) -> None:
    book = made(tmp_path, "scores")
    listed = {cell.value for row in book.worksheets[1].iter_rows() for cell in row}

    assert {"thu", "Thu", "A-1", "Mô hình A", _CRITERION} <= listed
    (score,) = (
        one for one in book.worksheets[0].data_validations.dataValidation if "D2" in str(one.sqref)
    )
    most = max(maximum for _name, maximum in KNOWN.criteria.values())
    assert Decimal(score.formula2) == most


def test_only_the_session_of_a_ballot_may_be_left_empty(tmp_path: Path) -> None:
    rows = made(tmp_path, "votes", "en").worksheets[2].iter_rows(values_only=True)
    said = {str(row[0]): str(row[1]) for row in rows}

    assert [name for name, text in said.items() if text.startswith("Optional")] == ["• session"]


def test_ballots_are_explained(tmp_path: Path) -> None:
    guide = " ".join(
        str(cell.value) for row in made(tmp_path, "votes").worksheets[2].iter_rows() for cell in row
    )

    assert "blank (phiếu trắng)" in guide
    assert "vắng mặt (absent) thì để trống" in guide
