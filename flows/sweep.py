"""Sweep: what has the clock brought about? In one campaign, or in all that are under way.

A timer is an outbox row, and the relay starts this flow for its campaign then; the schedule is the
net beneath it. Nothing is started from here: what is due becomes a command, and that writes rows.
"""

from __future__ import annotations

from prefect import flow
from prefect.runtime import flow_run

from flows.settling import settling
from flows.tagging import tagged
from tasks import deadlines as tasks
from tasks.common import all_of, campaign_codes
from tasks.delivery import read_bounces, recover

NAME = "sweep-deadlines"
"""Of the flow, its deployment, and the topic of the outbox that asks for it."""


def _run_name() -> str:
    return f"{flow_run.parameters.get('campaign_code') or 'all'}/deadlines/sweep"


@flow(name=NAME, flow_run_name=_run_name)
def sweep_deadlines(campaign_code: str | None = None) -> int:
    """Do what is due and return how much that was.

    Args:
        campaign_code: Code of one campaign; without it all that are under way.
    """
    if campaign_code:
        return _sweep(campaign_code)
    return read_bounces() + sum(all_of(campaign_codes(), _sweep))


def _sweep(code: str) -> int:
    with tagged(code), settling(code, NAME):
        recover(code)
        return tasks.sweep(code)
