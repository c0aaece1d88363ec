"""What may go wrong when a campaign is given up?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from language import N_, Joined, Sayable, _
from language.errors import Kind, Refusal
from schemas.vocabulary import StageState, Word

NO_CAMPAIGN: Final = _("none yet; create one")


def _listed(known: Sequence[str]) -> object:
    return ", ".join(known) or NO_CAMPAIGN


class CancellationNotAllowed(Refusal):
    """Who launched a campaign may not cancel it alone."""

    kind = Kind.CONFLICT
    message = N_(
        "{person} launched this campaign and may not cancel it alone: another approver of the "
        "launch does that."
    )

    def __init__(self, person: str) -> None:
        super().__init__(person=person)


class StageNotOpen(Refusal):
    """What a stage takes while it is open came before it or after it."""

    kind = Kind.CONFLICT
    message = N_(
        "The stage {stage} is {state}: nobody can {wanted} now; {reason}. Nothing was stored."
    )

    def __init__(self, name: str, state: str, wanted: Sayable) -> None:
        reason = (
            _("it opens at its date, once the stage before it is approved")
            if state == StageState.PENDING
            else _("it takes no more")
        )
        super().__init__(stage=Word(name), state=Word(state), wanted=wanted, reason=reason)


class CampaignNotFound(Refusal):
    """No campaign has this code."""

    kind = Kind.NOT_FOUND
    message = N_("There is no campaign {code!r}. Campaigns here: {known}.")

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(code=code, known=_listed(known))


class CampaignNotNamed(Refusal):
    """Several campaigns exist and none was named."""

    kind = Kind.INVALID
    message = N_("Name the campaign. Campaigns here: {known}.")

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(known=_listed(known))


class CampaignExists(Refusal):
    """A campaign with this code exists with another playbook."""

    kind = Kind.CONFLICT
    message = N_("Campaign {code} exists already with another playbook.")
    remedy = N_("choose another code.")

    def __init__(self, code: str) -> None:
        super().__init__(code=code)


class LaunchNotAllowed(Refusal):
    """Something a launch needs is missing; all of it is named at once."""

    kind = Kind.CONFLICT
    message = N_("Campaign {code} cannot be launched: {missing}.")

    def __init__(self, code: str, missing: Sequence[Sayable]) -> None:
        self.missing = tuple(one.say("en") for one in missing)
        super().__init__(code=code, missing=Joined(tuple(missing), "; "))


class StageNotFound(Refusal):
    """The word names no stage."""

    kind = Kind.NOT_FOUND
    message = N_("There is no stage {stage!r}; stages: {known}.")

    def __init__(self, stage: str, known: Sequence[str]) -> None:
        super().__init__(stage=stage, known=", ".join(known))
