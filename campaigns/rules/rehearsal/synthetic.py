"""What might be nominated? Invented nominations that meet a playbook, or break one rule of it.

Everything follows from the playbook, the units and a seed. Every name says that it is a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from random import Random
from typing import Final

from campaigns.rules.deadlines.calendar import add_months
from campaigns.rules.eligibility import Kind, rules_of
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import FormItem, ItemType
from schemas.playbook.judging import Rule
from schemas.playbook.playbook import Playbook

_TEXTS: Final = frozenset({ItemType.TEXT, ItemType.LONG_TEXT, ItemType.CODE})
_MONTHS_BEFORE: Final = 24
_SAMPLE: Final = "Nội dung mẫu dùng để diễn tập."


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented nomination, and the rule it breaks."""

    row: NominationRow
    breaks: Rule | None = None

    @property
    def is_mended(self) -> bool:
        """Say whether its unit will send it again, corrected, when it comes back."""
        return self.breaks is not None and self.breaks.correctable


def breakable(playbook: Playbook) -> tuple[Kind, ...]:
    """Return the rules that an invented form can break by what it says."""
    row = _row(playbook, 1, "", 1, Random(0))  # noqa: S311 - any good nomination will do
    return tuple(rule for rule in rules_of(playbook) if rule.broken(row, playbook, ""))


def nominations(
    playbook: Playbook, units: Sequence[tuple[str, str]], size: int, seed: int
) -> Iterator[Sample]:
    """Invent nominations of these (unit, kind of unit), one after the other.

    Each rule is broken once, early on; every other nomination is good.
    """
    draw = Random(seed)  # noqa: S311 - a rehearsal must come to the same again
    broken = breakable(playbook)
    ranks: dict[str, int] = {}
    for number in range(1, size + 1):
        unit, kind = units[(number - 1) % len(units)]
        ranks[unit] = ranks.get(unit, 0) + 1
        rule = broken[number // 2 - 1] if number % 2 == 0 and number // 2 <= len(broken) else None
        row = _row(playbook, number, unit, ranks[unit], draw)
        bad = rule.broken(row, playbook, kind) if rule else None
        yield Sample(row) if bad is None else Sample(bad, rule)


def mended(sample: Sample, playbook: Playbook, seed: int) -> NominationRow:
    """Return the same nomination as its unit sends it again."""
    answers = good_answers(playbook, Random(seed))  # noqa: S311 - see above
    return sample.row.model_copy(update={"answers": answers})


def _row(playbook: Playbook, number: int, unit: str, rank: int, draw: Random) -> NominationRow:
    kinds, fields = playbook.subject_kinds, playbook.fields
    kind = kinds[number % len(kinds)]
    return NominationRow(
        row=number + 1,
        code=f"{playbook.code}-MAU-{number:03d}",
        subject_kind=kind.id,
        name=f"{kind.name.vi} mẫu {number:03d}",
        owner=f"Tập thể mẫu {number:03d}",
        unit_id=unit,
        nominated_by_id=unit,
        rank=rank,
        field=fields[number % len(fields)].id if fields else None,
        answers=good_answers(playbook, draw),
    )


def good_answers(playbook: Playbook, draw: Random) -> dict[str, AnswerValue]:
    """Fill every box of the form that has no role, so that each rule is met."""
    answers = {
        item.id: _answer(item, playbook, draw)
        for item in playbook.form.items
        if item.role is None and item.type is not ItemType.IGNORED
    }
    for rule in rules_of(playbook):
        answers.update(rule.good_answers(playbook, draw))
    return answers


def _answer(item: FormItem, playbook: Playbook, draw: Random) -> AnswerValue:
    if item.type in _TEXTS:
        return _SAMPLE[: item.maximum_length]
    opens = playbook.calendar.nomination.opens.date()
    day = add_months(opens, -draw.randint(6, _MONTHS_BEFORE))
    values: dict[ItemType, AnswerValue] = {
        ItemType.YES_NO: True,
        ItemType.DATE: _within(day, item),
        ItemType.DATETIME: playbook.instant(
            datetime.combine(_within(day, item), datetime.min.time())
        ),
        ItemType.INTEGER: int(item.minimum or 1),
        ItemType.PERCENT: Decimal(item.maximum or 100),
        ItemType.FIELD: playbook.fields[0].id if playbook.fields else None,
        ItemType.SUBJECT_KIND: playbook.subject_kinds[0].id,
        ItemType.EMAIL: "mau@example.vn",
    }
    return values.get(item.type)


def _within(day: date, item: FormItem) -> date:
    return min(max(day, item.earliest or day), item.latest or day)
