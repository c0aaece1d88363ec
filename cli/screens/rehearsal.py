"""What did a rehearsal come to? Tables, the files written, and what to try next."""

from __future__ import annotations

import json
import os
import shlex
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.bootstrap import App
from campaigns.views import board
from cli.screens import standing
from cli.terminal.tables import table
from cli.terminal.terminal import Terminal
from documents.writing.tables import replacing
from language import Language, Text, _
from schemas.views.board import CampaignView, Funnel, MessageCount, Summary
from schemas.vocabulary import AdoptionState, label

_FILES_WRITTEN: Final = {
    "home": _("Folder"),
    "summary": _("Summary"),
    "database": _("Database"),
    "mail": _("Mail (.eml)"),
    "mails": _("Mail ({count} .eml)"),
    "documents": _("Documents"),
    "logs": _("Logs"),
    "corrections": _("Rows to correct"),
}

_SUMMARY: Final = "summary.json"


@dataclass(frozen=True)
class Outcome:
    """What there is to tell at the end."""

    home: Path
    unchanged: bool
    """The campaign was finished before, and nothing was done."""
    view: CampaignView
    zone: ZoneInfo
    summary: Summary
    funnel: Funnel
    messages: list[MessageCount]
    mails: int
    corrections: tuple[Path, ...]


def gather(app: App, campaign_code: str, language: Language, *, unchanged: bool) -> Outcome:
    """Read what there is to tell, and write `summary.json`."""
    summary = app.read(campaign_code, board.summary)
    _write_summary(app.settings.home / _SUMMARY, summary)
    return Outcome(
        home=app.settings.home,
        unchanged=unchanged,
        view=app.read(campaign_code, board.view),
        zone=standing.zone_of(app, campaign_code),
        summary=summary,
        funnel=app.read(campaign_code, board.funnel, language),
        messages=app.read(campaign_code, board.message_counts),
        mails=sum(1 for _ in app.settings.maildir.rglob("*.eml")),
        corrections=tuple(sorted(app.settings.documents.glob("*-corrections.xlsx"))),
    )


def _write_summary(path: Path, summary: Summary) -> None:
    text = json.dumps(summary.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    with replacing(path) as draft:
        draft.write_text(text, encoding="utf-8")


def show_json(terminal: Terminal, outcome: Outcome, started: float) -> None:
    """Print the outcome as JSON."""
    terminal.json(
        {
            "campaign": outcome.view.model_dump(mode="json"),
            "unchanged": outcome.unchanged,
            "summary": outcome.summary.model_dump(mode="json"),
            "funnel": outcome.funnel.model_dump(mode="json"),
            "messages": [one.model_dump(mode="json") for one in outcome.messages],
            "files": [str(path) for _, path in _files(outcome)],
            "mails": outcome.mails,
            "seconds": round(time.perf_counter() - started, 1),
        }
    )


def show(terminal: Terminal, outcome: Outcome, started: float) -> None:
    """Print the outcome for people."""
    view = outcome.view
    terminal.show("")
    terminal.say(
        Text("{name} ({code}): {state}"),
        name=view.name,
        code=view.code,
        state=label(view.state, terminal.language),
    )
    terminal.show("")
    terminal.show(standing.funnel_table(terminal, outcome.funnel))
    terminal.show("")
    _show_adoptions(terminal, outcome.summary)
    terminal.show(standing.message_table(terminal, outcome.messages))
    terminal.show("")
    _show_files(terminal, outcome)
    terminal.show("")
    _show_end(terminal, outcome, time.perf_counter() - started)


def _show_adoptions(terminal: Terminal, summary: Summary) -> None:
    adoptions = summary.adoptions
    if not adoptions.rows:
        return
    states = [
        (label(state, terminal.language), adoptions.by_state[state])
        for state in AdoptionState
        if state in adoptions.by_state
    ]
    terminal.show(table(terminal, (_("Replications"), _("Count")), states))
    terminal.say(
        _("{rows} replications of {models} models; {without} models without any."),
        rows=adoptions.rows,
        models=adoptions.models,
        without=adoptions.recognised_without_adoption,
    )
    terminal.show("")


def _files(outcome: Outcome) -> list[tuple[str, Path]]:
    home = outcome.home
    found = [
        ("summary", home / _SUMMARY),
        ("database", home / "thidua.db"),
        ("mails", home / "mail"),
        ("logs", home / "logs"),
    ]
    return found + [("corrections", path) for path in outcome.corrections]


def _show_files(terminal: Terminal, outcome: Outcome) -> None:
    rows = [
        (terminal.words(_FILES_WRITTEN[name], count=outcome.mails), path)
        for name, path in _files(outcome)
    ]
    terminal.show(table(terminal, (_("Written"), _("Where")), rows))


def _show_end(terminal: Terminal, outcome: Outcome, seconds: float) -> None:
    view = outcome.view
    if view.waiting is not None:
        terminal.say(_("The rehearsal stops here: the folder lacks facts."))
        terminal.show(standing.waiting_line(terminal, view.waiting, outcome.zone, view.now))
    elif outcome.unchanged:
        terminal.say(
            _("Nothing was changed: the campaign is finished, {events} events, last hash {hash}."),
            events=view.events,
            hash=view.last_hash,
        )
    else:
        terminal.say(
            _("Done in {seconds} s: {events} events on record."),
            seconds=f"{seconds:.0f}",
            events=view.events,
        )
    terminal.show("")
    terminal.say(_("To try next:"))
    for arguments in ("campaign status", "audit verify"):
        terminal.show(f"  {_command(outcome.home)} {arguments}")


def _command(home: Path) -> str:
    """Return how this program is called for this home, ready to be copied."""
    program = Path(sys.argv[0])
    called = "thidua"
    if program.name == "thidua" and program.exists():
        shown = os.path.relpath(program)
        called = str(program) if shown.startswith("..") else shown
    return f"THIDUA_HOME={shlex.quote(str(home))} {shlex.quote(called)}"
