"""`thidua person`: roles and links of people, what of them rests, how they want their mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.terminal import confirmation
from cli.terminal.confirmation import YesOption
from cli.terminal.days import day_of, typed_day
from cli.terminal.terminal import (
    USAGE,
    JsonOption,
    PersonOption,
    Terminal,
    checked_code,
    terminal_of,
)
from language import _

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from schemas.commands.command import Command
    from schemas.registers import RestingView

group = typer.Typer(
    help="Roles and links of people; how they want their mail.", no_args_is_help=True
)
links = typer.Typer(help="Links that mails have carried.", no_args_is_help=True)
group.add_typer(links, name="links")

OfArgument = Annotated[
    str, typer.Argument(metavar="PERSON", help="Id of the person.", callback=checked_code)
]
RoleArgument = Annotated[
    str, typer.Argument(metavar="ROLE", help="As in the table of people, e.g. leader.")
]
SinceOption = Annotated[
    str | None,
    typer.Option("--from", metavar="DAY", help="Without it today.", callback=typed_day),
]


@group.command("set")
def set_preference(
    context: typer.Context,
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="Id of the person.", callback=checked_code)
    ],
    digest: Annotated[
        str | None, typer.Option("--digest", metavar="each|daily", help="Each mail, or one a day.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="vi|en", help="Language of their mail.")
    ] = None,
) -> None:
    """Set how a person wants their mail; without options, show it."""
    from campaigns import acts
    from campaigns.services.mail import preferences
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.answers import PreferenceSet
    from schemas.commands.mail import SetMailPreference

    terminal, app = terminal_of(context), open_app()
    if digest not in {None, "each", "daily"}:
        raise typer.BadParameter("each | daily", param_hint="--digest")
    if language not in {None, "vi", "en"}:
        raise typer.BadParameter(terminal.words(_("choose vi or en")), param_hint="--language")
    before = app.read(None, preferences.preference_of, person)
    if before is None:
        terminal.error(terminal.words(_("There is nobody with the id {person}."), person=person))
        raise typer.Exit(USAGE)
    found = before
    if digest or language:
        said = {"of_id": person, "digest": digest, "language": language}
        command = SetMailPreference.model_validate({"command_id": _command_id(), **said})
        done = acts.carry_out_for(PreferenceSet, app, at_console(), None, command)
        found = done.preference
    how = _("one mail a day") if found.digest == "daily" else _("each mail at once")
    terminal.say(
        _("{person}: {digest}, language {tongue}."),
        person=person,
        digest=terminal.words(how),
        tongue=found.language,
    )
    if before == found and (digest or language):
        terminal.say(_("It was so before; nothing was changed."))


@group.command("appoint")
def appoint(
    context: typer.Context,
    of: OfArgument,
    role: RoleArgument,
    person: PersonOption,
    since: SinceOption = None,
) -> None:
    """Appoint somebody to a role from a day on; a right to sign rests before it counts."""
    from operations.installation import open_app
    from schemas.commands.registers import AppointPerson

    terminal, app = terminal_of(context), open_app()
    command = AppointPerson(
        command_id=_command_id(), of_id=of, role=role, since=day_of(since), person_id=person
    )
    _carry_out(terminal, app, person, command)


@group.command("end")
def end(
    context: typer.Context,
    of: OfArgument,
    role: RoleArgument,
    person: PersonOption,
    since: SinceOption = None,
) -> None:
    """End somebody's role: DAY is the first without it."""
    from operations.installation import open_app
    from schemas.commands.registers import EndAppointment

    terminal, app = terminal_of(context), open_app()
    command = EndAppointment(
        command_id=_command_id(), of_id=of, role=role, since=day_of(since), person_id=person
    )
    _carry_out(terminal, app, person, command)


@group.command("changes")
def changes(context: typer.Context, as_json: JsonOption = False) -> None:
    """List the rights to sign, and the addresses of signers, that rest before they count."""
    from campaigns.services.registers import enrolment as registers
    from cli.screens.register_report import resting_line
    from cli.terminal.zones import zone_of_all
    from operations.installation import open_app

    terminal, app = terminal_of(context), open_app()
    found = app.read(None, registers.listed)
    if as_json:
        terminal.json([one.model_dump(mode="json") for one in found])
        return
    if not found:
        terminal.say(_("Nothing rests."))
    zone = zone_of_all(app)
    for one in found:
        terminal.show(resting_line(terminal, one, zone))


@group.command("confirm")
def confirm(
    context: typer.Context, of: OfArgument, person: PersonOption, yes: YesOption = False
) -> None:
    """Let what rests of somebody count at once, as the second person."""
    from operations.installation import open_app
    from schemas.commands.registers import ConfirmPerson

    terminal, app = terminal_of(context), open_app()
    looked_at = _shown(terminal, app, of, yes=yes)
    seen = looked_at.address_wanted if looked_at else None
    command = ConfirmPerson(command_id=_command_id(), of_id=of, seen=seen, person_id=person)
    _carry_out(terminal, app, person, command)


@group.command("refuse")
def refuse(
    context: typer.Context, of: OfArgument, person: PersonOption, yes: YesOption = False
) -> None:
    """Take back what rests of somebody: the address stays as it is, new roles end."""
    from operations.installation import open_app
    from schemas.commands.registers import RefusePerson

    terminal, app = terminal_of(context), open_app()
    looked_at = _shown(terminal, app, of, yes=yes)
    seen = looked_at.address_wanted if looked_at else None
    command = RefusePerson(command_id=_command_id(), of_id=of, seen=seen, person_id=person)
    _carry_out(terminal, app, person, command)


@links.command("revoke")
def revoke_links(context: typer.Context, of: OfArgument, person: PersonOption) -> None:
    """Make every link void that mails to somebody have carried; the next mail has a new one."""
    from campaigns import acts
    from campaigns import registers as registry
    from operations.installation import open_app
    from schemas.actors import at_console
    from schemas.commands.signing import RevokeLinks

    terminal, app = terminal_of(context), open_app()
    command = RevokeLinks(command_id=_command_id(), of_id=of, person_id=person)
    done = acts.carry_out(app, at_console(person), None, command)
    registry.tell(app)
    terminal.told(
        done,
        _("Every link that {person} was sent is void; the next mail has a new one."),
        person=of,
    )


def _command_id() -> str:
    from campaigns.rules import keys

    return keys.command_id("cli", uuid4())


def _shown(terminal: Terminal, app: App, of: str, *, yes: bool) -> RestingView | None:
    """Show what rests of a person and go on only when somebody says so; None: nothing rests."""
    from campaigns.services.registers import enrolment as registers
    from cli.screens.register_report import resting_line
    from cli.terminal.zones import zone_of_all

    found = [one for one in app.read(None, registers.listed) if one.person_id == of]
    if not found:
        return None  # the service says so, in words of its own
    terminal.show(resting_line(terminal, found[0], zone_of_all(app)))
    sure, otherwise = _("Confirm the changes above?"), _("Nothing was confirmed.")
    confirmation.confirm(terminal, terminal.words(sure), terminal.words(otherwise), yes=yes)
    return found[0]


def _carry_out(terminal: Terminal, app: App, person: str, command: Command) -> None:
    from campaigns import acts
    from campaigns import registers as registry
    from cli.screens.register_report import show_changes
    from cli.terminal.zones import zone_of_all
    from schemas.actors import at_console
    from schemas.answers import RegistersChanged

    done = acts.carry_out_for(RegistersChanged, app, at_console(person), None, command)
    registry.tell(app)
    show_changes(terminal, terminal.say, done.changes, zone_of_all(app))
