"""What is dated ahead of now, and how is it brought back?

What happened stays as it was recorded. What is to come is counted from now: timers, mails that
wait, rests of new rights, the time of an approval that was set by the wrong clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

import orjson
from sqlalchemy import Column, case, delete, func, insert, literal, or_, select, update

from campaigns.rules.clock.comparison import LEAD, REPAIRED, is_ahead
from campaigns.rules.registers.events import NEVER
from campaigns.store.campaign_lookup import find_campaign
from campaigns.store.mail.handover import count as count_mails
from campaigns.store.registers import log
from campaigns.store.tables import (
    api_token,
    appointment,
    campaign,
    campaign_playbook,
    clock_repair,
    delegation,
    event,
    handover,
    mail_pause,
    message,
    one_time_code,
    outbox,
    person,
    process_beat,
    stage,
    webhook_delivery,
)
from campaigns.store.transaction import Transaction
from schemas.events import Facts
from schemas.vocabulary import MessageState

_REOPENED: Final = "thidua.stage.reopened"
_LONGEST_WAIT: Final = timedelta(days=1)
"""No mail and no delivery to a webhook waits longer, whatever is said about quiet hours, digests
and pauses."""


class Ahead(NamedTuple):
    """The events of a log that are dated ahead of now."""

    first: int
    """Number of the first of them."""
    last_at: datetime
    by_name: dict[str, int]

    @property
    def events(self) -> int:
        """How many there are."""
        return sum(self.by_name.values())


def ahead(tx: Transaction) -> Ahead | None:
    """Return what of the campaign's log is dated ahead of now; None where its end is not.

    A rehearsal has a time of its own.
    """
    last_at = tx.head().occurred_at
    if tx.campaign.clock_at is not None or last_at is None or not is_ahead(last_at, tx.wall):
        return None
    mine = event.c.campaign_id == tx.campaign.id
    before: int = tx.connection.execute(
        select(func.coalesce(func.max(event.c.number), 0)).where(mine, event.c.name == REPAIRED)
    ).scalar_one()
    rows = tx.connection.execute(
        select(event.c.name, func.count(), func.min(event.c.number))
        .where(mine, event.c.number > before, event.c.occurred_at > tx.wall + LEAD)
        .group_by(event.c.name)
        .order_by(func.min(event.c.number))
    ).all()
    first = min(number for _name, _count, number in rows)
    return Ahead(first, last_at, {name: count for name, count, _number in rows})


def keep(tx: Transaction, person_id: str, reason: str) -> None:
    """Keep who had a log repaired, and why: the campaign's, or without one the registers'."""
    campaign_id = tx.campaign.id if tx.has_campaign else None
    tx.connection.execute(
        insert(clock_repair).values(
            campaign_id=campaign_id, person_id=person_id, reason=reason, repaired_at=tx.wall
        )
    )


def start_anew(tx: Transaction) -> None:
    """Note that the campaign's time is right from now on; what is said of deadlines counts anew."""
    tx.connection.execute(
        update(campaign).where(campaign.c.id == tx.campaign.id).values(clock_repaired_at=tx.wall)
    )
    tx.adopt(find_campaign(tx.connection, tx.campaign.code))


def bring_back_timers(tx: Transaction) -> int:
    """Have what waits for a run looked at now; each run sets its next timer by the clock."""
    mine, now = outbox.c.campaign_code == tx.campaign.code, tx.wall
    tx.connection.execute(
        update(outbox)
        .where(mine, outbox.c.settled_at.is_(None), outbox.c.sent_at > now)
        .values(sent_at=now)
    )
    return tx.connection.execute(
        update(outbox)
        .where(mine, outbox.c.sent_at.is_(None), outbox.c.available_at > now)
        .values(available_at=now, claimed_until=None)
    ).rowcount


def bring_back_mails(tx: Transaction) -> int:
    """Let mails that wait for a time no mail waits for leave when their turn comes.

    A rehearsal's wait by its own time.
    """
    now = tx.now
    return tx.connection.execute(
        update(message)
        .where(
            message.c.campaign_id == tx.campaign.id,
            message.c.state.in_((MessageState.QUEUED, MessageState.HELD, MessageState.CLAIMED)),
            or_(message.c.queued_at > now + LEAD, message.c.available_at > now + _LONGEST_WAIT),
        )
        .values(
            # Of the columns' type: a bare value would be written in another form.
            queued_at=_earlier(message.c.queued_at, now),
            available_at=_earlier(message.c.available_at, now),
        )
    ).rowcount


def bring_back_approvals(tx: Transaction, first: int) -> dict[str, datetime]:
    """Give approvals whose time was counted from a wrong present the same time from now on.

    `first` is the number of the first event dated ahead. Returns the new times, by stage.
    """
    moved: dict[str, datetime] = {}
    rows = tx.connection.execute(
        select(event.c.subject, event.c.occurred_at, event.c.facts)
        .where(
            event.c.campaign_id == tx.campaign.id,
            event.c.number >= first,
            event.c.name == _REOPENED,
        )
        .order_by(event.c.number)
    )
    for subject, occurred_at, said in rows.all():
        name, facts = subject.partition(":")[2], orjson.loads(said)
        due_at = datetime.fromisoformat(facts["approval_due"])
        until = (tx.wall + (due_at - occurred_at)).replace(microsecond=0)
        done = tx.connection.execute(
            update(stage)
            .where(
                stage.c.campaign_id == tx.campaign.id,
                stage.c.name == name,
                stage.c.round == facts["round"],
                stage.c.approval_due_at == due_at,
            )
            .values(approval_due_at=until, version=stage.c.version + 1)
        )
        if done.rowcount:
            moved[name] = until
    return moved


def end_codes(tx: Transaction) -> None:
    """End the one-time codes that were asked for ahead; they count as asked for now."""
    now = tx.wall
    stages = select(stage.c.id).where(stage.c.campaign_id == tx.campaign.id)
    tx.connection.execute(
        update(one_time_code)
        .where(one_time_code.c.stage_id.in_(stages), one_time_code.c.asked_at > now + LEAD)
        .values(asked_at=now, expires_at=now)
    )


def bring_back_rests(tx: Transaction) -> dict[str, dict[str, datetime]]:
    """Let delegations and rules of approval rest no longer than from now on.

    Returns until when, by number of the delegation and version of the playbook.
    """
    until = _rests_until(tx)
    moved = {}
    for name, table, named_by in (
        ("delegations", delegation, delegation.c.id),
        ("playbooks", campaign_playbook, campaign_playbook.c.version),
    ):
        found = tx.connection.execute(
            update(table)
            .where(table.c.campaign_id == tx.campaign.id, table.c.rests_until > until)
            .values(rests_until=until)
            .returning(named_by)
        ).scalars()
        moved[name] = {str(one): until for one in found}
    return moved


def _rests_until(tx: Transaction) -> datetime:
    return (tx.wall + tx.rest).replace(microsecond=0)


def _earlier(column: Column[datetime], now: datetime) -> object:
    return case((column > now, literal(now, column.type)), else_=column)


# --- What belongs to no campaign -----------------------------------------------------------------


def registers_ahead(tx: Transaction) -> datetime | None:
    """Return the time of the end of the registers' log, where that is ahead of now."""
    end = log.head(tx)
    at = end.occurred_at if end is not None and end.number else None
    return at if is_ahead(at, tx.wall) else None


def people_ahead(tx: Transaction) -> list[str]:
    """Return the people whose rights, addresses or links count from a time that cannot be."""
    until, now = _rests_until(tx), tx.wall + LEAD
    rests = appointment.c.rests_until > until
    found = select(person.c.id).where(
        or_(
            (person.c.rests_until > until) & (person.c.rests_until < NEVER),
            person.c.email_rests_until > until,
            person.c.links_since > now,
            person.c.id.in_(select(appointment.c.person_id).where(rests)),
        )
    )
    return sorted(tx.connection.execute(found).scalars())


def bring_back_people(tx: Transaction, ids: list[str], facts: Facts) -> None:
    """Let rights and addresses rest from now on, and links count from now on; in their log.

    `facts` are those of the event that says why; it stands before those of the people.
    """
    until, now = _rests_until(tx), tx.wall
    log.note(tx, REPAIRED, facts)
    if not ids:
        return
    with log.noting(tx, people=ids):
        for column, latest in (
            (person.c.rests_until, until),
            (person.c.email_rests_until, until),
            (person.c.links_since, now),
        ):
            tx.connection.execute(
                update(person)
                # Whose right was refused rests until a second person ends it.
                .where(person.c.id.in_(ids), column > latest, column < NEVER)
                .values({column.name: latest})
            )
        tx.connection.execute(
            update(appointment)
            .where(appointment.c.person_id.in_(ids), appointment.c.rests_until > until)
            .values(rests_until=until)
        )


def bring_back_ways(tx: Transaction) -> int:
    """Free what leaves the house: the limit an hour, the pause, webhooks; forget those ahead."""
    now = tx.wall
    later = handover.c.minute > now.replace(second=0, microsecond=0) + LEAD
    mails: int = tx.connection.execute(
        select(func.coalesce(func.sum(handover.c.mails), 0)).where(later)
    ).scalar_one()
    changed = tx.connection.execute(delete(handover).where(later)).rowcount
    if changed:
        count_mails(tx, int(mails))
    for column, longest in ((mail_pause.c.until, _LONGEST_WAIT), (mail_pause.c.since, LEAD)):
        done = tx.connection.execute(
            update(mail_pause).where(column > now + longest).values({column.name: now})
        )
        changed += done.rowcount
    waiting = webhook_delivery.c.sent_at.is_(None) & webhook_delivery.c.dead_at.is_(None)
    for column in (webhook_delivery.c.available_at, webhook_delivery.c.claimed_until):
        done = tx.connection.execute(
            update(webhook_delivery)
            .where(waiting, column > now + _LONGEST_WAIT)
            .values({column.name: now})
        )
        changed += done.rowcount
    tx.connection.execute(delete(process_beat).where(process_beat.c.seen_at > now + LEAD))
    return changed + _bring_back_tokens(tx)


def _bring_back_tokens(tx: Transaction) -> int:
    """Let tokens that were made ahead last from now on as long as they were given."""
    token, now = api_token.c, tx.wall
    made = tx.connection.execute(
        select(token.id, token.created_at, token.expires_at).where(token.created_at > now + LEAD)
    ).all()
    for number, created_at, expires_at in made:
        lasts = {"created_at": now, "expires_at": now + (expires_at - created_at)}
        tx.connection.execute(update(api_token).where(token.id == number).values(**lasts))
    used = token.last_used_at > now + LEAD
    tx.connection.execute(update(api_token).where(used).values(last_used_at=now))
    return len(made)
