"""By how much was which deadline moved, for whom, and why?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple

from sqlalchemy import Select, bindparam, insert, select, update

from campaigns.store.prepared import Prepared
from campaigns.store.records import StageRecord
from campaigns.store.tables import extension, stage
from campaigns.store.transaction import Transaction

Matter = Literal["work", "approval"]
_COLUMN_OF: Final[dict[str, str]] = {"work": "due_at", "approval": "approval_due_at"}


class ExtensionRecord(NamedTuple):
    """One extension, as it was granted."""

    id: int
    stage: str
    matter: str
    unit_id: str | None
    previous_at: datetime
    until_at: datetime
    reason: str
    person_id: str
    recorded_at: datetime


def add(tx: Transaction, of: StageRecord, extended: ExtensionRecord) -> int:
    """Store an extension and return its number; one for all moves the stage's own date as well."""
    number: int = tx.connection.execute(
        insert(extension)
        .values(
            stage_id=of.id,
            matter=extended.matter,
            unit_id=extended.unit_id,
            previous_at=extended.previous_at,
            until_at=extended.until_at,
            reason=extended.reason,
            person_id=extended.person_id,
            recorded_at=extended.recorded_at,
        )
        .returning(extension.c.id)
    ).scalar_one()
    if extended.unit_id is None:
        tx.connection.execute(
            update(stage)
            .where(stage.c.id == of.id)
            .values(
                {_COLUMN_OF[extended.matter]: extended.until_at, "version": stage.c.version + 1}
            )
        )
    return number


def _query(tx: Transaction) -> Select[Any]:
    return (
        select(
            extension.c.id,
            stage.c.name,
            extension.c.matter,
            extension.c.unit_id,
            extension.c.previous_at,
            extension.c.until_at,
            extension.c.reason,
            extension.c.person_id,
            extension.c.recorded_at,
        )
        .join(stage, stage.c.id == extension.c.stage_id)
        .where(stage.c.campaign_id == tx.campaign.id)
        .order_by(extension.c.id)
    )


def find(tx: Transaction) -> list[ExtensionRecord]:
    """Return the campaign's extensions, oldest first."""
    return [ExtensionRecord(*row) for row in tx.connection.execute(_query(tx))]


_OF_UNITS: Final = Prepared(
    select(extension.c.unit_id, extension.c.until_at)
    .join(stage, stage.c.id == extension.c.stage_id)
    .where(
        stage.c.campaign_id == bindparam("campaign"),
        stage.c.name == bindparam("stage"),
        extension.c.unit_id.is_not(None),
    )
)


def of_units(tx: Transaction, name: str) -> dict[str, datetime]:
    """Return until when each unit that was given more time for a stage has it, by unit id."""
    found: dict[str, datetime] = {}
    for unit_id, until in _OF_UNITS.all(tx.connection, campaign=tx.campaign.id, stage=name):
        found[unit_id] = max(until, found.get(unit_id, until))
    return found


def times_moved(tx: Transaction, name: str, matter: Matter) -> dict[str | None, int]:
    """Count the extensions of a stage by unit; under None those that are for all.

    Each amendment counts for all as well, whatever it moved: the number of a calendar entry has to
    rise, and may rise by more than one.
    """
    counted: dict[str | None, int] = {}
    if (amended := tx.campaign.playbook_version - 1) > 0:
        counted[None] = amended
    rows = tx.connection.execute(
        _query(tx).where(stage.c.name == name, extension.c.matter == matter)
    )
    for row in rows:
        counted[row.unit_id] = counted.get(row.unit_id, 0) + 1
    return counted


def calendar_sequence(moved: Mapping[str | None, int], unit_id: str | None = None) -> int:
    """Return the SEQUENCE of a date's calendar entry: it goes up with each extension and amendment.

    `moved` counts those of the date (`times_moved`); a unit has its own beside those of all.
    """
    own = moved.get(unit_id, 0) if unit_id is not None else 0
    return moved.get(None, 0) + own
