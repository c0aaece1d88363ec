"""What does the event log say that the rows should hold?

Folded from the events alone. A column an event does not speak of, because a version before told
less, is not in its row here: it cannot be compared, and the result says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from campaigns.rules.log.seals import MAILS, MAILS_SEAL, MAILS_TO, SEAL
from schemas.events import EventRecord

Row = dict[str, object]
"""What should stand in which column."""


class Mails(NamedTuple):
    """Mails that an event vouches for."""

    noted_in: int
    many: object
    seal: object
    to: object


@dataclass
class Told:
    """What the log says, by kind of thing and by its name."""

    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    mails: list[Mails] = field(default_factory=list)
    readdressed: bool = False
    """Mails were given other addresses since they were written."""
    _places: Counter[str] = field(default_factory=Counter)

    def put(self, kind: str, name: str, row: Row) -> None:
        """Say what a row should hold, from now on."""
        self.rows.setdefault(kind, {})[name] = row

    def of(self, kind: str, name: str) -> Row:
        """Return what was said of a row so far."""
        return self.rows.get(kind, {}).get(name, {})

    def numbered(self, kind: str, row: Row, prefix: str = "") -> None:
        """Say what the next row of a kind should hold; such rows are named by their order."""
        self._places[f"{kind}:{prefix}"] += 1
        self.put(kind, f"{prefix}{self._places[f'{kind}:{prefix}']}", row)


def folding(
    events: Iterable[EventRecord], telling: Mapping[str, Sequence[Tell]], found: Told
) -> Iterator[EventRecord]:
    """Hand the log on, folded into `found`; `telling` says, by name, what events mean for rows."""
    for event in events:
        identity = event.subject.partition(":")[2]
        for tell in telling.get(event.name, ()):
            tell(found, event, identity)
        if MAILS in event.facts:
            facts = event.facts
            found.mails.append(
                Mails(event.number, facts[MAILS], facts.get(MAILS_SEAL), facts.get(MAILS_TO))
            )
        yield event


class Difference(NamedTuple):
    """A row that is not as the log says."""

    thing: str
    columns: tuple[str, ...]
    """Which differ; none: the row is missing, or should not be there."""
    problem: str
    """`changed`, `missing` or `added`."""


class Comparison(NamedTuple):
    """What comparing the rows of one kind came to."""

    kind: str
    rows: int
    partly: int
    """Rows of which the log tells less than it would today."""
    differences: tuple[Difference, ...]


def compare(kind: str, wanted: Mapping[str, Row], found: Mapping[str, Row]) -> Comparison:
    """Compare the rows of one kind with what the log says of them."""
    differences, partly = [], 0
    for name, row in wanted.items():
        have = found.get(name)
        if have is None:
            differences.append(Difference(f"{kind}:{name}", (), "missing"))
            continue
        wrong = tuple(column for column, value in row.items() if have.get(column) != value)
        if wrong:
            differences.append(Difference(f"{kind}:{name}", wrong, "changed"))
        # A seal speaks for all columns of its row, those that the event does not name as well.
        partly += SEAL not in row and bool(have.keys() - row.keys())
    differences += [Difference(f"{kind}:{name}", (), "added") for name in found.keys() - wanted]
    return Comparison(kind, len(wanted), partly, tuple(sorted(differences)))


# --- What the events of one kind say --------------------------------------------------------------

Tell = Callable[[Told, EventRecord, str], None]
"""Says what an event means for the rows: what was told so far, the event, what it is about."""


def instant(value: object) -> datetime | None:
    """Read a point in time from a fact."""
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def day(value: object) -> date | None:
    """Read a day from a fact."""
    return date.fromisoformat(value) if isinstance(value, str) else None


def sealed(event: EventRecord, fact: str = SEAL) -> Row:
    """Return the seal of what an event has brought, where it has one."""
    return {SEAL: event.facts[fact]} if fact in event.facts else {}


def at_time(kind: str, column: str) -> Tell:
    """Return what says that a column holds the time of the event."""

    def tell(told: Told, event: EventRecord, name: str) -> None:
        told.of(kind, name)[column] = event.occurred_at

    return tell
