"""Does what a cell names exist, and if not, what was most likely meant?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from campaigns.rules.codes import folded, oddness
from campaigns.rules.importing.dates import written
from campaigns.rules.importing.lookups import Units
from campaigns.rules.importing.problems import Problems
from language.vietnamese import unmarked

_LIKE = 75
_MANY = 4


class Names:
    """Known ids of one kind; finds an id in another case, or the most similar one."""

    def __init__(self, ids: Collection[str]) -> None:
        self._ids = ids
        self._by_small: dict[str, str] | None = None
        self._similar: dict[str, str] = {}

    def __contains__(self, text: object) -> bool:
        return text in self._ids

    def understood(self, text: str) -> str | None:
        """Return the id that differs in case only."""
        if self._by_small is None:
            self._by_small = {known.casefold(): known for known in self._ids}
        return self._by_small.get(text.casefold())

    def similar(self, text: str) -> str:
        """Return the most similar id, empty where none is near."""
        if text not in self._similar:
            from rapidfuzz import fuzz, process  # noqa: PLC0415 - only where an id is unknown

            found = process.extractOne(
                text.lower(),
                list(self._ids),
                scorer=fuzz.ratio,
                score_cutoff=_LIKE,
                processor=str.lower,
            )
            self._similar[text] = found[0] if found else ""
        return self._similar[text]


class UnitNames(Names):
    """Known units; a cell may hold the official name instead of the id."""

    def __init__(self, units: Units) -> None:
        super().__init__(units)
        self.units = units

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for unit in self.units.values():
            found.setdefault(unmarked(unit.name), []).append(unit.id)
        return found

    def named(self, text: str) -> list[str]:
        """Return the ids of the units with this official name; communes share names."""
        return self._by_name.get(unmarked(text), [])


class FirstRows:
    """Where each key stood first; both of two equal ones are wrong, for none can tell the right."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}

    def check(
        self, problem: str, key: str, value: str, row: int, column: int, problems: Problems
    ) -> None:
        """Note `problem` at this row and at the first one with the same key, there once."""
        first = self._rows.setdefault(key, row)
        if first == row:
            return
        problems.error(problem, row, column, value, other=abs(first))
        if first > 0:
            problems.error(problem, first, column, value, other=row)
            self._rows[key] = -first


def new_code(code: str, row: int, column: int, problems: Problems) -> str:
    """Return a code that is given anew as it is kept; what may be in none is noted."""
    plain = folded(code)
    odd = oddness(plain)
    if odd is not None:
        keys = {"lookalike": "bad_code/lookalike", "meant": "bad_code/meant", "": "bad_code"}
        problems.error(keys[odd.kind], row, column, code, sign=odd.sign, meant=odd.meant)
    elif plain != code:
        problems.warn("bad_code/understood", row, column, code, meant=plain)
    return plain


def read_unit(text: str, row: int, column: int, names: UnitNames, problems: Problems) -> str | None:
    """Return the unit's id; an unknown one is noted with the id that was most likely meant."""
    if text in names:
        return text
    understood = names.understood(text)
    if understood:
        problems.warn("unknown_unit/understood", row, column, text, meant=understood)
        return understood
    named = names.named(text)
    if named:
        ids = ", ".join(named[:_MANY])
        problems.error("unknown_unit/name", row, column, text, ids=ids)
        return None
    note_unknown("unknown_unit", text, row, column, names, problems)
    return None


def note_unknown(
    key: str, text: str, row: int, column: int, names: Names, problems: Problems
) -> None:
    """Note an unknown id, with the most similar known one where there is any."""
    similar = names.similar(text)
    if similar:
        problems.error(f"{key}/similar", row, column, text, similar=similar)
    else:
        problems.error(key, row, column, text)


def note_validity(
    unit_id: str, day: date, row: int, column: int, units: Units, problems: Problems
) -> None:
    """Warn of a unit that did not exist on a day: communes merge, districts are abolished."""
    unit = units[unit_id]
    if not unit.exists_on(day):
        until = written(unit.valid_to) if unit.valid_to else "…"
        problems.warn(
            "unit_not_valid",
            row,
            column,
            unit_id,
            since=written(unit.valid_from),
            until=until,
            day=day,
        )


def first_cycle(parents: Mapping[str, str | None]) -> list[str]:
    """Return the ids that stand in a circle of parents, empty where there is none."""
    done: set[str] = set()
    circular: list[str] = []
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = parents.get(at)
        if at is not None and at in path:
            members = list(path)
            circular.extend(members[members.index(at) :])
        done.update(path)
    return circular
