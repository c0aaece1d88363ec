"""How many of a panel may judge each nomination, and are they enough?

People are not tried one by one: a province has thousands of units, and few of its panel are near to
any of them. Those who might be are found by unit, by the unit above and by mailbox, and the rule of
`conflicts` decides on these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from campaigns.rules.appraisal.conflicts import Judge, Judged, nearness, normal_address
from schemas.vocabulary import Role


class Panel:
    """The people of one role, by id."""

    def __init__(self, judges: Mapping[str, Judge]) -> None:
        self._judges = dict(judges)
        self._by_unit: dict[str, set[str]] = defaultdict(set)
        self._by_parent: dict[str, set[str]] = defaultdict(set)
        self._by_address: dict[str, set[str]] = defaultdict(set)
        for who, judge in self._judges.items():
            self._by_unit[judge.unit_id].add(who)
            self._by_parent[judge.parent_id or ""].add(who)
            self._by_address[normal_address(judge.address)].add(who)

    def __len__(self) -> int:
        """Count all of them."""
        return len(self._judges)

    def near(self, judged: Judged) -> set[str]:
        """Return who is too near to a nomination."""
        own = (judged.nominating_unit, judged.subject_unit)
        maybe: set[str] = set()
        for unit_id in (*own, *judged.succession, *judged.parents):
            maybe |= self._by_unit.get(unit_id, set())
        for unit_id in own:
            maybe |= self._by_parent.get(unit_id, set())
        for address in self._by_address.keys() & judged.addresses:
            maybe |= self._by_address[address]
        return {who for who in maybe if nearness(self._judges[who], judged) is not None}

    def able(self, judged: Judged, acted: frozenset[str] = frozenset()) -> int:
        """Count who may judge a nomination, with those who have: what is stored stays."""
        return len((self._judges.keys() - self.near(judged)) | acted)


class Matter(NamedTuple):
    """What is to be judged: a nomination, or what a unit would nominate."""

    name: str
    judged: Judged
    acted: frozenset[str] = frozenset()
    """Who has judged it already."""


@dataclass(frozen=True, slots=True)
class Able:
    """Of one role: how many may act, where fewest, and where they are too few."""

    role: Role
    people: int
    needed: int
    least: int
    """Where the fewest may act; all of them where there is nothing to judge."""
    most: int
    short: tuple[tuple[str, int], ...]
    """(name, how many may act) of what has too few, fewest first."""


def counted(role: Role, panel: Panel, needed: int, matters: Iterable[Matter]) -> Able:
    """Count who may judge each of some matters."""
    able = [(panel.able(one.judged, one.acted), one.name) for one in matters]
    numbers = [number for number, _name in able]
    return Able(
        role=role,
        people=len(panel),
        needed=needed,
        least=min(numbers, default=len(panel)),
        most=max(numbers, default=len(panel)),
        short=tuple((name, number) for number, name in sorted(able) if number < needed),
    )
