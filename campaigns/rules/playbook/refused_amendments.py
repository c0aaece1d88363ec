"""Why is an amendment of a running campaign not taken?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigns.rules.playbook.amendment_words import REASONS
from campaigns.rules.playbook.amendments import Settled
from language import N_, Joined
from language.errors import Kind, Refusal
from schemas.vocabulary import Word


class AmendmentRefused(Refusal):
    """The amendment changes what is decided already; every such key is named at once."""

    kind = Kind.CONFLICT
    message = N_("Nothing was amended, since this is settled already: {which}.")
    remedy = N_("Leave it as it is in the playbook, and amend the rest.")

    def __init__(self, refused: Mapping[str, Settled]) -> None:
        self.refused = dict(refused)
        which = tuple(Joined((name, REASONS[why]), ": ") for name, why in refused.items())
        super().__init__(which=Joined(which, "; "))


class AmendmentStale(Refusal):
    """Another amendment came in between; what it changed is named."""

    kind = Kind.CONFLICT
    message = N_(
        "The playbook is at version {present} by now, and this amendment was made from version "
        "{base}; nothing was changed. Changed in between: {what}."
    )
    remedy = N_("Take the present version, and amend that.")

    def __init__(self, base: int, present: int, changed: Sequence[str]) -> None:
        self.base, self.present, self.changed = base, present, tuple(changed)
        what = ", ".join(changed)
        super().__init__(present=present, base=base, what=what)


class AmendmentNotPossible(Refusal):
    """The campaign is over: nothing in it follows a playbook any more."""

    kind = Kind.CONFLICT
    message = N_("Campaign {code} is {state}; its playbook is amended no more.")
    remedy = N_("For a new campaign, create one with the changed playbook.")

    def __init__(self, code: str, state: str) -> None:
        super().__init__(code=code, state=Word(state))


class PlaybookVersionNotFound(Refusal):
    """The campaign has no such version of its playbook."""

    kind = Kind.NOT_FOUND
    message = N_("There is no version {version} of the playbook; the versions are 1 to {present}.")

    def __init__(self, version: int, present: int) -> None:
        super().__init__(version=version, present=present)
