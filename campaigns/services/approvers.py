"""Who may sign for a stage in their own right, and does a new right rest?

A right of one's own comes from a role held today, or from being named in the playbook.
"""

from __future__ import annotations

from campaigns.rules.approvals.right import Right
from campaigns.services.registers.directory import today
from campaigns.store.records import PersonRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.vocabulary import Stage


def approvers(tx: Transaction, name: Stage) -> list[PersonRecord]:
    """Return who may approve a stage today in their own right, by id; each once."""
    found = {person.id: person for step in _by_step(tx, name).values() for person in step.values()}
    return [found[person_id] for person_id in sorted(found)]


def rights_of_stage(tx: Transaction, name: Stage, *, resting: bool = False) -> list[Right]:
    """Return everybody's own right to sign a stage today, without delegations.

    Those whose right still rests are among them only where `resting` asks for them.
    """
    return [
        Right(person_id, number)
        for number, found in _by_step(tx, name, resting=resting).items()
        for person_id in sorted(found)
    ]


def _by_step(
    tx: Transaction, name: Stage, *, resting: bool = False
) -> dict[int, dict[str, PersonRecord]]:
    day, everybody = today(tx), resting or not has_rests(tx)
    found: dict[int, dict[str, PersonRecord]] = {}
    for number, step in enumerate(tx.playbook.approvals.of(name).chain, start=1):
        holders = people.named(tx, step.people) if step.people else {}
        if not everybody:
            holders = {one: holders[one] for one in people.settled(tx, holders, tx.now)}
        for role in step.roles:
            holding = (
                people.holding(tx, role.value, day)
                if everybody
                else people.signing(tx, role.value, day, tx.now)
            )
            holders |= {one.id: one for one in holding}
        found[number] = holders
    return found


def has_rests(tx: Transaction) -> bool:
    """Say whether new rights rest here: a rehearsal's decide nothing, and its time is its own."""
    return tx.campaign.clock_at is None
