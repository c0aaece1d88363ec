"""Approval in steps: who is asked when, what a return leaves, and what a conflict does."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ApprovalNotAllowed, ReasonMissing
from campaigns.services.approvals import signers
from campaigns.services.standing import waiting
from campaigns.store import approvals as verdicts
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.tables import event
from schemas.commands.approvals import AbstainFromStage, AskApprovalAgain
from schemas.vocabulary import Stage
from tests.world import World

LEADER = {"roles": ["leader"], "required": 1}
SEQUENCE = {
    "order": "sequence",
    "steps": [{"roles": ["coordinator"], "required": 1}, {"people": ["hung"], "required": 1}],
}


def waits(world_with, **policy) -> World:
    """Go on to a launch that waits for the approval a policy asks."""
    world: World = world_with(approvals={"launch": policy})
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


def asked(world: World, template: str = "approval-requested") -> list[str]:
    return [row.recipient_id for row in world.read(messages.find, template=template)]


def standing(world: World):
    found = world.read(waiting)
    assert found is not None
    return found


def submit(world: World) -> None:
    command = AskApprovalAgain(command_id=world.command_id(), stage=Stage.LAUNCH, person_id="mai")
    world.do(command)


def facts_of(world: World, name: str) -> list[str]:
    with world.store.reading() as tx:
        query = select(event.c.facts).where(event.c.name == name).order_by(event.c.number)
        return list(tx.connection.execute(query).scalars())


# --- In sequence ---------------------------------------------------------------------------------


def test_first_step_of_a_sequence_is_asked_alone(world_with):
    world = waits(world_with, **SEQUENCE)

    assert asked(world) == ["lan", "mai"]


def test_second_step_is_asked_when_the_first_is_complete(world_with):
    world = waits(world_with, **SEQUENCE)

    assert world.approve(Stage.LAUNCH, "lan").detail == "signed"

    assert asked(world) == ["lan", "mai", "hung"]


def test_second_step_does_not_sign_before_the_first(world_with):
    world = waits(world_with, **SEQUENCE)

    with pytest.raises(ApprovalNotAllowed, match="First to sign: coordinator"):
        world.approve(Stage.LAUNCH, "hung")


def test_sequence_is_approved_by_its_last_step(world_with):
    world = waits(world_with, **SEQUENCE)
    world.approve(Stage.LAUNCH, "lan")

    assert world.approve(Stage.LAUNCH, "hung").detail == "approved"


def test_sequence_waits_for_who_is_next_since_the_step_before_was_complete(world_with):
    world = waits(world_with, **SEQUENCE)
    first = standing(world)
    world.at("2023-02-09T08:00:00")
    world.approve(Stage.LAUNCH, "lan")

    second = standing(world)

    assert (first.roles, second.roles) == (("coordinator",), ())
    assert second.since == world.clock.time
    assert first.since < second.since


def test_signature_names_its_step_in_the_log(world_with):
    world = waits(world_with, **SEQUENCE)
    world.approve(Stage.LAUNCH, "lan")
    world.approve(Stage.LAUNCH, "hung")

    found = facts_of(world, "thidua.stage.signed")
    assert ['"step":1' in found[0], '"step":2' in found[1]] == [True, True]


def test_launcher_alone_in_every_step_needs_another(world_with):
    """Mai launched: she may not approve alone, whatever the steps say."""
    world = waits(world_with, people=["mai"])

    assert world.approve(Stage.LAUNCH, "mai").detail == "signed"

    assert standing(world).short == 1


# --- At once -------------------------------------------------------------------------------------


def test_parallel_steps_are_asked_together_and_each_once(world_with):
    steps = [{"roles": ["leader"], "required": 1}, {"roles": ["council"], "required": 2}]
    world = waits(world_with, steps=steps)

    assert asked(world) == ["hung", "lan", "tam", "thu"]


def test_parallel_steps_take_signatures_in_any_order(world_with):
    steps = [{"roles": ["leader"], "required": 1}, {"roles": ["council"], "required": 2}]
    world = waits(world_with, steps=steps)

    details = [world.approve(Stage.LAUNCH, one).detail for one in ("thu", "hung", "lan")]

    assert details == ["signed", "signed", "approved"]


def test_named_person_approves_without_a_role(world_with):
    world = waits(world_with, people=["binh"])

    assert world.approve(Stage.LAUNCH, "binh").detail == "approved"


def test_who_is_not_named_does_not_approve(world_with):
    world = waits(world_with, people=["binh"])

    with pytest.raises(PersonNotAppointed, match="that is for binh"):
        world.approve(Stage.LAUNCH, "hung")


# --- Returned ------------------------------------------------------------------------------------


def test_return_restarts_the_chain(world_with):
    world = waits(world_with, **SEQUENCE)
    world.approve(Stage.LAUNCH, "lan")
    world.send_back(Stage.LAUNCH, "hung")
    submit(world)

    assert standing(world).roles == ("coordinator",)


def test_return_resumes_the_chain_where_the_playbook_says_so(world_with):
    world = waits(world_with, **SEQUENCE, on_return="resume")
    world.approve(Stage.LAUNCH, "lan")
    world.send_back(Stage.LAUNCH, "hung")
    submit(world)

    assert asked(world) == ["lan", "mai", "hung", "hung"]
    assert world.approve(Stage.LAUNCH, "hung").detail == "approved"


def test_signature_that_stays_keeps_its_time(world_with):
    world = waits(world_with, **SEQUENCE, on_return="resume")
    world.approve(Stage.LAUNCH, "lan")
    signed_at = world.clock.time
    world.at("2023-02-10T08:00:00")
    world.send_back(Stage.LAUNCH, "hung")

    (kept,) = world.read(signers.signatures, world.read(campaigns.get_stage, Stage.LAUNCH))
    assert (kept.person_id, kept.decided_at) == ("lan", signed_at)


def test_who_returns_takes_back_the_own_signature_alone(world_with):
    world = waits(world_with, roles=["council"], required=3, on_return="resume")
    for person in ("hung", "lan"):
        world.approve(Stage.LAUNCH, person)
    world.send_back(Stage.LAUNCH, "hung", "Tôi ký nhầm")

    rows = world.read(verdicts.verdicts, world.read(campaigns.get_stage, Stage.LAUNCH))
    assert [row.person_id for row in rows] == ["lan"]


# --- In conflict ---------------------------------------------------------------------------------


def test_abstention_needs_a_reason(world_with):
    world = waits(world_with, **LEADER)

    with pytest.raises(ReasonMissing):
        world.abstain(Stage.LAUNCH, "hung", " ")


def test_who_abstained_neither_approves_nor_returns(world_with):
    world = waits(world_with, **LEADER)
    world.abstain(Stage.LAUNCH, "hung")

    for act in (world.approve, world.send_back):
        with pytest.raises(ApprovalNotAllowed, match="hung abstained"):
            act(Stage.LAUNCH, "hung")


def test_others_approve_without_who_abstained(world_with):
    world = waits(world_with, **LEADER)

    assert world.abstain(Stage.LAUNCH, "hung").detail == "abstained"

    assert world.approve(Stage.LAUNCH, "lan").detail == "approved"


def test_coordinators_are_told_when_too_few_can_sign(world_with):
    world = waits(world_with, roles=["leader"], required=2)

    assert world.abstain(Stage.LAUNCH, "hung").detail == "short"

    assert asked(world, "approvers-missing") == ["lan", "mai"]
    assert standing(world).short == 1


def test_nobody_is_told_while_enough_can_sign(world_with):
    world = waits(world_with, **LEADER)
    world.abstain(Stage.LAUNCH, "hung")

    assert asked(world, "approvers-missing") == []


def test_conflict_lasts_after_a_return(world_with):
    world = waits(world_with, **LEADER)
    world.abstain(Stage.LAUNCH, "hung")
    world.send_back(Stage.LAUNCH, "lan")
    submit(world)

    assert asked(world) == ["hung", "lan", "lan"]


def test_who_is_not_an_approver_does_not_abstain(world_with):
    world = waits(world_with, **LEADER)

    with pytest.raises(PersonNotAppointed):
        world.abstain(Stage.LAUNCH, "thu")


def test_abstention_sent_again_changes_nothing(world_with):
    world = waits(world_with, **LEADER)
    command = AbstainFromStage(
        command_id="c-1", stage=Stage.LAUNCH, person_id="hung", reason="Người nhà"
    )

    results = [world.do(command).detail for _ in range(2)]

    assert results == ["abstained"] * 2
    assert len(facts_of(world, "thidua.stage.abstained")) == 1


def test_log_has_the_conflict_without_its_reason(world_with):
    world = waits(world_with, **LEADER)
    world.abstain(Stage.LAUNCH, "hung", "Cháu ruột của tôi")

    (facts,) = facts_of(world, "thidua.stage.abstained")
    assert '"person":"hung"' in facts
    assert "Cháu" not in facts
