"""Tasks that find what got lost: runs that did not do their work, mail stuck, standstill."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from prefect.artifacts import create_table_artifact

from campaigns.services.engine import alerts
from campaigns.services.engine import runs as service
from campaigns.services.log import heads
from campaigns.services.mail import delivery
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.transaction import Transaction
from schemas.outcomes import Done
from tasks.common import app, step

_OVERDUE: Final = timedelta(hours=1)
"""A campaign that should have moved on by itself and did not for so long is reported."""


@step("all/outbox/redrive")
def redrive() -> int:
    """Have work done again whose run did not do it within its time; return how many rows."""
    patience = timedelta(seconds=app().settings.relay_patience_seconds)
    return app().act(None, service.redrive, patience).changed


@step("all/outbox/redo")
def redo(flow_run_id: str) -> int:
    """Have the work of a run that failed done again; return how many rows asked for it."""
    return app().act(None, service.redo, flow_run_id).changed


@step("{campaign_code}/delivery/recover-stuck")
def recover_mail(campaign_code: str) -> int:
    """Settle messages whose sender died, and see to it that due ones leave; return how many."""
    repeatable = app().transport_of(campaign_code).repeatable
    recovered = app().act(campaign_code, delivery.recover, repeatable=repeatable).changed
    return recovered + app().act(campaign_code, _wake_delivery).changed


def _wake_delivery(tx: Transaction) -> Done:
    due = messages.count_due(tx)
    if due:
        tx.wake(edges.DELIVER)
    return Done(changed=due)


@step("{campaign_code}/engine/look-after")
def look_after(campaign_code: str) -> int:
    """Move on a campaign that stands still, and report it; return 1 if it stood still."""
    before = app().read(None, lambda tx: tx.wall) - _OVERDUE
    app().act(campaign_code, heads.note)
    app().act(campaign_code, alerts.report_dead)
    app().act(campaign_code, alerts.report_silent_webhooks)
    return app().act(campaign_code, alerts.report_standstill, before).changed


@step("all/outbox/report")
def report(counts: dict[str, int]) -> dict[str, int]:
    """Publish what was found as an artifact, with what waits in the outbox now."""
    waiting = app().read(None, edges.backlog)
    now = {
        **counts,
        "rows due": waiting.due,
        "rows with a run": waiting.running,
        "timers": waiting.later,
        "rows given up": waiting.dead,
    }
    create_table_artifact(
        key="engine-reconciled", table=[{"what": name, "count": now[name]} for name in now]
    )
    return now
