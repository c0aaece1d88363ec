"""A nomination is withdrawn, cleared or revoked: by whom, until when, and who is told."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.rules.access.errors import PersonNotAppointed, ThingNotFound
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.errors import ActContradicted, CommandIdReused, TransitionNotAllowed
from campaigns.rules.nomination.errors import DocumentMissing, HoldTooLate, WithdrawalTooLate
from campaigns.services.appraisal import reviews
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.services.recognition import council
from campaigns.store.mail import messages
from campaigns.store.nomination import acts, nominations
from campaigns.store.tables import event
from schemas.commands.mail import ReleaseMessages
from schemas.commands.nomination import ClearHold, WithdrawNomination
from schemas.commands.recognition import RevokeRecognition
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.outcomes import Done
from schemas.vocabulary import MessageState, Stage
from tests.world import World, votes

CHANGED, REVOKED = "nomination-changed", "recognition-revoked"


@pytest.fixture
def world(world: World) -> World:
    """Ba Tri has nominated A."""
    world.receive_nominations()
    world.nominate("A")
    return world


@pytest.fixture
def on_hold(world: World) -> World:
    """B, a case about which is open, is on hold, A is eligible; nobody was told yet."""
    world.nominate("B", rank=2, case_opened=date(2023, 6, 1))
    world.check_all()
    return world


@pytest.fixture
def recognised(world: World) -> World:
    """A is recognised; its message is held."""
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    return world


def settle(world: World, mails: list[OutgoingMail], state: MessageState) -> None:
    outcomes = [DeliveryOutcome(message_id=mail.message_id, state=state) for mail in mails]
    world.act(delivery.record, outcomes)


def withdraw(world: World, person: str = "binh", reason: str = "Chuyển công tác", code="A") -> Done:
    command = WithdrawNomination(
        command_id=world.command_id(), nomination_code=code, reason=reason, person_id=person
    )
    return world.do(command)


def clear(world: World, person: str = "mai", reason: str = "Đã có kết luận", code="B") -> Done:
    command = ClearHold(
        command_id=world.command_id(), nomination_code=code, reason=reason, person_id=person
    )
    return world.do(command)


def revoke(
    world: World,
    person: str = "hung",
    reason: str = "Số liệu sai",
    document: str = "07-QĐ/BDVTU",
    code: str = "A",
) -> Done:
    command = RevokeRecognition(
        command_id=world.command_id(),
        nomination_code=code,
        reason=reason,
        document=document,
        person_id=person,
    )
    return world.do(command)


def told(world: World, template: str, *states: str) -> list[str]:
    rows = world.read(messages.find, template=template, states=states)
    return sorted(row.recipient_id for row in rows)


def kept(world: World, code: str) -> list[tuple[str, str, str]]:
    record = world.read(nominations.by_code, [code])[code]
    rows = world.read(acts.of_nomination, record.id)
    return [(one.act, one.reason, one.person_id) for one in rows]


def log(world: World) -> str:
    with world.store.reading() as tx:
        return str(tx.connection.execute(event.select()).all())


# --- Withdrawing ---------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["binh", "mai"])
def test_nomination_is_withdrawn_by_its_unit_or_a_coordinator(world: World, person: str):
    withdraw(world, person)

    assert world.state_of("A") == "withdrawn"


def test_withdrawal_is_told_to_the_unit_and_the_coordinators(world: World):
    withdraw(world)

    assert told(world, CHANGED, "queued") == ["binh", "lan", "mai"]


def test_messages_about_a_withdrawn_nomination_that_have_not_left_are_taken_back(world: World):
    withdraw(world)

    assert told(world, "nomination-received") == told(world, "nomination-received", "superseded")


def test_reason_is_kept_beside_the_log(world: World):
    withdraw(world, reason="Người đứng đầu chuyển công tác")

    assert kept(world, "A") == [("withdraw", "Người đứng đầu chuyển công tác", "binh")]
    assert "chuyển công tác" not in log(world)


def test_nomination_of_another_unit_is_not_withdrawn(world: World):
    world.nominate("C", nominated_by_id="an-thuy", unit_id="an-thuy", rank=1)

    with pytest.raises(ThingNotFound):
        withdraw(world, code="C")


@pytest.mark.parametrize("person", ["thu", "hung", "nobody"])
def test_withdrawal_by_others_is_refused(world: World, person: str):
    with pytest.raises(PersonNotAppointed):
        withdraw(world, person)


@pytest.mark.parametrize("reason", ["", " \n\t"])
def test_withdrawal_without_reason_is_refused(world: World, reason: str):
    with pytest.raises(ReasonMissing):
        withdraw(world, reason=reason)


@pytest.mark.parametrize("code", ["Z", "", "A ", "Ạ" * 5_000, "'; DROP TABLE nomination; --"])
def test_nomination_that_is_not_there_is_not_withdrawn(world: World, code: str):
    with pytest.raises(ThingNotFound):
        withdraw(world, code=code)


def test_withdrawal_after_the_vote_is_refused(world: World):
    world.convene("A")
    world.vote(*votes("A"))

    with pytest.raises(WithdrawalTooLate):
        withdraw(world, "mai")


def test_council_does_not_wait_for_a_nomination_withdrawn_before_the_vote(world: World):
    world.nominate("B", rank=2)
    world.convene("A", "B")
    withdraw(world)

    assert world.read(council.missing_votes) == 1


def test_reviewers_are_not_waited_for_with_a_withdrawn_nomination(world: World):
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    withdraw(world)

    assert world.read(reviews.missing_reviews) == 0


def test_recognised_nomination_is_not_withdrawn(recognised: World):
    with pytest.raises(TransitionNotAllowed):
        withdraw(recognised, "mai")


def test_withdrawn_nomination_is_not_withdrawn_again(world: World):
    withdraw(world)

    with pytest.raises(TransitionNotAllowed):
        withdraw(world)


def test_same_withdrawal_again_changes_nothing(world: World):
    command = WithdrawNomination(
        command_id="once", nomination_code="A", reason="Chuyển", person_id="binh"
    )
    first = world.do(command)

    again = world.do(command)

    assert (first.repeated, again.repeated, again.changed) == (False, True, first.changed)
    assert len(kept(world, "A")) == 1


def test_withdrawal_with_another_reason_is_no_repeat(world: World):
    command = WithdrawNomination(
        command_id="once", nomination_code="A", reason="Chuyển", person_id="binh"
    )
    world.do(command)

    with pytest.raises(ActContradicted):
        world.do(command.model_copy(update={"reason": "Khác"}))


def test_id_of_another_command_is_refused(world: World):
    withdrawal = WithdrawNomination(
        command_id="once", nomination_code="A", reason="Chuyển", person_id="mai"
    )
    world.do(withdrawal)

    with pytest.raises(CommandIdReused):
        world.do(
            ClearHold(command_id="once", nomination_code="A", reason="Chuyển", person_id="mai"),
        )


def test_reason_written_apart_is_composed(world: World):
    withdraw(world, reason="Chuye\u0302\u0309n")

    assert kept(world, "A")[0][1] == "Chuy\u1ec3n"


# --- Clearing a hold -----------------------------------------------------------------------------


def test_cleared_nomination_is_eligible(on_hold: World):
    clear(on_hold)

    assert on_hold.state_of("B") == "eligible"


def test_clearing_before_the_approval_tells_the_unit_nothing_yet(on_hold: World):
    clear(on_hold)

    assert (told(on_hold, CHANGED, "held"), told(on_hold, CHANGED, "queued")) == (
        ["binh"],
        ["lan", "mai"],
    )


def test_unit_is_told_of_the_clearing_with_the_approval(on_hold: World):
    clear(on_hold)
    on_hold.finish(Stage.NOMINATION)

    assert told(on_hold, CHANGED, "queued") == ["binh", "lan", "mai"]


def test_unit_is_not_told_of_the_hold_that_was_cleared(on_hold: World):
    clear(on_hold)
    on_hold.finish(Stage.NOMINATION)

    rows = on_hold.read(messages.find, template="nomination-checked", about="nomination:B")
    assert [row.state for row in rows] == ["superseded"]


def test_reviewers_are_waited_for_with_a_cleared_nomination(on_hold: World):
    on_hold.finish(Stage.NOMINATION)
    on_hold.open(Stage.APPRAISAL)
    before = on_hold.read(reviews.missing_reviews)
    clear(on_hold)

    assert on_hold.read(reviews.missing_reviews) > before


def test_hold_is_not_cleared_once_the_appraisal_is_over(on_hold: World):
    on_hold.appraise("A")
    on_hold.finish(Stage.APPRAISAL)

    with pytest.raises(HoldTooLate):
        clear(on_hold)


def test_nomination_that_is_not_on_hold_is_not_cleared(on_hold: World):
    with pytest.raises(TransitionNotAllowed):
        clear(on_hold, code="A")


@pytest.mark.parametrize("person", ["binh", "hung", "thu"])
def test_hold_is_cleared_by_coordinators_alone(on_hold: World, person: str):
    with pytest.raises(PersonNotAppointed):
        clear(on_hold, person)


def test_clearing_without_reason_is_refused(on_hold: World):
    with pytest.raises(ReasonMissing):
        clear(on_hold, reason=" ")


def test_nomination_on_hold_is_withdrawn(on_hold: World):
    withdraw(on_hold, code="B")

    assert on_hold.state_of("B") == "withdrawn"


# --- Revoking ------------------------------------------------------------------------------------


def test_recognition_is_revoked_by_who_may_sign_it(recognised: World):
    revoke(recognised)

    assert recognised.state_of("A") == "revoked"


def test_result_that_was_not_told_yet_is_taken_back(recognised: World):
    revoke(recognised)

    assert told(recognised, "result-announced", "superseded") == ["binh"]


def test_message_to_the_unit_is_held_and_the_coordinators_are_told(recognised: World):
    revoke(recognised)

    assert (told(recognised, REVOKED, "held"), told(recognised, REVOKED, "queued")) == (
        ["binh"],
        ["lan", "mai"],
    )


def test_message_to_the_unit_is_a_coordinator_s_to_release(recognised: World):
    revoke(recognised)
    command = ReleaseMessages(command_id="release", template=REVOKED, early=True, person_id="mai")

    assert recognised.act(delivery.release, command).changed == 1


def test_result_that_was_told_stays_told(recognised: World):
    release = ReleaseMessages(command_id="release", early=True, person_id="mai")
    recognised.act(delivery.release, release)
    mails = recognised.act(delivery.claim)
    settle(recognised, mails, MessageState.SENT)
    revoke(recognised)

    assert told(recognised, "result-announced", "sent") == ["binh"]


def test_log_names_the_decision_and_not_the_reason(recognised: World):
    revoke(recognised, reason="Báo cáo khống")

    found = log(recognised)
    assert "07-QĐ/BDVTU" in found
    assert "khống" not in found


@pytest.mark.parametrize("person", ["mai", "binh", "thu"])
def test_revocation_by_who_may_not_sign_is_refused(recognised: World, person: str):
    with pytest.raises(PersonNotAppointed):
        revoke(recognised, person)


def test_revocation_without_reason_is_refused(recognised: World):
    with pytest.raises(ReasonMissing):
        revoke(recognised, reason="")


@pytest.mark.parametrize("document", ["", "  "])
def test_revocation_without_its_decision_is_refused(recognised: World, document: str):
    with pytest.raises(DocumentMissing):
        revoke(recognised, document=document)


def test_what_is_not_recognised_is_not_revoked(world: World):
    with pytest.raises(TransitionNotAllowed):
        revoke(world)


def test_log_of_all_acts_holds(on_hold: World):
    clear(on_hold)
    withdraw(on_hold, code="B")
    on_hold.convene("A")
    on_hold.vote(*votes("A"))
    on_hold.decide()
    revoke(on_hold)

    assert on_hold.read(audit.verify).intact
