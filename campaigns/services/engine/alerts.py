"""What must a coordinator know of the engine itself? What it gave up, a campaign that stands still.

An alert carries counts and names of work, never what the campaign is about.
"""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from campaigns.rules import keys
from campaigns.services import standing
from campaigns.services.registers.directory import Directory
from campaigns.store import webhooks
from campaigns.store.engine import edges as outbox
from campaigns.store.engine.edges import Edge
from campaigns.store.transaction import Transaction
from campaigns.store.webhooks import Silent
from schemas.events import Facts
from schemas.messages.engine import EngineAlert, EngineMatter
from schemas.outcomes import Done
from schemas.vocabulary import CampaignState, Role


def report_dead(tx: Transaction) -> Done:
    """Tell the coordinators of work that was given up, once."""
    changed = 0
    for topic, group in groupby(sorted(outbox.dead(tx), key=_topic), key=_topic):
        changed += _report(tx, topic, list(group))
    return Done(changed=changed)


def _topic(edge: Edge) -> str:
    return edge.topic


def _report(tx: Transaction, topic: str, edges: list[Edge]) -> int:
    newest = max(edges)

    def act() -> Done:
        since = min(edge.available_at for edge in edges)
        facts: Facts = {"topic": topic, "rows": len(edges), "attempts": newest.attempt}
        number = tx.record("thidua.run.given_up", keys.subject("run", topic), facts)
        if topic != outbox.DELIVER:
            # An alert is a mail as well: one for mail that does not leave would beget the next.
            _tell(tx, "given_up", topic, since, len(edges), number)
        return Done(changed=1)

    command = keys.alert_command(tx.campaign.code, topic, newest.id, newest.attempt)
    done, repeated = tx.once(command, "ReportDeadRuns", Done, act)
    return 0 if repeated else done.changed


def report_silent_webhooks(tx: Transaction) -> Done:
    """Tell the coordinators of webhooks whose events were given up: once until they take one again.

    What is told names a webhook by its number alone: its address may be a secret.
    """
    return Done(changed=sum(_report_silent(tx, one) for one in webhooks.silent(tx)))


def _report_silent(tx: Transaction, silent: Silent) -> int:
    name = keys.subject("webhook", str(silent.webhook_id))

    def act() -> Done:
        number = tx.record("thidua.webhook.given_up", name, {"delivered": silent.delivered})
        topic = str(silent.webhook_id)
        _tell(tx, "webhook", topic, silent.since, silent.lost, number, about=name)
        return Done(changed=1)

    command = keys.alert_command(tx.campaign.code, "webhook", silent.webhook_id, silent.delivered)
    done, repeated = tx.once(command, "ReportSilentWebhooks", Done, act)
    return 0 if repeated else done.changed


def report_standstill(tx: Transaction, before: datetime) -> Done:
    """Start a run where only time was waited for, and tell the coordinators if that did not help.

    Args:
        tx: The transaction, as the engine.
        before: What should have happened before this instant is overdue enough to be told.
    """
    if tx.campaign.state != CampaignState.RUNNING:
        return Done()
    now = standing.waiting(tx)
    if now is not None and now.roles:
        return Done()  # people are waited for, and they are reminded by other means
    since = now.until if now is not None else tx.now
    if since is None or since > tx.now:
        return Done()
    tx.wake(outbox.CYCLE)
    if since <= before:
        topic = now.stage if now is not None else ""
        # Not the log's end: the letter itself is noted there.
        _tell(tx, "standstill", topic, since, 0, int(since.timestamp()))
    return Done(changed=1)


def _tell(
    tx: Transaction,
    matter: EngineMatter,
    topic: str,
    since: datetime,
    count: int,
    cause: int,
    *,
    about: str = "",
) -> None:
    directory = Directory(tx)
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = EngineAlert(
            **directory.heading(recipient), matter=matter, topic=topic, since=since, count=count
        )
        named = about or keys.subject("engine", topic or matter)
        tx.notify(recipient, payload, about=named, cause=cause)


def revive_all(tx: Transaction) -> Done:
    """Have all work of the campaign that was given up done again, on record."""
    edges = outbox.dead(tx)
    outbox.send_again(tx, edges, tx.wall, "")
    for topic, group in groupby(sorted(edges, key=_topic), key=_topic):
        subject = keys.subject("run", topic)
        tx.record("thidua.run.revived", subject, {"topic": topic, "rows": len(list(group))})
    return Done(changed=len(edges))
