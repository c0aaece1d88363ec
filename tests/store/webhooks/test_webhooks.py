"""Webhooks: told in order, at least once, signed; who fails is tried again, then given up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from campaigns.bootstrap import App
from campaigns.engine.webhooks import AddressRefused, Webhooks, post
from campaigns.rules.access.errors import WebhookUrlRefused
from campaigns.services import webhooks
from campaigns.services.mail import delivery
from campaigns.settings import Settings
from campaigns.store import webhooks as rows
from campaigns.store.commit import commit
from campaigns.store.tables import webhook_delivery
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from schemas.commands.mail import ReleaseMessages
from tests.world import World, votes


class Receiver:
    """An HTTP server that notes what it gets and answers as told."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), content))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # It looks so often whether it is to end; by default every half second.
        serve = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        serve.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def numbers(self) -> list[int]:
        return [json.loads(content)["data"]["number"] for _, content in self.got]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def app(world: World, tmp_path: Path) -> App:
    return App(
        settings=Settings(home=tmp_path, webhook_private=True),
        store=world.store,
        transport=transport_from(MailSettings.model_construct(), tmp_path / "mail"),
    )


def add(app: App, url: str, events: str = "thidua.*", campaign: str | None = None) -> int:
    return app.act_as("test", None, webhooks.add, url, events, campaign, private=True)


def run(app: App) -> None:
    while Webhooks(app).tick():
        pass


def log(app: App) -> list[Any]:
    return app.read(None, rows.log, None, 100)


def test_events_after_its_making_are_sent_in_order(app: App, world: World, receiver: Receiver):
    add(app, receiver.url)
    world.launch()
    run(app)
    assert receiver.numbers() == list(range(1, 7))  # counted by what is told


def test_pattern_chooses_what_is_sent(app: App, world: World, receiver: Receiver):
    add(app, receiver.url, "thidua.campaign.*")
    world.launch()
    run(app)
    assert [json.loads(content)["type"] for _, content in receiver.got] == [
        "thidua.campaign.launched"
    ]


def test_webhook_of_another_campaign_is_told_nothing(app: App, world: World, receiver: Receiver):
    add(app, receiver.url, campaign="OTHER")
    world.launch()
    run(app)
    assert receiver.got == []


def test_receiver_can_verify_the_signature(app: App, world: World, receiver: Receiver):
    number = add(app, receiver.url)
    world.launch()
    run(app)
    headers, content = receiver.got[0]
    [hook] = app.read(None, rows.in_force)
    shown = webhooks.shown_secret(app.settings.key_of_webhook(hook.salt), number, hook.salt)
    key = base64.b64decode(shown.removeprefix("whsec_"))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + content
    mac = base64.b64encode(hmac.digest(key, told, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"


def test_nothing_of_the_facts_is_told(app: App, world: World, receiver: Receiver):
    add(app, receiver.url)
    world.launch()
    run(app)
    assert set(json.loads(receiver.got[0][1])["data"]) == {"campaign", "number", "subject"}


@pytest.mark.parametrize("status", [500, 404, 302])
def test_event_that_is_not_taken_holds_back_those_after_it(
    app: App, world: World, receiver: Receiver, status: int
):
    add(app, receiver.url)
    receiver.answers = [status]
    world.launch()
    run(app)
    assert receiver.numbers() == [1]
    world.clock.time += webhooks.back_off(0)
    run(app)
    assert receiver.numbers() == [1, *range(1, 7)]


def test_event_is_given_up_and_those_after_it_go_on(app: App, world: World, receiver: Receiver):
    add(app, receiver.url)
    receiver.answers = [500] * webhooks.ATTEMPTS
    world.launch()
    for _ in range(webhooks.ATTEMPTS):
        run(app)
        world.clock.time += timedelta(hours=1)
    assert receiver.numbers()[-6:] == list(range(2, 8))  # the last: that one was given up
    assert [one.event_number for one in log(app) if one.dead_at] == [2]


def test_delivery_is_sent_again_when_asked(app: App, world: World, receiver: Receiver):
    add(app, receiver.url, "thidua.campaign.*")
    world.launch()
    run(app)
    app.act_as("test", None, webhooks.resend, log(app)[0].id)
    run(app)
    assert len(receiver.got) == 2
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]


def test_removed_webhook_gets_nothing_more(app: App, world: World, receiver: Receiver):
    number = add(app, receiver.url)
    world.launch()
    app.act_as("test", None, webhooks.remove, number)
    run(app)
    assert receiver.got == []


def test_dead_receiver_does_not_hold_back_another(app: App, world: World, receiver: Receiver):
    add(app, "http://127.0.0.1:9/hook")
    add(app, receiver.url)
    world.launch()
    run(app)
    assert len(receiver.got) == 6


def test_events_claimed_by_one_sender_are_not_sent_by_another(app: App, world: World) -> None:
    add(app, "http://127.0.0.1:9/hook")
    world.launch()
    hook = app.read(None, rows.in_force)[0]
    world.act(webhooks.fan_out, hook)
    assert len(app.act_as("a", None, webhooks.claim)) == 6
    assert app.act_as("b", None, webhooks.claim) == []


def test_sender_that_died_is_taken_over_after_its_lease(app: App, world: World) -> None:
    add(app, "http://127.0.0.1:9/hook")
    world.launch()
    world.act(webhooks.fan_out, app.read(None, rows.in_force)[0])
    app.act_as("a", None, webhooks.claim)
    world.clock.time += webhooks.LEASE
    assert len(app.act_as("b", None, webhooks.claim)) == 6


def test_claim_made_before_the_clock_was_set_back_is_over(app: App, world: World) -> None:
    world.clock.time += timedelta(hours=7)
    add(app, "http://127.0.0.1:9/hook")
    world.launch()
    world.act(webhooks.fan_out, app.read(None, rows.in_force)[0])
    with world.store.writing("test") as tx:
        queued = update(webhook_delivery).values(available_at=tx.wall - timedelta(hours=7))
        tx.connection.execute(queued)
        commit(tx)
    app.act_as("a", None, webhooks.claim)
    world.clock.time -= timedelta(hours=7)

    assert len(app.act_as("b", None, webhooks.claim)) == 6


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@example.org/",
        "https://[::1",
        "javascript:alert(1)",
        "",
        "https://example.org:99999/",
        "https://example.org/\n",
    ],
)
def test_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(WebhookUrlRefused):
        webhooks.ensure_address(url, private=False)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "192.168.1.1"]
)
def test_address_of_an_inner_network_is_not_told(host: str) -> None:
    with pytest.raises(AddressRefused):
        post(f"https://{host}/", b"{}", {}, private=False)


def test_name_that_leads_inside_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(*_: object, **__: object) -> list[Any]:
        return [(2, 1, 6, "", ("10.1.2.3", 443))]

    monkeypatch.setattr("socket.getaddrinfo", inside)
    with pytest.raises(AddressRefused):
        post("https://hook.example.org/", b"{}", {}, private=False)


def test_rehearsal_tells_nobody(app: App, world: World, receiver: Receiver) -> None:
    from campaigns.store.tables import campaign  # noqa: PLC0415

    add(app, receiver.url)
    with world.store.writing("test") as tx:
        tx.connection.execute(campaign.update().values(clock_at=tx.wall))
        commit(tx)
    world.launch()
    run(app)
    assert receiver.got == []


def test_results_are_not_told_and_their_release_is(app: App, world: World, receiver: Receiver):
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    add(app, receiver.url)
    world.vote(*votes("A"))
    world.decide()
    command = ReleaseMessages(command_id="release", person_id="mai", early=True)
    world.act(delivery.release, command)
    for _ in range(3):
        run(app)

    types = [json.loads(content)["type"] for _, content in receiver.got]
    assert "thidua.results.released" in types
    assert not [one for one in types if one.startswith("thidua.nomination.")]
