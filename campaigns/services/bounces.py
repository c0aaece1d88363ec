"""What follows from a notice of undelivered mail? The address is marked, the coordinators told.

Only a notice about a mail that was sent changes anything: it names its `Message-ID`. One that names
a recipient alone could be written by anybody about anybody.
"""

from __future__ import annotations

from campaigns.rules import keys
from campaigns.services.approvals import ensure_role
from campaigns.services.directory import Directory
from campaigns.store import mailboxes
from campaigns.store.transaction import Transaction
from schemas.commands import ClearAddress
from schemas.mail_messages import AddressFailing
from schemas.playbook_values import Label
from schemas.views import Done
from schemas.vocabulary import Role

_CLEAR = Label(en="clear an address", vi="bỏ đánh dấu địa chỉ thư")


def campaign_of(tx: Transaction, mail_id: str) -> str | None:
    """Return the campaign a mail was sent for; None where no such mail was sent."""
    found = mailboxes.sent_in(tx, mail_id) if mail_id else []
    return found[0][1] if found else None


def pass_over(tx: Transaction, digest: str, mail_id: str) -> Done:
    """Note a notice that is about no mail that was sent; it changes nothing."""
    if not mailboxes.is_read(tx, digest):
        mailboxes.mark_read(tx, digest, mail_id, "none" if mail_id else "unproven")
    return Done()


def record(tx: Transaction, digest: str, mail_id: str, kind: str, status: str, said: str) -> Done:
    """Take in a notice about a mail of this campaign, once.

    A hard one marks the address: nothing more is sent to it. The coordinators are told when that
    begins, and not again.
    """
    if mailboxes.is_read(tx, digest):
        return Done()
    mailboxes.mark_read(tx, digest, mail_id, kind)
    address = mailboxes.sent_in(tx, mail_id)[0][0]
    if kind == "none":
        return Done()
    before = mailboxes.find(tx, address)
    mailboxes.note_bounce(tx, address, status, said, hard=kind == "hard")
    if kind == "hard" and (before is None or before.failing_since is None):
        _tell(tx, address, mail_id, status)
    return Done(changed=1, detail=kind)


def _tell(tx: Transaction, address: str, mail_id: str, status: str) -> None:
    directory = Directory(tx)
    owners = tuple(
        (owner.name or directory.unit_name(owner.id), owner.what if owner.name else "")
        for owner in mailboxes.owners(tx, address)
    )
    subject = keys.subject("address", mail_id)
    tx.record("thidua.address.failed", subject, {"status": status, "owners": len(owners)})
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = AddressFailing(
            **directory.heading(recipient),
            address=address,
            owners=owners,
            status=status or "5.0.0",
            since=tx.wall,
        )
        tx.notify(recipient, payload, about=subject, cause=1)


def clear(tx: Transaction, command: ClearAddress) -> Done:
    """Let mail go to an address again; a coordinator's act, on record.

    Raises:
        PersonNotAppointed: Only a coordinator does that.
    """
    ensure_role(tx, command.person_id, Role.COORDINATOR, _CLEAR)

    def carry_out() -> Done:
        cleared = mailboxes.clear(tx, command.address)
        if cleared:
            subject = keys.subject("person", command.person_id)
            tx.record("thidua.address.cleared", subject, {"person": command.person_id})
        return Done(changed=cleared)

    done, _ = tx.once(command.command_id, "ClearAddress", Done, carry_out)
    return done
