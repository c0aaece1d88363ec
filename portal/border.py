"""What does every request pass? A request id, a limit of size, headers that keep browsers safe."""

from __future__ import annotations

import re
import secrets
from typing import Final

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.problems import TITLES, language_of, problem

LARGEST: Final = 50 * 1024 * 1024
"""Bytes of a body: as large as the largest workbook that is taken."""
_REQUEST_ID: Final = re.compile(rb"[A-Za-z0-9._-]{8,64}")
_DOCS: Final = "/docs"
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


class _TooLarge(Exception):
    """More bytes came than a body may have."""


class Border:
    """The outermost layer of the web process."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = dict(scope["headers"]).get(b"x-request-id", b"")
        known = given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = known
        passed = 0
        started = False

        async def counted() -> Message:
            nonlocal passed
            message = await receive()
            passed += len(message.get("body", b""))
            if passed > LARGEST:
                raise _TooLarge
            return message

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _dress(MutableHeaders(scope=message), scope["path"], known)
            await send(message)

        status = _refused(scope)
        try:
            if not status:
                await self._app(scope, counted, dressed)
        except _TooLarge:
            status = 413
        if status and not started:
            request = Request(scope)
            code = "too-large" if status == 413 else "request-unreadable"  # noqa: PLR2004
            answer = problem(request, status, code, TITLES[status][language_of(request)])
            await answer(scope, receive, dressed)


def _refused(scope: Scope) -> int:
    """Say at once what no part of the application takes: 0 where all is well."""
    if "\0" in scope["path"] or b"%00" in scope["query_string"]:
        return 400
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return 413 if length.isdigit() and int(length) > LARGEST else 0


def _dress(headers: MutableHeaders, path: str, request_id: str) -> None:
    headers["X-Request-Id"] = request_id
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    policy = _DOCS_POLICY if path.startswith(_DOCS) else _NOTHING
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("Cache-Control", "no-store")
