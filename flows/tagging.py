"""How are runs found in Prefect's UI? By campaign and by stage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import tags

from schemas.vocabulary import Stage


@contextmanager
def tagged(campaign_code: str, stage: Stage | None = None) -> Iterator[None]:
    """Tag every run inside with the campaign and, where given, the stage."""
    wanted = [f"campaign:{campaign_code}"] + ([f"stage:{stage}"] if stage else [])
    with tags(*wanted):
        yield
