"""How does somebody who has the database try out who cast which ballot?

There are few members and three choices: each assignment is written as a program may have written
it, and its digest is looked for wherever digits stand.
"""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from campaigns.rules.log.chain import canonical
from tests.databases import Database
from tests.world import COUNCIL, World, make_world

_HEAD: Final = ("nomination_code", "session", "member_id", "attendance", "vote")
_DIGESTS: Final = ("sha256", "sha1", "md5", "sha512", "blake2b", "blake2s", "sha3_256")
CHOICES: Final = ("yes", "no", "blank")


def before_the_vote(database: Database) -> World:
    world = make_world(database)
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    return world


def rows_of(choices: Sequence[str], code: str = "A") -> list[dict[str, Any]]:
    return [
        dict(zip(_HEAD, (code, 1, member, "present", choice), strict=True))
        for member, choice in zip(COUNCIL, choices, strict=True)
    ]


def table_of(choices: Sequence[str], code: str = "A") -> bytes:
    lines = [",".join(_HEAD), *(",".join(map(str, one.values())) for one in rows_of(choices, code))]
    return ("\n".join(lines) + "\n").encode()


def guesses(choices: Sequence[str], code: str = "A") -> Iterator[bytes]:
    """Yield one assignment of votes in the forms a program may have made a digest of."""
    rows = rows_of(choices, code)
    forms: list[Any] = [rows, {"votes": rows}, [list(one.values()) for one in rows]]
    forms += [dict(zip(COUNCIL, choices, strict=True)), list(choices)]
    for form in forms:
        for separators in (None, (",", ":")):
            yield json.dumps(form, sort_keys=True, separators=separators).encode()
            yield json.dumps(form, separators=separators).encode()
    yield table_of(choices, code)
    yield "".join(choices).encode()
    yield ",".join(choices).encode()
    for member, choice in zip(COUNCIL, choices, strict=True):
        for joined in (
            f"{code}{member}{choice}",
            f"{code}:{member}:{choice}",
            f"{member}:{choice}",
            choice,
        ):
            yield joined.encode()


def with_salts(form: bytes, salts: Sequence[str]) -> Iterator[bytes]:
    """Yield a form as it is, and as the seals of the log would hold it by each salt."""
    yield form
    for salt in salts:
        yield salt.encode() + form
        yield form + salt.encode()
        yield canonical([salt, "vote", form.decode()]).encode()


class Seen:
    """Where a digest would stand: every run of hexadecimal or Base64 digits, cut into pieces."""

    def __init__(self, whole: str) -> None:
        self._hex = _pieces(r"[0-9a-f]{16,}", whole, 16)
        self._base64 = _pieces(r"[A-Za-z0-9+/_-]{12,}", whole, 12)

    def has(self, tried: bytes) -> bool:
        for name in _DIGESTS:
            digest = hashlib.new(name, tried).digest()
            written = base64.b64encode(digest).decode()[:12]
            if digest.hex()[:16] in self._hex or written in self._base64:
                return True
        return False


def _pieces(pattern: str, whole: str, size: int) -> set[str]:
    runs = set(re.findall(pattern, whole))
    return {run[at : at + size] for run in runs for at in range(len(run) - size + 1)}


def everything(path: Path) -> str:
    """Return every text and blob of a database that nobody has open, and what lies in its files."""
    parts: list[str] = []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in named.fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - its own names
                parts += [one.hex() if isinstance(one, bytes) else str(one) for one in row]
    for each in (path, *path.parent.glob(f"{path.name}-*")):
        parts.append(each.read_bytes().decode("latin-1"))
    return "\n".join(parts)


def recognised(whole: str, code: str = "A", salts: Sequence[str] = ()) -> list[tuple[Any, bytes]]:
    """Return the assignments of votes on a nomination of which a digest stands in a text."""
    seen = Seen(whole)
    return [
        (choices, form[:60])
        for choices in itertools.product(CHOICES, repeat=len(COUNCIL))
        for form in guesses(choices, code)
        if any(seen.has(one) for one in with_salts(form, salts))
    ]
