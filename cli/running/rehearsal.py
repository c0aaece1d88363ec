"""How does a rehearsal run? Checked, prepared beside Prefect's start, played, and told at the end.

Everything lies in a folder of the rehearsal's own. The same inputs again change nothing; others
are refused, because two rehearsals in one folder would be no record of either.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaigns import intake
from campaigns.bootstrap import App
from campaigns.rehearsal.recorded import Folder, prepare
from campaigns.rules.importing.errors import RowsRefused
from campaigns.rules.playbook.reading import is_same, playbook_hash
from campaigns.services.appraisal import able
from campaigns.services.playbook.library import load_playbook
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.nomination import nominations
from campaigns.views import board
from cli.running.cycle import engine_lock, run_rehearsal, wait_until_ready
from cli.screens import rehearsal
from cli.screens.import_report import show_report
from cli.screens.progress import progress
from cli.terminal.terminal import USAGE, Terminal
from documents.writing.tables import replacing
from language import N_, _
from language.errors import Kind, Refusal
from operations.installation import (
    make_folders,
    open_app,
    open_settings,
    prepare_database,
    use_home,
)
from operations.prefect.server import local_api
from schemas.actors import at_console
from schemas.imports import FileUnreadable
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import CampaignState

_INPUTS: Final = "rehearsal.json"
_NEEDED: Final = ("units", "people", "nominations")


class RehearsalFolderTaken(Refusal):
    """The folder holds something else than this rehearsal."""

    kind = Kind.CONFLICT
    message = N_(
        "{out} holds another campaign, or a rehearsal of other files, another playbook or other "
        "options; nothing was changed."
    )
    remedy = N_("Choose another folder with --out, or remove this one.")

    def __init__(self, out: Path) -> None:
        super().__init__(out=out)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants rehearsed, and where."""

    folder: Path
    out: Path
    playbook: str | None
    accept_valid: bool
    as_json: bool


def run(terminal: Terminal, wanted: Wanted, started: float) -> int:
    """Rehearse; return the exit code.

    Raises:
        Refusal: It cannot be, or cannot go on; what was recorded until then is kept.
    """
    folder = _checked(wanted)
    playbook = load_playbook(wanted.playbook or folder.playbook_name, terminal.language)
    use_home(wanted.out, accept_valid=wanted.accept_valid)
    settings = open_settings()
    make_folders(settings)
    with engine_lock(terminal, settings.home, wait=False):
        prepare_database(settings)
        app = open_app()
        _ensure_own(app, _inputs(folder, playbook, wanted), playbook)
        finished = _is_finished(app, playbook.code)
        if not finished:
            with _rows_told(terminal, app, wanted.as_json):
                _play(terminal, app, folder, playbook)
        outcome = rehearsal.gather(app, playbook.code, terminal.language, unchanged=finished)
        # Closed in order, SQLite leaves one whole file: a later look changes no byte of it.
        app.store.engine.dispose()
    show = rehearsal.show_json if wanted.as_json else rehearsal.show
    show(terminal, outcome, started)
    return USAGE if outcome.view.waiting else 0


def _checked(wanted: Wanted) -> Folder:
    """Refuse what cannot be a rehearsal before anything is written."""
    if not wanted.folder.is_dir():
        problem = (
            _("{folder} is a file, not a folder; name a folder of recorded acts.")
            if wanted.folder.exists()
            else _("{folder} does not exist; name a folder of recorded acts.")
        )
        raise FileUnreadable(problem.with_values(folder=wanted.folder))
    if wanted.out.exists() and not wanted.out.is_dir():
        raise FileUnreadable(_("{out} is a file; name a folder with --out.", out=wanted.out))
    folder = Folder(wanted.folder)
    missing = [stem for stem in _NEEDED if folder.find(stem) is None]
    if missing:
        files = ", ".join(f"{stem}*.xlsx or {stem}*.csv" for stem in missing)
        raise FileUnreadable(
            _("{folder} lacks {files}; a rehearsal needs them.", folder=wanted.folder, files=files)
        )
    return folder


def _inputs(folder: Folder, playbook: Playbook, wanted: Wanted) -> dict[str, str | bool]:
    return {
        "files": folder.digest(),
        "playbook": playbook_hash(playbook),
        "accept_valid": wanted.accept_valid,
    }


def _ensure_own(app: App, inputs: dict[str, str | bool], playbook: Playbook) -> None:
    """Note what is rehearsed here, or refuse another rehearsal than the one begun.

    Raises:
        RehearsalFolderTaken: There is a campaign, and it is not of these inputs.
    """
    note = app.settings.home / _INPUTS
    if codes := app.read(None, campaigns.codes):
        if not (_is_noted(note, inputs) and codes == [playbook.code]):
            raise RehearsalFolderTaken(app.settings.home)
        if not is_same(app.read(playbook.code, lambda tx: tx.playbook), playbook):
            raise RehearsalFolderTaken(app.settings.home)
        return
    with replacing(note) as draft:
        draft.write_text(json.dumps(inputs, indent=1) + "\n", encoding="utf-8")


def _is_noted(note: Path, inputs: dict[str, str | bool]) -> bool:
    """Say whether these inputs were noted; the playbook is compared with the campaign's own."""
    if not note.exists():
        return False
    noted = json.loads(note.read_text(encoding="utf-8"))
    return bool({**noted, "playbook": inputs["playbook"]} == inputs)


def _is_finished(app: App, campaign_code: str) -> bool:
    if campaign_code not in app.read(None, campaigns.codes):
        return False
    return app.read(campaign_code, board.view).state == CampaignState.CLOSED


def _play(terminal: Terminal, app: App, folder: Folder, playbook: Playbook) -> None:
    # Prefect's database gets ready on one core while the registers are imported on another.
    with local_api(app.settings) as api:
        with terminal.working(_("Importing units and people, checking nominations")):
            code = prepare(app, folder, playbook)
            _ensure_nominations_good(app, folder, code)
            import flows.cycle  # noqa: F401 - takes 3 s, and the server is not ready yet
        terminal.remark(app.read(code, able.told))
        wait_until_ready(terminal, api)
        with progress(terminal, app, code):
            run_rehearsal(code, folder.path)


def _ensure_nominations_good(app: App, folder: Folder, campaign_code: str) -> None:
    """Read the nominations once before the engine starts: bad rows are told at once.

    Raises:
        RowsRefused: There are some, and they are not to be left out.
    """
    path = folder.need("nominations")
    if app.settings.accept_valid or app.read(campaign_code, nominations.by_code):
        return
    request = intake.Request(path, at_console(), dry_run=True)
    report = intake.import_nominations(app, campaign_code, request)
    if report.has_errors:
        raise RowsRefused(path.name, report)


@contextmanager
def _rows_told(terminal: Terminal, app: App, as_json: bool) -> Iterator[None]:
    """Where recorded rows are refused: show why, and leave nothing behind."""
    try:
        yield
    except RowsRefused as refused:
        show_report(terminal, refused.report, as_json=as_json)
        _remove_records(app)
        raise


def _remove_records(app: App) -> None:
    """Take back what the refused rehearsal recorded: there was nothing else in this database."""
    settings: Settings = app.settings
    app.store.engine.dispose()
    for path in settings.home.glob("thidua.db*"):
        path.unlink()
    (settings.home / _INPUTS).unlink(missing_ok=True)
    shutil.rmtree(settings.maildir, ignore_errors=True)
