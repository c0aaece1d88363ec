"""A signed decision is corrected by another; nobody is left with a wrong result, or with two."""

from __future__ import annotations

import pytest

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.recognition.errors import (
    CorrectionImpossible,
    DecisionNotInForce,
    HeldChanged,
)
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.recognition import decisions
from schemas.commands.approvals import AskApprovalAgain
from schemas.commands.mail import ReleaseMessages
from schemas.commands.recognition import CorrectDecision, CorrectedResult
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.outcomes import Done
from schemas.vocabulary import MessageState, Stage, Vote
from tests.world import World, votes

ANNOUNCED, CORRECTED = "result-announced", "result-corrected"


@pytest.fixture
def world(world: World) -> World:
    """A was recognised and B was not; nobody was told yet."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B", Vote.NO))
    world.decide()
    settle(world, world.act(delivery.claim), MessageState.SENT)
    return world


def correct(
    world: World, person_id: str = "mai", reason: str = "Kiểm phiếu sai", **holds: bool
) -> Done:
    command = CorrectDecision(
        command_id=world.command_id(),
        person_id=person_id,
        reason=reason,
        results=tuple(
            CorrectedResult(nomination_code=code, recognised=one) for code, one in holds.items()
        ),
    )
    return world.do(command)


def sign(world: World) -> None:
    for person in ("hung", "lan"):
        world.approve(Stage.RECOGNITION, person)


def corrected(world: World, **holds: bool) -> None:
    correct(world, "mai", "Kiểm phiếu sai", **holds)
    sign(world)


def release(world: World) -> Done:
    command = ReleaseMessages(command_id=world.command_id(), early=True, person_id="mai")
    return world.do(command)


def settle(world: World, mails: list[OutgoingMail], state: MessageState) -> None:
    outcomes = [DeliveryOutcome(message_id=mail.message_id, state=state) for mail in mails]
    world.act(delivery.record, outcomes)


def tell(world: World, state: MessageState = MessageState.SENT) -> None:
    release(world)
    settle(world, world.act(delivery.claim), state)


def told(world: World, code: str = "A") -> list[tuple[str, str]]:
    """Return the messages about a nomination's result, by template and state."""
    return [
        (row.template, row.state)
        for row in world.read(messages.find)
        if row.about == f"nomination:{code}" and row.template in {ANNOUNCED, CORRECTED}
    ]


def state_of_stage(world: World) -> tuple[str, int]:
    stage = world.read(campaigns.get_stage, Stage.RECOGNITION)
    return stage.state, stage.round


# --- The decision ---------------------------------------------------------------------------------


def test_correction_waits_for_the_approvers_in_a_new_round(world: World):
    correct(world, A=False)

    assert state_of_stage(world) == ("awaiting_approval", 2)


def test_decision_holds_until_the_correction_is_signed(world: World):
    correct(world, A=False)
    world.approve(Stage.RECOGNITION, "hung")

    assert (world.state_of("A"), [one.state for one in world.read(decisions.every)]) == (
        "recognised",
        ["signed", "drafted"],
    )


def test_signed_correction_replaces_the_decision_under_a_number_of_its_own(world: World):
    corrected(world, A=False)

    first, second = world.read(decisions.every)
    assert (first.state, second.state) == ("replaced", "signed")
    assert (first.symbol, second.symbol) == ("01-QĐ/BDVTU", "02-QĐ/BDVTU")


def test_nominations_have_the_corrected_results(world: World):
    corrected(world, A=False, B=True)

    assert (world.state_of("A"), world.state_of("B")) == ("not_recognised", "recognised")


def test_new_decision_holds_all_results_of_the_old_one(world: World):
    corrected(world, A=False)

    in_force = world.read(decisions.in_force)
    assert in_force is not None
    assert sorted(world.read(decisions.results, in_force.id).values()) == [False, False]


def test_log_of_a_correction_replays(world: World):
    corrected(world, A=False, B=True)

    assert world.read(audit.verify).reason == ""


def test_approvers_are_asked_again(world: World):
    correct(world, A=False)

    rows = world.read(messages.find, template="approval-requested", states=["queued"])
    assert {row.recipient_id for row in rows} == {"hung", "lan"}


def test_correction_is_asked_for_by_a_coordinator(world: World):
    with pytest.raises(PersonNotAppointed):
        correct(world, "hung", A=False)


def test_correction_needs_a_reason(world: World):
    with pytest.raises(ReasonMissing):
        correct(world, reason=" ", A=False)


def test_every_result_that_cannot_be_corrected_is_named(world: World):
    with pytest.raises(CorrectionImpossible, match="A has that result already; X is not a nom"):
        correct(world, A=True, X=False)


def test_nomination_named_twice_is_not_corrected(world: World):
    twice = [CorrectedResult(nomination_code="A", recognised=False) for _ in range(2)]
    command = CorrectDecision(command_id="c", person_id="mai", reason="Sai", results=tuple(twice))
    with pytest.raises(CorrectionImpossible, match="A is named more than once"):
        world.do(command)

    assert state_of_stage(world) == ("approved", 1)


def test_second_correction_waits_for_the_first(world: World):
    correct(world, A=False)

    with pytest.raises(DecisionNotInForce):
        correct(world, B=True)


def test_correction_that_was_returned_is_asked_again_as_it_was(world: World):
    correct(world, A=False)
    world.send_back(Stage.RECOGNITION, "hung")
    command = AskApprovalAgain(
        command_id=world.command_id(), stage=Stage.RECOGNITION, person_id="mai"
    )
    world.do(command)
    sign(world)

    assert (world.state_of("A"), world.state_of("B")) == ("not_recognised", "not_recognised")


def test_correction_that_was_returned_may_be_another(world: World):
    correct(world, A=False)
    world.send_back(Stage.RECOGNITION, "hung")
    corrected(world, B=True)

    assert (world.state_of("A"), world.state_of("B")) == ("recognised", "recognised")


def test_decision_is_corrected_twice(world: World):
    corrected(world, A=False)
    corrected(world, A=True)

    assert [one.state for one in world.read(decisions.every)] == ["replaced", "replaced", "signed"]
    assert world.state_of("A") == "recognised"


# --- Who is told ----------------------------------------------------------------------------------


def test_result_that_was_not_released_is_written_anew_and_held(world: World):
    corrected(world, A=False)

    assert told(world, "A") == [(ANNOUNCED, "superseded"), (ANNOUNCED, "held")]


def test_unsent_result_that_stays_names_the_new_decision(world: World):
    corrected(world, A=False)

    assert told(world, "B") == [(ANNOUNCED, "superseded"), (ANNOUNCED, "held")]


def test_result_that_was_sent_is_corrected_by_a_held_message(world: World):
    tell(world)
    corrected(world, A=False)

    assert told(world, "A") == [(ANNOUNCED, "sent"), (CORRECTED, "held")]


def test_who_was_told_what_still_holds_hears_nothing(world: World):
    tell(world)
    corrected(world, A=False)

    assert told(world, "B") == [(ANNOUNCED, "sent")]


def test_correcting_messages_are_released_by_a_coordinator(world: World):
    tell(world)
    corrected(world, A=False)

    assert release(world).changed == 1
    assert told(world, "A")[-1] == (CORRECTED, "queued")


def test_result_that_may_have_arrived_is_corrected(world: World):
    tell(world, MessageState.UNCERTAIN)
    corrected(world, A=False)

    assert told(world, "A") == [(ANNOUNCED, "uncertain"), (CORRECTED, "held")]


def test_wrong_result_that_is_deferred_after_the_correction_never_leaves(world: World):
    release(world)
    mails = world.act(delivery.claim)
    corrected(world, A=False)
    settle(world, mails, MessageState.QUEUED)
    world.at("2024-01-01T00:00:00")

    world.act(delivery.claim)

    assert told(world, "A") == [(ANNOUNCED, "superseded"), (CORRECTED, "held")]


def test_result_that_was_told_and_holds_again_needs_no_message(world: World):
    tell(world)
    corrected(world, A=False)
    corrected(world, A=True)

    assert told(world, "A") == [(ANNOUNCED, "sent"), (CORRECTED, "superseded")]


def test_correction_that_was_told_is_corrected_in_its_turn(world: World):
    tell(world)
    corrected(world, A=False)
    tell(world)
    corrected(world, A=True)

    assert told(world, "A") == [(ANNOUNCED, "sent"), (CORRECTED, "sent"), (CORRECTED, "held")]


# --- What was seen is what leaves -----------------------------------------------------------------


def held(world: World) -> tuple[int, ...]:
    return tuple(row.id for row in world.read(messages.find, states=["held"]))


def test_messages_that_were_seen_are_released(world: World):
    command = ReleaseMessages(command_id="c", early=True, person_id="mai", seen=held(world))

    assert world.do(command).changed == 2


def test_messages_that_changed_since_they_were_seen_are_not_released(world: World):
    seen = held(world)
    corrected(world, A=False)
    command = ReleaseMessages(command_id="c", early=True, person_id="mai", seen=seen)

    with pytest.raises(HeldChanged, match=r"2 are new .* 2 are gone"):
        world.do(command)

    assert told(world, "A")[-1] == (ANNOUNCED, "held")
