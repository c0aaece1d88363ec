from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from campaigns.rules.importing.ballots import ScoreReader, VoteReader
from campaigns.rules.importing.plain_tables import FirstSeen
from documents.reading.workbook import open_workbook
from schemas.imports import ScoreRow, VoteRow
from schemas.vocabulary import Attendance, Vote
from tests.unit.importing.samples import EXAMPLE, clean_rows, playbook, problems_of, table

CODES = {str(row[1]) for row in clean_rows()[1:]}
PEOPLE = {f"P{number:03d}" for number in range(1, 58)}
SCORES = "reviewer_id,nomination_code,criterion_code,score,comment"
VOTES = "nomination_code,session,member_id,attendance,vote"


def _scores(*lines: str) -> tuple[list[ScoreRow], ScoreReader]:
    rubric = playbook().rubric
    assert rubric is not None
    reader = ScoreReader(rubric, {"P1", "P2"}, {"N1", "N2"})
    return list(reader.read(table("\n".join([SCORES, *lines])))), reader


def _votes(*lines: str, header: str = VOTES) -> tuple[list[VoteRow], VoteReader]:
    reader = VoteReader({"P1", "P2"}, {"N1", "N2"}, {1, 2})
    return list(reader.read(table("\n".join([header, *lines])))), reader


def test_scores_of_the_example_are_without_fault() -> None:
    rubric = playbook().rubric
    assert rubric is not None
    reader = ScoreReader(rubric, PEOPLE, CODES)
    with open_workbook(EXAMPLE / "scores-2023.csv") as book:
        rows = list(reader.read(book.sheets))
    assert (len(rows), problems_of(reader)) == (7470, set())
    assert rows[0].centipoints == 550


def test_votes_of_the_example_are_without_fault() -> None:
    reader = VoteReader(PEOPLE, CODES, {1, 2, 3})
    with open_workbook(EXAMPLE / "votes-2023.csv") as book:
        assert len(list(reader.read(book.sheets))) == 2490
    assert problems_of(reader) == set()


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("P9,N1,C1,5,", "A", "unknown_person"),
        ("P1,N9,C1,5,", "B", "unknown_nomination"),
        ("P1,N1,C99,5,", "C", "unknown_criterion"),
        ("P1,N1,C1,10.5,", "D", "score_above_maximum"),
        ("P1,N1,C1,-1,", "D", "score_below_zero"),
        ("P1,N1,C1,5.3,", "D", "score_off_step"),
        ("P1,N1,C1,năm,", "D", "not_a_number"),
        ("P1,N1,C1,,", "D", "missing_required"),
        (",N1,C1,5,", "A", "missing_required"),
        ("P1,N1", "C", "missing_required"),
    ],
)
def test_score_that_is_wrong_is_told(line: str, column: str, code: str) -> None:
    rows, reader = _scores(line, "P2,N2,C2,4.5,tốt")
    assert (2, column, code, "error") in problems_of(reader)
    assert [row.row for row in rows] == [3]


def test_score_given_twice_is_wrong_at_both_places() -> None:
    _, reader = _scores("P1,N1,C1,5,", "P1,N1,C2,4,", "P1,N1,C1,6,")
    assert problems_of(reader) == {
        (2, "C", "duplicate_score", "error"),
        (4, "C", "duplicate_score", "error"),
    }
    assert reader.kept_out_rows == {2, 4}


@pytest.mark.parametrize(
    ("written", "told"),
    [("5,5", set()), ("5,500", {(2, "D", "number_as_text", "warn")})],
)
def test_comma_of_a_csv_is_the_decimal_sign_and_told_where_it_may_part_thousands(
    tmp_path: Path, written: str, told: set[object]
) -> None:
    path = tmp_path / "scores.csv"
    path.write_text(f"{SCORES}\n" + f'P1,N1,C1,"{written}",\n', encoding="utf-8")
    rubric = playbook().rubric
    assert rubric is not None
    reader = ScoreReader(rubric, {"P1"}, {"N1"})
    with open_workbook(path) as book:
        rows = list(reader.read(book.sheets))
    assert rows == [ScoreRow(2, "P1", "N1", "C1", 550)]
    assert problems_of(reader) == told


def test_scores_in_a_workbook_are_read_as_well(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(SCORES.split(","))
    sheet.append(["P1", "N1", "C1", 5.5, None])
    sheet.append(["P1", "N1", "C2", "=1+1", None])
    book.save(tmp_path / "scores.xlsx")
    rubric = playbook().rubric
    assert rubric is not None
    reader = ScoreReader(rubric, {"P1"}, {"N1"})
    with open_workbook(tmp_path / "scores.xlsx") as opened:
        rows = list(reader.read(opened.sheets))
    assert rows == [ScoreRow(2, "P1", "N1", "C1", 550)]
    assert problems_of(reader) == {(3, "D", "formula_cell", "error")}


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("N9,1,P1,present,yes", "A", "unknown_nomination"),
        ("N1,7,P1,present,yes", "B", "unknown_session"),
        ("N1,1,P9,present,yes", "C", "unknown_person"),
        ("N1,1,P1,asleep,yes", "D", "unknown_attendance"),
        ("N1,1,P1,present,maybe", "E", "unknown_vote"),
        ("N1,1,P1,present,", "E", "missing_required"),
        ("N1,1,P1,absent,yes", "E", "vote_by_absent"),
    ],
)
def test_vote_that_is_wrong_is_told(line: str, column: str, code: str) -> None:
    rows, reader = _votes(line, "N2,1,P2,written,no")
    assert problems_of(reader) == {(2, column, code, "error")}
    assert rows == [VoteRow(3, "N2", 1, "P2", Attendance.WRITTEN, Vote.NO)]


def test_absent_member_has_no_vote() -> None:
    rows, _ = _votes("N1,1,P1,absent,")
    assert rows[0].vote is None


def test_member_who_votes_twice_in_a_session_is_told() -> None:
    _, reader = _votes("N1,1,P1,present,yes", "N1,2,P1,present,yes", "N1,1,P1,present,no")
    assert reader.kept_out_rows == {2, 4}


def test_votes_without_session_are_of_the_first() -> None:
    rows, reader = _votes("N1,P1,present,yes", header="nomination_code,member_id,attendance,vote")
    assert rows[0].session == 1
    assert {told[3] for told in problems_of(reader)} == {"info"}


def test_first_place_is_remembered_in_a_table_too_large_for_memory() -> None:
    seen = FirstSeen(10**12)
    assert [seen.first(10**11, 5), seen.first(10**11, 9), seen.first(3, 9)] == [0, 5, 0]
