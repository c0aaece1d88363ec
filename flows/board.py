"""Board: where does every campaign stand? Counts and roles, for everybody who may see Prefect."""

from __future__ import annotations

from prefect import flow

from tasks import board as tasks
from tasks.common import all_of, campaign_codes


@flow(name="publish-board", flow_run_name="all/board/publish")
def publish_board() -> int:
    """Publish the table of all campaigns and the page of each; return how many there are."""
    tasks.publish_board()
    return len(all_of(campaign_codes(every=True), tasks.publish_page))
