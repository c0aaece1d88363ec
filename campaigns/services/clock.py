"""How does a campaign go on whose log is dated ahead? By a repair, on record (ADR 0041).

While the clock was ahead, time came that had not come. What happened then stays: people are told of
it and decide. From the repair on every deadline, reminder, timer and rest is by the clock again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.clock.comparison import REPAIRED, Present, shown_now
from campaigns.rules.clock.errors import NothingAhead
from campaigns.rules.log import seals
from campaigns.services.deadlines import reminders
from campaigns.services.engine import alerts
from campaigns.services.may import ensure_role
from campaigns.services.registers import enrolment as registers
from campaigns.store import campaigns
from campaigns.store.clock import repair as clock_repair
from campaigns.store.clock.repair import Ahead
from campaigns.store.engine import beats, edges
from campaigns.store.transaction import Transaction
from language import _
from schemas.commands.clock import RepairClock
from schemas.events import Facts
from schemas.outcomes import Done
from schemas.playbook.values import Label
from schemas.vocabulary import Role, StageState

_ACT: Final = Label(en="repair the clock", vi="ghi nhận sửa đồng hồ")
_REASON: Final = _("A repair of the clock")


class Shown(NamedTuple):
    """What one clock shows."""

    name: str
    """Of a process; `process`: this one; `database`: that of the database's server."""
    shows: datetime | None
    """None: it is far ahead of the others, and was not believed."""
    ahead: int | None
    """Seconds ahead of the time that counts."""


class Findings(NamedTuple):
    """How it stands with the clocks of an installation, and with what belongs to no campaign."""

    now: datetime
    """The time that counts."""
    clocks: list[Shown]
    lead: int
    """Seconds by which that time is ahead of every other clock."""
    is_believed: bool
    registers: datetime | None
    """Time of the end of the registers' log, where that is ahead of now."""
    people: int
    """People whose rights, addresses or links count from a time that cannot be."""


def look(tx: Transaction, present: Present) -> Findings:
    """Compare the clocks, and the registers with them; `present` as the store has compared it."""
    clocks = [Shown("database", present.now, 0)] if present.is_shared else []
    clocks.append(_shown("process", present.own, present))
    clocks += [_shown(one.name, shown_now(one.heard, present), present) for one in beats.living(tx)]
    return Findings(
        now=present.now,
        clocks=clocks,
        lead=round(present.lead.total_seconds()),
        is_believed=present.is_believed,
        registers=clock_repair.registers_ahead(tx),
        people=len(clock_repair.people_ahead(tx)),
    )


def _shown(name: str, at: datetime | None, present: Present) -> Shown:
    return Shown(name, at, None if at is None else round((at - present.now).total_seconds()))


class Early(NamedTuple):
    """A stage that was opened or closed before its time, by a clock that was ahead."""

    stage: str
    was: str
    """`opened` or `closed`."""
    due_at: datetime
    """When it should have been."""


def early(tx: Transaction) -> list[Early]:
    """Return the stages that were opened or closed before their time, in their order."""
    found = []
    for stage in campaigns.stages(tx):
        if stage.state != StageState.PENDING and stage.opens_at > tx.wall:
            found.append(Early(stage.name, "opened", stage.opens_at))
        if stage.state not in {StageState.PENDING, StageState.OPEN} and stage.due_at > tx.wall:
            found.append(Early(stage.name, "closed", stage.due_at))
    return found


def repair(tx: Transaction, command: RepairClock) -> Done:
    """Let the campaign's log go on from the present; nothing that was recorded is changed.

    `detail` says how many of its events are dated ahead.

    Raises:
        PersonNotAppointed: Only a coordinator repairs.
        ReasonMissing: No reason was given.
        NothingAhead: The log's end is not ahead of now.
    """
    ensure_reason(command.reason, _REASON)
    ensure_role(tx, command.person_id, Role.COORDINATOR, _ACT)
    tx.goes_back = True
    return tx.carry_out(command, lambda: _repair(tx, command))


def _repair(tx: Transaction, command: RepairClock) -> Done:
    found = clock_repair.ahead(tx)
    if found is None:
        raise NothingAhead
    facts = _brought_back(tx, found)
    clock_repair.keep(tx, command.person_id, command.reason)
    clock_repair.start_anew(tx)
    clock_repair.end_codes(tx)
    seal = seals.of_reason(tx.campaign.salt, "repair_clock", command.person_id, command.reason)
    tx.record(
        REPAIRED,
        keys.subject("campaign", tx.campaign.code),
        {**facts, "person": command.person_id, seals.SEAL: seal},
    )
    reminders.supersede_outdated(tx)
    alerts.revive_all(tx)
    for topic in (edges.CYCLE, edges.SWEEP, edges.DELIVER):
        tx.wake(topic)
    return Done(changed=1, detail=str(found.events))


def _brought_back(tx: Transaction, found: Ahead) -> Facts:
    """Count what is to come from now on; return what the log says of it."""
    approvals = {"approvals": clock_repair.bring_back_approvals(tx, found.first)}
    moved = {**approvals, **clock_repair.bring_back_rests(tx)}
    timers, mails = clock_repair.bring_back_timers(tx), clock_repair.bring_back_mails(tx)
    return {
        "first": found.first,
        "count": found.events,
        "ahead_until": found.last_at.isoformat(),
        "timers": timers,
        "waiting": mails,
        **{
            kind: {name: at.isoformat() for name, at in times.items()}
            for kind, times in moved.items()
            if times
        },
    }


def repair_registers(tx: Transaction, command: RepairClock) -> Done:
    """Let the registers' log go on from the present, and what rests in them rest from now on.

    `detail` says of how many people.

    Raises:
        PersonNotAppointed: Only a coordinator repairs.
        ReasonMissing: No reason was given.
        NothingAhead: Nothing of the registers, and nothing about the ways out, is ahead of now.
    """
    ensure_reason(command.reason, _REASON)
    registers.ensure_role(tx, command.person_id, _ACT, Role.COORDINATOR)
    tx.goes_back = True
    return tx.carry_out(command, lambda: _repair_registers(tx, command))


def _repair_registers(tx: Transaction, command: RepairClock) -> Done:
    last_at, people = clock_repair.registers_ahead(tx), clock_repair.people_ahead(tx)
    ways = clock_repair.bring_back_ways(tx)
    if last_at is None and not people and not ways:
        raise NothingAhead
    until = {"ahead_until": last_at.isoformat()} if last_at is not None else {}
    facts: Facts = {"person": command.person_id, "people": len(people), **until}
    clock_repair.bring_back_people(tx, people, facts)
    clock_repair.keep(tx, command.person_id, command.reason)
    return Done(changed=1, detail=str(len(people)))
