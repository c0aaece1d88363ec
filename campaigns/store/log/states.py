"""In which state is everything of a campaign, by the rows? For comparison with the event log."""

from __future__ import annotations

from sqlalchemy import String, cast, select

from campaigns.rules import keys
from campaigns.rules.lifecycle import Thing
from campaigns.store.tables import adoption, campaign, decision, follow_up, nomination, stage
from campaigns.store.transaction import Transaction


def of_everything(tx: Transaction) -> dict[str, str]:
    """Return the state of every thing that the log names, by its subject there."""
    mine = tx.campaign.id
    queries = {
        Thing.CAMPAIGN: select(campaign.c.code, campaign.c.state).where(campaign.c.id == mine),
        Thing.STAGE: select(stage.c.name, stage.c.state).where(stage.c.campaign_id == mine),
        Thing.NOMINATION: select(nomination.c.code, nomination.c.state).where(
            nomination.c.campaign_id == mine
        ),
        Thing.DECISION: select(cast(decision.c.round, String), decision.c.state).where(
            decision.c.campaign_id == mine
        ),
        Thing.ADOPTION: select(adoption.c.code, adoption.c.state).where(
            adoption.c.campaign_id == mine
        ),
    }
    found = {
        keys.subject(thing, identity): state
        for thing, query in queries.items()
        for identity, state in tx.connection.execute(query)
    }
    follow_ups = tx.connection.execute(
        select(adoption.c.code, follow_up.c.months, follow_up.c.state)
        .join(adoption, adoption.c.id == follow_up.c.adoption_id)
        .where(adoption.c.campaign_id == mine)
    )
    for code, months, state in follow_ups:
        found[keys.subject(Thing.FOLLOW_UP, f"{code}/{months}")] = state
    return found
