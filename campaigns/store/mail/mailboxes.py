"""Who wants one mail a day, and which addresses take no mail?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import delete, func, insert, select, update

from campaigns.store.chunks import chunked
from campaigns.store.database import lock_registers
from campaigns.store.prepared import PreparedList
from campaigns.store.tables import (
    bounce,
    campaign,
    failing_address,
    mail_preference,
    message,
    person,
    unit,
)
from campaigns.store.transaction import Transaction
from schemas.vocabulary import MessageState

_EPISODE: Final = 10_000
"""Notices that are looked through for the beginning of a series."""


class FailingAddress(NamedTuple):
    """What is known of an address that sent notices back."""

    address: str
    bounces: int
    status: str
    said: str
    last_at: datetime
    outcome: str
    """What the last notice came to; empty where it was read by an earlier version."""
    failing_since: datetime | None


_KNOWN: Final = tuple(failing_address.c[name] for name in FailingAddress._fields)


class Owner(NamedTuple):
    """Whose address it is."""

    id: str
    name: str
    what: str
    """The position of a person, the kind of a unit."""


def normal(address: str) -> str:
    """Return an address as it is compared: mailboxes that differ by case are one."""
    return address.strip().casefold()


# --- Preferences --------------------------------------------------------------------------------


_DAILY_AMONG: Final = PreparedList(
    lambda ids: select(mail_preference.c.person_id).where(
        mail_preference.c.digest == "daily", mail_preference.c.person_id.in_(ids)
    )
)


def daily_among(tx: Transaction, ids: Collection[str]) -> frozenset[str]:
    """Return those of the recipients who want one mail a day."""
    return frozenset(one for (one,) in _DAILY_AMONG.all(tx.connection, sorted(ids)))


def daily(tx: Transaction) -> frozenset[str]:
    """Return the people who want one mail a day."""
    rows = tx.connection.execute(
        select(mail_preference.c.person_id).where(mail_preference.c.digest == "daily")
    )
    return frozenset(rows.scalars())


def prefer(tx: Transaction, person_id: str, digest: str) -> None:
    """Store how a person wants their mail."""
    tx.connection.execute(delete(mail_preference).where(mail_preference.c.person_id == person_id))
    tx.connection.execute(insert(mail_preference).values(person_id=person_id, digest=digest))


def set_language(tx: Transaction, person_id: str, language: str) -> None:
    """Store the language a person is written to in."""
    tx.connection.execute(update(person).where(person.c.id == person_id).values(language=language))


def preference(tx: Transaction, person_id: str) -> tuple[str, str] | None:
    """Return (digest, language) of a person; None where there is no such person."""
    row = tx.connection.execute(
        select(mail_preference.c.digest, person.c.language)
        .select_from(person)
        .outerjoin(mail_preference, mail_preference.c.person_id == person.c.id)
        .where(person.c.id == person_id)
    ).one_or_none()
    return None if row is None else (row.digest or "each", row.language)


# --- Addresses that take no mail -----------------------------------------------------------------


def failing(tx: Transaction, addresses: Sequence[str]) -> dict[str, FailingAddress]:
    """Return those of the addresses nothing is sent to, by their normal form."""
    wanted = sorted({normal(address) for address in addresses})
    found: dict[str, FailingAddress] = {}
    for part in chunked(wanted):
        rows = tx.connection.execute(
            select(*_KNOWN).where(
                failing_address.c.address.in_(part), failing_address.c.failing_since.is_not(None)
            )
        )
        found |= {row.address: FailingAddress._make(row) for row in rows}
    return found


def all_failing(tx: Transaction) -> list[FailingAddress]:
    """Return every address that sent notices back, the failing ones first."""
    rows = tx.connection.execute(
        select(*_KNOWN).order_by(
            failing_address.c.failing_since.is_(None), failing_address.c.address
        )
    )
    return [FailingAddress._make(row) for row in rows]


def find(tx: Transaction, address: str) -> FailingAddress | None:
    """Return what is known of one address."""
    row = tx.connection.execute(
        select(*_KNOWN).where(failing_address.c.address == normal(address))
    ).one_or_none()
    return None if row is None else FailingAddress._make(row)


def note_bounce(
    tx: Transaction, address: str, status: str, said: str, outcome: str
) -> FailingAddress:
    """Count one notice of an address; `hard` marks it as failing."""
    lock_registers(tx.connection)
    old = find(tx, address)
    if old is None:
        tx.connection.execute(
            insert(failing_address).values(
                address=normal(address),
                bounces=0,
                status=status,
                said=said,
                last_at=tx.wall,
            )
        )
    since = old.failing_since if old else None
    tx.connection.execute(
        update(failing_address)
        .where(failing_address.c.address == normal(address))
        .values(
            bounces=failing_address.c.bounces + 1,
            status=status,
            said=said,
            last_at=tx.wall,
            outcome=outcome,
            failing_since=since or (tx.wall if outcome == "hard" else None),
        )
    )
    found = find(tx, address)
    if found is None:
        msg = "the address was just written"
        raise RuntimeError(msg)
    return found


def clear(tx: Transaction, address: str) -> int:
    """Forget what is known of an address; return whether there was anything."""
    return tx.connection.execute(
        delete(failing_address).where(failing_address.c.address == normal(address))
    ).rowcount


def owners(tx: Transaction, address: str) -> list[Owner]:
    """Return the people and units that are reached by an address today."""
    wanted = normal(address)
    people = tx.connection.execute(
        select(person.c.id, person.c.full_name, person.c.position)
        .where(func.lower(person.c.email) == wanted)
        .order_by(person.c.id)
    )
    units = tx.connection.execute(
        select(unit.c.id, unit.c.kind).where(func.lower(unit.c.email) == wanted).order_by(unit.c.id)
    )
    return [Owner(*row) for row in people] + [Owner(row.id, "", row.kind) for row in units]


def present_addresses(tx: Transaction, recipients: Sequence[str]) -> dict[str, str]:
    """Return the address of people and units as the registers have it today, by id."""
    found: dict[str, str] = {}
    for table in (unit, person):
        for part in chunked(sorted(set(recipients))):
            rows = tx.connection.execute(
                select(table.c.id, table.c.email).where(table.c.id.in_(part))
            )
            found |= {row.id: row.email for row in rows if row.email}
    return found


# --- Notices ------------------------------------------------------------------------------------


def is_read(tx: Transaction, digest: str) -> bool:
    """Say whether a notice was read before."""
    found = tx.connection.execute(select(bounce.c.digest).where(bounce.c.digest == digest)).first()
    return found is not None


def mark_read(tx: Transaction, digest: str, mail_id: str, outcome: str) -> None:
    """Note that a notice was read, and what it came to."""
    tx.connection.execute(
        insert(bounce).values(digest=digest, mail_id=mail_id, outcome=outcome, read_at=tx.wall)
    )


class SentMessage(NamedTuple):
    """A message that left in a mail."""

    id: int
    key: str
    state: str
    template: str
    to_address: str
    subject: str
    campaign_code: str


def sent_in(tx: Transaction, mail_id: str) -> list[SentMessage]:
    """Return the messages that left in a mail of this name, oldest first."""
    columns = (message.c[name] for name in SentMessage._fields if name != "campaign_code")
    rows = tx.connection.execute(
        select(*columns, campaign.c.code)
        .join(campaign, campaign.c.id == message.c.campaign_id)
        .where(
            message.c.mail_id == mail_id,
            message.c.state.in_([MessageState.SENT, MessageState.UNCERTAIN, MessageState.RETURNED]),
        )
        .order_by(message.c.id)
    )
    return [SentMessage._make(row) for row in rows]


class ReadNotice(NamedTuple):
    """A notice that was read."""

    digest: str
    mail_id: str
    read_at: datetime


def refused_lately(tx: Transaction, pause: timedelta) -> list[ReadNotice]:
    """Return the last notices of mail refused for our sake, with less than a pause between two."""
    rows = tx.connection.execute(
        select(bounce.c.digest, bounce.c.mail_id, bounce.c.read_at)
        .where(bounce.c.outcome == "refused")
        .order_by(bounce.c.read_at.desc(), bounce.c.digest)
        .limit(_EPISODE)
    )
    found: list[ReadNotice] = []
    after = tx.wall
    for row in rows:
        if after - row.read_at > pause:
            break
        after = row.read_at
        found.append(ReadNotice(*row))
    return found[::-1]


def notices_since(tx: Transaction, since: datetime) -> dict[str, int]:
    """Count the notices that were read since an instant, by what they came to."""
    rows = tx.connection.execute(
        select(bounce.c.outcome, func.count().label("number"))
        .where(bounce.c.read_at >= since)
        .group_by(bounce.c.outcome)
    )
    return {row.outcome: row.number for row in rows}
