"""Which documents go with letters? Each is kept once, however many letters it goes with.

A row is named by a digest with the campaign's salt, and each message by the digest of what goes
with it, under its seal (`rules.seals`): another file in its place is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from sqlalchemy import func, insert, select

from campaigns.rules.log import seals
from campaigns.store.chunks import chunked
from campaigns.store.enclosure_port import Enclosed
from campaigns.store.tables import attachment, message
from campaigns.store.transaction import Transaction
from schemas.messages.payload import Enclosure

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST: Final = 5 << 20
"""Octets. Coded for a mail a third more, which every server takes (most take 10 MB or more)."""


class Attached(NamedTuple):
    """A document that goes with a message."""

    digest: str
    name: str
    size: int
    """Octets."""


def keep(tx: Transaction, enclosed: Enclosed) -> Attached | None:
    """Keep a document, once for all letters of the campaign; None where it is too large to go."""
    body = enclosed.body
    if len(body) > LARGEST:
        return None
    digest = seals.of_attachment(tx.campaign.salt, enclosed.name, XLSX, body)
    found = Attached(digest, enclosed.name, len(body))
    mine = (attachment.c.campaign_id == tx.campaign.id, attachment.c.digest == digest)
    known = select(attachment.c.digest).where(*mine)
    if tx.connection.execute(known).first() is None:
        tx.connection.execute(
            insert(attachment).values(
                campaign_id=tx.campaign.id,
                digest=digest,
                name=enclosed.name,
                media_type=XLSX,
                body=body,
            )
        )
    return found


def load(tx: Transaction, digests: Iterable[str]) -> dict[str, Enclosure]:
    """Return documents by their digests, each once for all mails that are made of it."""
    found: dict[str, Enclosure] = {}
    for part in chunked(sorted(set(digests))):
        rows = tx.connection.execute(
            select(
                attachment.c.digest,
                attachment.c.name,
                attachment.c.media_type,
                attachment.c.body,
            ).where(attachment.c.campaign_id == tx.campaign.id, attachment.c.digest.in_(part))
        )
        found |= {
            digest: Enclosure(name=name, media_type=media_type, body=body)
            for digest, name, media_type, body in rows
        }
    return found


def kept(tx: Transaction, digests: Iterable[str]) -> set[str]:
    """Return those of the documents that are there."""
    found: set[str] = set()
    for part in chunked(sorted(set(digests))):
        query = select(attachment.c.digest).where(
            attachment.c.campaign_id == tx.campaign.id, attachment.c.digest.in_(part)
        )
        found.update(tx.connection.execute(query).scalars())
    return found


def of_message(tx: Transaction, message_id: int) -> Attached | None:
    """Return what goes with a message, without reading it; None where nothing does."""
    row = tx.connection.execute(
        select(attachment.c.digest, attachment.c.name, func.length(attachment.c.body))
        .join(
            message,
            (message.c.attachment == attachment.c.digest)
            & (message.c.campaign_id == attachment.c.campaign_id),
        )
        .where(message.c.campaign_id == tx.campaign.id, message.c.id == message_id)
    ).one_or_none()
    return None if row is None else Attached._make(row)


def file_of_message(tx: Transaction, message_id: int) -> Enclosure | None:
    """Return the document that goes with a message; None where nothing does."""
    found = of_message(tx, message_id)
    return None if found is None else load(tx, [found.digest])[found.digest]


def altered(tx: Transaction) -> Iterator[tuple[str, str]]:
    """Yield (digest, how) of documents that are not what was kept: changed, missing, added."""
    mine = attachment.c.campaign_id == tx.campaign.id
    salt = tx.campaign.salt
    there: set[str] = set()
    # One at a time, by this query alone: a body may have some megabytes.
    query = select(
        attachment.c.digest, attachment.c.name, attachment.c.media_type, attachment.c.body
    )
    rows = tx.connection.execute(query.where(mine).execution_options(yield_per=1))
    for digest, name, media_type, body in rows:
        there.add(digest)
        if seals.of_attachment(salt, name, media_type, body) != digest:
            yield digest, "changed"
    named = set(
        tx.connection.execute(
            select(message.c.attachment)
            .where(message.c.campaign_id == tx.campaign.id, message.c.attachment.is_not(None))
            .distinct()
        ).scalars()
    )
    for digests, how in ((named - there, "missing"), (there - named, "added")):
        for digest in sorted(digests):
            yield digest, how
