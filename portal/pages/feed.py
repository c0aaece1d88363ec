"""GET /feeds/<secret>.ics: the dates that concern one person, for their calendar program.

Whoever knows the address reads it, so it is long, random, kept as a hash, and can be revoked. A
wrong address and a revoked one get the same answer.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Final

from fastapi import APIRouter, Request, Response

from campaigns.bootstrap import App
from campaigns.rules.deadlines import date_words
from campaigns.services.deadlines import feeds
from campaigns.services.deadlines.feeds import FeedEntry
from campaigns.store import campaigns
from campaigns.store.records import PersonRecord
from language import Language, Text, _
from notifications.writing.ics_feed import DatedEntry, feed_file

router = APIRouter(tags=["calendar"])

_TITLE: Final[Text] = _("Emulation: my dates")
_HEADERS: Final = {
    "Cache-Control": "private, max-age=300",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@router.api_route("/feeds/{secret}.ics", methods=["GET", "HEAD"], include_in_schema=False)
def feed(secret: str, request: Request) -> Response:
    """Return a person's calendar; 304 where the reader has it already, 404 for no such address."""
    app: App = request.app.state.installation
    person = app.read(None, feeds.owner_of, secret)
    if person is None:
        return Response("Not found.\n", 404, _HEADERS, "text/plain; charset=utf-8")
    language: Language = "en" if person.language == "en" else "vi"
    dated = [_said(entry, zone, language) for entry, zone in _entries(app, person)]
    body = feed_file(_TITLE.say(language), dated)
    headers = {**_HEADERS, "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    changed = [entry.changed_at for entry in dated]
    if changed:
        headers["Last-Modified"] = format_datetime(max(changed).astimezone(UTC), usegmt=True)
    if _has_it(request, headers["ETag"], max(changed, default=None)):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")


def _entries(app: App, person: PersonRecord) -> list[tuple[FeedEntry, str]]:
    found: list[tuple[FeedEntry, str]] = []
    for code in app.read(None, campaigns.codes):
        zone = app.read(code, lambda tx: tx.playbook.timezone)
        found += [(entry, zone) for entry in app.read(code, feeds.entries, person)]
    return sorted(found, key=lambda one: (one[0].at, one[0].uid))


def _said(entry: FeedEntry, zone: str, language: Language) -> DatedEntry:
    return DatedEntry(
        uid=entry.uid,
        sequence=entry.sequence,
        summary=date_words.title(
            entry.campaign_code, entry.matter, entry.stage, entry.number, language
        ),
        description=entry.campaign,
        at=entry.at,
        timezone=zone,
        changed_at=entry.changed_at,
        ends_at=date_words.ends_at(entry.matter, entry.at),
        meeting=entry.matter == "session",
    )


def _has_it(request: Request, etag: str, changed_at: datetime | None) -> bool:
    """Say whether the reader's copy is this one; an ETag goes before a date (RFC 9110, 13.2.2)."""
    if (known := request.headers.get("if-none-match")) is not None:
        return "*" in known or etag in [one.strip().removeprefix("W/") for one in known.split(",")]
    since = request.headers.get("if-modified-since")
    if since is None or changed_at is None:
        return False
    return since == format_datetime(changed_at.astimezone(UTC), usegmt=True)
