"""One person alone makes nobody a signer: what is new rests, and is told to all it concerns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.registers.errors import (
    ApprovalRulesResting,
    NothingResting,
    RestingChanged,
    RightResting,
    SecondPersonMissing,
)
from campaigns.services.approvals import delegations, signers
from campaigns.services.playbook import amendments
from campaigns.services.registers import enrolment
from campaigns.store import campaigns
from campaigns.store import playbook as amendment_rows
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.transaction import Transaction
from schemas.commands.approvals import ConfirmDelegation
from schemas.commands.playbook import AmendPlaybook, ConfirmAmendment
from schemas.commands.registers import RefusePerson
from schemas.imports import PersonRow
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import STAGES, Stage
from tests.databases import Database
from tests.registers import (
    WorldOf,
    address_of,
    changed,
    confirm,
    imported,
    later,
    on_registers,
    signs,
    told_of,
    waiting_world,
)
from tests.world import CODE, UNITS, World, short_playbook


@pytest.fixture
def world_of(database: Database) -> Iterator[WorldOf]:
    """Make a campaign of a playbook, launched and waiting for its launch's approval."""
    made: list[World] = []

    def make(playbook: Playbook | None = None) -> World:
        made.append(waiting_world(database, playbook))
        return made[-1]

    yield make
    for each in made:
        each.store.engine.dispose()


@pytest.fixture
def world(world_of: WorldOf) -> World:
    return world_of(None)


# --- The first set-up ----------------------------------------------------------------------------


def test_first_people_of_an_empty_register_may_sign_at_once(world: World):
    assert world.read(enrolment.listed) == []
    assert signs(world, "hung")


# --- A new right ---------------------------------------------------------------------------------


def test_coordinator_who_makes_themself_a_leader_cannot_sign_yet(world: World):
    imported(world, "mai", changed("mai", roles=("coordinator", "leader")))

    with pytest.raises(RightResting) as refused:
        world.approve(Stage.LAUNCH, "mai")
    assert "mai" in str(refused.value)


def test_new_leader_signs_after_the_rest(world: World):
    imported(world, "mai", changed("thu", roles=("leader",)))
    later(world)

    assert world.approve(Stage.LAUNCH, "thu").detail == "approved"


def test_new_leader_signs_once_a_second_person_confirms(world: World):
    imported(world, "mai", changed("thu", roles=("leader",)))
    confirm(world, "thu", "hung", "")

    assert world.approve(Stage.LAUNCH, "thu").detail == "approved"


@pytest.mark.parametrize("by", ["mai", "thu", "binh", "nobody"])
def test_who_made_it_gains_by_it_or_has_no_standing_confirms_nothing(world: World, by: str):
    imported(world, "mai", changed("thu", roles=("leader",)))

    with pytest.raises(SecondPersonMissing):
        confirm(world, "thu", by, "")


def test_coordinator_entered_a_moment_ago_confirms_nothing(world: World):
    puppet = PersonRow(id="puppet", full_name="Puppet", unit_id=UNITS[0].id, roles=("coordinator",))
    imported(world, "mai", puppet, changed("thu", roles=("leader",)))

    with pytest.raises(SecondPersonMissing):
        confirm(world, "thu", "puppet", "")


def test_person_named_in_a_playbook_and_entered_now_rests(world_of: WorldOf):
    named = {"launch": {"roles": ["leader"], "people": ["ghost"], "required": 1}}
    world = world_of(short_playbook(approvals=named))
    ghost = PersonRow(id="ghost", full_name="Ghost", unit_id=UNITS[0].id, roles=("reviewer",))
    imported(world, "mai", ghost)

    with pytest.raises(RightResting):
        world.approve(Stage.LAUNCH, "ghost")
    later(world)
    assert world.approve(Stage.LAUNCH, "ghost").detail == "approved"


@pytest.mark.parametrize("roles", [(), ("reviewer",), ("leader",)])
def test_refused_right_of_somebody_named_is_none_after_the_rest(
    world_of: WorldOf, roles: tuple[str, ...]
):
    named = {"launch": {"roles": ["leader"], "people": ["ghost"], "required": 1}}
    world = world_of(short_playbook(approvals=named))
    imported(world, "mai", PersonRow(id="ghost", full_name="G", unit_id=UNITS[0].id, roles=roles))
    command = RefusePerson(command_id="no", of_id="ghost", person_id="hung")
    told = on_registers(world, "hung", enrolment.refuse, command)

    assert "right_refused" in {one.what for one in told}
    assert world.read(enrolment.listed) == []
    with pytest.raises(PersonNotAppointed):
        world.approve(Stage.LAUNCH, "ghost")
    later(world)
    with pytest.raises(PersonNotAppointed):
        world.approve(Stage.LAUNCH, "ghost")


def test_refused_right_does_not_come_with_a_new_address(world_of: WorldOf):
    named = {"launch": {"roles": ["leader"], "people": ["ghost"], "required": 1}}
    world = world_of(short_playbook(approvals=named))
    ghost = PersonRow(
        id="ghost", full_name="G", unit_id=UNITS[0].id, roles=(), email="g@example.org"
    )
    imported(world, "mai", ghost)
    command = RefusePerson(command_id="no", of_id="ghost", person_id="hung")
    on_registers(world, "hung", enrolment.refuse, command)
    imported(world, "mai", ghost.model_copy(update={"email": "new@example.org"}))
    later(world)
    on_registers(world, "system:engine", enrolment.settle)

    assert address_of(world, "ghost") == "new@example.org"
    with pytest.raises(PersonNotAppointed):
        world.approve(Stage.LAUNCH, "ghost")


def test_refused_right_is_given_anew_with_a_second_person(world_of: WorldOf):
    named = {"launch": {"roles": ["leader"], "people": ["ghost"], "required": 1}}
    world = world_of(short_playbook(approvals=named))
    imported(world, "mai", PersonRow(id="ghost", full_name="G", unit_id=UNITS[0].id, roles=()))
    command = RefusePerson(command_id="no", of_id="ghost", person_id="hung")
    on_registers(world, "hung", enrolment.refuse, command)
    ghost = PersonRow(id="ghost", full_name="G", unit_id=UNITS[0].id, roles=("leader",))
    imported(world, "mai", ghost)

    confirm(world, "ghost", "hung", "")

    assert world.approve(Stage.LAUNCH, "ghost").detail == "approved"


def test_role_taken_away_and_given_back_rests_as_well(world: World):
    imported(world, "mai", changed("hung", roles=("council",)))
    imported(world, "mai", changed("hung"))

    with pytest.raises(RightResting):
        world.approve(Stage.LAUNCH, "hung")


def test_new_right_is_told_to_signers_and_coordinators(world: World):
    imported(world, "mai", changed("thu", roles=("leader",)))

    assert {who for who, _address in told_of(world)} == {"thu", "mai", "lan", "hung"}


def test_role_that_signs_nothing_is_told_to_nobody(world: World):
    imported(world, "mai", changed("binh", roles=("nominator", "reviewer")))

    assert told_of(world) == set()
    assert world.read(enrolment.listed) == []


# --- An address ----------------------------------------------------------------------------------


def test_address_of_a_signer_stays_until_it_has_rested(world: World):
    told = imported(world, "mai", changed("hung", email="mai@evil.example"))

    assert [one.what for one in told] == ["address_wanted"]
    assert address_of(world, "hung") == "hung@example.org"
    later(world)
    on_registers(world, "system:engine", enrolment.settle)
    assert address_of(world, "hung") == "mai@evil.example"


def test_old_and_new_address_are_told(world: World):
    imported(world, "mai", changed("hung", email="new@example.org"))

    assert {("hung", "hung@example.org"), ("hung", "new@example.org")} <= told_of(world)


def test_address_of_a_new_signer_waits_even_while_the_right_rests(world: World):
    imported(world, "mai", changed("thu", roles=("leader",)))
    imported(world, "mai", changed("thu", roles=("leader",), email="mai@evil.example"))

    assert address_of(world, "thu") == "thu@example.org"


def test_address_changed_before_the_appointment_rests_with_it(world: World):
    imported(world, "mai", changed("thu", email="mai@evil.example"))
    imported(world, "mai", changed("thu", email="mai@evil.example", roles=("leader",)))

    assert not signs(world, "thu")


def test_confirmation_is_of_what_was_looked_at(world: World):
    imported(world, "mai", changed("hung", email="good@example.org"))
    imported(world, "mai", changed("hung", email="mai@evil.example"))

    with pytest.raises(RestingChanged):
        confirm(world, "hung", "lan", "good@example.org")


def test_refused_address_is_gone(world: World):
    imported(world, "mai", changed("hung", email="mai@evil.example"))
    command = RefusePerson(command_id="no", of_id="hung", person_id="hung")
    on_registers(world, "hung", enrolment.refuse, command)
    later(world)
    on_registers(world, "system:engine", enrolment.settle)

    assert address_of(world, "hung") == "hung@example.org"
    with pytest.raises(NothingResting):
        confirm(world, "hung", "lan")


def test_address_of_who_signs_nothing_is_in_force_at_once(world: World):
    told = imported(world, "mai", changed("binh", email="new@example.org"))

    assert [(one.what, one.after) for one in told] == [("address", "new@example.org")]
    assert address_of(world, "binh") == "new@example.org"


def test_import_says_which_roles_began_and_ended(world: World):
    told = imported(world, "mai", changed("hung", roles=("council", "reviewer")))

    assert {(one.of_id, one.what, one.after) for one in told} == {
        ("hung", "role_begun", "reviewer"),
        ("hung", "role_ended", "leader"),
    }


# --- Siblings: substitutes and rules of approval -------------------------------------------------


def test_delegation_recorded_by_another_rests(world: World):
    world.delegate("hung", "thu", "2023-02-01", "2023-12-31", person_id="mai")

    with pytest.raises(RightResting):
        world.approve(Stage.LAUNCH, "thu")
    command = ConfirmDelegation(command_id="c", delegation_id=1, person_id="mai")
    with pytest.raises(SecondPersonMissing):
        world.act(delegations.confirm, command)
    world.act(delegations.confirm, command.model_copy(update={"person_id": "hung"}))
    assert world.approve(Stage.LAUNCH, "thu").detail == "approved"


def test_delegation_of_the_principal_counts_at_once(world: World):
    world.delegate("hung", "thu", "2023-02-01", "2023-12-31")

    assert world.approve(Stage.LAUNCH, "thu").detail == "approved"


def test_amended_rules_of_approval_rest_for_everybody(world: World):
    world.approve(Stage.LAUNCH, "hung")
    mine = short_playbook(approvals={"nomination": {"people": ["thu"], "required": 1}})
    command = AmendPlaybook(command_id="a", base_version=1, person_id="mai", reason="Đổi")
    with world.store.writing("mai", CODE) as tx:
        amendments.amend(tx, command, mine)
        commit(tx)

    with pytest.raises(ApprovalRulesResting):
        world.read(refused_at, Stage.NOMINATION, "thu")
    with pytest.raises(SecondPersonMissing):
        world.act(amendments.confirm, ConfirmAmendment(command_id="b", person_id="mai"))
    assert world.read(rules_at_rest) == {Stage.NOMINATION}
    world.act(amendments.confirm, ConfirmAmendment(command_id="d", person_id="lan"))
    assert world.read(rules_at_rest) == set()
    assert ("hung", "hung@example.org") in told_of(world)


def refused_at(tx: Transaction, name: Stage, person_id: str) -> None:
    signers.Chain(tx, campaigns.get_stage(tx, name)).ensure_not_resting(person_id)


def rules_at_rest(tx: Transaction) -> set[Stage]:
    return {one for one in STAGES if amendment_rows.approval_at_rest(tx, one)}


def test_no_playbook_silences_what_is_told(world_of: WorldOf):
    silent = short_playbook(messages={"silent": ["signer-changed"], "held": ["signer-changed"]})
    world = world_of(silent)
    imported(world, "mai", changed("thu", roles=("leader",)))

    states = {one.state for one in world.read(messages.find) if one.template == "signer-changed"}
    assert states == {"queued"}


# --- Beside the signature ------------------------------------------------------------------------


def test_who_gave_the_right_stands_beside_the_signature(world: World):
    imported(world, "mai", changed("thu", roles=("leader",)))
    confirm(world, "thu", "hung", "")
    world.approve(Stage.LAUNCH, "thu")

    (given,) = world.read(signers.by_stage)["launch"].signatures
    assert given.origin is not None
    assert (given.origin.right_by, given.origin.right_confirmed_by) == ("mai", "hung")


def test_who_changed_the_address_stands_beside_the_signature(world: World):
    imported(world, "mai", changed("hung", email="new@example.org"))
    later(world)
    on_registers(world, "system:engine", enrolment.settle)
    world.approve(Stage.LAUNCH, "hung")

    (given,) = world.read(signers.by_stage)["launch"].signatures
    assert given.origin is not None
    assert (given.origin.address_by, given.origin.address_confirmed_by) == ("mai", "")
