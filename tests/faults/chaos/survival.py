"""A campaign is told to a living engine whose parts are killed; what does it come to?"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update

from campaigns.services.log import audit
from campaigns.store.engine import edges
from campaigns.store.mail import messages
from campaigns.store.tables import message
from campaigns.store.transaction import Transaction
from schemas.views.audit import AuditResult
from schemas.vocabulary import MessageState
from tests.faults.chaos.installation import Installation
from tests.faults.chaos.monkey import Monkey
from tests.servers import Postgres
from tests.story import CODE, Outcome, Story, outcome
from tests.telling import insist, open_installation, wait

_ACT_SECONDS = 420
_HURRY_SECONDS = 5
_END_SECONDS = 600


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


def survive(
    folder: Path,
    size: int,
    kills: int,
    seed: int,
    pause: tuple[float, float],
    say: Callable[[str], None] = lambda _: None,
) -> Survival:
    """Tell the story of `size` nominations while `kills` processes are killed.

    Each act of the people has its share of the kills: they come before it, and while the engine
    works for it.
    """
    database = Postgres.make()
    try:
        database.process.start()
        database.run("CREATE DATABASE thidua")
        installation = Installation(folder / "living", database.url("thidua"))
        app = open_installation(installation.home, installation.database_url)
        with installation.running():
            story = Story(app, size, app.now().replace(microsecond=0), folder / "input")
            story.prepare()
            forget_at = max(3, kills // 3)
            with Monkey(installation, database, seed, kills, pause, forget_at, say) as monkey:
                share = kills / len(story.acts())

                def had_their_share() -> bool:
                    return monkey.is_over or monkey.kills >= monkey.allowance - share

                for act in story.acts():
                    monkey.allowance += share
                    wait(had_their_share, "kills", _ACT_SECONDS)
                    wait(act.is_due, act.name, _ACT_SECONDS)
                    insist(act.do)
                    say(f"done: {act.name}")
                monkey.allowance = kills
                wait(lambda: monkey.is_over, "enough kills", _ACT_SECONDS)
            say("the last blow has fallen")

            def hurry() -> None:
                time.sleep(_HURRY_SECONDS)
                insist(lambda: app.act(CODE, _let_mail_go))

            wait(story.is_over, "the end of the campaign", _END_SECONDS, hurry)
            say("the campaign is over")
        found = _examine(installation, story, monkey)
        app.store.engine.dispose()
    finally:
        database.remove()
    return found


def _let_mail_go(tx: Transaction) -> None:
    """Spare the test the hours that put-off mail waits."""
    put_off = (message.c.state == MessageState.QUEUED) & (message.c.available_at > tx.wall)
    done = tx.connection.execute(update(message).where(put_off).values(available_at=tx.wall))
    if done.rowcount:
        tx.wake(edges.DELIVER)


def _examine(installation: Installation, story: Story, monkey: Monkey) -> Survival:
    app = story.app
    taken = [one[1:].partition("@")[0] for one in (installation.mail / "taken").read_text().split()]
    rows = app.read(CODE, messages.find)
    return Survival(
        size=story.size,
        begin=story.begin,
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
