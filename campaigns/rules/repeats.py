"""How is a repeat recognised without keeping what could be tried out? By a digest with a key.

Few can cast few votes in few ways: whoever has an unkeyed digest of them tries all. So what a
command said is kept as a digest with the installation's key, which is not in the database, and of
votes only as much goes into it as the database keeps: who took part, and the sums (ADR 0039).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Iterable
from typing import Final

from schemas.imports import VoteRow

_PURPOSE: Final = b"repeats of commands"


def keyed(key: bytes, *parts: str) -> str:
    """Return a digest of texts that only who has the key can make."""
    own = hmac.digest(key, _PURPOSE, hashlib.sha256)
    return hmac.digest(own, json.dumps(parts).encode(), hashlib.sha256).hex()


def said_by_votes(rows: Iterable[VoteRow]) -> str:
    """Return what the database will keep of votes: not who cast which ballot."""
    given = list(rows)
    took_part = sorted(
        (one.nomination_code, one.session, one.member_id, one.attendance.value) for one in given
    )
    cast = Counter(
        (one.nomination_code, one.session, one.vote.value) for one in given if one.vote is not None
    )
    return json.dumps([took_part, sorted(cast.items())])
