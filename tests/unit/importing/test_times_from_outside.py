# ruff: noqa: DTZ001 - local times of a sheet have no zone
"""A zone is converted or refused, a bad cell is one cell's fault, and a swap is said aloud."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.importing.dates import is_iso, local_of, read_date_text
from campaigns.rules.importing.nominations import NominationReader
from campaigns.rules.importing.registers import UnitReader
from portal.api.forms import read_rows
from portal.api.problems import FormInvalid
from schemas.imports import NominationRow
from schemas.playbook.form import ItemType
from tests.unit.importing.samples import (
    Outcome,
    clean_rows,
    import_changed,
    import_file,
    playbook,
    table,
    units,
)

HEADER = list(clean_rows()[0])
START, SUBMITTED = HEADER.index("Ngày bắt đầu"), HEADER.index("Thời điểm nộp")
ZONE = playbook().instant(datetime(2023, 9, 1)).tzinfo
HALF_PAST = datetime(2023, 9, 14, 17, 30, tzinfo=ZONE)


def imported(
    folder: Path, kind: str, cells: Sequence[Any], column: int = SUBMITTED, **options: Any
) -> Outcome:
    """Import faultless rows with other cells in one column, as .xlsx or .csv."""
    rows = [list(row) for row in clean_rows()[1 : len(cells) + 1]]
    for row, cell in zip(rows, cells, strict=True):
        row[column] = cell
    path = folder / f"made.{kind}"
    if kind == "csv":
        lines = [HEADER, *rows]
        text = "\n".join(";".join(f'"{_written(one)}"' for one in line) for line in lines)
        path.write_text(text, encoding="utf-8")
    else:
        with xlsxwriter.Workbook(str(path), options) as book:
            day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
            sheet = book.add_worksheet()
            for at, line in enumerate([HEADER, *rows]):
                for across, one in enumerate(line):
                    if isinstance(one, datetime):
                        sheet.write_datetime(at, across, one, day)
                    elif one is not None:
                        sheet.write(at, across, one)
    return import_file(path)


def _written(one: Any) -> str:
    return "" if one is None else str(one).replace('"', '""')


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        "2023-09-14T17:30:00",
        "2023-09-14T17:30:00.000+07:00",
        "2023-09-14T10:30:00Z",
        "2023-09-14T10:30:00.999Z",
        "2023-09-14T10:30:00+00:00",
        "2023-09-14 10:30:00 UTC",
        "2023-09-14T19:30:00+09:00",
        "2023-09-14T05:30:00-0500",
        "2023-09-15T00:30+14:00",
        "14/9/2023 17:30",
        "14/9/2023 10:30 GMT",
        "14/9/2023 17:30 GMT+7",
        "14/09/2023 17:30 (UTC+07:00)",
        "14-9-2023 5:30 PM",
        "14/9/2023 5:30 CH",
        "17h30 ngày 14/9/2023",
    ],
)
def test_time_with_a_zone_is_that_moment_in_every_kind_of_file(
    tmp_path: Path, kind: str, text: str
) -> None:
    outcome = imported(tmp_path, kind, [text])
    assert [row.submitted_at for row in outcome.rows] == [HALF_PAST]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    "text",
    [
        "2023-09-14T17:30:00[Asia/Tokyo]",
        "2023-09-14T17:30:00 JST",
        "2023-09-14T17:30:00+25:00",
        "2023-09-14T17:30:00+07:99",
        "Thu Sep 14 2023 17:30:00 GMT+0700",
        "9/14/2023 17:30",
        "14/9/2023 17:30 PM",
        "17:30:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_time_that_is_not_understood_is_one_cells_error(
    tmp_path: Path, kind: str, text: str
) -> None:
    outcome = imported(tmp_path, kind, [text, "2023-09-14T17:30:00"])
    errors = [one for one in outcome.reader.problems if one.level == "error"]
    assert [(one.row, one.code) for one in errors] == [(2, "invalid_date")]
    assert [row.row for row in outcome.rows] == [3]


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),
    st.integers(-14 * 4, 14 * 4),
)
def test_offset_is_never_dropped(moment: datetime, quarters: int) -> None:
    minutes = abs(quarters) * 15
    sign = "-" if quarters < 0 else "+"
    offset = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{offset}"
    read = read_date_text(text)
    assert read == datetime.fromisoformat(text)
    assert is_iso(text)
    assert read is not None
    assert ZONE is not None
    assert local_of(read, ZONE).replace(tzinfo=ZONE) == read


@given(st.text(max_size=40))
def test_no_text_is_a_crash(text: str) -> None:
    with suppress(ValueError):
        read_date_text(text)


@pytest.mark.parametrize("text", ["2023-01-31T17:00:00Z", "2023-02-01T00:00:00+07:00"])
def test_day_in_a_campaign_is_that_of_its_zone(tmp_path: Path, text: str) -> None:
    (row,) = imported(tmp_path, "csv", [text], START).rows
    assert row.answers["start_date"] == date(2023, 2, 1)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2020-01-01", []),
        ("1/1/2020", ["date_as_text"]),
        ("2019-12-31T17:00:00Z", ["invalid_date"]),
        ("2020-01-01T00:00:00+07:00", ["invalid_date"]),
    ],
)
def test_register_refuses_a_zone(text: str, codes: list[str]) -> None:
    reader = UnitReader()
    rows = list(reader.read(table(f"id,name,kind,valid_from\nx,Xã,commune,{text}")))
    told = [one for one in reader.problems if one.level != "info"]
    assert [one.code for one in told] == codes
    assert len(rows) == (codes != ["invalid_date"])


# --- JSON -----------------------------------------------------------------------------------------


def _from_json(**boxes: str) -> tuple[list[NominationRow], list[dict[str, str]]]:
    items = playbook().form.items
    by_header = {item.header.vi: item.id for item in items if item.type is not ItemType.IGNORED}
    row = {
        by_header[header]: value.isoformat() if isinstance(value, datetime) else value
        for header, value in zip(HEADER, clean_rows()[1], strict=True)
        if header in by_header
    }
    reader = NominationReader(playbook(), units())
    return read_rows(reader, [item.id for item in items], [{**row, **boxes}], "vi", "/boxes")


@pytest.mark.parametrize(
    "text", ["2023-09-14T17:30:00", "2023-09-14T10:30:00Z", "2023-09-14T19:30:00+09:00"]
)
def test_time_in_json_is_understood_without_a_word(text: str) -> None:
    (row,), warnings = _from_json(submitted_at=text, start_date="2022-09-05")
    assert (row.submitted_at, warnings) == (HALF_PAST, [])


def test_day_in_json_as_on_paper_is_told_as_it_was_understood() -> None:
    (row,), warnings = _from_json(start_date="5/9/2022")
    assert row.answers["start_date"] == date(2022, 9, 5)
    assert [one["code"] for one in warnings] == ["date_as_text"]
    assert "đổi ô" not in warnings[0]["remedy"]


def test_day_in_json_that_is_none_is_refused() -> None:
    with pytest.raises(FormInvalid):
        _from_json(start_date="31/2/2022")


# --- Days counted from 1904 -----------------------------------------------------------------------


@pytest.mark.parametrize("cell", [44084, "44084"])
@pytest.mark.parametrize(("since_1904", "day"), [(False, 2020), (True, 2024)])
def test_numbers_of_days_are_counted_as_the_workbook_says(
    tmp_path: Path, cell: object, since_1904: bool, day: int
) -> None:
    options = {"date_1904": since_1904}
    outcome = imported(tmp_path, "xlsx", [cell], START, **options)
    found = next(p for p in outcome.reader.problems if p.row == 2 and "date" in p.code)
    assert f"/{day}" in found.message or f"/{day}" in found.value


# --- Day and month that changed places ------------------------------------------------------------


def _as_in_the_us(days: Sequence[date]) -> list[object]:
    """What an Excel with US settings makes of days that are typed day first."""
    return [
        datetime(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"
        for day in days
    ]


def _swapped(outcome: Outcome) -> list[tuple[int, str]]:
    return [(p.row, p.column) for p in outcome.reader.problems if p.code == "date_swapped"]


DAYS = [date(2022, 2, 3), date(2022, 3, 25), date(2022, 1, 5), date(2022, 4, 13), date(2022, 7, 9)]


def test_days_that_a_us_setting_swapped_are_suspected_aloud(tmp_path: Path) -> None:
    outcome = imported(tmp_path, "xlsx", _as_in_the_us(DAYS), START)
    assert len(_swapped(outcome)) == 1
    told = next(p for p in outcome.reader.problems if p.code == "date_swapped")
    assert (told.row, told.level) == (2, "warn")
    assert "3 ô" in told.message
    assert "dòng 2, 4, 6" in told.message
    assert "25/03/2022" in told.message
    assert "3/2/2022" in told.remedy


@pytest.mark.parametrize(
    "cells",
    [
        [datetime(2022, 2, 3), datetime(2022, 3, 25), "13/4/2022"],
        [datetime(2022, 3, 1), datetime(2022, 8, 1), "13/4/2022"],
        [datetime(2022, 2, 3), datetime(2022, 7, 9), datetime(2022, 1, 5)],
        [datetime(2022, 2, 3), datetime(2022, 7, 9), "31/2/2022"],
        [datetime(2022, 2, 3), "5/9/2022", "25/9/2022"],
        [datetime(2022, 2, 3), "25.9.2022", "ngày 25 tháng 9 năm 2022"],
        [datetime(2022, 3, 3), datetime(2022, 7, 7), "25/9/2022"],
    ],
    ids=["later-dates", "firsts", "no-text", "no-such-day", "texts-early-too", "words", "equal"],
)
def test_column_that_shows_no_swap_is_not_suspected(tmp_path: Path, cells: list[object]) -> None:
    assert _swapped(imported(tmp_path, "xlsx", cells, START)) == []


def test_texts_month_first_make_the_others_doubtful(tmp_path: Path) -> None:
    outcome = imported(tmp_path, "csv", ["3/2/2022", "9/25/2022", "7/9/2022"], START)
    told = {(p.row, p.code, p.level.value) for p in outcome.reader.problems if p.column}
    assert (3, "invalid_date", "error") in told
    assert (2, "date_swapped", "warn") in told


@pytest.mark.parametrize(
    ("number_format", "told"),
    [("dd/mm/yyyy hh:mm", False), ("dd/mm/yyyy", True), ("hh:mm", True), ("mm/yyyy", True)],
)
def test_moment_of_which_a_part_is_hidden_is_told(
    tmp_path: Path, number_format: str, told: bool
) -> None:
    def change(sheet: Any) -> None:
        cell = sheet.cell(2, SUBMITTED + 1)
        cell.value = datetime(2023, 9, 14, 17, 30)
        cell.number_format = number_format

    outcome = import_changed(tmp_path, change, 2)
    assert ("date_seen_in_part" in {p.code for p in outcome.reader.problems}) is told
