"""Which mails are made of the messages that are due, and which of those are no longer wanted?

Messages to one address that are due together share a mail where the playbook allows it
(ADR 0019). A message that a later one has overtaken, or whose address takes no mail, leaves the
queue here, at the last moment before it would be sent.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.lifecycle import Thing
from campaigns.rules.signing.one_time_codes import LASTS
from campaigns.services.deadlines.reminders import still_owed
from campaigns.services.registers.directory import Directory
from campaigns.services.results import notices
from campaigns.store.mail import attachments, handover, mailboxes
from campaigns.store.mail.handover import DueMessage, Lease
from campaigns.store.nomination import nominations
from campaigns.store.registers import people
from campaigns.store.signing import one_time_codes
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import write
from language import Language
from schemas.messages.launch import CampaignCancelled
from schemas.messages.mail import Bundle, Matter
from schemas.messages.nomination import NominationChanged
from schemas.messages.outgoing import OutgoingMail, Recipient, mail_id
from schemas.messages.payload import Enclosure, RenderedMessage
from schemas.messages.recognition import RecognitionRevoked
from schemas.messages.signing import ALONE
from schemas.playbook.playbook import MessagePolicy
from schemas.vocabulary import CampaignState, NominationState

_NAMES: Final = 3
_RESULTS: Final = (*notices.TEMPLATES, RecognitionRevoked.template)


class _Mail(NamedTuple):
    """One mail to be: its messages, oldest first."""

    rows: tuple[DueMessage, ...]

    def key(self, campaign_code: str) -> str:
        if len(self.rows) == 1:
            return self.rows[0].key
        return keys.bundle_key(campaign_code, (row.id for row in self.rows))


def next_mails(
    tx: Transaction, limit: int, lease: Lease, room: int | None, *, is_quiet: bool
) -> list[OutgoingMail]:
    """Claim the messages that may leave now and return the mails made of them.

    `room` is how many mails may leave; None: as many as are due.
    """
    policy = tx.playbook.messages
    rows: list[DueMessage] = []
    while not rows:
        found = handover.due(tx, limit, policy.at_once, only_urgent=is_quiet)
        if not found:
            return []
        rows = _still_wanted(tx, found)
    # A rehearsal shows each message as it is; nobody is to be spared mails by it.
    is_live = tx.campaign.clock_at is None
    daily = mailboxes.daily(tx) if is_live else frozenset()
    if is_live and len(found) == limit and not is_quiet:
        rows += _still_wanted(tx, handover.alike(tx, rows, policy.bundled, sorted(daily)))
    mails = _parted(rows, policy, daily, is_live=is_live)[:room]
    mail_ids = {row.id: mail_id(mail.key(tx.campaign.code)) for mail in mails for row in mail.rows}
    handover.take(tx, [row for mail in mails for row in mail.rows], mail_ids, lease)
    directory = Directory(tx)
    documents = attachments.load(
        tx, [row.attachment for mail in mails for row in mail.rows if row.attachment]
    )
    return [_outgoing(tx, directory, mail, documents) for mail in mails]


def _parted(
    rows: Sequence[DueMessage],
    policy: MessagePolicy,
    daily: Collection[str],
    *,
    is_live: bool,
) -> list[_Mail]:
    """Part messages into mails, in the order of their first messages."""
    together: dict[tuple[str, ...], list[DueMessage]] = {}
    for row in rows:
        may_share = (
            is_live
            and row.template not in ALONE
            and (
                row.template in policy.bundled
                or (row.recipient_id in daily and row.template not in policy.at_once)
            )
        )
        place = (mailboxes.normal(row.to_address), row.language) if may_share else (str(row.id),)
        together.setdefault(place, []).append(row)
    return [_Mail(tuple(sorted(part, key=lambda row: row.id))) for part in together.values()]


def _still_wanted(tx: Transaction, rows: Sequence[DueMessage]) -> list[DueMessage]:
    """Take out of the queue what is no longer to be sent; return the rest."""
    overtaken = handover.newer(tx, rows, _RESULTS)
    _supersede(tx, rows, overtaken, "A later message says what holds now.")
    rest = [row for row in rows if row.id not in overtaken]
    gone = _of_withdrawn(tx, rest)
    _supersede(tx, rest, gone, "The nomination was withdrawn.")
    rest = [row for row in rest if row.id not in gone]
    if tx.campaign.state == CampaignState.CANCELLED:
        # One that was being sent when the campaign was cancelled has come back to the queue.
        late = {row.id for row in rest if row.template != CampaignCancelled.template}
        _supersede(tx, rest, late, "The campaign was cancelled.")
        rest = [row for row in rest if row.id not in late]
    late = _codes_that_ended(tx, rest)
    _supersede(tx, rest, late, "The code it brings can no longer be used.")
    rest = [row for row in rest if row.id not in late]
    idle = {row.id for row in rest} - still_owed(tx, rest)
    _supersede(tx, rest, idle, "What it reminds of is done, or due at another time.")
    rest = _whole(tx, [row for row in rest if row.id not in idle])
    if tx.campaign.clock_at is not None:
        return rest
    failing = mailboxes.failing(tx, [row.to_address for row in rest])
    kept = []
    for row in rest:
        known = failing.get(mailboxes.normal(row.to_address))
        if known is None:
            kept.append(row)
            continue
        detail = f"Not sent: mail to this address came back ({known.status}). Correct the address."
        write(tx, Thing.MESSAGE, "fail", [row.change], detail=detail)
    return kept


def _whole(tx: Transaction, rows: Sequence[DueMessage]) -> list[DueMessage]:
    """Fail messages whose document somebody took out of the database; return the others."""
    there = attachments.kept(tx, (row.attachment for row in rows if row.attachment))
    gone = [row for row in rows if row.attachment and row.attachment not in there]
    detail = "Not sent: the document that goes with it is gone. See thidua audit verify."
    write(tx, Thing.MESSAGE, "fail", [row.change for row in gone], detail=detail)
    return [row for row in rows if not row.attachment or row.attachment in there]


def _of_withdrawn(tx: Transaction, rows: Sequence[DueMessage]) -> set[int]:
    """Return ids of messages that were being sent when their nomination was withdrawn."""
    withdrawn = {
        keys.subject("nomination", one.code)
        for one in nominations.find(tx, states=[NominationState.WITHDRAWN])
    }
    return {
        row.id
        for row in rows
        if row.about in withdrawn and row.template != NominationChanged.template
    }


def _codes_that_ended(tx: Transaction, rows: Sequence[DueMessage]) -> set[int]:
    """Return ids of messages whose one-time code is over, or overtaken by a newer one."""
    numbers = {row.id: keys.code_of(row.about) for row in rows if row.template in ALONE}
    if not numbers:
        return set()
    living = one_time_codes.living(tx, numbers.values())
    # Rows of codes are forgotten, and SQLite may give their numbers again: old mail has no code.
    old = {row.id for row in rows if row.queued_at <= tx.now - LASTS}
    return {row_id for row_id, number in numbers.items() if number not in living or row_id in old}


def _supersede(
    tx: Transaction, rows: Sequence[DueMessage], ids: Collection[int], detail: str
) -> None:
    changes = [row.change for row in rows if row.id in ids]
    write(tx, Thing.MESSAGE, "supersede", changes, detail=detail)


def _outgoing(
    tx: Transaction, directory: Directory, mail: _Mail, documents: Mapping[str, Enclosure]
) -> OutgoingMail:
    first = mail.rows[0]
    names = list(dict.fromkeys(row.to_name for row in mail.rows))
    name = ", ".join(names[:_NAMES]) + (", …" if len(names) > _NAMES else "")
    language: Language = "en" if first.language == "en" else "vi"
    if len(mail.rows) == 1:
        content, template = first.content, first.template
    else:
        recipient = Recipient(
            id=first.recipient_id, address=first.to_address, name=name, language=language
        )
        payload = Bundle(
            **directory.heading(recipient),
            matters=tuple(
                Matter(addressee=row.to_name if len(names) > 1 else "", content=row.content)
                for row in mail.rows
            ),
        )
        content, template = tx.render(payload, language), Bundle.template
    return OutgoingMail.model_construct(
        message_id=first.id,
        key=mail.key(tx.campaign.code),
        campaign_code=tx.campaign.code,
        template=template,
        language=language,
        to_address=first.to_address,
        to_name=name,
        reply_to=first.reply_to,
        queued_at=max(row.queued_at for row in mail.rows),
        content=_with_links(tx, content, first.to_address),
        enclosures=_enclosures(mail, documents),
    )


def _enclosures(mail: _Mail, documents: Mapping[str, Enclosure]) -> tuple[Enclosure, ...]:
    """Return what goes with the messages of a mail, each document once."""
    wanted = dict.fromkeys(row.attachment for row in mail.rows if row.attachment)
    return tuple(documents[digest] for digest in wanted)


def _with_links(tx: Transaction, content: RenderedMessage, address: str) -> RenderedMessage:
    """Make the links of a mail that leaves: they are in nothing that is stored (ADR 0036)."""

    def since(person_id: str) -> datetime | None:
        person = people.named(tx, [person_id]).get(person_id)
        return person.links_since if person else None

    text, html = (tx.links.fill(one, address, since) for one in (content.text, content.html))
    if (text, html) == (content.text, content.html):
        return content
    return content.model_copy(update={"text": text, "html": html})
