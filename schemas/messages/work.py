"""What do the letters say that ask for work? What it is, by when, and where it goes."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Code, Instant, Text
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


class ReviewAssigned(Payload):
    """To a reviewer: which nominations to score, by which rubric, and until when."""

    template: ClassVar[str] = "review-assigned"
    kind: Literal["review-assigned"] = "review-assigned"
    count: int
    closes_at: Instant
    dossiers: tuple[tuple[Code, Text, Text], ...] = ()
    """(code, name, nominating unit) of those the letter names: all, or the first of many."""
    criteria: tuple[tuple[Code, Text, str], ...] = ()
    """The rubric: (code, name, points at most)."""
    total: str = ""
    """Points of all criteria together."""
    step: str = ""
    """Points are multiples of it."""
    sheet: Text = ""
    """Name of the sheet of the attached file that takes the scores; empty: none does."""
    interface: str = ""
    """Address where who has an access code records scores; empty: there is none."""


class PledgeRequested(Payload):
    """To a unit: recognised models it may replicate, by place; asks for a pledge."""

    template: ClassVar[str] = "pledge-requested"
    kind: Literal["pledge-requested"] = "pledge-requested"
    recognised: int
    """How many were recognised in all."""
    places: tuple[tuple[Text, int, tuple[Text, ...]], ...]
    """(nominating unit, how many models of it were recognised, the first of them by name)."""
    more_places: int = 0
    """How many such units the letter does not name."""
    until: Instant
