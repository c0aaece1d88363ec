"""`thidua backup` and `thidua restore`: an installation in one file, and back."""

from __future__ import annotations

import errno
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.terminal.terminal import USAGE, FileArgument, Terminal, checked_out, terminal_of
from language import _, pgettext

if TYPE_CHECKING:
    from campaigns.bootstrap import App
    from campaigns.settings import Settings
    from operations.archive import Manifest

OutArgument = Annotated[
    Path, typer.Argument(metavar="OUT", show_default=False, callback=checked_out)
]
SecretOption = Annotated[
    bool, typer.Option("--with-secret", help="Also what links and tokens are signed with.")
]
ReplaceOption = Annotated[
    bool, typer.Option("--replace", help="Write over a file of this name without asking.")
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Move what is there aside; nothing is deleted.")
]
SinceOption = Annotated[
    bool,
    typer.Option(
        "--nothing-since",
        help="No mail has left since the backup was made: what waits may leave by itself.",
    ),
]


def backup(
    context: typer.Context,
    out: OutArgument,
    with_secret: SecretOption = False,
    replace: ReplaceOption = False,
) -> None:
    """Write database, documents and mail to one archive, while the engine runs."""
    from campaigns.bootstrap import SystemClock
    from operations import archive
    from operations.installation import open_settings

    terminal, settings = terminal_of(context), open_settings()
    if out.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder", str(out))
    _ensure_there(terminal, settings)
    if out.exists() and not replace:
        _ensure_wanted(terminal, out)
    with terminal.working(_("Backing up …")):
        now = SystemClock().now()
        manifest = archive.write(settings, out, now, with_secret=with_secret)
    terminal.say(
        _(
            "{members} files, {campaigns} campaigns, are in {file} ({size} MB). It "
            "holds names, addresses, scores and ballots: encrypt it and keep it "
            "private."
        ),
        members=len(manifest.members),
        campaigns=len(manifest.heads),
        file=out,
        size=f"{out.stat().st_size / 1e6:.1f}",
    )
    if not with_secret:
        terminal.note(
            _(
                "The secret (secret.key) is not in it; add --with-secret if links and "
                "tokens given out are to work after a restore."
            )
        )


def _ensure_there(terminal: Terminal, settings: Settings) -> None:
    """End where there is nothing to back up: an archive of nothing would look like one."""
    from operations.installation import database_versions

    found, wanted = database_versions(settings)
    if found is None:
        terminal.error(
            terminal.words(
                _("There is no database yet (version {want} is needed): run thidua init."),
                want=wanted,
            )
        )
        raise typer.Exit(USAGE)


def _ensure_wanted(terminal: Terminal, out: Path) -> None:
    """Go on only where a person at the terminal says that the file may be replaced."""
    if not sys.stdin.isatty():
        terminal.error(
            terminal.words(
                _(
                    "{file} is there already; choose another name, or add --replace to "
                    "write over it."
                ),
                file=out,
            )
        )
        raise typer.Exit(USAGE)
    if not typer.confirm(
        terminal.words(_("{file} is there already. Write over it?"), file=out), default=False
    ):
        terminal.say(_("The file stays; nothing was backed up."))
        raise typer.Exit


def restore(
    context: typer.Context,
    file: FileArgument,
    force: ForceOption = False,
    nothing_since: SinceOption = False,
) -> None:
    """Put a backup in place, and verify every campaign of it."""
    from campaigns.store.engine import beats
    from cli.terminal.zones import when, zone_of_all
    from operations import archive
    from operations.installation import HERE, open_app, open_settings

    terminal, settings = terminal_of(context), open_settings()
    _ensure_may_restore(settings, force=force)
    home = settings.home.absolute()
    with (
        terminal.working(_("Checking and restoring …")),
        archive.opened(file, home) as (manifest, folder),
    ):
        aside = _put_in_place(settings, manifest, folder)
        before = _upgrade(settings, manifest)
    if aside is not None:
        terminal.say(_("The old folder is now {folder}."), folder=aside)
    app = open_app()
    app.act_as(HERE, None, beats.forget_all)
    at = when(manifest.created_at, zone_of_all(app))
    terminal.say(_("The backup of {at} was restored to {home}."), at=at, home=settings.home)
    if before != (after := _wanted()):
        terminal.say(
            pgettext("backup", "The database was brought from version {before} to {after}."),
            before=before,
            after=after,
        )
    intact = [_verified(terminal, app, code, manifest) for code in sorted(manifest.heads)]
    for code in sorted(manifest.heads):
        _settle_mail(terminal, app, code, manifest, nothing_since=nothing_since)
    if not all(intact):
        raise typer.Exit(USAGE)


def _ensure_may_restore(settings: Settings, *, force: bool) -> None:
    from campaigns.rules.backup.errors import HomeInUse, HomeNotEmpty
    from campaigns.store import copies
    from campaigns.store.database import open_engine
    from operations.lock import is_in_use

    if is_in_use(settings.home):
        raise HomeInUse(settings.home)
    if settings.home.exists() and any(settings.home.iterdir()) and not force:
        raise HomeNotEmpty(settings.home)
    if not copies.is_sqlite(settings.database):
        engine = open_engine(settings.database)
        try:
            copies.ensure_empty(engine)
        finally:
            engine.dispose()


def _put_in_place(settings: Settings, manifest: Manifest, folder: Path) -> Path | None:
    """Make the unpacked folder the home; return where the old one is now, if there was one."""
    from campaigns.rules.backup.errors import BackupOfOtherKind
    from campaigns.store import copies
    from operations.installation import make_folders

    here = "sqlite" if copies.is_sqlite(settings.database) else "postgresql"
    if manifest.database != here:
        raise BackupOfOtherKind(manifest.database, here)
    if here == "postgresql":
        copies.copy_in(settings.database, folder / "database.dump")
    home, aside = settings.home.absolute(), None
    if home.exists() and any(home.iterdir()):
        aside = _free_name(home)
        home.rename(aside)
    make_folders(settings.model_copy(update={"home": home}))
    for path in sorted(folder.iterdir()):
        if path.name == "database.sqlite":
            copies.copy_in(settings.database, path)
        elif path.name not in {"database.dump", "manifest.json"}:
            _replace(path, home / path.name)
    return aside


def _replace(path: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)  # made empty a moment ago
    path.replace(target)


def _free_name(home: Path) -> Path:
    number = 1
    while (name := home.with_name(f"{home.name}.before-restore-{number}")).exists():
        number += 1
    return name


def _upgrade(settings: Settings, manifest: Manifest) -> str:
    from operations.installation import prepare_database

    before, _ = prepare_database(settings)
    return before or manifest.revision


def _wanted() -> str:
    from campaigns.store import schema

    return schema.wanted()


def _verified(terminal: Terminal, app: App, code: str, manifest: Manifest) -> bool:
    """Recompute a campaign's log, and compare its end with what the backup says of it."""
    from campaigns.services.log import audit

    result, head = app.read(code, audit.verify), app.read(code, lambda tx: tx.head())
    noted = manifest.heads[code]
    same = head.number > noted.number or (head.number, head.hash) == (noted.number, noted.hash)
    if result.intact and same:
        terminal.say(
            _("{code}: {events} events, the chain is intact."), code=code, events=result.events
        )
        return True
    reason = result.reason or "another last event than the backup says"
    terminal.error(
        terminal.words(
            _("{code}: the log does not fit ({reason}); take another backup."),
            code=code,
            reason=reason,
        )
    )
    return False


def _settle_mail(
    terminal: Terminal, app: App, code: str, manifest: Manifest, *, nothing_since: bool
) -> None:
    from campaigns.services.engine import restored
    from campaigns.views import board
    from operations.installation import HERE

    if nothing_since or app.read(code, lambda tx: tx.campaign.clock_at) is not None:
        return
    done = app.act_as(HERE, code, restored.distrust_queue, manifest.created_at)
    if done.changed:
        terminal.say(
            _(
                "{code}: {count} messages that were to leave may have left since the "
                "backup; they are uncertain now and do not leave by themselves. See: "
                "thidua outbox list --state uncertain; send: thidua outbox retry "
                "--uncertain"
            ),
            code=code,
            count=done.changed,
        )
    counts = app.read(code, board.message_counts)
    if held := sum(one.count for one in counts if one.state == "held"):
        terminal.say(
            _(
                "{code}: {count} messages are held; before you release them, find out "
                "whether they were released after the backup."
            ),
            code=code,
            count=held,
        )
