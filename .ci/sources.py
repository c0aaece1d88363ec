"""How is a source of Python edited? By its tree, from place to place; nothing else is touched."""

from __future__ import annotations

import ast
import itertools
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from typing import NamedTuple


class Edit(NamedTuple):
    """Text between two places of a source, and what stands there instead."""

    start: int
    end: int
    text: str


class Source:
    """A file of Python: its tree, and edits that are made from the end to the beginning."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self._starts = [0]
        for line in text.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._lines = text.splitlines(keepends=True)
        self.edits: list[Edit] = []

    def place(self, line: int, column: int, *, octets: bool = True) -> int:
        """Return the place of a line (from 1) and column of the tree, which counts octets."""
        if octets:
            column = len(self._lines[line - 1].encode()[:column].decode())
        return self._starts[line - 1] + column

    def span(self, node: ast.stmt | ast.expr) -> tuple[int, int]:
        """Return where a node begins and ends."""
        assert node.end_lineno is not None  # noqa: S101 - a node that was parsed has its end
        assert node.end_col_offset is not None  # noqa: S101 - as above
        return (
            self.place(node.lineno, node.col_offset),
            self.place(node.end_lineno, node.end_col_offset),
        )

    def edited(self, elsewhere: Callable[[str], str] = str) -> str:
        """Return the text with all edits made, and with `elsewhere` done to what lies between."""
        parts: list[str] = []
        place = 0
        for edit in sorted(set(self.edits)):
            parts += [elsewhere(self.text[place : edit.start]), edit.text]
            place = edit.end
        return "".join([*parts, elsewhere(self.text[place:])])

    def bound(self) -> Counter[str]:
        """Return every name of the file that is not an attribute, with how often it is bound."""
        found: Counter[str] = Counter()
        for node in ast.walk(self.tree):
            for name, binds in _names_of(node):
                found[name] += binds
        return found

    def rename(self, old: str, new: str) -> None:
        """Edit every use of a name that one import binds; imports are left as they are."""
        imports = [
            self.span(node)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
        inside = 0
        previous = ""
        tokens = list(tokenize.generate_tokens(StringIO(self.text).readline))
        for one, following in itertools.pairwise(tokens):
            if one.type == tokenize.OP:
                inside += (one.string in "([{") - (one.string in ")]}")
            start = self.place(*one.start, octets=False)
            if any(first <= start < last for first, last in imports):
                continue
            if one.type == tokenize.NAME and one.string == old and previous != ".":
                if not (inside and following.string == "="):
                    self.edits.append(Edit(start, start + len(old), new))
            elif one.type == tokenize.STRING and "f" in one.string[:2].lower():
                for use in re.finditer(rf"(?<=[{{(\s,]){old}(?=\.)", one.string):
                    self.edits.append(Edit(start + use.start(), start + use.end(), new))
            previous = one.string


def _names_of(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Name):
        yield node.id, int(not isinstance(node.ctx, ast.Load))
    elif isinstance(node, ast.arg):
        yield node.arg, 1
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name, 1
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for one in node.names:
            yield one.asname or one.name.split(".")[0], 1
    elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
        yield node.name, 1
