"""What do the rows of decisions and replications hold, as the event log may vouch for it?

By the names and columns of `rules.vouching_judgement`; seals are computed from the rows.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select

from campaigns.rules.log import seals
from campaigns.rules.log.seals import SEAL
from campaigns.rules.log.vouching import Difference, Row
from campaigns.store.log.vouched_course import Reader, second
from campaigns.store.log.vouched_judgement import rows_of as _rows
from campaigns.store.recognition import decisions
from campaigns.store.tables import (
    adoption,
    corrected_result,
    correction,
    decision,
    follow_up,
    nomination,
    number_series,
    recognition,
)
from campaigns.store.transaction import Transaction


def _decisions(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(select(decision).where(decision.c.campaign_id == tx.campaign.id))
    found: dict[str, Row] = {}
    for row in rows:
        found[str(row.round)] = values = {
            "series": row.series,
            "drafted_at": second(row.drafted_at),
            "number": row.number,
            "symbol": row.symbol,
            "signed_at": second(row.signed_at),
        }
        if row.signed_at is not None:
            numbered = (row.series, row.year, row.number, row.symbol, row.issuer_unit_id)
            values[SEAL] = seals.of_decision(tx.campaign.salt, *numbered)
    return found


def _results(tx: Transaction) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for one in decisions.signed(tx):
        listed = list(decisions.listed(tx, one.id))
        found[str(one.round)] = {
            "results": len(listed),
            "recognised": sum(recognised for _code, recognised, _unit in listed),
            SEAL: seals.of_results(tx.campaign.salt, listed),
        }
    return found


def _recognitions(tx: Transaction) -> dict[str, Row]:
    corrects = select(correction.c.decision_id)
    query = (
        select(decision.c.symbol, nomination.c.code, recognition.c.recognised, decision.c.id)
        .join(decision, decision.c.id == recognition.c.decision_id)
        .join(nomination, nomination.c.id == recognition.c.nomination_id)
    )
    first = _rows(tx, query.where(decision.c.id.not_in(corrects)))
    found = {f"{symbol}/{code}": {"recognised": holds} for symbol, code, holds, _id in first}
    # A correcting decision lists what it leaves as well; the log names what it changes.
    before = recognition.alias()
    changed = query.join(correction, correction.c.decision_id == decision.c.id).join(
        before,
        (before.c.decision_id == correction.c.replaces_id)
        & (before.c.nomination_id == nomination.c.id)
        & (before.c.recognised != recognition.c.recognised),
    )
    for symbol, code, holds, _id in _rows(tx, changed):
        found[f"{symbol}/{code}"] = {"recognised": holds}
    return found


def _corrections(tx: Transaction) -> dict[str, Row]:
    replaced = decision.alias()
    rows = tx.connection.execute(
        select(
            decision.c.id,
            decision.c.round,
            replaced.c.round.label("replaces"),
            correction.c.person_id,
            correction.c.reason,
        )
        .join(correction, correction.c.decision_id == decision.c.id)
        .join(replaced, replaced.c.id == correction.c.replaces_id)
        .where(decision.c.campaign_id == tx.campaign.id)
    ).all()
    found: dict[str, Row] = {}
    for row in rows:
        query = (
            select(nomination.c.code, corrected_result.c.recognised)
            .join(nomination, nomination.c.id == corrected_result.c.nomination_id)
            .where(corrected_result.c.decision_id == row.id)
        )
        wanted = [(code, bool(holds)) for code, holds in _rows(tx, query)]
        salt = tx.campaign.salt
        found[str(row.round)] = {
            "replaces": row.replaces,
            "results": len(wanted),
            "person_id": row.person_id,
            SEAL: seals.of_correction(salt, row.replaces, row.person_id, row.reason, wanted),
        }
    return found


def series_behind(tx: Transaction) -> list[Difference]:
    """Return the series of numbers that would give a number of the campaign's decisions again."""
    rows = tx.connection.execute(
        select(decision.c.series, decision.c.year)
        .distinct()
        .outerjoin(
            number_series,
            (number_series.c.series == decision.c.series)
            & (number_series.c.year == decision.c.year),
        )
        .where(
            decision.c.campaign_id == tx.campaign.id,
            decision.c.number.is_not(None),
            func.coalesce(number_series.c.last_number, 0) < decision.c.number,
        )
    )
    return [Difference(f"series:{name}/{year}", ("last_number",), "changed") for name, year in rows]


# --- Replication ---------------------------------------------------------------------------------

_TAKEN_ON: Final = ("committed_on", "started_on", "evidenced_on", "sustained_on", "abandoned_on")


def _adoptions(tx: Transaction) -> dict[str, Row]:
    names = ("unit_id", "generation", *_TAKEN_ON)
    query = select(
        adoption.c.code, nomination.c.code.label("model"), *(adoption.c[name] for name in names)
    ).join(nomination, nomination.c.id == adoption.c.nomination_id)
    return {
        code: {"model": model, **dict(zip(names, values, strict=True))}
        for code, model, *values in _rows(tx, query)
    }


def _follow_ups(tx: Transaction) -> dict[str, Row]:
    rows = tx.connection.execute(
        select(adoption.c.code, follow_up.c.months, follow_up.c.due_on)
        .join(adoption, adoption.c.id == follow_up.c.adoption_id)
        .where(adoption.c.campaign_id == tx.campaign.id)
    )
    return {f"{code}/{months}": {"due_on": due_on} for code, months, due_on in rows}


READERS: Final[dict[str, Reader]] = {
    "decision": _decisions,
    "results": _results,
    "recognition": _recognitions,
    "correction": _corrections,
    "adoption": _adoptions,
    "follow_up": _follow_ups,
}
