"""When does the council sit, who took part, and what do the ballots come to?

Who took part (`participation`) and what was voted (`ballot`) are stored apart, with no link
between them: ballots have random ids and are written in a shuffled order.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select

from campaigns.rules.recognition.rolls import Entry, Roll
from campaigns.store.bulk import insert_rows
from campaigns.store.chunks import chunked
from campaigns.store.prepared import Prepared, PreparedList
from campaigns.store.tables import (
    ballot,
    council_session,
    nomination,
    participation,
    session_closing,
    tally,
)
from campaigns.store.transaction import Transaction

_TOKEN_BYTES: Final = 12
_TOKEN: Final = 2 * _TOKEN_BYTES


class SessionRecord(NamedTuple):
    """One sitting of the council."""

    id: int
    number: int
    starts_at: datetime
    members: int
    closed_at: datetime | None = None
    """No more votes are taken in it since then."""


class Participation(NamedTuple):
    """How a member took part in the vote on one nomination."""

    session_id: int
    nomination_id: int
    member_id: str
    attendance: str
    conflicted: bool
    conflict: str | None = None
    """Why they are too near, where they are."""


class Ballot(NamedTuple):
    """One ballot, without whose it is."""

    session_id: int
    nomination_id: int
    choice: str


class TallyRow(NamedTuple):
    """What the ballots on one nomination come to under the vote rule."""

    nomination_id: int
    session_id: int
    members: int
    present: int
    written: int
    yes: int
    no: int
    blank: int
    needed: int
    denominator: int
    passed: bool


_SESSIONS: Final = Prepared(
    select(
        council_session.c.id,
        council_session.c.number,
        council_session.c.starts_at,
        council_session.c.members,
        session_closing.c.closed_at,
    )
    .outerjoin(session_closing, session_closing.c.session_id == council_session.c.id)
    .where(council_session.c.campaign_id == bindparam("campaign"))
    .order_by(council_session.c.number)
)
_IN_ITS_SESSIONS: Final = participation.c.session_id.in_(
    select(council_session.c.id).where(council_session.c.campaign_id == bindparam("campaign"))
)
"""Asked for by nominations alone, every vote that was ever taken would be looked at."""
_VOTED: Final = PreparedList(
    lambda ids: (
        select(participation.c.nomination_id)
        .distinct()
        .where(_IN_ITS_SESSIONS, participation.c.nomination_id.in_(ids))
    )
)
_HOW: Final = (
    participation.c.nomination_id,
    participation.c.session_id,
    participation.c.attendance,
)
_ROLL: Final = PreparedList(
    lambda ids: select(
        *_HOW, participation.c.member_id, participation.c.conflicted, participation.c.conflict
    ).where(_IN_ITS_SESSIONS, participation.c.nomination_id.in_(ids))
)
_BALLOTS: Final = PreparedList(
    lambda ids: (
        select(ballot.c.nomination_id, ballot.c.choice, func.count())
        .where(ballot.c.nomination_id.in_(ids))
        .group_by(ballot.c.nomination_id, ballot.c.choice)
    )
)


_TALLIED: Final = PreparedList(
    lambda ids: select(tally.c.nomination_id).where(tally.c.nomination_id.in_(ids))
)
_ENTRIES: Final = PreparedList(
    lambda ids: (
        select(
            participation.c.nomination_id,
            participation.c.member_id,
            council_session.c.number,
            participation.c.attendance,
            participation.c.conflicted,
        )
        .join(council_session, council_session.c.id == participation.c.session_id)
        .where(_IN_ITS_SESSIONS, participation.c.nomination_id.in_(ids))
    )
)


def plan_sessions(tx: Transaction, sessions: Iterable[tuple[int, datetime]], members: int) -> None:
    """Insert the council's sessions: (number, start)."""
    tx.connection.execute(
        insert(council_session),
        [
            {
                "campaign_id": tx.campaign.id,
                "number": number,
                "starts_at": starts_at,
                "members": members,
            }
            for number, starts_at in sessions
        ],
    )


def sessions(tx: Transaction) -> list[SessionRecord]:
    """Return the campaign's sessions by number."""
    rows = _SESSIONS.all(tx.connection, campaign=tx.campaign.id)
    return [SessionRecord(*row) for row in rows]


def record(
    tx: Transaction, participations: Sequence[Participation], ballots: Sequence[Ballot]
) -> None:
    """Store who took part, and, apart from it and shuffled, what was voted."""
    insert_rows(tx.connection, participation, Participation._fields, participations)
    # Not a rule's randomness: it must not be repeatable, or it could be undone. Put in the order
    # of their random ids the ballots on each nomination are shuffled.
    tokens = secrets.token_hex(_TOKEN_BYTES * len(ballots))
    ids = (tokens[start : start + _TOKEN] for start in range(0, len(tokens), _TOKEN))
    shuffled = sorted(
        (nomination_id, token, session_id, choice)
        for token, (session_id, nomination_id, choice) in zip(ids, ballots, strict=True)
    )
    names = ("nomination_id", "id", "session_id", "choice")
    insert_rows(tx.connection, ballot, names, shuffled)


def voted(tx: Transaction, ids: Sequence[int]) -> set[int]:
    """Return which of these nominations have a recorded vote."""
    return {voted_id for (voted_id,) in _VOTED.all(tx.connection, ids, campaign=tx.campaign.id)}


def has_voted(tx: Transaction) -> bool:
    """Say whether the council has voted on anything yet."""
    row = tx.connection.execute(
        select(participation.c.nomination_id)
        .join(council_session, council_session.c.id == participation.c.session_id)
        .where(council_session.c.campaign_id == tx.campaign.id)
        .limit(1)
    ).first()
    return row is not None


def tallied(tx: Transaction, ids: Sequence[int]) -> set[int]:
    """Return of which of these nominations the votes were counted."""
    return {counted_id for (counted_id,) in _TALLIED.all(tx.connection, ids)}


def rolls(tx: Transaction, ids: Sequence[int]) -> dict[int, Roll]:
    """Return who took part and what the ballots are, of nominations with votes."""
    entries: dict[int, dict[str, Entry]] = {}
    for nomination_id, member_id, number, how, conflicted in _ENTRIES.all(
        tx.connection, ids, campaign=tx.campaign.id
    ):
        entries.setdefault(nomination_id, {})[member_id] = Entry(number, how, bool(conflicted))
    choices = ballots(tx, sorted(entries))
    return {one: Roll(found, choices.get(one, {})) for one, found in entries.items()}


def close_session(tx: Transaction, session_id: int, person_id: str, reason: str) -> None:
    """Take no more votes in a session."""
    tx.connection.execute(
        insert(session_closing),
        {
            "session_id": session_id,
            "person_id": person_id,
            "reason": reason,
            "closed_at": tx.now,
        },
    )


def forget_votes(tx: Transaction, ids: Sequence[int]) -> None:
    """Take out all that was voted on nominations, so that it can be stored anew."""
    for table in (ballot, participation, tally):
        for part in chunked(ids):
            tx.connection.execute(delete(table).where(table.c.nomination_id.in_(part)))


def attendance(tx: Transaction, ids: Sequence[int]) -> dict[int, tuple[int, Mapping[str, int]]]:
    """Return (session id, members by attendance) per nomination."""
    return {
        nomination_id: (one.session_id, Counter(part[1] for part in one.parts))
        for nomination_id, one in presence(tx, ids).items()
    }


class Presence(NamedTuple):
    """Who took part in the vote on one nomination."""

    session_id: int
    parts: list[tuple[str, str, bool, str | None]]
    """Member, attendance, in conflict, why in conflict."""

    def count(self, attendance: str) -> int:
        """Count those who took part in this way."""
        return sum(part[1] == attendance for part in self.parts)


def presence(tx: Transaction, ids: Sequence[int]) -> dict[int, Presence]:
    """Return who took part in the votes on these nominations, by nomination."""
    found: dict[int, Presence] = {}
    for nomination_id, session_id, how, member, conflicted, why in _ROLL.all(
        tx.connection, ids, campaign=tx.campaign.id
    ):
        found.setdefault(nomination_id, Presence(session_id, [])).parts.append(
            (member, how, bool(conflicted), why)
        )
    return found


def ballots(tx: Transaction, ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Return the number of ballots by choice per nomination."""
    found: dict[int, dict[str, int]] = {}
    for nomination_id, choice, number in _BALLOTS.all(tx.connection, ids):
        found.setdefault(nomination_id, {})[choice] = number
    return found


def save_tallies(tx: Transaction, rows: Sequence[TallyRow]) -> None:
    """Store what the ballots come to."""
    names = (*TallyRow._fields, "tallied_at")
    insert_rows(tx.connection, tally, names, [(*row, tx.now) for row in rows])


def outcomes(tx: Transaction) -> dict[int, bool]:
    """Return of every nomination that was voted on, by its id, whether the vote was passed."""
    rows = tx.connection.execute(
        select(tally.c.nomination_id, tally.c.passed)
        .join(nomination, nomination.c.id == tally.c.nomination_id)
        .where(nomination.c.campaign_id == tx.campaign.id)
    )
    return {row.nomination_id: row.passed for row in rows}


def tallies(tx: Transaction) -> dict[int, TallyRow]:
    """Return the tallies of the campaign by nomination id."""
    rows = tx.connection.execute(
        select(*(tally.c[name] for name in TallyRow._fields))
        .join(nomination, nomination.c.id == tally.c.nomination_id)
        .where(nomination.c.campaign_id == tx.campaign.id)
    )
    return {row.nomination_id: TallyRow(*row) for row in rows}
