"""Can two campaigns be told apart that differ only in what was not released, by any door of a role?

Two real web processes are asked the same. The command line knows no roles: whoever may run it has
the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import httpx
import pytest

from schemas.vocabulary import Vote
from tests.api_questions import Question
from tests.attacks.record import Attempts
from tests.databases import Database
from tests.processes import Process, answers, clean_environment, free_port
from tests.rehearsals import THIDUA
from tests.store.access.test_two_worlds import CODES, sitting, voted
from tests.two_worlds import JUDGES, OUTSIDERS, Scene, Side, kept
from tests.world import World

NOW: Final = (re.compile(rb"2\d{3}-\d\d-\d\d[T ][0-9:.]+(Z|[+-]\d\d:\d\d)?"), b"?")
"""When something was done by the web process itself: not at one moment in both."""
PAGES: Final = ("/", "/healthz", "/docs", "/openapi.json")
WORTH_IT: Final = ("nominations", "stages", "waiting", "sessions", "messages", "decisions")
"""Of the long list, what the short one asks."""


class Office(NamedTuple):
    """One of the two installations."""

    side: Side
    url: str

    def ask(self, one: Question, who: str = "") -> httpx.Response:
        headers = {"Accept-Language": "en", **dict(one.headers)}
        if who:
            headers["Authorization"] = f"Bearer {self.side.people.token(who)}"
        with httpx.Client(base_url=self.url, trust_env=False, timeout=60) as client:
            return client.request(one.method, one.path, headers=headers, json=one.body)


@pytest.fixture
def scene(sqlite_template: Path, tmp_path: Path) -> Iterator[Scene]:
    """X was voted down in one of them, and the results are not released."""
    databases = []
    for name in ("one", "other"):
        home = tmp_path / name
        home.mkdir(mode=0o700)
        (home / "thidua.db").write_bytes(sqlite_template.read_bytes())
        databases.append(Database("sqlite", f"sqlite:///{home / 'thidua.db'}"))
    made = Scene(databases, tmp_path / "asked", quota={"per_unit_kind": {"district": 3}})
    made.both(sitting)
    made.secretly(voted, lambda world: voted(world, X=Vote.NO))
    made.both(World.decide)
    yield made
    made.close()


@pytest.fixture
def two(scene: Scene, tmp_path: Path) -> Iterator[list[Office]]:
    """Give the two installations, each with a web process of its own, and tokens of today."""
    now, opened = datetime.now(UTC), ExitStack()
    with opened:
        offices = []
        for side, name in zip(scene.sides, ("one", "other"), strict=True):
            side.world.clock.time = now
            side.new_tokens((*OUTSIDERS, *JUDGES, "mai"))
            side.world.store.engine.dispose()
            url = f"http://127.0.0.1:{(port := free_port())}"
            env = clean_environment(THIDUA_HOME=str(tmp_path / name), THIDUA_SECRET="k" * 40)
            command = [THIDUA, "web", "--port", str(port)]
            log = tmp_path / f"{name}.log"
            web = Process("web", command, log, env, partial(answers, f"{url}/healthz"))
            web.start()
            opened.callback(web.stop)
            offices.append(Office(side, url))
        yield offices


def same(two: Sequence[Office], one: Question, who: str = "") -> bool:
    """Say whether both answer the same, byte by byte."""
    first, other = (NOW[0].sub(NOW[1], kept(office.ask(one, who))) for office in two)
    return first == other


def test_results_are_nobodys_before_their_release(
    scene: Scene, two: list[Office], attempt: Attempts, is_long: bool
) -> None:
    asked = [one for one in scene.questions(CODES) if one.method == "get"]
    if not is_long:
        asked = [one for one in asked if one.path.rpartition("/")[2] in {*WORTH_IT, "X"}]
    for who in (*OUTSIDERS, *JUDGES) if is_long else ("binh", "tam"):
        for one in asked:
            attempt(f"{who}: {one}", held=same(two, one, who))
        feeds = [office.side.feeds[who] for office in two]
        seen = [
            kept(office.ask(Question("get", f"/feeds/{feed}.ics")))
            for office, feed in zip(two, feeds, strict=True)
        ]
        attempt(f"calendar of {who}", held=seen[0] == seen[1])
    for path in PAGES:
        attempt(f"GET {path}", held=same(two, Question("get", path)))
    coordinator = [one for one in asked if not same(two, one, "mai")]
    attempt("who decides is told the difference", held=bool(coordinator))


def test_acts_tell_nothing_when_they_come_again(
    scene: Scene, two: list[Office], attempt: Attempts, is_long: bool
) -> None:
    acts = [one for one in scene.questions(CODES) if one.method != "get"]
    if not is_long:
        acts = [one for one in acts if "/nominations/X" in one.path]
    for who in ("binh", "rev", "tam"):
        for place, one in enumerate(acts):
            otherwise = one._replace(body={**(one.body or {}), "reason": "Lý do khác"})
            for sent in (one, one, otherwise):
                keyed = (*sent.headers, ("Idempotency-Key", f"{place}"))
                held = same(two, sent._replace(headers=keyed), who)
                attempt(f"{who}, {place}: {sent}", held=held)
