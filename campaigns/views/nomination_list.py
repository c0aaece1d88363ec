"""Which nominations were there, and what became of them? One row each, for a table or a program."""

from __future__ import annotations

from typing import Final

from campaigns.services.appraisal import reviews
from campaigns.services.registers.directory import Directory
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.transaction import Transaction
from documents.writing.tables import Value

COLUMNS: Final = (
    "code",
    "subject_kind",
    "name",
    "unit",
    "nominated_by",
    "rank",
    "field",
    "submitted_at",
    "late",
    "state",
    "score",
    "deduction",
    "place",
    "votes_yes",
    "votes_no",
    "votes_blank",
    "votes_needed",
    "passed",
)
"""What is listed of each nomination, in its order."""


def rows(tx: Transaction) -> list[dict[str, Value]]:
    """Return the nominations by code, with state, total and votes; keys as in `COLUMNS`."""
    directory, playbook = Directory(tx), tx.playbook
    places, tallies = reviews.places(tx), council.tallies(tx)
    found: list[dict[str, Value]] = []
    for record in nominations.find(tx):
        place, total, deduction = places.get(record.code, (None, None, None))
        tally = tallies.get(record.id)
        values: list[Value] = [
            record.code,
            playbook.choice_of("subject_kinds", record.subject_kind),
            record.name,
            directory.unit_name(record.unit_id),
            directory.unit_name(record.nominated_by_id),
            record.rank,
            playbook.choice_of("fields", record.field),
            record.submitted_at,
            record.late,
            record.state,
            total,
            deduction,
            place,
            *(
                (tally.yes, tally.no, tally.blank, tally.needed, tally.passed)
                if tally
                else [None] * 5
            ),
        ]
        found.append(dict(zip(COLUMNS, values, strict=True)))
    return found
