"""Processes that decide on one stage at the same moment, each by a door of its own.

`python -m tests.faults.approval_actors` reads a list of jobs per line. It starts a process per job,
says `ready` when all of them are about to act, and then what became of each. Whoever asks holds the
campaign's lock until then, so that all wait for it together, whichever was faster to start.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from campaigns import acts
from campaigns.bootstrap import App
from campaigns.rules.signing.links import DECISION
from campaigns.services.signing.links import SignedLinks
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.transaction import Store
from language.errors import Refusal
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from portal.app import create_app
from schemas.actors import at_console
from schemas.commands.approvals import AbstainFromStage, ApproveStage
from schemas.commands.command import Command
from schemas.links import DecisionLink
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.world import CODE, PlainRenderer, World, open_world, short_playbook

Job = dict[str, Any]
Act = Callable[[], dict[str, Any]]
KEY = "k" * 32


def _approve(world: World, job: Job) -> Act:
    """By the door, as `thidua stage approve` comes to it."""
    command = ApproveStage(
        command_id=f"cli:{job['actor']}", stage=Stage.LAUNCH, person_id=job["actor"]
    )
    return lambda: {"done": _written(world, job, command)}


def _abstain(world: World, job: Job) -> Act:
    command = AbstainFromStage(
        command_id=f"abstain:{job['actor']}",
        stage=Stage.LAUNCH,
        person_id=job["actor"],
        reason="Người nhà",
    )
    return lambda: {"done": _written(world, job, command)}


def _written(world: World, job: Job, command: Command) -> str:
    return acts.carry_out(world.app, at_console(job["actor"]), CODE, command).detail


def _page(world: World, job: Job) -> Act:
    """Over HTTP, by the form of the page that the link in a mail opens; it is open already."""
    links = SignedLinks("https://thidua.example", KEY.encode())
    store = Store(world.store.engine, world.clock, PlainRenderer(), links)
    home = Path(job["folder"])
    transport = transport_from(MailSettings.model_construct(), home / "mail")
    web = create_app(App(Settings(home=home, secret=SecretStr(KEY)), store, transport))
    stage = world.read(campaigns.get_stage, Stage.LAUNCH)
    link = DecisionLink(
        campaign=CODE,
        stage=Stage.LAUNCH,
        round=stage.round,
        step=1,
        person_id=job["actor"],
        expires_at=stage.approval_due_at,
    )
    address = f"{link.person_id}@example.org"
    where = DECISION + links.token(links.bound(link, address, None))
    form = re.search(r'name="form" value="([^"]+)"', _request(web, "GET", where).text)
    assert form is not None
    fields = urlencode({"form": html.unescape(form[1]), "act": "approve"})

    def send() -> dict[str, Any]:
        answer = _request(web, "POST", where, fields)
        if answer.status_code == 303:
            return {"done": "decided"}
        problem = re.search(r'<p class="problem"[^>]*>([^<]+)', answer.text)
        assert problem is not None
        return {"refused": html.unescape(problem[1]), "status": answer.status_code}

    return send


def _request(web: FastAPI, method: str, where: str, form: str = "") -> httpx.Response:
    async def ask() -> httpx.Response:
        way = httpx.ASGITransport(web)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with httpx.AsyncClient(transport=way, base_url="http://thidua") as client:
            return await client.request(method, where, content=form, headers=kind)

    return asyncio.run(ask())


ACTS: dict[str, Callable[[World, Job], Act]] = {
    "approve": _approve,
    "abstain": _abstain,
    "page": _page,
}


def _act(job: Job, ready: int) -> dict[str, Any]:
    database = Database(job["backend"], job["url"])
    world = open_world(database, datetime.fromisoformat(job["now"]))
    act = ACTS[job["act"]](world, job)
    os.close(ready)
    try:
        return act()
    except Refusal as refused:
        return {"refused": str(refused)}


def _start(job: Job, readiness: tuple[int, int]) -> int:
    """Start a process for a job; return where its answer is read."""
    answer, reply = os.pipe()
    if os.fork() == 0:
        os.close(readiness[0])
        with os.fdopen(reply, "w") as out:
            json.dump(_act(job, readiness[1]), out)
        os._exit(0)
    os.close(reply)
    return answer


def _run(jobs: list[Job]) -> None:
    readiness = os.pipe()
    answers = [_start(job, readiness) for job in jobs]
    os.close(readiness[1])
    os.read(readiness[0], 1)  # returns when the last of them has closed its end
    os.close(readiness[0])
    print("ready", flush=True)  # noqa: T201 - its answer
    results = []
    for answer in answers:
        with os.fdopen(answer) as read:
            results.append(json.loads(read.read() or '{"crashed": true}'))
        os.wait()
    print(json.dumps(results), flush=True)  # noqa: T201 - as above


if __name__ == "__main__":
    short_playbook()  # read once, before the processes are made
    for line in sys.stdin:
        _run(json.loads(line))
