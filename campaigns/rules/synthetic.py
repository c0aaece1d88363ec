"""What might be nominated? Invented nominations that meet a playbook, or break one rule of it.

Everything follows from the playbook, the units and a seed. Every name says that it is a sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from campaigns.rules.calendar import add_months
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook import (
    AnswerIs,
    AnyRule,
    AtLeast,
    CaseClosed,
    Playbook,
    RankWithinQuota,
    RunningSince,
)
from schemas.playbook_form import FormItem, ItemType

_TEXTS: Final = frozenset({ItemType.TEXT, ItemType.LONG_TEXT, ItemType.CODE})
_MONTHS_BEFORE: Final = 24
_SAMPLE: Final = "Nội dung mẫu dùng để diễn tập."


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented nomination, and the rule it breaks."""

    row: NominationRow
    breaks: AnyRule | None = None

    @property
    def is_mended(self) -> bool:
        """Say whether its unit will send it again, corrected, when it comes back."""
        return self.breaks is not None and self.breaks.correctable


def breakable(playbook: Playbook) -> tuple[AnyRule, ...]:
    """Return the rules that an invented form can break by what it says."""
    kinds = (AnswerIs, RunningSince, AtLeast, CaseClosed, RankWithinQuota)
    return tuple(rule for rule in playbook.rules if isinstance(rule, kinds))


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
        yield Sample(row if rule is None else _breaking(row, rule, playbook, kind), rule)


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
    for rule in playbook.rules:
        if isinstance(rule, AnswerIs):
            answers[rule.item] = rule.value
        elif isinstance(rule, RunningSince):
            answers[rule.item] = add_months(rule.before, -rule.months - draw.randint(1, 18))
        elif isinstance(rule, AtLeast):
            answers[rule.item] = _number(playbook, rule.item, rule.minimum)
        elif isinstance(rule, CaseClosed):
            answers[rule.opened] = answers[rule.closed] = None
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


def _number(playbook: Playbook, box: str, value: Decimal) -> int | Decimal:
    whole = any(item.id == box and item.type is ItemType.INTEGER for item in playbook.form.items)
    return int(value) if whole else value


def _breaking(row: NominationRow, rule: AnyRule, playbook: Playbook, kind: str) -> NominationRow:
    """Return the nomination with what the rule does not accept."""
    if isinstance(rule, RankWithinQuota):
        return row.model_copy(update={"rank": (playbook.quota.for_kind(kind) or 0) + 1})
    answers = dict(row.answers)
    if isinstance(rule, AnswerIs):
        answers[rule.item] = not rule.value
    elif isinstance(rule, RunningSince):
        answers[rule.item] = rule.before - timedelta(days=1)
    elif isinstance(rule, AtLeast):
        answers[rule.item] = _number(playbook, rule.item, rule.minimum - 1)
    elif isinstance(rule, CaseClosed):
        opens = playbook.calendar.nomination.opens.date()
        answers[rule.opened], answers[rule.closed] = add_months(opens, -1), None
    return row.model_copy(update={"answers": answers})
