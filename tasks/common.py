"""What have all tasks in common? No caching, a few retries, and the installation to work for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from prefect import task
from prefect.cache_policies import NO_CACHE

from campaigns.bootstrap import app

BATCH: Final = 1_000
"""Ids per task."""

step = partial(task, cache_policy=NO_CACHE, retries=2, retry_delay_seconds=2, log_prints=False)
"""A task of ours. A retry is safe: every service asks the rows what is still to be done."""

__all__ = ["BATCH", "app", "batches", "step"]


def batches(ids: Sequence[int]) -> Iterator[list[int]]:
    """Cut a list of ids into what one task is given."""
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])
