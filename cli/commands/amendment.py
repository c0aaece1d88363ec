"""`thidua campaign amend|confirm|playbook|history`: the versions of a campaign's playbook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cli.terminal.confirmation import YesOption, confirm
from cli.terminal.terminal import (
    USAGE,
    CampaignOption,
    JsonOption,
    PersonOption,
    Terminal,
    checked_out,
    checked_text,
    moment,
    terminal_of,
)
from language import Text, _
from schemas.limits import LARGEST_VERSION

if TYPE_CHECKING:
    from schemas.outcomes import Done
    from schemas.playbook.amendments import AmendmentView

_RESTS: Final = _(
    "The new rules of approval rest; a second person can confirm them: `thidua campaign confirm`."
)
_MATTERS: Final = {
    "stages_replanned": _("stages planned anew"),
    "sessions_moved": _("sessions of the council moved"),
    "nominations": _("nominations received (kept as they are)"),
    "reviews": _("reviews recorded (kept as they are)"),
    "messages_waiting": _("messages not sent yet, written as of now"),
    "people_told": _("units and people who will be told"),
}

_HASH_SHOWN: Final = 12

AmendedOption = Annotated[
    str, typer.Option("--playbook", metavar="NAME|FILE", help="The playbook as amended.")
]
ReasonOption = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="Why; it is kept.", callback=checked_text)
]
BaseOption = Annotated[
    int | None,
    typer.Option(
        "--base",
        min=1,
        max=LARGEST_VERSION,
        metavar="N",
        help="The version the file was made from; without it the one in force now.",
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show it; change nothing.")]
VersionOption = Annotated[
    int | None,
    typer.Option(
        "--version",
        min=1,
        max=LARGEST_VERSION,
        metavar="N",
        help="Without it, the version in force.",
    ),
]
FileOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Where to write.", callback=checked_out),
]


def amend(
    context: typer.Context,
    playbook: AmendedOption,
    person: PersonOption,
    campaign: CampaignOption = None,
    reason: ReasonOption = "",
    base: BaseOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Change the playbook of a running campaign, after a look at what that touches."""
    from campaigns import acts
    from campaigns.rules import keys
    from campaigns.services.playbook import amendments
    from campaigns.services.playbook.library import load_playbook
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.playbook import AmendPlaybook

    terminal = terminal_of(context)
    amended = load_playbook(playbook, terminal.language)
    app = open_app()
    code = app.campaign_code(campaign)
    view = app.read(code, amendments.propose, amended)
    stale = base is not None and base != view.base_version
    if not stale:
        _show(terminal, view)
    if view.is_refused and not stale:
        raise _refused(terminal, view)
    if dry_run or (not view.changes and not stale):
        if view.changes:
            terminal.say(_("Only shown; nothing was changed."))
        return
    reason = reason or _asked_reason(terminal)
    sure = yes or stale
    confirm(
        terminal,
        terminal.words(_("Amend the playbook so?")),
        terminal.words(_("Not amended; nothing was changed.")),
        yes=sure,
    )
    command = AmendPlaybook(
        command_id=keys.command_id(
            "cli", "amend", code, base or view.base_version, view.hash, person
        ),
        base_version=base or view.base_version,
        person_id=person,
        reason=reason,
    )
    done = acts.carry_out(app, at_console(person), code, command, amended)
    _say_amended(terminal, code, command.base_version + 1, done)
    if app.read(code, lambda tx: tx.campaign.launched_at) is not None:
        go_on(terminal, app, code)


def _say_amended(terminal: Terminal, code: str, version: int, done: Done) -> None:
    terminal.told(
        done,
        _("Amended: the playbook of {campaign} is at version {version} now ({count} keys)."),
        campaign=code,
        version=version,
        count=done.changed,
    )
    if done.detail == "resting":
        terminal.say(_RESTS)


def confirm_rules(
    context: typer.Context, person: PersonOption, campaign: CampaignOption = None
) -> None:
    """Let amended rules of approval count at once, as the second person."""
    from campaigns import acts
    from campaigns.rules import keys
    from cli.running.cycle import go_on
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.playbook import ConfirmAmendment

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    version = app.read(code, lambda tx: tx.campaign.playbook_version)
    command = ConfirmAmendment(
        command_id=keys.command_id("cli", "confirm-amendment", code, version, person),
        person_id=person,
    )
    done = acts.carry_out(app, at_console(person), code, command)
    terminal.told(
        done,
        _("The rules of approval of {campaign} are confirmed and count at once."),
        campaign=code,
    )
    go_on(terminal, app, code)


def show_playbook(
    context: typer.Context,
    campaign: CampaignOption = None,
    version: VersionOption = None,
    out: FileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print a version of a campaign's playbook, or write it to a file to amend."""
    from campaigns.rules.playbook.reading import plain
    from campaigns.services.playbook import amendments
    from campaigns.services.playbook.writing import as_yaml
    from documents.writing.tables import replacing
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    playbook = app.read(code, amendments.version, version)
    number = version or app.read(code, lambda tx: tx.campaign.playbook_version)
    if as_json:
        terminal.json(plain(playbook))
        return
    head = terminal.words(
        _(
            "Campaign {campaign}, version {version} of its playbook.\nComments and "
            "the order of the original file are not kept; every default is written "
            "out.\nChange this file, then: thidua campaign amend --playbook FILE "
            "--reason … --as PERSON"
        ),
        campaign=code,
        version=number,
    )
    text = as_yaml(playbook, head)
    if out is None:
        sys.stdout.write(text)
        return
    with replacing(out) as draft:
        draft.write_text(text, encoding="utf-8")
    terminal.say(
        _(
            "Version {version} of the playbook of {campaign} was written to {file}. "
            "Comments and the order of the original file are not kept; every "
            "default is written out."
        ),
        campaign=code,
        version=number,
        file=out,
    )


def history(
    context: typer.Context, campaign: CampaignOption = None, as_json: JsonOption = False
) -> None:
    """List the versions of a campaign's playbook: when, by whom, why."""
    from campaigns.services.playbook import amendments
    from cli.screens.standing import zone_of
    from cli.terminal.tables import table
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    code = app.campaign_code(campaign)
    versions = app.read(code, amendments.history)
    if as_json:
        terminal.json([one.model_dump(mode="json") for one in versions])
        return
    zone = zone_of(app, code)
    heads = (
        _("Version"),
        _("Recorded"),
        _("By"),
        _("Keys changed"),
        _("Hash"),
        _("Reason"),
    )
    rows = [
        (
            one.version,
            moment(one.recorded_at, zone),
            one.actor,
            len(one.keys) or "",
            one.hash[:_HASH_SHOWN],
            one.reason,
        )
        for one in versions
    ]
    terminal.show(table(terminal, heads, rows, wide=(5,)))


def _show(terminal: Terminal, view: AmendmentView) -> None:
    from campaigns.rules.playbook.amendment_words import REASONS, value_said
    from campaigns.rules.playbook.amendments import Settled
    from cli.terminal.tables import table

    values = {"campaign": view.campaign, "base": view.base_version}
    if not view.changes:
        terminal.say(
            _(
                "This playbook is the one in force for {campaign} (version {base}); "
                "nothing to amend."
            ),
            **values,
        )
        return
    language = terminal.language
    terminal.say(
        _("Amendment of the playbook of {campaign}, version {base} to {next}:"),
        **values,
        next=view.base_version + 1,
    )
    terminal.show("")
    heads: list[Text] = [_("Key"), _("What"), _("In force"), _("Amended")]
    rows: list[list[str]] = []
    for key in view.changes:
        name = key.name[0] if language == "vi" else key.name[1]
        said = [key.key, name, value_said(key.old, language), value_said(key.new, language)]
        why = REASONS[Settled(key.refused)].say(language) if key.refused else ""
        rows.append([*said, why] if view.is_refused else said)
    if view.is_refused:
        heads.append(_("Not possible, since"))
    terminal.show(table(terminal, heads, rows, wide=range(1, len(heads))))
    if view.touched:
        terminal.show("")
        terminal.say(_("What it touches:"))
        for matter, count in view.touched:
            name = terminal.words(_MATTERS[matter])
            terminal.say(Text("  {matter}: {count}"), matter=name, count=count)


def _refused(terminal: Terminal, view: AmendmentView) -> typer.Exit:
    """Say how many keys cannot be amended any more; return how the command ends."""
    said = _(
        "Not amended: {count} keys are settled already. Leave them as they are in the playbook.",
        count=_refusals(view),
    )
    terminal.error(terminal.words(said))
    return typer.Exit(USAGE)


def _refusals(view: AmendmentView) -> int:
    return sum(1 for key in view.changes if key.refused)


def _asked_reason(terminal: Terminal) -> str:
    """Ask for the reason where somebody sits at the terminal; the service refuses an empty one."""
    if not sys.stdin.isatty():
        return ""
    said: str = typer.prompt(
        terminal.words(_("Reason for the amendment")), default="", show_default=False
    )
    return said.strip()
