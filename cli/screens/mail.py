"""How are messages listed, sampled and handed over from the terminal?"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from campaigns.bootstrap import App
from campaigns.services.mail import delivery
from campaigns.services.mail import waits as mail_waits
from campaigns.store.engine import beats
from campaigns.store.mail import attachments, messages, pauses
from campaigns.store.mail.messages import MessageRow
from cli.screens import standing
from cli.terminal import headings
from cli.terminal.harmless import shortened, visible_lines
from cli.terminal.tables import table
from cli.terminal.terminal import USAGE, Terminal, instant, moment
from documents.writing.tables import replacing
from language import _
from language.harmless import masked
from schemas.views.mail import Delivery
from schemas.vocabulary import mail_label

_WAITS: Final = {
    "paused": _(
        "{count} messages wait: the mail server takes none; tried again at "
        "{until}, or at once by `thidua outbox retry`."
    ),
    "limit": _(
        "{count} messages wait: as many as may leave in an hour have left "
        "(THIDUA_MAIL_PER_HOUR); they go on at {until}."
    ),
    "quiet": _("{count} messages wait for the end of the quiet hours; they leave at {until}."),
    "digest": _("{count} messages wait for their recipients' daily mail; they leave at {until}."),
    "retry": _(
        "{count} messages were put off, and are tried again from {until}; why: "
        "`thidua outbox show ID`."
    ),
    "due": _("{count} messages leave with the next delivery."),
}

_LISTED: Final = 15
_LONGEST_SUBJECT: Final = 48


@dataclass(frozen=True)
class Batch:
    """Messages of one campaign that were asked for together."""

    campaign_code: str
    rows: Sequence[MessageRow]
    zone: ZoneInfo

    @property
    def digest(self) -> str:
        """Name exactly these messages at exactly this attempt: the same act has the same id."""
        text = "\n".join(f"{row.id} {row.attempts}" for row in self.rows)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def find(app: App, campaign_code: str, states: Sequence[str], template: str | None) -> Batch:
    """Return the messages in these states, of this template, oldest first."""
    rows = app.read(campaign_code, messages.find, states=states, template=template)
    return Batch(campaign_code, rows, zone(app, campaign_code))


def find_held(app: App, campaign_code: str, template: str | None) -> Batch:
    """Return the held messages that a coordinator may let go; an approval releases the others."""
    may_go = app.read(campaign_code, delivery.releasable)
    batch = find(app, campaign_code, ["held"], template)
    rows = [row for row in batch.rows if row.template in may_go]
    return Batch(campaign_code, rows, batch.zone)


def stats_table(terminal: Terminal, counted: Mapping[tuple[str, str], int]) -> Table:
    """Show how many messages there are of each kind in each state."""
    heads = (_("Kind"), _("State"), _("Count"))
    rows = [
        (
            headings.template_name(template, terminal.language),
            mail_label(state, terminal.language),
            number,
        )
        for (template, state), number in sorted(counted.items())
    ]
    return table(terminal, heads, rows, wide=(0,))


def zone(app: App, campaign_code: str) -> ZoneInfo:
    """Return the zone in which a campaign's times are shown."""
    return standing.zone_of(app, campaign_code)


def as_json(row: MessageRow) -> dict[str, object]:
    """Return a message as listed."""
    return {
        **row._asdict(),
        "queued_at": instant(row.queued_at),
        "sent_at": instant(row.sent_at) if row.sent_at else None,
    }


def message_list(terminal: Terminal, batch: Batch, limit: int) -> Table:
    """Show the first messages of a batch."""
    heads = (_("No."), _("State"), _("Recipient"), _("Subject"))
    rows = [
        (
            row.id,
            mail_label(row.state, terminal.language),
            shortened(row.to_name or row.recipient_id, _LONGEST_SUBJECT),
            shortened(row.subject.removeprefix(f"[{batch.campaign_code}] "), _LONGEST_SUBJECT),
        )
        for row in batch.rows[:limit]
    ]
    return table(terminal, heads, rows, wide=(2, 3))


def attachment_of(app: App, campaign_code: str, number: int) -> dict[str, object] | None:
    """Return name and size of the file that goes with a message, as JSON has it."""
    found = app.read(campaign_code, attachments.of_message, number)
    return None if found is None else {"name": found.name, "size": found.size}


def write_attachment(
    terminal: Terminal, app: App, campaign_code: str, number: int, target: Path
) -> None:
    """Write the file that goes with a message."""
    found = app.read(campaign_code, attachments.file_of_message, number)
    if found is None:
        terminal.error(terminal.words(_("No file goes with message {number}."), number=number))
        raise typer.Exit(USAGE)
    with replacing(target) as draft:
        draft.write_bytes(found.body)
    terminal.say(_("Wrote the file {name} to {file}."), name=found.name, file=target)


def show_head(
    terminal: Terminal,
    row: MessageRow,
    zone: ZoneInfo,
    attached: Mapping[str, object] | None,
) -> None:
    """Print what stands above a message."""
    terminal.say(_("To: {name} <{address}>"), name=row.to_name, address=row.to_address)
    terminal.say(_("Subject: {subject}"), subject=row.subject)
    state = mail_label(row.state, terminal.language)
    at = moment(row.sent_at or row.queued_at, zone)
    terminal.say(
        _("State: {state}, {at} (attempt {attempts})"), state=state, at=at, attempts=row.attempts
    )
    if row.detail:
        terminal.say(_("Detail: {detail}"), detail=row.detail)
    if attached is not None:
        terminal.say(_("Attached: {name} ({size} bytes)"), **attached)
    terminal.show("")


def show_sample(terminal: Terminal, app: App, batch: Batch) -> None:
    """Print how many messages there are, the first of them, and one as it will be read."""
    by_template = Counter(row.template for row in batch.rows)
    kinds = ", ".join(
        f"{headings.template_name(name, terminal.language)}: {number}"
        for name, number in sorted(by_template.items())
    )
    terminal.say(_("{count} messages ({kinds})."), count=len(batch.rows), kinds=kinds)
    terminal.show("")
    terminal.show(message_list(terminal, batch, _LISTED))
    if len(batch.rows) > _LISTED:
        terminal.say(_("… and {count} more."), count=len(batch.rows) - _LISTED)
    terminal.show("")
    found = app.read(batch.campaign_code, messages.get, batch.rows[0].id)
    if found is not None:
        terminal.say(_("One of them:"))
        attached = attachment_of(app, batch.campaign_code, found[0].id)
        show_head(terminal, found[0], batch.zone, attached)
        terminal.show(visible_lines(masked(found[1].text)))
        terminal.show("")
    terminal.show(app.transport_of(batch.campaign_code).description(terminal.language))


def deliver(terminal: Terminal, app: App, campaign_code: str) -> None:
    """Hand over what may leave now, and say what became of it."""
    total = Delivery()
    with terminal.working(_("Sending")):
        while True:
            done = app.deliver(campaign_code)
            if done == Delivery():
                break
            total += done
    terminal.say(
        _("Sent {sent}, failed {failed}, uncertain {uncertain}, to be sent later {deferred}."),
        **total.model_dump(),
    )
    say_waits(terminal, app, campaign_code)


def say_waits(terminal: Terminal, app: App, campaign_code: str) -> None:
    """Say why mail is still here that nobody holds, until when, and what it needs to leave."""
    waits = app.read(campaign_code, mail_waits.waiting, app.settings.mail_per_hour)
    here = zone(app, campaign_code)
    for one in waits:
        until = moment(one.until, here) if one.until else ""
        terminal.say(_WAITS[one.why], count=one.number, until=until)
        if one.why == "paused" and (pause := app.read(None, pauses.present)) is not None:
            terminal.say(_("The server said: {said}"), said=pause.said)
    is_live = app.read(campaign_code, lambda tx: tx.campaign.clock_at) is None
    if waits and is_live and not app.read(None, beats.is_alive, beats.RELAY):
        terminal.say(_("The engine is off: what waits leaves only while it runs; run `thidua up`."))
