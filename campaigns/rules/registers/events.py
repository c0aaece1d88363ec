"""What has changed in a register, and what is that called in its log?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

Said = Mapping[str, str]


class Difference(NamedTuple):
    """One person, appointment, unit or period of a unit that is said to be otherwise than before.

    Empty before: it was not there; empty after: it is not any more.
    """

    subject: str
    """`person:P003`, `appointment:P003/leader/2026-01-01`, `unit:ba-tri`, and of a period
    `unit:ba-tri/2023-01-01`."""
    before: dict[str, str]
    after: dict[str, str]

    @property
    def thing(self) -> str:
        """What kind of thing it is."""
        return self.subject.partition(":")[0]

    @property
    def identity(self) -> str:
        """Whose it is: the id of the person or of the unit."""
        whole = self.subject.partition(":")[2]
        return whole.rsplit("/", 2)[0] if self.thing == "appointment" else whole.partition("/")[0]

    @property
    def role(self) -> str:
        """Which role an appointment is to."""
        return self.subject.rsplit("/", 2)[1]

    @property
    def is_refused(self) -> bool:
        """Say whether a person's right to sign is refused by what is said now."""
        return self.after.get("rests_until", "").startswith(f"{NEVER.year}-")

    def has_changed(self, *fields: str) -> bool:
        """Say whether one of these is said otherwise."""
        return any(self.before.get(one, "") != self.after.get(one, "") for one in fields)


NEVER: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""Until when the entry of somebody rests whose right was refused: a second person ends it."""
_TOLD_FIRST: Final = (
    ("address_changed", ("email",)),
    ("address_wanted", ("email_wanted",)),
    ("links_revoked", ("links_since",)),
    ("confirmed", ("rests_until", "confirmed_by")),
)
"""What a change of a person is called, by the first of these that is otherwise."""


def differences(before: Mapping[str, Said], after: Mapping[str, Said]) -> list[Difference]:
    """Return what is said otherwise, units before people, each in the order of their ids."""
    changed = [one for one in before.keys() | after.keys() if before.get(one) != after.get(one)]
    order = ("unit", "person", "appointment")
    changed.sort(key=lambda one: (order.index(one.partition(":")[0]), one))
    return [Difference(one, dict(before.get(one, {})), dict(after.get(one, {}))) for one in changed]


def event_name(one: Difference) -> str:
    """Return what the log calls a difference."""
    past = _past(one)
    if past == "address_wanted" and not one.after["email_wanted_by"]:
        past = "address_refused"
    if past == "confirmed" and one.is_refused:
        past = "right_refused"
    return f"thidua.{one.thing}.{past}"


def _past(one: Difference) -> str:
    if not one.after:
        return "removed"
    if one.thing == "appointment":
        return _past_of_appointment(one)
    if one.thing == "unit" and "/" in one.subject:
        return "named"
    if not one.before:
        return "entered"
    return next((past for past, fields in _TOLD_FIRST if one.has_changed(*fields)), "changed")


def _past_of_appointment(one: Difference) -> str:
    if not one.before or (one.before["to"] and not one.after["to"]):
        return "begun"
    if one.has_changed("to"):
        return "ended"
    return "confirmed" if one.has_changed("rests_until", "confirmed_by") else "changed"
