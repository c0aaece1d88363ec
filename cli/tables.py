"""How do tables look on the terminal? Calm: no frame, a rule under the heads, numbers right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from cli.common import Terminal
from cli.phrase import Phrase
from cli.text import visible


def table(
    terminal: Terminal,
    heads: Sequence[Phrase],
    rows: Iterable[Sequence[object]],
    *,
    title: Phrase | None = None,
    wide: Iterable[int] = (),
    sections: Iterable[int] = (),
) -> Table:
    """Make a table; columns that hold numbers only stand to the right, `wide` ones take the rest.

    After the rows in `sections` a line stays empty.
    """
    lines = [[_cell(value) for value in row] for row in rows]
    numeric = [all(_is_number(row[at]) for row in lines) for at in range(len(heads))]
    made = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        title=terminal.words(title) if title else None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        show_edge=False,
    )
    for at, head in enumerate(heads):
        made.add_column(
            terminal.words(head),
            justify="right" if numeric[at] and lines else "left",
            overflow="fold",
            ratio=1 if at in set(wide) else None,
        )
    for at, line in enumerate(lines):
        made.add_row(*(Text(cell) for cell in line), end_section=at in set(sections))
    return made


def _cell(value: object) -> str:
    return "" if value is None else visible(value)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).removeprefix("-").isdigit() or cell == ""
