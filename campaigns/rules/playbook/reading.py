"""Is this text a playbook, what is wrong with it, and is it still the one a campaign began with?

Text in, result out: reading files is the business of `campaigns.services.playbook.library`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from pydantic import ValidationError

from campaigns.rules import eligibility  # noqa: F401 - the kinds that rules are read as
from campaigns.rules.playbook.errors import PlaybookInvalid
from campaigns.rules.playbook.faults import short
from language import Language, _
from schemas.playbook.playbook import Playbook
from schemas.playbook.problems import PlaybookProblem


def read_playbook(
    text: str, name: str, language: Language = "vi"
) -> tuple[Playbook | None, tuple[PlaybookProblem, ...]]:
    """Read a playbook and say everything that is wrong with it, in the order of its lines.

    `name` is the file as problems shall call it. The playbook is None where there is an error;
    warnings (`level` warn) leave it usable, and are looked for only when there is no error.
    Whatever the text holds, nothing is raised and nothing in it is executed.
    """
    from campaigns.rules.playbook import text as playbook_reading  # noqa: PLC0415 - few commands read a file

    return playbook_reading.read(text, name, language)


def snapshot(playbook: Playbook) -> str:
    """Return the playbook as the canonical JSON a campaign keeps at launch (ADR 0004).

    Equal playbooks give equal text, whatever the order of keys, comments, or spelling of numbers
    in their files. Defaults are written out: a later version of the program with other defaults
    changes no campaign that runs.
    """
    return json.dumps(plain(playbook), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(playbook: Playbook) -> Any:  # noqa: ANN401 - any JSON
    """Return the playbook as plain JSON values, its keys in the order of the schema."""
    return _canonical(playbook.model_dump())


def playbook_hash(playbook: Playbook) -> str:
    """Return the SHA-256 of the snapshot, in hexadecimal.

    To verify a stored snapshot, hash its stored text: a playbook read back from it gains the
    defaults of keys that were added to the schema since.
    """
    return hashlib.sha256(snapshot(playbook).encode()).hexdigest()


def is_same(one: Playbook, other: Playbook) -> bool:
    """Say whether two playbooks give the same rules (ADR 0023).

    Their hashes are not compared: the snapshot of an earlier program lacks the keys the schema
    gained since, and its hash is that of its own text for ever. Read back it has their defaults,
    which mean what the program did before there was the key.
    """
    return snapshot(one) == snapshot(other)


def from_snapshot(text: str) -> Playbook:
    """Return the playbook a campaign keeps.

    Raises `PlaybookInvalid` where the stored text is damaged or of a newer program.
    """
    try:
        return Playbook.model_validate(json.loads(text))
    except ValidationError as error:
        places = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise PlaybookInvalid(
            _(
                "The stored playbook cannot be read at: {places}. Open the campaign with the "
                "version of the program it was launched with.",
                places=short(places),
            )
        ) from error
    except ValueError as error:
        raise PlaybookInvalid(
            _("The stored playbook is damaged; restore the database from its backup.")
        ) from error


def _canonical(value: object) -> object:
    if isinstance(value, dict):
        return {key: _canonical(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_canonical(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Fraction) else value
