"""What keeps somebody from signing, abstaining or delegating, and what is to be done then?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.right import ApprovalStatus, Signature, StepStatus
from campaigns.rules.listing import any_role, either
from language import N_, Joined, Sayable, Text, _
from language.errors import Kind, Refusal
from schemas.vocabulary import Stage, Word


def shown(instant: datetime) -> str:
    """Write an instant as people read it, in the zone it carries."""
    return instant.strftime("%d/%m/%Y %H:%M %Z").rstrip()


def _who(one: Signature) -> object:
    if not one.principal_id:
        return one.person_id
    return _(
        "{person} (on behalf of {principal}, letter {letter})",
        person=one.person_id,
        principal=one.principal_id,
        letter=one.letter,
    )


def _signed(signatures: Iterable[Signature]) -> Joined:
    return Joined(
        tuple(
            _("{person} on {when}", person=_who(one), when=shown(one.decided_at))
            for one in signatures
        )
    )


class SignerNotAppointed(PersonNotAppointed):
    """The person may sign no step of the stage today."""

    message = "{problem}"

    def __init__(self, person_id: str, stage: Stage, steps: Sequence[StepStatus]) -> None:
        self.roles = tuple(dict.fromkeys(role for step in steps for role in step.roles))
        people = tuple(dict.fromkeys(one for step in steps for one in step.people))
        if people and self.roles:
            problem = _(
                "{person} may not approve the stage {stage}: today it takes the role {roles}, or "
                "to be one of {people}."
            )
        elif people:
            problem = _("{person} may not approve the stage {stage}: that is for {people}.")
        else:
            problem = Text(PersonNotAppointed.message)
        problem = problem.with_values(
            person=person_id,
            act=_("approve the stage {stage}", stage=Word(stage)),
            stage=Word(stage),
            roles=any_role(self.roles),
            people=", ".join(people),
        )
        Refusal.__init__(self, problem=problem)


def signed_before(given: Signature, stage: Stage) -> ApprovalNotAllowed:
    """They have signed already."""
    return ApprovalNotAllowed(
        _(
            "{person} approved the stage {stage} on {when} already; nothing was changed. What is "
            "missing must come from another person.",
            person=given.person_id,
            stage=Word(stage),
            when=shown(given.decided_at),
        )
    )


def signed_on_behalf(person_id: str, given: Signature, stage: Stage) -> ApprovalNotAllowed:
    """Principal and substitute sign once between them, and one of them has."""
    return ApprovalNotAllowed(
        _(
            "{signer} approved the stage {stage} on {when} already; that signature stands for "
            "{person} as well and nothing was changed.",
            signer=_who(given),
            stage=Word(stage),
            when=shown(given.decided_at),
            person=person_id,
        )
    )


def complete_before(signatures: Sequence[Signature], stage: Stage) -> ApprovalNotAllowed:
    """All signatures are there."""
    return ApprovalNotAllowed(
        _(
            "The stage {stage} is approved already, by {signers}; nothing was changed and nothing "
            "more is needed.",
            stage=Word(stage),
            signers=_signed(signatures),
        )
    )


def approved_before(signatures: Sequence[Signature], stage: Stage) -> ApprovalNotAllowed:
    """The stage is approved, and has gone on."""
    signers = tuple(Joined((_who(one), f"({shown(one.decided_at)})"), " ") for one in signatures)
    return ApprovalNotAllowed(
        _(
            "Stage {stage} is approved already, by {signers}; nothing was changed.",
            stage=Word(stage),
            signers=Joined(signers),
        )
    )


def returned_since(stage: Stage) -> ApprovalNotAllowed:
    """What was looked at is no longer what would be decided."""
    return ApprovalNotAllowed(
        _(
            "The stage {stage} was returned since you looked at it; nothing was changed. It will "
            "be submitted again after its correction.",
            stage=Word(stage),
        )
    )


class FiguresChanged(Refusal):
    """What is decided is not what was looked at; a signature would be under other figures."""

    kind = Kind.CONFLICT
    message = N_("What is decided in the stage {stage} has changed since you looked at it.")
    remedy = N_("Nothing was decided: look at the figures as they are now, and decide then.")

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage=Word(stage))


def not_their_turn(
    person_id: str,
    step: int,
    now: ApprovalStatus,
    signatures: Sequence[Signature],
    stage: Stage,
) -> ApprovalNotAllowed:
    """Their step has all its signatures, or comes after one that has not."""
    given = [one for one in signatures if one.step == step]
    waits = [_whom(one) for one in now.steps if one.number in now.open_steps]
    if given and step not in now.open_steps:
        problem = _(
            "Step {step} of the approval of {stage} was signed by {signers}; nothing was changed "
            "and no signature of {person} is needed. Now to sign: {waits}.",
            signers=_signed(given),
        )
    else:
        problem = _(
            "It is not the turn of {person} to sign the stage {stage}: step {step} follows when "
            "those before it have signed. First to sign: {waits}."
        )
    return ApprovalNotAllowed(
        problem.with_values(
            person=person_id, step=step, stage=Word(stage), waits=Joined(tuple(waits), "; ")
        )
    )


def _whom(step: StepStatus) -> Text:
    return _(
        "{who} (step {step}, {missing} missing)",
        who=either([*(Word(role, is_within=True) for role in step.roles), *step.people]),
        step=step.number,
        missing=step.missing,
    )


def abstained_before(person_id: str, stage: Stage) -> ApprovalNotAllowed:
    """Who abstained for a conflict decides nothing more on the stage."""
    return ApprovalNotAllowed(
        _(
            "{person} abstained from the stage {stage} for a conflict of interest and decides "
            "nothing more on it; another approver must.",
            person=person_id,
            stage=Word(stage),
        )
    )


def signed_and_abstains(given: Signature, stage: Stage) -> ApprovalNotAllowed:
    """A signature is not taken back by abstaining."""
    return ApprovalNotAllowed(
        _(
            "{person} approved the stage {stage} on {when}; nothing was changed. Who signed can "
            "return the stage with a reason, and abstain afterwards.",
            person=given.person_id,
            stage=Word(stage),
            when=shown(given.decided_at),
        )
    )


class DelegationNotAllowed(Refusal):
    """Somebody's right to sign cannot be passed on like this."""

    kind = Kind.CONFLICT
    message = "{problem}"
    told_as = "delegation-not-allowed"

    def __init__(self, problem: Sayable) -> None:
        super().__init__(problem=problem)


class LetterMissing(DelegationNotAllowed):
    """A delegation came without the number of its letter of authority."""

    message = N_("A delegation needs the number of its letter of authority.")

    def __init__(self) -> None:
        Refusal.__init__(self)


class DelegationNotFound(Refusal):
    """No delegation of the campaign has this number."""

    kind = Kind.NOT_FOUND
    message = N_("Campaign {campaign} has no delegation {number}.")
    remedy = N_("see the list of delegations.")

    def __init__(self, number: int, campaign_code: str) -> None:
        super().__init__(campaign=campaign_code, number=number)


def days(first: date, last: date) -> str:
    """Write a span of days as people read it."""
    return f"{first:%d/%m/%Y}–{last:%d/%m/%Y}"


class LinkUnknown(Refusal):
    """An address was altered, cut off, or never given out by this installation."""

    kind = Kind.NOT_FOUND
    message = N_("This address is not known here: it was altered or cut off.")
    remedy = N_("Open it from the mail again, whole; else ask the coordinators.")


class LinkExpired(Refusal):
    """The time of an address is over."""

    kind = Kind.NOT_FOUND
    message = N_("The time of this page is over.")
    remedy = N_("Open the address from the newest mail again; else ask the coordinators.")


class ReasonTooLong(Refusal):
    """A reason is longer than what is kept; none of it is cut off, so nothing was decided."""

    kind = Kind.TOO_MUCH
    message = "{problem}"
    remedy = N_(
        "Nothing was decided: shorten it, and send the whole text to the coordinators by mail."
    )

    def __init__(self, limit: int, length: int | None = None) -> None:
        problem = (
            _("A reason has at most {limit} characters. This one has {length}.", length=length)
            if length
            else _("A reason has at most {limit} characters.")
        )
        super().__init__(problem=problem.with_values(limit=limit))


class ApprovalNotAllowed(Refusal):
    """The approval breaks the stage's policy."""

    kind = Kind.CONFLICT
    message = "{problem}"
    told_as = "approval-not-allowed"

    def __init__(self, problem: Sayable) -> None:
        super().__init__(problem=problem)


class WorkNotDone(ApprovalNotAllowed):
    """Approval was asked for while the stage's work is not done."""

    message = N_("Stage {stage} is not finished: approval is asked for when its work is done.")

    def __init__(self, stage: Stage) -> None:
        Refusal.__init__(self, stage=Word(stage))


class ReasonMissing(Refusal):
    """An act that needs a reason came without one."""

    kind = Kind.INVALID
    message = N_("{act} needs a reason.")
    remedy = N_("Give the reason; nothing was changed.")

    def __init__(self, act: Sayable) -> None:
        super().__init__(act=act)
