"""Which messages say that a campaign begins, changes or ends?"""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Instant, Text
from schemas.messages.payload import Payload


class CampaignLaunched(Payload):
    """To every unit: the campaign starts; when, on which form and where to nominate."""

    template: ClassVar[str] = "campaign-launched"
    kind: Literal["campaign-launched"] = "campaign-launched"
    opens_at: Instant
    closes_at: Instant
    fields: tuple[Text, ...]
    subject_kinds: tuple[Text, ...]
    nominates: bool
    """Whether the reader's unit sends nominations itself."""
    quota: int | None
    """How many it may send; None: any number, or none as it does not nominate."""
    interface: str = ""
    """Address where who has an access code sends the form itself; empty: there is none."""


class CampaignCancelled(Payload):
    """To everybody who takes part: the campaign is given up, and why."""

    template: ClassVar[str] = "campaign-cancelled"
    kind: Literal["campaign-cancelled"] = "campaign-cancelled"
    reason: Text


class CampaignAmended(Payload):
    """To those it concerns: what an amendment of the running campaign changes, and why."""

    template: ClassVar[str] = "campaign-amended"
    kind: Literal["campaign-amended"] = "campaign-amended"
    version: int
    reason: Text
    changes: tuple[tuple[Text, Text, Text], ...]
    """What it is called, before, and from now on."""
