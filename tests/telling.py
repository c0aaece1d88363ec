"""How is the story told? With a clock of its own, to the flows of one machine, to an engine.

Whoever gets no answer, because the database is away, does again what they did.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from campaigns import bootstrap
from campaigns.bootstrap import App
from campaigns.engine.rounds import go_through, stages_in_turn
from campaigns.services.log import audit
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import OUT_OF_REACH, open_engine
from campaigns.store.transaction import Store
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from tests.databases import Database
from tests.story import CODE, Act, Outcome, Story, outcome
from tests.world import Clock

R = TypeVar("R")


def open_installation(home: Path, database_url: str = "") -> App:
    """Make an installation in a folder, with an empty database, and open it in this process."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home, database_url=database_url)
    engine = open_engine(settings.database)
    schema.upgrade(engine)
    engine.dispose()
    return bootstrap.build(settings)


def ensure_log_intact(app: App) -> None:
    """Verify the event log: every number there, every hash right, every row as the log says."""
    found = app.read(CODE, audit.verify)
    assert found.intact, found


# --- To an engine --------------------------------------------------------------------------------


def a_moment() -> None:
    """Wait a little, while the engine works elsewhere."""
    time.sleep(0.3)


def tell(
    story: Story,
    seconds: float,
    idle: Callable[[], object] = a_moment,
    after: Callable[[Act], object] = lambda _: None,
) -> None:
    """Do act after act, each when its time has come, until the campaign is over.

    `seconds` is how long the engine may take from one act to the next, `idle` what is done while
    it does, `after` what is done after each act.
    """
    for act in story.acts():
        wait(act.is_due, act.name, seconds, idle)
        insist(act.do)
        after(act)
    wait(story.is_over, "the end of the campaign", seconds, idle)


def insist(do: Callable[[], R]) -> R:
    """Do something again until the database has answered."""
    while True:
        try:
            return do()
        except OUT_OF_REACH:
            a_moment()


def wait(
    is_so: Callable[[], object], what: str, seconds: float, idle: Callable[[], object] = a_moment
) -> None:
    """Wait until something is so; say what is not where it takes too long."""
    assert comes_true(is_so, seconds, idle), f"waited {seconds:.0f} s for: {what}"


def comes_true(
    is_so: Callable[[], object], seconds: float, idle: Callable[[], object] = a_moment
) -> bool:
    """Wait so long at most for something to be so; return whether it is."""
    give_up_at = time.monotonic() + seconds
    while not insist(is_so):
        if time.monotonic() > give_up_at:
            return False
        idle()
    return True


def told_on_one_machine(home: Path, size: int) -> Outcome:
    """Tell the story to the flows in this process, on SQLite, beside the Prefect API in use."""
    from flows.cycle import campaign_cycle  # noqa: PLC0415 - Prefect takes seconds to import
    from flows.delivery import deliver_notifications  # noqa: PLC0415 - as above

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THIDUA_HOME", str(home))
        open_installation(home)
        app = bootstrap.app()
        story = Story(app, size, datetime.now(UTC), home / "input")
        story.prepare()

        def engine() -> None:
            campaign_cycle(CODE)
            deliver_notifications(CODE)

        tell(story, 240, engine)
        ensure_log_intact(app)
        found = outcome(app)
        app.store.engine.dispose()
    return found


# --- With a clock of its own ---------------------------------------------------------------------


def told_in_peace(database: Database, folder: Path, size: int, begin: datetime) -> Outcome:
    """Tell the story with a clock of its own and without Prefect; return what it comes to."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = Clock(begin)
    transport = transport_from(MailSettings.model_construct(), folder / "mail")
    app = App(Settings(home=folder), Store(database.open(), clock, Renderer()), transport)
    story = Story(app, size, begin, folder)
    story.prepare()

    def round_and_minute() -> None:
        engine_round(app)
        clock.time += timedelta(seconds=60)

    tell(story, 60, round_and_minute)
    found = outcome(app)
    app.store.engine.dispose()
    return found


def engine_round(app: App) -> None:
    """Do once what the cycle does, without Prefect."""
    for stage in stages_in_turn(app, CODE):
        go_through(app, CODE, stage)
    while sum(app.deliver(CODE).model_dump().values()):
        pass
