"""What may people ask of the engine? Commands: imperatives, each with an id of its own.

A command that comes a second time with the same `command_id` changes nothing and returns the
result of the first.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from schemas.base import Code, Instant, Model, Text
from schemas.bounds import Day, Moment, Number
from schemas.links import SigningAct
from schemas.vocabulary import Language, Stage

CommandId = Annotated[str, Field(min_length=1, max_length=200)]


class Command(Model):
    """Base of every command."""

    command_id: CommandId
    """Made by whoever asks; the same act has the same id however often it is sent."""


class CreateCampaign(Command):
    """Create a campaign from a playbook; a draft until it is launched."""

    code: Code
    rehearsal_starts_at: Instant | None = None
    """Gives the campaign a clock of its own; none for a real campaign."""


class LaunchCampaign(Command):
    """Start a campaign: its stages are planned, the launch stage opens."""

    person_id: Code
    """A coordinator."""


class CancelCampaign(Command):
    """Give a campaign up: its stages end, and nothing more of it is told."""

    reason: Text
    person_id: Code
    """Who may approve its launch; of a draft, a coordinator."""


class ApproveStage(Command):
    """Approve what a stage has come to."""

    stage: Stage
    person_id: Code
    reason: Text = ""
    round: int | None = None
    """The round that was looked at; another is not decided. None: the present one."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, nothing is decided."""


class ReturnStage(Command):
    """Send a stage back, with a reason."""

    stage: Stage
    person_id: Code
    reason: Text
    round: int | None = None
    """The round that was looked at; another is not decided. None: the present one."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, nothing is decided."""


class AbstainFromStage(Command):
    """Take no part in the approval of a stage because of a conflict of interest."""

    stage: Stage
    person_id: Code
    reason: Text
    round: int | None = None
    """The round that was looked at; another is not decided. None: the present one."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, nothing is decided."""


class AskForCode(Command):
    """Ask for the one-time code that confirms an act by the link of a mail."""

    stage: Stage
    person_id: Code
    act: SigningAct
    round: int
    """The round that was looked at."""
    seen: str | None = None
    """The mark of what was looked at; where it has changed, no code is sent."""


class RecordDelegation(Command):
    """Let a substitute sign for a principal on given days, by a letter of authority."""

    principal_id: Code
    substitute_id: Code
    first_on: Day
    last_on: Day
    """Included."""
    letter: Text
    """Number of the letter of authority."""
    stage: Stage | None = None
    """None: every stage of the campaign."""
    person_id: Code
    """The principal, or a coordinator."""


class RevokeDelegation(Command):
    """End a delegation now."""

    delegation_id: Number
    person_id: Code
    """The principal, or a coordinator."""


class AskApprovalAgain(Command):
    """Say that a returned stage is corrected: its approvers are asked again."""

    stage: Stage
    person_id: Code
    """A coordinator."""


class CorrectedResult(Model):
    """What a decision should have said of a nomination."""

    nomination_code: Code
    recognised: bool


class CorrectDecision(Command):
    """Ask for a decision that replaces the signed one."""

    results: tuple[CorrectedResult, ...] = Field(min_length=1)
    """Those that change."""
    reason: Text
    person_id: Code
    """A coordinator."""


class WithdrawNomination(Command):
    """Take a nomination back, before the council has voted on it."""

    nomination_code: Code
    reason: Text
    person_id: Code
    """Who nominates for its unit, or a coordinator."""


class RevokeRecognition(Command):
    """Take a recognition back, by a decision of who signed it."""

    nomination_code: Code
    reason: Text
    document: Text
    """Number of the decision that revokes it."""
    person_id: Code
    """An approver of the recognition stage."""


class ClearHold(Command):
    """Say that what a nomination was on hold for is cleared: it is eligible."""

    nomination_code: Code
    reason: Text
    person_id: Code
    """A coordinator."""


class CloseSession(Command):
    """Take no more votes in a session of the council; members without one were absent."""

    session: int = Field(ge=1)
    reason: Text = ""
    """Why it is closed although votes are missing, where some are."""
    person_id: Code
    """A coordinator, as secretary."""


class CorrectReviews(Command):
    """Replace reviews that are stored, while the appraisal is open; the scores come beside it."""

    reason: Text
    person_id: Code
    """The reviewer, of their own; or a coordinator."""


class CorrectVotes(Command):
    """Replace the votes on nominations, while the council sits; the rolls come beside it."""

    reason: Text
    person_id: Code
    """A coordinator, as secretary."""


class ReleaseMessages(Command):
    """Let held messages go."""

    template: Code | None = None
    """Only this template; none: every held message."""
    seen: tuple[Number, ...] | None = None
    """Numbers of the messages that were looked at; where others are held now, none is released."""
    early: bool = False
    """Whether results go before the calendar releases them."""
    person_id: Code
    """The coordinator who looked at them."""


class RetryMessages(Command):
    """Queue failed messages again."""

    template: Code | None = None
    uncertain: bool = False
    """Also those the server may have taken; a recipient may then get one twice."""
    person_id: Code
    """A coordinator."""


class ExtendDeadline(Command):
    """Give more time, to all or to one unit; a deadline only ever moves to a later time."""

    stage: Stage
    matter: Literal["work", "approval"] = "work"
    """`approval`: the time by which the stage's approvers decide."""
    unit_id: Code | None = None
    """This unit alone; none: everybody."""
    until: Moment
    reason: Text
    person_id: Code
    """A coordinator."""


class AmendPlaybook(Command):
    """Let a campaign go on by another version of its playbook."""

    base_version: Number
    """The version the amendment was made from; another one in force by now refuses it."""
    person_id: Code
    """A coordinator."""
    reason: Text


class ReviveRuns(Command):
    """Have the engine's work that was given up done again."""

    person_id: Code
    """A coordinator."""


class ClearAddress(Command):
    """Let mail go again to an address from which mail came back."""

    address: str
    person_id: Code
    """A coordinator."""


class SetMailPreference(Command):
    """Say how a person wants their mail."""

    of_id: Code
    """Whose mail it is."""
    digest: Literal["each", "daily"] | None = None
    language: Language | None = None


class AppointPerson(Command):
    """Appoint somebody to a role."""

    of_id: Code
    role: Code
    since: Day | None = None
    """First day; None: today."""
    detail: Text = ""
    person_id: Code
    """A coordinator."""


class EndAppointment(Command):
    """End somebody's role."""

    of_id: Code
    role: Code
    since: Day | None = None
    """First day without it; None: today."""
    person_id: Code
    """A coordinator."""


class ConfirmPerson(Command):
    """Let what rests of somebody count at once, as the second person."""

    of_id: Code
    seen: str | None = None
    """The address that waits, as it was looked at; empty: none does. None: not looked at."""
    person_id: Code


class RefusePerson(Command):
    """Take back what rests of somebody."""

    of_id: Code
    seen: str | None = None
    """As for `ConfirmPerson`."""
    person_id: Code


class RevokeLinks(Command):
    """Make the links void that mails to somebody have carried."""

    of_id: Code
    person_id: Code
    """The same person, or a coordinator."""


class RepairClock(Command):
    """Let a log that is dated ahead go on from the present, and what is to come count from it."""

    reason: Text
    person_id: Code
    """A coordinator."""


class ConfirmAmendment(Command):
    """Let amended rules of approval count at once, as the second person."""

    person_id: Code


class ConfirmDelegation(Command):
    """Let a delegation count at once, as the principal or a second person."""

    delegation_id: int
    person_id: Code
