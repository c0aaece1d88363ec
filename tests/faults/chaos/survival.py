"""A campaign is told to a living engine whose parts are killed; what does it come to?"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select, update

from bench.synthetic import Province
from campaigns.bootstrap import App, SystemClock
from campaigns.services import audit
from campaigns.settings import Settings
from campaigns.store import messages, outbox, schema
from campaigns.store.engine import OUT_OF_REACH, open_engine
from campaigns.store.tables import message
from campaigns.store.transaction import Store, Transaction
from notifications.render import Renderer
from notifications.settings import MailSettings
from notifications.transport import transport_from
from schemas.views import AuditResult
from schemas.vocabulary import MessageState
from tests.faults.chaos.monkey import Monkey
from tests.faults.chaos.parts import Installation
from tests.faults.chaos.postgres import postgres
from tests.faults.chaos.story import CODE, Act, Outcome, Story, outcome, shortened

R = TypeVar("R")
_ACT_SECONDS = 420
_END_SECONDS = 180


@dataclass(frozen=True)
class Survival:
    """What was done to the engine, and what the campaign came to all the same."""

    size: int
    begin: datetime
    blows: Counter[str]
    kills: int
    outcome: Outcome
    audit: AuditResult
    taken: Counter[str]
    """How often the mail server took each Message-ID."""
    states: Counter[str]
    """Messages by state."""
    sent: set[str]
    """Message-IDs of messages that are on record as sent."""


def survive(folder: Path, size: int, kills: int, seed: int, pause: tuple[float, float]) -> Survival:
    """Tell the story of `size` nominations while at least `kills` processes are killed."""
    expected = kills * (sum(pause) / 2 + 4)
    with postgres() as database:
        schema.upgrade(open_engine(database.url))
        installation = Installation(folder / "living", database.url)
        app = _app(installation, database.url)
        province = Province(size)
        with installation.running():
            begin = app.store._clock.now().replace(microsecond=0)
            playbook = shortened(province, begin, 20 + expected / 3, 40 + expected)
            story = Story(app, province, playbook, installation.home)
            story.begin()
            with Monkey(
                installation, database, seed, pause, forget_at=max(3, kills // 3)
            ) as monkey:
                for act in story.acts():
                    _perform(act)
                _until(lambda: monkey.kills >= kills, "enough kills", _ACT_SECONDS)
            _let_mail_go(installation, app)
            _until(story.is_over, "the end of the campaign", _END_SECONDS)
        result = _examine(installation, story, begin, monkey)
        app.store.engine.dispose()
    return result


def _app(installation: Installation, url: str) -> App:
    settings = Settings(home=installation.home, database_url=url)
    transport = transport_from(MailSettings.model_construct(), settings.maildir)
    return App(settings, Store(open_engine(url), SystemClock(), Renderer()), transport)


def _perform(act: Act) -> None:
    """Wait until the time of an act has come, and do it; whoever gets no answer does it again."""
    _until(act.is_due, act.name, _ACT_SECONDS)
    _persist(act.do)


def _persist(do: Callable[[], R]) -> R:
    while True:
        try:
            return do()
        except OUT_OF_REACH:
            time.sleep(0.3)


def _until(is_true: Callable[[], bool], what: str, seconds: float) -> None:
    give_up_at = time.monotonic() + seconds
    while not _persist(is_true):
        assert time.monotonic() < give_up_at, f"waited {seconds} s for: {what}"
        time.sleep(0.5)


def _let_mail_go(installation: Installation, app: App) -> None:
    """Spare the test the hours that put-off mail waits, and the lease of senders that are dead."""
    worker = installation.parts["worker"]
    worker.kill()

    def hurry(tx: Transaction) -> None:
        messages.expire_claims(tx)
        queued = message.c.state == MessageState.QUEUED
        tx.connection.execute(update(message).where(queued).values(available_at=tx.wall))
        tx.wake(outbox.DELIVER)

    app.act(CODE, hurry)
    worker.start()


def _examine(installation: Installation, story: Story, begin: datetime, monkey: Monkey) -> Survival:
    app = story.app
    taken = [one[1:].partition("@")[0] for one in (installation.mail / "taken").read_text().split()]
    rows = app.read(CODE, messages.find)
    return Survival(
        size=story.province.size,
        begin=begin,
        blows=monkey.blows,
        kills=monkey.kills,
        outcome=outcome(app),
        audit=app.read(CODE, audit.verify),
        taken=Counter(taken),
        states=Counter(row.state for row in rows),
        sent=app.read(CODE, _sent),
    )


def _sent(tx: Transaction) -> set[str]:
    """Return what names the mails in which the messages on record as sent have left."""
    sent = select(message.c.mail_id).where(message.c.state == MessageState.SENT)
    return set(tx.connection.execute(sent).scalars())
