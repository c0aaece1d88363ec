"""Which processes live? Each says so from time to time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, insert, select, update

from campaigns.rules.clock import comparison
from campaigns.rules.clock.comparison import Heard, Present
from campaigns.store.present import heard
from campaigns.store.tables import process_beat
from campaigns.store.transaction import Transaction

RELAY: Final = "relay"
WEB: Final = "web"
RUN: Final = "run"
_FORGOTTEN: Final = timedelta(days=1)


class Beat(NamedTuple):
    """A process that said that it lives."""

    name: str
    kind: str
    started_at: datetime
    seen_at: datetime
    detail: str
    shown_at: datetime | None
    boot: str | None
    uptime: int | None

    @property
    def heard(self) -> Heard:
        """What it said when it last spoke."""
        return heard(self.seen_at, self.shown_at, self.boot, self.uptime)

    def is_fresh(self, present: Present) -> bool:
        """Say whether it was heard of just now."""
        return comparison.is_living(self.heard, present)


def beat(tx: Transaction, name: str, kind: str, detail: str = "") -> None:
    """Say that a process lives, and what its clock shows where that is believed.

    What was not heard of for a day is forgotten, unless it is our clock that is ahead.
    """
    machine = tx.present.machine
    said = {
        "seen_at": tx.wall,
        "detail": detail,
        "boot": machine.boot if machine else None,
        "uptime": machine.uptime if machine else None,
        "shown_at": tx.present.own if tx.present.is_believed else None,
    }
    done = tx.connection.execute(
        update(process_beat).where(process_beat.c.name == name).values(said)
    )
    if done.rowcount:
        return
    tx.connection.execute(
        insert(process_beat).values(name=name, kind=kind, started_at=tx.wall, **said)
    )
    if tx.present.is_believed:
        tx.connection.execute(
            delete(process_beat).where(process_beat.c.seen_at < tx.wall - _FORGOTTEN)
        )


def end(tx: Transaction, name: str) -> None:
    """Say that a process ends."""
    tx.connection.execute(delete(process_beat).where(process_beat.c.name == name))


def forget_all(tx: Transaction) -> None:
    """Forget every process: those of a backup that was restored run elsewhere, or no more."""
    tx.connection.execute(delete(process_beat))


def beats(tx: Transaction, kind: str | None = None) -> list[Beat]:
    """Return the processes heard of in the last day, by name."""
    query = select(*(process_beat.c[name] for name in Beat._fields)).order_by(process_beat.c.name)
    if kind is not None:
        query = query.where(process_beat.c.kind == kind)
    return [Beat(*row) for row in tx.connection.execute(query)]


def living(tx: Transaction, kind: str | None = None) -> list[Beat]:
    """Return what was heard of just now, by name."""
    return [one for one in beats(tx, kind) if one.is_fresh(tx.present)]


def is_alive(tx: Transaction, kind: str) -> bool:
    """Say whether a process of this kind was heard of just now."""
    return bool(living(tx, kind))


def name_of_run(flow_run_id: str) -> str:
    """Return by which name a run says that it lives, and claims what it works on."""
    return f"{RUN}:{flow_run_id}"
