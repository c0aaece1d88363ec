"""What do the events of a campaign's course say that the rows should hold?

Its stages, who approved them, delegations, extensions, sessions, versions of the playbook.
"""

from __future__ import annotations

from typing import Final

from campaigns.rules.clock.comparison import REPAIRED
from campaigns.rules.log.seals import BASIS, SEAL
from campaigns.rules.log.vouching import Row, Tell, Told, at_time, day, instant, sealed
from schemas.events import EventRecord

_VERDICTS: Final = {
    "thidua.stage.signed": "approve",
    "thidua.stage.returned": "return",
    "thidua.stage.abstained": "abstain",
}


def _created(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {"playbook_version": 1, "created_at": event.occurred_at}
    empty = ("launched_at", "launched_by", "announced_at", "closed_at", "clock_repaired_at")
    told.put("campaign", name, row | dict.fromkeys(empty))
    first: Row = {"actor": event.actor, "recorded_at": event.occurred_at, "reason": ""}
    first |= {"rests_until": None, "confirmed_by": None}
    told.put("playbook", "1", first | {"hash": event.facts.get("playbook_hash")})


def _amended(told: Told, event: EventRecord, name: str) -> None:
    version = event.facts.get("version")
    told.of("campaign", name)["playbook_version"] = version
    row: Row = {"actor": event.actor, "recorded_at": event.occurred_at, **sealed(event)}
    row |= {"rests_until": instant(event.facts.get("rests_until")), "confirmed_by": None}
    told.put("playbook", str(version), row | {"hash": event.facts.get("playbook_hash")})


def _launched(told: Told, event: EventRecord, name: str) -> None:
    row = told.of("campaign", name)
    row |= {"launched_at": event.occurred_at, "launched_by": event.facts.get("person")}


def _cancelled(told: Told, event: EventRecord, _name: str) -> None:
    row: Row = {"person_id": event.facts.get("person"), "cancelled_at": event.occurred_at}
    told.put("cancellation", "1", row | sealed(event))


def _planned(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    row: Row = {"opens_at": instant(facts.get("opens")), "due_at": instant(facts.get("due"))}
    if "approval" in facts:
        row["approval_due_at"] = instant(facts["approval"])
    empty = ("opened_at", "approval_requested_at", "approved_at")
    told.put("stage", name, row | {"round": 1} | dict.fromkeys(empty))


def _replanned(told: Told, event: EventRecord, name: str) -> None:
    columns = ("opens_at", "due_at", "approval_due_at")
    moved = {one: instant(event.facts[one]) for one in columns if one in event.facts}
    told.of("stage", name).update(moved)


def _reopened(told: Told, event: EventRecord, name: str) -> None:
    row = told.of("stage", name)
    row |= {"round": event.facts.get("round"), "approved_at": None}
    row.pop("approval_due_at", None)
    if "approval_due" in event.facts:
        row["approval_due_at"] = instant(event.facts["approval_due"])


def _verdict(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    person, round_ = facts.get("person"), facts.get("round")
    row: Row = {
        "verdict": _VERDICTS[event.name],
        "principal_id": facts.get("principal"),
        "letter": facts.get("letter", ""),
        "decided_at": event.occurred_at,
        **sealed(event),
    }
    if "step" in facts:
        row["step"] = facts["step"]
    told.put("approval", f"{name}/{round_}/{person}", row)
    if event.name == "thidua.stage.returned" and isinstance(round_, int):
        told.of("stage", name)["round"] = round_ + 1
        if facts.get("kept"):
            _keep(told, name, round_, {person, facts.get("principal", person)})


def _basis(told: Told, event: EventRecord, name: str) -> None:
    key = f"{name}/{event.facts.get('round')}"
    if BASIS in event.facts:
        told.put("basis", key, {SEAL: event.facts[BASIS], "counted_at": event.occurred_at})
    else:
        told.put("basis", key, told.of("basis", key))  # a version before may have kept it untold


def _keep(told: Told, name: str, round_: int, returned_by: set[object]) -> None:
    """Say that the signatures of a round stay in the next, but for those of who returned."""
    prefix = f"{name}/{round_}/"
    for key, row in [*told.rows["approval"].items()]:
        if key.startswith(prefix) and row["verdict"] == "approve":
            person = key.removeprefix(prefix)
            if not {person, row["principal_id"]} & returned_by:
                told.put("approval", f"{name}/{round_ + 1}/{person}", dict(row))


def _extended(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    until = instant(facts.get("until"))
    told.numbered(
        "extension",
        {
            "stage": name,
            "matter": facts.get("matter"),
            "unit_id": facts.get("unit"),
            "previous_at": instant(facts.get("previous")),
            "until_at": until,
            "person_id": facts.get("person"),
            "recorded_at": event.occurred_at,
            **sealed(event),
        },
    )
    if facts.get("unit") is None:
        column = "approval_due_at" if facts.get("matter") == "approval" else "due_at"
        told.of("stage", name)[column] = until


def _delegated(told: Told, event: EventRecord, name: str) -> None:
    facts = event.facts
    told.put(
        "delegation",
        name,
        {
            "stage": facts.get("stage") or None,
            "principal_id": facts.get("principal"),
            "substitute_id": facts.get("substitute"),
            "first_on": day(facts.get("first")),
            "last_on": day(facts.get("last")),
            "letter": facts.get("letter"),
            "recorded_at": event.occurred_at,
            "revoked_at": None,
            "rests_until": instant(facts.get("rests_until")),
            "confirmed_by": None,
        },
    )


def _confirmed(kind: str) -> Tell:
    """Return what says that somebody let a right count before its rest was over."""

    def tell(told: Told, event: EventRecord, name: str) -> None:
        row = told.of(kind, str(event.facts.get("version", name)))
        row |= {"rests_until": event.occurred_at, "confirmed_by": event.facts.get("person")}

    return tell


def _session(told: Told, event: EventRecord, name: str) -> None:
    row = told.of("session", name) | {"starts_at": instant(event.facts.get("starts"))}
    if "members" in event.facts:
        row["members"] = event.facts["members"]
    told.put("session", name, row)


def _session_closed(told: Told, event: EventRecord, name: str) -> None:
    row: Row = {"person_id": event.facts.get("person"), "closed_at": event.occurred_at}
    told.put("closing", name, row | sealed(event))


def _repaired(told: Told, event: EventRecord, name: str) -> None:
    """Say what a repair of the clock has moved; what it says of times is by name, in its facts."""
    facts = event.facts
    told.of("campaign", name)["clock_repaired_at"] = event.occurred_at
    for kind, fact, column in (
        ("stage", "approvals", "approval_due_at"),
        ("delegation", "delegations", "rests_until"),
        ("playbook", "playbooks", "rests_until"),
    ):
        moved = facts.get(fact)
        for key, at in moved.items() if isinstance(moved, dict) else ():
            told.of(kind, key)[column] = instant(at)
    row: Row = {"person_id": facts.get("person"), "repaired_at": event.occurred_at}
    told.numbered("clock_repair", row | sealed(event))


def _readdressed(told: Told, event: EventRecord, _name: str) -> None:
    told.readdressed |= bool(event.facts.get("readdressed"))


TELLING: Final[tuple[tuple[str, Tell], ...]] = (
    ("thidua.campaign.created", _created),
    ("thidua.campaign.amended", _amended),
    ("thidua.campaign.launched", _launched),
    ("thidua.campaign.announced", at_time("campaign", "announced_at")),
    ("thidua.campaign.closed", at_time("campaign", "closed_at")),
    ("thidua.campaign.cancelled", at_time("campaign", "closed_at")),
    ("thidua.campaign.cancelled", _cancelled),
    ("thidua.stage.planned", _planned),
    ("thidua.stage.replanned", _replanned),
    ("thidua.stage.opened", at_time("stage", "opened_at")),
    ("thidua.stage.approval_requested", at_time("stage", "approval_requested_at")),
    ("thidua.stage.approved", at_time("stage", "approved_at")),
    ("thidua.stage.reopened", _reopened),
    ("thidua.stage.approval_requested", _basis),
    *((name, _basis) for name in _VERDICTS),
    *((name, _verdict) for name in _VERDICTS),
    ("thidua.deadline.extended", _extended),
    ("thidua.delegation.recorded", _delegated),
    ("thidua.campaign.amendment_confirmed", _confirmed("playbook")),
    ("thidua.delegation.confirmed", _confirmed("delegation")),
    ("thidua.delegation.revoked", at_time("delegation", "revoked_at")),
    ("thidua.session.planned", _session),
    ("thidua.session.moved", _session),
    ("thidua.session.closed", _session_closed),
    ("thidua.messages.retried", _readdressed),
    (REPAIRED, _repaired),
)
"""What the events of a campaign's course say; some say two things."""
