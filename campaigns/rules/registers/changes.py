"""What does a register say anew? Each line is compared with what is stored, field by field.

A file is no proof that nothing is to be done: it may have been imported before, and another one
since. Rows are compared, never files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.outcomes import Difference

Fields = Mapping[str, str]
"""What a register says of one thing, as text by field."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a file says beside what is stored."""

    new: tuple[str, ...]
    """Ids that were not there."""
    differences: tuple[Difference, ...]
    """What it changes of those that were."""
    known: int
    """How many were there just so."""

    @property
    def changed(self) -> frozenset[str]:
        """Ids of those that were there otherwise."""
        return frozenset(one.identity for one in self.differences)

    @property
    def touched(self) -> frozenset[str]:
        """Ids of all that must be written."""
        return self.changed.union(self.new)


def compare(stored: Mapping[str, Fields], said: Mapping[str, Fields]) -> Compared:
    """Compare what is said with what is stored; a field that is not spoken of stays as it is."""
    differences = tuple(
        Difference(identity=identity, field=field, before=before, after=after)
        for identity, fields in said.items()
        if identity in stored
        for field, after in fields.items()
        if (before := stored[identity].get(field, "")) != after
    )
    new = tuple(identity for identity in said if identity not in stored)
    changed = {one.identity for one in differences}
    return Compared(new, differences, len(said) - len(new) - len(changed))
