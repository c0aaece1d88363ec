"""Several people decide on one stage at the same instant: one after the other, by the rules.

Every act is a process of its own, and all wait for the campaign's lock together before the first
gets it. Each race is run several times, the first one asked for being another each time.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from campaigns.services.log import audit
from campaigns.store import approvals as verdicts
from campaigns.store import campaigns
from campaigns.store.records import ApprovalRecord
from campaigns.store.tables import event
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.processes import listening
from tests.world import CODE, ZONE, World, make_world, short_playbook

Race = Callable[..., dict[str, dict[str, Any]]]
ONE_OF_TWO = {"people": ["hung", "lan"], "required": 1}
TWO_OF_FOUR = {"people": ["hung", "lan", "tam", "thu"], "required": 2}
IN_SEQUENCE = {
    "order": "sequence",
    "steps": [{"people": ["lan", "thu"], "required": 1}, {"people": ["hung"], "required": 1}],
}
SETTLING = 0.1
"""Seconds from the moment all are about to act until the lock is let go."""
again = pytest.mark.parametrize("attempt", range(4))


@pytest.fixture(scope="module")
def racers() -> Iterator[subprocess.Popen[str]]:
    with listening("tests.faults.approval_actors") as process:
        yield process


@pytest.fixture
def waits(database: Database) -> Iterator[Callable[..., World]]:
    """Go on to a launch that waits for the approval a policy asks."""
    made: list[World] = []

    def make(policy: dict[str, object]) -> World:
        world = make_world(database, short_playbook(approvals={"launch": policy}))
        made.append(world)
        world.launch()
        world.open(Stage.LAUNCH)
        world.ask_approval(Stage.LAUNCH)
        return world

    yield make
    for world in made:
        world.store.engine.dispose()


@pytest.fixture
def race(racers: subprocess.Popen[str], database: Database, tmp_path: Path, attempt: int) -> Race:
    """Let people act at the same moment, as `("hung", "approve")`; say what became of each."""

    def run(world: World, *acts: tuple[str, str]) -> dict[str, dict[str, Any]]:
        first = attempt % len(acts)
        ordered = [*acts[first:], *acts[:first]]
        jobs = [
            {
                "actor": actor,
                "act": act,
                "backend": database.backend,
                "url": database.url,
                "now": world.clock.time.isoformat(),
                "folder": str(tmp_path),
            }
            for actor, act in ordered
        ]
        assert racers.stdin is not None
        assert racers.stdout is not None
        with world.store.writing("test", CODE):
            racers.stdin.write(json.dumps(jobs) + "\n")
            racers.stdin.flush()
            assert racers.stdout.readline() == "ready\n"
            time.sleep(SETTLING)
        results = json.loads(racers.stdout.readline())
        return {f"{job['actor']} {job['act']}": one for job, one in zip(jobs, results, strict=True)}

    return run


def state(world: World) -> str:
    return world.read(campaigns.get_stage, Stage.LAUNCH).state


def given(world: World) -> list[ApprovalRecord]:
    return world.read(lambda tx: verdicts.verdicts(tx, campaigns.get_stage(tx, Stage.LAUNCH)))


def ensure_whole(world: World, *, signed: int, approved: int) -> None:
    """Ask the rows and the log: so many signatures, so many approvals, and an unbroken chain."""
    found = world.read(audit.verify)
    assert (found.intact, found.reason) == (True, "")
    with world.store.reading() as tx:
        names = Counter(tx.connection.execute(select(event.c.name)).scalars())
        facts = [
            json.loads(one)
            for one in tx.connection.execute(
                select(event.c.facts)
                .where(event.c.name == "thidua.stage.signed")
                .order_by(event.c.number)
            ).scalars()
        ]
    assert [one["have"] for one in facts] == list(range(1, signed + 1))
    assert names["thidua.stage.approved"] == approved
    signatures = [one for one in given(world) if one.verdict == "approve"]
    assert sorted(one["person"] for one in facts) == sorted(one.person_id for one in signatures)
    assert state(world) == ("approved" if approved else "awaiting_approval")


def done(results: dict[str, dict[str, Any]]) -> list[str]:
    return sorted(who for who, one in results.items() if "done" in one)


def told(results: dict[str, dict[str, Any]]) -> list[str]:
    """Return what was said to those who came second."""
    assert all("done" in one or "refused" in one for one in results.values()), results
    return [one["refused"] for one in results.values() if "refused" in one]


def when(world: World) -> str:
    return f"{world.clock.time.astimezone(ZONE):%d/%m/%Y}"


# --- Approvers ------------------------------------------------------------------------------------


@again
def test_one_signature_of_two_approvers_at_once_counts(waits, race: Race, attempt: int):
    world = waits(ONE_OF_TWO)

    results = race(world, ("hung", "approve"), ("lan", "approve"))

    assert len(done(results)) == 1
    [refusal] = told(results)
    winner = given(world)[0].person_id
    assert winner in refusal
    assert when(world) in refusal
    ensure_whole(world, signed=1, approved=1)


@again
def test_two_of_four_approvers_at_once_count(waits, race: Race, attempt: int):
    world = waits(TWO_OF_FOUR)

    results = race(world, *((one, "approve") for one in ("hung", "lan", "tam", "thu")))

    assert sorted(one["done"] for one in results.values() if "done" in one) == [
        "approved",
        "signed",
    ]
    assert len(told(results)) == 2
    signers = {one.person_id for one in given(world)}
    for refusal in told(results):
        assert all(one in refusal for one in signers)
        assert when(world) in refusal
    ensure_whole(world, signed=2, approved=1)


@again
def test_same_person_at_two_desks_signs_once(waits, race: Race, attempt: int):
    world = waits(TWO_OF_FOUR)

    results = race(world, ("hung", "approve"), ("hung", "page"))

    assert len(done(results)) == 1
    [refusal] = told(results)
    assert "hung" in refusal
    assert when(world) in refusal
    ensure_whole(world, signed=1, approved=0)


@again
def test_second_step_never_signs_before_the_first(waits, race: Race, attempt: int):
    world = waits(IN_SEQUENCE)

    results = race(world, ("hung", "approve"), ("lan", "approve"))

    assert results["lan approve"] == {"done": "signed"}
    if "refused" in results["hung approve"]:
        assert "First to sign: lan or thu (step 1, 1 missing)" in results["hung approve"]["refused"]
        ensure_whole(world, signed=1, approved=0)
        world.approve(Stage.LAUNCH, "hung")
    ensure_whole(world, signed=2, approved=1)
    assert [
        (one.person_id, one.step) for one in sorted(given(world), key=lambda one: one.step)
    ] == [
        ("lan", 1),
        ("hung", 2),
    ]


@again
def test_step_takes_one_of_two_signatures_at_once(waits, race: Race, attempt: int):
    world = waits(IN_SEQUENCE)

    results = race(world, ("lan", "approve"), ("thu", "approve"))

    assert len(done(results)) == 1
    [refusal] = told(results)
    assert f"was signed by {given(world)[0].person_id} on {when(world)}" in refusal
    assert "Now to sign: hung" in refusal
    ensure_whole(world, signed=1, approved=0)


# --- Abstaining -----------------------------------------------------------------------------------


@again
def test_abstention_beside_an_approval_takes_nothing_from_it(waits, race: Race, attempt: int):
    world = waits(ONE_OF_TWO)

    results = race(world, ("hung", "abstain"), ("lan", "approve"))

    assert results["lan approve"] == {"done": "approved"}
    if told(results):
        assert "approved already, by lan" in told(results)[0]
        assert when(world) in told(results)[0]
    abstained = [one.person_id for one in given(world) if one.verdict == "abstain"]
    assert abstained == ([] if told(results) else ["hung"])
    ensure_whole(world, signed=1, approved=1)


@again
def test_person_who_abstains_and_approves_at_once_does_one(waits, race: Race, attempt: int):
    world = waits(TWO_OF_FOUR)

    results = race(world, ("hung", "abstain"), ("hung", "approve"))

    [did], [refusal], [verdict] = done(results), told(results), given(world)
    assert verdict.verdict in did
    assert "hung" in refusal
    ensure_whole(world, signed=int(verdict.verdict == "approve"), approved=0)


@again
def test_two_approve_while_two_abstain(waits, race: Race, attempt: int):
    world = waits(TWO_OF_FOUR)

    results = race(
        world, ("hung", "approve"), ("tam", "abstain"), ("lan", "approve"), ("thu", "abstain")
    )

    assert {"hung approve", "lan approve"} <= set(done(results))
    assert len(given(world)) == len(done(results))
    ensure_whole(world, signed=2, approved=1)


# --- The page of a mail beside the command line ---------------------------------------------------


@again
def test_page_and_command_line_come_to_one_approval(waits, race: Race, attempt: int):
    world = waits(ONE_OF_TWO)

    results = race(world, ("hung", "page"), ("lan", "approve"))

    assert len(done(results)) == 1
    [refusal] = told(results)
    assert given(world)[0].person_id in refusal
    assert when(world) in refusal
    assert results["hung page"].get("status", 409) == 409
    ensure_whole(world, signed=1, approved=1)


@again
def test_two_pages_and_the_command_line_count_to_two(waits, race: Race, attempt: int):
    world = waits(TWO_OF_FOUR)

    results = race(world, ("hung", "page"), ("lan", "page"), ("thu", "approve"))

    assert len(done(results)) == 2
    [refusal] = told(results)
    assert all(one.person_id in refusal for one in given(world))
    ensure_whole(world, signed=2, approved=1)
