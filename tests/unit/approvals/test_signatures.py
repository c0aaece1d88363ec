from __future__ import annotations

from datetime import datetime

import pytest

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ApprovalNotAllowed, ReasonMissing
from campaigns.rules.approvals.right import Right, Signature
from campaigns.rules.approvals.signatures import (
    choose,
    choose_to_abstain,
    choose_to_return,
    ensure_not_abstained,
    ensure_reason,
    short_of,
    status,
)
from language import _
from schemas.playbook.approvals import ApprovalPolicy, ApprovalStep
from schemas.vocabulary import Role, Stage
from tests.unit.samples import ZONE

LEADERS = (Role.LEADER, Role.COUNCIL)


def policy(required: int) -> ApprovalPolicy:
    return ApprovalPolicy(roles=LEADERS, required=required)


def chain(order: str = "sequence", *required: int) -> ApprovalPolicy:
    """Steps of leaders: P1 and P2 in step 1, P3 and P4 in step 2."""
    numbers = required or (1, 1)
    steps = tuple(ApprovalStep(roles=(Role.LEADER,), required=one) for one in numbers)
    return ApprovalPolicy.model_validate({"order": order, "steps": steps})


STEPS = (Right("P1", 1), Right("P2", 1), Right("P3", 2), Right("P4", 2))


def at(minute: int) -> datetime:
    return datetime(2023, 10, 11, 9, minute, tzinfo=ZONE)


def signed(*people: str, step: int = 1) -> list[Signature]:
    return [Signature(person, at(minute), step) for minute, person in enumerate(people)]


def rights(*people: str) -> list[Right]:
    return [Right(person, 1) for person in people]


def sign(person, able, how, given, stage=Stage.LAUNCH, launcher="P1"):
    return choose(person, able, status(how, given, launcher), given, stage)


# --- Counting ------------------------------------------------------------------------------------


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
    assert (found.have, found.need, found.granted) == (have, need, granted)
    assert found.waiting_for == (() if granted else LEADERS)


def test_approval_of_a_campaign_launched_by_no_person():
    assert status(policy(1), signed("P3"), None).granted


def test_principal_and_substitute_count_once():
    given = [Signature("P5", at(0), 1, "P3", "12-GUQ"), Signature("P3", at(1))]
    assert status(policy(2), given, None).have == 1


@pytest.mark.parametrize(
    "given",
    [
        [Signature("P5", at(0), 1, "P1", "12-GUQ")],  # in the launcher's place
        [Signature("P1", at(0), 1, "P3", "12-GUQ")],  # the launcher in another's place
        [Signature("P5", at(0), 1, "P1", "1"), Signature("P1", at(1), 1, "P3", "2")],
    ],
    ids=["substitute of", "substitute for", "both"],
)
def test_launcher_does_not_approve_alone_through_a_substitute(given):
    assert not status(policy(1), given, "P1").granted
    assert status(policy(1), [*given, Signature("P4", at(9))], "P1").granted


# --- In steps ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("order", "given", "open_steps"),
    [
        ("sequence", [], (1,)),
        ("sequence", signed("P2"), (2,)),
        ("sequence", signed("P2") + signed("P3", step=2), ()),
        ("parallel", [], (1, 2)),
        ("parallel", signed("P3", step=2), (1,)),
        ("parallel", signed("P2") + signed("P3", step=2), ()),
    ],
)
def test_steps_that_may_be_signed(order, given, open_steps):
    assert status(chain(order), given, None).open_steps == open_steps


def test_sequence_is_signed_in_its_turn():
    assert sign("P3", STEPS, chain(), signed("P2")) == Right("P3", 2)


def test_signing_out_of_turn_refused_with_who_must_sign_first():
    with pytest.raises(ApprovalNotAllowed, match=r"First to sign: leader \(step 1, 1 missing\)"):
        sign("P3", STEPS, chain(), [])


def test_signing_for_a_complete_step_refused_with_who_signed_it():
    with pytest.raises(ApprovalNotAllowed, match=r"Step 1 .* was signed by P2 on 11/10/2023 09:00"):
        sign("P1", STEPS, chain("parallel"), signed("P2"))


def test_who_stands_in_several_steps_signs_where_most_is_missing():
    able = [*rights("P1"), Right("P1", 2)]
    assert sign("P1", able, chain("parallel", 1, 2), []) == Right("P1", 2)


def test_launcher_alone_in_the_last_step_keeps_it_open():
    given = signed("P1", step=1)
    one = ApprovalPolicy(steps=(ApprovalStep(people=("P1", "P2"), required=1),))
    assert status(one, given, "P1").steps[0].missing == 1


def test_own_right_goes_before_that_of_a_principal():
    able = [Right("P5", 1, "P3", "12-GUQ"), *rights("P5")]
    assert sign("P5", able, policy(1), []) == Right("P5", 1)


# --- Nobody left ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "able", "given", "short"),
    [
        (policy(2), rights("P2", "P3"), [], 0),
        (policy(2), rights("P2"), [], 1),
        (policy(2), rights("P2", "P3"), signed("P2"), 0),
        (policy(1), rights("P1"), signed("P1"), 1),  # the launcher signed, and is alone
        (policy(2), [*rights("P3"), Right("P5", 1, "P3", "1")], [], 1),  # two that count once
        (chain("sequence", 1, 1), rights("P2"), [], 1),  # nobody for the step to come
        (chain("parallel", 1, 1), [*rights("P2"), Right("P2", 2)], [], 1),  # one for both
        (chain("parallel", 1, 1), [*rights("P2", "P3"), Right("P2", 2)], [], 0),
    ],
)
def test_signatures_that_nobody_can_give_are_counted(how, able, given, short):
    assert short_of(status(how, given, "P1"), able, given) == short


# --- Refused -------------------------------------------------------------------------------------


def test_person_without_a_right_may_not_approve():
    with pytest.raises(PersonNotAppointed) as refused:
        sign("P9", rights("P3"), policy(1), [], Stage.RECOGNITION)
    assert str(refused.value) == (
        "P9 may not approve the stage recognition: today it takes the role leader or council."
    )


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ((), "that is for P3."),
        ((Role.LEADER,), "today it takes the role leader, or to be one of P3."),
    ],
)
def test_person_who_is_not_named_may_not_approve(roles, said):
    named = ApprovalPolicy(roles=roles, people=("P3",))
    with pytest.raises(PersonNotAppointed) as refused:
        sign("P9", rights("P3"), named, [])
    assert str(refused.value) == f"P9 may not approve the stage launch: {said}"
    assert "P3" in refused.value.say("vi")


def test_second_signature_of_a_person_refused_with_the_time_of_the_first():
    with pytest.raises(ApprovalNotAllowed) as refused:
        sign("P4", rights("P3", "P4"), policy(3), signed("P3", "P4"), Stage.RECOGNITION)
    assert str(refused.value) == (
        "P4 approved the stage recognition on 11/10/2023 09:01 +07 already; nothing was changed. "
        "What is missing must come from another person."
    )


def test_principal_whose_substitute_signed_is_refused_and_told_who_did():
    given = [Signature("P5", at(0), 1, "P3", "12-GUQ")]
    with pytest.raises(ApprovalNotAllowed, match=r"P5 \(on behalf of P3, letter 12-GUQ\) approved"):
        sign("P3", rights("P3", "P4"), policy(2), given)


def test_substitute_whose_principal_signed_is_refused():
    able = [*rights("P3", "P4"), Right("P5", 1, "P3", "12-GUQ")]
    with pytest.raises(ApprovalNotAllowed, match="P3 approved the stage launch"):
        sign("P5", able, policy(2), signed("P3"))


def test_launcher_may_sign_when_another_has_not():
    assert sign("P1", rights("P1", "P3"), policy(1), [], Stage.NOMINATION) == Right("P1", 1)


def test_signature_after_the_approval_is_complete_refused_with_who_and_when():
    with pytest.raises(ApprovalNotAllowed) as refused:
        sign("P5", rights("P5"), policy(2), signed("P3", "P4"), Stage.NOMINATION)
    assert str(refused.value) == (
        "The stage nomination is approved already, by P3 on 11/10/2023 09:00 +07, "
        "P4 on 11/10/2023 09:01 +07; nothing was changed and nothing more is needed."
    )


# --- Returned, abstained -------------------------------------------------------------------------


def returned(person, able, how, given):
    return choose_to_return(person, able, status(how, given, None), given, Stage.LAUNCH)


def test_who_signed_an_earlier_step_may_still_return():
    assert returned("P2", STEPS, chain(), signed("P2")) == Right("P2", 1)


def test_principal_may_return_what_the_substitute_signed():
    given = [Signature("P5", at(0), 1, "P1", "12-GUQ")]
    assert returned("P1", STEPS, chain(), given) == Right("P1", 1)


def test_who_comes_later_in_a_sequence_may_not_return_yet():
    with pytest.raises(ApprovalNotAllowed, match="It is not the turn of P3"):
        returned("P3", STEPS, chain(), [])


def test_who_comes_later_in_a_sequence_may_abstain_at_once():
    now = status(chain(), [], None)
    assert choose_to_abstain("P3", STEPS, now, [], Stage.LAUNCH) == Right("P3", 2)


def test_who_signed_may_not_abstain():
    given = signed("P2")
    with pytest.raises(ApprovalNotAllowed, match="can return the stage with a reason"):
        choose_to_abstain("P2", STEPS, status(chain(), given, None), given, Stage.LAUNCH)


def test_who_abstained_decides_nothing_more():
    with pytest.raises(ApprovalNotAllowed, match="P2 abstained from the stage launch"):
        ensure_not_abstained("P2", {"P2"}, Stage.LAUNCH)


@pytest.mark.parametrize("reason", [None, "", " \n\t\u00a0"])
def test_return_without_a_reason_refused(reason):
    with pytest.raises(ReasonMissing, match=r"^Returning a stage needs a reason\. Give the reason"):
        ensure_reason(reason, _("Returning a stage"))


def test_reason_missing_names_the_act():
    with pytest.raises(ReasonMissing, match=r"^Skipping a follow-up needs a reason"):
        ensure_reason("", _("Skipping a follow-up"))


def test_return_with_a_reason_accepted():
    ensure_reason("Thiếu biên bản", _("Returning a stage"))
