"""Which option or command helps where the engine refuses? What the errors themselves do not know.

A hint stands in place of an error's own sentences: with the same places to fill in, and with what
to type. An error without one is shown as it is.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from campaigns.rules.access.errors import TokenNotFound
from campaigns.rules.appraisal.errors import ReviewContradicted
from campaigns.rules.approvals.errors import (
    DelegationNotFound,
    LetterMissing,
    ReasonMissing,
    WorkNotDone,
)
from campaigns.rules.backup.errors import HomeInUse, HomeNotEmpty
from campaigns.rules.clock.errors import ClockAhead, LogAhead, NothingAhead
from campaigns.rules.deadlines.errors import (
    ApprovalDueBefore,
    FeedsTooMany,
    UnitOfStageNotAllowed,
)
from campaigns.rules.engine.capacity import DatabaseAway
from campaigns.rules.engine.errors import (
    DatabaseMissing,
    DatabaseOutdated,
    ReferencesBrokenBefore,
)
from campaigns.rules.errors import ActContradicted
from campaigns.rules.importing.errors import RowsRefused
from campaigns.rules.launch.errors import (
    NO_CAMPAIGN,
    CampaignExists,
    CampaignNotNamed,
    StageNotOpen,
)
from campaigns.rules.nomination.errors import DocumentMissing, WithdrawalTooLate
from campaigns.rules.playbook.refused_amendments import AmendmentStale
from campaigns.rules.recognition.errors import HeldChanged, ReleaseTooEarly, VoteContradicted
from campaigns.rules.registers.errors import ApprovalRulesResting, NothingResting, RightResting
from language import N_, Language, _
from language.errors import Refusal


class Hint(NamedTuple):
    """What the command line says instead; None: the error's own sentence."""

    remedy: str | None = None
    message: str | None = None


_NONE: Final = Hint()
_FIRST_ONE: Final = _("none yet; create one with `thidua campaign create`")


HINTS: Final[dict[type[Refusal], Hint]] = {
    ActContradicted: Hint(N_("`thidua campaign history` shows what was recorded.")),
    AmendmentStale: Hint(
        N_("Take the present version with `thidua campaign playbook --out FILE`, and amend that.")
    ),
    ApprovalDueBefore: Hint(N_("extend it first (`thidua deadline extend {name} --approval`).")),
    ApprovalRulesResting: Hint(
        N_("A second person can confirm them: `thidua campaign confirm --as ID`.")
    ),
    CampaignExists: Hint(N_("choose another code with --code.")),
    CampaignNotNamed: Hint(
        message=N_("Name the campaign with --campaign. Campaigns here: {known}.")
    ),
    ClockAhead: Hint(
        N_(
            "Have the time synchronised (NTP) and try again; `thidua clock show` compares the "
            "clocks."
        )
    ),
    DatabaseAway: Hint(
        N_(
            "See that it runs and that THIDUA_DATABASE_URL leads to it: `thidua doctor`. For a new "
            "installation: `thidua init`."
        )
    ),
    DatabaseMissing: Hint(N_("run `thidua init` (or set THIDUA_HOME).")),
    DatabaseOutdated: Hint(N_("back it up, then run `thidua db upgrade`.")),
    DelegationNotFound: Hint(N_("see `thidua delegation list`.")),
    DocumentMissing: Hint(
        message=N_(
            "A recognition is revoked by a decision of who signed it: give its number with "
            "--document."
        )
    ),
    FeedsTooMany: Hint(
        N_("end one first: `thidua feed revoke`, or DELETE /api/v1/me/feeds/NUMBER.")
    ),
    HeldChanged: Hint(N_("Nothing was released; look again with `thidua outbox held`.")),
    HomeInUse: Hint(message=N_("`thidua up` or another command runs in {home}.")),
    HomeNotEmpty: Hint(
        N_(
            "Set THIDUA_HOME to a new folder, or give --force: then the old one is moved aside, "
            "not deleted."
        )
    ),
    LetterMissing: Hint(N_("give it with --letter.")),
    LogAhead: Hint(
        N_(
            "If the clock is right now, have it recorded by `thidua clock repair`; if it is not, "
            "have the time synchronised (NTP)."
        )
    ),
    NothingAhead: Hint(N_("`thidua clock show` compares the clocks.")),
    NothingResting: Hint(N_("`thidua person changes` lists what does.")),
    ReasonMissing: Hint(N_("give it with --reason.")),
    ReferencesBrokenBefore: Hint(
        N_("Restore a backup, or put the missing rows back, then run `thidua db upgrade` again.")
    ),
    ReleaseTooEarly: Hint(
        N_(
            "Wait until then, amend the calendar, or say that they go early: `--early`; in the API "
            "`early`."
        )
    ),
    ReviewContradicted: Hint(
        N_(
            "To correct one while the appraisal is open, give the whole review again with a "
            "reason: `thidua import scores FILE --correct REASON --as PERSON`."
        )
    ),
    RightResting: Hint(
        N_("A second person can confirm it before: `thidua person confirm {person} --as ID`.")
    ),
    RowsRefused: Hint(N_("correct them, or take the good rows with --accept-valid.")),
    StageNotOpen: Hint(N_("See `thidua campaign status`.")),
    TokenNotFound: Hint(
        "", N_("No token {number} is in force; `thidua token list` shows those there are.")
    ),
    UnitOfStageNotAllowed: Hint(N_("leave --unit out.")),
    VoteContradicted: Hint(
        N_(
            "To correct the votes on a nomination while the council sits, give its whole roll "
            "again with a reason: `thidua import votes FILE --correct REASON --as PERSON`."
        )
    ),
    WithdrawalTooLate: Hint(
        N_(
            "Once it is recognised, an approver of the recognition can take that back with "
            "`thidua nomination revoke`."
        )
    ),
    WorkNotDone: Hint(N_("`thidua campaign status` says what is missing.")),
}
"""By error, in the order of the alphabet."""


def said(error: Refusal, language: Language) -> str:
    """Return an error in a language, with what to type where that helps."""
    hint = HINTS.get(type(error), _NONE)
    message = error.message if hint.message is None else hint.message
    remedy = error.remedy if hint.remedy is None else hint.remedy
    instead = {name: _FIRST_ONE for name, value in error.values.items() if value == NO_CAMPAIGN}
    return error.say_as(message, remedy, language, **instead)
