"""`/nominations` of a campaign: send one by its boxes, correct it, look at what one may see.

A nominator sees what their unit sent, and no result before it is released; a reviewer what is to
be reviewed, the council what is before it, a coordinator all. Nobody sees scores or ballots here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import AfterValidator, BaseModel, Field

from campaigns.intake import form_reader
from campaigns.rules.access.errors import FilterUnknown, ThingNotFound, VersionMissing
from campaigns.rules.access.permissions import Sight as See
from campaigns.services.registers.directory import local
from campaigns.services.sight import Sight
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord
from campaigns.store.registers import units
from campaigns.store.transaction import Transaction
from portal.api import API, SLASH
from portal.api.acts import (
    Act,
    Acted,
    IdempotencyKey,
    IfMatch,
    ask,
    ensure_match,
    etag,
    tag,
)
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.forms import Value, read_rows
from portal.api.pages import Cursor, Limit, Page, after, page
from schemas.commands.nomination import SubmitNomination
from schemas.imports import AnswerValue, NominationRow
from schemas.playbook.form import ItemRole
from schemas.vocabulary import NominationState

router = APIRouter(prefix=API + "/campaigns/{code}/nominations", tags=["nominations"])

NominationCode = Annotated[
    str,
    AfterValidator(lambda code: code.replace(SLASH, "/")),
    Path(
        alias="nomination",
        min_length=1,
        max_length=100,
        description="Its code; a slash in it is sent as `%2F`.",
        examples=["BT-014"],
    ),
]


class NewNomination(Act):
    """A nomination as its form holds it: a value for each box, by the box's id in the playbook."""

    boxes: dict[str, Value] = Field(
        max_length=200,
        examples=[
            {
                "code": "BT-014",
                "name": "Tổ nhân dân tự quản về an ninh trật tự",
                "kind": "model",
                "unit_id": "an-thuy",
                "field": "van-hoa-xa-hoi",
                "rank": 1,
                "start_date": "2022-01-15",
                "registered": True,
            }
        ],
    )


class NominationView(BaseModel):
    """A nomination as the caller may see it."""

    code: str
    state: str
    version: int = Field(description="Of the content; one more with each correction.")
    subject_kind: str
    field: str
    name: str
    unit_id: str
    nominated_by_id: str
    submitted_at: datetime
    late: bool


class NominationWhole(NominationView):
    """A nomination with its boxes."""

    rank: int | None
    answers: dict[str, AnswerValue]


def _shown(record: NominationRecord, sight: Sight) -> NominationView:
    return NominationView(
        code=record.code,
        state=sight.state(record),
        version=record.content_version,
        subject_kind=record.subject_kind,
        field=record.field,
        name=record.name,
        unit_id=record.unit_id,
        nominated_by_id=record.nominated_by_id,
        submitted_at=record.submitted_at,
        late=record.late,
    )


@router.get("", summary="List the nominations you may see")
def list_nominations(
    caller: Annotated[Caller, looking(See.NOMINATIONS)],
    code: CampaignCode,
    state: Annotated[NominationState | None, Query(description="As shown to you.")] = None,
    field: Annotated[str | None, Query(max_length=80)] = None,
    unit: Annotated[str | None, Query(max_length=80, description="The nominating unit.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[NominationView]:
    """List by code, a page at a time."""
    caller.ensure_may(code)
    start = after(cursor)

    def query(tx: Transaction) -> list[NominationView]:
        _ensure_known(tx, field, unit)
        sight = caller.sight(tx)
        shown = (
            _shown(record, sight)
            for record in nominations.find(tx)
            if sight.sees(record)
            and (start is None or record.code > start)
            and (field is None or record.field == field)
            and (unit is None or record.nominated_by_id == unit)
        )
        return [one for one in shown if state is None or one.state == state][: limit + 1]

    rows = caller.read(code, query)
    return page(rows, limit, lambda one: one.code, lambda one: one)


def _ensure_known(tx: Transaction, field: str | None, unit: str | None) -> None:
    """Refuse to look for what nothing can have.

    Raises:
        FilterUnknown: The playbook has no such field, the register no such unit.
    """
    fields = [one.id for one in tx.playbook.fields]
    if field is not None and field not in fields:
        raise FilterUnknown("field", field, fields)
    if unit is not None and units.one_latest(tx, unit) is None:
        raise FilterUnknown("unit", unit, [])


@router.get("/{nomination}", summary="One nomination")
def get(
    caller: Annotated[Caller, looking(See.NOMINATIONS)],
    code: CampaignCode,
    nomination: NominationCode,
    response: Response,
) -> NominationWhole:
    """Show one nomination with its boxes and its ETag; the address in it is not shown."""

    def query(tx: Transaction) -> NominationWhole:
        record = nominations.by_code(tx, [nomination]).get(nomination)
        sight = caller.sight(tx)
        if record is None or not sight.sees(record):
            raise ThingNotFound(nomination)
        tag(response, _version(record))
        [content] = nominations.contents(tx, [record.id])
        view = _shown(record, sight).model_dump()
        return NominationWhole(**view, rank=record.rank, answers=dict(content.answers))

    return caller.read(code, query)


def _version(record: NominationRecord) -> str:
    return etag("n", record.content_version)


@router.post("", summary="Send a nomination", status_code=201)
async def send(
    caller: Annotated[Caller, acting(SubmitNomination)],
    code: CampaignCode,
    body: NewNomination,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Acted:
    """Send one nomination now. The deadline is kept; every problem is named at its box.

    A code that is there already is a correction, and takes the `If-Match` of what was read.
    """
    # In one thread: of what is not `async`, the answer would be looked over in another one.
    return await run_in_threadpool(_receive, caller, code, body, key, if_match)


@router.put("/{nomination}", summary="Correct a nomination")
def correct(
    caller: Annotated[Caller, acting(SubmitNomination)],
    code: CampaignCode,
    nomination: NominationCode,
    body: NewNomination,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Acted:
    """Send another version of a nomination, as long as it may be changed; takes `If-Match`."""
    if if_match is None:
        raise VersionMissing
    wanted = body.model_copy(update={"boxes": {**body.boxes, "code": nomination}})
    form = caller.read(code, lambda tx: tx.playbook.form)
    item = form.by_role(ItemRole.CODE)
    if item is not None and item.id != "code":
        wanted = body.model_copy(update={"boxes": {**body.boxes, item.id: nomination}})
    return _receive(caller, code, wanted, key, if_match)


def _receive(
    caller: Caller, code: str, body: NewNomination, key: str | None, if_match: str | None
) -> Acted:
    row, warnings = caller.read(code, _understood, caller, body.boxes)
    asking = ask(caller, code, body, key, "nominate")
    command = SubmitNomination(
        command_id=asking.command_id, nomination_code=row.code, person_id=caller.person_id
    )

    def confirm(tx: Transaction) -> None:
        old = nominations.by_code(tx, [row.code]).get(row.code)
        if old is not None:
            ensure_match(if_match, _version(old), required=True)
        elif if_match is not None:
            raise ThingNotFound(row.code)

    done = asking.carry_out(command, row, confirm=confirm)
    return done.model_copy(update={"warnings": warnings})


def _understood(
    tx: Transaction, caller: Caller, boxes: Mapping[str, Value]
) -> tuple[NominationRow, list[dict[str, str]]]:
    """Return what the boxes say, and what was noted about them."""
    keys = [item.id for item in tx.playbook.form.items]
    reader = form_reader(tx, caller.language)
    filled = _filled(tx, caller, boxes)
    [row], warnings = read_rows(reader, keys, [filled], caller.language, "/boxes")
    # The door is live: now is when it was sent, whatever the boxes say.
    return row.model_copy(update={"submitted_at": None}), warnings


def _filled(tx: Transaction, caller: Caller, boxes: Mapping[str, Value]) -> dict[str, Value]:
    """Fill what the sender need not say: their unit, and the present time."""
    # One second off: a box of time to the second must not lie ahead.
    now = local(tx, tx.now) - timedelta(seconds=1)
    filled = dict(boxes)
    for role, value in (
        (ItemRole.NOMINATED_BY, caller.holder.unit_id),
        (ItemRole.SUBMITTED_AT, f"{now:%Y-%m-%d %H:%M:%S}"),
    ):
        item = tx.playbook.form.by_role(role)
        if item is not None and (role is ItemRole.SUBMITTED_AT or item.id not in filled):
            filled[item.id] = value
    return filled
