"""What tests with a Prefect server share: the example's people, a launched campaign."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from campaigns import bootstrap, intake
from campaigns.intake import Request
from campaigns.services.launch import launch
from campaigns.services.playbook.library import load_playbook
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import open_engine
from schemas.actors import at_console
from schemas.commands.launch import CreateCampaign, LaunchCampaign

FACTS = Path(__file__).parents[2] / "examples" / "ben-tre-2023"
CODE = "DVK-2023"
COORDINATOR, LEADER = "P001", "P003"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bootstrap.App:
    """Give an installation with units, people and a launched campaign."""
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path))
    schema.upgrade(open_engine(Settings().database))
    app = bootstrap.app()
    intake.import_units(app, Request(FACTS / "units.csv", at_console()))
    intake.import_people(app, Request(FACTS / "people.csv", at_console()), date(2023, 1, 1))
    # A clock of its own: the units of the example ceased in 2025.
    begins = datetime(2023, 2, 6, 1, tzinfo=UTC)
    create = CreateCampaign(command_id="create", code=CODE, rehearsal_starts_at=begins)
    app.act_as(COORDINATOR, None, launch.create, create, load_playbook("dan-van-kheo"))
    start = LaunchCampaign(command_id="launch", person_id=COORDINATOR)
    app.act_as(COORDINATOR, CODE, launch.launch, start)
    return app
