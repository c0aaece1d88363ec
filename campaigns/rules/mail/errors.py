"""What may go wrong when messages are released?"""

from __future__ import annotations

from collections.abc import Sequence

from language import N_
from language.errors import Kind, Refusal


class MessagesNotReleasable(Refusal):
    """Messages of this template are not a coordinator's to release."""

    kind = Kind.CONFLICT
    message = N_(
        "Messages {template!r} are not released by hand: the approval of their stage lets them "
        "go. A coordinator releases: {can}."
    )

    def __init__(self, template: str, held: Sequence[str]) -> None:
        can = ", ".join(held) or "none in this campaign"
        super().__init__(template=template, can=can)
