"""What does every request pass? A request id, who asks, limits, headers that keep browsers safe.

Who asks of the API is known before a byte of the body is read: whoever has no token gets nothing
read, parsed or kept.
"""

from __future__ import annotations

import re
import secrets
from contextlib import ExitStack
from typing import Final
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from campaigns.rules.access.errors import HostUnknown
from campaigns.rules.engine.capacity import BodyTooSlow
from campaigns.store import trouble
from language.errors import Refusal
from portal.api import API, SLASH
from portal.api.holders import holder_of
from portal.api.problems import TITLES, answer_to, language_of, problem
from portal.web.bodies import ensure_size, read_ahead, timed
from portal.web.crowd import Crowd
from portal.web.hosts import Hosts

_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_DOCS: Final = "/docs"
_ALWAYS: Final = frozenset({"/healthz", "/readyz"})
"""Answered however many requests are under way: whoever watches must not take that for death."""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
_NOTHING: Final = (
    "default-src 'none'; frame-ancestors 'none'; form-action 'self'; "
    "style-src 'self' 'unsafe-inline'"
)
_DOCS_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'unsafe-inline'; frame-ancestors 'none'"
)


class Border:
    """The outermost layer of the web process."""

    def __init__(self, app: ASGIApp, hosts: Hosts) -> None:
        self._app = app
        self._hosts = hosts
        self._crowd = Crowd()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        known = given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = known
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _dress(MutableHeaders(scope=message), scope["path"], known)
            await send(message)

        scope["path"] = with_slashes(scope)
        request = Request(scope)
        host = dict(scope["headers"]).get(b"host", b"")
        if scope["path"] not in _ALWAYS and not self._hosts.is_known(host):
            answer = answer_to(request, HostUnknown())
            await answer(scope, receive, dressed)
            return
        if _is_odd(scope):
            answer = problem(
                request, 400, "request-unreadable", TITLES[400].say(language_of(request))
            )
            await answer(scope, receive, dressed)
            return
        try:
            await self._let_through(request, receive, dressed)
        except (Refusal, *trouble.FAILURES) as error:
            refused = error if isinstance(error, Refusal) else trouble.named(error)
            if started or refused is None:
                raise
            answer = answer_to(request, refused)
            if isinstance(refused, BodyTooSlow):
                answer.headers["Connection"] = "close"
            await answer(scope, receive, dressed)

    async def _let_through(self, request: Request, receive: Receive, send: Send) -> None:
        scope = request.scope
        with ExitStack() as inside:
            if scope["path"] not in _ALWAYS:
                inside.enter_context(self._crowd.let_in())
            incoming = timed(scope, receive)
            if scope["path"].startswith(f"{API}/"):
                holder = await run_in_threadpool(holder_of, request)
                request.state.holder = holder
                inside.enter_context(self._crowd.let_in_one(holder.person_id))
                ensure_size(scope)
                incoming = await read_ahead(scope, incoming)
            else:
                ensure_size(scope)
            await self._app(scope, incoming, send)


def with_slashes(scope: Scope) -> str:
    """Return the path with a slash of a code, sent as `%2F`, kept apart from those between parts.

    `portal.api.nominations` puts it back: `01/HS-BTR` has the address `…/nominations/01%2FHS-BTR`.
    """
    raw: bytes = scope.get("raw_path") or b""
    path: str = scope["path"]
    if b"%2f" not in raw.lower():
        return path
    kept = re.sub(rb"%2[Ff]", quote(SLASH).encode(), raw.partition(b"?")[0])
    return unquote(kept.decode("ascii", "replace"))


def _is_odd(scope: Scope) -> bool:
    """Say whether no part of the application takes the address."""
    return "\0" in scope["path"] or b"%00" in scope["query_string"]


def _dress(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers["X-Request-Id"] = request_id
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    policy = _DOCS_POLICY if path.startswith(_DOCS) else _NOTHING
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("Cache-Control", "no-store")
