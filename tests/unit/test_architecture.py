"""Does the code keep the limits of the house? Modules and functions short, and no smtplib."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "bench",
    "campaigns",
    "cli",
    "documents",
    "flows",
    "language",
    "notifications",
    "playbooks",
    "portal",
    "schemas",
    "tasks",
    "tests",
)
MODULE_LINES = 400
FUNCTION_LINES = 60  # the aim is 40
# A revision lists its tables one after the other and is never changed again.
LENGTH_ALLOWED_IN = "campaigns/store/migrations/"


@cache
def modules() -> tuple[Path, ...]:
    return tuple(path for name in PACKAGES for path in sorted((ROOT / name).rglob("*.py")))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def long_functions(tree: ast.AST) -> list[tuple[str, int]]:
    return [
        (node.name, lines)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def test_every_package_of_the_house_is_looked_at():
    seen = {shown(path).partition("/")[0] for path in modules()}

    assert seen >= set(PACKAGES) - {"portal"}


@pytest.mark.parametrize("line", ["import smtplib", "from smtplib import SMTP", "import smtplib.x"])
def test_an_import_of_smtplib_is_seen(line):
    assert imported(ast.parse(f"def send():\n    {line}\n")) == {"smtplib"}


def test_no_module_imports_smtplib():
    assert [shown(path) for path in modules() if "smtplib" in imported(parsed(path))] == []


def test_no_module_is_too_long():
    counts = {
        shown(path): len(path.read_bytes().splitlines())
        for path in modules()
        if not shown(path).startswith(LENGTH_ALLOWED_IN)
    }

    too_long = {name: count for name, count in counts.items() if count > MODULE_LINES}

    assert too_long == {}, f"over {MODULE_LINES} lines: split them by what they are about"


def test_a_long_function_is_seen():
    body = "    pass\n" * FUNCTION_LINES

    assert long_functions(ast.parse(f"def long():\n{body}")) == [("long", FUNCTION_LINES + 1)]


def test_no_function_is_too_long():
    too_long = {
        f"{shown(path)}:{name}": lines
        for path in modules()
        if not shown(path).startswith(LENGTH_ALLOWED_IN)
        for name, lines in long_functions(parsed(path))
    }

    assert too_long == {}, f"over {FUNCTION_LINES} lines: name the parts"
