"""What do the events on nominations say that the rows should hold?

Their forms, what the rules found, reviews, votes, decisions, and who replicates them.
"""

from __future__ import annotations

from typing import Final

from campaigns.rules.log.seals import CORRECTED, ROLL, SEAL
from campaigns.rules.log.vouching import Row, Tell, Told, day, instant, sealed
from schemas.events import EventRecord

FORMER: Final = "former_seal"
"""Key of a seal that says less than those of this version do."""
_ACTS: Final = {
    "thidua.nomination.withdrawn": "withdraw",
    "thidua.nomination.cleared": "clear",
    "thidua.nomination.revoked": "revoke",
}
_RESULTS: Final = {
    "thidua.nomination.recognised": True,
    "thidua.nomination.reinstated": True,
    "thidua.nomination.declined": False,
    "thidua.nomination.overturned": False,
}
_STEPS: Final = {
    "thidua.adoption.started": "started_on",
    "thidua.adoption.evidenced": "evidenced_on",
    "thidua.adoption.sustained": "sustained_on",
    "thidua.adoption.abandoned": "abandoned_on",
}
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


def _submitted(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    version = facts.get("content_version")
    before = told.of("nomination", name)
    told.put(
        "nomination",
        name,
        {
            "content_version": version,
            "nominated_by_id": facts.get("nominated_by"),
            "submitted_at": instant(facts.get("submitted_at")),
            "late": facts.get("late"),
            "returned_times": before.get("returned_times", 0),
        },
    )
    told.put(
        "form",
        f"{name}/{version}",
        {
            "content_hash": facts.get("content_hash"),
            "actor": event.actor,
            "recorded_at": event.occurred_at,
        },
    )


def _sent_back(told: Told, _event: EventRecord, name: str) -> None:
    row = told.of("nomination", name)
    times = row.get("returned_times", 0)
    row["returned_times"] = times + 1 if isinstance(times, int) else times


def _checked(told: Told, event: EventRecord, name: str) -> None:
    rules = event.facts.get("rules")
    version = told.of("nomination", name).get("content_version")
    row: Row = {"rules": sorted(rules) if isinstance(rules, list) else rules}
    told.put("finding", f"{name}/{version}", row | sealed(event))


def _reviewed(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {"lines": event.facts.get("lines"), "recorded_at": event.occurred_at}
    told.put("review", f"{name}/{event.facts.get('reviewer')}", row | sealed(event))


def _review_corrected(told: Told, event: EventRecord, name: str) -> None:
    row = told.of("review", f"{name}/{event.facts.get('reviewer')}")
    row.pop(SEAL, None)
    row |= sealed(event)
    told.rows.get("appraisal", {}).pop(name, None)  # reckoned anew, by an event of its own
    _judgement_corrected(told, event, name)


def _votes_corrected(told: Told, event: EventRecord, name: str) -> None:
    """The roll was replaced; where the new one is whole, it is counted by an event of its own."""
    for kind in ("tally", "ballots", "roll"):
        told.rows.get(kind, {}).pop(name, None)
    _judgement_corrected(told, event, name)


def _judgement_corrected(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {
        "reviewer_id": event.facts.get("reviewer"),
        "person_id": event.facts.get("person"),
        "corrected_at": event.occurred_at,
    }
    told.numbered("judgement", row | sealed(event, CORRECTED), f"{name}/")


def _appraised(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {
        "reviews": event.facts.get("reviews"),
        "days_late": event.facts.get("days_late", 0),
        "appraised_at": event.occurred_at,
    }
    told.put("appraisal", name, row | sealed(event))


def _tallied(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    counted: Row = {column: facts.get(column) for column in _TALLIED}
    told.put("tally", name, counted | {"tallied_at": event.occurred_at})
    told.put("ballots", name, {column: facts.get(column) for column in ("yes", "no", "blank")})
    present: Row = {column: facts.get(column) for column in ("present", "written")}
    # Of a version before: sealed without why somebody was in conflict, under the usual key.
    former: Row = {FORMER: facts[SEAL]} if SEAL in facts else {}
    told.put("roll", name, present | former | sealed(event, ROLL))


def _drafted(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {"series": event.facts.get("series"), "drafted_at": event.occurred_at}
    known = told.rows.get("decision", {})
    before = max((int(one) for one in known), default=0)
    if told.of("decision", str(before)).get("signed_at") is None:
        # The draft of a new round corrects what the returned one was to correct.
        carried = told.of("correction", str(before))
        if carried:
            told.put("correction", name, dict(carried))
    told.put("decision", name, row | dict.fromkeys(("number", "symbol", "signed_at")))


def _signed(told: Told, event: EventRecord, name: str) -> None:
    row = told.of("decision", name)
    row |= {"number": event.facts.get("number"), "symbol": event.facts.get("symbol")}
    row |= {"signed_at": event.occurred_at, **sealed(event)}


def _listed(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {column: event.facts.get(column) for column in ("results", "recognised")}
    told.put("results", name, row | sealed(event))


def _correction(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {column: event.facts.get(column) for column in ("replaces", "results")}
    row["person_id"] = event.facts.get("person")
    told.put("correction", name, row | sealed(event))


def _result(told: Told, event: EventRecord, name: str) -> None:
    symbol = event.facts.get("decision")
    if symbol is not None:  # without one it was declined below the cut-off
        told.put("recognition", f"{symbol}/{name}", {"recognised": _RESULTS[event.name]})


def _act(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {
        "act": _ACTS[event.name],
        "person_id": event.facts.get("person"),
        "document": event.facts.get("document", ""),
        "acted_at": event.occurred_at,
    }
    told.numbered("act", row | sealed(event), f"{name}/")


def _adopted(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    row: Row = {
        "model": facts.get("model"),
        "unit_id": facts.get("unit"),
        "generation": facts.get("generation"),
        "committed_on": day(facts.get("on")),
    }
    told.put("adoption", name, row | dict.fromkeys(_STEPS.values()))


def _stepped(told: Told, event: EventRecord, name: str) -> None:
    told.of("adoption", name)[_STEPS[event.name]] = day(event.facts.get("on"))


def _followed(told: Told, event: EventRecord, name: str) -> None:
    told.put("follow_up", name, {"due_on": day(event.facts.get("due"))})


TELLING: Final[tuple[tuple[str, Tell], ...]] = (
    ("thidua.nomination.submitted", _submitted),
    ("thidua.nomination.returned", _sent_back),
    ("thidua.nomination.found_eligible", _checked),
    ("thidua.nomination.found_ineligible", _checked),
    ("thidua.nomination.held", _checked),
    ("thidua.review.recorded", _reviewed),
    ("thidua.review.corrected", _review_corrected),
    ("thidua.vote.corrected", _votes_corrected),
    ("thidua.nomination.appraised", _appraised),
    ("thidua.nomination.tallied", _tallied),
    *((name, _result) for name in _RESULTS),
    *((name, _act) for name in _ACTS),
    ("thidua.decision.drafted", _drafted),
    ("thidua.decision.signed", _signed),
    ("thidua.decision.listed", _listed),
    ("thidua.decision.correction_asked", _correction),
    ("thidua.adoption.committed", _adopted),
    *((name, _stepped) for name in _STEPS),
    ("thidua.follow_up.planned", _followed),
)
"""What the events on nominations say, from the form to its replication."""
