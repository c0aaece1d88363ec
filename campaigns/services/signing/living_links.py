"""Does a link that was opened still hold? Bound to its person's address, void once revoked.

The rows are asked at each look and again within each act: an address that changed, or a word of the
person or a coordinator, ends every link that was sent before (ADR 0036).
"""

from __future__ import annotations

from campaigns.rules.registers.errors import LinkVoid
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.links import DecisionLink


def ensure(tx: Transaction, link: DecisionLink) -> None:
    """Refuse a link that went to another address than the person has now, or was revoked.

    Raises:
        LinkVoid: It holds no more.
    """
    person = people.named(tx, [link.person_id]).get(link.person_id)
    if person is None or not tx.links.is_bound(link, person.email, person.links_since):
        raise LinkVoid
