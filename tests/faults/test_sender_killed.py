"""A process is killed while it hands mail over: nobody gets a mail twice, and doubts are named."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from campaigns.services.mail import delivery
from campaigns.store.mail import messages
from campaigns.store.tables import message
from notifications.sending.smtp import send_batch
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.faults.notifications.smtp_server import Mailbox, Misbehaviour, smtp_server
from tests.world import World


@pytest.fixture
def world(world: World) -> World:
    """Two approvers are to be asked, by a mail each."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    assert world.count(message) == 2
    return world


def start(
    world: World, database: Database, port: int | None, wait_at: str = ""
) -> subprocess.Popen[str]:
    job = {
        "backend": database.backend,
        "url": database.url,
        "now": world.clock.time.isoformat(),
        "port": port,
        "wait_at": wait_at,
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.sender", json.dumps(job)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def kill_at(process: subprocess.Popen[str], step: str) -> None:
    """Kill the process when it says that it has come so far."""
    assert process.stdout is not None
    while (said := process.stdout.readline().strip()) != step:
        assert said, "the process ended before"
    kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    with process:
        process.kill()
    assert process.returncode == -9


def recovered(world: World) -> Counter[str]:
    """Let the lease end, settle what the dead process has left, and send what may be sent."""
    world.clock.time += delivery.LEASE
    world.act(delivery.recover, repeatable=False)
    return Counter(row.state for row in world.read(messages.find))


def test_sender_killed_before_the_first_mail_leaves_no_doubt(world: World, database: Database):
    with smtp_server() as (box, settings):
        kill_at(start(world, database, settings.port, "claimed"), "claimed")

        assert (recovered(world), box.contents) == ({"queued": 2}, [])
        assert len(world.act(delivery.claim)) == 2


def test_sender_killed_between_the_content_and_the_answer_leaves_one_doubt(
    world: World, database: Database
):
    with smtp_server(Misbehaviour(hang_after_content=True)) as (box, settings):
        process = start(world, database, settings.port)
        wait_for_content(box)
        kill(process)

        assert recovered(world) == {"uncertain": 1, "queued": 1}
        assert len(world.act(delivery.claim)) == 1
        assert len(box.contents) == 1


def wait_for_content(box: Mailbox) -> None:
    until = time.monotonic() + 60
    while not box.contents:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_sender_killed_before_it_records_sends_nothing_twice(world: World, database: Database):
    with smtp_server() as (box, settings):
        kill_at(start(world, database, settings.port, "handed over"), "handed over")

        assert recovered(world) == {"sent": 1, "uncertain": 1}
        assert world.act(delivery.claim) == []
        assert Counter(box.recipients) == {"hung@example.org": 1, "lan@example.org": 1}


def test_sender_killed_after_it_recorded_has_sent_each_once(world: World, database: Database):
    with smtp_server() as (box, settings):
        kill_at(start(world, database, settings.port, "recorded"), "recorded")

        assert recovered(world) == {"sent": 2}
        outcomes = send_batch(world.act(delivery.claim), settings, settings.sender)
        assert (outcomes, len(box.contents)) == ([], 2)
