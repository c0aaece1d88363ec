"""What happens in a campaign? Five stages, in their order, each as far as it can go now.

The cycle is a reconciler: it does what is due and not yet done, stops where people must act, and
is safe to run twice, late or in parallel. It never waits: a wait of weeks is a row with a due
date, and the run ends as `Waiting` and says for whom, for what and until when (ADR 0002).
In a rehearsal the recorded acts are at hand, and one run goes through all five stages. What the
engine does within a stage, step by step, is `STEPS` of `campaigns.services.steps` (ADR 0052).
"""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from flows.appraisal import appraisal
from flows.delivery import deliver_notifications
from flows.launch import launch
from flows.nomination import nomination
from flows.recognition import recognition
from flows.replication import replication
from flows.settling import rounds
from flows.tagging import tagged
from schemas.vocabulary import Stage
from tasks import board, delivery, edges

NAME = "campaign-cycle"
"""Of the flow, its deployment, and the topic of the outbox that asks for it."""

ROUNDS = 5
"""What people do while a run is under way is seen to by the same run, so often at most: the next
needs seconds to begin."""

STAGE_FLOWS = {
    Stage.LAUNCH: launch,
    Stage.NOMINATION: nomination,
    Stage.APPRAISAL: appraisal,
    Stage.RECOGNITION: recognition,
    Stage.REPLICATION: replication,
}
# A run that is retried in Prefect's UI skips the subflows whose results were stored. It would then
# settle rows whose work nobody did, and units would never be told. So these store none, whatever
# PREFECT_RESULTS_PERSIST_BY_DEFAULT says.


@flow(name=NAME, flow_run_name="{campaign_code}/cycle/run")
def campaign_cycle(campaign_code: str, recorded_acts: str | None = None) -> State[None]:
    """Move a campaign on as far as it can go.

    Args:
        campaign_code: Code of the campaign.
        recorded_acts: Folder with the recorded acts of a rehearsal; none in a real campaign.
    """
    with tagged(campaign_code):
        for _ in rounds(campaign_code, NAME, 1 if recorded_acts else ROUNDS):
            advance(campaign_code, recorded_acts)
            edges.set_timer(campaign_code)
        waits, said = board.publish_page(campaign_code)
        if not recorded_acts:
            board.publish_small_board()
    if not waits:
        return Completed(message=said)
    return Completed(name="Waiting", message=said)


def advance(campaign_code: str, recorded_acts: str | None) -> None:
    """Go through the stages, from the first with something to do to the first that waits."""
    if not board.is_under_way(campaign_code):
        # Over, closed or cancelled: what is told of that leaves all the same.
        _deliver(campaign_code)
    for stage in board.stages_in_turn(campaign_code):
        STAGE_FLOWS[stage](campaign_code, recorded_acts)
        _deliver(campaign_code)


def _deliver(campaign_code: str) -> None:
    """Let mail leave, where some is due or its delivery was asked for: mostly there is none."""
    if delivery.is_asked_for(campaign_code):
        deliver_notifications(campaign_code)
