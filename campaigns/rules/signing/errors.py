"""Why does a one-time code not confirm an act, and what is to be done then?"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from language import N_, Language, Text, _
from language.errors import Kind, Refusal

_NOTHING_LOST: Final = N_("Nothing was decided; your reason is still below.")
ACTS = {
    "approve": _("approve"),
    "return": _("return"),
    "abstain": _("abstain"),
}
"""How the page and the mail name what a code confirms."""


class CodeRefused(Refusal):
    """Base of what keeps a code from confirming an act; nothing that was typed is lost."""

    kind = Kind.CONFLICT

    def say_as(self, message: str, remedy: str, language: Language, **values: object) -> str:
        """Return the sentences, and that nothing was decided."""
        said = super().say_as(message, remedy, language, **values)
        return f"{said} {Text(_NOTHING_LOST).say(language)}"


class CodeNotAsked(CodeRefused):
    """The act needs a code, and none was asked for by this link."""

    message = N_("A decision here needs a one-time code.")
    remedy = N_("Choose what you decide, then have it sent.")


class CodeIncomplete(CodeRefused):
    """What was typed cannot be a code; it counts as no try."""

    kind = Kind.INVALID
    message = N_("A code has {digits} digits.")
    remedy = N_("Copy it from the newest mail, whole.")

    def __init__(self, digits: int) -> None:
        super().__init__(digits=digits)


class CodeWrong(CodeRefused):
    """It is another number than was sent last."""

    kind = Kind.INVALID
    message = N_("The code is wrong; {left} tries are left.")
    remedy = N_("Only the newest mail's code counts.")

    def __init__(self, left: int) -> None:
        super().__init__(left=left)


class CodeVoid(CodeRefused):
    """It was tried too often."""

    message = N_("The code was typed wrong {tries} times and is void.")
    remedy = N_("Have a new code sent.")

    def __init__(self, tries: int) -> None:
        super().__init__(tries=tries)


class CodeUsed(CodeRefused):
    """It has confirmed an act already."""

    message = N_("The code was used already; a code confirms one act.")
    remedy = N_("Have a new code sent.")


class CodeExpired(CodeRefused):
    """Its time is over."""

    message = N_("The time of the code is over.")
    remedy = N_("Have a new code sent.")


class CodeOfOtherAct(CodeRefused):
    """It was asked for to do something else."""

    message = N_("The code that was sent is good to {act}, and for nothing else.")
    remedy = N_("Have a new code sent.")

    def __init__(self, act: str) -> None:
        super().__init__(act=ACTS[act])


class CodesTooMany(CodeRefused):
    """As many as may were asked for within an hour."""

    kind = Kind.TOO_OFTEN
    message = N_(
        "{number} codes were asked for within an hour; the next one can be had from "
        "{again_at:%H:%M %Z} on."
    )
    remedy = N_(
        "If you did not ask for them, somebody else has your link: have the coordinating unit "
        "revoke it, a new one comes by mail."
    )

    def __init__(self, number: int, again_at: datetime) -> None:
        self.again_at = again_at
        super().__init__(number=number, again_at=again_at)


class CodeNotWanted(Refusal):
    """The stage is approved without codes."""

    kind = Kind.CONFLICT
    message = N_("This stage asks for no code: confirm your decision without one.")


class CodeNotSendable(CodeRefused):
    """No mail to the person leaves now, and a code that comes too late is no good."""

    kind = Kind.NOT_READY
    message = "{problem}"
    remedy = N_("Try again later, or ask the coordinating unit.")

    def __init__(self, until: datetime | None) -> None:
        problem = (
            _(
                "No code can be sent to you before {until:%d/%m/%Y %H:%M %Z}: the mail server "
                "takes no mail, or none for your address.",
                until=until,
            )
            if until
            else _(
                "No code can be sent to you: the mail server takes no mail, or none for your "
                "address."
            )
        )
        super().__init__(problem=problem)
