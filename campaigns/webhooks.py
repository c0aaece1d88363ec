"""How are webhooks told? A loop beside the relay, so that a slow receiver stalls nobody (ADR 0022).

An address is resolved once, checked, and connected to as resolved; redirects are not followed, a
long answer is not read.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from threading import Event
from typing import Final, NamedTuple

import httpx

from campaigns.bootstrap import App
from campaigns.services import alerts
from campaigns.services import webhooks as service
from campaigns.store import cursors, webhooks
from campaigns.store.engine import OUT_OF_REACH
from campaigns.store.webhooks import Claimed

log = logging.getLogger("thidua.webhooks")
ACTOR: Final = "system:webhooks"
_POLL_SECONDS: Final = 2.0
_TIMEOUT: Final = httpx.Timeout(10.0)
_SENDERS: Final = 8


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

    def run(self, stop: Event) -> None:
        """Do rounds until told to stop."""
        while not stop.is_set():
            pause = _POLL_SECONDS
            try:
                pause = 0 if self.tick() else _POLL_SECONDS
            except OUT_OF_REACH:
                log.warning("the database does not answer")
            except Exception:
                log.exception("a round of webhooks failed")
            stop.wait(pause)

    def tick(self) -> int:
        """Queue what is new, send what is due; return how much that was."""
        seen = 0
        for hook in self.app.read(None, webhooks.in_force):
            for code in self.app.read(None, cursors.behind, service.consumer(hook.id)):
                seen += self.app.act_as(ACTOR, code, service.fan_out, hook)
        claimed = self.app.act_as(ACTOR, None, service.claim) if seen or self._has_some() else []
        series = [
            list(group)
            for _, group in groupby(claimed, key=lambda one: (one.webhook_id, one.campaign_code))
        ]
        if series:
            with ThreadPoolExecutor(_SENDERS) as senders:
                list(senders.map(self._send_all, series))
        return seen + len(claimed)

    def _has_some(self) -> bool:
        return bool(self.app.read(None, webhooks.in_force))

    def _send_all(self, series: Sequence[Claimed]) -> None:
        """Send events of one campaign to one webhook in their order, until one is not taken."""
        for at, one in enumerate(series):
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
        except (httpx.HTTPError, httpx.InvalidURL, AddressRefused, OSError, UnicodeError) as error:
            return Answer(None, type(error).__name__)


def post(url: str, content: bytes, headers: dict[str, str], *, private: bool) -> Answer:
    """Hand one message over; the address is connected to as it was checked."""
    service.ensure_address(url, private=private)
    wanted = httpx.URL(url)
    port = wanted.port or (443 if wanted.scheme == "https" else 80)
    target = wanted.copy_with(host=_resolved(wanted.host, port, private=private))
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
            extensions={"sni_hostname": wanted.host},
        ) as response,
    ):
        # The body is not read: nothing of it is needed, and it may be endless.
        return Answer(response.status_code, response.reason_phrase)


def _resolved(host: str, port: int, *, private: bool) -> str:
    """Return the first address of a host; none of them may be inside, unless that is allowed."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        if not private and not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise AddressRefused(address)
    return found[0]
