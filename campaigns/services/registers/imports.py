"""How does a file become facts? Read whole, reported whole, and stored whole or not at all.

Reading and storing are two steps: a long file is read without holding the database, its rows are
kept in a temporary file, and only when everything was read are they stored, in one transaction.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from types import TracebackType
from typing import IO, Final, Generic, Literal, TypeVar

from campaigns.rules.importing.lookups import Sheets, UnitInfo
from campaigns.rules.importing.table import TableReader
from campaigns.rules.registers.changes import Compared
from campaigns.store.commit import flush
from campaigns.store.records import UnitRecord
from campaigns.store.registers import units
from campaigns.store.transaction import Transaction
from language.vietnamese import fold
from schemas.imports import ImportReport, PastModelRow
from schemas.outcomes import Difference, Done

Row = TypeVar("Row")
Kind = Literal["units", "people", "nominations", "scores", "votes", "adoptions", "past-models"]
BATCH: Final = 1_000
_TOLD: Final = 10_000
"""Changes that are told one by one; of more, how many."""
_PART: Final = 100
"""Rows that are written to a spool together."""


class Spool(AbstractContextManager["Spool[Row]"], Generic[Row]):
    """Rows in a temporary file: 100,000 nominations do not fit the memory an import may take."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._parts = 0
        self._waiting: list[Row] = []

    def add(self, row: Row) -> None:
        """Put one row at the end."""
        self._waiting.append(row)
        if len(self._waiting) == _PART:
            self._write()

    def _write(self) -> None:
        # Together, since rows have their names of columns, their units and their kinds in common.
        pickle.dump(self._waiting, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._parts += 1
        self._waiting = []

    def batches(self, size: int | None) -> Iterator[list[Row]]:
        """Give the rows back in their order, `size` at a time; None: all at once."""
        self._write()
        self._file.seek(0)
        # Only what `add` wrote in this process is read: nothing foreign is unpickled.
        parts = (pickle.load(self._file) for _ in range(self._parts))  # noqa: S301
        rows: Iterator[Row] = chain.from_iterable(parts)
        while batch := list(islice(rows, size)):
            yield batch

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove the file."""
        self._file.close()


@dataclass(frozen=True)
class Import(Generic[Row]):
    """One import: what is read, by which reader, and what keeps the rows."""

    kind: Kind
    reader: TableReader[Row]
    keep: Callable[[Transaction, Sequence[Row]], Done]
    batch: int | None
    """Rows per call of `keep`; None where it must see all rows at once."""


def read(wanted: Import[Row], sheets: Sheets, spool: Spool[Row]) -> ImportReport:
    """Read everything and report every problem; the rows understood are spooled, none is stored."""
    for row in wanted.reader.read(sheets):
        spool.add(row)
    accepted = wanted.reader.rows - len(wanted.reader.kept_out_rows)
    return report_of(wanted.kind, wanted.reader, accepted)


def report_of(kind: Kind, reader: TableReader[Row], accepted: int) -> ImportReport:
    """Return what an import has found before anything is stored."""
    told = reader.told()
    return ImportReport(
        kind=kind,
        rows=reader.rows,
        accepted=accepted,
        stored=0,
        problems=told.problems,
        untold=told.untold,
        error_count=told.errors,
        warning_count=told.warnings,
    )


def store(
    tx: Transaction, wanted: Import[Row], report: ImportReport, spool: Spool[Row]
) -> ImportReport:
    """Store the rows of one file, and say what of it is new and what was known already.

    Rows are compared with what is stored, never files: a file that was imported before may be
    meant again, because another one was imported since.
    """
    told: list[Done] = []
    differences: list[Difference] = []
    number = 0
    for batch in spool.batches(wanted.batch):
        done = wanted.keep(tx, sound(wanted, batch))
        differences += done.differences[: _TOLD - len(differences)]
        number += len(done.differences)
        told.append(done.model_copy(update={"differences": ()}))
        flush(tx)
    return stored(report, told).model_copy(
        update={
            "differences": tuple(differences),
            "differences_more": number - len(differences),
        }
    )


def sound(wanted: Import[Row], batch: Sequence[Row]) -> list[Row]:
    """Leave out the rows with errors: of two equal codes the first was understood as good."""
    out = wanted.reader.kept_out_rows
    return [row for row in batch if getattr(row, "row", None) not in out]


def stored(report: ImportReport, told: Sequence[Done]) -> ImportReport:
    """Say of what was read what of it is new and what was known already."""
    number, known = sum(one.changed for one in told), sum(one.known for one in told)
    return report.model_copy(
        update={
            "stored": number,
            "known": known,
            "repeated": not number and known > 0,
            "remarks": tuple(remark for one in told for remark in one.remarks),
        }
    )


# --- Registers -----------------------------------------------------------------------------------


def unit_lookup(tx: Transaction) -> dict[str, UnitInfo]:
    """Return every unit as an import sees it, those that ceased included."""
    return {one.id: _info(one) for one in units.latest(tx).values()}


class UnitsAsked(Mapping[str, UnitInfo]):
    """`unit_lookup` for a few rows: the units named are read, and all where one is unknown."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._met: dict[str, UnitInfo] = {}

    @cached_property
    def _all(self) -> dict[str, UnitInfo]:
        return unit_lookup(self._tx)

    def __getitem__(self, unit_id: str) -> UnitInfo:
        """Return one unit, or raise `KeyError`."""
        if unit_id not in self._met:
            found = units.one_latest(self._tx, unit_id)
            if found is None:
                raise KeyError(unit_id)
            self._met[unit_id] = _info(found)
        return self._met[unit_id]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids of all units."""
        return iter(self._all)

    def __len__(self) -> int:
        """Count all units."""
        return len(self._all)


def _info(one: UnitRecord) -> UnitInfo:
    return UnitInfo(one.id, one.name, one.kind, one.valid_from, one.valid_to)


def keep_past_models(tx: Transaction, rows: Sequence[PastModelRow]) -> Done:
    """Store models that were recognised in earlier years."""
    return _done(units.save_past_models(tx, rows, {row.id: fold(row.title) for row in rows}))


def _done(found: Compared) -> Done:
    return Done(changed=len(found.touched), known=found.known, differences=found.differences)
