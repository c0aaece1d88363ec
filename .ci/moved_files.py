"""How do imports and texts name a file that moved?"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from sources import Edit, Source


def module_of(path: str) -> str:
    """Return the dotted name of a file of Python."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


class Paths:
    """How paths and dotted names are written after the files have moved."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.modules = {
            module_of(old): module_of(new) for old, new in files.items() if old.endswith(".py")
        }
        self._paths = dict(files)
        for old, new in files.items():
            parts = old.split("/")
            for cut in range(1, len(parts) - 1):
                # `rules/late.py` is how pages name it where the folder above is clear.
                root = "/".join(parts[:cut]) + "/"
                if new.startswith(root):
                    self._paths.setdefault("/".join(parts[cut:]), new.removeprefix(root))
        self._packages = {one.rpartition(".")[0] for one in self.modules}
        self._path = _any_of(self._paths, r"(?<![\w/.\-])", r"(?![\w/\-])")
        self._module = _any_of(self.modules, r"(?<![\w.])", r"(?!\w)")

    def are_imported_by(self, text: str) -> bool:
        """Say whether a source may import a moved module from its package: a quick look."""
        return any(f"from {package} import" in text for package in self._packages)

    def in_text(self, text: str) -> str:
        """Return a text with the paths and dotted names of today."""
        text = self._path.sub(lambda one: self._paths[one[0]], text)
        return self._module.sub(lambda one: self.modules[one[0]], text)


def _any_of(names: Iterable[str], before: str, after: str) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(before + "(?:" + "|".join(map(re.escape, longest_first)) + ")" + after)


def follow_modules(text: str, paths: Paths) -> str:
    """Return a source of Python with its imports and texts as they are after files moved."""
    if not paths.are_imported_by(text):
        return paths.in_text(text)
    source = Source(text)
    bound = source.bound()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            _follow_from(source, node, paths, bound)
    return source.edited(paths.in_text)


def _follow_from(source: Source, node: ast.ImportFrom, paths: Paths, bound: Counter[str]) -> None:
    stay: list[str] = []
    lines: list[str] = []
    for one in node.names:
        full = f"{node.module}.{one.name}"
        if full not in paths.modules:
            stay.append(f"{one.name} as {one.asname}" if one.asname else one.name)
            continue
        package, _, name = paths.modules[full].rpartition(".")
        local = one.asname or one.name
        if name == local or not package:
            lines.append(f"from {package} import {name}" if package else f"import {name}")
        elif one.asname is None and name not in bound and bound[one.name] == 1:
            source.rename(one.name, name)
            bound[name] += 1
            lines.append(f"from {package} import {name}")
        else:
            lines.append(f"from {package} import {name} as {local}")
    if not lines:
        return
    if stay:
        module = paths.in_text(node.module or "")
        lines.insert(0, f"from {module} import {', '.join(stay)}")
    start, end = source.span(node)
    indent = "\n" + " " * node.col_offset
    source.edits = [one for one in source.edits if not start <= one.start < end]
    source.edits.append(Edit(start, end, indent.join(lines)))
