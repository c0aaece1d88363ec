"""Can a webhook be led inside, or its receiver hold up the engine or other receivers?"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from campaigns.bootstrap import App
from campaigns.engine import webhooks as sending
from campaigns.engine.webhooks import AddressRefused, DeadlinePassed, Webhooks, post
from campaigns.services import webhooks
from campaigns.settings import Settings
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from tests.attacks.record import Attempts
from tests.store.webhooks.test_webhooks import Receiver
from tests.world import World

INSIDE = (
    "10.1.2.3",
    "::ffff:10.1.2.3",
    "64:ff9b::a01:203",
    "64:ff9b:1::a01:203",
    "2002:a01:203::1",
    "::10.1.2.3",
    "0.0.0.1",
    "100.64.0.1",
    "224.0.0.1",
    "ff02::1",
    "169.254.169.254",
    "2001::1",
    "fe80::1",
    "192.0.2.1",
    "2001:db8::1",
)
Speaker = Callable[[socket.socket], None]


def says_nothing(connection: socket.socket) -> None:
    time.sleep(5)
    connection.close()


def drips_its_head(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        connection.sendall(b"x-%d: y\r\n" % number)
        time.sleep(0.1)


def drips_interim_answers(connection: socket.socket) -> None:
    for _ in range(100):
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.1)


def takes_nothing(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
    time.sleep(5)


@contextmanager
def receiver(speak: Speaker) -> Iterator[int]:
    """Run a receiver that speaks so to everybody; give its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=one, args=(connection,), daemon=True).start()

        def one(connection: socket.socket) -> None:
            try:
                speak(connection)
            except OSError:
                pass
            finally:
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield int(server.getsockname()[1])


@pytest.mark.parametrize("speak", [says_nothing, drips_its_head, drips_interim_answers])
def test_delivery_ends_at_its_deadline(attempt: Attempts, speak: Speaker) -> None:
    with receiver(speak) as port:
        began = time.monotonic()
        with pytest.raises(DeadlinePassed):
            post(f"http://127.0.0.1:{port}/", b"{}", {}, private=True, within=0.5)
        attempt(speak.__name__, held=time.monotonic() - began < 3)


def test_handshake_counts_as_well(attempt: Attempts) -> None:
    with receiver(says_nothing) as port:
        began = time.monotonic()
        with pytest.raises(DeadlinePassed):
            post(f"https://127.0.0.1:{port}/", b"{}", {}, private=True, within=0.5)
        attempt("a handshake that is not answered", held=time.monotonic() - began < 3)


def test_body_that_is_not_taken_counts_as_well(attempt: Attempts) -> None:
    with receiver(takes_nothing) as port:
        began = time.monotonic()
        with pytest.raises(DeadlinePassed):
            post(f"http://127.0.0.1:{port}/", b"x" * 50_000_000, {}, private=True, within=0.5)
        attempt("a body nobody reads", held=time.monotonic() - began < 4)


def test_name_that_is_never_answered(attempt: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: time.sleep(5))
    began = time.monotonic()
    with pytest.raises(DeadlinePassed):
        post("https://slow.example.org/", b"{}", {}, private=False, within=0.3)
    attempt("a name server that does not answer", held=time.monotonic() - began < 2)


def test_names_that_lead_inside(attempt: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    for address in INSIDE:
        found: list[Any] = [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", (address, 443))]
        monkeypatch.setattr("socket.getaddrinfo", lambda *_, answer=found, **__: answer)
        try:
            post("https://hook.example.org/", b"{}", {}, private=False, within=1)
        except AddressRefused:
            attempt(address, held=True)
        except Exception:  # noqa: BLE001 - whatever else it came to, it was not refused
            attempt(address, held=False)


def test_name_that_changes_after_the_check(
    attempt: Attempts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second answer would lead inside; it is never asked for."""
    asked: list[str] = []

    def answer(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        if host == "hook.example.org":
            return [(2, 1, 6, "", ("127.0.0.1" if len(asked) > 1 else "8.8.8.8", port))]
        return [(2, 1, 6, "", (host, port))]

    monkeypatch.setattr("socket.getaddrinfo", answer)
    with pytest.raises(Exception):  # noqa: B017, PT011 - nothing outside can be reached here
        post("https://hook.example.org/", b"{}", {}, private=False, within=1)
    attempt("a second answer", held=asked.count("hook.example.org") == 1)


def test_slow_receiver_delays_no_other(
    attempt: Attempts, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "DEADLINE", 3.0)
    app = App(
        settings=Settings(home=tmp_path, webhook_private=True),
        store=world.store,
        transport=transport_from(MailSettings.model_construct(), tmp_path / "mail"),
    )
    good, stop = Receiver(), threading.Event()
    with receiver(says_nothing) as port:
        for number in range(12):
            app.act_as(
                "a",
                None,
                webhooks.add,
                f"http://127.0.0.1:{port}/{number}",
                "*",
                None,
                private=True,
            )
        app.act_as("a", None, webhooks.add, good.url, "*", None, private=True)
        world.launch()
        sender = threading.Thread(target=Webhooks(app).run, args=(stop,), daemon=True)
        began = time.monotonic()
        sender.start()
        while len(good.got) < 6 and time.monotonic() - began < 20:
            time.sleep(0.05)
        took = time.monotonic() - began
        stop.set()
        sender.join(timeout=30)
    good.server.shutdown()
    attempt(f"twelve that say nothing ({took:.1f} s)", held=len(good.got) >= 6 and took < 12)
