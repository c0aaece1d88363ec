"""`/messages` of a campaign: look at what is held, let it go, try again; for coordinators."""

from __future__ import annotations

from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from campaigns.rules.access.errors import ThingNotFound
from campaigns.rules.access.permissions import Sight
from campaigns.services.mail import delivery
from campaigns.store.mail import attachments, messages
from campaigns.store.transaction import Transaction
from language.harmless import masked
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, ask
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.pages import Cursor, Limit, Page, after, page
from schemas.bounds import Number
from schemas.commands.mail import ReleaseMessages, RetryMessages
from schemas.vocabulary import MessageState

router = APIRouter(prefix=API + "/campaigns/{code}/messages", tags=["messages"])
_FILE: Final = {"type": "string", "format": "binary"}


class MessageView(BaseModel):
    """A message in a list: for whom by id, never the address."""

    id: int
    template: str
    about: str
    recipient_id: str
    state: str
    attempts: int


class AttachmentView(BaseModel):
    """A file that goes with a message."""

    name: str = Field(examples=["DVK-2023 - Biểu mẫu đề cử.xlsx"])
    size: int = Field(description="Octets.")


class MessageWhole(MessageView):
    """A message as it would be read."""

    subject: str
    text: str
    attachment: AttachmentView | None = Field(
        default=None, description="The file that goes with it; null: none does."
    )


class Released(Act):
    """Which held messages go."""

    template: str | None = Field(default=None, max_length=40, examples=["result-announced"])
    seen: tuple[Number, ...] | None = Field(
        default=None,
        max_length=100_000,
        description="Numbers of the messages that were looked at; if others are held, none goes.",
    )
    early: bool = Field(
        default=False,
        description="Results go although `results_released` of the calendar has not come.",
    )


class Retried(Act):
    """Which messages are tried again."""

    template: str | None = Field(default=None, max_length=40)
    uncertain: bool = False


@router.get("", summary="List messages")
def list_messages(
    caller: Annotated[Caller, looking(Sight.MESSAGES)],
    code: CampaignCode,
    state: MessageState | None = None,
    template: Annotated[str | None, Query(max_length=40)] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[MessageView]:
    """List messages, oldest first, a page at a time."""
    caller.ensure_may(code)
    delivery.ensure_template(template)
    start = after(cursor) or "0"
    least = int(start) if start.isdecimal() else 0
    states = [state] if state else []

    def query(tx: Transaction) -> list[messages.MessageRow]:
        found = messages.find(tx, states=states, template=template)
        return [row for row in found if row.id > least][: limit + 1]

    return page(caller.read(code, query), limit, lambda row: str(row.id), _view)


def _view(row: messages.MessageRow) -> MessageView:
    return MessageView(**{key: getattr(row, key) for key in MessageView.model_fields})


@router.get("/{number}", summary="One message, as it would be read")
def get(
    caller: Annotated[Caller, looking(Sight.MESSAGE)],
    code: CampaignCode,
    number: Annotated[Number, Path()],
) -> MessageWhole:
    """Show a sample before its release; links in it are shown without their secret."""
    found = caller.read(code, messages.get, number)
    if found is None:
        raise ThingNotFound(f"message {number}")
    row, content = found
    attached = caller.read(code, attachments.of_message, number)
    return MessageWhole(
        **_view(row).model_dump(),
        subject=content.subject,
        text=masked(content.text),
        attachment=AttachmentView(name=attached.name, size=attached.size) if attached else None,
    )


@router.get(
    "/{number}/attachment",
    summary="The file that goes with a message",
    response_class=Response,
    responses={200: {"content": {attachments.XLSX: {"schema": _FILE}}}},
)
def get_attachment(
    caller: Annotated[Caller, looking(Sight.MESSAGE)],
    code: CampaignCode,
    number: Annotated[Number, Path()],
) -> Response:
    """Hand out the file as its reader gets it; 404 where none goes with the message."""
    found = caller.read(code, attachments.file_of_message, number)
    if found is None:
        raise ThingNotFound(f"message {number}/attachment")
    name = quote(found.name, safe="")
    return Response(
        found.body,
        media_type=found.media_type,
        headers={"Content-Disposition": f"attachment; filename*=utf-8''{name}"},
    )


@router.post("/release", summary="Let held messages go")
def release(
    caller: Annotated[Caller, acting(ReleaseMessages)],
    code: CampaignCode,
    body: Released,
    key: IdempotencyKey = None,
) -> Acted:
    """Release all held messages, or those of one template; `changed` says how many."""
    asking = ask(caller, code, body, key, "release")
    command = ReleaseMessages(
        command_id=asking.command_id,
        template=body.template,
        seen=body.seen,
        early=body.early,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)


@router.post("/retry", summary="Queue messages that failed or came back again")
def retry(
    caller: Annotated[Caller, acting(RetryMessages)],
    code: CampaignCode,
    body: Retried,
    key: IdempotencyKey = None,
) -> Acted:
    """Queue again what failed or came back, to the addresses of today; mail is tried at once.

    With `uncertain` also what may have arrived. What would go to an address that takes no mail
    stays as it is: `detail` counts it, as `kept:2`.
    """
    asking = ask(caller, code, body, key, "retry")
    command = RetryMessages(
        command_id=asking.command_id,
        template=body.template,
        uncertain=body.uncertain,
        person_id=caller.person_id,
    )
    return asking.carry_out(command)
