"""What an act on the registers has changed, and what of it rests before it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from schemas.base import Code, Model, Text

ChangeKind = Literal[
    "entered",
    "name",
    "unit",
    "position",
    "address",
    "address_wanted",
    "address_refused",
    "right_refused",
    "role_begun",
    "role_ended",
    "confirmed",
    "links_revoked",
    "unit_entered",
    "unit_changed",
]


class RegisterChange(Model):
    """One thing that is otherwise in the registers than before."""

    of_id: Code
    """Of the person or the unit."""
    name: Text
    what: ChangeKind
    before: Text = ""
    after: Text = ""
    rests_until: datetime | None = None
    """From then on it counts, unless somebody confirms it before; None: at once."""


class Origin(Model):
    """Who gave somebody the right to sign, and who changed the address the link went to."""

    right_by: str = ""
    right_confirmed_by: str = ""
    address_by: str = ""
    address_confirmed_by: str = ""

    @property
    def is_told(self) -> bool:
        """Whether there is something to tell: what the first set-up entered is not."""
        return bool(self.right_by or self.address_by)


class RestingView(Model):
    """A right to sign, or an address of somebody who has one, that does not count yet."""

    person_id: Code
    name: Text
    roles: tuple[str, ...] = ()
    """Roles that rest."""
    address: str = ""
    """The address in force."""
    address_wanted: str = ""
    """The one that rests; empty: none does."""
    made_by: str
    rests_until: datetime
