"""`thidua audit`: is the record whole, and what does it say?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.harmless import visible
from cli.terminal.terminal import (
    USAGE,
    CampaignOption,
    JsonOption,
    OutOption,
    Terminal,
    checked_code,
    checked_path,
    terminal_of,
)
from language import _

if TYPE_CHECKING:
    from campaigns.rules.log.anchors import Anchor
    from schemas.views.audit import AuditResult, Counted

KINDS: Final = {
    "state": _("states"),
    "campaign": _("campaign"),
    "playbook": _("playbooks"),
    "stage": _("stages"),
    "approval": _("signatures"),
    "basis": _("figures of approvals"),
    "delegation": _("delegations"),
    "extension": _("extensions"),
    "session": _("sessions"),
    "closing": _("closed sessions"),
    "cancellation": _("cancellations"),
    "clock_repair": _("repairs of the clock"),
    "nomination": _("nominations"),
    "form": _("forms"),
    "finding": _("findings"),
    "review": _("reviews"),
    "appraisal": _("appraisals"),
    "tally": _("tallies"),
    "ballots": _("sums of ballots"),
    "roll": _("rolls"),
    "act": _("acts on nominations"),
    "judgement": _("corrected reviews and votes"),
    "decision": _("decisions"),
    "results": _("lists of decisions"),
    "recognition": _("results"),
    "correction": _("corrections"),
    "adoption": _("replications"),
    "follow_up": _("follow-ups"),
    "mail": _("mails"),
    "other": _("other"),
}
_REGISTERS_NOT_BEGUN = _("The registers have no log yet; it begins with the next entry.")

group = typer.Typer(help="Verify and hand out the event logs.", no_args_is_help=True)


@group.command("verify")
def verify(
    context: typer.Context,
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="The campaign.", callback=checked_code)
    ] = None,
    campaign: CampaignOption = None,
    expect: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER:HASH",
            help="A head of the log that was noted elsewhere; may be given several times.",
        ),
    ] = None,
    mails: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Check the heads that saved mails (*.eml) name.",
            callback=checked_path,
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Recompute the chains of a campaign's log and of the registers'; name what does not fit."""
    from campaigns.services.log import audit
    from campaigns.services.registers import audit as register_audit
    from campaigns.store import campaigns
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    registers = app.read(None, register_audit.verify)
    if not (code or campaign or app.read(None, campaigns.codes)):
        # Before the first campaign there are registers to verify, and nothing else.
        if as_json:
            terminal.json({"registers": registers.model_dump(mode="json")})
        _say_registers(terminal, registers, as_json=as_json)
        return
    wanted = app.campaign_code(code or campaign)
    noted = _noted(wanted, expect or (), mails)
    result = app.read(wanted, audit.verify, noted)
    if as_json:
        found = result.model_dump(mode="json")
        terminal.json({**found, "registers": registers.model_dump(mode="json")})
    else:
        _show(terminal, result)
    _say_registers(terminal, registers, as_json=as_json)
    if not result.intact:
        raise typer.Exit(USAGE)


def _say_registers(terminal: Terminal, found: AuditResult, *, as_json: bool) -> None:
    """Say how it stands with the registers; exit with 2 where somebody touched them."""
    if found.intact and not as_json:
        phrase = _(
            "The log of the registers is intact: {events} events; people, roles, "
            "addresses and units are as it says."
        )
        if not found.events:
            phrase = _REGISTERS_NOT_BEGUN
        terminal.say(phrase, events=found.events)
    if found.intact:
        return
    if not as_json:
        things = ", ".join(found.differing)
        broken = found.broken_at is not None
        phrase = (
            _("The log of the registers is broken at event {number}: {reason}.")
            if broken
            else _("The registers differ from their log: {things}.")
        )
        number, reason = found.broken_at, found.reason
        terminal.error(terminal.words(phrase, number=number, reason=reason, things=things))
    raise typer.Exit(USAGE)


@group.command("registers")
def registers(
    context: typer.Context,
    of: Annotated[
        str | None,
        typer.Option("--of", metavar="ID", help="Of one person or unit.", callback=checked_code),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what happened to people, roles, addresses and units: by whom, before and after."""
    from campaigns.rules.log.chain import written
    from campaigns.services.registers import audit as register_audit
    from cli.terminal.zones import when, zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    zone = zone_of_all(app)
    with app.store.reading() as tx:
        found = list(register_audit.events(tx, of))
    if as_json:
        terminal.json([{**one._asdict(), "occurred_at": written(one.occurred_at)} for one in found])
        return
    for one in found:
        at = when(one.occurred_at, zone)
        told = f"{one.number} · {at} · {one.name} · {one.subject} · {one.actor}"
        terminal.show(visible(told))
        for line in _before_and_after(one.facts):
            terminal.show(visible(f"    {line}"))
    if not found:
        terminal.say(_REGISTERS_NOT_BEGUN)


def _before_and_after(facts: Mapping[str, object]) -> list[str]:
    """Return what was said otherwise before, a line a field."""
    before, after = facts.get("before"), facts.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    fields = [one for one in {**before, **after} if before.get(one, "") != after.get(one, "")]
    return [f"{one}: {before.get(one) or '-'} → {after.get(one) or '-'}" for one in fields]


def _noted(campaign: str, expect: Sequence[str], mails: Path | None) -> list[Anchor]:
    from campaigns.rules.log import anchors
    from campaigns.rules.log.errors import AnchorsNotFound

    found = [anchors.read(text, "--expect") for text in expect]
    if mails is not None:
        from notifications.returned import saved

        read = list(saved.texts(mails))
        named = [one for path, text in read for one in anchors.within(text, campaign, path.name)]
        if not named:
            raise AnchorsNotFound(mails, len(read), campaign)
        found += named
    return found


def _show(terminal: Terminal, result: AuditResult) -> None:
    campaign = result.campaign
    if result.broken_at is not None:
        number, reason = result.broken_at, result.reason
        terminal.error(
            terminal.words(
                _(
                    "The log of {campaign} was changed: record {number} is the first that "
                    "does not fit ({reason})."
                ),
                campaign=campaign,
                number=number,
                reason=reason,
            )
        )
        return
    if result.intact:
        terminal.say(
            _("The log of {campaign} is intact: {events} events."),
            campaign=campaign,
            events=result.events,
        )
    elif result.differences or not result.anchors:
        things = ", ".join(result.differing) or result.reason
        terminal.error(
            terminal.words(
                _("The rows of {campaign} are not what the log says: {things}."),
                campaign=campaign,
                things=things,
            )
        )
        _show_differences(terminal, result)
    _show_anchors(terminal, result)
    if result.compared:
        terminal.say(
            _("Compared with the log: {things}."), things=_listed(terminal, result.compared)
        )
    if result.not_compared:
        terminal.say(
            _("Not compared in full, because an earlier version told the log less: {things}."),
            things=_listed(terminal, result.not_compared),
        )
    terminal.say(
        _(
            "Not in this log, and so not compared: when mails left, notes and "
            "reports of replications. The registers of units and people have a log "
            "of their own."
        )
    )
    terminal.say(
        _("Head to note elsewhere: {campaign} {head}"), campaign=campaign, head=result.head
    )


def _show_differences(terminal: Terminal, result: AuditResult) -> None:
    phrases = {
        "missing": _("  {thing}: in the log, but gone"),
        "added": _("  {thing}: not in the log"),
    }
    for one in result.differences:
        phrase = phrases.get(one.problem, _("  {thing}: differs from the log in {columns}"))
        terminal.say(phrase, thing=one.thing, columns=", ".join(one.columns))
    if result.differences_more:
        terminal.say(_("  and {count} more"), count=result.differences_more)


def _show_anchors(terminal: Terminal, result: AuditResult) -> None:
    holding = sum(one.holds for one in result.anchors)
    if holding:
        terminal.say(_("Heads noted elsewhere that hold: {count}."), count=holding)
    for one in result.anchors:
        if not one.holds:
            phrase = (
                _(
                    "The head {number}:{hash} ({source}) does not hold: the log here has "
                    "{found}. It was written anew after that was noted; restore a backup "
                    "that has it."
                )
                if one.found
                else _(
                    "The head {number}:{hash} ({source}) is not here: the log ends before "
                    "it. Its end was cut off, or this is an older backup."
                )
            )
            terminal.error(terminal.words(phrase, **one.model_dump()))


def _listed(terminal: Terminal, counts: Sequence[Counted]) -> str:
    return ", ".join(f"{terminal.words(KINDS[one.kind])} {one.count}" for one in counts)


@group.command("export")
def export(context: typer.Context, out: OutOption, campaign: CampaignOption = None) -> None:
    """Write the log, one JSON object per line, in its order."""
    from campaigns.services.log import audit
    from documents.writing.tables import replacing
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    count = 0
    with (
        app.store.reading(code) as tx,
        replacing(out) as draft,
        draft.open("w", encoding="utf-8") as file,
    ):
        for count, line in enumerate(audit.lines(tx), 1):  # noqa: B007 - said below
            file.write(f"{line}\n")
    terminal.say(_("{count} events written to {file}."), count=count, file=out)
