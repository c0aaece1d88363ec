"""`/nominations/workbook` of a campaign: a unit sends its nominations as it has them, in Excel.

The file is the body itself: it is refused by who sends it, its type and its size before or while it
comes, and no part of it is kept in memory.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import IO, Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field
from starlette.requests import ClientDisconnect

from campaigns import intake
from campaigns.rules.access.errors import WorkbookTooLarge, WorkbookTypeWrong
from campaigns.services.nomination.workbook import Sender
from portal.api import API
from portal.api.acts import Act, IdempotencyKey, ask
from portal.api.caller import Caller, CampaignCode, acting
from portal.web.crowd import Turn
from schemas.answers import WorkbookTaken
from schemas.commands.nomination import SendWorkbook
from schemas.imports import Problem
from schemas.vocabulary import Role

router = APIRouter(prefix=API + "/campaigns/{code}/nominations", tags=["nominations"])
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST: Final = 5 << 20
"""Bytes: two thousand rows of long texts have less."""
_PATIENCE: Final = 10.0
"""Seconds a unit's workbook waits for those before it: near a deadline many come together."""
_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "The workbook, at most 5 MB; `thidua template nominations` makes an empty "
        "one for the campaign.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}


class Sent(Act):
    """What was sent, as far as one sending differs from another."""

    sha256: str
    revise: bool


class Uploaded(BaseModel):
    """What became of a workbook."""

    rows: int = Field(default=0, description="Rows of nominations in it.")
    changed: int = Field(default=0, description="How many were new or corrected.")
    new: list[str] = Field(default_factory=list, description="Codes.", examples=[["BT-014"]])
    corrected: list[str] = Field(default_factory=list, description="Codes.")
    unchanged: list[str] = Field(
        default_factory=list, description="Codes of those that were received before as they are."
    )
    late: list[str] = Field(
        default_factory=list, description="Codes of those that were received after the deadline."
    )
    repeated: bool = Field(default=False, description="It was carried out before; nothing changed.")
    command_id: str = ""
    warnings: list[Problem] = Field(
        default_factory=list,
        description="What was understood otherwise than written, or not read; at most 200.",
    )


@router.post(
    "/workbook",
    summary="Send the nominations of your unit as a workbook",
    status_code=201,
    openapi_extra=_BODY,
)
async def send_workbook(
    caller: Annotated[Caller, acting(SendWorkbook)],
    code: CampaignCode,
    request: Request,
    revise: Annotated[
        bool, Query(description="Rows whose code was received before are corrections.")
    ] = False,
    key: IdempotencyKey = None,
) -> Uploaded:
    """Send all rows now: they are received together, or not at all. The deadline is kept.

    Every mistake is named by row and column. Rows of another unit are mistakes; a column with the
    time of submission is not read. `Idempotency-Key` lets the same file be sent again safely.
    """
    roles = await run_in_threadpool(caller.read, code, caller.roles)
    unit = None if Role.COORDINATOR in roles else caller.holder.unit_id
    _ensure_taken(request)
    sender = Sender(unit, revise, caller.language)
    turn: Turn = request.app.state.imports
    with tempfile.TemporaryDirectory(prefix="thidua-workbook-") as folder:
        path = Path(folder) / "workbook.xlsx"
        with await run_in_threadpool(path.open, "wb") as target:
            digest = await _received(request, target)
        sent = Sent(sha256=digest, revise=revise)
        async with turn.take(_PATIENCE):
            return await run_in_threadpool(_take, caller, code, path, sender, sent, key)


def _ensure_taken(request: Request) -> None:
    """Refuse what can be refused before its first byte is read."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != XLSX:
        raise WorkbookTypeWrong(XLSX)
    stated = request.headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > LARGEST:
        raise WorkbookTooLarge(LARGEST)


async def _received(request: Request, target: IO[bytes]) -> str:
    """Write the body into a file as it comes, and return its sha256."""
    digest, size = hashlib.sha256(), 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > LARGEST:
                raise WorkbookTooLarge(LARGEST)
            digest.update(chunk)
            await run_in_threadpool(target.write, chunk)
    except ClientDisconnect as gone:
        raise HTTPException(400) from gone
    return digest.hexdigest()


def _take(
    caller: Caller, code: str, path: Path, sender: Sender, sent: Sent, key: str | None
) -> Uploaded:
    book = intake.read_unit_workbook(caller.app, code, path, sender)
    asking = ask(caller, code, sent, key, "nominate workbook")
    command = SendWorkbook(
        command_id=asking.command_id,
        sha256=sent.sha256,
        revise=sent.revise,
        person_id=caller.person_id,
    )
    done = asking.carry_out_for(WorkbookTaken, command, book)
    return Uploaded(
        rows=len(done.new) + len(done.corrected) + len(done.unchanged),
        changed=len(done.new) + len(done.corrected),
        new=list(done.new),
        corrected=list(done.corrected),
        unchanged=list(done.unchanged),
        late=list(done.late),
        repeated=done.repeated,
        command_id=asking.given,
        warnings=book.warnings,
    )
