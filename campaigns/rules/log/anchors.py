"""How is a head of the log written where people can keep it, and read again?

`NUMBER:HASH`, with the first 16 digits of the hash; in a mail after the campaign's code. Who can
write to the database can compute the whole chain anew, but not the mails others have (ADR 0040).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from campaigns.rules.log.errors import AnchorInvalid

SHORT: Final = 16
"""Digits of a hash that are printed."""
_HEAD: Final = re.compile(rf"(\d{{1,9}}):([0-9a-fA-F]{{{SHORT},64}})")


class Anchor(NamedTuple):
    """A head of the log that was noted elsewhere."""

    number: int
    hash: str
    """Its first digits, in lower case."""
    source: str
    """Where it was noted."""


def written(number: int, digest: str) -> str:
    """Write a head as it is printed."""
    return f"{number}:{digest[:SHORT]}"


def read(text: str, source: str) -> Anchor:
    """Read a head that somebody types.

    Raises:
        AnchorInvalid: It is none.
    """
    found = _HEAD.fullmatch(text.strip())
    if found is None:
        raise AnchorInvalid(text)
    return Anchor(int(found[1]), found[2].lower(), source)


def within(text: str, campaign_code: str, source: str) -> Iterator[Anchor]:
    """Yield the heads of one campaign's log that a text names."""
    named = re.compile(rf"(?<![\w-]){re.escape(campaign_code)}\s+{_HEAD.pattern}(?![0-9a-fA-F])")
    for number, digest in named.findall(text):
        yield Anchor(int(number), digest.lower(), source)
