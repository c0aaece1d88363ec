"""Which verdicts were given on a stage, and who stands in for whom?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import orjson
from sqlalchemy import delete, func, insert, select, update

from campaigns.store.records import ApprovalRecord, DelegationRecord, StageRecord
from campaigns.store.tables import approval, approval_basis, delegation, stage
from campaigns.store.transaction import Transaction

_VERDICT = tuple(approval.c[name] for name in ApprovalRecord.__slots__)
_DELEGATION = tuple(delegation.c[name] for name in DelegationRecord.__slots__)


def next_round(tx: Transaction, stage_id: int) -> None:
    """Begin a new round of approval: earlier verdicts stay on record and count no more."""
    tx.connection.execute(
        update(stage).where(stage.c.id == stage_id).values(round=stage.c.round + 1)
    )


def verdicts(tx: Transaction, of: StageRecord, *, rounds: bool = False) -> list[ApprovalRecord]:
    """Return the verdicts of the stage's present round, or of all, in the order they were given."""
    query = select(*_VERDICT).where(approval.c.stage_id == of.id)
    if not rounds:
        query = query.where(approval.c.round == of.round)
    rows = tx.connection.execute(
        query.order_by(approval.c.round, approval.c.decided_at, approval.c.person_id)
    )
    return [ApprovalRecord(*row) for row in rows]


def last_returned_at(tx: Transaction, of: StageRecord) -> datetime | None:
    """Return when the stage was last sent back; None where it never was."""
    found: datetime | None = tx.connection.execute(
        select(func.max(approval.c.decided_at)).where(
            approval.c.stage_id == of.id, approval.c.verdict == "return"
        )
    ).scalar_one()
    return found


def save(tx: Transaction, of: StageRecord, given: ApprovalRecord) -> None:
    """Record one verdict; who signed may still return, with a reason.

    The event log keeps the signature that a return takes back.
    """
    tx.connection.execute(
        delete(approval).where(
            approval.c.stage_id == of.id,
            approval.c.round == given.round,
            approval.c.person_id == given.person_id,
        )
    )
    values = {name: getattr(given, name) for name in ApprovalRecord.__slots__}
    tx.connection.execute(insert(approval).values(stage_id=of.id, **values))


def keep_basis(tx: Transaction, of: StageRecord, counts: Sequence[tuple[str, int]]) -> None:
    """Keep the figures the stage's present round rests on, as they are now."""
    this = (approval_basis.c.stage_id == of.id, approval_basis.c.round == of.round)
    tx.connection.execute(delete(approval_basis).where(*this))
    text = orjson.dumps(counts).decode()
    tx.connection.execute(
        insert(approval_basis).values(
            stage_id=of.id, round=of.round, counts=text, counted_at=tx.now
        )
    )


def basis(
    tx: Transaction, of: StageRecord, round_: int
) -> tuple[list[tuple[str, int]], datetime] | None:
    """Return the figures a round rested on and when they were counted; None: none were kept."""
    row = tx.connection.execute(
        select(approval_basis.c.counts, approval_basis.c.counted_at).where(
            approval_basis.c.stage_id == of.id, approval_basis.c.round == round_
        )
    ).one_or_none()
    if row is None:
        return None
    return [(word, number) for word, number in orjson.loads(row.counts)], row.counted_at


def record_delegation(tx: Transaction, given: DelegationRecord) -> int:
    """Store a delegation of the campaign and return its number; the record's own is not used."""
    values = {name: getattr(given, name) for name in DelegationRecord.__slots__ if name != "id"}
    row = tx.connection.execute(
        insert(delegation).values(campaign_id=tx.campaign.id, **values).returning(delegation.c.id)
    )
    number: int = row.scalar_one()
    return number


def revoke_delegation(tx: Transaction, delegation_id: int) -> None:
    """End a delegation now; it stays on record."""
    tx.connection.execute(
        update(delegation).where(delegation.c.id == delegation_id).values(revoked_at=tx.now)
    )


def confirm_delegation(tx: Transaction, delegation_id: int, by: str) -> None:
    """Let a delegation that rests count from now on."""
    tx.connection.execute(
        update(delegation)
        .where(delegation.c.id == delegation_id)
        .values(rests_until=tx.now, confirmed_by=by)
    )


def delegations(tx: Transaction) -> list[DelegationRecord]:
    """Return the campaign's delegations, revoked and past ones too, in their order."""
    rows = tx.connection.execute(
        select(*_DELEGATION)
        .where(delegation.c.campaign_id == tx.campaign.id)
        .order_by(delegation.c.first_on, delegation.c.id)
    )
    return [DelegationRecord(*row) for row in rows]
