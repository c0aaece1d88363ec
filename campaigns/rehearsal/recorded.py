"""What if all acts of a campaign are at hand? A rehearsal gives them to the engine on their dates.

A folder holds the recorded acts: nominations, scores, votes, adoptions, and the units and people
that acted. The campaign gets a clock of its own; the engine is the same as in a real campaign.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

from campaigns import acts, intake
from campaigns.bootstrap import App
from campaigns.intake import Request, digest_of
from campaigns.rehearsal import clock
from campaigns.rehearsal.player import RECORDED, Player, first_holder
from campaigns.rules import keys
from campaigns.rules.importing.errors import RowsRefused
from campaigns.rules.importing.table import TableReader
from campaigns.rules.playbook.reading import playbook_hash
from campaigns.services.nomination import checking
from campaigns.services.registers.imports import Kind, report_of
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from documents.reading.workbook import open_workbook
from documents.writing.corrections import write_corrections
from language import _
from schemas.actors import Actor
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.imports import AdoptionRow, FileUnreadable, ImportReport, NominationRow, VoteRow
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Role

Row = TypeVar("Row")
DEFAULT_PLAYBOOK: Final = "dan-van-kheo"


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
        command_id=keys.command_id("rehearsal", "create", playbook.code, playbook_hash(playbook)),
        code=playbook.code,
        rehearsal_starts_at=start,
    )
    acts.carry_out(app, Actor(RECORDED, "system"), None, command, playbook)
    app.act(playbook.code, clock.resume)
    coordinator = first_holder(app, playbook.code, Role.COORDINATOR)
    if coordinator is not None:
        start_it = LaunchCampaign(
            command_id=keys.launch_command(playbook.code), person_id=coordinator
        )
        acts.carry_out(app, Actor(coordinator, "system"), playbook.code, start_it)
    return playbook.code


def corrections_of(app: App, path: Path) -> Path:
    """Say where the rows of a recorded table go that are to be corrected."""
    return app.settings.documents / f"{path.stem}-corrections.xlsx"


def _request(app: App, path: Path) -> Request:
    return Request(
        path,
        Actor(RECORDED, "system"),
        accept_valid=app.settings.accept_valid,
        corrections=corrections_of(app, path),
    )


def _ensure_taken(app: App, path: Path, report: ImportReport) -> None:
    if report.has_errors and not app.settings.accept_valid:
        raise RowsRefused(path.name, report)


class RecordedActs(Player):
    """The recorded acts of one campaign, each given to the engine on its date, once."""

    def __init__(self, app: App, campaign_code: str, folder: Path) -> None:
        super().__init__(app, campaign_code)
        self._folder = Folder(folder)

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
            self._replay("nominations", rows, recorded=True)
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

    def _votes(self) -> list[VoteRow]:
        path = self._folder.find("votes")
        if path is None:
            return []
        reader = intake.vote_reader(self._app, self._code, "vi")
        return self._read("votes", path, reader)

    def _adoptions(self) -> list[AdoptionRow]:
        path = self._folder.find("adoptions")
        if path is None:
            return []
        reader = intake.adoption_reader(self._app, self._code, "vi")
        return self._read("adoptions", path, reader)


def _return_incomplete(tx: Transaction, codes: Sequence[str]) -> Done:
    ids = [record.id for record in nominations.by_code(tx, codes).values()]
    return checking.return_incomplete(tx, ids)
