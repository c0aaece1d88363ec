"""What may be wrong with an answer that a rule needs?"""

from __future__ import annotations

from language import N_, Sayable
from language.errors import Kind, Refusal


class AnswerUnusable(Refusal):
    """A rule reads a box of the form whose value is of another type."""

    kind = Kind.INVALID
    message = N_("Rule {rule} reads {item} as a {wanted}, but the box holds something else.")
    remedy = N_(
        "correct the item's type in the playbook's form, or let the rule read another item."
    )

    def __init__(self, rule: str, item: str, wanted: Sayable) -> None:
        super().__init__(rule=rule, item=item, wanted=wanted)
