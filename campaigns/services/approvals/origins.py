"""Who gave somebody the right they sign by, and who changed the address its link went to?

Kept with the signature as it was then: what a register says later is about later signatures.
"""

from __future__ import annotations

from campaigns.rules.approvals.right import Right
from campaigns.services.approvals.signers import Chain
from campaigns.services.approvers import has_rests
from campaigns.services.registers.directory import today
from campaigns.store.signing import origins as rows
from campaigns.store.transaction import Transaction
from schemas.registers import Origin


def of(tx: Transaction, chain: Chain, right: Right) -> Origin:
    """Return who is to be seen beside a signature; nobody where the first set-up gave the right."""
    if not has_rests(tx):
        return Origin()
    step = chain.policy.chain[right.step - 1]
    roles = [role.value for role in step.roles]
    given = rows.of_appointment(tx, right.authority, roles, today(tx))
    person = rows.of_person(tx, right.person_id)
    by, confirmed = given or ("", "")
    for one in chain.delegations:
        is_it = (one.principal_id, one.substitute_id) == (right.principal_id, right.person_id)
        if is_it and one.recorded_by not in {None, one.principal_id}:
            by, confirmed = one.recorded_by or "", one.confirmed_by or ""
    address_by, address_confirmed = person or ("", "")
    if right.authority in step.people and not by:
        by, confirmed = rows.of_person(tx, right.authority) or ("", "")
    return Origin(
        right_by=by,
        right_confirmed_by=confirmed,
        address_by=address_by,
        address_confirmed_by=address_confirmed,
    )
