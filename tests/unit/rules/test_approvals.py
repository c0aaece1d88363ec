from __future__ import annotations

from datetime import datetime

import pytest

from campaigns.rules.approvals import (
    ApprovalStatus,
    Signature,
    ensure_may_approve,
    ensure_reason,
    status,
)
from campaigns.rules.errors import ApprovalNotAllowed, PersonNotAppointed, ReasonMissing
from schemas.playbook import ApprovalPolicy
from schemas.vocabulary import Role, Stage
from tests.unit.rules.samples import ZONE

LEADERS = (Role.LEADER, Role.COUNCIL)


def policy(required: int) -> ApprovalPolicy:
    return ApprovalPolicy(roles=LEADERS, required=required)


def signed(*people: str) -> list[Signature]:
    return [
        Signature(person, datetime(2023, 10, 11, 9, minute, tzinfo=ZONE))
        for minute, person in enumerate(people)
    ]


@pytest.mark.parametrize(
    ("required", "people", "have", "need", "granted"),
    [
        (1, (), 0, 1, False),
        (1, ("P3",), 1, 1, True),
        (1, ("P1",), 1, 2, False),  # the launcher alone
        (1, ("P1", "P3"), 2, 2, True),
        (2, ("P1",), 1, 2, False),
        (2, ("P1", "P3"), 2, 2, True),
        (2, ("P3", "P4"), 2, 2, True),
        (2, ("P3", "P3"), 1, 2, False),
        (3, ("P1", "P3"), 2, 3, False),
        (3, ("P1", "P3", "P4"), 3, 3, True),
    ],
)
def test_approval_counts_signatures_and_never_the_launcher_alone(
    required, people, have, need, granted
):
    found = status(policy(required), signed(*people), "P1")
    assert found == ApprovalStatus(have, need, granted, () if granted else LEADERS)


def test_approval_of_a_campaign_launched_by_no_person():
    assert status(policy(1), signed("P3"), None).granted


@pytest.mark.parametrize("role", LEADERS)
def test_person_with_a_role_of_the_policy_may_approve(role):
    ensure_may_approve("P3", {role, Role.OBSERVER}, policy(2), signed("P1"), "P1", Stage.LAUNCH)


@pytest.mark.parametrize("roles", [(), (Role.COORDINATOR, Role.REVIEWER)])
def test_person_without_a_role_may_not_approve(roles):
    with pytest.raises(PersonNotAppointed) as refused:
        ensure_may_approve("P9", roles, policy(1), [], None, Stage.RECOGNITION)
    assert str(refused.value) == (
        "P9 may not approve the stage recognition: it takes one of the roles leader, council today."
    )


def test_second_signature_of_a_person_refused_with_the_time_of_the_first():
    with pytest.raises(ApprovalNotAllowed) as refused:
        ensure_may_approve("P4", LEADERS, policy(3), signed("P3", "P4"), "P1", Stage.RECOGNITION)
    assert str(refused.value) == (
        "P4 approved the stage recognition on 11/10/2023 09:01 +07 already; nothing was changed. "
        "What is missing must come from another person."
    )


def test_launcher_may_sign_when_another_has_not():
    ensure_may_approve("P1", LEADERS, policy(1), [], "P1", Stage.NOMINATION)


def test_signature_after_the_approval_is_complete_refused_with_who_and_when():
    with pytest.raises(ApprovalNotAllowed) as refused:
        ensure_may_approve("P5", LEADERS, policy(2), signed("P3", "P4"), "P1", Stage.NOMINATION)
    assert str(refused.value) == (
        "The stage nomination is approved already, by P3 on 11/10/2023 09:00 +07, "
        "P4 on 11/10/2023 09:01 +07; nothing was changed and nothing more is needed."
    )


@pytest.mark.parametrize("reason", [None, "", " \n\t\u00a0"])
def test_return_without_a_reason_refused(reason):
    with pytest.raises(ReasonMissing, match=r"^Returning a stage needs a reason; give it"):
        ensure_reason(reason)


def test_reason_missing_names_the_act():
    with pytest.raises(ReasonMissing, match=r"^Skipping a follow-up needs a reason"):
        ensure_reason("", "Skipping a follow-up")


def test_return_with_a_reason_accepted():
    ensure_reason("Thiếu biên bản")
