"""`/api/v1/units`, `/people` and imports of workbooks: read whole, reported whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, UploadFile
from pydantic import BaseModel

from campaigns import intake
from campaigns.intake import Request as Wanted
from campaigns.store import people, units
from portal.api import API
from portal.api.caller import LOOK, Caller, CampaignCode, Coordinator, Reader
from portal.api.pages import Cursor, Limit, Page, after, page
from schemas.imports import ImportReport
from schemas.playbook_values import Label
from schemas.vocabulary import Role

router = APIRouter(prefix=API, tags=["registers and imports"])
_IMPORT: Final = Label(en="import files", vi="nhập tệp")
_SUFFIXES: Final = (".xlsx", ".xlsm", ".csv")
_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
DryRun = Annotated[bool, Query(description="Report only; store nothing.")]
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
def list_units(caller: Reader, limit: Limit = 100, cursor: Cursor = None) -> Page[UnitView]:
    """List units by id, a page at a time; for coordinators and nominators."""
    caller.ensure(None, LOOK, Role.COORDINATOR, Role.NOMINATOR)
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
def list_people(caller: Coordinator, limit: Limit = 100, cursor: Cursor = None) -> Page[PersonView]:
    """List people by id, a page at a time; for coordinators."""
    caller.ensure(None, LOOK, Role.COORDINATOR)
    start = after(cursor) or ""
    found = caller.read(None, people.everyone)
    rows = [found[key] for key in sorted(found) if key > start][: limit + 1]
    return page(
        rows,
        limit,
        lambda one: one.id,
        lambda one: PersonView(id=one.id, full_name=one.full_name, unit_id=one.unit_id),
    )


@router.post("/units/import", summary="Import units from a workbook")
def import_units(
    caller: Coordinator,
    file: UploadFile,
    dry_run: DryRun = False,
    accept_valid: AcceptValid = False,
) -> Imported:
    """Read .xlsx or .csv, report every problem, store all or nothing; a coordinator's act."""
    caller.ensure(None, _IMPORT, Role.COORDINATOR)
    return _taken(caller, file, dry_run, accept_valid, intake.import_units)


@router.post("/people/import", summary="Import people from a workbook")
def import_people(
    caller: Coordinator,
    file: UploadFile,
    appointed_from: date | None = None,
    dry_run: DryRun = False,
    accept_valid: AcceptValid = False,
) -> Imported:
    """Read people with their roles, in force from a date on (today); a coordinator's act."""
    caller.ensure(None, _IMPORT, Role.COORDINATOR)
    today = caller.read(None, lambda tx: tx.wall).astimezone(_ZONE).date()
    since = appointed_from or today
    return _taken(
        caller,
        file,
        dry_run,
        accept_valid,
        lambda app, wanted: intake.import_people(app, wanted, since),
    )


@router.post("/campaigns/{code}/import/{kind}", summary="Import a workbook into a campaign")
def import_into(
    caller: Coordinator,
    code: CampaignCode,
    kind: Literal["nominations", "scores", "votes", "adoptions"],
    file: UploadFile,
    dry_run: DryRun = False,
    accept_valid: AcceptValid = False,
) -> Imported:
    """Take a record in, as `thidua import` does, with the full report; a coordinator's act."""
    caller.ensure(code, _IMPORT, Role.COORDINATOR)
    carry_out = {
        "nominations": intake.import_nominations,
        "scores": intake.import_scores,
        "votes": intake.import_votes,
        "adoptions": intake.import_adoptions,
    }[kind]
    return _taken(
        caller, file, dry_run, accept_valid, lambda app, wanted: carry_out(app, code, wanted)
    )


def _taken(
    caller: Caller,
    file: UploadFile,
    dry_run: bool,  # noqa: FBT001 - the two flags of the query
    accept_valid: bool,  # noqa: FBT001 - as above
    carry_out: Callable[..., ImportReport],
) -> Imported:
    """Carry out an import from a copy of the file; the name it was sent with is not trusted."""
    suffix = Path(file.filename or "").suffix.lower()
    with tempfile.TemporaryDirectory(prefix="thidua-import-") as folder:
        path = Path(folder) / f"import{suffix if suffix in _SUFFIXES else '.xlsx'}"
        with path.open("wb") as target:
            shutil.copyfileobj(file.file, target)
        wanted = Wanted(
            path=path,
            actor=caller.person_id,
            language=caller.language,
            dry_run=dry_run,
            accept_valid=accept_valid,
        )
        report = carry_out(caller.app, wanted)
    return Imported(**report.model_dump(), errors=report.has_errors)
