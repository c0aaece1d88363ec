"""What may be wrong with an answer that a rule needs?"""

from __future__ import annotations

from language.errors import CampaignError


class AnswerUnusable(CampaignError):
    """A rule reads a box of the form whose value is of another type."""

    def __init__(self, rule: str, item: str, wanted: str) -> None:
        super().__init__(
            f"Rule {rule} reads {item} as a {wanted}, but the box holds something else; correct "
            "the item's type in the playbook's form, or let the rule read another item."
        )
