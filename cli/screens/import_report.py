"""How is an import told? Every problem at its place, in the order of rows; then what was done."""

from __future__ import annotations

from typing import Final, Protocol

from rich.table import Table
from rich.text import Text as Styled

from campaigns.rules import remarks
from cli.terminal.harmless import shortened, visible
from cli.terminal.tables import table
from cli.terminal.terminal import Terminal
from language import Text, _
from schemas.imports import ImportReport, Level, Problem

_LEVELS: Final = {
    "error": _("error"),
    "warn": _("warning"),
    "info": _("note"),
}
_STANDS_THERE = _("written: {value}")


class Say(Protocol):
    """Prints a phrase, to stdout or to stderr."""

    def __call__(self, phrase: Text, **values: object) -> None:
        """Print it."""


_STYLES = {Level.ERROR: "red", Level.WARN: "yellow", Level.INFO: "dim"}
_VALUE = 60
_REMARKS = 20
_DIFFERENCES = 40
"""So many changes of what was stored are shown."""


def problems_as_json(report: ImportReport) -> list[dict[str, object]]:
    """Return the problems with exactly the keys of `schemas.imports.Problem`."""
    return [problem.model_dump(mode="json") for problem in report.problems]


def show_report(terminal: Terminal, report: ImportReport, *, as_json: bool) -> None:
    """Print what an import has found, each cause once."""
    if as_json:
        terminal.json(problems_as_json(report))
        _show_untold(terminal.note, report)
        return
    sheets = {problem.sheet for problem in report.problems}
    for sheet in sorted(sheets):
        terminal.say(_("Sheet {sheet}"), sheet=sheet)
        terminal.show(_table(terminal, [one for one in report.problems if one.sheet == sheet]))
        terminal.show("")
    _show_untold(terminal.say, report)


def _show_untold(say: Say, report: ImportReport) -> None:
    if report.untold:
        say(
            _("The first {told} problems are told; there are {more} more."),
            told=len(report.problems),
            more=report.untold,
        )


def _table(terminal: Terminal, problems: list[Problem]) -> Table:
    made = table(terminal, (_("Cell"), _("Level"), _("Problem")), ())
    for problem in sorted(problems, key=lambda one: (one.row, len(one.column), one.column)):
        made.add_row(
            Styled(_place(problem)),
            Styled(terminal.words(_LEVELS[problem.level]), style=_STYLES[problem.level]),
            _said(terminal, problem),
        )
    return made


def _place(problem: Problem) -> str:
    return f"{problem.column}{problem.row}" if problem.row else problem.column


def _said(terminal: Terminal, problem: Problem) -> Styled:
    said = Styled(visible(problem.message))
    if problem.value:
        value = shortened(problem.value, _VALUE)
        said.append(f"\n{terminal.words(_STANDS_THERE, value=value)}", style="dim")
    if problem.remedy:
        said.append(f"\n→ {visible(problem.remedy)}")
    return said


def show_outcome(say: Say, report: ImportReport, *, dry_run: bool) -> None:
    """Print the last line: what was stored, or that nothing was."""
    values = {
        "rows": report.rows,
        "accepted": report.accepted,
        "stored": report.stored,
        "known": report.known,
        "kept_out": report.rows - report.accepted,
        "errors": report.error_count,
        "warnings": report.warning_count,
    }
    if dry_run:
        phrase = _(
            "Checked only, nothing stored: {rows} rows, {accepted} good, {kept_out} "
            "to correct ({errors} errors, {warnings} warnings)."
        )
    elif report.repeated:
        phrase = _(
            "{rows} rows read, all of it stored just so already ({known}); nothing was changed."
        )
    elif report.stored == 0 and report.has_errors:
        phrase = _(
            "Nothing was stored: {kept_out} of {rows} rows must be corrected "
            "({errors} errors, {warnings} warnings). Correct them, or store the "
            "good rows with --accept-valid."
        )
    elif report.error_count or report.warning_count:
        phrase = _(
            "{rows} rows read, {stored} newly stored or changed, {known} known "
            "already; {kept_out} to correct ({errors} errors, {warnings} warnings)."
        )
    else:
        phrase = _("{rows} rows read, {stored} newly stored or changed, {known} known already.")
    say(phrase, **values)
    for one in report.differences[:_DIFFERENCES]:
        before, after = (
            shortened(visible(text), _VALUE) or "-" for text in (one.before, one.after)
        )
        say(
            Text("  {identity}, {field}: {before} → {after}"),
            identity=one.identity,
            field=one.field,
            before=before,
            after=after,
        )
    if more := len(report.differences[_DIFFERENCES:]) + report.differences_more:
        say(_("  … and {count} more changes"), count=more)
    for remark in report.remarks[:_REMARKS]:
        say(Text("{remark}"), remark=remarks.sentence(remark))
    if len(report.remarks) > _REMARKS:
        say(_("… and {count} more of this kind"), count=len(report.remarks) - _REMARKS)
