"""What do the rows of a campaign's course hold, as the event log may vouch for it?

By the names and columns of `rules.vouching_course`; seals are computed from the rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import func, select

from campaigns.rules.log import seals
from campaigns.rules.log.seals import SEAL
from campaigns.rules.log.vouching import Difference, Mails, Row
from campaigns.store import playbook
from campaigns.store.deadlines import extensions
from campaigns.store.mail import attachments
from campaigns.store.mail.messages import SEALED, sealed_heading
from campaigns.store.tables import (
    approval,
    approval_basis,
    campaign,
    cancellation,
    clock_repair,
    council_session,
    delegation,
    event_cursor,
    message,
    outbox,
    session_closing,
    stage,
    webhook_delivery,
)
from campaigns.store.transaction import Transaction

_SHORT: Final = 12
Reader = Callable[["Transaction"], dict[str, Row]]


def second(at: datetime | None) -> datetime | None:
    """Return a time as an event has it: without fractions of a second."""
    return at.replace(microsecond=0) if at is not None else None


def seconds(values: dict[str, Any], *columns: str) -> Row:
    """Return values with these columns as an event has them."""
    return {name: second(at) if name in columns else at for name, at in values.items()}


def _campaign(tx: Transaction) -> dict[str, Row]:
    moments = ("created_at", "launched_at", "announced_at", "closed_at", "clock_repaired_at")
    columns = (campaign.c[name] for name in ("playbook_version", "launched_by", *moments))
    row = tx.connection.execute(select(*columns).where(campaign.c.id == tx.campaign.id)).one()
    return {tx.campaign.code: seconds(row._asdict(), *moments)}


def _playbooks(tx: Transaction) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for one in playbook.versions(tx):
        row: Row = {
            "hash": hashlib.sha256(one.snapshot.encode()).hexdigest(),
            "actor": one.actor,
            "recorded_at": second(one.recorded_at),
            "rests_until": second(one.rests_until),
            "confirmed_by": one.confirmed_by,
        }
        if one.version == 1:
            row["reason"] = one.reason
        else:
            row[SEAL] = seals.of_reason(tx.campaign.salt, "amend", one.actor, one.reason)
        found[str(one.version)] = row
    return found


def _stages(tx: Transaction) -> dict[str, Row]:
    moments = ("opened_at", "approval_requested_at", "approved_at")
    dates = ("opens_at", "due_at", "approval_due_at")
    columns = (stage.c[name] for name in ("round", *dates, *moments))
    rows = tx.connection.execute(
        select(stage.c.name, *columns).where(stage.c.campaign_id == tx.campaign.id)
    )
    found = {}
    for row in rows:
        values = row._asdict()
        name = values.pop("name")
        found[name] = seconds(values, *moments)
    return found


def _approvals(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(
        select(stage.c.name, approval)
        .join(stage, stage.c.id == approval.c.stage_id)
        .where(stage.c.campaign_id == tx.campaign.id)
    )
    found: dict[str, Row] = {}
    for row in rows:
        by = (row.person_id, row.step, row.principal_id or "", row.letter, row.given_by or "")
        found[f"{row.name}/{row.round}/{row.person_id}"] = {
            "verdict": row.verdict,
            "principal_id": row.principal_id,
            "letter": row.letter,
            "decided_at": second(row.decided_at),
            "step": row.step,
            SEAL: seals.of_verdict(tx.campaign.salt, row.name, row.verdict, row.reason, by),
        }
    return found


def _bases(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(
        select(stage.c.name, approval_basis)
        .join(stage, stage.c.id == approval_basis.c.stage_id)
        .where(stage.c.campaign_id == tx.campaign.id)
    )
    found: dict[str, Row] = {}
    for row in rows:
        counts = orjson.loads(row.counts)
        found[f"{row.name}/{row.round}"] = {
            "counted_at": second(row.counted_at),
            SEAL: seals.of_basis(tx.campaign.salt, row.name, row.round, counts),
        }
    return found


def _delegations(tx: Transaction) -> dict[str, Row]:
    names = ("stage", "principal_id", "substitute_id", "first_on", "last_on", "letter")
    moments = ("recorded_at", "revoked_at", "rests_until")
    columns = (delegation.c[name] for name in (*names, *moments, "confirmed_by"))
    rows = tx.connection.execute(
        select(delegation.c.id, *columns).where(delegation.c.campaign_id == tx.campaign.id)
    )
    found = {}
    for row in rows:
        values = row._asdict()
        number = values.pop("id")
        found[str(number)] = seconds(values, *moments)
    return found


def _extensions(tx: Transaction) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for place, one in enumerate(extensions.find(tx), 1):
        salt, values = tx.campaign.salt, one._asdict()
        reason = values.pop("reason")
        del values["id"]
        found[str(place)] = seconds(values, "recorded_at") | {
            SEAL: seals.of_extension(salt, one.stage, one.matter, one.unit_id, one.until_at, reason)
        }
    return found


def _sessions(tx: Transaction) -> dict[str, Row]:
    columns = (council_session.c[name] for name in ("starts_at", "members"))
    rows = tx.connection.execute(
        select(council_session.c.number, *columns).where(
            council_session.c.campaign_id == tx.campaign.id
        )
    )
    return {str(number): {"starts_at": at, "members": many} for number, at, many in rows}


def _closings(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(
        select(council_session.c.number, session_closing)
        .join(session_closing, session_closing.c.session_id == council_session.c.id)
        .where(council_session.c.campaign_id == tx.campaign.id)
    )
    return {
        str(row.number): {
            "person_id": row.person_id,
            "closed_at": second(row.closed_at),
            SEAL: seals.of_reason(
                tx.campaign.salt, f"close {row.number}", row.person_id, row.reason
            ),
        }
        for row in rows
    }


def _cancellation(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(
        select(cancellation).where(cancellation.c.campaign_id == tx.campaign.id)
    )
    found: dict[str, Row] = {}
    for row in rows:
        found["1"] = {
            "person_id": row.person_id,
            "cancelled_at": second(row.cancelled_at),
            SEAL: seals.of_reason(tx.campaign.salt, "cancel", row.person_id, row.reason),
        }
    return found


def _clock_repairs(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(
        select(clock_repair.c.person_id, clock_repair.c.reason, clock_repair.c.repaired_at)
        .where(clock_repair.c.campaign_id == tx.campaign.id)
        .order_by(clock_repair.c.id)
    )
    return {
        str(place): {
            "person_id": person_id,
            "repaired_at": second(at),
            SEAL: seals.of_reason(tx.campaign.salt, "repair_clock", person_id, reason),
        }
        for place, (person_id, reason, at) in enumerate(rows, 1)
    }


READERS: Final[dict[str, Reader]] = {
    "campaign": _campaign,
    "playbook": _playbooks,
    "stage": _stages,
    "approval": _approvals,
    "basis": _bases,
    "delegation": _delegations,
    "extension": _extensions,
    "session": _sessions,
    "closing": _closings,
    "cancellation": _cancellation,
    "clock_repair": _clock_repairs,
}


# --- Mails ---------------------------------------------------------------------------------------


def compare_mails(
    tx: Transaction, told: list[Mails], *, readdressed: bool
) -> tuple[list[Difference], int]:
    """Compare mails with the events that vouch for them; return also of how many none does."""
    wanted = {one.noted_in: one for one in told}
    differences: list[Difference] = []
    seen: set[int] = set()
    for number, rows in _by_event(tx):
        seen.add(number)
        if number not in wanted:
            differences += [Difference(f"mail:{row.id}", (), "added") for row in rows]
        else:
            differences += _compare_batch(tx.campaign.salt, wanted[number], rows, readdressed)
    gone = [one for one in told if one.noted_in not in seen]
    differences += [Difference(f"mail:event {one.noted_in}", (), "missing") for one in gone]
    differences += [
        Difference(f"attachment:{digest[:_SHORT]}", ("body",) if how == "changed" else (), how)
        for digest, how in attachments.altered(tx)
    ]
    return differences, _of_before(tx)


def _compare_batch(
    salt: str,
    one: Mails,
    rows: list[Any],
    readdressed: bool,  # noqa: FBT001 - read from the log
) -> Iterator[Difference]:
    """Compare the mails that one event vouches for; name the very mail where it can be told."""
    changed = [row for row in rows if row.seal != _seal(salt, row)]
    yield from (Difference(f"mail:{row.id}", ("text",), "changed") for row in changed)
    if len(rows) != one.many:
        kind = "missing" if len(rows) < int(str(one.many)) else "added"
        yield Difference(f"mail:event {one.noted_in}", (), kind)
    elif not changed and seals.of_several(salt, "mails", (row.seal for row in rows)) != one.seal:
        yield Difference(f"mail:event {one.noted_in}", ("text",), "changed")
    elif not readdressed and (
        seals.of_several(salt, "to", (row.to_address for row in rows)) != one.to
    ):
        yield Difference(f"mail:event {one.noted_in}", ("to_address",), "changed")


def _seal(salt: str, row: Any) -> str:  # noqa: ANN401 - a row of the columns asked for
    heading = [getattr(row, name) for name in SEALED]
    return seals.of_mail(salt, sealed_heading(heading, row.attachment), row.content)


def _by_event(tx: Transaction) -> Iterator[tuple[int, list[Any]]]:
    """Yield the mails written with each event, in the order they were written."""
    columns = (message.c[name] for name in SEALED)
    rows = tx.connection.execution_options(yield_per=1_000).execute(
        select(
            message.c.id,
            message.c.noted_in,
            message.c.seal,
            message.c.to_address,
            message.c.content,
            message.c.attachment,
            *columns,
        )
        .where(message.c.campaign_id == tx.campaign.id, message.c.noted_in.is_not(None))
        .order_by(message.c.noted_in, message.c.id)
    )
    number = 0
    batch: list[Any] = []
    for row in rows:
        if batch and row.noted_in != number:
            yield number, batch
            batch = []
        number = row.noted_in
        batch.append(row)
    if batch:
        yield number, batch


def _of_before(tx: Transaction) -> int:
    return tx.connection.execute(
        select(func.count())
        .select_from(message)
        .where(message.c.campaign_id == tx.campaign.id, message.c.noted_in.is_(None))
    ).scalar_one()


# --- The end of the log --------------------------------------------------------------------------


def known_end(tx: Transaction) -> int:
    """Return the highest number of an event that anything else of the database knows of.

    Mails, edges and what was handed on name events; who cuts the end of the log off leaves them.
    """
    mine = tx.campaign.id
    highest = (
        select(func.max(message.c.noted_in)).where(message.c.campaign_id == mine),
        select(func.max(event_cursor.c.number)).where(event_cursor.c.campaign_id == mine),
        select(func.max(webhook_delivery.c.event_number)).where(
            webhook_delivery.c.campaign_id == mine
        ),
    )
    found = [tx.connection.execute(query).scalar() or 0 for query in highest]
    keys = tx.connection.execute(
        select(outbox.c.key).where(outbox.c.campaign_code == tx.campaign.code)
    ).scalars()
    beginning = f"campaign:{tx.campaign.code}:e"
    numbers = (key.removeprefix(beginning).partition(":")[0] for key in keys)
    return max([*found, *(int(one) for one in numbers if one.isdigit())], default=0)
