"""A substitute signs on the days of the letter, for one who is away, and on no other day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import (
    ApprovalNotAllowed,
    DelegationNotAllowed,
    DelegationNotFound,
)
from campaigns.services import standing
from campaigns.services.approvals import delegations, signers, verdicts
from campaigns.store import campaigns, tables
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.tables import event
from schemas.commands.approvals import AskApprovalAgain, RecordDelegation, RevokeDelegation
from schemas.vocabulary import Stage
from tests.world import World


@pytest.fixture
def world(world_with) -> World:
    """The launch of Mai waits for Hưng, since 8 February 2023; Bình may stand in for him."""
    world: World = world_with(approvals={"launch": {"people": ["hung"]}})
    world.launch()
    world.open(Stage.LAUNCH)
    return world


def away(world: World, first: str = "2023-02-01", last: str = "2023-02-10", **more) -> None:
    world.delegate("hung", "binh", first, last, **more)


def request(world: World) -> None:
    world.ask_approval(Stage.LAUNCH)


def asked(world: World, template: str = "approval-requested") -> list[str]:
    return [row.recipient_id for row in world.read(messages.find, template=template)]


def asked_now(world: World) -> list[str]:
    stage = world.read(campaigns.get_stage, Stage.LAUNCH)
    return [one.person_id for one in world.read(signers.by_stage)[stage.name].asked]


def revoke(world: World, number: int, person_id: str = "hung") -> str:
    command = RevokeDelegation(
        command_id=world.command_id(), delegation_id=number, person_id=person_id
    )
    return world.do(command).detail


# --- On the days ---------------------------------------------------------------------------------


def test_substitute_is_asked_in_place_of_who_is_away(world: World):
    away(world)
    request(world)

    assert asked(world) == ["binh"]


def test_who_is_away_is_told_that_the_substitute_was_asked(world: World):
    away(world)
    request(world)

    assert asked(world, "approval-delegated") == ["hung"]


def test_substitute_signs_on_behalf_and_by_the_letter(world: World):
    away(world)
    request(world)

    assert world.approve(Stage.LAUNCH, "binh").detail == "approved"

    (one,) = world.read(signers.by_stage)["launch"].signatures
    assert (one.name, one.principal_name, one.letter) == ("Bình", "Hưng", "12-GUQ/BDVTU")


def test_log_says_on_whose_behalf_was_signed(world: World):
    away(world)
    request(world)
    world.approve(Stage.LAUNCH, "binh")

    with world.store.reading() as tx:
        query = select(event.c.facts).where(event.c.name == "thidua.stage.signed")
        facts = tx.connection.execute(query).scalar_one()
    assert '"letter":"12-GUQ/BDVTU"' in facts
    assert '"principal":"hung"' in facts


@pytest.mark.parametrize(
    ("now", "signs"),
    [
        ("2023-02-08T23:59:59", True),
        ("2023-02-09T00:00:00", False),
    ],
)
def test_substitute_signs_until_the_last_day_ends_in_the_campaigns_zone(
    world: World, now: str, signs: bool
):
    away(world, last="2023-02-08")
    request(world)
    world.at(now)

    if signs:
        assert world.approve(Stage.LAUNCH, "binh").detail == "approved"
    else:
        with pytest.raises(PersonNotAppointed):
            world.approve(Stage.LAUNCH, "binh")


def test_substitute_does_not_sign_before_the_first_day(world: World):
    away(world, "2023-02-09")
    request(world)

    with pytest.raises(PersonNotAppointed):
        world.approve(Stage.LAUNCH, "binh")
    assert asked(world) == ["hung"]


def test_substitute_is_asked_on_the_first_day_while_the_stage_waits(world: World):
    away(world, "2023-02-09")
    request(world)
    world.at("2023-02-09T00:00:00")
    world.act(verdicts.request_if_done, Stage.LAUNCH)

    assert asked(world) == ["hung", "binh"]
    assert asked(world, "approval-delegated") == ["hung"]


def test_what_is_still_open_goes_back_after_the_last_day(world: World):
    away(world)
    request(world)
    world.at("2023-02-11T00:00:00")
    for _ in range(2):
        world.act(verdicts.request_if_done, Stage.LAUNCH)

    assert asked(world) == ["binh", "hung"]
    assert asked_now(world) == ["hung"]


def test_run_is_set_for_the_day_after_the_last(world: World):
    away(world)
    request(world)

    with world.store.reading() as tx:
        query = select(tables.outbox.c.available_at).where(
            tables.outbox.c.topic == edges.CYCLE, tables.outbox.c.available_at > tx.now
        )
        found = tx.connection.execute(query).scalars().all()
    assert [one.isoformat() for one in found] == ["2023-02-10T17:00:00+00:00"]


def test_who_is_away_may_sign_and_both_count_once(world: World):
    away(world)
    request(world)
    assert world.approve(Stage.LAUNCH, "hung").detail == "approved"

    with pytest.raises(ApprovalNotAllowed, match="approved already, by hung"):
        world.approve(Stage.LAUNCH, "binh")


def test_delegation_recorded_while_the_stage_waits_asks_the_substitute_at_once(world: World):
    request(world)
    away(world, first="2023-02-08")

    assert asked(world) == ["hung", "binh"]


def test_delegation_of_another_stage_changes_nothing(world: World):
    world.delegate("hung", "binh", "2023-02-01", "2023-02-10", stage=Stage.NOMINATION)
    request(world)

    assert asked(world) == ["hung"]


# --- Counting once -------------------------------------------------------------------------------


@pytest.fixture
def two_leaders(world_with) -> World:
    """The launch takes both leaders, Lan and Hưng."""
    world: World = world_with(approvals={"launch": {"roles": ["leader"], "required": 2}})
    world.launch()
    world.open(Stage.LAUNCH)
    return world


def test_substitute_who_holds_the_role_counts_once(two_leaders: World):
    two_leaders.delegate("hung", "lan", "2023-02-01", "2023-02-28")
    request(two_leaders)
    assert two_leaders.approve(Stage.LAUNCH, "lan").detail == "signed"

    with pytest.raises(ApprovalNotAllowed, match="lan approved the stage launch"):
        two_leaders.approve(Stage.LAUNCH, "lan")
    assert asked_now(two_leaders) == ["hung"]


def test_substitute_of_the_launcher_does_not_approve_alone(world_with):
    world: World = world_with(approvals={"launch": {"roles": ["leader"], "required": 1}})
    world.launch("lan")
    world.open(Stage.LAUNCH)
    world.delegate("lan", "binh", "2023-02-01", "2023-02-28")
    request(world)

    assert world.approve(Stage.LAUNCH, "binh").detail == "signed"
    assert world.approve(Stage.LAUNCH, "hung").detail == "approved"


def test_substitute_of_who_abstained_does_not_sign(two_leaders: World):
    two_leaders.delegate("hung", "binh", "2023-02-01", "2023-02-28")
    request(two_leaders)
    two_leaders.abstain(Stage.LAUNCH, "hung")

    with pytest.raises(PersonNotAppointed):
        two_leaders.approve(Stage.LAUNCH, "binh")


def test_substitute_who_abstains_leaves_it_to_the_principal(world: World):
    away(world)
    request(world)
    world.abstain(Stage.LAUNCH, "binh")

    assert asked_now(world) == ["hung"]


# --- Recorded and revoked ------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "state"), [("mai", "resting"), ("hung", "in_force")])
def test_delegation_is_recorded_by_a_coordinator_or_by_who_is_away(
    world: World, person: str, state: str
):
    away(world, person_id=person)

    assert [one.state for one in world.read(delegations.listed)] == [state]


def test_delegation_is_not_recorded_by_others(world: World):
    command = RecordDelegation(
        command_id="others",
        principal_id="hung",
        substitute_id="thu",
        first_on=date(2023, 2, 1),
        last_on=date(2023, 12, 1),
        letter="12-GUQ",
        person_id="binh",
    )
    with pytest.raises(PersonNotAppointed, match="coordinator"):
        world.do(command)


def test_delegation_to_nobody_known_is_refused(world: World):
    with pytest.raises(DelegationNotAllowed, match="Nobody has the id 'nobody'"):
        world.delegate("hung", "nobody", "2023-02-01", "2023-02-10")


def test_delegation_of_who_approves_nothing_is_refused(world: World):
    with pytest.raises(DelegationNotAllowed, match="thu approves nothing here"):
        world.delegate("thu", "binh", "2023-02-01", "2023-02-10")


def test_chain_of_delegations_is_refused(world: World):
    away(world)

    with pytest.raises(DelegationNotAllowed, match="A delegated right is not passed on"):
        world.delegate("lan", "hung", "2023-02-05", "2023-02-06")


def test_revoked_delegation_ends_at_once_and_the_item_goes_back(world: World):
    away(world)
    request(world)
    number = world.read(delegations.listed)[0].number

    assert revoke(world, number) == "revoked"

    with pytest.raises(PersonNotAppointed):
        world.approve(Stage.LAUNCH, "binh")
    assert asked(world) == ["binh", "hung"]


def test_delegation_that_is_revoked_leaves_what_was_signed(two_leaders: World):
    two_leaders.delegate("hung", "binh", "2023-02-01", "2023-02-28")
    request(two_leaders)
    two_leaders.approve(Stage.LAUNCH, "binh")
    revoke(two_leaders, two_leaders.read(delegations.listed)[0].number)

    assert two_leaders.approve(Stage.LAUNCH, "lan").detail == "approved"


def test_delegation_that_is_not_there_is_not_revoked(world: World):
    with pytest.raises(DelegationNotFound, match="no delegation 7"):
        revoke(world, 7)


def test_delegations_are_events(world: World):
    away(world)
    revoke(world, world.read(delegations.listed)[0].number)

    with world.store.reading() as tx:
        query = select(event.c.name).where(event.c.subject.startswith("delegation:"))
        names = tx.connection.execute(query.order_by(event.c.number)).scalars().all()
    assert names == ["thidua.delegation.recorded", "thidua.delegation.revoked"]


# --- The whole story -----------------------------------------------------------------------------


def test_approver_on_leave_from_the_first_to_the_tenth(two_leaders: World):
    """Scenario 9: only in those dates to the substitute; a return, a correction, two at once."""
    world = two_leaders
    world.delegate("hung", "binh", "2023-02-01", "2023-02-10")
    request(world)
    assert asked_now(world) == ["binh", "lan"]

    world.approve(Stage.LAUNCH, "binh")
    world.send_back(Stage.LAUNCH, "lan", "Thiếu phụ lục")
    waiting = world.read(standing.waiting)
    assert waiting is not None
    assert waiting.what == "correction"

    world.at("2023-02-13T08:00:00")
    again = AskApprovalAgain(command_id="again", stage=Stage.LAUNCH, person_id="mai")
    world.do(again)
    assert asked_now(world) == ["hung", "lan"]

    world.approve(Stage.LAUNCH, "hung")
    world.approve(Stage.LAUNCH, "lan")
    with pytest.raises(ApprovalNotAllowed, match=r"by hung \(.*\), lan \(13/02/2023 08:00"):
        world.approve(Stage.LAUNCH, "lan")
