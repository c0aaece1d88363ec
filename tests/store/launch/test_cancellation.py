"""A campaign is given up: by whom, what ends, what is taken back, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.deadlines.errors import ExtensionNotAllowed
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.launch.errors import CancellationNotAllowed
from campaigns.rules.nomination.errors import NominationClosed
from campaigns.services import standing
from campaigns.services.deadlines import extensions, sweep
from campaigns.services.launch import launch
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.services.nomination import acts
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.tables import cancellation as table
from campaigns.store.tables import event
from schemas.commands.deadlines import ExtendDeadline
from schemas.commands.launch import CancelCampaign
from schemas.commands.nomination import WithdrawNomination
from schemas.messages.outgoing import DeliveryOutcome
from schemas.outcomes import Done
from schemas.vocabulary import MessageState, Stage
from tests.portal_client import API, People
from tests.world import World, votes

TOLD = "campaign-cancelled"
REASON = "Tập trung chống bão số 4"


@pytest.fixture
def receiving(world: World) -> World:
    """Nominations are received; Ba Tri has sent one."""
    world.receive_nominations()
    world.nominate("A")
    return world


def cancel(world: World, person: str = "hung", reason: str = REASON) -> Done:
    command = CancelCampaign(command_id=world.command_id(), reason=reason, person_id=person)
    return world.do(command)


def stages(world: World) -> list[str]:
    return [one.state for one in world.read(campaigns.stages)]


def told(world: World) -> list[str]:
    return sorted(row.recipient_id for row in world.read(messages.find, template=TOLD))


def test_stages_that_are_not_approved_end(receiving: World):
    cancel(receiving)

    assert stages(receiving) == ["approved", "ended", "ended", "ended", "ended"]


def test_cancelled_campaign_waits_for_nobody(receiving: World):
    cancel(receiving)

    assert receiving.read(standing.waiting) is None
    assert receiving.read(standing.stages_to_run) == []


def test_everybody_who_takes_part_is_told_once(receiving: World):
    receiving.act(launch.announce)
    units = [
        row.recipient_id for row in receiving.read(messages.find, template="campaign-launched")
    ]
    cancel(receiving)

    assert "ba-tri" in units
    assert told(receiving) == sorted({"hung", "lan", "mai", "binh", *units})


def test_units_of_kinds_that_were_not_told_are_told_nothing(world_with):
    world = world_with(messages={"announce_to_kinds": ["province"]})
    world.receive_nominations()
    world.act(launch.announce)
    cancel(world)

    assert "ba-tri" not in told(world)


def test_reviewers_who_were_not_asked_yet_are_not_told(receiving: World):
    cancel(receiving)

    assert "thu" not in told(receiving)


def test_council_that_was_invited_is_told(receiving: World):
    receiving.convene("A")
    cancel(receiving)

    assert {"tam", "thu"} <= set(told(receiving))


def test_units_that_were_not_told_of_the_campaign_are_told_nothing(world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    cancel(world)

    assert told(world) == ["hung", "lan", "mai"]


def test_messages_that_have_not_left_are_taken_back(receiving: World):
    cancel(receiving)

    rows = receiving.read(messages.find)
    assert {row.state for row in rows if row.template != TOLD} == {"superseded"}


def test_held_results_are_taken_back(receiving: World):
    receiving.convene("A")
    receiving.vote(*votes("A"))
    receiving.decide()
    cancel(receiving)

    rows = receiving.read(messages.find, template="result-announced")
    assert [row.state for row in rows] == ["superseded"]


def test_only_the_notice_of_the_end_leaves(receiving: World):
    cancel(receiving)

    mails = receiving.act(delivery.claim)
    assert {mail.template for mail in mails} == {TOLD}


def test_message_that_was_being_sent_and_came_back_does_not_leave(receiving: World):
    [mail, *_] = receiving.act(delivery.claim)
    cancel(receiving)
    outcome = DeliveryOutcome(
        message_id=mail.message_id, state=MessageState.QUEUED, retry_in_seconds=1
    )
    receiving.act(delivery.record, [outcome])
    receiving.clock.time += timedelta(days=1)

    mails = receiving.act(delivery.claim)
    assert mail.message_id not in {one.message_id for one in mails}
    assert {one.template for one in mails} == {TOLD}


def test_nobody_is_reminded_any_more(receiving: World):
    cancel(receiving)
    receiving.at("2023-09-14T08:00:00")
    with receiving.store.writing(sweep.ACTOR, "DVK-TEST") as tx:
        assert sweep.sweep(tx).changed == 0


def test_nominations_are_received_no_more(receiving: World):
    cancel(receiving)

    with pytest.raises(NominationClosed):
        receiving.nominate("B", rank=2)


def test_stage_that_waited_is_not_approved(world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    cancel(world)

    with pytest.raises(TransitionNotAllowed):
        world.approve(Stage.LAUNCH, "lan")


@pytest.mark.parametrize("matter", ["work", "approval"])
def test_deadline_of_an_ended_stage_is_not_extended(receiving: World, matter: str):
    cancel(receiving)
    command = ExtendDeadline.model_validate(
        {
            "command_id": "extend",
            "stage": Stage.NOMINATION,
            "matter": matter,
            "until": "2023-12-01T17:00:00+07:00",
            "reason": "Bão",
            "person_id": "mai",
        }
    )

    with pytest.raises(ExtensionNotAllowed):
        receiving.act(extensions.extend, command)


def test_nomination_is_not_withdrawn_any_more(receiving: World):
    cancel(receiving)
    command = WithdrawNomination(
        command_id="rut", nomination_code="A", reason="Chuyển", person_id="binh"
    )

    with pytest.raises(TransitionNotAllowed):
        receiving.act(acts.withdraw, command)


def test_log_of_a_cancelled_campaign_holds(receiving: World):
    cancel(receiving)

    assert receiving.read(audit.verify).intact


def test_reason_is_kept_beside_the_log(receiving: World):
    cancel(receiving)

    with receiving.store.reading() as tx:
        row = tx.connection.execute(table.select()).one()
        logged = str(tx.connection.execute(event.select()).all())
    assert (row.reason, row.person_id) == (REASON, "hung")
    assert "bão" not in logged


@pytest.mark.parametrize("person", ["mai", "binh", "thu", "nobody"])
def test_running_campaign_is_cancelled_by_approvers_of_its_launch_alone(
    receiving: World, person: str
):
    with pytest.raises(PersonNotAppointed):
        cancel(receiving, person)


def test_launcher_does_not_cancel_alone(world: World):
    world.launch("lan")

    with pytest.raises(CancellationNotAllowed):
        cancel(world, "lan")


def test_draft_is_cancelled_by_a_coordinator_and_nobody_is_told(world: World):
    cancel(world, "mai")

    assert told(world) == []


def test_draft_is_not_cancelled_by_others(world: World):
    with pytest.raises(PersonNotAppointed):
        cancel(world, "hung")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_cancellation_without_reason_is_refused(receiving: World, reason: str):
    with pytest.raises(ReasonMissing):
        cancel(receiving, reason=reason)


def test_cancelled_campaign_is_not_cancelled_again(receiving: World):
    cancel(receiving)

    with pytest.raises(TransitionNotAllowed):
        cancel(receiving, "lan")


@pytest.mark.parametrize("launched", [False, True])
def test_same_cancellation_again_changes_nothing(world: World, launched: bool):
    if launched:
        world.launch()
    person = "hung" if launched else "mai"
    command = CancelCampaign(command_id="once", reason=REASON, person_id=person)
    first = world.do(command)

    again = world.do(command)
    assert (again.changed, again.repeated) == (first.changed, True)


# --- Over the API --------------------------------------------------------------------------------


def test_campaign_is_cancelled_over_the_api(people: People, receiving: World) -> None:
    answer = people.post("hung", f"{API}/cancel", {"reason": REASON})
    assert (answer.status_code, people.get("mai", API).json()["state"]) == (200, "cancelled")


def test_cancellation_needs_the_scope(people: People) -> None:
    answer = people.post("hung", f"{API}/cancel", {"reason": REASON}, scopes="read coordinate")
    assert answer.json()["code"] == "scope-missing"


@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "x" * 4_001}, [], {"ly_do": "x"}])
def test_body_that_is_not_right_is_refused(people: People, body: object) -> None:
    assert people.ask("hung", "POST", f"{API}/cancel", json=body).status_code == 422
