"""Who approves a stage, who may not, and what two signatures at once come to."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ApprovalNotAllowed, ReasonMissing
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.services.approvals import verdicts
from campaigns.services.recognition import council
from campaigns.store import campaigns
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.registers import enrolment
from campaigns.store.tables import approval, decision, event
from schemas.commands.approvals import ApproveStage, AskApprovalAgain
from schemas.outcomes import Done
from schemas.vocabulary import Stage
from tests.world import APPROVERS, PEOPLE, World, votes


@pytest.fixture
def world(world: World) -> World:
    """The launch waits for its approval."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


def stage(world: World, name: Stage = Stage.LAUNCH) -> tuple[str, int]:
    found = world.read(campaigns.get_stage, name)
    return found.state, found.round


def ask_again(world: World, name: Stage = Stage.LAUNCH, person_id: str = "mai") -> Done:
    command = AskApprovalAgain(command_id=world.command_id(), stage=name, person_id=person_id)
    return world.do(command)


def asked(world: World) -> list[str]:
    rows = world.read(messages.find, template="approval-requested")
    return [row.recipient_id for row in rows]


def to_recognition(world: World) -> None:
    """Go on to a decision that waits for two signatures."""
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))
    world.act(council.draft_decision)
    world.ask_approval(Stage.RECOGNITION)


# --- Approved ------------------------------------------------------------------------------------


def test_approval_is_asked_of_everybody_who_may_give_it(world: World):
    assert asked(world) == ["hung", "lan"]


def test_approval_is_asked_once(world: World):
    again = world.act(verdicts.request_if_done, Stage.LAUNCH)

    assert (again.changed, len(asked(world))) == (0, 2)


def test_stage_is_approved_by_its_approver(world: World):
    done = world.approve(Stage.LAUNCH, "hung")

    assert (done.detail, stage(world)) == ("approved", ("approved", 1))


def test_stage_is_not_approved_before_approval_is_asked(world: World):
    with pytest.raises(TransitionNotAllowed, match="stage nomination is pending"):
        world.approve(Stage.NOMINATION, "hung")


@pytest.mark.parametrize("person", ["thu", "mai", "nobody"])
def test_stage_is_not_approved_by_who_holds_no_such_role(world: World, person: str):
    with pytest.raises(PersonNotAppointed, match="leader"):
        world.approve(Stage.LAUNCH, person)


def test_stage_is_not_approved_by_who_held_the_role_until_yesterday(world: World):
    today = world.clock.time.date()
    rows = [row for row in PEOPLE if row.id == "hung"]
    without = [rows[0].model_copy(update={"roles": ("council",)})]
    with world.store.writing("mai") as tx:
        enrolment.save(tx, without, today)
        commit(tx)

    with pytest.raises(PersonNotAppointed):
        world.approve(Stage.LAUNCH, "hung")


# --- The launcher --------------------------------------------------------------------------------


@pytest.fixture
def launched_by_lan(world_with) -> World:
    world: World = world_with()
    world.launch("lan")
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


def test_launcher_does_not_approve_alone(launched_by_lan: World):
    done = launched_by_lan.approve(Stage.LAUNCH, "lan")

    assert (done.detail, stage(launched_by_lan)) == ("signed", ("awaiting_approval", 1))


def test_launcher_approves_together_with_another(launched_by_lan: World):
    launched_by_lan.approve(Stage.LAUNCH, "lan")

    done = launched_by_lan.approve(Stage.LAUNCH, "hung")

    assert (done.detail, stage(launched_by_lan)) == ("approved", ("approved", 1))


def test_another_approves_without_the_launcher(launched_by_lan: World):
    assert launched_by_lan.approve(Stage.LAUNCH, "hung").detail == "approved"


# --- Twice ---------------------------------------------------------------------------------------


def test_second_approval_says_who_was_first(world: World):
    world.approve(Stage.LAUNCH, "hung")

    with pytest.raises(
        ApprovalNotAllowed, match=r"approved already, by hung \(08/02/2023 17:00 \+07\)"
    ):
        world.approve(Stage.LAUNCH, "lan")


def test_approval_sent_again_returns_the_first_result(world: World):
    command = ApproveStage(command_id="c-1", stage=Stage.LAUNCH, person_id="hung")

    results = [world.do(command) for _ in range(2)]

    first = Done(changed=1, detail="approved")
    assert results == [first, first.model_copy(update={"repeated": True})]
    assert world.count(approval) == 1


def test_stage_that_takes_two_is_not_approved_by_one(world: World):
    to_recognition(world)

    done = world.approve(Stage.RECOGNITION, "hung")

    assert (done.detail, stage(world, Stage.RECOGNITION)[0]) == ("signed", "awaiting_approval")


def test_stage_that_takes_two_is_not_approved_by_one_who_signs_twice(world: World):
    to_recognition(world)
    world.approve(Stage.RECOGNITION, "hung")

    with pytest.raises(ApprovalNotAllowed, match="hung approved the stage recognition"):
        world.approve(Stage.RECOGNITION, "hung")


def test_stage_that_takes_two_is_approved_by_the_second(world: World):
    to_recognition(world)

    done = [
        world.approve(Stage.RECOGNITION, person).detail for person in APPROVERS[Stage.RECOGNITION]
    ]

    assert done == ["signed", "approved"]


def test_each_signature_is_an_event(world: World):
    to_recognition(world)
    for person in APPROVERS[Stage.RECOGNITION]:
        world.approve(Stage.RECOGNITION, person)

    with world.store.reading() as tx:
        signed = select(event.c.facts).where(
            event.c.name == "thidua.stage.signed", event.c.subject == "stage:recognition"
        )
        facts = tx.connection.execute(signed.order_by(event.c.number)).scalars().all()
    assert ['"person":"hung"' in facts[0], '"person":"lan"' in facts[1]] == [True, True]


# --- Returned ------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"], ids=["none", "blanks", "white space"])
def test_return_without_a_reason_is_refused(world: World, reason: str):
    with pytest.raises(ReasonMissing):
        world.send_back(Stage.LAUNCH, "hung", reason)

    assert stage(world) == ("awaiting_approval", 1)


def test_return_opens_the_stage_and_begins_a_new_round(world: World):
    world.send_back(Stage.LAUNCH, "hung")

    assert stage(world) == ("open", 2)


def test_return_is_told_to_the_coordinators(world: World):
    world.send_back(Stage.LAUNCH, "hung")

    rows = world.read(messages.find, template="stage-returned")
    assert [row.recipient_id for row in rows] == ["lan", "mai"]


def test_returned_stage_is_not_asked_again_by_the_engine(world: World):
    world.send_back(Stage.LAUNCH, "hung")

    assert world.act(verdicts.request_if_done, Stage.LAUNCH).changed == 0


def test_returned_stage_is_asked_again_by_a_coordinator(world: World):
    world.send_back(Stage.LAUNCH, "hung")

    ask_again(world)

    assert stage(world) == ("awaiting_approval", 2)
    assert asked(world) == ["hung", "lan", "hung", "lan"]


def test_returned_stage_is_not_asked_again_by_others(world: World):
    world.send_back(Stage.LAUNCH, "hung")

    with pytest.raises(PersonNotAppointed, match="coordinator"):
        ask_again(world, person_id="hung")


def test_stage_whose_work_is_not_done_is_not_asked_for(world: World):
    """The coordinator asks while nominations still wait for the rules' decision."""
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    world.nominate("A")

    with pytest.raises(ApprovalNotAllowed, match="stage nomination is not finished".capitalize()):
        ask_again(world, Stage.NOMINATION)

    assert stage(world, Stage.NOMINATION) == ("open", 1)


def test_signatures_of_the_round_before_do_not_count(world: World):
    to_recognition(world)
    world.approve(Stage.RECOGNITION, "hung")
    world.send_back(Stage.RECOGNITION, "lan")
    ask_again(world, Stage.RECOGNITION)

    assert world.approve(Stage.RECOGNITION, "lan").detail == "signed"
    assert world.approve(Stage.RECOGNITION, "hung").detail == "approved"


def test_who_signed_may_still_return(world: World):
    """He sees his mistake before the second signature."""
    to_recognition(world)
    world.approve(Stage.RECOGNITION, "hung")

    world.send_back(Stage.RECOGNITION, "hung", "Tôi ký nhầm")

    assert stage(world, Stage.RECOGNITION) == ("open", 2)


def test_returned_decision_is_drafted_anew_and_the_new_draft_is_signed(world: World):
    to_recognition(world)
    world.send_back(Stage.RECOGNITION, "lan")
    ask_again(world, Stage.RECOGNITION)
    for person in APPROVERS[Stage.RECOGNITION]:
        world.approve(Stage.RECOGNITION, person)

    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(decision.c.round, decision.c.state, decision.c.number).order_by(decision.c.round)
        ).all()
    assert [tuple(row) for row in rows] == [(1, "drafted", None), (2, "signed", 1)]
