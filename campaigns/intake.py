"""How does a file get in? Opened, read by the right reader, reported, stored: one door for all.

The command line, a rehearsal and the portal import through these functions.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final, TypeVar
from uuid import uuid4

from campaigns import acts, registers
from campaigns.bootstrap import App
from campaigns.rules import keys
from campaigns.rules.importing.adoptions import AdoptionReader
from campaigns.rules.importing.ballots import ScoreReader, VoteReader
from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.nominations import NominationReader
from campaigns.rules.importing.places import RanksOf
from campaigns.rules.importing.registers import PastModelReader, PersonReader, UnitReader
from campaigns.rules.importing.table import TableReader
from campaigns.rules.importing.unit_nominations import UnitNominationReader
from campaigns.services.appraisal import reviews
from campaigns.services.nomination import checking, reach, workbook
from campaigns.services.nomination.workbook import Sender
from campaigns.services.recognition import council as recognition
from campaigns.services.registers import enrolment, imports, table_lists
from campaigns.services.registers.directory import Directory
from campaigns.services.registers.imports import BATCH, Import, Kind, Spool
from campaigns.services.replication import adoptions as replication
from campaigns.store import replication as adoptions
from campaigns.store.nomination import known_codes, nominations, quotas
from campaigns.store.recognition import council
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from documents.reading.workbook import USUAL, Limits, open_workbook
from documents.writing.corrections import write_corrections
from language import Language
from schemas.actors import Actor
from schemas.answers import TableTaken, WorkbookTaken
from schemas.commands.appraisal import CorrectReviews
from schemas.commands.nomination import ImportTable
from schemas.commands.recognition import CorrectVotes
from schemas.imports import ImportReport, NominationRow, Problem
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.registers import RegisterChange
from schemas.vocabulary import Role, label

Row = TypeVar("Row")
_FROM_UNITS: Final = Limits(unpacked=32 << 20, rows=2_050, columns=256, merges=10_000, text=False)
"""The empty workbook is made for 2,000 rows; some may stand above and below."""


@dataclass(frozen=True)
class Request:
    """What somebody wants imported, and how."""

    path: Path
    who: Actor
    language: Language = "vi"
    dry_run: bool = False
    accept_valid: bool = False
    """Store the good rows although others have errors."""
    correct: str = ""
    """Why stored reviews or votes are replaced by those of the file; empty: none is."""
    corrections: Path | None = None
    """Where the rows kept out go, as a workbook to correct, when the good ones are stored."""
    limits: Limits = USUAL
    """How much is read of the file."""


def digest_of(path: Path) -> str:
    """Return the sha256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def import_units(app: App, request: Request) -> ImportReport:
    """Import units with dated names, codes and parents."""
    reader = UnitReader(request.language, app.read(None, imports.unit_lookup))
    told: list[RegisterChange] = []
    keep = partial(enrolment.keep_units, told=told)
    return _told(_register(app, request, "units", reader, keep), told)


def import_people(app: App, request: Request, appointed_from: date) -> ImportReport:
    """Import people, appointed to their roles from a date on."""
    known = app.read(None, people.everyone)
    reader = PersonReader(app.read(None, imports.unit_lookup), request.language, known)
    told: list[RegisterChange] = []
    keep = partial(enrolment.keep_people, valid_from=appointed_from, told=told)
    report = _told(_register(app, request, "people", reader, keep), told)
    if told:
        registers.tell(app)
    return report


def _told(report: ImportReport, told: Sequence[RegisterChange]) -> ImportReport:
    return report.model_copy(update={"changes": tuple(told)})


def import_past_models(app: App, request: Request) -> ImportReport:
    """Import models that were recognised in earlier years."""
    reader = PastModelReader(app.read(None, imports.unit_lookup), request.language)
    return _register(app, request, "past-models", reader, imports.keep_past_models)


def import_nominations(app: App, campaign_code: str, request: Request) -> ImportReport:
    """Import nominations as a record: each with the time at which it was submitted."""
    keep = partial(checking.receive, recorded=True)
    reader = nomination_reader(app, campaign_code, request.language)
    return _campaign(app, campaign_code, request, "nominations", reader, keep, BATCH)


def nomination_reader(app: App, campaign_code: str, language: Language) -> NominationReader:
    """Return a reader for the workbooks of a campaign's form."""
    codes = app.read(campaign_code, known_codes.of)
    ranks = app.read(campaign_code, _ranks)
    rule = app.read(campaign_code, reach.of)
    return NominationReader(*_form(app, campaign_code), language, codes, ranks, rule)


def form_reader(tx: Transaction, language: Language) -> NominationReader:
    """Return a reader for a few forms; it reads what they name while the transaction is open."""
    return NominationReader(
        tx.playbook,
        imports.UnitsAsked(tx),
        language,
        known_codes.of(tx),
        lambda unit_id: [(one.code, one.rank) for one in quotas.ranks(tx, [unit_id])],
        reach.of(tx),
    )


def _ranks(tx: Transaction) -> RanksOf:
    """Return the ranks that stand now, by unit."""
    by_unit: dict[str, list[tuple[str, int | None]]] = defaultdict(list)
    for one in quotas.ranks(tx):
        by_unit[one.unit_id].append((one.code, one.rank))
    return lambda unit_id: by_unit.get(unit_id, [])


def _form(app: App, campaign_code: str) -> tuple[Playbook, dict[str, UnitInfo]]:
    """Return whose form is filled in, and the units that may stand in it."""
    playbook = app.read(campaign_code, lambda tx: tx.playbook)
    return playbook, app.read(None, imports.unit_lookup)


class UnitWorkbook:
    """What a unit's own workbook says: read whole, nothing stored yet."""

    def __init__(
        self, reader: UnitNominationReader, rows: Sequence[NominationRow], sender: Sender
    ) -> None:
        self._reader, self._rows, self._sender = reader, rows, sender

    @property
    def warnings(self) -> list[Problem]:
        """What was understood otherwise than written."""
        return self._reader.warnings()

    def receive(self, tx: Transaction) -> WorkbookTaken:
        """Store all of it as sent now, or nothing; every mistake is told at once.

        Raises:
            WorkbookRefused: Mistakes; all are counted, and the first ones named.
            NominationClosed: The stage does not receive now, or it is too late.
        """
        out = self._reader.kept_out_rows
        good = [row for row in self._rows if row.row not in out]
        there = workbook.standings(tx, good, self._sender)
        self._reader.refuse(workbook.refusals(good, there, self._sender))
        self._reader.ensure_sound()
        taken = workbook.receive(tx, good, there)
        changed, known = len(taken.new) + len(taken.corrected), len(taken.unchanged)
        return WorkbookTaken.model_validate({"changed": changed, "known": known, **taken._asdict()})


def read_unit_workbook(app: App, campaign_code: str, path: Path, sender: Sender) -> UnitWorkbook:
    """Read the workbook that a unit sends itself.

    Raises:
        FileUnreadable: It is no .xlsx, or more than anybody of a unit may send.
    """
    known = app.read(campaign_code, known_codes.of)
    form = _form(app, campaign_code)
    ranks = app.read(campaign_code, _ranks)
    rule = app.read(campaign_code, reach.of)
    reader = UnitNominationReader(*form, sender.language, known, sender.unit_id, ranks, rule)
    with open_workbook(path, sender.language, _FROM_UNITS) as book:
        return UnitWorkbook(reader, list(reader.read(book.sheets)), sender)


def import_scores(app: App, campaign_code: str, request: Request) -> ImportReport:
    """Import reviews: every reviewer's scores on nominations."""
    reader = review_reader(app, campaign_code, request.language, judged_only=True)
    keep = reviews.record_reviews
    return _campaign(app, campaign_code, request, "scores", reader, keep, None)


def review_reader(
    app: App, campaign_code: str, language: Language, *, judged_only: bool = False
) -> ScoreReader:
    """Return a reader for scores on a campaign's nominations.

    `judged_only`: rows on those that are not eligible are told one by one, so that the others can
    be taken without them. The service refuses them in any case.
    """
    out = table_lists.NOT_JUDGED if judged_only else frozenset[str]()
    states = app.read(campaign_code, nominations.states_by_code)
    return ScoreReader(
        app.read(campaign_code, reviews.rubric_of),
        _holding(app, campaign_code, Role.REVIEWER),
        [code for code, state in states.items() if state not in out],
        language,
        app.read(None, people.everyone),
        {code: label(state, language).lower() for code, state in states.items() if state in out},
    )


def import_votes(app: App, campaign_code: str, request: Request) -> ImportReport:
    """Import the council's votes on the nominations before it."""
    reader = vote_reader(app, campaign_code, request.language)
    keep = recognition.record_votes
    return _campaign(app, campaign_code, request, "votes", reader, keep, None)


def vote_reader(app: App, campaign_code: str, language: Language) -> VoteReader:
    """Return a reader for votes of a campaign's council."""
    before = app.read(campaign_code, lambda tx: nominations.find(tx, states=table_lists.VOTED_ON))
    return VoteReader(
        _holding(app, campaign_code, Role.COUNCIL),
        [record.code for record in before],
        [session.number for session in app.read(campaign_code, council.sessions)],
        language,
        app.read(None, people.everyone),
    )


def import_adoptions(app: App, campaign_code: str, request: Request) -> ImportReport:
    """Import replications of recognised models, as known today."""
    reader = adoption_reader(app, campaign_code, request.language)
    keep = replication.record_adoptions
    return _campaign(app, campaign_code, request, "adoptions", reader, keep, None)


def adoption_reader(app: App, campaign_code: str, language: Language) -> AdoptionReader:
    """Return a reader for replications of a campaign's recognised models."""
    recognised = app.read(
        campaign_code, lambda tx: nominations.find(tx, states=table_lists.ONCE_RECOGNISED)
    )
    codes = {record.id: record.code for record in recognised}
    known = {
        code: codes[row.nomination_id]
        for code, row in app.read(campaign_code, adoptions.by_code).items()
    }
    units = app.read(None, imports.unit_lookup)
    return AdoptionReader(list(codes.values()), units, language, known)


def _holding(app: App, campaign_code: str, role: Role) -> list[str]:
    return app.read(campaign_code, lambda tx: [person.id for person in Directory(tx).holding(role)])


def _register(
    app: App,
    request: Request,
    kind: Kind,
    reader: TableReader[Row],
    keep: Callable[[Transaction, Sequence[Row]], Done],
) -> ImportReport:
    return _carry_out(app, None, request, Import(kind, reader, keep, None))


def _campaign(
    app: App,
    campaign_code: str,
    request: Request,
    kind: Kind,
    reader: TableReader[Row],
    keep: Callable[[Transaction, Sequence[Row]], Done],
    batch: int | None,
) -> ImportReport:
    wanted = Import(kind, reader, keep, batch)
    return _carry_out(app, campaign_code, request, wanted)


def _carry_out(
    app: App, campaign_code: str | None, request: Request, wanted: Import[Row]
) -> ImportReport:
    with (
        open_workbook(request.path, request.language, request.limits) as book,
        Spool[Row]() as spool,
    ):
        report = imports.read(wanted, book.sheets, spool)
        if request.dry_run or (report.has_errors and not request.accept_valid):
            return report
        report = _store(app, campaign_code, request, wanted, report, spool)
        if request.corrections is not None:
            write_corrections(request.corrections, book.sheets, wanted.reader, request.language)
        return report


def _store(
    app: App,
    campaign_code: str | None,
    request: Request,
    wanted: Import[Row],
    report: ImportReport,
    spool: Spool[Row],
) -> ImportReport:
    """Have the door take in what was read; a file that corrects is an act of its own kind."""
    identity = keys.command_id("file", uuid4().hex)
    if request.correct:
        kind = CorrectReviews if wanted.kind == "scores" else CorrectVotes
        command = kind(command_id=identity, reason=request.correct, person_id=request.who.name)
        rows = [row for batch in spool.batches(None) for row in imports.sound(wanted, batch)]
        done = acts.carry_out(app, request.who, campaign_code, command, rows)
        return imports.stored(report, [done])
    table = ImportTable(command_id=identity, kind=wanted.kind)
    taken = acts.carry_out_for(
        TableTaken, app, request.who, campaign_code, table, wanted, report, spool
    )
    return taken.report or report
