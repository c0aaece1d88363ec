"""How is a person told that something opens for them now, and who made it?"""

from __future__ import annotations

from campaigns.rules import keys
from campaigns.services.registers.directory import Directory
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.messages.access import AccessKind, AccessOpened


def tell(
    tx: Transaction,
    person_id: str,
    access: AccessKind,
    number: int,
    made_by: str,
    scopes: tuple[str, ...],
) -> None:
    """Tell a person once that a token or a calendar address was made for them."""
    known = people.named(tx, {person_id, made_by})
    if person_id not in known:
        return
    directory = Directory(tx)
    recipient = directory.to_person(known[person_id])
    by = f"{known[made_by].full_name} ({made_by})" if made_by in known else made_by
    payload = AccessOpened(
        **directory.heading(recipient),
        access=access,
        number=number,
        scopes=scopes,
        made_by=by,
        made_at=tx.now,
    )
    tx.notify(recipient, payload, about=keys.subject(access, str(number)), cause=1)
