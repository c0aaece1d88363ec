"""What follows from a notice of undelivered mail?

Only a notice about a mail that was sent changes anything: it names it. One that names a recipient
alone could be written by anybody about anybody; such are counted, where people look.

The messages of the mail count as returned. The address is marked only where a notice says plainly
that it reaches nobody: whoever was refused for our sake, or has a full mailbox, is not gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Literal, NamedTuple, get_args

from campaigns.rules import keys
from campaigns.rules.lifecycle import Thing
from campaigns.services.registers.directory import Directory
from campaigns.store.mail import mailboxes
from campaigns.store.mail.mailboxes import SentMessage
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.commands.mail import ClearAddress
from schemas.events import Facts
from schemas.messages.mail import AddressFailing, MailAlert, MailReturned, ReturnReason
from schemas.outcomes import Done
from schemas.vocabulary import Role

_DETAIL: Final = 500
_DISTRUSTED: Final = 3
"""Mails that were refused for our sake, one after the other, before it is said aloud."""
_EPISODE: Final = timedelta(hours=24)
_REASONS: Final[dict[str, ReturnReason]] = {one: one for one in get_args(ReturnReason)}
_RETURNED: Final = frozenset(_REASONS)
OTHERWISE: Final = _RETURNED - {"hard", "refused"}
"""What a notice may come to that says that a mail came back, neither for the address nor for us."""


class Told(NamedTuple):
    """What a notice says, as it was read."""

    digest: str
    mail_id: str
    kind: str
    status: str
    said: str
    named: tuple[str, ...] = ()
    """The addresses it speaks of."""
    sent_to: str = ""
    """To whom the mail that came back was addressed."""


def campaign_of(tx: Transaction, mail_id: str) -> str | None:
    """Return the campaign a mail was sent for; None where no such mail was sent."""
    found = mailboxes.sent_in(tx, mail_id) if mail_id else []
    return found[0].campaign_code if found else None


def pass_over(tx: Transaction, digest: str, kind: str) -> Done:
    """Note a file that is about no mail that was sent; it changes nothing.

    A notice among them is counted as unproven.
    """
    outcome: Literal["none", "unproven"] = "none" if kind == "none" else "unproven"
    if mailboxes.is_read(tx, digest):
        return Done()
    mailboxes.mark_read(tx, digest, "", outcome)
    return Done(detail=outcome)


def record(tx: Transaction, told: Told) -> Done:
    """Take in a notice about a mail of this campaign, once; `detail` says what it came to."""
    if mailboxes.is_read(tx, told.digest):
        return Done()
    sent = mailboxes.sent_in(tx, told.mail_id)
    kind = _meant(told, sent[0].to_address)
    mailboxes.mark_read(tx, told.digest, told.mail_id, kind)
    if kind == "none":
        return Done(detail=kind)
    address = sent[0].to_address
    before = mailboxes.find(tx, address)
    is_marked = before is not None and before.failing_since is not None
    mailboxes.note_bounce(tx, address, told.status, told.said, kind)
    if kind not in _RETURNED:
        return Done(changed=1, detail=kind)
    is_new = _return(tx, told, sent)
    if kind == "hard":
        if not is_marked:
            _tell_of_address(tx, address, told)
    elif (kind != "refused" or not _has_alarmed(tx, told)) and is_new:
        _tell_of_mail(tx, kind, address, told, sent)
    return Done(changed=1, detail=kind)


def _meant(told: Told, address: str) -> str:
    """Return what a notice comes to for the address our mail went to."""
    if told.sent_to and mailboxes.normal(told.sent_to) != mailboxes.normal(address):
        return "none"  # the address was corrected, and the mail sent again, since
    named = {mailboxes.normal(one) for one in told.named}
    if told.kind in _RETURNED and named and mailboxes.normal(address) not in named:
        return "forwarded"
    return told.kind


def _return(tx: Transaction, told: Told, sent: Sequence[SentMessage]) -> bool:
    """Move the messages of a mail that came back; return whether any had counted as arrived."""
    here = [one for one in sent if one.state != "returned"]
    detail = f"Came back ({told.status or '?'}): {told.said}"[:_DETAIL]
    changes = [Change(one.id, one.key, one.state) for one in here]
    write(tx, Thing.MESSAGE, "return", changes, detail=detail)
    if here:
        subject = keys.subject("mail", told.mail_id)
        facts: Facts = {"status": told.status, "messages": len(here)}
        tx.record("thidua.mail.returned", subject, facts)
    return bool(here)


def _owners(tx: Transaction, directory: Directory, address: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (owner.name or directory.unit_name(owner.id), owner.what if owner.name else "")
        for owner in mailboxes.owners(tx, address)
    )


def _tell_of_address(tx: Transaction, address: str, told: Told) -> None:
    directory = Directory(tx)
    owners = _owners(tx, directory, address)
    subject = keys.subject("address", told.mail_id)
    tx.record("thidua.address.failed", subject, {"status": told.status, "owners": len(owners)})
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = AddressFailing(
            **directory.heading(recipient),
            address=address,
            owners=owners,
            status=told.status or "5.0.0",
            since=tx.wall,
        )
        tx.notify(recipient, payload, about=subject, cause=1)


def _tell_of_mail(
    tx: Transaction, kind: str, address: str, told: Told, sent: Sequence[SentMessage]
) -> None:
    """Tell the coordinators that a mail did not arrive though its address may be right."""
    directory = Directory(tx)
    subject = keys.subject("mail", told.mail_id)
    about_template = {MailReturned.template, AddressFailing.template, MailAlert.template}
    if all(one.template in about_template for one in sent):
        return  # a letter about a letter that came back would beget the next
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = MailReturned(
            **directory.heading(recipient),
            reason=_REASONS[kind],
            address=address,
            owners=_owners(tx, directory, address),
            subjects=tuple(one.subject for one in sent),
            status=told.status,
            said=told.said,
        )
        tx.notify(recipient, payload, about=subject, cause=tx.head().number)


def _has_alarmed(tx: Transaction, told: Told) -> bool:
    """Say aloud, once, that many refuse mail for our sake; return whether it was said.

    A day without such a notice ends it.
    """
    refused = mailboxes.refused_lately(tx, _EPISODE)
    if len({one.mail_id for one in refused}) < _DISTRUSTED:
        return False
    first = refused[0]

    def act() -> Done:
        subject = keys.subject("mail", "refused")
        number = tx.record("thidua.mail.distrusted", subject, {"notices": len(refused)})
        directory = Directory(tx)
        for person in directory.holding(Role.COORDINATOR):
            recipient = directory.to_person(person)
            payload = MailAlert(
                **directory.heading(recipient),
                matter="distrusted",
                said=told.said,
                since=first.read_at,
                count=len(refused),
            )
            tx.notify(recipient, payload, about=subject, cause=number)
        return Done(changed=1)

    tx.once(f"alert:mail-refused:{first.read_at.isoformat()}", "ReportRefusedMail", Done, act)
    return True


def clear(tx: Transaction, command: ClearAddress) -> Done:
    """Let mail go to an address again; on record."""
    cleared = mailboxes.clear(tx, command.address)
    if cleared:
        subject = keys.subject("person", command.person_id)
        tx.record("thidua.address.cleared", subject, {"person": command.person_id})
    return Done(changed=cleared)
