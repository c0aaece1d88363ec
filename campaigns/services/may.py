"""May this person do it? By the roles they hold today, or as approver of a stage."""

from __future__ import annotations

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.services.approvers import approvers
from campaigns.services.registers.directory import today
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.playbook.values import Label
from schemas.vocabulary import Role, Stage


def ensure_role(tx: Transaction, person_id: str, role: Role, act: Label) -> None:
    """Refuse an act of a person who does not hold the role today (`PersonNotAppointed`)."""
    if role not in _roles(tx, person_id):
        raise PersonNotAppointed(person_id, act, [role.value])


def ensure_approver(tx: Transaction, person_id: str, name: Stage, act: Label) -> None:
    """Refuse an act of a person who may not approve a stage today (`PersonNotAppointed`)."""
    if person_id not in {one.id for one in approvers(tx, name)}:
        chain = tx.playbook.approvals.of(name).chain
        roles = list(dict.fromkeys(role.value for step in chain for role in step.roles))
        raise PersonNotAppointed(person_id, act, roles or [Role.LEADER])


def _roles(tx: Transaction, person_id: str) -> set[Role]:
    return {Role(role) for role in people.roles_of(tx, person_id, today(tx))}
