"""One cause is told once, with its number and its first places; what differs is told each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.rules.importing.ballots import VoteReader
from campaigns.rules.importing.problems import Problems
from campaigns.services.registers import imports
from schemas.imports import Level, VoteRow
from schemas.outcomes import Done
from tests.unit.importing.samples import EXAMPLE, clean_rows, import_changed, import_file, table


def _problems(*places: tuple[int, str], key: str = "unknown_unit") -> Problems:
    found = Problems("vi")
    for row, value in places:
        found.error(key, row, 1, value)
    found.close()
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_places_are_told_each(count: int) -> None:
    told = _problems(*((row, "x") for row in range(2, 2 + count))).told_once()
    assert [(one.row, one.count, one.places) for one in told] == [
        (row, 1, ()) for row in range(2, 2 + count)
    ]


def test_many_places_are_told_at_the_first_with_the_next_ten() -> None:
    (told,) = _problems(*((row, "x") for row in range(2, 2492))).told_once()
    assert (told.row, told.count, told.places[0], len(told.places)) == (2, 2490, "B3", 10)
    assert "Còn ở 2489 chỗ khác: B3, B4, B5, B6, B7, B8, B9, B10, B11, B12, …." in told.message


def test_other_values_are_other_causes() -> None:
    told = _problems(*((row, f"x{row % 5}") for row in range(2, 102))).told_once()
    assert sorted((one.value, one.count) for one in told) == [(f"x{at}", 20) for at in range(5)]


def test_two_equal_codes_are_told_although_their_rows_differ() -> None:
    found = Problems("vi")
    for row in range(2, 12):
        found.error("duplicate_vote", row, 2, other=row - 1)
    found.close()
    (told,) = found.told_once()
    assert told.count == 10


def test_dates_as_text_of_a_whole_column_are_one_remark(tmp_path: Path) -> None:
    at = clean_rows()[0].index("Ngày bắt đầu") + 1

    def change(sheet):
        for row in range(2, 14):
            sheet.cell(row, at).value = f"{row}/3/2022"

    reader = import_changed(tmp_path, change).reader
    told = [one for one in reader.problems.told_once() if one.code == "date_as_text"]
    assert [(one.row, one.count) for one in told] == [(2, 12)]


def test_causes_told_once_count_every_place() -> None:
    outcome = import_file(EXAMPLE / "nominations-2023-dirty.xlsx")
    each, once = list(outcome.reader.problems), outcome.reader.problems.told_once()
    for level in Level:
        assert sum(one.count for one in once if one.level is level) == sum(
            one.level is level for one in each
        )


def test_wrong_session_of_all_votes_is_one_thing_to_correct() -> None:
    members = [f"M{number}" for number in range(50)]
    header = "nomination_code,session,member_id,attendance,vote"
    lines = [f"N1,7,{member},present,yes" for member in members]
    reader = VoteReader(members, ["N1"])
    wanted = imports.Import[VoteRow]("votes", reader, lambda *_: Done(changed=0), None)
    with imports.Spool[VoteRow]() as spool:
        report = imports.read(wanted, table("\n".join([header, *lines])), spool)
    assert [(one.code, one.row, one.count) for one in report.problems] == [
        ("unknown_session", 2, 50)
    ]
    assert (report.rows, report.accepted, report.number_of(Level.ERROR)) == (50, 0, 50)
