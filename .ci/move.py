"""Move modules and definitions, and everything that names them: `make move ARGS="moves.txt"`.

A file of moves has one move a line; what follows `#` is passed over:

    campaigns/rules/late.py -> campaigns/rules/deadlines/late.py
    campaigns/rules/errors.py -> campaigns/rules/launch/errors.py: StageNotOpen, CampaignExists

The first line moves a file, the second the named definitions out of one (into a file that is
made where it is missing). Imports, names of modules in text, paths in pages, settings and scripts
follow. Whole files move first, then definitions, so their lines name files as they are called
by then. A name that a file only hands on is taken from where it is defined.

`--dry-run` changes nothing and says what would change. What it cannot decide, it says: look at it.
"""

from __future__ import annotations

import argparse
import ast
import itertools
import re
import subprocess
import sys
import tokenize
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

_TEXT: Final = {".py", ".md", ".toml", ".yaml", ".yml", ".cfg", ".txt", ".service", ".sh", ".conf"}
_PLAIN: Final = {"Makefile", "Dockerfile", "run", "system-packages"}
_NEW: Final = '"""What?"""\n\nfrom __future__ import annotations\n'
"""How a file begins that a definition moves into, until somebody writes what it is."""
_LINE: Final = re.compile(r"^(?P<old>\S+) -> (?P<new>[^\s:]+)(?:: *(?P<names>.+))?$")


class MoveRefused(SystemExit):
    """The moves cannot be made; nothing was changed."""


@dataclass(frozen=True)
class Moves:
    """What is to be moved, in the order of the file."""

    files: Mapping[str, str]
    """Old path to new path."""
    names: Mapping[tuple[str, str], Sequence[str]]
    """Path a definition leaves and path it goes to, with the names."""

    @classmethod
    def read(cls, text: str) -> Moves:
        """Read the lines of a file of moves.

        Raises:
            MoveRefused: A line cannot be read.
        """
        files: dict[str, str] = {}
        names: dict[tuple[str, str], list[str]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            meant = line.split("#")[0].strip()
            if not meant:
                continue
            found = _LINE.match(meant)
            if found is None:
                raise MoveRefused(f"Line {number} is no move: {line}. Write: old.py -> new.py")
            old, new = found["old"], found["new"]
            if found["names"]:
                listed = [one.strip() for one in found["names"].split(",")]
                names.setdefault((old, new), []).extend(one for one in listed if one)
            else:
                files[old] = new
        return cls(files, names)


def module_of(path: str) -> str:
    """Return the dotted name of a file of Python."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


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


# --- whole files --------------------------------------------------------------------------------


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


# --- definitions --------------------------------------------------------------------------------


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


# --- on disk ------------------------------------------------------------------------------------


@dataclass
class House:
    """A checkout: which files it tracks, and what they say after the moves."""

    root: Path
    files: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def load(self) -> None:
        """Read every text file that git tracks or would track."""
        listed = _git(self.root, "ls-files", "-co", "--exclude-standard").splitlines()
        for name in listed:
            path = self.root / name
            if path.is_file() and (path.suffix in _TEXT or path.name in _PLAIN):
                self.files[name] = path.read_text("utf-8")

    def move_files(self, files: Mapping[str, str]) -> dict[str, str]:
        """Follow the moves of whole files in memory; return those that can be made."""
        can = {old: new for old, new in files.items() if (self.root / old).is_file()}
        self.notes += [f"not here: {old}" for old in files if old not in can]
        taken = [new for new in can.values() if new in self.files and new not in can]
        if taken:
            raise MoveRefused(f"There is a file already: {', '.join(taken)}")
        if not can:
            return can
        paths = Paths(can)
        changed = {}
        for name, text in self.files.items():
            python = name.endswith(".py")
            changed[can.get(name, name)] = (
                follow_modules(text, paths) if python else paths.in_text(text)
            )
        self.files = changed
        return can

    def move_names(self, names: Mapping[tuple[str, str], Sequence[str]]) -> None:
        """Follow the moves of definitions in memory."""
        moved: dict[tuple[str, str], str] = {}
        for (old, new), listed in names.items():
            if old not in self.files:
                self.notes.append(f"not here: {old}")
                continue
            cut = cut_out(self.files[old], listed)
            there = self.files.get(new, _NEW)
            handed_on = set(cut.missing) & set(defined_in(there))
            moved |= {(module_of(old), name): module_of(new) for name in handed_on}
            self.notes += [f"{old} has no {name}" for name in cut.missing if name not in handed_on]
            if not cut.text:
                continue
            self.notes += [
                f"private across modules: {name} ({old}, {new})"
                for name in (*cut.needs, *cut.needed)
                if name.startswith("_")
            ]
            imports = list(cut.imports)
            if cut.needs:
                imports.append(f"from {module_of(old)} import {', '.join(cut.needs)}")
            self.files[new] = with_imports(there, imports).rstrip() + "\n\n\n" + cut.text
            back = [f"from {module_of(new)} import {', '.join(cut.needed)}"] if cut.needed else []
            self.files[old] = with_imports(cut.rest, back)
            gone = set(listed) - set(cut.missing)
            moved |= {(module_of(old), name): module_of(new) for name in gone}
        for name, text in self.files.items():
            if name.endswith(".py"):
                self.files[name] = follow_names(text, moved)
        for new in {new for _, new in names} & set(self.files):
            self.files[new] = without_own_names(self.files[new])


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]  # arguments are file names of the checkout
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _packages(files: Iterable[str], root: Path) -> set[str]:
    """Return the `__init__.py` that are missing above modules of packages."""
    wanted: set[str] = set()
    for name in files:
        parts = name.split("/")
        if name.endswith(".py") and (root / parts[0] / "__init__.py").exists():
            wanted.update("/".join([*parts[:cut], "__init__.py"]) for cut in range(2, len(parts)))
    return {one for one in wanted if not (root / one).exists()}


def carry_out(root: Path, moves: Moves, *, dry_run: bool) -> list[str]:
    """Make the moves, or only say what they change; return what was done and what to look at.

    Raises:
        MoveRefused: A file is there already.
    """
    house = House(root)
    house.load()
    before = dict(house.files)
    can = house.move_files(moves.files)
    house.move_names(moves.names)
    back = {new: old for old, new in can.items()}
    changed = [
        name for name, text in house.files.items() if before.get(back.get(name, name)) != text
    ]
    report = [f"{old} -> {new}" for old, new in can.items()]
    report += [f"changed: {name}" for name in sorted(changed)]
    report += [f"look at it: {note}" for note in house.notes]
    if dry_run:
        return report
    for old, new in can.items():
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        _git(root, "mv", "-f", old, new)
    for name in changed:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(house.files[name], "utf-8")
    for name in _packages(house.files, root):
        (root / name).touch()
    return report


def main(arguments: Sequence[str]) -> int:
    """Read the file of moves and carry it out in this checkout."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("moves", type=Path)
    parser.add_argument("--dry-run", action="store_true")
    given = parser.parse_args(arguments)
    root = Path(__file__).resolve().parents[1]
    moves = Moves.read(given.moves.read_text("utf-8"))
    for line in carry_out(root, moves, dry_run=given.dry_run):
        print(line)
    if not given.dry_run:
        print("Now: ruff check --fix, ruff format, make lint, make test")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
