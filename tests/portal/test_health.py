"""What do machines that watch learn from the web process? Health, readiness, figures."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from campaigns.bootstrap import App
from campaigns.settings import Settings
from campaigns.store.commit import commit
from campaigns.store.engine import beats
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from portal.app import create_app
from schemas.vocabulary import Stage
from tests.world import CODE, World

HERE, ELSEWHERE = ("127.0.0.1", 50000), ("192.0.2.7", 50000)


@pytest.fixture
def installation(world: World, tmp_path: Path) -> App:
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    return App(Settings(home=tmp_path), world.store, transport)


@dataclass
class Visitor:
    """Somebody at an address who asks the web process."""

    installation: App
    address: tuple[str, int]

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        async def ask() -> httpx.Response:
            way = httpx.ASGITransport(create_app(self.installation), client=self.address)
            async with httpx.AsyncClient(transport=way, base_url="http://thidua") as client:
                return await client.get(path, headers=headers)

        return asyncio.run(ask())


def client(installation: App, address: tuple[str, int] = HERE) -> Visitor:
    return Visitor(installation, address)


def figures(installation: App) -> dict[tuple[str, ...], float]:
    text = client(installation).get("/metrics").text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def beat(world: World) -> None:
    with world.store.writing("test") as tx:
        beats.beat(tx, "relay:1", beats.RELAY)
        commit(tx)


def test_process_says_that_it_lives(installation: App):
    assert client(installation).get("/healthz").json() == {"status": "ok"}


def test_installation_without_a_relay_is_degraded_and_ready(installation: App):
    answer = client(installation).get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"


def test_installation_with_a_relay_is_ready(installation: App, world: World):
    beat(world)

    assert client(installation).get("/readyz").json()["status"] == "ok"


def test_relay_that_has_gone_silent_degrades(installation: App, world: World):
    beat(world)
    world.clock.time += timedelta(seconds=40)

    assert client(installation).get("/readyz").json()["relay"] == "silent"
    assert figures(installation)["thidua_relay_silent_seconds",] == 40


def test_outbox_that_waits_has_an_age(installation: App, world: World):
    world.launch()
    world.clock.time += timedelta(seconds=90)

    found = figures(installation)

    assert found["thidua_outbox_rows", "due"] > 0
    assert found["thidua_outbox_oldest_due_seconds",] == 90


def test_stage_past_its_due_time_is_late(installation: App, world: World):
    world.receive_nominations()
    dates = world.playbook.calendar.of(Stage.NOMINATION)
    assert dates is not None
    world.at(dates.closes + timedelta(hours=1))

    late = figures(installation)["thidua_stage_late_seconds", CODE, "nomination", "open"]

    assert late >= 3600


def test_messages_are_counted_by_state(installation: App, world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)

    assert figures(installation)["thidua_messages", CODE, "queued"] > 0


def test_figures_hold_no_names(installation: App, world: World):
    world.receive_nominations()
    text = client(installation).get("/metrics").text

    assert CODE in text
    assert [one for one in ("mai", "hung", "example.org", "Ba Tri") if one in text] == []


def test_figures_are_refused_to_another_machine(installation: App):
    assert client(installation, ELSEWHERE).get("/metrics").status_code == 403


def test_figures_are_refused_through_a_proxy(installation: App):
    answer = client(installation).get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"})

    assert answer.status_code == 403


@pytest.mark.parametrize(("token", "status"), [("right", 200), ("wrong", 403)])
def test_figures_are_given_for_the_token(world: World, tmp_path: Path, token: str, status: int):
    settings = Settings(home=tmp_path, metrics_token=SecretStr("right"))
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    web = client(App(settings, world.store, transport), ELSEWHERE)

    answer = web.get("/metrics", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == status
