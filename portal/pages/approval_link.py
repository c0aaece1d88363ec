"""The page a link in a mail opens: what is decided is shown, and confirmed or not (ADR 0017).

Looking (GET, HEAD) decides nothing, so mail scanners may open every link. A decision is a POST of
the form the page has shown, whose own token makes the command's id: sent twice, it counts once.
The token says what was shown as well: other figures since then are not signed by it.
Where the stage asks for a one-time code, the same form has it sent first (ADR 0044).
"""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool

from campaigns import acts
from campaigns.acts import Entrance, RefusedAndKept
from campaigns.bootstrap import App
from campaigns.rules import keys
from campaigns.rules.access.errors import AttemptsTooMany
from campaigns.rules.approvals.errors import (
    FiguresChanged,
    LinkUnknown,
    ReasonTooLong,
)
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.registers.errors import LinkVoid
from campaigns.rules.signing.errors import ACTS
from campaigns.rules.signing.links import DECISION as PATH
from campaigns.services.signing import living_links, one_time_codes
from campaigns.store.transaction import Transaction
from campaigns.views import approval_page
from language import _
from language.errors import Refusal
from portal.speaking import speak
from portal.web.attempts import Attempts
from schemas.actors import by_link
from schemas.commands.approvals import AbstainFromStage, ApproveStage, ReturnStage
from schemas.commands.signing import AskForCode
from schemas.links import DecisionLink, SigningAct
from schemas.registers import MEANS
from schemas.vocabulary import label

router = APIRouter(include_in_schema=False)
_LARGEST: Final = 40_000
"""Octets of a form: a reason of 4,000 characters, each as nine."""
_LONGEST_REASON: Final = 4_000
_NUMBER: Final = re.compile(r"[0-9]{1,15}")
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


class _Typed(NamedTuple):
    """What a form brings back."""

    form: str
    act: str
    reason: str
    code: str
    do: str


class _Sent(NamedTuple):
    """What the token of a form stands for."""

    command_id: str
    seen: str
    """The mark of what was shown with the form."""


_COMMANDS: Final[
    dict[str, tuple[SigningAct, type[ApproveStage | ReturnStage | AbstainFromStage]]]
] = {
    "approve": ("approve", ApproveStage),
    "return": ("return", ReturnStage),
    "abstain": ("abstain", AbstainFromStage),
}
_NOTHING: Final = _Typed("", "", "", "", "")
_PAGES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1] / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
speak(_PAGES)
_PAGES.filters["label"] = label
_PAGES.globals["act_names"] = ACTS
_PAGES.globals["means_names"] = MEANS


@router.api_route(f"{PATH}{{token}}", methods=["GET", "HEAD"])
def look(request: Request, token: str, page: str = "1") -> Response:
    """Show what is decided; nothing is changed."""
    installation: App = request.app.state.installation
    try:
        _ensure_not_too_often(request)
        number = int(page) if _NUMBER.fullmatch(page) else 1
        return _page(installation, token, number=number)
    except Refusal as refused:
        return _refused(refused)


@router.api_route(f"{PATH}{{token}}/{{number}}", methods=["GET", "HEAD"])
def read_dossier(request: Request, token: str, number: str) -> Response:
    """Show one nomination, whole, to who decides on it."""
    installation: App = request.app.state.installation
    try:
        _ensure_not_too_often(request)
        link = installation.links.read(token, installation.now())
        if not _NUMBER.fullmatch(number):
            raise LinkUnknown
        found = installation.read(link.campaign, approval_page.dossier, link, int(number))
    except Refusal as refused:
        return _refused(refused)
    text = _PAGES.get_template("dossier.html").render(
        page=found, back=f"{PATH}{token}", language=found.language
    )
    return HTMLResponse(text, 200, HEADERS)


@router.post(f"{PATH}{{token}}")
async def decide(request: Request, token: str) -> Response:
    """Carry out the decision of the form that was shown."""
    try:
        _ensure_not_too_often(request)
    except Refusal as refused:
        return _refused(refused)
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return _refused(ReasonTooLong(_LONGEST_REASON), 413)
    return await run_in_threadpool(_decide, request.app.state.installation, token, body)


def _ensure_not_too_often(request: Request) -> None:
    attempts: Attempts = request.app.state.attempts
    seconds = attempts.take(request.client.host if request.client else "")
    if seconds:
        raise AttemptsTooMany(seconds)


def _decide(installation: App, token: str, body: bytes) -> Response:
    try:
        fields = parse_qs(body.decode(), max_num_fields=10)
    except ValueError:
        return _refused(LinkUnknown(), 400)
    typed = _Typed(*(fields.get(key, [""])[0] for key in _Typed._fields))
    try:
        links, now = installation.links, installation.now()
        link = links.read(token, now)
        sent = _Sent(*links.read_form(typed.form, token, now))
    except Refusal as refused:
        return _refused(refused)
    try:
        if typed.do == "code":
            _send_code(installation, link, sent, typed)
            return _page(installation, token, typed=typed)
        _carry_out(installation, link, sent, typed)
    except LinkVoid as refused:
        return _refused(refused)
    except Refusal as refused:
        return _page(installation, token, refused, typed, seen=sent.seen)
    return RedirectResponse(f"{PATH}{token}", status_code=303, headers=HEADERS)


def _clean(typed: _Typed) -> str:
    """Return the reason without what no screen shows; of what the person sees, all of it."""
    clean = "".join(one for one in typed.reason if one.isprintable() or one in "\n\t")
    if len(clean) > _LONGEST_REASON:
        raise ReasonTooLong(_LONGEST_REASON, len(clean))
    return clean


def _send_code(installation: App, link: DecisionLink, sent: _Sent, typed: _Typed) -> None:
    """Have a code sent for the act that was chosen; what it needs is asked for first."""
    if typed.act not in ACTS:
        raise LinkUnknown
    if typed.act != "approve":
        ensure_reason(_clean(typed), _("It"))
    asked = {"stage": link.stage, "person_id": link.person_id, "round": link.round}
    asked |= {
        "command_id": keys.command_id(sent.command_id, "code"),
        "act": typed.act,
        "seen": sent.seen,
    }
    command = AskForCode.model_validate(asked)
    limit = installation.settings.mail_per_hour
    holds = Entrance(admit=lambda tx: living_links.ensure(tx, link))
    who = by_link(link.person_id)
    acts.carry_out(installation, who, link.campaign, command, limit, entrance=holds)


def _carry_out(installation: App, link: DecisionLink, sent: _Sent, typed: _Typed) -> None:
    """Carry out a decision."""
    clean = _clean(typed)
    if typed.act not in _COMMANDS:
        raise LinkUnknown
    act, kind = _COMMANDS[typed.act]
    said = {"stage": link.stage, "person_id": link.person_id, "round": link.round}
    said |= {**sent._asdict(), "reason": "" if act == "approve" else clean}
    command = kind.model_validate(said)

    def confirm(tx: Transaction) -> None:
        """Use up the code where the stage asks for one; a wrong one is counted."""
        if one_time_codes.is_wanted(tx, link.stage):
            refused = one_time_codes.confirm(tx, link, act, typed.code)
            if refused is not None:
                raise RefusedAndKept(refused)
            tx.means = "link+code"

    way = Entrance(admit=lambda tx: living_links.ensure(tx, link), confirm=confirm)
    acts.carry_out(installation, by_link(link.person_id), link.campaign, command, entrance=way)


def _page(
    installation: App,
    token: str,
    refused: Refusal | None = None,
    typed: _Typed = _NOTHING,
    number: int = 1,
    seen: str = "",
) -> Response:
    links, now = installation.links, installation.now()
    link = links.read(token, now)
    page = installation.read(link.campaign, approval_page.look, link, number)
    form = links.form(token, secrets.token_hex(16), now, page.seen) if page.may_decide else ""
    problems = [refused.say(page.language)] if refused else []
    if seen and page.seen not in {"", seen} and not isinstance(refused, FiguresChanged):
        # The form that goes back is under what is shown now: whoever sent it has to be told.
        problems.append(FiguresChanged(link.stage).say(page.language))
    text = _PAGES.get_template("decision.html").render(
        page=page,
        language=page.language,
        path=f"{PATH}{token}",
        form=form,
        reason=typed.reason,
        act=typed.act or (page.code.act if page.code else ""),
        problem=" ".join(problems),
    )
    return HTMLResponse(text, 409 if refused else 200, HEADERS)


def _refused(refused: Refusal, status: int = 404) -> Response:
    """Say in both languages what is wrong with an address, and what to do."""
    text = _PAGES.get_template("decision.html").render(
        page=None,
        language="vi",
        path="",
        form="",
        reason="",
        act="",
        problem=f"{refused.say('vi')} / {refused.say('en')}",
    )
    if isinstance(refused, AttemptsTooMany):
        return HTMLResponse(text, 429, {**HEADERS, "Retry-After": str(refused.seconds)})
    return HTMLResponse(text, status, HEADERS)


def _moment(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%d/%m/%Y %H:%M} ({zone})"


_PAGES.filters["moment"] = _moment
