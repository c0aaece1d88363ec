from __future__ import annotations

from typing import Any

from campaigns.rules.importing.adoptions import AdoptionReader
from campaigns.rules.importing.registers import PastModelReader, PersonReader, UnitReader
from campaigns.rules.importing.table import TableReader
from documents.reading.workbook import open_workbook
from schemas.imports import UnitRow
from tests.unit.importing.samples import EXAMPLE, clean_rows, problems_of, table, units

CODES = {str(row[1]) for row in clean_rows()[1:]}
UNIT_HEADER = "id,name,kind,parent_id,valid_from,valid_to"
ADOPTION_HEADER = (
    "id,model_code,adopting_unit_id,parent_adoption_id,state,"
    "committed_on,started_on,evidenced_on,sustained_on,abandoned_on"
)
UNITS = {"xa-a": next(iter(units().values()))}


def _errors(reader: object) -> list[tuple[int, str, str]]:
    return [
        (row, column, code)
        for row, column, code, level in sorted(problems_of(reader))
        if level == "error"
    ]


def _adoptions(*lines: str) -> AdoptionReader:
    reader = AdoptionReader({"M1", "M2"}, UNITS)
    list(reader.read(table("\n".join([ADOPTION_HEADER, *lines]))))
    return reader


def _units(*lines: str) -> UnitReader:
    reader = UnitReader()
    list(reader.read(table("\n".join([UNIT_HEADER, *lines]))))
    return reader


def _units_with_successors(line: str) -> tuple[list[UnitRow], list[tuple[int, str, str]]]:
    reader = UnitReader()
    header = "id,name,kind,valid_from,valid_to,successor_ids"
    others = ["b,B,commune,2025-01-01,,", "c,C,commune,2025-01-01,,"]
    rows = list(reader.read(table("\n".join([header, line, *others]))))
    return rows, _errors(reader)


def test_registers_of_the_example_are_without_fault() -> None:
    readers: dict[str, tuple[TableReader[Any], int]] = {
        "units.csv": (UnitReader(), 186),
        "people.csv": (PersonReader(units()), 57),
        "past_models.csv": (PastModelReader(units()), 240),
        "adoptions-2024.csv": (AdoptionReader(CODES, units()), 239),
    }
    for name, (reader, count) in readers.items():
        with open_workbook(EXAMPLE / name) as book:
            assert len(list(reader.read(book.sheets))) == count
        assert problems_of(reader) == set()


def test_unit_with_a_parent_further_down_is_understood() -> None:
    assert _errors(_units("a,A,commune,b,2019-01-01,", "b,B,district,,2019-01-01,")) == []


def test_unit_with_an_unknown_parent_is_told() -> None:
    assert _errors(_units("a,A,commune,zz,2019-01-01,")) == [(2, "D", "unknown_parent")]


def test_units_that_are_each_others_parent_are_told() -> None:
    reader = _units(
        "a,A,commune,b,2019-01-01,", "b,B,commune,a,2019-01-01,", "c,C,commune,a,2019-01-01,"
    )
    assert _errors(reader) == [(2, "D", "cyclic_parent"), (3, "D", "cyclic_parent")]


def test_unit_with_two_names_in_turn_is_no_duplicate() -> None:
    lines = ("a,A,commune,,2019-01-01,2020-12-31", "a,A mới,commune,,2021-01-01,")
    assert _errors(_units(*lines)) == []


def test_unit_with_overlapping_periods_is_a_duplicate() -> None:
    lines = ("a,A,commune,,2019-01-01,2021-12-31", "a,A mới,commune,,2021-01-01,")
    assert _errors(_units(*lines)) == [(2, "A", "duplicate_id"), (3, "A", "duplicate_id")]


def test_unit_that_ends_before_it_begins_is_told() -> None:
    reader = _units("a,A,commune,,2019-01-01,2018-12-31")
    assert _errors(reader) == [(2, "F", "unit_valid_dates")]


def test_person_with_unknown_unit_role_and_bad_address_is_told_at_once() -> None:
    reader = PersonReader(UNITS)
    list(reader.read(table("id,full_name,unit_id,email,roles\nP1,An,xa-z,khong,reviewer;king")))
    assert _errors(reader) == [
        (2, "C", "unknown_unit"),
        (2, "D", "invalid_email"),
        (2, "E", "unknown_role"),
    ]


def test_person_twice_is_told_at_both_places() -> None:
    reader = PersonReader(UNITS)
    rows = list(
        reader.read(table("id,full_name,unit_id,roles\nP1,An,xa-a,reviewer\nP1,Ba,xa-a,council"))
    )
    assert len(rows) == 1
    assert reader.kept_out_rows == {2, 3}


def test_adoption_of_an_unknown_model_or_parent_is_told() -> None:
    reader = _adoptions("N1,M9,xa-a,N7,committed,2024-01-01,,,,")
    assert _errors(reader) == [(2, "B", "unknown_model"), (2, "D", "unknown_adoption")]


def test_adoptions_copied_from_each_other_are_told() -> None:
    reader = _adoptions(
        "N1,M1,xa-a,N2,committed,2024-01-01,,,,", "N2,M1,xa-a,N1,committed,2024-01-01,,,,"
    )
    assert _errors(reader) == [(2, "D", "cyclic_parent"), (3, "D", "cyclic_parent")]


def test_adoption_copied_from_one_of_another_model_is_told() -> None:
    reader = _adoptions(
        "N1,M1,xa-a,,committed,2024-01-01,,,,", "N2,M2,xa-a,N1,committed,2024-01-01,,,,"
    )
    assert _errors(reader) == [(3, "D", "adoption_other_model")]


def test_adoption_dates_out_of_order_are_told() -> None:
    reader = _adoptions("N1,M1,xa-a,,started,2024-02-01,2024-01-01,,,")
    assert _errors(reader) == [(2, "G", "dates_out_of_order")]


def test_adoption_state_without_its_date_is_told() -> None:
    assert _errors(_adoptions("N1,M1,xa-a,,started,2024-02-01,,,,")) == [
        (2, "E", "state_without_date")
    ]


def test_adoption_state_behind_its_dates_is_told() -> None:
    reader = _adoptions("N1,M1,xa-a,,committed,2024-01-01,2024-02-01,,,")
    assert _errors(reader) == [(2, "E", "state_behind_dates")]


def test_adoption_that_skips_a_step_is_told() -> None:
    reader = _adoptions("N1,M1,xa-a,,evidenced,2024-01-01,,2024-03-01,,")
    assert _errors(reader) == [(2, "H", "steps_skipped")]


def test_adoption_in_no_known_state_is_told() -> None:
    reader = _adoptions("N1,M1,xa-a,,finished,2024-01-01,,,,")
    assert _errors(reader) == [(2, "E", "unknown_state")]


def test_adoption_date_that_is_none_is_told() -> None:
    reader = _adoptions("N1,M1,xa-a,,committed,2024-02-30,,,,")
    assert _errors(reader) == [(2, "F", "invalid_date")]


def test_successors_are_read_parted_by_semicolons() -> None:
    rows, problems = _units_with_successors("a,A,commune,2019-01-01,2024-12-31,b; c")
    assert (rows[0].successor_ids, problems) == (("b", "c"), [])


def test_unknown_successor_is_told() -> None:
    _rows, problems = _units_with_successors("a,A,commune,2019-01-01,2024-12-31,zz")
    assert problems == [(2, "F", "unknown_successor")]


def test_successor_of_a_unit_without_an_end_is_told() -> None:
    _rows, problems = _units_with_successors("a,A,commune,2019-01-01,,b")
    assert problems == [(2, "F", "successor_without_end")]
