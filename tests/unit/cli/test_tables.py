"""Tables keep words whole while they fit, and wrap where a column may be wide."""

from __future__ import annotations

import pytest

from cli.terminal.tables import table
from cli.terminal.terminal import Terminal
from language import _

HEADS = (_("Name"), _("State"), _("What"))


def drawn(monkeypatch: pytest.MonkeyPatch, width: int, *row: str) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    terminal = Terminal("en")
    with terminal.out.capture() as captured:
        terminal.show(table(terminal, HEADS, [row], wide=(2,)))
    return captured.get().splitlines()[2:]


def test_column_that_is_not_wide_stays_in_one_line(monkeypatch: pytest.MonkeyPatch):
    first, *_ = drawn(monkeypatch, 60, "system:recorded-acts", "in force", "many words " * 8)
    assert first.startswith("system:recorded-acts  in force  many words")


def test_words_stay_whole_where_not_all_cells_fit_in_a_line(monkeypatch: pytest.MonkeyPatch):
    lines = drawn(
        monkeypatch, 50, "calendar.results_released", "waits for the council", "word " * 9
    )
    assert lines[0].startswith("calendar.results_released")


def test_words_are_broken_where_they_cannot_fit(monkeypatch: pytest.MonkeyPatch):
    lines = drawn(monkeypatch, 40, "x" * 60, "open", "word")
    assert sum(line.count("x") for line in lines) == 60
