"""`/api/v1/units`, `/people` and imports of workbooks: read whole, reported whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from campaigns import intake
from campaigns.bootstrap import App
from campaigns.intake import Request as Wanted
from campaigns.rules.access.permissions import Sight
from campaigns.rules.appraisal.errors import CorrectionNotPossible
from campaigns.rules.engine.capacity import FileMissing
from campaigns.store.registers import people, units
from documents.reading.workbook import Limits
from language import _
from portal.api import API
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.pages import Cursor, Limit, Page, after, page
from portal.web.crowd import Turn
from schemas.bounds import Day
from schemas.commands.nomination import ImportTable
from schemas.imports import ImportReport

router = APIRouter(prefix=API, tags=["registers and imports"])
_MOST_FIELDS: Final = 5
_LIMITS: Final = Limits(unpacked=512 << 20, rows=600_000, columns=1_024, merges=20_000)
"""A file of 50 MB may hold the scores of ten thousand nominations."""
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The file, at most 50 MB, in the field `file` of a form.",
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}
_SUFFIXES: Final = (".xlsx", ".xlsm", ".csv")
_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
DryRun = Annotated[bool, Query(description="Report only; store nothing.")]
Correct = Annotated[
    str,
    Query(
        max_length=4_000,
        description="Scores and votes: why those that are stored are replaced; empty: none is.",
    ),
]
AcceptValid = Annotated[bool, Query(description="Store the good rows although others are not.")]


class UnitView(BaseModel):
    """A unit as it is named now."""

    id: str
    name: str
    kind: str
    parent_id: str | None
    valid_from: date
    valid_to: date | None


class PersonView(BaseModel):
    """A person; their address is not handed out."""

    id: str
    full_name: str
    unit_id: str


class Imported(ImportReport):
    """What an import found and did."""

    errors: bool
    """A row was kept out."""


@router.get("/units", summary="List units")
def list_units(
    caller: Annotated[Caller, looking(Sight.UNITS)], limit: Limit = 100, cursor: Cursor = None
) -> Page[UnitView]:
    """List units by id, a page at a time; for coordinators and nominators."""
    caller.ensure_may(None)
    start = after(cursor) or ""
    found = caller.read(None, units.latest)
    rows = [found[key] for key in sorted(found) if key > start][: limit + 1]
    return page(
        rows,
        limit,
        lambda one: one.id,
        lambda one: UnitView(
            id=one.id,
            name=one.name,
            kind=one.kind,
            parent_id=one.parent_id,
            valid_from=one.valid_from,
            valid_to=one.valid_to,
        ),
    )


@router.get("/people", summary="List people")
def list_people(
    caller: Annotated[Caller, looking(Sight.PEOPLE)], limit: Limit = 100, cursor: Cursor = None
) -> Page[PersonView]:
    """List people by id, a page at a time; for coordinators."""
    caller.ensure_may(None)
    start = after(cursor) or ""
    found = caller.read(None, people.everyone)
    rows = [found[key] for key in sorted(found) if key > start][: limit + 1]
    return page(
        rows,
        limit,
        lambda one: one.id,
        lambda one: PersonView(id=one.id, full_name=one.full_name, unit_id=one.unit_id),
    )


class Importing(NamedTuple):
    """Who sends a file, and what is to be done with it."""

    caller: Caller
    request: Request
    dry_run: bool
    accept_valid: bool


def _importing(
    caller: Annotated[Caller, acting(ImportTable)],
    request: Request,
    dry_run: DryRun = False,
    accept_valid: AcceptValid = False,
) -> Importing:
    return Importing(caller, request, dry_run, accept_valid)


Import = Annotated[Importing, Depends(_importing)]


@router.post("/units/import", summary="Import units from a workbook", openapi_extra=_BODY)
async def import_units(importing: Import) -> Imported:
    """Read .xlsx or .csv, report every problem, store all or nothing; a coordinator's act."""
    return await _taken(importing, None, intake.import_units)


@router.post(
    "/past-models/import", summary="Import past models from a workbook", openapi_extra=_BODY
)
async def import_past_models(importing: Import) -> Imported:
    """Read models that were recognised in earlier years; a coordinator's act."""
    return await _taken(importing, None, intake.import_past_models)


@router.post("/people/import", summary="Import people from a workbook", openapi_extra=_BODY)
async def import_people(importing: Import, appointed_from: Day | None = None) -> Imported:
    """Read people with their roles, in force from a date on (today); a coordinator's act."""

    def carry_out(app: App, wanted: Wanted) -> ImportReport:
        today = app.read(None, lambda tx: tx.wall).astimezone(_ZONE).date()
        return intake.import_people(app, wanted, appointed_from or today)

    return await _taken(importing, None, carry_out)


@router.post(
    "/campaigns/{code}/import/{kind}",
    summary="Import a workbook into a campaign",
    openapi_extra=_BODY,
)
async def import_into(
    importing: Import,
    code: CampaignCode,
    kind: Literal["nominations", "scores", "votes", "adoptions"],
    correct: Correct = "",
) -> Imported:
    """Take a record in, as `thidua import` does, with the full report; a coordinator's act."""
    if correct and kind not in {"scores", "votes"}:
        raise CorrectionNotPossible(
            _("{kind} are not corrected so; leave `correct` out.", kind=kind)
        )
    carry_out = {
        "nominations": intake.import_nominations,
        "scores": intake.import_scores,
        "votes": intake.import_votes,
        "adoptions": intake.import_adoptions,
    }[kind]
    return await _taken(
        importing, code, lambda app, wanted: carry_out(app, code, replace(wanted, correct=correct))
    )


async def _taken(
    importing: Importing, code: str | None, carry_out: Callable[[App, Wanted], ImportReport]
) -> Imported:
    """Carry out an import, one at a time; who may not import has sent the file in vain to nobody.

    Raises:
        PersonNotAppointed: The sender is no coordinator; nothing was read.
        ImportUnderWay: Another file is taken in.
    """
    caller, request = importing.caller, importing.request
    await run_in_threadpool(caller.ensure_may, code)
    turn: Turn = request.app.state.imports
    turn.ensure_free()
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise FileMissing
        async with turn.take():
            return await run_in_threadpool(_carried_out, importing, file, carry_out)


def _carried_out(
    importing: Importing, file: UploadFile, carry_out: Callable[[App, Wanted], ImportReport]
) -> Imported:
    """Carry out an import from a copy of the file; the name it was sent with is not trusted."""
    caller = importing.caller
    suffix = Path(file.filename or "").suffix.lower()
    with tempfile.TemporaryDirectory(prefix="thidua-import-") as folder:
        path = Path(folder) / f"import{suffix if suffix in _SUFFIXES else '.xlsx'}"
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        wanted = Wanted(
            path=path,
            who=caller.actor,
            language=caller.language,
            dry_run=importing.dry_run,
            accept_valid=importing.accept_valid,
            limits=_LIMITS,
        )
        report = carry_out(caller.app, wanted)
    return Imported(**report.model_dump(), errors=report.has_errors)
