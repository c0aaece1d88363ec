"""Which queued messages may leave now, in which mail, and how many mails have left this hour?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Row,
    bindparam,
    case,
    delete,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)

from campaigns.rules.lifecycle import Thing
from campaigns.store.chunks import chunked
from campaigns.store.database import lock_registers
from campaigns.store.engine import beats
from campaigns.store.engine import edges as outbox
from campaigns.store.mail.packing import unpack
from campaigns.store.tables import handover, message
from campaigns.store.tables import outbox as edges
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, write
from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import MessageState

HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_KEPT: Final = timedelta(days=1)
_COLUMNS: Final = (
    "id",
    "key",
    "state",
    "template",
    "language",
    "about",
    "recipient_id",
    "to_address",
    "to_name",
    "reply_to",
    "queued_at",
    "subject",
    "content",
    "attachment",
)


class DueMessage(NamedTuple):
    """A queued message whose time has come, whole."""

    id: int
    key: str
    state: str
    template: str
    language: str
    about: str
    recipient_id: str
    to_address: str
    to_name: str
    reply_to: str
    queued_at: datetime
    subject: str
    packed: bytes
    attachment: str | None

    @property
    def content(self) -> RenderedMessage:
        """What it says."""
        return unpack(self.subject, self.packed)

    @property
    def change(self) -> Change:
        """The row as it was read."""
        return Change(self.id, self.key, self.state)


def _is_due(tx: Transaction) -> tuple[ColumnElement[bool], ...]:
    return (
        message.c.campaign_id == tx.campaign.id,
        message.c.state == MessageState.QUEUED,
        message.c.available_at <= tx.now,
    )


def _loaded(rows: Sequence[Row[Any]]) -> list[DueMessage]:
    return [DueMessage._make(row) for row in rows]


def due(
    tx: Transaction, limit: int, urgent: Sequence[str], *, only_urgent: bool = False
) -> list[DueMessage]:
    """Return messages that may leave now: urgent ones first, then the oldest."""
    query = select(*(message.c[name] for name in _COLUMNS)).where(*_is_due(tx))
    if only_urgent:
        query = query.where(message.c.template.in_(urgent))
    if urgent:
        query = query.order_by(case((message.c.template.in_(urgent), 0), else_=1))
    query = query.order_by(message.c.id).limit(limit)
    return _loaded(tx.connection.execute(query.with_for_update(skip_locked=True)).all())


def alike(
    tx: Transaction, taken: Sequence[DueMessage], bundled: Sequence[str], daily: Sequence[str]
) -> list[DueMessage]:
    """Return further due messages to the same addresses that may share their mails."""
    addresses = sorted({one.to_address for one in taken})
    known = {one.id for one in taken}
    found: list[DueMessage] = []
    for part in chunked(addresses):
        query = (
            select(*(message.c[name] for name in _COLUMNS))
            .where(
                *_is_due(tx),
                message.c.to_address.in_(part),
                or_(message.c.template.in_(bundled), message.c.recipient_id.in_(daily)),
            )
            .order_by(message.c.id)
            .with_for_update(skip_locked=True)
        )
        found += _loaded(tx.connection.execute(query).all())
    return [one for one in found if one.id not in known]


class Lease(NamedTuple):
    """Who may hand messages over, and until when nobody else."""

    sender: str
    until: datetime


def take(
    tx: Transaction, rows: Sequence[DueMessage], mails: Mapping[int, str], lease: Lease
) -> None:
    """Claim messages for one sender, and note in which mail each of them leaves."""
    if not rows:
        return
    write(
        tx,
        Thing.MESSAGE,
        "claim",
        [row.change for row in rows],
        claimed_until=lease.until,
        claimed_by=lease.sender,
        begun_at=None,
    )
    tx.connection.execute(
        update(message).where(message.c.id == bindparam("row")).values(mail_id=bindparam("mail")),
        [{"row": row.id, "mail": mails[row.id]} for row in rows],
    )


class Claimed(NamedTuple):
    """A message that was claimed, as it stands now."""

    id: int
    key: str
    state: str
    attempts: int
    claimed_by: str | None

    @property
    def change(self) -> Change:
        """The row as it was read."""
        return Change(self.id, self.key, self.state)


_OTHER: Final = message.alias()
_NAMED: Final = (
    select(message.c.id, message.c.mail_id)
    .where(
        message.c.campaign_id == bindparam("campaign"),
        message.c.id.in_(bindparam("ids", expanding=True)),
    )
    .cte("named")
    # Looked up first: where its statistics are of before the claim, PostgreSQL would compare every
    # pair of messages, and each of them with every id.
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
# Made once: they are asked many times a second, and making them costs as much as they do.
_BEGIN: Final = (
    update(message)
    .where(
        message.c.id.in_(select(_OTHER.c.id).join(_NAMED, _OTHER.c.mail_id == _NAMED.c.mail_id)),
        message.c.state == MessageState.CLAIMED,
        message.c.claimed_by == bindparam("sender"),
    )
    .values(begun_at=bindparam("at"))
    .returning(message.c.id)
)
_OF_MAILS: Final = (
    select(_NAMED.c.id, *(_OTHER.c[name] for name in Claimed._fields))
    .join(_OTHER, _OTHER.c.mail_id == _NAMED.c.mail_id)
    .order_by(_OTHER.c.id)
)


def begin(tx: Transaction, ids: Sequence[int], sender: str) -> set[int]:
    """Note that the sender begins to hand over the mails of these messages.

    Returns those that are the sender's still: what was taken from it meanwhile must not leave.
    """
    begun = tx.connection.execute(
        _BEGIN,
        {"campaign": tx.campaign.id, "ids": list(ids), "sender": sender, "at": tx.wall},
    ).scalars()
    return set(begun).intersection(ids)


class Abandoned(NamedTuple):
    """A claimed message whose sender died."""

    change: Change
    was_begun: bool
    """It may have left."""


def abandoned(tx: Transaction, longest: timedelta) -> list[Abandoned]:
    """Return claimed messages whose sender died: its lease is over, or it is a run that is silent.

    A lease that ends later than the `longest` from now was given before the clock was set back: it
    counts as over.
    """
    lasting = (message.c.claimed_until > tx.wall) & (message.c.claimed_until <= tx.wall + longest)
    living = [one.name for one in beats.living(tx, beats.RUN)]
    silent = message.c.claimed_by.startswith(beats.name_of_run("")) & message.c.claimed_by.not_in(
        living
    )
    rows = tx.connection.execute(
        select(message.c.id, message.c.key, message.c.state, message.c.begun_at).where(
            message.c.campaign_id == tx.campaign.id,
            message.c.state == MessageState.CLAIMED,
            or_(~lasting, silent),
        )
    )
    return [Abandoned(Change(*row), begun_at is not None) for *row, begun_at in rows]


def end_leases(tx: Transaction) -> None:
    """End every lease now: the one process that may send here has just started."""
    tx.connection.execute(
        update(message)
        .where(message.c.campaign_id == tx.campaign.id, message.c.state == MessageState.CLAIMED)
        .values(claimed_until=tx.wall)
    )


def newer(tx: Transaction, rows: Sequence[DueMessage], templates: Sequence[str]) -> set[int]:
    """Return ids of those messages after which a newer one on the same matter was written."""
    wanted = [row for row in rows if row.template in templates]
    last: dict[tuple[str, str], int] = {}
    for part in chunked(sorted({row.about for row in wanted})):
        found = tx.connection.execute(
            select(message.c.about, message.c.recipient_id, func.max(message.c.id))
            .where(
                message.c.campaign_id == tx.campaign.id,
                message.c.about.in_(part),
                message.c.template.in_(templates),
                message.c.state != MessageState.SUPERSEDED,
            )
            .group_by(message.c.about, message.c.recipient_id)
        )
        last |= {(about, recipient): number for about, recipient, number in found}
    return {row.id for row in wanted if last[row.about, row.recipient_id] > row.id}


def of_mails(tx: Transaction, ids: Sequence[int]) -> dict[int, list[Claimed]]:
    """Return for the message a mail is named by all messages in it, itself among them."""
    found: dict[int, list[Claimed]] = {}
    for part in chunked(ids):
        for named_by, *row in tx.connection.execute(
            _OF_MAILS, {"campaign": tx.campaign.id, "ids": part}
        ):
            found.setdefault(named_by, []).append(Claimed(*row))
    return found


# --- The limit per hour -------------------------------------------------------------------------


def left_this_hour(tx: Transaction) -> int:
    """Count the mails of the last hour, of all campaigns; others who count wait for us."""
    lock_registers(tx.connection)
    return counted_this_hour(tx)


def counted_this_hour(tx: Transaction) -> int:
    """Count the mails of the last hour, of all campaigns, to be told and not to act on."""
    since = tx.wall - HOUR
    number: int = tx.connection.execute(
        select(func.coalesce(func.sum(handover.c.mails), 0)).where(handover.c.minute > since)
    ).scalar_one()
    return int(number)


def next_place(tx: Transaction) -> datetime:
    """Return when the oldest mails of the last hour no longer count."""
    oldest = tx.connection.execute(
        select(func.min(handover.c.minute)).where(handover.c.minute > tx.wall - HOUR)
    ).scalar_one_or_none()
    return (oldest or tx.wall) + HOUR + _MINUTE


def count(tx: Transaction, mails: int) -> None:
    """Add mails to those of this minute; what is older than a day is forgotten."""
    minute = tx.wall.replace(second=0, microsecond=0)
    done = tx.connection.execute(
        update(handover).where(handover.c.minute == minute).values(mails=handover.c.mails + mails)
    )
    if not done.rowcount:
        tx.connection.execute(delete(handover).where(handover.c.minute < minute - _KEPT))
        tx.connection.execute(insert(handover).values(minute=minute, mails=mails))


# --- Timers -------------------------------------------------------------------------------------


def next_due(tx: Transaction, urgent: Sequence[str], *, of_urgent: bool) -> datetime | None:
    """Return when the next queued message may leave, of the urgent ones or of the others."""
    is_urgent = message.c.template.in_(urgent)
    at: datetime | None = tx.connection.execute(
        select(func.min(message.c.available_at)).where(
            message.c.campaign_id == tx.campaign.id,
            message.c.state == MessageState.QUEUED,
            is_urgent if of_urgent else not_(is_urgent),
        )
    ).scalar_one()
    return at


def due_counts(tx: Transaction, urgent: Sequence[str]) -> tuple[int, int]:
    """Count the queued messages whose time has come: (urgent ones, the others)."""
    row = tx.connection.execute(
        select(
            func.coalesce(func.sum(case((message.c.template.in_(urgent), 1), else_=0)), 0),
            func.count(),
        ).where(*_is_due(tx))
    ).one()
    return int(row[0]), int(row[1]) - int(row[0])


def later(tx: Transaction) -> list[tuple[bool, int, datetime]]:
    """Count the queued messages whose time is to come: (tried before, how many, when the first)."""
    was_tried = message.c.detail != ""
    rows = tx.connection.execute(
        select(was_tried, func.count(), func.min(message.c.available_at))
        .where(
            message.c.campaign_id == tx.campaign.id,
            message.c.state == MessageState.QUEUED,
            message.c.available_at > tx.now,
        )
        .group_by(was_tried)
        .order_by(func.min(message.c.available_at))
    )
    return [(bool(tried), number, first) for tried, number, first in rows]


def is_timed(tx: Transaction, at: datetime) -> bool:
    """Say whether a delivery is already to begin by then, after now."""
    found = tx.connection.execute(
        select(edges.c.id)
        .where(
            edges.c.campaign_code == tx.campaign.code,
            edges.c.topic == outbox.DELIVER,
            edges.c.sent_at.is_(None),
            edges.c.dead_at.is_(None),
            edges.c.available_at > tx.now,
            edges.c.available_at <= at,
        )
        .limit(1)
    ).first()
    return found is not None
