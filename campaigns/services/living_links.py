"""Does a link that was opened still hold? Bound to its person's address, void once revoked.

The rows are asked at each look and again within each act: an address that changed, or a word of the
person or a coordinator, ends every link that was sent before (ADR 0036).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from campaigns.rules.register_errors import LinkVoid
from campaigns.store import people
from campaigns.store.transaction import Transaction
from schemas.commands import Command
from schemas.links import DecisionLink
from schemas.views import Done

Asked = TypeVar("Asked", bound=Command)


def ensure(tx: Transaction, link: DecisionLink) -> None:
    """Refuse a link that went to another address than the person has now, or was revoked.

    Raises:
        LinkVoid: It holds no more.
    """
    person = people.named(tx, [link.person_id]).get(link.person_id)
    if person is None or not tx.links.is_bound(link, person.email, person.links_since):
        raise LinkVoid


def act(
    tx: Transaction,
    link: DecisionLink,
    service: Callable[[Transaction, Asked], Done],
    command: Asked,
) -> Done:
    """Carry out what somebody decided on the page of a link, while the link holds.

    Raises:
        LinkVoid: It holds no more.
    """
    ensure(tx, link)
    return service(tx, command)
