"""What shall Prefect watch by itself? Runs that died without a word, and runs that failed.

Both may be missed without harm: work that was not done is found by our own rows (ADR 0012).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState, RunDeployment
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows import cycle, delivery, sweep

ZOMBIE: Final = "thidua: runs without a heartbeat have crashed"
GONE: Final = ("refresh-board",)
"""Automations of earlier versions: a run of the cycle draws the board itself."""
FAILURE: Final = "thidua: the work of a failed run is done again"
SILENCE: Final = timedelta(seconds=540)
"""Three heartbeats: with fewer, a busy machine's runs are taken for dead (prefect-facts 2.4)."""
_WATCHED: Final = [cycle.NAME, delivery.NAME, sweep.NAME]


def zombie_automation() -> AutomationCore:
    """Mark a run as crashed once nothing was heard of it for three heartbeats.

    Our runs end in states of their own names, such as `Waiting`: so any event of the run counts as
    a sign of life, and the last one as its end.
    """
    return AutomationCore(
        name=ZOMBIE,
        description="A worker or its machine has died. What the run was for is asked for again by "
        "the relay; this only keeps the list of runs honest.",
        trigger=EventTrigger(
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.*"},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[
            ChangeFlowRunState(
                name="Crashed",
                state=StateType.CRASHED,
                message="No heartbeat: the process that ran this has died.",
            )
        ],
    )


def failure_automation(reconcile: UUID) -> AutomationCore:
    """Start `reconcile` for each of our runs that failed or crashed."""
    return AutomationCore(
        name=FAILURE,
        description="Lost, the relay finds the run by its silence.",
        trigger=EventTrigger(
            match=ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"}),
            match_related=ResourceSpecification(
                {"prefect.resource.role": "flow", "prefect.resource.name": _WATCHED}
            ),
            expect={"prefect.flow-run.Failed", "prefect.flow-run.Crashed"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[
            RunDeployment(
                source="selected",
                deployment_id=reconcile,
                parameters={"failed_run": "{{ event.resource.id }}"},
            )
        ],
    )


def set_automations(client: SyncPrefectClient) -> int:
    """Create the automations, or bring those that are there up to date; return how many."""
    reconcile = client.read_deployment_by_name("reconcile/reconcile")
    wanted = [zombie_automation(), failure_automation(reconcile.id)]
    for name in GONE:
        for other in client.read_automations_by_name(name):
            client.delete_automation(other.id)
    for automation in wanted:
        present = client.read_automations_by_name(automation.name)
        for other in present[1:]:
            client.delete_automation(other.id)
        if present:
            client.update_automation(present[0].id, automation)
        else:
            client.create_automation(automation)
    return len(wanted)
