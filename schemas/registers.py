"""What an act on the registers has changed, and what of it rests before it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from language import _
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
    "role_detail",
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


Means = Literal["", "link", "link+code", "token", "console"]
"""By what an act was confirmed; empty: by nothing, as in a rehearsal, or before it was kept."""
MEANS: Final = {
    "link": _("the link of a mail"),
    "link+code": _("the link and a one-time code"),
    "token": _("a token of the API"),
    "console": _("the command line"),
}
"""How people are told."""


class Origin(Model):
    """Who gave somebody the right to sign, and changed their address; by what they signed."""

    right_by: str = ""
    right_confirmed_by: str = ""
    address_by: str = ""
    address_confirmed_by: str = ""
    means: Means = ""

    @property
    def is_told(self) -> bool:
        """Whether there is something to tell: what the first set-up entered is not."""
        return bool(self.right_by or self.address_by or self.means)


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
