"""Which nominations are there, what do their forms say, and what did the rules find?"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final, NamedTuple

import orjson
from sqlalchemy import bindparam, func, select, update

from campaigns.rules.eligibility import Finding
from campaigns.rules.lifecycle import Thing
from campaigns.store.bulk import insert_mappings, insert_numbered, insert_rows
from campaigns.store.prepared import PreparedList
from campaigns.store.records import NominationContent, NominationRecord
from campaigns.store.tables import finding, nomination, nomination_content
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import first_state
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemType
from schemas.vocabulary import NominationState

_SALT: Final = 32
"""Hexadecimal digits of a nomination's salt."""
_COLUMNS = tuple(nomination.c[name] for name in NominationRecord._fields)
_OF_CAMPAIGN: Final = nomination.c.campaign_id == bindparam("campaign")
_IN_FORCE: Final = (nomination_content.c.nomination_id == nomination.c.id) & (
    nomination_content.c.version == nomination.c.content_version
)
_BY_CODE: Final = PreparedList(
    lambda codes: select(*_COLUMNS).where(_OF_CAMPAIGN, nomination.c.code.in_(codes))
)
_BY_ID: Final = PreparedList(
    lambda ids: (
        select(*_COLUMNS).where(_OF_CAMPAIGN, nomination.c.id.in_(ids)).order_by(nomination.c.code)
    )
)
_CONTENTS: Final = PreparedList(
    lambda ids: (
        select(*_COLUMNS, nomination_content.c.content, nomination_content.c.content_hash)
        .join(nomination_content, _IN_FORCE)
        .where(_OF_CAMPAIGN, nomination.c.id.in_(ids))
        .order_by(nomination.c.code)
    )
)
_HASHES: Final = PreparedList(
    lambda ids: (
        select(nomination.c.id, nomination_content.c.content_hash)
        .join(nomination_content, _IN_FORCE)
        .where(nomination.c.id.in_(ids))
    )
)
_FORMS: Final = PreparedList(
    lambda ids: (
        select(nomination.c.id, nomination_content.c.content)
        .join(nomination_content, _IN_FORCE)
        .where(nomination.c.id.in_(ids))
    )
)
_COUNT_RETURN: Final = PreparedList(
    lambda ids: (
        update(nomination)
        .where(nomination.c.id.in_(ids))
        .values(returned_times=nomination.c.returned_times + 1)
    )
)


class NewNomination(NamedTuple):
    """A nomination, or a new version of one, ready to be stored."""

    row: NominationRow
    submitted_at: datetime
    late: bool
    content: str
    """The form as received, canonical JSON."""
    content_hash: str


class StoredFinding(NamedTuple):
    """A finding as it stands in the database."""

    nomination_id: int
    rule_id: str
    severity: str
    data: dict[str, str]


def _plain(value: AnswerValue) -> str | int | bool | None:
    """Write a form value as JSON: dates as ISO text, numbers as exact text."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def prepare(row: NominationRow, submitted_at: datetime, *, late: bool) -> NewNomination:
    """Fix the content of a form as received: its canonical JSON and sha256."""
    content = {
        "code": row.code,
        "subject_kind": row.subject_kind,
        "name": row.name,
        "owner": row.owner,
        "unit_id": row.unit_id,
        "nominated_by_id": row.nominated_by_id,
        "rank": row.rank,
        "field": row.field,
        "email": row.email,
        "answers": {key: _plain(value) for key, value in row.answers.items()},
    }
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(text).hexdigest()
    return NewNomination(row, submitted_at, late, text.decode(), digest)


def add(tx: Transaction, new: Sequence[NewNomination]) -> list[int]:
    """Insert nominations with the first version of their forms; return their ids in order."""
    if not new:
        return []
    state = first_state(Thing.NOMINATION, "submit")
    salts = secrets.token_hex(_SALT // 2 * len(new))
    rows = [
        {
            **_values(item),
            "salt": salts[place * _SALT : (place + 1) * _SALT],
            "campaign_id": tx.campaign.id,
            "code": item.row.code,
            "state": state,
            "version": 1,
            "content_version": 1,
            "returned_times": 0,
            "told": state,
        }
        for place, item in enumerate(new)
    ]
    values = [tuple(row.values()) for row in rows]
    ids = insert_numbered(tx.connection, nomination, tuple(rows[0]), values)
    _add_contents(tx, [(nid, 1, item) for nid, item in zip(ids, new, strict=True)])
    return list(ids)


def _values(item: NewNomination) -> dict[str, object]:
    row = item.row
    return {
        "subject_kind": row.subject_kind,
        "field": row.field or "",
        "name": row.name,
        "unit_id": row.unit_id,
        "nominated_by_id": row.nominated_by_id,
        "rank": row.rank,
        "submitted_at": item.submitted_at,
        "late": item.late,
    }


def _add_contents(tx: Transaction, items: Iterable[tuple[int, int, NewNomination]]) -> None:
    insert_mappings(
        tx.connection,
        nomination_content,
        [
            {
                "nomination_id": nomination_id,
                "version": version,
                "content": item.content,
                "content_hash": item.content_hash,
                "recorded_at": tx.now,
                "actor": tx.actor,
            }
            for nomination_id, version, item in items
        ],
    )


def revise(tx: Transaction, revised: Sequence[tuple[NominationRecord, NewNomination]]) -> None:
    """Store a new version of forms; the state is moved by `transitions`, earlier versions stay."""
    if revised:
        tx.connection.execute(
            update(nomination).where(nomination.c.id == bindparam("row")),
            [
                {"row": old.id, "content_version": old.content_version + 1, **_values(new)}
                for old, new in revised
            ],
        )
        _add_contents(tx, [(old.id, old.content_version + 1, new) for old, new in revised])


def count_return(tx: Transaction, ids: Sequence[int]) -> None:
    """Note that these were returned for correction; it happens once per nomination."""
    _COUNT_RETURN.write(tx.connection, ids)


def find(
    tx: Transaction, *, states: Iterable[str] = (), ids: Sequence[int] | None = None
) -> list[NominationRecord]:
    """Return nominations by state or id, by code."""
    wanted = set(states)
    if ids is not None:
        rows = _BY_ID.all(tx.connection, ids, campaign=tx.campaign.id)
        found = map(NominationRecord._make, rows)
        return [one for one in found if not wanted or one.state in wanted]
    query = select(*_COLUMNS).where(nomination.c.campaign_id == tx.campaign.id)
    if wanted:
        query = query.where(nomination.c.state.in_(wanted))
    every = tx.connection.execute(query.order_by(nomination.c.code))
    return [NominationRecord(*row) for row in every]


def ids_in(tx: Transaction, states: Iterable[str]) -> list[int]:
    """Return ids of nominations in these states, by code: what a batch task is given."""
    return list(
        tx.connection.execute(
            select(nomination.c.id)
            .where(nomination.c.campaign_id == tx.campaign.id, nomination.c.state.in_(list(states)))
            .order_by(nomination.c.code)
        ).scalars()
    )


def named(tx: Transaction, states: Iterable[str]) -> list[tuple[int, str]]:
    """Return id and code of nominations in these states, by code: all that fits where many are."""
    rows = tx.connection.execute(
        select(nomination.c.id, nomination.c.code)
        .where(nomination.c.campaign_id == tx.campaign.id, nomination.c.state.in_(list(states)))
        .order_by(nomination.c.code)
    )
    return [(row.id, row.code) for row in rows]


def by_code(tx: Transaction, codes: Sequence[str] | None = None) -> dict[str, NominationRecord]:
    """Return nominations by code: all of the campaign's, or those named."""
    if codes is None:
        return {record.code: record for record in find(tx)}
    rows = _BY_CODE.all(tx.connection, codes, campaign=tx.campaign.id)
    return {one.code: one for one in map(NominationRecord._make, rows)}


def states_by_code(tx: Transaction) -> dict[str, str]:
    """Return the state of every nomination of the campaign, by code."""
    rows = tx.connection.execute(
        select(nomination.c.code, nomination.c.state)
        .where(nomination.c.campaign_id == tx.campaign.id)
        .order_by(nomination.c.code)
    )
    return {row.code: row.state for row in rows}


class Contact(NamedTuple):
    """Whose nomination it is, as its form says."""

    email: str
    owner: str


def forms(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """Return the forms of nominations as they were last received, canonical JSON, by id."""
    return dict(_FORMS.all(tx.connection, ids))


def contacts(tx: Transaction, ids: Sequence[int]) -> dict[int, Contact]:
    """Return the contact address and the owner of nominations, by id."""
    found = {}
    for nomination_id, content in _FORMS.all(tx.connection, ids):
        said = orjson.loads(content)
        found[nomination_id] = Contact(said["email"] or "", said["owner"] or "")
    return found


def contents(tx: Transaction, ids: Sequence[int]) -> list[NominationContent]:
    """Return nominations with the form they were last sent with, by code."""
    readers = {
        item.id: _READERS[item.type] for item in tx.playbook.form.items if item.type in _READERS
    }
    found = []
    for *record, content, digest in _CONTENTS.all(tx.connection, ids, campaign=tx.campaign.id):
        answers = _typed(readers, orjson.loads(content)["answers"])
        found.append(NominationContent(NominationRecord(*record), answers, digest))
    return found


_READERS: Final[Mapping[ItemType, Callable[[str], AnswerValue]]] = {
    ItemType.DATE: date.fromisoformat,
    ItemType.DATETIME: datetime.fromisoformat,
    ItemType.PERCENT: Decimal,
}
"""What JSON has no type for, and how it is read back."""


def _typed(
    readers: Mapping[str, Callable[[str], AnswerValue]],
    stored: Mapping[str, str | int | bool | None],
) -> dict[str, AnswerValue]:
    """Give the values of a stored form their types back."""
    typed: dict[str, AnswerValue] = dict(stored)
    for item_id, read in readers.items():
        value = stored.get(item_id)
        if isinstance(value, str):
            typed[item_id] = read(value)
    return typed


def content_hashes(tx: Transaction, ids: Sequence[int]) -> dict[int, str]:
    """Return the digest of nominations' present forms, by id."""
    return dict(_HASHES.all(tx.connection, ids))


def as_stored(findings: Iterable[Finding]) -> list[tuple[str, int, str, str, str]]:
    """Write findings as their rows hold them: rule, its version, severity, data as JSON, source."""
    return [
        (
            one.rule_id,
            one.rule_version,
            one.severity.value,
            orjson.dumps(dict(one.data), option=orjson.OPT_SORT_KEYS).decode(),
            one.source,
        )
        for one in findings
    ]


def save_findings(
    tx: Transaction, found: Iterable[tuple[NominationRecord, Sequence[Finding]]]
) -> None:
    """Store what the rules found for a version of a form, with the data used and the source."""
    names = ("rule_id", "rule_version", "severity", "data", "source")
    rows = [
        (record.id, record.content_version, tx.now, *one)
        for record, findings in found
        for one in as_stored(findings)
    ]
    keys = ("nomination_id", "content_version", "checked_at")
    insert_rows(tx.connection, finding, (*keys, *names), rows)


def findings(tx: Transaction) -> list[StoredFinding]:
    """Return the findings on the present version of every form."""
    rows = tx.connection.execute(
        select(finding.c.nomination_id, finding.c.rule_id, finding.c.severity, finding.c.data)
        .join(
            nomination,
            (nomination.c.id == finding.c.nomination_id)
            & (nomination.c.content_version == finding.c.content_version),
        )
        .where(nomination.c.campaign_id == tx.campaign.id)
        .order_by(nomination.c.code, finding.c.rule_id)
    )
    return [
        StoredFinding(row.nomination_id, row.rule_id, row.severity, orjson.loads(row.data))
        for row in rows
    ]


def count_by_state(tx: Transaction) -> dict[str, int]:
    """Count nominations by state; states without any are left out."""
    rows = tx.connection.execute(
        select(nomination.c.state, func.count())
        .where(nomination.c.campaign_id == tx.campaign.id)
        .group_by(nomination.c.state)
    )
    return {row[0]: row[1] for row in rows}


def told_so(tx: Transaction, told: str) -> list[NominationRecord]:
    """Return the nominations of which this was told, by code."""
    rows = tx.connection.execute(
        select(*_COLUMNS)
        .where(nomination.c.campaign_id == tx.campaign.id, nomination.c.told == told)
        .order_by(nomination.c.code)
    )
    return [NominationRecord._make(row) for row in rows]


def count_by_unit(tx: Transaction) -> dict[str, dict[str, int]]:
    """Count what each unit nominated by state, by its id, without drafts and withdrawn ones."""
    rows = tx.connection.execute(
        select(nomination.c.nominated_by_id, nomination.c.state, func.count())
        .where(
            nomination.c.campaign_id == tx.campaign.id,
            nomination.c.state.not_in([NominationState.DRAFT, NominationState.WITHDRAWN]),
        )
        .group_by(nomination.c.nominated_by_id, nomination.c.state)
    )
    counted: dict[str, dict[str, int]] = {}
    for unit_id, state, number in rows:
        counted.setdefault(unit_id, {})[state] = number
    return counted
