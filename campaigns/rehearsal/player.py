"""Who acts in a rehearsal, and when? A player, on the dates of the calendar, as anybody would.

What is nominated, scored, voted and replicated is recorded (`campaigns.rehearsal.recorded`) or
invented (`campaigns.rehearsal.invented`); how it reaches the engine is the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import uuid4

from campaigns import acts
from campaigns.bootstrap import App
from campaigns.rehearsal import clock
from campaigns.rules import keys
from campaigns.rules.deadlines.calendar import add_months
from campaigns.services.approvals.signers import Chain
from campaigns.services.registers.directory import Directory
from campaigns.services.replication import adoptions
from campaigns.services.steps import Acts
from campaigns.store import campaigns
from campaigns.store.transaction import Transaction
from schemas.actors import Actor
from schemas.commands.approvals import ApproveStage
from schemas.commands.command import Command
from schemas.commands.engine import ReplayActs, Replayed
from schemas.commands.mail import ReleaseMessages
from schemas.imports import AdoptionRow, VoteRow
from schemas.outcomes import Done
from schemas.vocabulary import Role, Stage, StageState

RECORDED: Final = "system:recorded-acts"
"""The actor of acts whose record names no single person, such as an imported table."""
_END_OF_WORK: Final = time(17)


class Player(ABC):
    """The acts of one campaign that is rehearsed, each given to the engine on its date, once."""

    def __init__(self, app: App, campaign_code: str) -> None:
        self._app = app
        self._code = campaign_code
        self._playbook = app.read(campaign_code, lambda tx: tx.playbook)

    @abstractmethod
    def nominate(self) -> int:
        """Let units submit their nominations, day by day; return how many."""

    @abstractmethod
    def review(self) -> int:
        """Let reviewers hand in their scores; return how many rows."""

    @abstractmethod
    def _votes(self) -> list[VoteRow]:
        """Return the votes of all sessions."""

    @abstractmethod
    def _adoptions(self) -> list[AdoptionRow]:
        """Return the replications, with all their steps."""

    def play(self, stage: Stage, what: Acts) -> int:
        """Let people act in a stage as they would just then; return how many acts that were."""
        played = 0
        match what:
            case Acts.OPENING:
                self.reach_opening(stage)
            case Acts.NOMINATIONS:
                played = self.nominate()
            case Acts.REVIEWS:
                played = self.review()
            case Acts.VOTES:
                played = self.vote()
            case Acts.RELEASE:
                played = self.release()
            case Acts.ADOPTIONS:
                played = self.adopt()
            case Acts.APPROVAL:
                played = self.approve(stage)
        return played

    def reach_opening(self, stage: Stage) -> None:
        """Move the clock to the opening of a stage whose predecessor is approved."""
        dates = self._playbook.calendar.of(stage)
        if dates is not None:
            self._reach(dates.opens)

    def approve(self, stage: Stage) -> int:
        """Let the appointed approvers, not the launcher, approve a stage on the calendar's date."""
        now = self._app.read(self._code, campaigns.get_stage, stage)
        dates = self._playbook.calendar.of(stage)
        if now.state != StageState.AWAITING_APPROVAL or dates is None:
            return 0
        self._reach(self._signed_at(stage) or dates.approval)
        signed = 0
        while (person := self._app.read(self._code, _next_signer, stage)) is not None:
            command = ApproveStage(
                command_id=keys.command_id(
                    "rehearsal", "approve", self._code, stage, now.round, person
                ),
                stage=stage,
                person_id=person,
            )
            self._act(person, command)
            signed += 1
        return signed

    def _signed_at(self, stage: Stage) -> datetime | None:
        """Return when the approvers of a stage sign, in local time."""
        dates = self._playbook.calendar.of(stage)
        return dates.approval if dates else None

    def vote(self) -> int:
        """Let the council vote, session by session, at the time each sits."""
        sittings: dict[int, list[VoteRow]] = defaultdict(list)
        for row in self._votes():
            sittings[row.session].append(row)
        if not sittings:
            return 0
        starts = {one.number: one.starts for one in self._playbook.calendar.sessions}
        voted = 0
        for number in sorted(sittings):
            self._reach(starts[number])
            voted += self._replay("votes", sittings[number]).changed
        self._reach(self._playbook.calendar.recognition.closes)
        return voted

    def release(self) -> int:
        """Let the coordinator release the held results on the calendar's date."""
        coordinator = first_holder(self._app, self._code, Role.COORDINATOR)
        signed = self._app.read(self._code, campaigns.get_stage, Stage.RECOGNITION)
        if coordinator is None or signed.state != StageState.APPROVED:
            return 0
        self._reach(self._playbook.calendar.results_released)
        command = ReleaseMessages(
            command_id=keys.command_id("rehearsal", "release", self._code), person_id=coordinator
        )
        return self._act(coordinator, command).changed

    def adopt(self) -> int:
        """Let units report their replications, day by day, and follow them up as dates pass."""
        dates, rows = self._playbook.calendar.replication, self._adoptions()
        months, last = self._playbook.follow_up.months, dates.closes.date()
        steps: dict[date, list[AdoptionRow]] = defaultdict(list)
        for row in rows:
            for day in _steps(row):
                steps[day].append(row)
        for day in _days(rows, months, last):
            self._reach(datetime.combine(day, _END_OF_WORK))
            if day in steps:
                self._replay("adoptions", steps[day])
            self._app.act(self._code, adoptions.sweep_follow_ups)
        self._reach(dates.closes)
        return len(rows)

    def _act(self, person: str, command: Command, *beside: object) -> Done:
        """Carry out what a person did, or whoever is named where the record names nobody."""
        return acts.carry_out(self._app, Actor(person, "system"), self._code, command, *beside)

    def _replay(self, kind: Replayed, rows: Sequence[object], *, recorded: bool = False) -> Done:
        """Take in what many people did; rows are compared with what is stored, never replays."""
        identity = keys.command_id("rehearsal", kind, self._code, uuid4())
        command = ReplayActs(command_id=identity, kind=kind, recorded=recorded)
        return self._act(RECORDED, command, rows)

    def _reach(self, local: datetime) -> None:
        moment = local if local.tzinfo else self._playbook.instant(local)
        self._app.act(self._code, clock.advance_clock, moment)


def _steps(row: AdoptionRow) -> set[date]:
    """Return the days on which a replication took a step."""
    dates = (
        row.committed_on,
        row.started_on,
        row.evidenced_on,
        row.sustained_on,
        row.abandoned_on,
    )
    return {day for day in dates if day is not None}


def _days(rows: Iterable[AdoptionRow], months: Sequence[int], last: date) -> list[date]:
    """Return the days on which something happens: a step, a follow-up due, one overdue."""
    days: set[date] = set()
    for row in rows:
        due = {add_months(row.committed_on, count) for count in months}
        days |= _steps(row) | due | {day + timedelta(days=1) for day in due}
    return sorted(day for day in days if day <= last)


def _next_signer(tx: Transaction, stage: Stage) -> str | None:
    """Return who signs next, never the launcher; None where no signature is wanted or to be had."""
    now = campaigns.get_stage(tx, stage)
    if now.state != StageState.AWAITING_APPROVAL:
        return None
    asked = [one.person_id for one in Chain(tx, now).asked]
    return next((one for one in asked if one != tx.campaign.launched_by), None)


def first_holder(app: App, campaign_code: str, role: Role) -> str | None:
    """Return the first holder of a role: who acts where the record names nobody."""
    holders = app.read(campaign_code, lambda tx: Directory(tx).holding(role))
    return holders[0].id if holders else None
