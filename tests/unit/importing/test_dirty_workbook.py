from __future__ import annotations

import csv

import pytest

from schemas.imports import Level
from tests.unit.importing.samples import EXAMPLE, EXPECTED, Outcome, import_file

Told = set[tuple[int, str, str, str]]


@pytest.fixture(scope="module")
def dirty() -> Outcome:
    return import_file(EXAMPLE / "nominations-2023-dirty.xlsx")


@pytest.fixture(scope="module")
def expected() -> Told:
    path = EXPECTED / "nominations-2023-dirty.expected.csv"
    with path.open(encoding="utf-8") as stream:
        return {
            (int(line["row"]), line["column"], line["problem"], line["level"])
            for line in csv.DictReader(stream)
        }


def test_dirty_workbook_every_expected_problem_is_told_and_no_other(
    dirty: Outcome, expected: Told
) -> None:
    assert dirty.told == expected


def test_dirty_workbook_no_problem_is_told_twice(dirty: Outcome, expected: Told) -> None:
    assert len(dirty.reader.problems) == len(expected)


def test_dirty_workbook_rows_with_errors_are_kept_out(dirty: Outcome) -> None:
    assert (dirty.reader.rows, len(dirty.reader.kept_out_rows)) == (40, 24)


def test_dirty_workbook_first_of_equal_codes_is_kept_out_after_it_was_yielded(
    dirty: Outcome,
) -> None:
    yielded = {row.row for row in dirty.rows}
    assert yielded & dirty.reader.kept_out_rows == {29}


def test_dirty_workbook_third_of_equal_codes_names_the_first(dirty: Outcome) -> None:
    found = next(p for p in dirty.reader.problems if (p.row, p.column) == (31, "B"))
    assert "dòng 29" in found.message


def test_dirty_workbook_warned_values_are_understood(dirty: Outcome) -> None:
    ninth, twenty_eighth = dirty.row(9), dirty.row(28)
    assert (ninth.answers["registered"], ninth.answers["party_opinion"]) == (True, True)
    assert str(twenty_eighth.answers["start_date"]) == "2022-03-12"
    assert str(twenty_eighth.submitted_at) == "2023-09-01 08:05:00+07:00"
    assert str(dirty.row(36).answers["start_date"]) == "2022-10-01"
    assert str(dirty.row(42).answers["consent_pct"]) == "85.5"
    assert dirty.row(26).field == "kinh-te"
    assert dirty.row(40).code == "BS23-037"


def test_dirty_workbook_unit_named_in_words_remedy_names_the_id(dirty: Outcome) -> None:
    assert "cth-an-khanh" in dirty.remedy(11, "F")


def test_dirty_workbook_text_of_an_old_font_is_shown_decoded(dirty: Outcome) -> None:
    found = next(p for p in dirty.reader.problems if p.code == "legacy_encoding")
    assert "Ngư dân góp cổ phần" in found.message


def test_dirty_workbook_in_english_tells_the_same_in_other_words(expected: Told) -> None:
    english = import_file(EXAMPLE / "nominations-2023-dirty.xlsx", language="en")
    assert english.told == expected
    assert english.remedy(11, "F") == "Write the unit's id: cth-an-khanh."


@pytest.mark.parametrize("name", ["nominations-2023.xlsx", "nominations-2023.csv"])
def test_clean_workbook_gives_every_row_without_error_or_warning(name: str) -> None:
    clean = import_file(EXAMPLE / name)
    assert len(clean.rows) == 185
    assert [p for p in clean.reader.problems if p.level is not Level.INFO] == []


def test_clean_workbook_and_its_csv_hold_the_same_nominations() -> None:
    book, text = (import_file(EXAMPLE / f"nominations-2023.{kind}") for kind in ("xlsx", "csv"))
    assert [row.model_copy(update={"row": 0}) for row in book.rows] == [
        row.model_copy(update={"row": 0}) for row in text.rows
    ]
