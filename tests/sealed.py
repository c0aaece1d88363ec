"""What two logs of the same acts have in common: all but the seals, whose salts are random."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from campaigns.rules.log.seals import BASIS, CORRECTED, MAILS, MAILS_SEAL, MAILS_TO, ROLL, SEAL

SEALS = {SEAL, ROLL, CORRECTED, BASIS, MAILS, MAILS_SEAL, MAILS_TO}


def bare(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts without their seals, and without those on the mails written with them."""
    return {name: value for name, value in facts.items() if name not in SEALS}


def alike(records: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return events without seals, and without the hashes these are part of."""
    return [{**one, "facts": bare(one["facts"]), "hash": ""} for one in records]
