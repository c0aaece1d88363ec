"""What do the rows on nominations hold, as the event log may vouch for it?

By the names and columns of `rules.vouching_judgement`; seals are computed from the rows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any, Final

import orjson
from sqlalchemy import Select, exists, func, select

from campaigns.rules.log import seals
from campaigns.rules.log.seals import SEAL
from campaigns.rules.log.vouching import Difference, Row
from campaigns.rules.log.vouching_judgement import FORMER
from campaigns.store.appraisal.reviews import StoredAppraisal
from campaigns.store.log.vouched_course import Reader, second
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord
from campaigns.store.tables import (
    appraisal,
    ballot,
    finding,
    judgement_correction,
    nomination,
    nomination_act,
    nomination_content,
    participation,
    review,
    score,
    tally,
)
from campaigns.store.transaction import Transaction

_TALLIED: Final = (
    "members",
    "present",
    "written",
    "yes",
    "no",
    "blank",
    "needed",
    "denominator",
    "passed",
)


def rows_of(tx: Transaction, query: Select[Any]) -> Any:  # noqa: ANN401 - rows of the query's columns
    """Return rows of the campaign's nominations; memory holds some of them at a time."""
    of_campaign = query.where(nomination.c.campaign_id == tx.campaign.id)
    return tx.connection.execution_options(yield_per=2_000).execute(of_campaign)


def _nominations(tx: Transaction) -> dict[str, Row]:
    names = ("content_version", "nominated_by_id", "submitted_at", "late", "returned_times")
    query = select(nomination.c.code, *(nomination.c[name] for name in names))
    return {code: dict(zip(names, values, strict=True)) for code, *values in rows_of(tx, query)}


_ON_FORM: Final = ("subject_kind", "field", "name", "unit_id", "nominated_by_id", "rank")


def _forms(tx: Transaction) -> dict[str, Row]:
    query = select(
        nomination.c.code,
        nomination_content.c.version,
        nomination_content.c.content,
        nomination_content.c.content_hash,
        nomination_content.c.actor,
        nomination_content.c.recorded_at,
    ).join(nomination, nomination.c.id == nomination_content.c.nomination_id)
    return {
        f"{code}/{version}": {
            "content_hash": kept if hashlib.sha256(content.encode()).hexdigest() == kept else "",
            "actor": actor,
            "recorded_at": second(recorded_at),
        }
        for code, version, content, kept, actor, recorded_at in rows_of(tx, query)
    }


def unlike_their_forms(tx: Transaction) -> list[Difference]:
    """Return the nominations that have another name, unit, rank or field than their form says."""
    query = select(
        nomination.c.code, nomination_content.c.content, *(nomination.c[one] for one in _ON_FORM)
    ).join(
        nomination_content,
        (nomination_content.c.nomination_id == nomination.c.id)
        & (nomination_content.c.version == nomination.c.content_version),
    )
    found = []
    for code, content, *values in rows_of(tx, query):
        form = orjson.loads(content)
        wanted = {"code": code, **dict(zip(_ON_FORM, values, strict=True))}
        given = form | {"field": form["field"] or ""}
        wrong = tuple(name for name, value in wanted.items() if given.get(name) != value)
        if wrong:
            found.append(Difference(f"nomination:{code}", wrong, "changed"))
    return found


def _findings(tx: Transaction) -> dict[str, Row]:
    checked = {record.code: record for record in nominations.find(tx)}
    query = select(
        nomination.c.code,
        finding.c.content_version,
        finding.c.rule_id,
        finding.c.rule_version,
        finding.c.severity,
        finding.c.data,
        finding.c.source,
    ).join(nomination, nomination.c.id == finding.c.nomination_id)
    stored: dict[tuple[str, int], list[tuple[str, int, str, str, str]]] = {}
    for code, version, *one in rows_of(tx, query):
        stored.setdefault((code, version), []).append(tuple(one))
    return _Findings(checked, stored)


class _Findings(dict[str, Row]):
    """What was found; of what was checked and nothing found, there is no row to be missing."""

    def __init__(
        self,
        records: dict[str, NominationRecord],
        stored: dict[tuple[str, int], list[tuple[str, int, str, str, str]]],
    ) -> None:
        super().__init__(
            {
                f"{code}/{version}": _as_found(records[code].salt, version, found)
                for (code, version), found in stored.items()
            }
        )
        self._records = records

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as of a dict
        if name in self:
            return self[name]
        code, _, version = name.rpartition("/")
        if code not in self._records:
            return default
        return _as_found(self._records[code].salt, int(version), [])


def _as_found(salt: str, version: int, found: list[tuple[str, int, str, str, str]]) -> Row:
    return {
        "rules": sorted(rule for rule, _version, severity, *_ in found if severity != "warn"),
        SEAL: seals.of_findings(salt, version, found),
    }


def _reviews(tx: Transaction) -> dict[str, Row]:
    query = (
        select(
            nomination.c.code,
            nomination.c.salt,
            review.c.reviewer_id,
            review.c.recorded_at,
            score.c.criterion,
            score.c.centipoints,
            score.c.comment,
        )
        .select_from(review)
        .join(nomination, nomination.c.id == review.c.nomination_id)
        .outerjoin(score, score.c.review_id == review.c.id)
        .order_by(review.c.nomination_id, review.c.reviewer_id)
    )
    found: dict[str, Row] = {}
    lines: list[tuple[str, int, str]] = []
    last: tuple[str, str, str, Any] | None = None

    def close() -> None:
        if last is not None:
            code, salt, reviewer, at = last
            found[f"{code}/{reviewer}"] = {
                "lines": len(lines),
                "recorded_at": second(at),
                SEAL: seals.of_review(salt, reviewer, lines),
            }

    for code, salt, reviewer, at, *line in rows_of(tx, query):
        if last is None or (last[0], last[2]) != (code, reviewer):
            close()
            last, lines = (code, salt, reviewer, at), []
        if line[0] is not None:
            lines.append(tuple(line))
    close()
    return found


def _appraisals(tx: Transaction) -> dict[str, Row]:
    columns = (appraisal.c[name] for name in StoredAppraisal._fields)
    query = select(nomination.c.code, nomination.c.salt, appraisal.c.appraised_at, *columns).join(
        nomination, nomination.c.id == appraisal.c.nomination_id
    )
    found: dict[str, Row] = {}
    for code, salt, at, *values in rows_of(tx, query):
        stored = StoredAppraisal(*values)
        found[code] = {
            "reviews": stored.reviews,
            "days_late": stored.days_late,
            "appraised_at": second(at),
            SEAL: seals.of_appraisal(salt, *stored),
        }
    return found


def _tallies(tx: Transaction) -> dict[str, Row]:
    query = select(
        nomination.c.code, tally.c.tallied_at, *(tally.c[name] for name in _TALLIED)
    ).join(nomination, nomination.c.id == tally.c.nomination_id)
    return {
        code: dict(zip(_TALLIED, values, strict=True)) | {"tallied_at": second(at)}
        for code, at, *values in rows_of(tx, query)
    }


def _ballots(tx: Transaction) -> dict[str, Row]:
    query = (
        select(nomination.c.code, ballot.c.choice, func.count())
        .join(nomination, nomination.c.id == ballot.c.nomination_id)
        .join(tally, tally.c.nomination_id == nomination.c.id)  # what was counted
        .group_by(nomination.c.code, ballot.c.choice)
    )
    found: dict[str, Row] = {}
    for (code,) in rows_of(tx, select(nomination.c.code).join(tally)):
        found[code] = {"yes": 0, "no": 0, "blank": 0}  # a vote that nobody cast a ballot in
    for code, choice, many in rows_of(tx, query):
        found.setdefault(code, {"yes": 0, "no": 0, "blank": 0})[choice] = many
    return found


def strayed_ballots(tx: Transaction) -> list[Difference]:
    """Return the nominations with a ballot, or a tally, of another session than their roll."""
    found = []
    for table in (ballot, tally):
        of_roll = exists().where(
            participation.c.session_id == table.c.session_id,
            participation.c.nomination_id == table.c.nomination_id,
        )
        query = (
            select(nomination.c.code)
            .distinct()
            .join(table, table.c.nomination_id == nomination.c.id)
            .where(~of_roll)
        )
        kind = "ballots" if table is ballot else "tally"
        rows = rows_of(tx, query)
        found += [Difference(f"{kind}:{code}", ("session",), "changed") for (code,) in rows]
    return found


def _rolls(tx: Transaction) -> dict[str, Row]:
    numbers = {one.id: one.number for one in council.sessions(tx)}
    # By the sessions: asked for by nominations alone, all votes would be looked at for each.
    query = select(
        nomination.c.code,
        nomination.c.salt,
        participation.c.session_id,
        participation.c.member_id,
        participation.c.attendance,
        participation.c.conflicted,
        participation.c.conflict,
    ).join(nomination, nomination.c.id == participation.c.nomination_id)
    query = query.where(participation.c.session_id.in_(numbers))
    query = query.join(tally, tally.c.nomination_id == nomination.c.id)  # what was counted
    rolls: dict[str, tuple[str, int, list[tuple[str, str, bool, str | None]]]] = {}
    for code, salt, session_id, *part in rows_of(tx, query):
        rolls.setdefault(code, (salt, session_id, []))[2].append(tuple(part))
    found: dict[str, Row] = {}
    for code, (salt, session_id, parts) in rolls.items():
        how = [part[1] for part in parts]
        number = numbers.get(session_id, 0)
        found[code] = {
            "present": how.count("present"),
            "written": how.count("written"),
            SEAL: seals.of_roll(salt, number, parts),
            FORMER: seals.of_former_roll(salt, number, (part[:3] for part in parts)),
        }
    return found


def _acts(tx: Transaction) -> dict[str, Row]:
    query = (
        select(nomination.c.code, nomination.c.salt, nomination_act)
        .join(nomination, nomination.c.id == nomination_act.c.nomination_id)
        .order_by(nomination_act.c.id)
    )
    found: dict[str, Row] = {}
    counted: dict[str, int] = {}
    for row in rows_of(tx, query):
        counted[row.code] = place = counted.get(row.code, 0) + 1
        found[f"{row.code}/{place}"] = {
            "act": row.act,
            "person_id": row.person_id,
            "document": row.document,
            "acted_at": second(row.acted_at),
            SEAL: seals.of_reason(row.salt, row.act, row.person_id, row.reason, row.document),
        }
    return found


def _corrections(tx: Transaction) -> dict[str, Row]:
    query = (
        select(nomination.c.code, nomination.c.salt, judgement_correction)
        .join(nomination, nomination.c.id == judgement_correction.c.nomination_id)
        .order_by(judgement_correction.c.id)
    )
    found: dict[str, Row] = {}
    counted: Counter[str] = Counter()
    for row in rows_of(tx, query):
        counted[row.code] += 1
        what = (row.reviewer_id, row.person_id, row.reason, row.before)
        found[f"{row.code}/{counted[row.code]}"] = {
            "reviewer_id": row.reviewer_id,
            "person_id": row.person_id,
            "corrected_at": second(row.corrected_at),
            SEAL: seals.of_judgement_correction(row.salt, *what),
        }
    return found


READERS: Final[dict[str, Reader]] = {
    "nomination": _nominations,
    "form": _forms,
    "finding": _findings,
    "review": _reviews,
    "appraisal": _appraisals,
    "tally": _tallies,
    "ballots": _ballots,
    "roll": _rolls,
    "act": _acts,
    "judgement": _corrections,
}
