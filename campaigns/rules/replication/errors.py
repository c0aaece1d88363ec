"""What may go wrong with adoptions?"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.rules.listing import listed
from language import N_, _
from language.errors import Kind, Refusal


class AdoptionDatesDisordered(Refusal):
    """The dates of an adoption's steps are not in their order."""

    kind = Kind.INVALID
    message = N_("{later} on {later_on} is before {earlier} on {earlier_on}.")
    remedy = N_("correct one of the dates.")

    def __init__(self, earlier: str, later: str, earlier_on: str, later_on: str) -> None:
        super().__init__(later=later, later_on=later_on, earlier=earlier, earlier_on=earlier_on)


class AdoptionNotCommitted(Refusal):
    """The adoption was asked about on a day before its commitment."""

    kind = Kind.INVALID
    message = N_("On {on} the adoption did not exist: it was committed on {committed_on}.")
    remedy = N_("ask about that day or a later one.")

    def __init__(self, on: str, committed_on: str) -> None:
        super().__init__(on=on, committed_on=committed_on)


class AdoptionNotFound(Refusal):
    """An adoption, or the one it was copied from, is not known."""

    kind = Kind.NOT_FOUND
    message = "{problem}"
    remedy = N_("record it first or correct the id.")

    def __init__(self, identity: str, named_by: str = "") -> None:
        problem = (
            _(
                "There is no adoption {identity!r}, named as the parent of {named_by}.",
                named_by=named_by,
            )
            if named_by
            else _("There is no adoption {identity!r}.")
        )
        super().__init__(problem=problem.with_values(identity=identity))


class AdoptionCycleFound(Refusal):
    """Adoptions were copied from one another in a circle."""

    kind = Kind.INVALID
    message = N_("Adoptions are copied from one another in a circle: {circle}.")
    remedy = N_("correct the parent of one of them.")

    def __init__(self, circle: Sequence[str]) -> None:
        super().__init__(circle=" <- ".join(circle))


class AdoptionContradicted(Refusal):
    """Replications that are stored already come again with other facts."""

    kind = Kind.CONFLICT
    message = N_(
        "These replications are stored already with other facts: {places}. Nothing was changed: a "
        "date that is stored stays, later steps are added."
    )
    remedy = N_("Correct the file, or take the next step from there.")

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(places=listed(places))
