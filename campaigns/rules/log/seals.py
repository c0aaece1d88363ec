"""How does the log vouch for what must not stand in it? By a seal: a hash with a random salt.

Scores, reasons and the texts of mails are kept in rows and not in the event log, which is handed
out. The event that brought them carries their seal; whoever has the row, and the salt beside it,
can say whether it is what was sealed. Whoever has the log alone cannot try out what it was, however
few values there are: the salt has 128 random bits and never leaves the database (ADR 0040).

No seal is made of a single ballot, or of anything that says who voted what: there the log has the
sums, which are told anyway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from campaigns.rules.log.chain import canonical, written

SEAL: Final = "seal"
"""Key of a fact: the seal of what the event has brought."""
ROLL: Final = "roll"
"""Key of a fact: the seal of who took part in a vote, and why who was too near is held to be."""
CORRECTED: Final = "correction"
"""Key of a fact: the seal of who corrected a review or a vote, why, and what it was before."""
BASIS: Final = "basis"
"""Key of a fact: the seal of the figures an approval rests on."""
MAILS: Final = "mails"
"""Key of a fact: how many mails were written with the event."""
MAILS_SEAL: Final = "mails_seal"
"""Key of a fact: the seal of these mails, in their order."""
MAILS_TO: Final = "mails_to"
"""Key of a fact: the seal of the addresses they were written to."""


def seal(salt: str, kind: str, *values: object) -> str:
    """Return the seal of some values; the kind keeps one sort of seal from standing for another."""
    return hashlib.sha256(canonical([salt, kind, *values]).encode()).hexdigest()


def of_review(salt: str, reviewer_id: str, lines: Iterable[tuple[str, int, str]]) -> str:
    """Seal one reviewer's scores: criterion, centipoints, comment."""
    return seal(salt, "review", reviewer_id, sorted(map(list, lines)))


def of_findings(salt: str, version: int, found: Iterable[tuple[str, int, str, str, str]]) -> str:
    """Seal what the rules found about a version of a form.

    Each is (rule, its version, severity, the data used as JSON, source).
    """
    return seal(salt, "findings", version, sorted(map(list, found)))


def of_appraisal(
    salt: str, total: int, reviews: int, lines: str, disagreements: str, late: int, off: int
) -> str:
    """Seal what the reviews came to; lines and disagreements as the JSON that is stored."""
    return seal(salt, "appraisal", total, reviews, lines, disagreements, late, off)


def of_roll(salt: str, session: int, parts: Iterable[tuple[str, str, bool, str | None]]) -> str:
    """Seal who took part in a vote, never what they voted.

    Each part is (member, attendance, in conflict, why in conflict).
    """
    return seal(salt, "roll with conflicts", session, sorted(map(list, parts)))


def of_former_roll(salt: str, session: int, parts: Iterable[tuple[str, str, bool]]) -> str:
    """Seal a roll as versions before did, which did not seal why somebody is in conflict."""
    return seal(salt, "roll", session, sorted(map(list, parts)))


def of_judgement_correction(
    salt: str, reviewer_id: str | None, person_id: str, reason: str, before: str
) -> str:
    """Seal who corrected a review or, without a reviewer, the votes on a nomination, and why.

    `before` holds the scores that were replaced, as the JSON that is stored; of votes nothing.
    """
    return seal(salt, "judgement correction", reviewer_id, person_id, reason, before)


def of_verdict(
    salt: str, stage: str, verdict: str, reason: str, by: tuple[str, int, str, str, str]
) -> str:
    """Seal a verdict on a stage; `by`: person, step, principal, letter, origin of the right.

    Without its round: a signature that stays after a return is the same in the next one.
    """
    return seal(salt, "verdict", stage, verdict, reason, list(by))


def of_basis(salt: str, stage: str, round_: int, counts: Iterable[tuple[str, int]]) -> str:
    """Seal the figures an approval rests on: state and number of nominations."""
    return seal(salt, "basis", stage, round_, [list(one) for one in counts])


def of_extension(
    salt: str, stage: str, matter: str, unit_id: str | None, until: datetime, reason: str
) -> str:
    """Seal more time that was given, with its reason."""
    return seal(salt, "extension", stage, matter, unit_id, written(until), reason)


def of_reason(salt: str, act: str, person_id: str, reason: str, document: str = "") -> str:
    """Seal why somebody did something outside of the usual course."""
    return seal(salt, "reason", act, person_id, reason, document)


def of_decision(salt: str, series: str, year: int, number: int, symbol: str, issuer: str) -> str:
    """Seal under which number a decision was signed, and for whom."""
    return seal(salt, "decision", series, year, number, symbol, issuer)


def of_correction(
    salt: str, replaces: int, person_id: str, reason: str, results: Iterable[tuple[str, bool]]
) -> str:
    """Seal what a decision corrects in the one of the round `replaces`: (nomination, result)."""
    return seal(salt, "correction", replaces, person_id, reason, sorted(map(list, results)))


def of_results(salt: str, results: Iterable[tuple[str, bool, str]]) -> str:
    """Seal the list of a decision: (nomination, recognised, unit as named then), by nomination."""
    digest = hashlib.sha256(f"{salt} results".encode())
    for one in results:
        digest.update(canonical(one).encode())
    return digest.hexdigest()


def of_mail(salt: str, heading: Iterable[str], content: bytes) -> str:
    """Seal one mail as it was written: what it is about and for whom, and its packed content.

    Where a document goes with it, the seal of that ends the heading.
    """
    digest = hashlib.sha256(canonical([salt, "mail", *heading]).encode())
    digest.update(content)
    return digest.hexdigest()


def of_attachment(salt: str, name: str, media_type: str, body: bytes) -> str:
    """Seal a document that goes with mails: what the file is called, and what is in it."""
    digest = hashlib.sha256(canonical([salt, "attachment", name, media_type]).encode())
    digest.update(body)
    return digest.hexdigest()


def of_several(salt: str, kind: str, seals: Iterable[str]) -> str:
    """Seal several seals in their order."""
    return seal(salt, kind, *seals)
