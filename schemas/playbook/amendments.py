"""What is an amendment, before it is made? Shown to the coordinator, who then says yes or no."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schemas.base import Model


class ChangedKey(Model):
    """One key of the playbook that would change."""

    key: str
    name: tuple[str, str]
    """What it is called, in Vietnamese and in English."""
    old: Any
    new: Any
    refused: str | None = None
    """Why it comes too late (`rules.playbook.amendments.Settled`); None where it does not."""


class AmendmentView(Model):
    """What an amendment changes, touches and is refused."""

    campaign: str
    base_version: int
    hash: str
    """Of the playbook as amended."""
    changes: tuple[ChangedKey, ...]
    touched: tuple[tuple[str, int], ...]
    """(matter, how many): stages planned anew, nominations and reviews that are in, messages
    waiting, people who will be told."""

    @property
    def is_refused(self) -> bool:
        """Say whether any of it comes too late."""
        return any(change.refused for change in self.changes)


class VersionView(Model):
    """A version of a campaign's playbook as it was recorded."""

    version: int
    hash: str
    recorded_at: datetime
    actor: str
    reason: str
    keys: tuple[str, ...]
    """What it changed in the version before; none for the first."""
