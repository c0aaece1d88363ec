"""Whom does Prefect's server answer? Those who ask for it by its own name, from its own pages.

Prefect has no setting for the first, and for the second only what browsers may read afterwards: a
page of somebody else could still send, open streams, or come by another name for this machine's
address. Here all of that ends before Prefect sees it. A program sends no `Origin`.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

CORS: Final = "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS"
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
EVERYWHERE: Final = {"0.0.0.0", "::", ""}  # noqa: S104 - compared, not bound
_NAMED: Final = ("PREFECT_API_URL", "PREFECT_UI_URL", "PREFECT_UI_API_URL")
"""Settings that say under which address the server is reached."""


def own_names(host: str, environment: Mapping[str, str] = os.environ) -> frozenset[str]:
    """Return by which names a server that listens at `host` may be asked for."""
    told = [urlsplit(environment.get(name, "")).hostname or "" for name in _NAMED]
    told += [urlsplit(one).hostname or "" for one in own_origins(environment)]
    here = _of_this_machine() if host in EVERYWHERE else [host]
    return frozenset(name.lower() for name in (*LOOPBACK, *told, *here) if name)


def own_origins(environment: Mapping[str, str] = os.environ) -> frozenset[str]:
    """Return the origins somebody has set beside the server's own; `*` is no origin."""
    named = (one.strip().rstrip("/").lower() for one in environment.get(CORS, "").split(","))
    return frozenset(one for one in named if one and one != "*")


def _of_this_machine() -> Iterable[str]:
    import psutil

    yield socket.gethostname()
    for addresses in psutil.net_if_addrs().values():
        for one in addresses:
            if one.family in {socket.AF_INET, socket.AF_INET6}:
                yield one.address.partition("%")[0]


class Guard:
    """Lets a request through to Prefect, or answers it."""

    def __init__(
        self, application: Application, names: frozenset[str], origins: frozenset[str]
    ) -> None:
        self.application = application
        self.names = names
        self.origins = origins

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request, one stream, or the server's own start."""
        if scope["type"] in {"http", "websocket"} and (refused := self._refusal(scope)):
            status, said = refused
            await _refuse(scope, send, status, said)
            return
        await self.application(scope, receive, send)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        hosts, origins = _headers(scope, b"host"), _headers(scope, b"origin")
        host = hosts[0] if len(hosts) == 1 else ""
        if _name(host) not in self.names:
            return 400, (
                "Prefect is not known under this name. If it should be, set PREFECT_UI_URL to the "
                "address people use."
            )
        if any(not self._is_own(origin, host) for origin in origins):
            return 403, (
                "Pages of another address may not use Prefect. If these should, add their origin "
                f"to {CORS}."
            )
        return None

    def _is_own(self, origin: str, host: str) -> bool:
        scheme, _, place = origin.partition("://")
        return origin in self.origins or (scheme in {"http", "https"} and place == host)


def _headers(scope: Message, name: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for key, value in scope["headers"] if key == name]


def _name(host: str) -> str:
    """Return the name in a `Host` header, without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    name, _, port = host.partition(":")
    return name if not port or port.isdigit() else ""


async def _refuse(scope: Message, send: Send, status: int, said: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": said[:120]})
        return
    body = json.dumps({"detail": said}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
