"""Is everything there that a campaign needs before it is launched?

Every rule here is constructed: a campaign that starts without council, approvers or reviewers
stops weeks later, when nothing can be mended in time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from campaigns.rules.appraisal.panels import Able
from campaigns.rules.approvals.right import Right
from campaigns.rules.approvals.signatures import short_of, status
from campaigns.rules.listing import any_role
from language import Text, _
from schemas.playbook.approvals import ApprovalStep
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import STAGES, Role, Stage, Word


@dataclass(frozen=True, slots=True)
class LaunchFacts:
    """Who and what is there on the day of the launch."""

    units: int
    """Units that would be told of the campaign."""
    coordinators: int
    rights_by_stage: Mapping[Stage, Sequence[Right]]
    """Who may sign which step of a stage's approval, in their own right."""
    council_members: int
    reviewers: int
    unit_ids: Collection[str]
    """Ids of the units known and valid on the day."""
    able: Sequence[Able] = ()
    """How many may act, free of conflict, on what each unit may nominate."""


def missing_for_launch(playbook: Playbook, facts: LaunchFacts) -> tuple[Text, ...]:
    """Return every reason why the campaign cannot be launched, all at once; none: it can.

    Each says what is missing and what mends it; `LaunchNotAllowed` joins them to one message.
    """
    return (
        *_missing_units(playbook, facts),
        *_missing_people(playbook, facts),
        *_all_in_conflict(facts),
        *_missing_approvers(playbook, facts),
    )


def _missing_units(playbook: Playbook, facts: LaunchFacts) -> Iterator[Text]:
    if facts.units < 1:
        yield _("no unit to announce it to (import units, or widen messages.announce_to_kinds)")
    for where, unit_id in (
        ("coordinator_unit", playbook.coordinator_unit),
        ("decision.issuer_unit", playbook.decision.issuer_unit),
    ):
        if unit_id not in facts.unit_ids:
            yield _(
                "unit {unit} of {where} is unknown (import units or correct the playbook)",
                unit=unit_id,
                where=where,
            )


def _missing_people(playbook: Playbook, facts: LaunchFacts) -> Iterator[Text]:
    if facts.coordinators < 1:
        yield _("no coordinator is appointed (import people)")
    if facts.council_members < 1:
        yield _("no council member is appointed (import people)")
    if playbook.rubric is not None:
        wanted = playbook.rubric.reviews_per_nomination
        if facts.reviewers < wanted:
            yield _(
                "the rubric wants {wanted} reviews of each nomination and {have} reviewers are "
                "appointed (import people)",
                wanted=wanted,
                have=facts.reviewers,
            )


def _all_in_conflict(facts: LaunchFacts) -> Iterator[Text]:
    """Say that whoever nominates, too few may judge it; where some units can be judged, it runs."""
    for one in facts.able:
        if one.most >= one.needed or one.people < one.needed:
            continue
        if one.role is Role.REVIEWER:
            found = _(
                "each nomination takes {needed} reviews, and of no unit more than {most} of the "
                "{people} reviewers are free of conflict (appoint reviewers of other units)"
            )
        else:
            found = _(
                "a nomination passes with the yes of {needed}, and of no unit more than {most} of "
                "the {people} members of the council are free of conflict (appoint members of "
                "other units)"
            )
        yield found.with_values(needed=one.needed, most=one.most, people=one.people)


def _missing_approvers(playbook: Playbook, facts: LaunchFacts) -> Iterator[Text]:
    for stage in STAGES:
        if playbook.calendar.of(stage) is None:
            continue
        policy = playbook.approvals.of(stage)
        rights = facts.rights_by_stage.get(stage, ())
        scarce = [
            _scarce(stage, number if policy.steps else None, step, have)
            for number, step in enumerate(policy.chain, start=1)
            if (have := len({one.person_id for one in rights if one.step == number}))
            < step.required
        ]
        yield from scarce
        short = short_of(status(policy, (), None), rights, ())
        if short and not scarce:
            yield _(
                "stage {stage}: the same people stand in several steps of its approval, and each "
                "signs once: {short} more are needed (import people)",
                stage=Word(stage),
                short=short,
            )


def _scarce(stage: Stage, number: int | None, step: ApprovalStep, have: int) -> Text:
    return _(
        "stage {stage}{step} takes {required} approvals by {who} and {have} people can give one "
        "(import people)",
        stage=Word(stage),
        step=_(", step {number},", number=number) if number else "",
        required=step.required,
        who=any_role(step.roles, step.people),
        have=have,
    )
