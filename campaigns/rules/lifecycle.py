"""Which state follows which? One visible table per kind of thing, one function that decides.

No other module says what a state may become. `campaigns.store.transitions` asks `decide` and
writes the answer; the replay test asks it again for every event of a finished campaign.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from campaigns.rules.errors import TransitionNotAllowed
from schemas.vocabulary import (
    AdoptionState,
    CampaignState,
    DecisionState,
    FollowUpState,
    MessageState,
    NominationState,
    StageState,
)


class Thing(StrEnum):
    """What has a life cycle."""

    CAMPAIGN = "campaign"
    STAGE = "stage"
    NOMINATION = "nomination"
    DECISION = "decision"
    ADOPTION = "adoption"
    FOLLOW_UP = "follow_up"
    MESSAGE = "message"


NEW: Final = ""
"""The state of a thing that does not exist yet."""


class Transition(NamedTuple):
    """One arrow: from any of `sources` by `command` to `target`; `event` has then happened."""

    command: str
    sources: frozenset[str]
    target: str
    event: str


def _arrow(command: str, sources: str, target: str, event: str) -> Transition:
    """Write an arrow; `sources` are states separated by blanks, `-` for a new thing."""
    names = frozenset(NEW if source == "-" else source for source in sources.split())
    return Transition(command, names, target, event)


LIFECYCLES: Final[dict[Thing, tuple[Transition, ...]]] = {
    Thing.CAMPAIGN: (
        _arrow("create", "-", "draft", "created"),
        _arrow("launch", "draft", "running", "launched"),
        _arrow("close", "running", "closed", "closed"),
        _arrow("cancel", "draft running", "cancelled", "cancelled"),
    ),
    Thing.STAGE: (
        _arrow("plan", "-", "pending", "planned"),
        _arrow("open", "pending", "open", "opened"),
        _arrow("request_approval", "open", "awaiting_approval", "approval_requested"),
        _arrow("approve", "awaiting_approval", "approved", "approved"),
        _arrow("return", "awaiting_approval", "open", "returned"),
        _arrow("reopen", "approved", "open", "reopened"),
        _arrow("end", "pending open awaiting_approval", "ended", "ended"),
    ),
    Thing.NOMINATION: (
        _arrow("draft", "-", "draft", "drafted"),
        _arrow("submit", "- draft submitted returned", "submitted", "submitted"),
        _arrow("return", "submitted", "returned", "returned"),
        _arrow("endorse", "submitted", "endorsed", "endorsed"),
        _arrow(
            "find_eligible", "submitted returned endorsed on_hold", "eligible", "found_eligible"
        ),
        _arrow(
            "find_ineligible",
            "submitted returned endorsed on_hold",
            "ineligible",
            "found_ineligible",
        ),
        _arrow("hold", "submitted returned endorsed eligible", "on_hold", "held"),
        _arrow("clear", "on_hold", "eligible", "cleared"),
        _arrow("appraise", "eligible", "appraised", "appraised"),
        _arrow("shortlist", "eligible appraised", "shortlisted", "shortlisted"),
        _arrow("reconsider", "appraised shortlisted not_recognised", "eligible", "reconsidered"),
        _arrow("recognise", "shortlisted", "recognised", "recognised"),
        _arrow("decline", "appraised shortlisted", "not_recognised", "declined"),
        _arrow(
            "withdraw",
            # The last two only as long as nobody was told: see `rules.nomination_acts`.
            "draft submitted returned endorsed on_hold eligible appraised shortlisted ineligible "
            "not_recognised",
            "withdrawn",
            "withdrawn",
        ),
        _arrow("revoke", "recognised", "revoked", "revoked"),
        _arrow("reinstate", "not_recognised", "recognised", "reinstated"),
        _arrow("overturn", "recognised", "not_recognised", "overturned"),
    ),
    Thing.DECISION: (
        _arrow("draft", "-", "drafted", "drafted"),
        _arrow("sign", "drafted", "signed", "signed"),
        _arrow("replace", "signed", "replaced", "replaced"),
    ),
    Thing.ADOPTION: (
        _arrow("commit", "-", "committed", "committed"),
        _arrow("start", "committed", "started", "started"),
        _arrow("evidence", "started", "evidenced", "evidenced"),
        _arrow("sustain", "evidenced", "sustained", "sustained"),
        _arrow("abandon", "committed started evidenced sustained", "abandoned", "abandoned"),
    ),
    Thing.FOLLOW_UP: (
        _arrow("plan", "-", "open", "planned"),
        _arrow("answer", "open overdue", "answered", "answered"),
        _arrow("fall_due", "open", "overdue", "fell_due"),
        _arrow("skip", "open overdue", "skipped", "skipped"),
        _arrow("drop", "open overdue", "dropped", "dropped"),
    ),
    Thing.MESSAGE: (
        _arrow("hold", "-", "held", "held"),
        _arrow("queue", "-", "queued", "queued"),
        _arrow("release", "held", "queued", "released"),
        _arrow("claim", "queued", "claimed", "claimed"),
        _arrow("defer", "claimed", "queued", "deferred"),
        _arrow("confirm", "claimed uncertain", "sent", "sent"),
        _arrow("doubt", "claimed queued", "uncertain", "doubted"),
        _arrow("fail", "queued claimed", "failed", "failed"),
        _arrow("return", "sent uncertain", "returned", "returned"),
        _arrow("retry", "failed uncertain returned", "queued", "retried"),
        _arrow("supersede", "held queued failed returned", "superseded", "superseded"),
    ),
}

STATES: Final[dict[Thing, type[StrEnum]]] = {
    Thing.CAMPAIGN: CampaignState,
    Thing.STAGE: StageState,
    Thing.NOMINATION: NominationState,
    Thing.DECISION: DecisionState,
    Thing.ADOPTION: AdoptionState,
    Thing.FOLLOW_UP: FollowUpState,
    Thing.MESSAGE: MessageState,
}

_BY_COMMAND: Final = {
    (thing, arrow.command): arrow for thing, arrows in LIFECYCLES.items() for arrow in arrows
}


def decide(thing: Thing, state: str, command: str, identity: str = "") -> Transition:
    """Return the arrow that `command` takes from `state`.

    Args:
        thing: What kind of thing it is.
        state: Its state now; `NEW` where it does not exist yet.
        command: What is asked.
        identity: Code or name of the thing, for the error.

    Raises:
        TransitionNotAllowed: The table has no such arrow; the error lists what is possible.
    """
    arrow = _BY_COMMAND.get((thing, command))
    if arrow is None or state not in arrow.sources:
        possible = [other.command for other in LIFECYCLES[thing] if state in other.sources]
        raise TransitionNotAllowed(thing.value, identity, state or "new", command, possible)
    return arrow
