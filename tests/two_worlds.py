"""Two campaigns that differ only in what was not released, seen through every door by every role.

What can be asked is read from the API's own description, so an operation added tomorrow is asked
as well. Of each answer every byte is kept, but for what is drawn at random.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import orjson
import pytest
from httpx import Response

from campaigns import bootstrap
from campaigns.rules.signing.links import DECISION
from campaigns.rules.waiting_words import waiting_line
from campaigns.services import webhooks
from campaigns.services.deadlines import feeds
from campaigns.services.log import publishing
from campaigns.store import events
from campaigns.store import webhooks as webhook_rows
from campaigns.store.commit import commit, flush
from campaigns.store.mail import messages
from campaigns.store.registers import enrolment
from campaigns.store.transaction import Store, Transaction
from documents.writing.enclosures import Workbooks
from notifications.writing.render import Renderer
from schemas.imports import PersonRow
from schemas.links import DecisionLink
from schemas.vocabulary import MessageState, Stage
from tasks import board, board_page
from tests.api_questions import Question, every_question
from tests.databases import Database
from tests.portal_client import People
from tests.world import BOARD, CODE, COMMUNE, DISTRICT, SINCE, ZONE, Clock, World, short_playbook

EXTRA: Final = tuple(
    PersonRow(id=who, full_name=who.title(), unit_id=unit, roles=roles, email=f"{who}@example.org")
    for who, unit, roles in (
        ("rev", BOARD, ("reviewer",)),
        ("sit", BOARD, ("council",)),
        ("obs", COMMUNE, ("observer",)),
        ("nho", COMMUNE, ("nominator",)),
    )
)
OUTSIDERS: Final = ("binh", "nho", "rev", "obs")
"""Who learns nothing before it is released: two units, a reviewer, an observer."""
JUDGES: Final = ("sit", "tam")
"""The council: it knows what is before it, and not what a vote came to."""
DECIDERS: Final = ("mai", "lan", "hung")
_ONLY_LOOKING: Final = ("nho", "obs", "sit", *DECIDERS)
"""Whose acts are those of another who is asked for as well, or nobody's."""
_RANDOM: Final = (
    (re.compile(rb'"request_id":"[^"]*"'), b'"request_id":"?"'),
    (re.compile(rb'"command_id":"[0-9a-f]{32}"'), b'"command_id":"?"'),
    (re.compile(rb'"path":"/feeds/[^"]*"'), b'"path":"?"'),
)
_TOKENS: Final = re.compile(r"[A-Za-z0-9_-]{30,}(\.[A-Za-z0-9_-]+)*")
_HEADERS_LEFT_OUT: Final = ("x-request-id", "date", "content-length")


class Client:
    """Asks the web process in one loop: a loop for each of thousands of requests takes minutes."""

    def __init__(self, app: Any) -> None:
        self._loop = asyncio.new_event_loop()
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://testserver")

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: dict[str, Any] | None = None
    ) -> Response:
        asked = self._client.request(method.upper(), path, headers=headers, json=body)
        return self._loop.run_until_complete(asked)

    def close(self) -> None:
        self._loop.run_until_complete(self._client.aclose())
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()


@dataclass
class Side:
    """One of the two worlds with its web process and its webhook."""

    world: World
    people: People
    client: Client
    feeds: dict[str, str] = field(default_factory=dict)
    hook: int = 0

    def new_tokens(self, persons: Sequence[str]) -> None:
        """Give everybody a token that is good today."""
        self.people._tokens.clear()
        for who in persons:
            self.people.token(who)


class Scene:
    """Both worlds; what is done is done in both, and a secret is what is done otherwise."""

    def __init__(self, databases: Sequence[Database], folder: Path, **changes: Any) -> None:
        self.sides = [
            _side(database, folder / name, changes)
            for database, name in zip(databases, ("one", "other"), strict=True)
        ]

    def close(self) -> None:
        """Let go of what is open."""
        for side in self.sides:
            side.client.close()
            side.world.store.engine.dispose()

    def both(self, act: Callable[[World], object]) -> None:
        """Let the same happen in both."""
        for side in self.sides:
            act(side.world)

    def secretly(self, one: Callable[[World], object], other: Callable[[World], object]) -> None:
        """Let it happen otherwise in the other world."""
        one(self.sides[0].world)
        other(self.sides[1].world)

    def look(self, persons: Sequence[str], codes: Sequence[str]) -> list[str]:
        """Return everything by which these persons, or anybody outside, could tell the worlds."""
        asked = list(self.questions(codes))
        for side in self.sides:
            side.new_tokens(persons)
        answers = [
            [*_watched(side, persons), *_answers(side, persons, asked)] for side in self.sides
        ]
        return _differing(*answers)

    def look_at_repeats(self, persons: Sequence[str], codes: Sequence[str]) -> list[str]:
        """Return what acts that come again are answered in one world and not in the other.

        Each is tried on the worlds as they are now, kept, and then undone.
        """
        asked = [one for one in self.questions(codes) if one.method != "get"]
        for side in self.sides:
            side.new_tokens(persons)
        answers = [list(_repeats(side, persons, asked)) for side in self.sides]
        return _differing(*answers)

    def questions(self, codes: Sequence[str]) -> Iterator[Question]:
        return every_question(_described(self.sides[0]), codes)


Answers = Sequence[tuple[str, bytes]]
"""What was asked, and what was answered."""


def _differing(one: Answers, other: Answers) -> list[str]:
    return [
        f"{what}\n  one:   {mine[:1200]!r}\n  other: {yours[:1200]!r}"
        for (what, mine), (_, yours) in zip(one, other, strict=True)
        if mine != yours
    ]


def _described(side: Side) -> dict[str, Any]:
    description: dict[str, Any] = side.client.ask("get", "/openapi.json", {}).json()
    return description


def _side(database: Database, folder: Path, changes: dict[str, Any]) -> Side:
    folder.mkdir(parents=True)
    clock = Clock(datetime(2023, 2, 6, 7, 30, tzinfo=ZONE))
    store = Store(database.open(), clock, Renderer(), enclosures=Workbooks())
    world = World(store, clock, short_playbook(**changes))
    world.begin("two worlds")
    with store.writing("mai") as tx:
        enrolment.save(tx, EXTRA, SINCE)
        commit(tx)
    asking = People(world, folder)
    side = Side(world, asking, Client(asking.http.app))
    with store.writing("mai") as tx:
        side.hook = webhooks.add(tx, "https://portal.example.vn/x", "thidua.*", None, private=False)
        side.feeds = {who: feeds.create(tx, who)[1] for who in (*OUTSIDERS, *JUDGES)}
        commit(tx)
    return side


# --- What is answered -----------------------------------------------------------------------------


def _answers(
    side: Side, persons: Sequence[str], asked: Sequence[Question]
) -> Iterator[tuple[str, bytes]]:
    """Yield what is answered; no act is kept, so that each is tried on the same world."""
    for who in persons:
        acts = who not in _ONLY_LOOKING
        with _nothing_kept():
            for one in asked:
                if not acts and one.method != "get":
                    continue
                yield f"{who}: {one}", kept(_ask(side, who, one))


def _repeats(
    side: Side, persons: Sequence[str], asked: Sequence[Question]
) -> Iterator[tuple[str, bytes]]:
    """Yield what an act is answered that is kept: at first, again, otherwise, by another id."""
    file = Path(str(side.world.store.engine.url.database))
    side.world.store.engine.dispose()
    before = file.read_bytes()
    for who in persons:
        for one in asked:
            other = one._replace(body={**(one.body or {}), "reason": "Lý do khác"})
            for key, sent in (("1", one), ("1", one), ("1", other), ("2", one), ("3", other)):
                headers = (*one.headers, ("Idempotency-Key", key))
                yield (
                    f"{who}, {key}: {sent}",
                    kept(_ask(side, who, sent._replace(headers=headers))),
                )
            _put_back(side, file, before)


def _put_back(side: Side, file: Path, content: bytes) -> None:
    """Let the world's database be as it was."""
    side.world.store.engine.dispose()
    for each in file.parent.glob(f"{file.name}-*"):
        each.unlink()
    file.write_bytes(content)


@contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let every transaction do what it does, and then be as if it had not been."""

    def forget(tx: Transaction) -> None:
        flush(tx)
        tx.connection.rollback()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bootstrap, "commit", forget)
        yield


def _ask(side: Side, who: str, one: Question) -> Response:
    sent = {
        "Authorization": f"Bearer {side.people.token(who)}",
        "Accept-Language": "en",
        **dict(one.headers),
    }
    return side.client.ask(one.method, one.path, sent, one.body)


def kept(response: Response) -> bytes:
    """Return every byte of an answer, but for what is drawn at random."""
    headers = sorted(
        (name, value)
        for name, value in response.headers.items()
        if name.lower() not in _HEADERS_LEFT_OUT
    )
    assert response.status_code < 500, response.text
    content = response.content
    for pattern, instead in _RANDOM:
        content = pattern.sub(instead, content)
    return b"%d %s %s" % (response.status_code, repr(headers).encode(), content)


# --- What is seen without asking ------------------------------------------------------------------


def _watched(side: Side, persons: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what reaches people, receivers of webhooks and those who see Prefect."""
    world = side.world

    def get(path: str) -> bytes:
        return kept(side.client.ask("get", path, {}))

    for path in ("/", "/healthz", "/metrics", "/docs", "/openapi.json"):
        yield f"GET {path}", get(path)
    for who in persons:
        if who in side.feeds:
            yield f"calendar of {who}", get(f"/feeds/{side.feeds[who]}.ics")
    for stage in Stage:
        link = DecisionLink(
            campaign=CODE,
            stage=stage,
            round=1,
            step=1,
            person_id="obs",
            expires_at=world.clock.time + timedelta(days=400),
        )
        yield (
            f"page of decision of {stage}",
            get(f"{DECISION}{side.people.app.links.token(link)}"),
        )
    yield from _prefect(world)
    yield from _webhooks(side)
    yield from _mails(world, persons)


def _prefect(world: World) -> Iterator[tuple[str, bytes]]:
    view, funnel = world.read(board._view), world.read(board._funnel, "vi")
    yield "board: row", repr(board_page.row(view, "vi", ZONE, "vi")).encode()
    yield "board: page", board_page.page(view, funnel, "vi", ZONE).encode()
    yield "board: waiting", waiting_line(view.waiting, "vi", ZONE, view.now).encode()
    with world.store.reading(CODE) as tx:
        log = list(events.read(tx.connection, tx.campaign.id))
    told = [one._replace(id=None) for one in publishing.announcements(CODE, log)]  # type: ignore[arg-type]
    yield "events of Prefect", repr(told).encode()


def _webhooks(side: Side) -> Iterator[tuple[str, bytes]]:
    world = side.world
    with world.store.writing("system:webhooks", CODE) as tx:
        [hook] = webhook_rows.in_force(tx)
        while webhooks.fan_out(tx, hook):
            pass
        commit(tx)
    told = []
    while True:
        with world.store.writing("system:webhooks") as tx:
            claimed = webhooks.claim(tx)
            for one in claimed:
                headers = webhooks.signed(one, webhooks.body(one), b"key", 0)
                told.append((webhooks.body(one), headers["webhook-id"]))
                webhooks.record(tx, one, 200, "", ())
            commit(tx)
        if not claimed:
            break
    yield "webhook", repr(told).encode()


def _mails(world: World, persons: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    with world.store.reading(CODE) as tx:
        rows = messages.find(tx)
        for who in (*persons, DISTRICT, COMMUNE):
            mine = []
            for row in rows:
                if row.recipient_id == who and row.state not in (
                    MessageState.HELD,
                    MessageState.SUPERSEDED,
                ):
                    found = messages.get(tx, row.id)
                    assert found is not None
                    content = _TOKENS.sub(
                        "?", orjson.dumps(found[1].model_dump(mode="json")).decode()
                    )
                    mine.append(
                        (row.key, row.about, row.template, row.state, row.queued_at, content)
                    )
            yield f"mails to {who}", repr(sorted(mine)).encode()
