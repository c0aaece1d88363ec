"""How might a campaign go? Invented acts of the appointed people, on the dates of the calendar.

A campaign that is rehearsed before its launch has no recorded acts yet. Here units nominate,
reviewers score, the council votes and units replicate as a seed says, so that every branch is gone
through: a nomination sent back, one against each rule, a stage returned, one not recognised,
replications that are reported and others that fall overdue. People act as late as they may, so that
every reminder shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Final

from campaigns.bootstrap import App
from campaigns.engine.rounds import go_through, stages_in_turn
from campaigns.rehearsal import clock
from campaigns.rehearsal.player import Player
from campaigns.rules import keys
from campaigns.rules.appraisal.errors import ReviewersTooFew
from campaigns.rules.deadlines.calendar import WorkingCalendar
from campaigns.rules.deadlines.reminders import working_days
from campaigns.rules.rehearsal import synthetic
from campaigns.rules.rehearsal.synthetic import Sample
from campaigns.services.appraisal.conflicts import Conflicts
from campaigns.services.approvers import approvers
from campaigns.services.deadlines import sweep
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking, reach
from campaigns.services.registers.directory import Directory
from campaigns.services.steps import Acts, acts_of
from campaigns.store import campaigns
from campaigns.store.engine import timeline
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord, PersonRecord
from campaigns.store.transaction import Transaction
from schemas.commands.approvals import AskApprovalAgain, ReturnStage
from schemas.commands.deadlines import ExtendDeadline
from schemas.imports import AdoptionRow, NominationRow, ScoreRow, VoteRow
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.vocabulary import (
    STAGES,
    Attendance,
    NominationState,
    Role,
    Stage,
    StageState,
    Vote,
)

Post = Callable[[datetime, Sequence[OutgoingMail]], list[DeliveryOutcome]]
"""Takes the mail that would go out at a time; says of each what would become of it."""

_LAST_DAYS: Final = timedelta(days=3)
_OFFICE: Final = (8, 16)
_RUSH: Final = 0.6
"""Share of the nominations that come in the last days before the deadline."""
_MENDED_AFTER: Final = timedelta(days=2)
_MINUTES: Final = timedelta(minutes=10)
"""Before the deadline the last corrections come."""
_ONE_IN: Final = 8
"""One nomination in so many does not find the council's majority."""
_ADOPTIONS: Final = 6
_MORE_TIME: Final = "Diễn tập: đơn vị đề nghị thêm thời gian."
_REASON: Final = "Diễn tập: đề nghị bổ sung biên bản trước khi trình lại."


class InventedActs(Player):
    """The acts of one rehearsal before the launch; the engine's part is done in between."""

    def __init__(self, app: App, campaign_code: str, size: int, seed: int, post: Post) -> None:
        super().__init__(app, campaign_code)
        self._size, self._seed, self._post = size, seed, post

    def play_all(self) -> None:
        """Go through the whole campaign, from the launch to the last follow-up."""
        self._tick()
        planned = [stage for stage in STAGES if self._playbook.calendar.of(stage)]
        for stage in planned:
            for what in acts_of(stage):
                if what is Acts.APPROVAL and stage is planned[-3]:
                    self._return_once(stage)
                self.play(stage, what)
        self._tick()

    # --- The engine's part -----------------------------------------------------------------------

    def _reach(self, local: datetime) -> None:
        """Move the clock on, and let the engine run at every time a timer names on the way."""
        moment = local if local.tzinfo else self._playbook.instant(local)
        while (at := self._app.read(self._code, timeline.next_timer, moment)) is not None:
            self._app.act(self._code, clock.advance_clock, at)
            self._tick()
        self._app.act(self._code, clock.advance_clock, moment)
        self._tick()

    def _tick(self) -> None:
        """Do what the engine does in a run: deadlines, the stages, the mail."""
        self._app.act_as(sweep.ACTOR, self._code, sweep.sweep)
        for stage in stages_in_turn(self._app, self._code):
            go_through(self._app, self._code, stage)
        now = self._app.read(self._code, lambda tx: tx.now)
        while mails := self._app.act(self._code, delivery.claim):
            self._app.act(self._code, delivery.record, self._post(now, mails))

    def approve(self, stage: Stage) -> int:
        """Let the approvers sign on the calendar's date; the engine goes on at once."""
        signed = super().approve(stage)
        self._tick()
        return signed

    def release(self) -> int:
        """Let the coordinator release the results; they go out at once."""
        released = super().release()
        self._tick()
        return released

    def _signed_at(self, stage: Stage) -> datetime | None:
        """Sign when the calendar says, but not so late that the next stage opens without it."""
        calendar = self._playbook.calendar
        following = [
            dates.opens
            for later in STAGES[STAGES.index(stage) + 1 :]
            if (dates := calendar.of(later)) is not None
        ]
        dates = calendar.of(stage)
        if dates is None or not following:
            return super()._signed_at(stage)
        return min(dates.approval, max(following[0], dates.closes))

    # --- The people's part -----------------------------------------------------------------------

    def _return_once(self, name: Stage) -> None:
        """Let an approver send a stage back, and the coordinator ask again the next hour."""
        stage = self._app.read(self._code, campaigns.get_stage, name)
        able = [one.id for one in self._app.read(self._code, approvers, name)]
        launcher = self._app.read(self._code, lambda tx: tx.campaign.launched_by) or ""
        signer = next((one for one in able if one != launcher), None)
        if stage.state != StageState.AWAITING_APPROVAL or signer is None:
            return
        asked, signed = stage.approval_requested_at or stage.due_at, self._signed_at(name)
        until = self._playbook.instant(signed) if signed else stage.approval_due_at
        self._reach(asked + max(until - asked, timedelta()) / 2)
        command_id = keys.command_id("rehearsal", "return", self._code, name)
        back = ReturnStage(command_id=command_id, stage=name, person_id=signer, reason=_REASON)
        self._act(signer, back)
        self._tick()
        again = AskApprovalAgain(
            command_id=keys.command_id(command_id, "again"), stage=name, person_id=launcher
        )
        self._act(launcher, again)
        self._tick()

    def nominate(self) -> int:
        """Let units submit: some early, most in the last days, one against each rule."""
        samples = list(self._samples())
        dates = self._playbook.calendar.nomination
        opens, closes = map(self._playbook.instant, (dates.opens, dates.closes))
        calendar = working_days(self._playbook, [opens, closes])
        times = _arrivals(opens, closes, len(samples), calendar)
        arrivals = list(zip(times, samples, strict=True))
        sent: list[tuple[datetime, NominationRow]] = [(at, one.row) for at, one in arrivals]
        sent += [
            (
                min(at + _MENDED_AFTER, closes - _MINUTES),
                synthetic.mended(one, self._playbook, self._seed),
            )
            for at, one in arrivals
            if one.is_mended
        ]
        is_extended = False
        for at, row in sorted(sent, key=lambda pair: (pair[0], pair[1].code)):
            if not is_extended and at >= closes - _LAST_DAYS:
                self._reach(max(closes - _LAST_DAYS, opens))
                self._extend(closes)
                is_extended = True
            self._reach(at)
            self._replay("nominations", [row])
            self._tick()
        self._reach(closes)
        self._reach(self._app.read(self._code, checking.closes_at))
        return len(samples)

    def _extend(self, closes: datetime) -> None:
        """Give one unit another working day, where the approval of the stage leaves room for it."""
        day = working_days(self._playbook, [closes]).add_working_days(closes.date(), 1)
        until = datetime.combine(day, closes.timetz())
        units = [unit for unit, _kind in self._app.read(self._code, nominating_units)]
        due = self._playbook.instant(self._playbook.calendar.nomination.approval)
        launcher = self._app.read(self._code, lambda tx: tx.campaign.launched_by) or ""
        command = ExtendDeadline(
            command_id=keys.command_id("rehearsal", "extend", self._code),
            stage=Stage.NOMINATION,
            unit_id=units[-1],
            until=until,
            reason=_MORE_TIME,
            person_id=launcher,
        )
        if until < due:
            self._act(launcher, command)
            self._tick()

    def _samples(self) -> Iterator[Sample]:
        units = self._app.read(self._code, nominating_units)
        return synthetic.nominations(self._playbook, units, self._size, self._seed)

    def review(self) -> int:
        """Let reviewers hand in their scores an hour before the appraisal ends."""
        dates, rubric = self._playbook.calendar.appraisal, self._playbook.rubric
        if dates is None or rubric is None:
            return 0
        self._reach(dates.closes - timedelta(hours=1))
        draw = Random(self._seed)  # noqa: S311 - a rehearsal must come to the same again
        panel = self._app.read(self._code, lambda tx: Directory(tx).holding(Role.REVIEWER))
        rows: list[ScoreRow] = []
        turns = count()
        records = self._records(NominationState.ELIGIBLE)
        free = self._app.read(self._code, free_reviewers, panel, records)
        wanted = rubric.reviews_per_nomination
        if short := {one.code: len(free[one.id]) for one in records if len(free[one.id]) < wanted}:
            raise ReviewersTooFew(short, wanted)
        for record in records:
            fit = free[record.id]
            for _ in range(min(rubric.reviews_per_nomination, len(fit))):
                who = fit[next(turns) % len(fit)]
                for line in rubric.criteria:
                    steps = int(line.maximum / rubric.step)
                    points = rubric.step * draw.randint(steps * 3 // 4, steps)
                    rows.append(
                        ScoreRow(0, who, record.code, line.code, int(points * Decimal(100)))
                    )
        self._replay("scores", rows)
        self._reach(dates.closes)
        return len(rows)

    def _votes(self) -> list[VoteRow]:
        """Let every member vote in person; one nomination in some does not pass."""
        members = self._app.read(self._code, lambda tx: Directory(tx).holding(Role.COUNCIL))
        sittings = [one.number for one in self._app.read(self._code, council.sessions)]
        rows = []
        for place, record in enumerate(self._records(NominationState.SHORTLISTED), start=1):
            said = Vote.NO if place % _ONE_IN == 0 else Vote.YES
            session = sittings[place % len(sittings)]
            rows += [
                VoteRow(0, record.code, session, member.id, Attendance.PRESENT, said)
                for member in members
            ]
        return rows

    def _adoptions(self) -> list[AdoptionRow]:
        """Let a few units replicate: half of them report step by step, the others stay silent."""
        opens = self._playbook.calendar.replication.opens.date()
        units = [unit for unit, _kind in self._app.read(self._code, pledging_units)]
        models = self._records(NominationState.RECOGNISED)[:_ADOPTIONS]
        return [
            _adoption(place, record.code, units[place % len(units)], opens)
            for place, record in enumerate(models)
            if units
        ]

    def _records(self, state: NominationState) -> list[NominationRecord]:
        found = self._app.read(self._code, lambda tx: nominations.find(tx, states=[state]))
        return sorted(found, key=lambda record: record.code)


def free_reviewers(
    tx: Transaction, panel: Sequence[PersonRecord], records: Sequence[NominationRecord]
) -> dict[int, list[str]]:
    """Return the ids of those who may review each nomination."""
    conflicts = Conflicts(tx, records, Directory(tx))
    return {one.id: [person.id for person in conflicts.free(panel, one)] for one in records}


def nominating_units(tx: Transaction) -> list[tuple[str, str]]:
    """Return (unit, kind) of those that nominate: with a nominator, or else all with a place."""
    directory = Directory(tx)
    able = {unit.id: unit.kind for unit in reach.nominating_units(tx, directory)}
    named = sorted({one.unit_id for one in directory.holding(Role.NOMINATOR)} & able.keys())
    return [(unit, able[unit]) for unit in named or sorted(able)]


def pledging_units(tx: Transaction) -> list[tuple[str, str]]:
    """Return (unit, kind) of those that are asked to replicate."""
    kinds = tx.playbook.messages.pledge_to_kinds
    units = Directory(tx).active_units.values()
    return sorted((unit.id, unit.kind) for unit in units if not kinds or unit.kind in kinds)


def _arrivals(
    opens: datetime, closes: datetime, size: int, calendar: WorkingCalendar
) -> Iterator[datetime]:
    """Spread arrivals over the stage: evenly at first, crowded in the last days."""
    rush = max(closes - _LAST_DAYS, opens)
    early = round(size * (1 - _RUSH))
    for number in range(size):
        first, last, place, of = (
            (opens, rush, number + 1, early + 1)
            if number < early
            else (rush, closes, number - early + 1, size - early + 1)
        )
        at = (first + (last - first) * place / of).replace(second=0, microsecond=0)
        worked = _at_work(at, calendar)
        yield worked if opens < worked < closes else at


def _at_work(at: datetime, calendar: WorkingCalendar) -> datetime:
    """Return the same time, or one nearby in office hours of a working day."""
    day = calendar.add_working_days(at.date(), 0)
    hour = min(max(at.hour, _OFFICE[0]), _OFFICE[1])
    return at.replace(year=day.year, month=day.month, day=day.day, hour=hour)


def _adoption(place: int, model: str, unit: str, opens: date) -> AdoptionRow:
    committed = opens + timedelta(days=2 + place)
    reports = place % 2 == 0
    return AdoptionRow(
        row=place + 2,
        id=f"MAU-{place + 1:02d}",
        model_code=model,
        adopting_unit_id=unit,
        state="sustained" if reports else "committed",
        committed_on=committed,
        started_on=committed + timedelta(days=30) if reports else None,
        evidenced_on=committed + timedelta(days=150) if reports else None,
        sustained_on=committed + timedelta(days=330) if reports else None,
        note="Lượt nhân rộng mẫu dùng để diễn tập.",
    )
