"""How are runs found in Prefect's UI, lines in the logs, and dead runs by the relay?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import tags
from prefect.runtime import flow_run

from campaigns.engine.heartbeat import running
from campaigns.logs import located
from schemas.vocabulary import Stage
from tasks.common import app


@contextmanager
def tagged(campaign_code: str, stage: Stage | None = None) -> Iterator[None]:
    """Tag every run inside with the campaign and, where given, the stage; say that it lives."""
    wanted = [f"campaign:{campaign_code}"] + ([f"stage:{stage}"] if stage else [])
    place = {"campaign_id": campaign_code, "stage": stage, "flow_run_id": flow_run.id}
    with tags(*wanted), located(**place), running(app(), flow_run.id):
        yield
