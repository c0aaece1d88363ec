"""A process is killed at the worst moment, or several act at the same one: nothing is half done."""

from __future__ import annotations

import signal
from datetime import timedelta

import pytest
from sqlalchemy import text

from campaigns import acts
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.tables import approval, event, message, outbox, processed_command
from schemas.actors import at_console
from schemas.commands.approvals import ApproveStage
from schemas.outcomes import Done
from schemas.vocabulary import Stage
from tests.faults.conftest import Together
from tests.world import World, nomination_row, votes

KILLED = {"killed_by": signal.SIGKILL}
TABLES = (approval, event, message, outbox, processed_command)


@pytest.fixture
def world(world: World) -> World:
    """The launch waits for its approval."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


def approve(actor: str = "hung", command_id: str = "c-1", **other: str) -> dict[str, str]:
    job = {"act": "approve", "stage": "launch", "actor": actor, "command_id": command_id}
    return job | other


def state(world: World) -> str:
    return world.read(campaigns.get_stage, Stage.LAUNCH).state


def counts(world: World) -> list[int]:
    return [world.count(table) for table in TABLES]


def ensure_intact(world: World) -> None:
    """Ask the database itself, and the log."""
    if world.store.engine.dialect.name == "sqlite":
        with world.store.reading() as tx:
            assert tx.connection.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    found = world.read(audit.verify)
    assert (found.intact, found.reason) == (True, "")


# --- Killed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("point", ["before_flush", "before_commit"])
def test_approval_killed_before_its_commit_has_not_happened(
    world: World, together: Together, point: str
):
    before = counts(world)

    assert together(approve(die_at=point)) == [KILLED]

    assert (state(world), counts(world)) == ("awaiting_approval", before)
    ensure_intact(world)


def test_approval_killed_after_its_commit_has_happened(world: World, together: Together):
    assert together(approve(die_at="after_commit")) == [KILLED]

    assert state(world) == "approved"
    ensure_intact(world)


@pytest.mark.parametrize("point", ["before_flush", "before_commit", "after_commit"])
def test_approval_repeated_after_a_crash_gives_the_same_result_once(
    world: World, together: Together, point: str
):
    together(approve(die_at=point))

    command = ApproveStage(command_id="c-1", stage=Stage.LAUNCH, person_id="hung")
    signed_with, who = [b"k" * 32], at_console("hung")
    results = [
        world.act(lambda tx: acts.within(Done, tx, signed_with, who, command)) for _ in range(2)
    ]

    assert [(one.changed, one.detail) for one in results] == [(1, "approved")] * 2
    assert (state(world), world.count(approval)) == ("approved", 1)
    ensure_intact(world)


def test_nominations_killed_in_the_middle_are_received_whole_when_sent_again(
    world: World, together: Together
):
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    codes = [f"N{number:03}" for number in range(200)]
    job = {"act": "receive", "actor": "binh", "codes": codes}

    assert together(job | {"die_at": "before_commit"}) == [KILLED]
    assert world.read(nominations.by_code) == {}

    assert together(job) == [{"answers": [200]}]
    assert list(world.read(nominations.by_code)) == codes
    ensure_intact(world)


def test_messages_of_a_killed_sender_are_neither_lost_nor_claimed_twice(
    world: World, together: Together
):
    wanted = world.count(message)
    job = {"act": "claim", "actor": "system:engine", "limit": 100}

    assert together(job | {"die_at": "after_commit"}) == [KILLED]
    assert together(job) == [{"answers": [[]]}]

    world.clock.time += delivery.LEASE + timedelta(seconds=1)
    assert world.act(delivery.recover, repeatable=False).changed == wanted
    assert {row.state for row in world.read(messages.find)} == {"queued"}


def test_messages_of_a_sender_killed_before_its_claim_are_there_for_the_next(
    world: World, together: Together
):
    job = {"act": "claim", "actor": "system:engine", "limit": 100}
    together(job | {"die_at": "before_commit"})

    ((found,),) = [one["answers"] for one in together(job)]

    assert len(found) == world.count(message)


# --- At the same moment --------------------------------------------------------------------------


def test_one_of_many_approvals_at_once_wins_and_the_others_learn_whose(
    world: World, together: Together
):
    people = ["hung", "lan"] * 3

    results = together(*(approve(person, f"c-{number}") for number, person in enumerate(people)))

    winners = [
        person
        for person, result in zip(people, results, strict=True)
        if result.get("answers") == ["approved"]
    ]
    refused = [result["refused"] for result in results if "refused" in result]
    assert (len(winners), len(refused)) == (1, len(people) - 1)
    assert all(f"is approved already, by {winners[0]} (" in text for text in refused)
    assert world.count(approval) == 1
    ensure_intact(world)


def test_one_command_sent_many_times_at_once_is_carried_out_once(world: World, together: Together):
    results = together(*[approve()] * 5)

    assert results == [{"answers": ["approved"]}] * 5
    assert world.count(approval) == 1
    ensure_intact(world)


def test_two_signatures_at_once_make_two_of_two(world: World, together: Together):
    """Neither overlooks the other: the stage is approved, and by the later of them."""
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))
    world.act(council.draft_decision)
    world.ask_approval(Stage.RECOGNITION)

    results = together(
        approve("hung", "c-1", stage="recognition"), approve("lan", "c-2", stage="recognition")
    )

    answers = sorted(answer for result in results for answer in result["answers"])
    assert answers == ["approved", "signed"]
    assert world.state_of("A") == "recognised"
    ensure_intact(world)


def test_messages_claimed_by_many_processes_at_once_are_claimed_once(
    world: World, together: Together
):
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    rows = [nomination_row(f"N{number:03}") for number in range(100)]
    world.act(checking.receive, rows)
    wanted = world.count(message)
    job = {"act": "claim", "actor": "system:engine", "limit": 7, "times": 8}

    results = together(*[job] * 4)

    claimed = [one for result in results for ids in result["answers"] for one in ids]
    assert sorted(claimed) == sorted(set(claimed))
    assert len(claimed) == wanted


def test_nominations_received_by_many_processes_at_once_form_one_log(
    world: World, together: Together
):
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    jobs = [
        {"act": "receive", "actor": "binh", "codes": [f"N{one}{number:02}" for number in range(20)]}
        for one in range(4)
    ]

    assert together(*jobs) == [{"answers": [20]}] * 4

    assert len(world.read(nominations.by_code)) == 80
    ensure_intact(world)
