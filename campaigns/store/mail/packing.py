"""How is what a mail says kept small? Compressed, beside what all mails have in common."""

from __future__ import annotations

import zlib
from functools import cache

import orjson

from campaigns.store.mail.dictionary import COMMON
from schemas.messages.payload import RenderedMessage


def pack(content: RenderedMessage) -> bytes:
    """Compress the rendered parts; a campaign keeps tens of thousands of them."""
    compressor = _primed().copy()
    parts = orjson.dumps([content.text, content.html, content.ics])
    return compressor.compress(parts) + compressor.flush()


@cache
def _primed() -> zlib._Compress:
    """Return a compressor that knows what mails have in common; a copy packs one of them."""
    # With a window of 16 KB and small tables: the whole of it is copied for every mail.
    return zlib.compressobj(1, wbits=14, memLevel=6, zdict=COMMON)


def unpack(subject: str, packed: bytes) -> RenderedMessage:
    """Give the rendered parts back."""
    text, html, ics = orjson.loads(zlib.decompressobj(zdict=COMMON).decompress(packed))
    return RenderedMessage(subject=subject, text=text, html=html, ics=ics)
