"""How are webhooks told? A loop beside the relay, so that a slow receiver stalls nobody (ADR 0022).

An address is resolved once, checked, and connected to as resolved; redirects are not followed, a
long answer is not read. The whole of a delivery has a deadline, name and handshake included: a
receiver that sends a byte now and then is no better than one that sends none. Each webhook has a
sender of its own at a time, and a turn that ends.
"""

from __future__ import annotations

import logging
import queue
import socket
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from threading import Event, Thread, Timer
from typing import Any, Final, NamedTuple

import httpx

from campaigns.bootstrap import App
from campaigns.rules.networks import is_public
from campaigns.services import webhooks as service
from campaigns.services.engine import alerts
from campaigns.store import webhooks
from campaigns.store.database import OUT_OF_REACH
from campaigns.store.log import cursors
from campaigns.store.webhooks import Claimed

log = logging.getLogger("thidua.webhooks")
ACTOR: Final = "system:webhooks"
DEADLINE: Final = 15.0
"""Seconds for one delivery, from the look-up of the name to the head of the answer."""
_POLL_SECONDS: Final = 2.0
_TIMEOUT: Final = httpx.Timeout(10.0)
_SENDERS: Final = 32
TURN: Final = 60.0
"""Seconds after which a webhook's sender begins no further event: well within the lease."""


class DeadlinePassed(Exception):
    """The receiver took longer than a delivery may take."""


class AddressRefused(Exception):
    """The address leads into a network that is not told."""


class Answer(NamedTuple):
    """What a receiver said."""

    status_code: int | None
    detail: str


@dataclass
class Webhooks:
    """The sender of one process; several may run at once."""

    app: App
    _busy: dict[int, Future[None]] = field(default_factory=dict)
    """The sender at work for each webhook that has one."""

    def run(self, stop: Event) -> None:
        """Do rounds until told to stop; none waits for a receiver."""
        senders = ThreadPoolExecutor(_SENDERS, thread_name_prefix="webhook")
        try:
            while not stop.is_set():
                pause = _POLL_SECONDS
                try:
                    pause = 0 if self._begin(senders, stop) else _POLL_SECONDS
                except OUT_OF_REACH:
                    log.warning("the database does not answer")
                except Exception:
                    log.exception("a round of webhooks failed")
                stop.wait(pause)
        finally:
            senders.shutdown(wait=True, cancel_futures=True)

    def tick(self) -> int:
        """Queue what is new, send what is due, and wait until it is; return how much that was."""
        with ThreadPoolExecutor(_SENDERS) as senders:
            done = self._begin(senders, Event())
            wait(self._busy.values())
        for sender in self._busy.values():
            sender.result()
        return done

    def _begin(self, senders: ThreadPoolExecutor, stop: Event) -> int:
        """Queue what is new, and begin to send what is due to those who are not busy."""
        self._busy = {number: one for number, one in self._busy.items() if not one.done()}
        seen = 0
        for hook in self.app.read(None, webhooks.in_force):
            for code in self.app.read(None, cursors.behind, service.consumer(hook.id)):
                seen += self.app.act_as(ACTOR, code, service.fan_out, hook)
        has_some = seen or self._has_some()
        claimed = self.app.act_as(ACTOR, None, service.claim, tuple(self._busy)) if has_some else []
        for number, group in groupby(
            sorted(claimed, key=lambda one: (one.webhook_id, one.campaign_code, one.event_number)),
            key=lambda one: one.webhook_id,
        ):
            series = [list(part) for _, part in groupby(group, key=lambda one: one.campaign_code)]
            self._busy[number] = senders.submit(self._take_turn, series, stop)
        return seen + len(claimed)

    def _has_some(self) -> bool:
        return bool(self.app.read(None, webhooks.in_force))

    def _take_turn(self, series: Sequence[Sequence[Claimed]], stop: Event) -> None:
        """Send a webhook what is due, campaign by campaign, until its turn is over."""
        ends_at = time.monotonic() + TURN
        try:
            for part in series:
                self._send_all(part, stop, ends_at)
        except OUT_OF_REACH:
            log.warning("the database does not answer")  # the lease ends, and it is sent again
        except Exception:
            log.exception("a turn of a webhook failed")

    def _send_all(self, series: Sequence[Claimed], stop: Event, ends_at: float) -> None:
        """Send events of one campaign in their order, until one is not taken or time is over."""
        for at, one in enumerate(series):
            if stop.is_set() or time.monotonic() >= ends_at:
                self.app.act_as(ACTOR, None, webhooks.let_go, [later.id for later in series[at:]])
                return
            answer = self._send(one)
            good = answer.status_code is not None and 200 <= answer.status_code < 300  # noqa: PLR2004
            rest = [] if good else [later.id for later in series[at + 1 :]]
            if self.app.act_as(
                ACTOR, None, service.record, one, answer.status_code, answer.detail, rest
            ):
                log.warning(
                    "webhook %s: event %s of %s is given up",
                    one.webhook_id,
                    one.event_number,
                    one.campaign_code,
                )
                self.app.act(one.campaign_code, alerts.report_silent_webhooks)
            if not good:
                return

    def _send(self, one: Claimed) -> Answer:
        content = service.body(one)
        now = int(self.app.read(None, lambda tx: tx.wall).timestamp())
        headers = service.signed(one, content, self.app.settings.key_of_webhook(one.salt), now)
        try:
            return post(one.url, content, headers, private=self.app.settings.webhook_private)
        except (*_REFUSALS, OSError, UnicodeError) as error:
            return Answer(None, type(error).__name__)


_REFUSALS: Final = (httpx.HTTPError, httpx.InvalidURL, AddressRefused, DeadlinePassed)


class _Watch:
    """Ends the connection of a delivery when its time is over, whatever it is doing then."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._sockets: list[socket.socket] = []
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Take note of the connection (the `trace` extension of httpx)."""
        if event == "connection.connect_tcp.complete":
            # A copy: encryption takes the first one over.
            self._sockets.append(info["return_value"].get_extra_info("socket").dup())
            if self.is_over:
                self._end()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.cancel()
        for one in self._sockets:
            one.close()

    def _end(self) -> None:
        self.is_over = True
        for one in list(self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def post(
    url: str, content: bytes, headers: dict[str, str], *, private: bool, within: float = DEADLINE
) -> Answer:
    """Hand one message over; the address is connected to as it was checked.

    Raises:
        AddressRefused: It leads into a network that is not told.
        DeadlinePassed: It took more than `within` seconds.
    """
    service.ensure_address(url, private=private)
    ends_at = time.monotonic() + within
    wanted = httpx.URL(url)
    port = wanted.port or (443 if wanted.scheme == "https" else 80)
    target = wanted.copy_with(host=_resolved(wanted.host, port, within, private=private))
    watch = _Watch(max(0.0, ends_at - time.monotonic()))
    try:
        return _handed_over(wanted, target, content, headers, watch)
    except (httpx.HTTPError, OSError) as error:
        if watch.is_over:
            raise DeadlinePassed(f"{within:g} s") from error
        raise
    finally:
        watch.stop()


def _handed_over(
    wanted: httpx.URL, target: httpx.URL, content: bytes, headers: dict[str, str], watch: _Watch
) -> Answer:
    request_headers = {
        **headers,
        "Host": wanted.netloc.decode("ascii"),
        "Content-Type": "application/json",
        "User-Agent": "thidua",
    }
    with (
        httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream(
            "POST",
            target,
            content=content,
            headers=request_headers,
            extensions={"sni_hostname": wanted.host, "trace": watch.trace},
        ) as response,
    ):
        # The body is not read: nothing of it is needed, and it may be endless.
        return Answer(response.status_code, response.reason_phrase)


def _resolved(host: str, port: int, within: float, *, private: bool) -> str:
    """Return the first address of a host; none of them may be inside, unless that is allowed."""
    found = [str(entry[4][0]) for entry in _looked_up(host, port, within)]
    for address in found:
        if not private and not is_public(address):
            raise AddressRefused(address)
    return found[0]


def _looked_up(host: str, port: int, within: float) -> list[Any]:
    """Look a name up; the system may take as long as it likes, so it is asked in a thread."""
    answers: queue.SimpleQueue[list[Any] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=within)
    except queue.Empty:
        raise DeadlinePassed(f"{within:g} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer
