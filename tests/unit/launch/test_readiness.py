from __future__ import annotations

from dataclasses import replace

import pytest

from campaigns.rules.appraisal.panels import Able
from campaigns.rules.approvals.right import Right
from campaigns.rules.launch.readiness import LaunchFacts, missing_for_launch
from schemas.vocabulary import Role, Stage
from tests.unit.samples import playbook, without_appraisal


def rights(*people: str, step: int = 1) -> tuple[Right, ...]:
    return tuple(Right(person, step) for person in people)


READY = LaunchFacts(
    units=1,
    coordinators=1,
    rights_by_stage=dict.fromkeys(Stage, rights("P1", "P2")),
    council_members=1,
    reviewers=5,
    unit_ids={"board", "commune"},
)


def test_launch_with_everything_there_misses_nothing():
    assert missing_for_launch(playbook(), READY) == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"units": 0},
            "no unit to announce it to (import units, or widen messages.announce_to_kinds)",
        ),
        ({"coordinators": 0}, "no coordinator is appointed (import people)"),
        ({"council_members": 0}, "no council member is appointed (import people)"),
        (
            {"reviewers": 4},
            (
                "the rubric wants 5 reviews of each nomination and 4 reviewers are appointed "
                "(import people)"
            ),
        ),
        (
            {
                "rights_by_stage": dict(READY.rights_by_stage) | {Stage.RECOGNITION: rights("P1")},
            },
            (
                "stage recognition takes 2 approvals by leader and 1 people can give one "
                "(import people)"
            ),
        ),
    ],
)
def test_launch_names_what_is_missing(changes, reason):
    missing = missing_for_launch(playbook(), replace(READY, **changes))
    assert [one.say("en") for one in missing] == [reason]
    assert all(one.say("vi") not in {"", one.say("en")} for one in missing)


def test_launch_names_every_unknown_unit():
    book = playbook(decision={"issuer_unit": "issuer", "series": "B"})
    missing = missing_for_launch(book, replace(READY, unit_ids={"commune"}))
    assert [one.say("en") for one in missing] == [
        "unit board of coordinator_unit is unknown (import units or correct the playbook)",
        "unit issuer of decision.issuer_unit is unknown (import units or correct the playbook)",
    ]


def test_launch_names_everything_at_once():
    nothing = LaunchFacts(0, 0, {}, 0, 0, ())
    # One reason each for units, coordinator, council and reviewers, two units, five stages.
    assert len(missing_for_launch(playbook(), nothing)) == 11


def test_launch_without_appraisal_needs_no_reviewers_and_no_approvers_of_it():
    able: dict[Stage, tuple[Right, ...]] = {
        stage: rights("P1", "P2") for stage in Stage if stage is not Stage.APPRAISAL
    }
    facts = replace(READY, reviewers=0, rights_by_stage=able)
    assert missing_for_launch(without_appraisal(), facts) == ()
    assert len(missing_for_launch(playbook(), facts)) == 2


def two_steps(first: int, second: int):
    steps = [
        {"roles": ["leader"], "required": first},
        {"roles": ["council"], "required": second},
    ]
    others = {stage.value: {"roles": ["leader"]} for stage in Stage}
    return playbook(approvals=others | {"launch": {"steps": steps}})


def test_launch_names_the_step_that_has_too_few_approvers():
    able = dict(READY.rights_by_stage) | {
        Stage.LAUNCH: (*rights("P1"), *rights("P2", "P3", step=2)),
    }
    missing = missing_for_launch(two_steps(2, 2), replace(READY, rights_by_stage=able))
    assert [one.say("en") for one in missing] == [
        (
            "stage launch, step 1, takes 2 approvals by leader and 1 people can give one "
            "(import people)"
        ),
    ]


def test_launch_counts_who_stands_in_several_steps_once():
    able = dict(READY.rights_by_stage) | {
        Stage.LAUNCH: (*rights("P1", "P2"), *rights("P1", "P2", step=2)),
    }
    missing = missing_for_launch(two_steps(2, 1), replace(READY, rights_by_stage=able))
    assert [one.say("en") for one in missing] == [
        (
            "stage launch: the same people stand in several steps of its approval, and each "
            "signs once: 1 more are needed (import people)"
        ),
    ]


def able(role: Role, most: int, *, least: int = 0) -> Able:
    return Able(role, people=7, needed=5, least=least, most=most, short=(("a", least),))


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        (
            Role.REVIEWER,
            (
                "each nomination takes 5 reviews, and of no unit more than 4 of the 7 reviewers "
                "are free of conflict (appoint reviewers of other units)"
            ),
        ),
        (
            Role.COUNCIL,
            (
                "a nomination passes with the yes of 5, and of no unit more than 4 of the 7 "
                "members of the council are free of conflict (appoint members of other units)"
            ),
        ),
    ],
)
def test_launch_where_nobody_can_be_judged_is_refused(role, reason):
    missing = missing_for_launch(playbook(), replace(READY, able=[able(role, 4)]))
    assert [one.say("en") for one in missing] == [reason]
    assert all(one.say("vi") not in {"", one.say("en")} for one in missing)


def test_launch_where_some_units_can_be_judged_is_not_refused():
    assert missing_for_launch(playbook(), replace(READY, able=[able(Role.REVIEWER, 5)])) == ()
