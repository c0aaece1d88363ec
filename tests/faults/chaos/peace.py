"""The story in peace: a clock of its own, no Prefect, nothing killed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bench.synthetic import Province
from campaigns.bootstrap import App
from campaigns.settings import Settings
from campaigns.store.transaction import Store
from notifications.render import Renderer
from notifications.settings import MailSettings
from notifications.transport import transport_from
from tests.databases import Database
from tests.faults.chaos.story import Outcome, Story, engine_round, outcome, shortened
from tests.world import Clock


def told_in_peace(database: Database, folder: Path, size: int, begin: datetime) -> Outcome:
    """Tell the story with a clock of its own, and return what it comes to."""
    folder.mkdir(parents=True, exist_ok=True)
    province, clock = Province(size), Clock(begin)
    transport = transport_from(MailSettings.model_construct(), folder / "mail")
    app = App(Settings(home=folder), Store(database.open(), clock, Renderer()), transport)
    story = Story(app, province, shortened(province, begin, 60, 300), folder)
    story.begin()
    for act in story.acts():
        for _ in range(10):
            engine_round(app)
            if act.is_due():
                break
            clock.time += timedelta(seconds=60)
        assert act.is_due(), act.name
        act.do()
    engine_round(app)
    assert story.is_over()
    found = outcome(app)
    app.store.engine.dispose()
    return found
