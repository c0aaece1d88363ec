"""How does a campaign's standing look on the terminal? Stages, counts, and what it waits for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from rich.table import Table

from campaigns.bootstrap import App
from campaigns.rules import waiting_words
from campaigns.services import standing
from campaigns.store import clock as repair
from campaigns.store.mail import pauses
from campaigns.store.nomination import nominations
from campaigns.views import board
from cli.terminal import headings
from cli.terminal.tables import table
from cli.terminal.terminal import Terminal, day, moment
from cli.terminal.zones import when, zone_of_all
from language import Text, _, pgettext
from schemas.registers import MEANS, Origin
from schemas.views.approvals import SignatureView, StageSigners
from schemas.views.board import CampaignView, Funnel, MessageCount, Waiting
from schemas.vocabulary import MessageState, NominationState, label, mail_label

_VERDICTS: Final = {
    "approve": _("  {name} ({person}) signed at {at}"),
    "return": _("  {name} ({person}) returned it at {at}"),
    "abstain": _("  {name} ({person}) abstained at {at}"),
}


def zone_of(app: App, campaign_code: str) -> ZoneInfo:
    """Return the zone in which a campaign's times are shown."""
    return ZoneInfo(app.read(campaign_code, lambda tx: tx.playbook.timezone))


def waiting_line(terminal: Terminal, waiting: Waiting | None, zone: ZoneInfo, now: datetime) -> str:
    """Say what a campaign waits for, from whom and until when."""
    return waiting_words.waiting_line(waiting, terminal.language, zone, now)


def show_signers(terminal: Terminal, people: Mapping[str, StageSigners], zone: ZoneInfo) -> None:
    """Print by name who has decided on each stage, and for whom it waits."""
    for stage, signers in people.items():
        if not signers.signatures and not signers.asked:
            continue
        terminal.show(label(stage, terminal.language))
        for one in signers.signatures:
            terminal.show(_signature_line(terminal, one, zone))
        for asked in signers.asked:
            phrase = (
                _(
                    "  waiting for {name} ({person}), {unit}, on behalf of {principal}, "
                    "letter {letter}"
                )
                if asked.principal_id
                else _("  waiting for {name} ({person}), {unit}")
            )
            terminal.say(
                phrase,
                name=asked.name,
                person=asked.person_id,
                unit=asked.unit_name,
                principal=asked.principal_name,
                letter=asked.letter,
            )
        if signers.basis:
            terminal.say(_("  what is decided now: --seen {mark}"), mark=signers.basis)
        terminal.show("")


def _signature_line(terminal: Terminal, one: SignatureView, zone: ZoneInfo) -> str:
    line = terminal.words(
        _VERDICTS[one.verdict],
        name=one.name,
        person=one.person_id,
        at=moment(one.decided_at, zone),
    )
    if one.principal_id:
        line += terminal.words(
            _(", on behalf of {principal}, letter {letter}"),
            principal=one.principal_name,
            letter=one.letter,
        )
    if one.step > 1:
        line += terminal.words(_(" · step {step}"), step=one.step)
    if one.origin is not None:
        line += _origin(terminal, one.origin)
    return line


def _origin(terminal: Terminal, origin: Origin) -> str:
    """Say who gave the right and changed the address, where the first set-up did not."""
    line = ""
    for phrase, by, confirmed in (
        (_(" · right entered by {by}"), origin.right_by, origin.right_confirmed_by),
        (_(" · address entered by {by}"), origin.address_by, origin.address_confirmed_by),
    ):
        if by:
            line += terminal.words(phrase, by=by)
        if by and confirmed:
            line += terminal.words(_(" (confirmed by {by})"), by=confirmed)
    if origin.means:
        said = MEANS[origin.means].say(terminal.language)
        line += terminal.words(_(" · confirmed by {means}"), means=said)
    return line


def show_waiting(terminal: Terminal, app: App, campaign_code: str) -> None:
    """Print what a campaign waits for now."""
    waiting = app.read(campaign_code, standing.waiting)
    now = app.read(campaign_code, lambda tx: tx.now)
    terminal.show(waiting_line(terminal, waiting, zone_of(app, campaign_code), now))
    note_log_ahead(terminal, app, campaign_code)
    counts = app.read(campaign_code, board.message_counts)
    queued = sum(one.count for one in counts if one.state == MessageState.QUEUED)
    if queued:
        terminal.note(
            _("{count} messages wait to be sent; why: `thidua outbox stats`."), count=queued
        )
    note_undelivered(terminal, app, counts)


def note_log_ahead(terminal: Terminal, app: App, campaign_code: str) -> None:
    """Say that nothing more is recorded, where the campaign's log is dated ahead of now."""
    ahead = app.read(campaign_code, repair.ahead)
    if ahead is not None:
        at = moment(ahead.last_at, zone_of(app, campaign_code))
        said = {"at": at, "events": ahead.events, "first": ahead.first}
        terminal.note(
            _(
                "{campaign}: the last event is dated {at}, ahead of now; {events} "
                "events, from number {first}. The campaign records nothing more."
            ),
            campaign=campaign_code,
            **said,
        )
        terminal.note(_("If the clock is right now: thidua clock repair --as PERSON --reason TEXT"))


def note_undelivered(terminal: Terminal, app: App, counts: Sequence[MessageCount]) -> None:
    """Say what did not reach its reader, and whether mail leaves at all."""
    returned = sum(one.count for one in counts if one.state == MessageState.RETURNED)
    failed = sum(one.count for one in counts if one.state == MessageState.FAILED)
    if returned or failed:
        terminal.note(
            _(
                "{returned} messages came back, {failed} failed; correct the addresses, "
                "then `thidua outbox retry`."
            ),
            returned=returned,
            failed=failed,
        )
    pause = app.read(None, pauses.present)
    if pause is not None:
        since = when(pause.since, zone_of_all(app))
        terminal.note(
            _("The mail server takes no mail from us since {since}: {said}"),
            since=since,
            said=pause.said,
        )


def stage_table(terminal: Terminal, view: CampaignView, zone: ZoneInfo) -> Table:
    """Show the stages of a campaign with their dates and signatures."""
    language = terminal.language
    heads = (
        _("Stage"),
        _("State"),
        _("Opens"),
        _("Closes"),
        _("Approve by"),
        pgettext("count", "Signed"),
    )
    rows = [
        (
            label(stage.name, language),
            label(stage.state, language),
            day(stage.opens_at, zone),
            moment(stage.due_at, zone),
            day(stage.approval_due_at, zone),
            f"{sum(verdict == 'approve' for _, verdict in stage.approvals)}/{stage.required}",
        )
        for stage in view.stages
    ]
    return table(terminal, heads, rows)


def count_table(terminal: Terminal, counts: Mapping[str, int]) -> Table:
    """Show how many nominations are in which state."""
    order = [state.value for state in NominationState]
    rows = [
        (label(state, terminal.language), counts[state]) for state in order if counts.get(state)
    ]
    return table(terminal, (_("Nominations"), _("Count")), rows)


def message_table(terminal: Terminal, counts: Sequence[MessageCount]) -> Table:
    """Show how many messages of which template are in which state."""
    rows = [
        (
            headings.template_name(one.template, terminal.language),
            mail_label(one.state, terminal.language),
            one.count,
        )
        for one in counts
    ]
    return table(terminal, (_("Messages"), _("State"), _("Count")), rows)


def funnel_table(terminal: Terminal, funnel: Funnel) -> Table:
    """Show how many nominations came how far: in all, by field, by subject kind."""
    heads = (
        _("Group"),
        _("Nominated"),
        pgettext("count", "Ineligible"),
        pgettext("count", "On hold"),
        _("Voted on"),
        pgettext("count", "Recognised"),
    )
    groups = ((funnel.total,), funnel.by_field, funnel.by_subject_kind)
    rows = [
        (
            row.group or terminal.words(_("In all")),
            row.nominated,
            row.ineligible,
            row.on_hold,
            row.voted,
            row.recognised,
        )
        for group in groups
        for row in group
    ]
    ends = (0, len(funnel.by_field))
    return table(terminal, heads, rows, sections=ends)


def counts_of(app: App, campaign_code: str) -> dict[str, int]:
    """Count a campaign's nominations by state."""
    return dict(app.read(campaign_code, nominations.count_by_state))


def campaign_table(terminal: Terminal, views: Sequence[CampaignView]) -> Table:
    """Show campaigns, one per line."""
    heads = (_("Campaign"), _("State"), _("Stage"), _("Name"))
    rows = [
        (
            view.code,
            label(view.state, terminal.language),
            label(view.waiting.stage, terminal.language) if view.waiting else "",
            view.name,
        )
        for view in views
    ]
    return table(terminal, heads, rows, wide=(3,))


def show(
    terminal: Terminal,
    view: CampaignView,
    counts: Mapping[str, int],
    messages: Sequence[MessageCount],
    zone: ZoneInfo,
) -> None:
    """Print a campaign's page."""
    state = label(view.state, terminal.language)
    terminal.say(Text("{code} · {name} · {state}"), code=view.code, name=view.name, state=state)
    if view.rehearsal:
        terminal.say(_("A rehearsal; the campaign's own clock: {now}"), now=moment(view.now, zone))
    terminal.show("")
    if view.stages:
        terminal.show(stage_table(terminal, view, zone))
        terminal.show("")
    if counts:
        terminal.show(count_table(terminal, counts))
        terminal.show("")
    if messages:
        terminal.show(message_table(terminal, messages))
        terminal.show("")
    terminal.show(waiting_line(terminal, view.waiting, zone, view.now))
    terminal.say(
        _("Event log: {events}, hash {hash}…"), events=view.events, hash=view.last_hash[:16]
    )
