"""Processes that act on one campaign at the same moment, or are killed in the middle of an act.

`python -m tests.faults.actors` reads a list of jobs per line and answers with what became of each.
It starts a process per job with `fork`, which takes milliseconds where a new interpreter takes a
second, and lets all of them go at once.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from campaigns import acts
from campaigns.services.deadlines import sweep
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.store.commit import commit, flush
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.actors import Actor
from schemas.commands.approvals import ApproveStage
from schemas.outcomes import Done
from tests.databases import Database
from tests.faults.relays import relay_round
from tests.world import CODE, World, nomination_row, open_world, short_playbook

Job = dict[str, Any]


def _approve(tx: Transaction, job: Job) -> Any:
    command = ApproveStage(command_id=job["command_id"], stage=job["stage"], person_id=job["actor"])
    key = b"k" * 32
    return acts.within(Done, tx, [key], Actor(job["actor"], "console"), command).detail


def _receive(tx: Transaction, job: Job) -> Any:
    return checking.receive(tx, [nomination_row(code) for code in job["codes"]]).changed


def _claim(tx: Transaction, job: Job) -> Any:
    return [mail.message_id for mail in delivery.claim(tx, job["limit"])]


def _sweep(tx: Transaction, _job: Job) -> Any:
    return sweep.sweep(tx).changed


ACTS: dict[str, Callable[[Transaction, Job], Any]] = {
    "approve": _approve,
    "receive": _receive,
    "claim": _claim,
    "sweep": _sweep,
}


def _die_if(job: Job, point: str) -> None:
    if job.get("die_at") == point:
        os.kill(os.getpid(), signal.SIGKILL)


def _carry_out(world: World, job: Job) -> Any:
    if job["act"] == "relay":
        return relay_round(world, job)
    with world.store.writing(job["actor"], CODE) as tx:
        answer = ACTS[job["act"]](tx, job)
        _die_if(job, "before_flush")
        flush(tx)
        _die_if(job, "before_commit")
        commit(tx)
        _die_if(job, "after_commit")
    return answer


def _act(job: Job, gate: int) -> Any:
    database = Database(job["backend"], job["url"])
    world = open_world(database, datetime.fromisoformat(job["now"]))
    os.read(gate, 1)  # returns when the last process has been started
    try:
        answers = [_carry_out(world, job) for _ in range(job.get("times", 1))]
    except Refusal as refused:
        return {"refused": str(refused)}
    return {"answers": answers}


def _run(jobs: list[Job]) -> list[Any]:
    gate, opener = os.pipe()
    children = []
    for job in jobs:
        answer, reply = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(opener)
            with os.fdopen(reply, "w") as out:
                json.dump(_act(job, gate), out)
            os._exit(0)
        os.close(reply)
        children.append((pid, answer))
    os.close(gate)
    os.close(opener)
    results = []
    for pid, answer in children:
        with os.fdopen(answer) as read:
            text = read.read()
        _, status = os.waitpid(pid, 0)
        if os.WIFSIGNALED(status):
            results.append({"killed_by": os.WTERMSIG(status)})
        else:
            results.append(json.loads(text) if text else {"crashed": True})
    return results


if __name__ == "__main__":
    short_playbook()  # read once, before the processes are made
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)  # noqa: T201 - its answer
