"""How much is there, and how late is it? Figures over all campaigns: counts, never names."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select

from campaigns.store.tables import campaign, event_head, message, person, register_head, stage
from campaigns.store.transaction import Transaction
from schemas.vocabulary import CampaignState, MessageState, StageState

_MOST: Final = 1_000
"""Rows of one figure: a scrape must stay small, whatever an installation has come to hold."""


_NOT_TOLD: Final = (MessageState.HELD, MessageState.SUPERSEDED)


class Messages(NamedTuple):
    """How many messages of a campaign are in a state."""

    campaign_code: str
    state: str
    number: int


class Due(NamedTuple):
    """A stage that is open or waits for its approval, and when that should be over."""

    campaign_code: str
    stage: str
    state: str
    due_at: datetime


def messages_told(tx: Transaction) -> list[Messages]:
    """Count messages as `messages` does, for figures that anybody may read.

    Not those that are held, nor those that never left: they would count results.
    """
    return [one for one in messages(tx) if one.state not in _NOT_TOLD]


def messages(tx: Transaction) -> list[Messages]:
    """Count the messages of campaigns that are not rehearsals, by state."""
    rows = tx.connection.execute(
        select(campaign.c.code, message.c.state, func.count())
        .join(campaign, campaign.c.id == message.c.campaign_id)
        .where(campaign.c.clock_at.is_(None))
        .group_by(campaign.c.code, message.c.state)
        .order_by(campaign.c.code, message.c.state)
        .limit(_MOST)
    )
    return [Messages(*row) for row in rows]


class People(NamedTuple):
    """How many people can be reached."""

    all: int
    without_address: int


def people(tx: Transaction) -> People:
    """Count the people, and those no mail can reach."""
    row = tx.connection.execute(
        select(func.count(), func.count().filter(person.c.email == "")).select_from(person)
    ).one()
    return People(*row)


def seconds_apart(tx: Transaction) -> float:
    """Return how far the time that counts is from what this process's clock shows."""
    return (tx.present.now - tx.present.own).total_seconds()


def last_event_at(tx: Transaction) -> datetime | None:
    """Return when the last event was recorded, of the registers or of a campaign, no rehearsal."""
    campaigns = (
        select(func.max(event_head.c.occurred_at))
        .join(campaign, campaign.c.id == event_head.c.campaign_id)
        .where(campaign.c.clock_at.is_(None))
    )
    registers = select(func.max(register_head.c.occurred_at)).where(register_head.c.number > 0)
    found = [tx.connection.execute(one).scalar_one() for one in (campaigns, registers)]
    return max((at for at in found if at is not None), default=None)


def due(tx: Transaction) -> list[Due]:
    """Return the stages that are under way in running campaigns."""
    rows = tx.connection.execute(
        select(
            campaign.c.code, stage.c.name, stage.c.state, stage.c.due_at, stage.c.approval_due_at
        )
        .join(campaign, campaign.c.id == stage.c.campaign_id)
        .where(
            campaign.c.state == CampaignState.RUNNING,
            campaign.c.clock_at.is_(None),
            stage.c.state.in_((StageState.OPEN, StageState.AWAITING_APPROVAL)),
        )
        .order_by(campaign.c.id, stage.c.id)
        .limit(_MOST)
    )
    return [
        Due(
            row.code,
            row.name,
            row.state,
            row.due_at if row.state == StageState.OPEN else row.approval_due_at,
        )
        for row in rows
    ]
