"""Which units may nominate, and for which, by playbook and register?"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.rules.nomination.errors import NominationOutOfReach
from campaigns.rules.nomination.reach import Reach
from campaigns.services.registers.directory import Directory, local, today
from campaigns.store.records import UnitRecord
from campaigns.store.registers import units
from campaigns.store.transaction import Transaction
from schemas.imports import NominationRow


def nominating_units(tx: Transaction, directory: Directory) -> list[UnitRecord]:
    """Return the units that were asked to nominate and have places, by id."""
    kinds, quota = tx.playbook.messages.announce_to_kinds, tx.playbook.quota
    return [
        unit
        for unit in directory.active_units.values()
        if (not kinds or unit.kind in kinds) and quota.nominates(unit.kind)
    ]


def of(tx: Transaction) -> Reach | None:
    """Return the rule with the register it reads; None where units nominate for any."""
    policy = tx.playbook.nominating
    if not policy.own_and_below:
        return None
    named = units.latest(tx).values() if policy.anywhere else ()
    kinds = {one.id: one.kind for one in named}
    return Reach(policy, kinds, units.placements(tx), units.taken_over(tx), today(tx))


def ensure_kept(tx: Transaction, rows: Sequence[NominationRow]) -> None:
    """Refuse nominations of what is not the nominating unit's to nominate.

    Raises:
        NominationOutOfReach: It names each with both units.
    """
    reach = of(tx) if rows else None
    if reach is None:
        return
    outside = [
        (row.code, row.unit_id, row.nominated_by_id)
        for row in rows
        if not reach.takes(
            row.nominated_by_id,
            row.unit_id,
            local(tx, row.submitted_at).date() if row.submitted_at else None,
        )
    ]
    if outside:
        raise NominationOutOfReach(outside)
