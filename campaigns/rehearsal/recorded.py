"""What if all acts of a campaign are at hand? A rehearsal gives them to the engine on their dates.

A folder holds the recorded acts: nominations, scores, votes, adoptions, and the units and people
that acted. The campaign gets a clock of its own; the engine is the same as in a real campaign.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from campaigns import intake
from campaigns.bootstrap import App
from campaigns.intake import Request, digest_of
from campaigns.rehearsal import clock
from campaigns.rules import keys
from campaigns.rules.calendar import add_months
from campaigns.rules.importing.errors import RowsRefused
from campaigns.rules.importing.table import TableReader
from campaigns.services.approvals import verdicts
from campaigns.services.approvals.signers import Chain
from campaigns.services.launch import launch
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.registers.directory import Directory
from campaigns.services.registers.imports import Kind, report_of
from campaigns.services.replication import adoptions
from campaigns.store import campaigns
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from documents.reading.workbook import open_workbook
from documents.writing.corrections import write_corrections
from language import _
from schemas.commands.approvals import ApproveStage
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.commands.mail import ReleaseMessages
from schemas.imports import AdoptionRow, FileUnreadable, ImportReport, NominationRow, VoteRow
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Role, Stage, StageState

Row = TypeVar("Row")
DEFAULT_PLAYBOOK: Final = "dan-van-kheo"
RECORDED: Final = "system:recorded-acts"
"""The actor of acts whose record names no single person, such as an imported table."""
_END_OF_WORK: Final = time(17)


@dataclass(frozen=True)
class Folder:
    """A folder of recorded acts; finds its files by what their names begin with."""

    path: Path

    def find(self, stem: str, *, required: bool = False) -> Path | None:
        """Return the file of one kind: a workbook before a CSV file, the shortest name first.

        Units and people may lie one folder up, where two campaigns share them.

        Raises:
            FileUnreadable: A required file is missing.
        """
        for folder in (self.path, self.path.parent):
            found = [
                path
                for path in folder.glob(f"{stem}*")
                if path.suffix in {".xlsx", ".csv"} and "dirty" not in path.stem
            ]
            if found:
                return min(found, key=lambda path: (path.suffix != ".xlsx", len(path.name)))
            if stem not in {"units", "people", "past_models"}:
                break
        if required:
            raise FileUnreadable(
                _(
                    "{folder} holds no {stem}*.xlsx or {stem}*.csv; a rehearsal needs one.",
                    folder=self.path,
                    stem=stem,
                )
            )
        return None

    def need(self, stem: str) -> Path:
        """Return the file of one kind, which must be there."""
        found = self.find(stem, required=True)
        if found is None:  # pragma: no cover - `find` raises
            raise FileNotFoundError(stem)
        return found

    @cached_property
    def playbook_name(self) -> str:
        """The playbook the folder asks for in its `rehearsal.yaml`, or the usual one."""
        manifest = self.path / "rehearsal.yaml"
        if not manifest.exists():
            return DEFAULT_PLAYBOOK
        content = YAML(typ="safe", pure=True).load(manifest.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("playbook"), str):
            raise FileUnreadable(_("{file} must say `playbook: NAME`.", file=manifest))
        return str(content["playbook"])

    def digest(self) -> str:
        """Return one sha256 of all files a rehearsal reads: other facts are another rehearsal."""
        stems = ("units", "people", "past_models", "nominations", "scores", "votes", "adoptions")
        files = [path for stem in stems if (path := self.find(stem))]
        text = "\n".join(f"{path.name} {digest_of(path)}" for path in files)
        return hashlib.sha256(text.encode()).hexdigest()


def prepare(app: App, folder: Folder, playbook: Playbook) -> str:
    """Bring a rehearsal to its launch: registers imported, campaign created and launched.

    Returns the campaign's code. Every step is done once; a repeat changes nothing.

    Raises:
        FileUnreadable: Units, people or nominations are missing.
        RowsRefused: A register has errors.
        LaunchNotAllowed, CampaignExists: See `services.launch`.
    """
    start = playbook.instant(playbook.calendar.launch.opens)
    folder.need("nominations")
    units, people = folder.need("units"), folder.need("people")
    _ensure_taken(app, units, intake.import_units(app, _request(app, units)))
    _ensure_taken(app, people, intake.import_people(app, _request(app, people), start.date()))
    if (past := folder.find("past_models")) is not None:
        _ensure_taken(app, past, intake.import_past_models(app, _request(app, past)))
    command = CreateCampaign(
        command_id=f"rehearsal:create:{playbook.code}",
        code=playbook.code,
        rehearsal_starts_at=start,
    )
    app.act_as(RECORDED, None, launch.create, command, playbook)
    app.act(playbook.code, clock.resume)
    coordinator = _first(app, playbook.code, Role.COORDINATOR)
    if coordinator is not None:
        start_it = LaunchCampaign(
            command_id=keys.launch_command(playbook.code), person_id=coordinator
        )
        app.act_as(coordinator, playbook.code, launch.launch, start_it)
    return playbook.code


def _first(app: App, campaign_code: str, role: Role) -> str | None:
    """Return the first holder of a role: who acts where the record names nobody."""
    holders = app.read(campaign_code, lambda tx: Directory(tx).holding(role))
    return holders[0].id if holders else None


def corrections_of(app: App, path: Path) -> Path:
    """Say where the rows of a recorded table go that are to be corrected."""
    return app.settings.documents / f"{path.stem}-corrections.xlsx"


def _request(app: App, path: Path) -> Request:
    return Request(
        path,
        RECORDED,
        accept_valid=app.settings.accept_valid,
        corrections=corrections_of(app, path),
    )


def _ensure_taken(app: App, path: Path, report: ImportReport) -> None:
    if report.has_errors and not app.settings.accept_valid:
        raise RowsRefused(path.name, report)


class RecordedActs:
    """The recorded acts of one campaign, each given to the engine on its date, once."""

    def __init__(self, app: App, campaign_code: str, folder: Path) -> None:
        self._app = app
        self._code = campaign_code
        self._folder = Folder(folder)
        self._playbook = app.read(campaign_code, lambda tx: tx.playbook)

    def _reach(self, local: datetime) -> None:
        moment = local if local.tzinfo else self._playbook.instant(local)
        self._app.act(self._code, clock.advance_clock, moment)

    def _read(self, kind: Kind, path: Path, reader: TableReader[Row]) -> list[Row]:
        """Read one table whole.

        Raises:
            RowsRefused: It has errors, and they are not to be left out.
        """
        with open_workbook(path) as book:
            rows = list(reader.read(book.sheets))
            out = reader.kept_out_rows
            if self._app.settings.accept_valid:
                write_corrections(corrections_of(self._app, path), book.sheets, reader)
                return [row for row in rows if getattr(row, "row", None) not in out]
        if out or any(one.level == "error" for one in reader.problems):
            raise RowsRefused(path.name, report_of(kind, reader, len(rows)))
        return rows

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
                command_id=f"rehearsal:approve:{self._code}:{stage}:{now.round}:{person}",
                stage=stage,
                person_id=person,
            )
            self._app.act_as(person, self._code, verdicts.approve, command)
            signed += 1
        return signed

    def _signed_at(self, stage: Stage) -> datetime | None:
        """Return when the approvers of a stage sign, in local time."""
        dates = self._playbook.calendar.of(stage)
        return dates.approval if dates else None

    def nominate(self) -> int:
        """Let units submit, day by day; what is incomplete goes back on the day it came."""
        path = self._folder.need("nominations")
        reader = intake.nomination_reader(self._app, self._code, "vi")
        days: dict[date, list[NominationRow]] = defaultdict(list)
        opens = self._playbook.instant(self._playbook.calendar.nomination.opens)
        for row in self._read("nominations", path, reader):
            days[self._local(row.submitted_at or opens).date()].append(row)
        for day in sorted(days):
            rows = sorted(days[day], key=lambda row: (row.submitted_at or opens, row.code))
            self._reach(max([opens, *(row.submitted_at or opens for row in rows)]))
            self._app.act_as(RECORDED, self._code, checking.receive, rows, recorded=True)
            codes = [row.code for row in rows]
            self._app.act(self._code, _return_incomplete, codes)
        self._reach(self._playbook.calendar.nomination.closes)
        self._reach(self._after_grace())
        return sum(map(len, days.values()))

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self._playbook.timezone))

    def _after_grace(self) -> datetime:
        closes = self._playbook.instant(self._playbook.calendar.nomination.closes)
        return closes + timedelta(minutes=self._playbook.late.grace_minutes)

    def review(self) -> int:
        """Let reviewers hand in all their scores on the last day of the appraisal."""
        dates, path = self._playbook.calendar.appraisal, self._folder.find("scores")
        if dates is None or path is None:
            return 0
        self._reach(dates.closes)
        report = intake.import_scores(self._app, self._code, _request(self._app, path))
        _ensure_taken(self._app, path, report)
        return report.stored

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
            voted += self._app.act_as(
                RECORDED, self._code, council.record_votes, sittings[number]
            ).changed
        self._reach(self._playbook.calendar.recognition.closes)
        return voted

    def _votes(self) -> list[VoteRow]:
        path = self._folder.find("votes")
        if path is None:
            return []
        reader = intake.vote_reader(self._app, self._code, "vi")
        return self._read("votes", path, reader)

    def release(self) -> int:
        """Let the coordinator release the held results on the calendar's date."""
        coordinator = _first(self._app, self._code, Role.COORDINATOR)
        signed = self._app.read(self._code, campaigns.get_stage, Stage.RECOGNITION)
        if coordinator is None or signed.state != StageState.APPROVED:
            return 0
        self._reach(self._playbook.calendar.results_released)
        command = ReleaseMessages(
            command_id=f"rehearsal:release:{self._code}", person_id=coordinator
        )
        return self._app.act_as(coordinator, self._code, delivery.release, command).changed

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
                self._app.act_as(RECORDED, self._code, adoptions.record_adoptions, steps[day])
            self._app.act(self._code, adoptions.sweep_follow_ups)
        self._reach(dates.closes)
        return len(rows)

    def _adoptions(self) -> list[AdoptionRow]:
        path = self._folder.find("adoptions")
        if path is None:
            return []
        reader = intake.adoption_reader(self._app, self._code, "vi")
        return self._read("adoptions", path, reader)


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


def _return_incomplete(tx: Transaction, codes: Sequence[str]) -> Done:
    ids = [record.id for record in nominations.by_code(tx, codes).values()]
    return checking.return_incomplete(tx, ids)
