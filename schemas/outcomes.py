"""What did an act come to? What it stored, what was there already, what it left out and why."""

from __future__ import annotations

from typing import Literal

from schemas.base import Code, Model, Text

RemarkCode = Literal[
    "adoption_ahead",
    "ballots_uncompared",
    "owner_named",
    "reviewers_enough",
    "reviewers_few",
    "roll_incomplete",
    "step_ahead",
    "voters_enough",
    "voters_few",
]
"""`adoption_ahead`: replications committed to after today, left for a later time.
`ballots_uncompared`: members had voted already, and who voted what is not kept.
`owner_named`: a reviewer has the name of the owner of what they judged.
`reviewers_enough`, `reviewers_few`: how many reviewers are free of conflict, by unit.
`roll_incomplete`: votes are missing, so that nothing was counted yet.
`step_ahead`: steps dated after today, left for a later time.
`voters_enough`, `voters_few`: how many members of the council are free of conflict, by unit."""


class Remark(Model):
    """Something an act left out, or waits for; worded by `campaigns.rules.remarks`."""

    code: RemarkCode
    what: Code = ""
    """Which thing it is about; empty where it is about many."""
    count: int = 1
    of: int = 0
    """Of how many, where that is known."""


class Difference(Model):
    """One field of one thing that was stored, which an import changed."""

    identity: Code
    field: Text
    """`email`, `unit_id`, `role leader`, `name 2025-07-01`."""
    before: Text = ""
    after: Text = ""


class Done(Model):
    """What a command did; stored with its id, so that a repeat gives the same answer."""

    changed: int = 0
    """How many things it changed."""
    detail: str = ""
    known: int = 0
    """How many things were there already, just as it would have them."""
    remarks: tuple[Remark, ...] = ()
    """What it left out, and what it waits for."""
    differences: tuple[Difference, ...] = ()
    """What it changed of things that were stored, field by field."""
    repeated: bool = False
    """The very command was carried out before; nothing was changed by this one."""

    @property
    def stored(self) -> int:
        """How many things this one changed: none where it was carried out before."""
        return 0 if self.repeated else self.changed
