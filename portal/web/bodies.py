"""What may a body be? So large, so deep, and there in time; refused before it is made sense of.

Who asks is known before the first byte is read (`portal.web.border`). JSON is then read whole, in
little memory, and looked through before any parser sees it. Files go on in pieces as they come.
"""

from __future__ import annotations

import asyncio
import re
from time import monotonic
from typing import Final

from starlette.types import Message, Receive, Scope

from campaigns.rules.engine.capacity import BodyTooDeep, BodyTooLarge, BodyTooSlow, BodyUnreadable
from portal.api import API

LARGEST: Final = 1 << 20
"""Bytes of a body; a nomination has a few thousand."""
LARGEST_FILE: Final = 50 << 20
"""Bytes of a file that is imported."""
_FORM: Final = 1 << 16
"""Bytes of what a form puts around its file."""
DEEPEST: Final = 32
"""Levels of JSON inside each other; what people send has four."""
SECONDS: Final = 20
"""Within which a body is there, and the next piece of a file."""
SECONDS_OF_FILE: Final = 300
"""Within which a file is there, whole: 50 MB at 1.4 Mbit a second."""

_IMPORTS: Final = re.compile(re.escape(API) + r"/(?:.+/import(?:/[a-z]+)?|.+/workbook)")
_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_OTHERS: Final = bytes(sorted(set(range(256)) - set(b"[]{}")))
_ALIKE: Final = bytes.maketrans(b"{}", b"[]")
_WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def is_file(scope: Scope) -> bool:
    """Say whether a file is taken at this address."""
    return scope["method"] == "POST" and _IMPORTS.fullmatch(scope["path"]) is not None


def most_of(scope: Scope) -> int:
    """Return how many bytes are taken at this address."""
    return LARGEST_FILE + _FORM if is_file(scope) else LARGEST


def ensure_size(scope: Scope) -> None:
    """Refuse at once what says itself that it is too large.

    Raises:
        BodyTooLarge: It is.
    """
    length = dict(scope["headers"]).get(b"content-length", b"0")
    most = most_of(scope)
    if length.isdigit() and (len(length) > len(str(most)) or int(length) > most):
        raise BodyTooLarge(LARGEST_FILE if is_file(scope) else LARGEST)


def timed(scope: Scope, receive: Receive) -> Receive:
    """Return a `receive` that ends where a body is too large or too slow.

    Raises:
        BodyTooLarge, BodyTooSlow: When it is called.
    """
    most, passed = most_of(scope), 0
    whole = SECONDS_OF_FILE if is_file(scope) else SECONDS
    ends_at = monotonic() + whole
    is_there = False

    async def received() -> Message:
        nonlocal passed, is_there
        if is_there:  # what may come now is that the other side has gone
            return await receive()
        left = ends_at - monotonic()
        try:
            message = await asyncio.wait_for(receive(), max(0.0, min(left, SECONDS)))
        except TimeoutError as late:
            raise BodyTooSlow(whole if left <= SECONDS else SECONDS) from late
        passed += len(message.get("body", b""))
        if passed > most:
            raise BodyTooLarge(LARGEST_FILE if is_file(scope) else LARGEST)
        is_there = not message.get("more_body", False)
        return message

    return received


async def read_ahead(scope: Scope, receive: Receive) -> Receive:
    """Read a body whole and look through it; return a `receive` that gives it again.

    Raises:
        BodyTooLarge, BodyTooSlow, BodyTooDeep, BodyUnreadable: As their names say.
    """
    if scope["method"] not in _WITH_BODY or is_file(scope):
        return receive
    body, message = bytearray(), await receive()
    while message["type"] == "http.request":
        body += message.get("body", b"")
        if not message.get("more_body", False):
            break
        message = await receive()
    ensure_shallow(bytes(body))
    waiting: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]
    if message["type"] != "http.request":
        waiting = [message]

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again


def ensure_shallow(body: bytes, deepest: int = DEEPEST) -> None:
    """Refuse JSON of more levels than anything here has, without parsing it.

    Strings are taken out, then what is neither bracket nor brace; what remains loses its innermost
    pairs, one level at a time.

    Raises:
        BodyTooDeep, BodyUnreadable: As their names say.
    """
    if b"\0" in body:
        raise BodyUnreadable
    left = _STRING.sub(b"", body).translate(_ALIKE, _OTHERS)
    for _ in range(deepest):
        if not left:
            return
        left = left.replace(b"[]", b"")
    # What is not in pairs is no JSON, which its parser says better, if it is not deep as well.
    if b"[]" in left or left.count(b"[") > deepest:
        raise BodyTooDeep(deepest)
