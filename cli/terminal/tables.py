"""How do tables look on the terminal? Calm: no frame, a rule under the heads, numbers right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text as Styled

from cli.terminal.harmless import visible
from cli.terminal.terminal import Terminal
from language import Text


def table(
    terminal: Terminal,
    heads: Sequence[Text],
    rows: Iterable[Sequence[object]],
    *,
    title: Text | None = None,
    wide: Iterable[int] = (),
    sections: Iterable[int] = (),
) -> Table:
    """Make a table; columns of numbers stand to the right, `wide` ones are wrapped first.

    After the rows in `sections` a line stays empty.
    """
    lines = [[_cell(value) for value in row] for row in rows]
    titles = [terminal.words(head) for head in heads]
    numeric = [all(_is_number(row[at]) for row in lines) for at in range(len(heads))]
    narrowest = _narrowest([titles, *lines], terminal.out.width, set(wide))
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
    for at, head in enumerate(titles):
        made.add_column(
            head,
            justify="right" if numeric[at] and lines else "left",
            overflow="fold",
            min_width=narrowest[at],
        )
    for at, line in enumerate(lines):
        made.add_row(*(Styled(cell) for cell in line), end_section=at in set(sections))
    return made


def _narrowest(
    lines: Sequence[Sequence[str]], width: int, wide: Collection[int]
) -> Sequence[int | None]:
    """Return how narrow each column may become, so that no word is broken where all fit.

    Columns that are not `wide` keep their cells in one line, if that leaves the others their words.
    """
    columns = [*zip(*lines, strict=True)]
    words = [
        max(cell_len(word) for cell in one for word in cell.split() or [""]) for one in columns
    ]
    whole = [words[at] if at in wide else max(map(cell_len, one)) for at, one in enumerate(columns)]
    for wanted in (whole, words):
        if sum(wanted) + len(columns) <= width:
            return wanted
    return [None] * len(columns)


def _cell(value: object) -> str:
    return "" if value is None else visible(value)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).removeprefix("-").isdigit() or cell == ""
