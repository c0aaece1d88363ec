"""How does a definition leave a file, and how is it found where it went?"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sources import Edit, Source


@dataclass
class Cut:
    """Definitions that leave a file: their text, and what they need of what stays."""

    text: str
    rest: str
    imports: list[str]
    needs: list[str]
    """Names they use of the file they leave."""
    needed: list[str]
    """Names of theirs that what stays uses."""
    missing: list[str] = field(default_factory=list)


def cut_out(text: str, names: Sequence[str]) -> Cut:
    """Take definitions out of a source, with the comments before and the texts below them."""
    source = Source(text)
    body = source.tree.body
    lines = text.splitlines(keepends=True)
    wanted = set(names)
    taken: set[int] = set()
    defined: dict[str, ast.stmt] = {}
    moved: list[ast.stmt] = []
    for index, node in enumerate(body):
        for name in _defined_by(node):
            defined[name] = node
        if not wanted.intersection(_defined_by(node)):
            continue
        moved.append(node)
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
        while first > 1 and lines[first - 2].startswith("#"):
            first -= 1
        last = node.end_lineno or node.lineno
        below = body[index + 1] if index + 1 < len(body) else None
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) and _is_text(below):
            last = below.end_lineno or below.lineno if below else last
        taken.update(range(first, last + 1))
    parts = [line for number, line in enumerate(lines, 1) if number in taken]
    spaced = _spaced(lines, taken)
    used = {one.id for node in moved for one in ast.walk(node) if isinstance(one, ast.Name)}
    kept = [node for node in body if node not in moved]
    of_rest = {one.id for node in kept for one in ast.walk(node) if isinstance(one, ast.Name)}
    imports = [
        ast.get_source_segment(text, node) or ""
        for node in body
        if isinstance(node, ast.Import | ast.ImportFrom)
        and getattr(node, "module", "") != "__future__"
    ]
    stays = {name for name, node in defined.items() if node not in moved}
    return Cut(
        text=spaced if parts else "",
        rest="".join(line for number, line in enumerate(lines, 1) if number not in taken),
        imports=imports,
        needs=sorted(used & stays),
        needed=sorted(of_rest & wanted),
        missing=sorted(wanted - set(defined)),
    )


def defined_in(text: str) -> list[str]:
    """Return the names that a source defines at its top."""
    return [name for node in ast.parse(text).body for name in _defined_by(node)]


def _spaced(lines: Sequence[str], taken: set[int]) -> str:
    blocks: list[str] = []
    for number in sorted(taken):
        if number - 1 not in taken:
            blocks.append("")
        blocks[-1] += lines[number - 1]
    return "\n\n".join(blocks)


def _is_text(node: ast.stmt | None) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _defined_by(node: ast.stmt) -> list[str]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [node.name]
        case ast.Assign():
            return [one.id for one in node.targets if isinstance(one, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def follow_names(text: str, moved: Mapping[tuple[str, str], str]) -> str:
    """Return a source whose imports take definitions from the modules they went to.

    `moved` maps a module and a name of it to the module the name went to.
    """
    source = Source(text)
    left = {module for module, _ in moved}
    aliases: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for one in node.names:
            if f"{node.module}.{one.name}" in left:
                aliases[one.asname or one.name] = f"{node.module}.{one.name}"
        if node.module in left:
            _split_import(source, node, moved)
    extra: set[str] = set()
    bound = source.bound()
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            continue
        new = moved.get((aliases.get(node.value.id, ""), node.attr))
        if new:
            package, _, name = new.rpartition(".")
            if name in bound:
                # The new module cannot be known here under its own name: the definition can.
                source.edits.append(Edit(*source.span(node), node.attr))
                extra.add(f"from {new} import {node.attr}")
            else:
                source.edits.append(Edit(*source.span(node.value), name))
                extra.add(f"from {package} import {name}")
    return with_imports(source.edited(), sorted(extra))


def _split_import(
    source: Source, node: ast.ImportFrom, moved: Mapping[tuple[str, str], str]
) -> None:
    by_module: dict[str, list[str]] = {}
    for one in node.names:
        module = moved.get((node.module or "", one.name), node.module or "")
        name = f"{one.name} as {one.asname}" if one.asname else one.name
        by_module.setdefault(module, []).append(name)
    if list(by_module) == [node.module]:
        return
    indent = "\n" + " " * node.col_offset
    lines = [f"from {module} import {', '.join(names)}" for module, names in by_module.items()]
    source.edits.append(Edit(*source.span(node), indent.join(lines)))


def with_imports(text: str, imports: Sequence[str]) -> str:
    """Return a source with more imports; the formatter puts them in their order."""
    if not imports:
        return text
    source = Source(text)
    firsts = [
        node
        for number, node in enumerate(source.tree.body)
        if (number == 0 and _is_text(node))
        or (isinstance(node, ast.ImportFrom) and node.module == "__future__")
    ]
    lines = "\n".join(imports)
    if not firsts:
        return f"{lines}\n{text}"
    place = source.span(firsts[-1])[1]
    return f"{text[:place]}\n{lines}{text[place:]}"


def without_own_names(text: str) -> str:
    """Return a source that imports nothing which it defines itself."""
    source = Source(text)
    own = set(defined_in(text))
    for node in source.tree.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        kept = [one for one in node.names if (one.asname or one.name) not in own]
        if len(kept) < len(node.names):
            names = ", ".join(
                f"{one.name} as {one.asname}" if one.asname else one.name for one in kept
            )
            line = f"from {node.module} import {names}" if kept else ""
            source.edits.append(Edit(*source.span(node), line))
    return source.edited()
