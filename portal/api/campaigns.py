"""`/api/v1/campaigns`: create, launch, look at and hand out campaigns."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from campaigns.rules.access.errors import CursorNotValid
from campaigns.rules.access.permissions import Sight
from campaigns.rules.log import anchors
from campaigns.rules.playbook.errors import PlaybookInvalid, PlaybookNotFound
from campaigns.rules.playbook.reading import read_playbook
from campaigns.services.log import audit
from campaigns.services.playbook import amendments, library
from campaigns.store import campaigns, events
from campaigns.store.records import CampaignRecord
from campaigns.store.transaction import Transaction
from campaigns.views import board, nomination_list, shown
from language import Language
from portal.api import API, waited_for
from portal.api.acts import (
    Act,
    Acted,
    IdempotencyKey,
    IfMatch,
    ask,
    ensure_match,
    etag,
    tag,
    told,
)
from portal.api.caller import Caller, CampaignCode, acting, looking
from portal.api.pages import Cursor, Limit, Page, after, page
from schemas.bounds import Count
from schemas.commands.launch import CancelCampaign, CreateCampaign, LaunchCampaign
from schemas.commands.playbook import AmendPlaybook, ConfirmAmendment
from schemas.events import EventRecord
from schemas.outcomes import Done
from schemas.playbook.amendments import AmendmentView
from schemas.playbook.playbook import Playbook
from schemas.views.audit import AuditResult
from schemas.views.board import CampaignShown, MessageCount, ShownFunnel, StageView, Summary

router = APIRouter(prefix=API + "/campaigns", tags=["campaigns"])
_LONGEST = 1_000_000


class PlaybookGiven(Act):
    """A playbook: the name of one that comes with the program, or its YAML text."""

    playbook: str | None = Field(default=None, max_length=100, examples=["dan-van-kheo"])
    playbook_yaml: str | None = Field(default=None, max_length=_LONGEST)


class NewCampaign(PlaybookGiven):
    """A campaign to create."""

    code: str | None = Field(
        default=None, pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$", examples=["DVK-2023"]
    )


class Amendment(PlaybookGiven):
    """Another version of a running campaign's playbook."""

    reason: str = Field(default="", max_length=4_000, examples=["Lùi hạn nộp do bão số 4"])


class Cancellation(Act):
    """A campaign is given up."""

    reason: str = Field(min_length=1, max_length=4_000, examples=["Tập trung chống bão số 4"])


class Stood(CampaignShown):
    """A campaign with its counts."""

    waiting: waited_for.WaitedFor | None
    nominations: dict[str, int] = Field(
        description="By state: as it is for coordinators and leaders; as it was told, and no "
        "number below three, for others."
    )
    messages: tuple[MessageCount, ...] = Field(description="For coordinators and leaders.")


def playbook_of(given: PlaybookGiven, language: Language) -> Playbook:
    """Return the playbook that was sent; a path of this machine is never read.

    Raises:
        PlaybookNotFound, PlaybookInvalid: Every problem of the text is named.
    """
    if given.playbook_yaml is not None:
        playbook, problems = read_playbook(given.playbook_yaml, "playbook_yaml", language)
        if playbook is None:
            errors = [one for one in problems if one.level == "error"]
            raise PlaybookInvalid("\n".join(map(str, errors)), errors)
        return playbook
    shipped = [one.playbook for one in library.list_playbooks()]
    if given.playbook not in shipped:
        raise PlaybookNotFound(given.playbook or "", shipped)
    return library.load_playbook(given.playbook, language)


@router.get("", summary="List campaigns")
def list_campaigns(
    caller: Annotated[Caller, looking(Sight.CAMPAIGN)], limit: Limit = 100, cursor: Cursor = None
) -> Page[CampaignShown]:
    """List the campaigns of this installation, oldest first, a page at a time."""
    caller.ensure_may(None)
    last = after(cursor)
    codes = caller.read(None, campaigns.codes)
    if last is not None:
        if last not in codes:
            raise CursorNotValid
        codes = codes[codes.index(last) + 1 :]

    def one(code: str) -> CampaignShown:
        # Whose day counts was asked with the list: in a rehearsal it is another one.
        return caller.app.read(code, lambda tx: shown.view(tx, caller.sight(tx)))

    return page(codes[: limit + 1], limit, lambda code: code, one)


@router.post("", summary="Create a campaign", status_code=201)
def create(
    caller: Annotated[Caller, acting(CreateCampaign)],
    body: NewCampaign,
    key: IdempotencyKey = None,
) -> Acted:
    """Create a campaign, a draft, from a playbook; a coordinator's act."""
    caller.ensure_may(None)
    playbook = playbook_of(body, caller.language)
    asking = ask(caller, None, body, key, "create")
    command = CreateCampaign(command_id=asking.command_id, code=body.code or playbook.code)
    done = asking.carry_out_for(Done, command, playbook)
    known = done.model_copy(update={"detail": command.code, "known": 1 - done.changed})
    return asking.acted(told(known, caller.language), done)


@router.get("/{code}", summary="Where a campaign stands")
def get(
    caller: Annotated[Caller, looking(Sight.CAMPAIGN)], code: CampaignCode, response: Response
) -> Stood:
    """Show stages, dates, signatures, what is waited for and counts; with an ETag."""

    def query(tx: Transaction) -> Stood:
        tag(response, _version(tx.campaign))
        sight = caller.sight(tx)
        view = shown.view(tx, sight)
        named = waited_for.stages(tx, caller)
        plain = {name: getattr(view, name) for name in CampaignShown.model_fields}
        return Stood(
            **plain
            | {
                "stages": tuple(
                    StageView(**{name: getattr(one, name) for name in StageView.model_fields})
                    for one in named
                ),
                "waiting": waited_for.waiting(tx, caller),
            },
            nominations=shown.counts(tx, sight),
            messages=shown.messages(tx, sight),
        )

    return caller.read(code, query)


@router.post("/{code}/launch", summary="Launch a campaign")
def launch_campaign(
    caller: Annotated[Caller, acting(LaunchCampaign)],
    code: CampaignCode,
    body: Act,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Acted:
    """Plan the stages and open the first; a coordinator's act. Everything missing is named."""
    asking = ask(caller, code, body, key, "launch")
    command = LaunchCampaign(command_id=asking.command_id, person_id=caller.person_id)

    def confirm(tx: Transaction) -> None:
        ensure_match(if_match, _version(tx.campaign))

    return asking.carry_out(command, confirm=confirm)


@router.post("/{code}/cancel", summary="Give a campaign up")
def cancel(
    caller: Annotated[Caller, acting(CancelCampaign)],
    code: CampaignCode,
    body: Cancellation,
    key: IdempotencyKey = None,
) -> Acted:
    """End all stages and tell everybody once; the act of an approver of the launch."""
    asking = ask(caller, code, body, key, "cancel")
    command = CancelCampaign(
        command_id=asking.command_id, reason=body.reason, person_id=caller.person_id
    )
    return asking.carry_out(command)


@router.get("/{code}/waiting", summary="What a campaign waits for, from whom, until when")
def waiting(
    caller: Annotated[Caller, looking(Sight.CAMPAIGN)], code: CampaignCode
) -> waited_for.WaitedFor | None:
    """Say which roles must act, and by name who is asked to approve; null once it is over."""
    return caller.read(code, waited_for.waiting, caller)


@router.get("/{code}/funnel", summary="How many came how far")
def funnel(caller: Annotated[Caller, looking(Sight.CAMPAIGN)], code: CampaignCode) -> ShownFunnel:
    """Count nominations in all, by field and by subject kind; what is null is not told to you."""
    return caller.read(code, lambda tx: shown.funnel(tx, caller.sight(tx), caller.language))


@router.get("/{code}/summary", summary="What a campaign came to")
def summary(caller: Annotated[Caller, looking(Sight.SUMMARY)], code: CampaignCode) -> Summary:
    """Show counts with the codes of nominations; for coordinators and leaders."""
    return caller.read(code, board.summary)


@router.get("/{code}/export", summary="Every nomination with its state, total and votes")
def export(
    caller: Annotated[Caller, looking(Sight.EXPORT)], code: CampaignCode
) -> list[dict[str, Any]]:
    """Hand out what `thidua campaign export` writes; for coordinators."""
    return [dict(row) for row in caller.read(code, nomination_list.rows)]


@router.get("/{code}/events", summary="The event log, a page at a time")
def list_events(
    caller: Annotated[Caller, looking(Sight.EVENTS)],
    code: CampaignCode,
    after: Annotated[Count, Query(description="Number of the last event had.")] = 0,
    limit: Limit = 100,
) -> Page[dict[str, Any]]:
    """Hand out events by their number; for coordinators. `next` is the number to go on after."""

    def query(tx: Transaction) -> list[EventRecord]:
        found = events.read(tx.connection, tx.campaign.id, after, page_size=limit + 1)
        return [record for record, _ in zip(found, range(limit + 1), strict=False)]

    rows = caller.read(code, query)
    shown = [record._asdict() for record in rows[:limit]]
    more = len(rows) > limit
    return Page(items=shown, next=str(shown[-1]["number"]) if more else None)


@router.get("/{code}/audit", summary="Verify the event log")
def verify(
    caller: Annotated[Caller, looking(Sight.AUDIT)],
    code: CampaignCode,
    expect: Annotated[list[Annotated[str, Field(max_length=80)]], Query(max_length=100)] = [],  # noqa: B006 - never changed
) -> AuditResult:
    """Recompute the hash chain and compare the rows with it; for coordinators and leaders.

    `expect` names heads that were noted elsewhere, as `NUMBER:HASH`.
    """
    caller.ensure_may(code)
    noted = [anchors.read(text, "expect") for text in expect]
    return caller.read(code, audit.verify, noted)


@router.post("/{code}/amendment-preview", summary="What an amendment would change")
def preview(
    caller: Annotated[Caller, looking(Sight.AMENDMENT)], code: CampaignCode, body: PlaybookGiven
) -> AmendmentView:
    """Compare another playbook with the one in force; nothing is stored."""
    caller.ensure_may(code)
    return caller.read(code, amendments.propose, playbook_of(body, caller.language))


@router.post("/{code}/amendments", summary="Amend the playbook of a running campaign")
def amend(
    caller: Annotated[Caller, acting(AmendPlaybook)],
    code: CampaignCode,
    body: Amendment,
    key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Acted:
    """Let the campaign go on by another version, with a reason; `If-Match` is required."""
    playbook = playbook_of(body, caller.language)
    asking = ask(caller, code, body, key, "amend")
    read = caller.read(code, lambda tx: tx.campaign)
    command = AmendPlaybook(
        command_id=asking.command_id,
        base_version=read.playbook_version,
        person_id=caller.person_id,
        reason=body.reason,
    )

    def confirm(tx: Transaction) -> None:
        ensure_match(if_match, _version(tx.campaign), required=True)

    return asking.carry_out(command, playbook, confirm=confirm)


def _version(record: CampaignRecord) -> str:
    return etag("c", record.version, record.playbook_version)


@router.post("/{code}/amendments/confirm", summary="Let amended rules of approval count at once")
def confirm_amendment(
    caller: Annotated[Caller, acting(ConfirmAmendment)],
    code: CampaignCode,
    body: Act,
    key: IdempotencyKey = None,
) -> Acted:
    """Confirm what another amended; the act of a second coordinator or leader."""
    asking = ask(caller, code, body, key, "confirm amendment")
    command = ConfirmAmendment(command_id=asking.command_id, person_id=caller.person_id)
    done = asking.carry_out_for(Done, command)
    return asking.acted(Acted(changed=done.changed), done)
