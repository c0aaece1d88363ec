"""Who may do what? The one table of rights: each act's and each look's, by named predicates.

A right is met by any of its alternatives. A token needs one of its scopes besides, and narrows
only. Nothing else in the program decides who may act or look; `campaigns.acts` asks this table in
the transaction of the act, and `docs/reference/rights.md` is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from campaigns.rules.access.predicates import (
    Alternative,
    Predicate,
    any_role,
    anybody,
    approver_of,
    before_council,
    concerned,
    console,
    coordinator,
    council,
    engine,
    for_own_unit,
    leader,
    new_or_of_own_unit,
    nominator,
    of_a_draft,
    of_a_launched,
    of_own_unit,
    reviewer,
    second_person,
    signer_of_the_stage,
    themselves,
    to_review,
)
from campaigns.rules.access.rights import Permission
from language import Text, _
from schemas.actors import SCOPES, Scope
from schemas.vocabulary import Stage


def _may(label: Text, *who: Predicate | Alternative, by: Sequence[Scope] = ()) -> Permission:
    """Return a right; `by` are the scopes of tokens."""
    each = (one if isinstance(one, Alternative) else Alternative((one,)) for one in who)
    return Permission(label, tuple(by), tuple(each))


# --- Campaigns ------------------------------------------------------------------------------------

CREATE_CAMPAIGN: Final = _may(
    _("create a campaign"),
    coordinator,
    console,
    engine,
    by=["coordinate"],
)
LAUNCH_CAMPAIGN: Final = _may(_("launch a campaign"), coordinator, by=["coordinate"])
CANCEL_CAMPAIGN: Final = _may(
    _("cancel the campaign"),
    coordinator & of_a_draft,
    approver_of(Stage.LAUNCH) & of_a_launched,
    by=["approve"],
)
AMEND_PLAYBOOK: Final = _may(_("amend a playbook"), coordinator, by=["coordinate"])
CONFIRM_AMENDMENT: Final = _may(
    _("confirm amended rules"),
    second_person,
    by=["coordinate", "approve"],
)

# --- Approvals ------------------------------------------------------------------------------------

DECIDE_ON_STAGE: Final = _may(
    _("decide on a stage"),
    signer_of_the_stage,
    by=["approve"],
)
ASK_FOR_CODE: Final = _may(_("have a code sent"), signer_of_the_stage)
ASK_AGAIN: Final = replace(
    _may(_("ask for approval again"), coordinator, by=["coordinate"]),
    label_of_stage=_("ask for approval of {stage}"),
)
RECORD_DELEGATION: Final = _may(
    _("record a delegation of another"),
    themselves,
    coordinator,
    by=["approve"],
)
REVOKE_DELEGATION: Final = _may(
    _("revoke a delegation of another"),
    themselves,
    coordinator,
    by=["approve"],
)
CONFIRM_DELEGATION: Final = _may(
    _("confirm a delegation"),
    themselves,
    second_person,
    by=["approve", "coordinate"],
)

# --- Deadlines ------------------------------------------------------------------------------------

EXTEND_DEADLINE: Final = _may(_("extend a deadline"), coordinator, by=["coordinate"])

# --- Nominations ----------------------------------------------------------------------------------

SUBMIT_NOMINATION: Final = _may(
    _("send nominations"),
    nominator & for_own_unit & new_or_of_own_unit,
    coordinator,
    by=["nominate"],
)
SEND_WORKBOOK: Final = _may(_("send nominations"), nominator, coordinator, by=["nominate"])
"""Rows of other units are mistakes of the workbook: each is named where it stands."""
WITHDRAW_NOMINATION: Final = _may(
    _("withdraw a nomination"),
    nominator & of_own_unit,
    coordinator,
    by=["nominate"],
)
CLEAR_HOLD: Final = _may(_("clear a hold"), coordinator, by=["coordinate"])

# --- Appraisal, recognition, replication ----------------------------------------------------------

RECORD_REVIEWS: Final = _may(
    _("review nominations"),
    reviewer & to_review & themselves,
    by=["review"],
)
CORRECT_OWN_REVIEW: Final = _may(RECORD_REVIEWS.label, reviewer & themselves, by=["review"])
CORRECT_REVIEWS: Final = _may(
    _("correct a review of another"),
    reviewer & themselves,
    coordinator,
    by=["coordinate"],
)
RECORD_VOTES: Final = _may(_("record votes"), coordinator, by=["coordinate"])
CORRECT_VOTES: Final = _may(_("correct votes"), coordinator, by=["coordinate"])
CLOSE_SESSION: Final = _may(
    _("close a session of the council"),
    coordinator,
    by=["coordinate"],
)
CORRECT_DECISION: Final = _may(_("correct the decision"), coordinator, by=["coordinate"])
REVOKE_RECOGNITION: Final = _may(
    _("revoke a recognition"),
    approver_of(Stage.RECOGNITION),
    by=["approve"],
)
RECORD_ADOPTIONS: Final = _may(_("record adoptions"), coordinator, by=["coordinate"])

# --- Mail and the engine --------------------------------------------------------------------------

RELEASE_MESSAGES: Final = _may(_("release messages"), coordinator, by=["coordinate"])
RETRY_MESSAGES: Final = _may(_("retry messages"), coordinator, by=["coordinate"])
CLEAR_ADDRESS: Final = _may(_("clear an address"), coordinator)
REVIVE_RUNS: Final = _may(_("have work done again"), coordinator, console)
REPLAY_ACTS: Final = _may(_("replay recorded acts"), engine)
REPAIR_CLOCK: Final = _may(_("repair the clock"), coordinator)

# --- Registers, and what is a person's own --------------------------------------------------------

IMPORT_TABLE: Final = _may(_("import files"), coordinator, console, engine, by=["coordinate"])
APPOINT: Final = _may(
    _("appoint people"),
    coordinator,
    by=["coordinate"],
)
END_APPOINTMENT: Final = _may(
    _("end an appointment"),
    coordinator,
    by=["coordinate"],
)
CONFIRM_PERSON: Final = _may(
    _("confirm a change of the registers"),
    second_person,
    by=["coordinate", "approve"],
)
REFUSE_PERSON: Final = _may(
    _("refuse a change of the registers"),
    themselves,
    coordinator,
    leader,
    by=["coordinate", "approve"],
)
REVOKE_LINKS: Final = _may(
    _("revoke links"),
    themselves,
    coordinator,
    by=["coordinate", "approve"],
)
SET_PREFERENCE: Final = _may(
    _("set how mail is wanted"),
    themselves,
    console,
    by=["settings"],
)
MAKE_FEED: Final = _may(
    _("make a calendar address"),
    themselves,
    console,
    by=["settings"],
)
END_FEED: Final = _may(
    _("end a calendar address"),
    themselves,
    console,
    by=["settings"],
)
MANAGE_TOKENS: Final = _may(_("make and end tokens"), console)
MANAGE_WEBHOOKS: Final = _may(_("manage webhooks"), console)


# --- Sights ---------------------------------------------------------------------------------------


class Sight(StrEnum):
    """What may be looked at."""

    WHO_AM_I = "who one is to the API"
    OWN_FEEDS = "one's own calendar addresses"
    PLAYBOOKS = "the playbooks that come with the program"
    CAMPAIGN = "campaigns, their stages, dates and counts"
    SIGNERS = "by name who is asked to sign and who has"
    SUMMARY = "what a campaign came to, by codes"
    AUDIT = "whether the log is whole"
    EVENTS = "the event log"
    EXPORT = "every nomination with its total and votes"
    AMENDMENT = "what an amendment would change"
    DELEGATIONS = "who signs for whom"
    DECISIONS = "the decisions of a campaign"
    NOMINATIONS = "nominations with their boxes"
    OWN_REVIEWS = "one's own reviews, done and missing"
    SESSIONS = "the sessions of the council"
    CORRECTIONS = "reviews and votes that were corrected"
    MESSAGES = "messages, by whom they are for"
    MESSAGE = "one message as it is read"
    UNITS = "units"
    PEOPLE = "people"
    RESTING = "what rests in the registers"
    REGISTER_LOG = "what happened to the registers"
    REGISTER_AUDIT = "whether the registers are as their log says"


_LOOK: Final = _("see this")


def _see(
    *who: Predicate | Alternative, by: Sequence[Scope] = ("read",), label: Text = _LOOK
) -> Permission:
    return _may(label, *who, by=by)


SIGHTS: Final[Mapping[Sight, Permission]] = {
    Sight.WHO_AM_I: _see(anybody, by=SCOPES),
    Sight.OWN_FEEDS: _see(anybody),
    Sight.PLAYBOOKS: _see(any_role),
    Sight.CAMPAIGN: _see(any_role),
    Sight.SIGNERS: _see(coordinator, leader, concerned, by=["approve", "coordinate"]),
    Sight.SUMMARY: _see(coordinator, leader),
    Sight.AUDIT: _see(coordinator, leader),
    Sight.EVENTS: _see(coordinator),
    Sight.EXPORT: _see(coordinator),
    Sight.AMENDMENT: _see(coordinator, by=["coordinate"]),
    Sight.DELEGATIONS: _see(coordinator, leader),
    Sight.DECISIONS: _see(coordinator, leader),
    Sight.NOMINATIONS: _see(
        coordinator, nominator & of_own_unit, reviewer & to_review, council & before_council
    ),
    Sight.OWN_REVIEWS: _see(reviewer),
    Sight.SESSIONS: _see(coordinator, council, leader),
    Sight.CORRECTIONS: _see(coordinator, by=["coordinate"]),
    Sight.MESSAGES: _see(coordinator, by=["coordinate"]),
    Sight.MESSAGE: _see(coordinator, by=["coordinate"], label=_("see messages")),
    Sight.UNITS: _see(coordinator, nominator),
    Sight.PEOPLE: _see(coordinator, by=["coordinate"]),
    Sight.RESTING: _see(coordinator, leader),
    Sight.REGISTER_LOG: _see(coordinator, by=["coordinate"]),
    Sight.REGISTER_AUDIT: _see(coordinator, leader),
}
"""How much of it is shown to whom is said by `services.sight` and `services.shown`."""
