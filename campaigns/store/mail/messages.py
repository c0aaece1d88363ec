"""Which messages are wanted, held, queued, sent? The mail outbox: once per key (ADR 0008)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, bindparam, func, or_, select, update

from campaigns.rules.lifecycle import NEW, Thing, decide
from campaigns.rules.log import seals
from campaigns.rules.mail.hours import next_time
from campaigns.store.bulk import insert_mappings
from campaigns.store.chunks import chunked
from campaigns.store.enclosure_port import Enclosed
from campaigns.store.mail import attachments, mailboxes
from campaigns.store.mail.packing import pack, unpack
from campaigns.store.prepared import PreparedList
from campaigns.store.records import NewMessage
from campaigns.store.registers import units
from campaigns.store.tables import message
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.events import Facts
from schemas.messages.outgoing import AnyPayload
from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import MessageState

_NOT_ARRIVED: Final = frozenset({MessageState.FAILED, MessageState.RETURNED})
_KNOWN_KEYS: Final = PreparedList(lambda keys: select(message.c.key).where(message.c.key.in_(keys)))


class MessageRow(NamedTuple):
    """A message as coordinators see it in lists."""

    id: int
    key: str
    template: str
    about: str
    recipient_id: str
    to_address: str
    to_name: str
    state: str
    attempts: int
    queued_at: datetime
    sent_at: datetime | None
    detail: str
    subject: str


class Written(NamedTuple):
    """What was stored of the wanted messages."""

    first: datetime | None
    """When the first of them may go; None: all are held, or none was new."""
    facts: Facts
    """What the log says of them: how many, and their seals; empty where none was new."""


def insert(tx: Transaction, wanted: Sequence[NewMessage], noted_in: int) -> Written:
    """Render and store those of the wanted messages that are new.

    The event `noted_in` vouches for them.
    """
    known = _known_keys(tx, [new.draft.key for new in wanted])
    rows: list[dict[str, Any]] = []
    first: datetime | None = None
    when = Times(tx, {new.draft.recipient.id for new in wanted})
    reply_to = coordinator_address(tx)
    held, queued = (decide(Thing.MESSAGE, NEW, act).target for act in ("hold", "queue"))
    kept = _Kept(tx)
    for draft, about, enclosed in wanted:
        if draft.key in known:
            continue
        known.add(draft.key)
        recipient = draft.recipient
        payload, attached = kept.sent_with(draft.payload, enclosed)
        content = tx.render(payload, recipient.language)
        packed = pack(content)
        at = when.leaves(recipient.id, payload.template)
        if not draft.held:
            first = at if first is None else min(first, at)
        heading = {
            "key": draft.key,
            "template": payload.template,
            "language": recipient.language,
            "about": about,
            "recipient_id": recipient.id,
            "to_name": recipient.name,
            "reply_to": reply_to,
            "subject": content.subject,
        }
        rows.append(
            {
                **heading,
                "campaign_id": tx.campaign.id,
                "to_address": recipient.address,
                "state": held if draft.held else queued,
                "version": 1,
                "attempts": 0,
                "queued_at": tx.now,
                "available_at": at,
                "detail": "",
                "content": packed,
                "noted_in": noted_in,
                "attachment": attached,
                "seal": seals.of_mail(
                    tx.campaign.salt, sealed_heading(heading.values(), attached), packed
                ),
            }
        )
    insert_mappings(tx.connection, message, rows)
    return Written(first, _told(tx, rows))


SEALED: Final = (
    "key",
    "template",
    "language",
    "about",
    "recipient_id",
    "to_name",
    "reply_to",
    "subject",
)
"""Columns under a mail's seal, in its order; its content is as well."""


def sealed_heading(heading: Iterable[str], attached: str | None) -> list[str]:
    """Return what of a mail is sealed beside its content: the columns, and what goes with it."""
    return [*heading, *([attached] if attached else [])]


class _Kept:
    """The documents that go with the messages of one writing, each kept once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._met: dict[Enclosed, attachments.Attached | None] = {}

    def sent_with(
        self, payload: AnyPayload, enclosed: Enclosed | None
    ) -> tuple[AnyPayload, str | None]:
        """Return a payload that says what goes with it, or why not, and the document's digest."""
        if enclosed is None:
            return payload, None
        if enclosed not in self._met:
            self._met[enclosed] = attachments.keep(self._tx, enclosed)
        found = self._met[enclosed]
        if found is None:
            return payload.model_copy(update={"left_out": enclosed.name}), None
        size = -(-found.size // 1024)
        told = {"attached": found.name, "attached_kb": size}
        return payload.model_copy(update=told), found.digest


def _told(tx: Transaction, rows: Sequence[Mapping[str, Any]]) -> Facts:
    if not rows:
        return {}
    salt = tx.campaign.salt
    return {
        seals.MAILS: len(rows),
        seals.MAILS_SEAL: seals.of_several(salt, "mails", (row["seal"] for row in rows)),
        seals.MAILS_TO: seals.of_several(salt, "to", (row["to_address"] for row in rows)),
    }


class Times:
    """When messages wanted in one transaction may leave: at once, or with a daily digest."""

    def __init__(self, tx: Transaction, recipients: Collection[str]) -> None:
        self._now = tx.now
        self._policy = tx.playbook.messages
        self._daily = mailboxes.daily_among(tx, recipients)
        here = tx.now.astimezone(ZoneInfo(tx.playbook.timezone))
        self._digest = next_time(self._policy.digest_at, here)

    def leaves(self, recipient_id: str, template: str) -> datetime:
        """Return when a message of this template to this person or unit may leave."""
        waits = recipient_id in self._daily and template not in self._policy.at_once
        return self._digest if waits else self._now


def coordinator_address(tx: Transaction) -> str:
    """Return where answers go: the address of the coordinating unit."""
    return units.address(tx, tx.playbook.coordinator_unit)


def _known_keys(tx: Transaction, keys: Sequence[str]) -> set[str]:
    return {key for (key,) in _KNOWN_KEYS.all(tx.connection, keys)}


def counts(tx: Transaction) -> dict[tuple[str, str], int]:
    """Count the campaign's messages by (template, state)."""
    rows = tx.connection.execute(
        select(message.c.template, message.c.state, func.count())
        .where(message.c.campaign_id == tx.campaign.id)
        .group_by(message.c.template, message.c.state)
    )
    return Counter({(template, state): number for template, state, number in rows})


def _listing() -> Select[Any]:
    return select(*(message.c[name] for name in MessageRow._fields))


def find(
    tx: Transaction,
    *,
    states: Iterable[str] = (),
    template: str | None = None,
    about: str | None = None,
    limit: int | None = None,
) -> list[MessageRow]:
    """List the campaign's messages, oldest first."""
    query = _listing().where(message.c.campaign_id == tx.campaign.id).order_by(message.c.id)
    wanted = list(states)
    if wanted:
        query = query.where(message.c.state.in_(wanted))
    if template is not None:
        query = query.where(message.c.template == template)
    if about is not None:
        query = query.where(message.c.about == about)
    return [MessageRow(*row) for row in tx.connection.execute(query.limit(limit))]


def recipients(tx: Transaction, template: str, about: str) -> set[str]:
    """Return the ids of those who have a message of this template on a matter."""
    query = select(message.c.recipient_id).where(
        message.c.campaign_id == tx.campaign.id,
        message.c.template == template,
        message.c.about == about,
    )
    return set(tx.connection.execute(query).scalars())


def ids_in(tx: Transaction, states: Iterable[str], templates: Iterable[str]) -> list[int]:
    """Return the ids of the campaign's messages of these templates in these states, oldest first.

    There may be one for each nomination: what is to be done with them is done a part at a time.
    """
    query = select(message.c.id).where(
        message.c.campaign_id == tx.campaign.id,
        message.c.state.in_(list(states)),
        message.c.template.in_(list(templates)),
    )
    return list(tx.connection.execute(query.order_by(message.c.id)).scalars())


def by_id(tx: Transaction, ids: Sequence[int]) -> list[MessageRow]:
    """Return messages by their ids, oldest first."""
    return [
        MessageRow(*row)
        for part in chunked(ids)
        for row in tx.connection.execute(
            _listing().where(message.c.id.in_(part)).order_by(message.c.id)
        )
    ]


def get(tx: Transaction, message_id: int) -> tuple[MessageRow, RenderedMessage] | None:
    """Return one message with what it says, or None."""
    row = tx.connection.execute(
        _listing()
        .add_columns(message.c.content)
        .where(message.c.campaign_id == tx.campaign.id, message.c.id == message_id)
    ).one_or_none()
    if row is None:
        return None
    values = row._asdict()
    content = unpack(row.subject, values.pop("content"))
    return MessageRow(**values), content


def count_due(tx: Transaction) -> int:
    """Count the queued messages whose time has come."""
    return tx.connection.execute(
        select(func.count())
        .select_from(message)
        .where(
            message.c.campaign_id == tx.campaign.id,
            message.c.state == MessageState.QUEUED,
            message.c.available_at <= tx.now,
        )
    ).scalar_one()


def count_held(tx: Transaction) -> int:
    """Count the messages that wait to be released."""
    return tx.connection.execute(
        select(func.count())
        .select_from(message)
        .where(message.c.campaign_id == tx.campaign.id, message.c.state == MessageState.HELD)
    ).scalar_one()


def is_one_to_deliver(tx: Transaction) -> bool:
    """Say whether a queued message's time has come, or one is claimed: its sender may have died."""
    due = and_(message.c.state == MessageState.QUEUED, message.c.available_at <= tx.now)
    theirs = message.c.campaign_id == tx.campaign.id
    query = select(message.c.id).where(theirs, or_(due, message.c.state == MessageState.CLAIMED))
    return tx.connection.execute(query.limit(1)).first() is not None


def note_attempts(tx: Transaction, details: Mapping[int, str]) -> None:
    """Note one more attempt to hand these messages over, and what the server said to each."""
    if details:
        tx.connection.execute(
            update(message)
            .where(message.c.id == bindparam("row"))
            .values(attempts=message.c.attempts + 1, detail=bindparam("said")),
            [{"row": message_id, "said": said} for message_id, said in details.items()],
        )


def note_details(tx: Transaction, details: Mapping[int, str]) -> None:
    """Note why these messages wait, where that was no attempt to hand them over."""
    if details:
        tx.connection.execute(
            update(message)
            .where(message.c.id == bindparam("row"))
            .values(detail=bindparam("said")),
            [{"row": message_id, "said": said} for message_id, said in details.items()],
        )


def release(tx: Transaction, held: Sequence[MessageRow]) -> None:
    """Let held messages go; they are dated by their release, not by the day they were written."""
    when = Times(tx, {row.recipient_id for row in held})
    by_time: dict[datetime, list[Change]] = {}
    for row in held:
        at = when.leaves(row.recipient_id, row.template)
        by_time.setdefault(at, []).append(Change(row.id, row.key, row.state))
    for at, changes in by_time.items():
        write(tx, Thing.MESSAGE, "release", changes, queued_at=tx.now, available_at=at)


def readdressed(tx: Transaction, rows: Sequence[MessageRow]) -> list[MessageRow]:
    """Give messages that failed or came back the address their recipients have today.

    Returns all of them as they stand then.
    """
    known = mailboxes.present_addresses(tx, [row.recipient_id for row in rows])
    moved = {
        row.id: known[row.recipient_id]
        for row in rows
        if row.state in _NOT_ARRIVED
        and known.get(row.recipient_id, row.to_address) != row.to_address
    }
    if moved:
        tx.connection.execute(
            update(message)
            .where(message.c.id == bindparam("row"))
            .values(to_address=bindparam("address")),
            [{"row": number, "address": address} for number, address in moved.items()],
        )
    return [row._replace(to_address=moved.get(row.id, row.to_address)) for row in rows]
