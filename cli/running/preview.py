"""How does a rehearsal before the launch run? Checked whole, played in a folder thrown away.

The result takes the place of an earlier one only when all of it is written.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from campaigns.bootstrap import App
from campaigns.rehearsal import preview
from campaigns.rehearsal.preview import Inputs
from campaigns.services.playbook.library import check_playbook
from cli.screens.import_report import show_report
from cli.terminal import headings
from cli.terminal.harmless import visible
from cli.terminal.terminal import USAGE, Terminal
from language import N_, _
from language.errors import Kind, Refusal
from schemas.imports import FileUnreadable
from schemas.playbook.playbook import Playbook
from schemas.views.preview import SignOff

_IDENTITY: Final = 12


class SignOffFolderTaken(Refusal):
    """The folder for the result holds something else."""

    kind = Kind.CONFLICT
    message = N_(
        "{out} holds something else than a rehearsal before a launch; nothing was changed."
    )
    remedy = N_("Choose another folder with --out.")

    def __init__(self, out: Path) -> None:
        super().__init__(out=out)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants rehearsed, and where the result goes."""

    playbook: str
    units: Path
    people: Path
    out: Path
    seed: int
    nominations: int | None
    as_json: bool


def run(terminal: Terminal, wanted: Wanted) -> int:
    """Rehearse; return the exit code.

    Raises:
        Refusal: It cannot be; nothing was written.
    """
    _ensure_free(wanted.out)
    playbook, advice = _checked(terminal, wanted)
    with tempfile.TemporaryDirectory(prefix="thidua-") as home:
        app = preview.open_beside(Path(home))
        try:
            page = _rehearsed(terminal, app, wanted, playbook, advice)
        finally:
            app.store.engine.dispose()
    if page is None:
        return USAGE
    _tell(terminal, wanted, page)
    return 0


def _ensure_free(out: Path) -> None:
    """Refuse a folder that would be overwritten and is not ours."""
    if out.exists() and not (out / preview.MANIFEST).is_file():
        if out.is_dir() and not any(out.iterdir()):
            return
        raise SignOffFolderTaken(out)


def _checked(terminal: Terminal, wanted: Wanted) -> tuple[Playbook | None, list[str]]:
    """Show what is wrong with the playbook; the registers are read all the same."""
    for path in (wanted.units, wanted.people):
        if not path.is_file():
            raise FileUnreadable(
                _("There is no file {file}; check the folder and the name.", file=path)
            )
    playbook, problems = check_playbook(wanted.playbook, terminal.language)
    if playbook is None:
        for problem in problems:
            if problem.level == "error":
                terminal.error(visible(problem))
        return None, []
    _playbook, in_vietnamese = check_playbook(wanted.playbook, "vi")
    return playbook, [str(problem) for problem in in_vietnamese]


def _rehearsed(
    terminal: Terminal, app: App, wanted: Wanted, playbook: Playbook | None, advice: list[str]
) -> SignOff | None:
    path = Path(wanted.playbook)
    file = path if path.is_file() else None
    basis = playbook or _any_playbook()
    inputs = Inputs(basis, file, wanted.units, wanted.people, wanted.seed, wanted.nominations)
    reports = preview.enter(app, inputs)
    refused = preview.refused(reports)
    for _path, report in reports:
        if report.has_errors:
            show_report(terminal, report, as_json=False)
    if refused is not None:
        terminal.error(refused.say(terminal.language))
    if refused is not None or playbook is None:
        return None
    begun = preview.begin(app, inputs)
    terminal.remark(begun)
    with _replacing_folder(wanted.out) as draft, terminal.working(_("Rehearsing the campaign")):
        box = preview.play(app, inputs, draft, begun)
        return preview.write(app, inputs, box, advice, _kind)


def _kind(template: str) -> str:
    return headings.template_name(template, "vi")


def _any_playbook() -> Playbook:
    """Return a playbook to read the registers with where the one named cannot be used."""
    from campaigns.services.playbook.library import load_playbook

    return load_playbook("dan-van-kheo")


@contextmanager
def _replacing_folder(out: Path) -> Iterator[Path]:
    """Give a folder beside `out`; it takes its place only when all was written."""
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_name(f".{out.name}.{os.getpid()}.part")
    old = out.with_name(f".{out.name}.{os.getpid()}.old")
    draft.mkdir()
    try:
        yield draft
        if out.exists():
            out.rename(old)
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _tell(terminal: Terminal, wanted: Wanted, page: SignOff) -> None:
    if wanted.as_json:
        terminal.json(
            {
                "rehearsal": page.identity,
                "campaign": page.campaign_code,
                "messages": page.mails,
                "warnings": list(page.warnings),
                "counts": dict(page.counts),
                "folder": str(wanted.out),
            }
        )
        return
    for doubt in page.warnings:
        terminal.say(_("To look at (in Vietnamese, as on the page): {what}"), what=doubt)
    terminal.say(
        _("{campaign} is rehearsed: {mails} mails, {doubts} things to look at, number {identity}."),
        campaign=page.campaign_code,
        mails=page.mails,
        doubts=len(page.warnings),
        identity=page.identity[:_IDENTITY],
    )
    terminal.say(_("No mail was sent; all of it lies in the folder below."))
    terminal.say(_("Open to read and sign: {page}"), page=wanted.out / preview.PAGE)
