"""What is measured on? A made-up province: units, people, and any number of nominations.

Everything follows from a number and a fixed seed, so that each run is measured on the same input.
One nomination in twenty is not registered and so ineligible; of the others the council recognises
nine in ten, and each recognised one is adopted once.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from campaigns.services.playbook.library import load_playbook
from documents.writing.tables import Value, write_csv, write_xlsx
from schemas.imports import AdoptionRow, ScoreRow, VoteRow
from schemas.playbook.form import FormItem, ItemType
from schemas.playbook.judging import Quota
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Attendance, Vote

PLAYBOOK: Final = "dan-van-kheo"
COMMUNES: Final = 160
DISTRICTS: Final = 10
REVIEWERS: Final = 12
MEMBERS: Final = 15
_COORDINATING: Final = "ban-dan-van-tinh-uy"
_PHRASES: Final = (
    "bà con nhân dân",
    "tổ chức mô hình",
    "đường hoa cây cảnh",
    "ấp, xã, thị trấn",
    "phụ nữ và thanh niên",
    "nông dân, cựu chiến binh",
    "vận động đóng góp ngày công",
    "hiệu quả thiết thực",
    "giảm nghèo bền vững",
    "vệ sinh môi trường",
    "hòa giải cơ sở",
)
_DATES: Final = ("committed_on", "started_on", "evidenced_on", "sustained_on", "abandoned_on")
_COMMIT_DAYS: Final = 10
_REPORT_AFTER: Final = 100
"""Days; after the first follow-up, which is asked for and overdue by then."""


@dataclass(frozen=True)
class Province:
    """The input of one measurement: `size` nominations of a campaign."""

    size: int
    communes: int = COMMUNES

    def playbook(self) -> Playbook:
        """Return the playbook of the example; only the quota is lifted."""
        return load_playbook(PLAYBOOK).model_copy(update={"quota": Quota()})

    def codes(self) -> list[str]:
        """Return the codes of all nominations."""
        return [f"B-{number:06d}" for number in range(self.size)]

    def write_registers(self, folder: Path) -> None:
        """Write `units.csv` and `people.csv`."""
        heads = ("id", "name", "kind", "subkind", "parent_id", "official_code", "valid_from")
        write_csv(
            folder / "units.csv", (*heads, "valid_to", "email", "note"), _units(self.communes)
        )
        heads = ("id", "full_name", "unit_id", "position", "email", "roles", "role_detail")
        write_csv(folder / "people.csv", heads, _people())

    def recognised(self) -> list[str]:
        """Return the codes of the nominations that will be recognised."""
        return [code for code in self._eligible() if int(code[2:]) % 10 != 9]

    def _eligible(self) -> list[str]:
        return [code for code in self.codes() if int(code[2:]) % 20 != 13]

    def write_recorded_acts(self, folder: Path, playbook: Playbook) -> None:
        """Write the tables of a rehearsal beside the nominations: scores, votes, adoptions."""
        heads = ("reviewer_id", "nomination_code", "criterion_code", "score", "comment")
        rows = (
            (who, code, line, Decimal(points) / 100, comment)
            for _row, who, code, line, points, comment in self.scores(self._eligible(), playbook)
        )
        write_csv(folder / "scores.csv", heads, rows)
        heads = ("nomination_code", "session", "member_id", "attendance", "vote")
        votes = (
            (code, session, who, attendance.value, vote.value if vote else "")
            for _row, code, session, who, attendance, vote in self.votes(self._eligible(), 1)
        )
        write_csv(folder / "votes.csv", heads, votes)
        opens = playbook.calendar.replication.opens.date()
        adopted = [row.model_dump() for row in self.adoptions(self.recognised(), opens)]
        names = ("model_code", "adopting_unit_id", "parent_adoption_id", "state", *_DATES, "note")
        tables = ([row[name] for name in ("id", *names)] for row in adopted)
        write_csv(folder / "adoptions.csv", ("id", *names), tables)

    def write_nominations(self, folder: Path, playbook: Playbook) -> Path:
        """Write the workbook `nominations.xlsx`."""
        path, items = folder / "nominations.xlsx", playbook.form.items
        texts = random.Random(2023)
        rows = (
            [_cell(item, number, playbook, texts) for item in items] for number in range(self.size)
        )
        write_xlsx(path, "Data", [item.header.vi for item in items], rows)
        return path

    def boxes(self, playbook: Playbook) -> Iterator[dict[str, Value]]:
        """Yield the boxes of each nomination, as a form of the API has them."""
        texts = random.Random(2023)
        for number in range(self.size):
            cells = {item.id: _cell(item, number, playbook, texts) for item in playbook.form.items}
            yield {
                name: cell.isoformat() if isinstance(cell, date) else cell
                for name, cell in cells.items()
                if cell != ""
            }

    def scores(self, codes: Sequence[str], playbook: Playbook) -> Iterator[ScoreRow]:
        """Return five reviews of every line of the rubric for each nomination."""
        rubric = playbook.rubric
        criteria = rubric.criteria if rubric else ()
        for code in codes:
            number = int(code[2:])
            for review in range(5):
                reviewer = f"P-R{(number + review) % REVIEWERS:02d}"
                for place, line in enumerate(criteria):
                    half = int(line.maximum * 2)
                    points = 50 * (half - (number + review + place) % min(half, 5))
                    comment = "Cách làm rõ, có số liệu." if place == 4 else ""
                    yield ScoreRow(0, reviewer, code, line.code, points, comment)

    def votes(self, codes: Sequence[str], session: int) -> Iterator[VoteRow]:
        """Return the votes of the whole council; each tenth nomination fails."""
        for code in codes:
            favours = int(code[2:]) % 10 != 9
            for member in range(MEMBERS):
                yes = favours if member != 7 else not favours
                vote = Vote.YES if yes else Vote.NO
                yield VoteRow(0, code, session, f"P-M{member:02d}", Attendance.PRESENT, vote)

    def adoptions(self, codes: Sequence[str], opens: date) -> list[AdoptionRow]:
        """Return one adoption of each recognised model, begun on one of ten days."""
        rows = []
        for place, code in enumerate(codes):
            committed = opens + timedelta(days=1 + place % _COMMIT_DAYS)
            row = AdoptionRow(
                row=place + 2,
                id=f"A-{code}",
                model_code=code,
                adopting_unit_id=f"xa-{(int(code[2:]) + 7) % self.communes:03d}",
                state="started",
                committed_on=committed,
                started_on=committed + timedelta(days=_REPORT_AFTER),
            )
            rows.append(row)
        return rows


def _units(communes: int) -> Iterator[Sequence[Value]]:
    begins = date(2019, 1, 1)

    def row(unit: str, name: str, kind: str, parent: str) -> Sequence[Value]:
        return (unit, name, kind, "", parent, "", begins, None, f"{unit}@bentre.example", "")

    yield row("tinh", "Tỉnh Mẫu", "province", "")
    yield row(_COORDINATING, "Ban Dân vận Tỉnh ủy", "province_agency", "tinh")
    for number in range(DISTRICTS):
        yield row(f"huyen-{number}", f"Huyện số {number}", "district", "tinh")
    for number in range(communes):
        parent = f"huyen-{number % DISTRICTS}"
        yield row(f"xa-{number:03d}", f"Xã Mỹ Thạnh số {number}", "commune", parent)


def _people() -> Iterator[Sequence[Value]]:
    def row(person: str, unit: str, role: str) -> Sequence[Value]:
        name = f"Nguyễn Văn {person[2:]}"
        return (person, name, unit, "Cán bộ", f"{person.lower()}@bentre.example", role, role)

    yield row("P-C1", _COORDINATING, "coordinator")
    for number in range(3):
        yield row(f"P-L{number}", _COORDINATING, "leader")
    for number in range(REVIEWERS):
        yield row(f"P-R{number:02d}", _COORDINATING, "reviewer")
    for number in range(MEMBERS):
        yield row(f"P-M{number:02d}", _COORDINATING, "council")
    for number in range(DISTRICTS):
        yield row(f"P-N{number:02d}", f"huyen-{number}", "nominator")


def _cell(item: FormItem, number: int, playbook: Playbook, texts: random.Random) -> Value:
    if item.id.startswith("case_"):
        return None
    if item.type in {ItemType.TEXT, ItemType.LONG_TEXT}:
        phrases = " ".join(texts.choices(_PHRASES, k=3 if item.type is ItemType.TEXT else 10))
        return f"Mô hình {phrases} {number}"
    values: dict[ItemType, Value] = {
        ItemType.CODE: f"B-{number:06d}",
        ItemType.IGNORED: "",
        ItemType.UNIT: (
            f"xa-{number % COMMUNES:03d}" if item.id == "unit_id" else f"huyen-{number % DISTRICTS}"
        ),
        ItemType.INTEGER: 1 + number // DISTRICTS,
        ItemType.FIELD: playbook.fields[number % len(playbook.fields)].name.vi,
        ItemType.SUBJECT_KIND: playbook.subject_kinds[number % 4].name.vi,
        ItemType.DATE: date(2022, 9, 5),
        ItemType.YES_NO: "Không" if item.id == "registered" and number % 20 == 13 else "Có",
        ItemType.PERCENT: 85 + number % 15,
        ItemType.DATETIME: datetime(2023, 9, 1 + number % 10, 8, number % 60),  # noqa: DTZ001 - local, as forms say it
        ItemType.EMAIL: f"xa{number % COMMUNES}@bentre.example",
    }
    return values[item.type]
