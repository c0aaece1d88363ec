"""What did each reviewer score, and how did each member vote? Tens of thousands of plain rows.

The usual row is understood by a few look-ups; whatever is unusual is looked at a second time, box
by box, and told in full.
"""

from __future__ import annotations

from abc import ABC
from collections.abc import Collection, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final, TypeVar

from campaigns.rules.importing.cells import WRONG, BoxReader
from campaigns.rules.importing.headers import Wanted
from campaigns.rules.importing.plain_tables import FirstSeen, PlainTable, numbered
from campaigns.rules.importing.references import Names
from campaigns.rules.importing.table import NO_CELL, Row, TableReader
from campaigns.rules.importing.values import number_slip, shown
from language import Language
from schemas.imports import Cell, ScoreRow, SheetRow, VoteRow
from schemas.playbook.form import Caption, FormItem, ItemType
from schemas.playbook.judging import Rubric
from schemas.vocabulary import Attendance, Vote

Word = TypeVar("Word", bound=StrEnum)

_HUNDRED: Final = 100
_NOMINATION: Final = Wanted(
    "nomination_code", ("nomination_code", "Mã hồ sơ", "nomination"), required=True
)
SCORE_COLUMNS: Final = (
    Wanted("reviewer_id", ("reviewer_id", "Mã người thẩm định"), required=True),
    _NOMINATION,
    Wanted("nomination_name", ("nomination_name", "Tên hồ sơ"), rare=True),
    Wanted("criterion_code", ("criterion_code", "Mã tiêu chí", "criterion"), required=True),
    Wanted("criterion_name", ("criterion_name", "Tên tiêu chí"), rare=True),
    Wanted("score", ("score", "Điểm", "points"), required=True),
    Wanted("comment", ("comment", "Nhận xét")),
)
"""Columns of scores, each with its English and its Vietnamese header first.

The names are for who fills the table in, and are not read.
"""
VOTE_COLUMNS: Final = (
    _NOMINATION,
    Wanted("session", ("session", "Phiên họp")),
    Wanted("member_id", ("member_id", "Mã thành viên"), required=True),
    Wanted("attendance", ("attendance", "Tham dự"), required=True),
    Wanted("vote", ("vote", "Phiếu"), required=True),
)
"""Columns of votes, likewise."""
_COMMENT: Final = FormItem(
    id="comment", header=Caption(vi="Nhận xét", en="comment"), type=ItemType.LONG_TEXT
)


class BallotReader(TableReader[Row], ABC):
    """What scores and votes share: known ids in the first column, a row of few columns."""

    _keys: tuple[str, ...] = ()
    _mains: Mapping[object, int] = {}

    def _begin_rows(self) -> None:
        self._order = tuple(self._places.get(key, -1) for key in self._keys)
        self._width = max(self._order) + 1

    def _is_data(self, row: SheetRow) -> bool:
        cells = row.cells
        if (
            len(cells) == self._width
            and not row.hidden
            and not row.is_marked
            and not self._blank_to
            and cells[self._order[0]].value in self._mains
        ):
            return True
        return super()._is_data(row)

    def _repeat(self, problem: str, before: int, row: int) -> None:
        column = self._order[2]
        self._problems.error(problem, row, column, other=before)
        if before not in self._problems.error_rows:
            self._problems.error(problem, before, column, other=row)


class ScoreReader(BallotReader[ScoreRow]):
    """Reads scores: reviewer, nomination, criterion, points, comment.

    `people` are all there are: one of them who is no reviewer is told so.
    """

    main_key = "reviewer_id"
    ignored = frozenset({"nomination_name", "criterion_name"})
    _keys = ("reviewer_id", "nomination_code", "criterion_code", "score", "comment")

    def __init__(
        self,
        rubric: Rubric,
        reviewers: Collection[str],
        nominations: Collection[str],
        language: Language = "vi",
        people: Collection[str] = (),
        not_judged: Mapping[str, str] | None = None,
    ) -> None:
        """Read scores on `nominations`; `not_judged` are others, by code, with their state."""
        self._not_judged = not_judged or {}
        super().__init__([*SCORE_COLUMNS], language)
        self._mains = self._reviewers = numbered(sorted(reviewers))
        self._nominations = numbered(sorted(nominations))
        self._criteria = numbered([line.code for line in rubric.criteria])
        self._maxima = [line.maximum for line in rubric.criteria]
        self._step = rubric.step
        self._points: list[dict[object, int]] = [{} for _ in rubric.criteria]
        """Centipoints by what a cell holds, per criterion: each value is checked once."""
        total = len(self._reviewers) * len(self._nominations) * len(self._criteria)
        self._seen = FirstSeen(total)
        self._boxes = PlainTable(self._problems)
        self._people = people
        codes = [line.code for line in rubric.criteria]
        self._names = (Names(set(reviewers)), Names(set(nominations)), Names(codes))

    def _understand(self, row: SheetRow) -> ScoreRow | None:
        cells = row.cells
        at_reviewer, at_nomination, at_criterion, at_score, at_comment = self._order
        if len(cells) < self._width or self._traits.typed:
            return self._look_closely(row)
        reviewer, nomination = cells[at_reviewer].value, cells[at_nomination].value
        criterion, comment = cells[at_criterion].value, cells[at_comment].value
        line = self._criteria.get(criterion)
        who, what = self._reviewers.get(reviewer), self._nominations.get(nomination)
        if line is None or who is None or what is None:
            return self._look_closely(row)
        points = self._points[line].get(cells[at_score].value)
        if points is None:
            return self._look_closely(row)
        place = (who * len(self._nominations) + what) * len(self._maxima) + line
        before = self._seen.first(place, row.number)
        if before:
            self._repeat("duplicate_score", before, row.number)
            return None
        text = self._comment(row) if at_comment >= 0 and comment else ""
        if text is None:
            return None
        return ScoreRow(row.number, str(reviewer), str(nomination), str(criterion), points, text)

    def _begin_rows(self) -> None:
        super()._begin_rows()
        column = self._places.get("comment", -1)
        self._comments = BoxReader(_COMMENT, column, self._problems, self._traits)

    def _comment(self, row: SheetRow) -> str | None:
        """Return the comment, looked at as any free text of a table is; None where it is wrong."""
        found = self._comments.read(row.cells[self._comments.column], row.number)
        return None if found is WRONG else str(found or "")

    def _look_closely(self, row: SheetRow) -> ScoreRow | None:
        at_reviewer, at_nomination, at_criterion, at_score, at_comment = self._order
        number, cells = row.number, (*row.cells, *[NO_CELL] * (self._width - len(row.cells)))
        reviewers, _nominations, criteria = self._names
        known = self._boxes.known
        reviewer = known(
            cells[at_reviewer], number, at_reviewer, reviewers, "unknown_person", self._people
        )
        nomination = self._judged(cells[at_nomination], number, at_nomination)
        criterion = known(cells[at_criterion], number, at_criterion, criteria, "unknown_criterion")
        points = self._read_points(cells[at_score], number, at_score, criterion)
        comment = self._comment(row) if 0 <= at_comment < len(row.cells) else ""
        if reviewer is None or nomination is None or criterion is None or points is None:
            return None
        if comment is None:
            return None
        line = self._criteria[criterion]
        pair = self._reviewers[reviewer] * len(self._nominations) + self._nominations[nomination]
        before = self._seen.first(pair * len(self._maxima) + line, number)
        if before:
            self._repeat("duplicate_score", before, number)
            return None
        return ScoreRow(number, reviewer, nomination, criterion, points, comment)

    def _judged(self, cell: Cell, row: int, column: int) -> str | None:
        state = self._not_judged.get(str(cell.value).strip())
        if state is not None:
            self._problems.error("nomination_not_judged", row, column, cell.value, state=state)
            return None
        return self._boxes.known(cell, row, column, self._names[1], "unknown_nomination")

    def _read_points(self, cell: Cell, row: int, column: int, criterion: str | None) -> int | None:
        found = self._boxes.number(cell, row, column)
        if found is None or criterion is None:
            return None
        number, text = found
        line = self._criteria[criterion]
        if self._is_off_scale(number, line, text, row, column):
            return None
        points = int(number * _HUNDRED)
        slip = (
            ""
            if isinstance(cell.value, int | float)
            else number_slip(text, typed=self._traits.typed)
        )
        if slip:
            self._problems.warn(slip, row, column, text, number=shown(number))
        else:
            self._points[line][cell.value] = points
        return points

    def _is_off_scale(self, number: Decimal, line: int, text: str, row: int, column: int) -> bool:
        maximum, step = self._maxima[line], self._step
        if number > maximum:
            self._problems.error("score_above_maximum", row, column, text, maximum=shown(maximum))
        elif number < 0:
            self._problems.error("score_below_zero", row, column, text, maximum=shown(maximum))
        elif number % step:
            self._problems.error("score_off_step", row, column, text, step=shown(step))
        else:
            return False
        return True


class VoteReader(BallotReader[VoteRow]):
    """Reads votes: nomination, session, member, attendance, vote.

    A table without the column `session` is that of a council that sat once: session 1.
    """

    main_key = "nomination_code"
    _keys = ("nomination_code", "session", "member_id", "attendance", "vote")

    def __init__(
        self,
        members: Collection[str],
        nominations: Collection[str],
        sessions: Collection[int] = (1,),
        language: Language = "vi",
        people: Collection[str] = (),
    ) -> None:
        super().__init__([*VOTE_COLUMNS], language)
        self._members = numbered(sorted(members))
        self._mains = self._nominations = numbered(sorted(nominations))
        self._sessions = numbered([str(session) for session in sorted(sessions)])
        total = len(self._members) * len(self._nominations) * len(self._sessions)
        self._seen = FirstSeen(total)
        self._boxes = PlainTable(self._problems)
        self._people = people
        self._names = (Names(set(nominations)), Names(set(members)))
        self._ballots: dict[tuple[object, object], tuple[Attendance, Vote | None]] = {
            (attendance.value, vote.value): (attendance, vote)
            for attendance in (Attendance.PRESENT, Attendance.WRITTEN)
            for vote in Vote
        } | {(Attendance.ABSENT.value, None): (Attendance.ABSENT, None)}

    def _understand(self, row: SheetRow) -> VoteRow | None:
        cells = row.cells
        at_nomination, at_session, at_member, at_attendance, at_vote = self._order
        if len(cells) < self._width or self._traits.typed:
            return self._look_closely(row)
        nomination, member = cells[at_nomination].value, cells[at_member].value
        session = cells[at_session].value if at_session >= 0 else "1"
        ballot = self._ballots.get((cells[at_attendance].value, cells[at_vote].value))
        what, who = self._nominations.get(nomination), self._members.get(member)
        when = self._sessions.get(session)
        if ballot is None or what is None or who is None or when is None:
            return self._look_closely(row)
        place = (who * len(self._nominations) + what) * len(self._sessions) + when
        before = self._seen.first(place, row.number)
        if before:
            self._repeat("duplicate_vote", before, row.number)
            return None
        return VoteRow(row.number, str(nomination), int(str(session)), str(member), *ballot)

    def _look_closely(self, row: SheetRow) -> VoteRow | None:
        at_nomination, at_session, at_member, at_attendance, at_vote = self._order
        number, cells = row.number, (*row.cells, *[NO_CELL] * (self._width - len(row.cells)))
        nominations, members = self._names
        known = self._boxes.known
        nomination = known(
            cells[at_nomination], number, at_nomination, nominations, "unknown_nomination"
        )
        member = known(cells[at_member], number, at_member, members, "unknown_person", self._people)
        session = self._session(cells, number, at_session)
        attendance = self._word(
            Attendance, cells[at_attendance], number, at_attendance, "unknown_attendance"
        )
        vote = None
        if attendance is Attendance.ABSENT:
            self._check_absent(cells[at_vote], number, at_vote)
        else:
            vote = self._word(Vote, cells[at_vote], number, at_vote, "unknown_vote")
        if number in self._problems.error_rows:
            return None
        if nomination is None or member is None or session is None or attendance is None:
            return None
        pair = self._members[member] * len(self._nominations) + self._nominations[nomination]
        before = self._seen.first(pair * len(self._sessions) + self._sessions[session], number)
        if before:
            self._repeat("duplicate_vote", before, number)
            return None
        return VoteRow(number, nomination, int(session), member, attendance, vote)

    def _session(self, cells: tuple[Cell, ...], row: int, column: int) -> str | None:
        text = "1" if column < 0 else self._boxes.text(cells[column], row, column)
        if text is not None and text not in self._sessions:
            self._problems.error("unknown_session", row, column, text)
            return None
        return text

    def _check_absent(self, cell: Cell, row: int, column: int) -> None:
        text = self._boxes.text(cell, row, column, required=False)
        if text is not None:
            self._problems.error("vote_by_absent", row, column, text)

    def _word(
        self, words: type[Word], cell: Cell, row: int, column: int, problem: str
    ) -> Word | None:
        text = self._boxes.text(cell, row, column)
        if text is None:
            return None
        try:
            return words(text.lower())
        except ValueError:
            allowed = ", ".join(words)
            self._problems.error(problem, row, column, text, allowed=allowed)
            return None
