"""How are runs found in Prefect's UI, and lines in the logs? By campaign and by stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import tags
from prefect.runtime import flow_run

from campaigns.logs import located
from schemas.vocabulary import Stage


@contextmanager
def tagged(campaign_code: str, stage: Stage | None = None) -> Iterator[None]:
    """Tag every run inside with the campaign and, where given, the stage."""
    wanted = [f"campaign:{campaign_code}"] + ([f"stage:{stage}"] if stage else [])
    place = {"campaign_id": campaign_code, "stage": stage, "flow_run_id": flow_run.id}
    with tags(*wanted), located(**place):
        yield
