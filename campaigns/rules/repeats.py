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
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from pydantic_core import to_json

from campaigns.rules import keys
from campaigns.rules.playbook.reading import playbook_hash
from schemas.base import Model
from schemas.commands.command import Command
from schemas.imports import VoteRow
from schemas.outcomes import Done, Remark
from schemas.playbook.playbook import Playbook

Answer = TypeVar("Answer", bound=Done)
_PURPOSE: Final = b"repeats of commands"
_MARK: Final = 32


def keyed(key: bytes, *parts: str) -> str:
    """Return a digest of texts that only who has the key can make."""
    own = hmac.digest(key, _PURPOSE, hashlib.sha256)
    return hmac.digest(own, json.dumps(parts).encode(), hashlib.sha256).hex()


class Known(NamedTuple):
    """Under what an act is known: by its id, and by names that say the same as it does."""

    command_id: str
    names: tuple[str, ...]


def name_of(key: bytes, kind: type[Command], command_id: str, *said: str) -> str:
    """Name what a command asks: its kind, and a digest of who said what, under which id."""
    return f"{kind.__name__} {keyed(key, 'command', kind.__name__, command_id, *said)[:_MARK]}"


def said_of(command: Command, beside: Sequence[object]) -> str:
    """Return what a repeat must say as well: the command, and what comes beside it."""
    content = command.model_dump_json(exclude={"command_id"})
    return json.dumps([content, *map(_said, beside)])


def formerly(command: Command) -> tuple[str, ...]:
    """Return how versions before ADR 0055 named the same command: by no key, or by its kind."""
    return keys.command_name(command), type(command).__name__


def answer(kind: type[Answer], stored: str) -> Answer:
    """Return a stored answer as that of a repeat; what older versions kept besides is left out."""
    said = {key: value for key, value in json.loads(stored).items() if key in kind.model_fields}
    said["remarks"] = [
        {key: one[key] for key in Remark.model_fields if key in one}
        for one in said.get("remarks", ())
    ]
    return kind.model_validate(said | {"repeated": True})


def _said(beside: object) -> str:
    """Return what a repeat must say as well, of what comes beside a command."""
    if isinstance(beside, Playbook):
        return playbook_hash(beside)
    if isinstance(beside, list) and beside and isinstance(beside[0], VoteRow):
        return said_by_votes(beside)
    if isinstance(beside, list | Model):
        return to_json(beside).decode()
    return ""  # a file: its rows are compared with what is stored


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
