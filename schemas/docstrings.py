"""What do the texts below the fields of a contract say?

They are for readers of the code, and descriptions in JSON schemas. Pydantic can read them while
it makes a class, which costs a command ten times what the class costs; here the source is read
when somebody asks, once per module.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from pydantic import BaseModel


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return the text below each field of a contract, inherited ones included, by field."""
    said: dict[str, str] = {}
    for base in reversed(model.__mro__):
        if base is BaseModel or not issubclass(base, BaseModel):
            continue
        for name in inspect.get_annotations(base):
            said.pop(name, None)  # who declares a field anew says anew what it means
        said.update(_texts(base.__module__).get(base.__qualname__, {}))
    return said


@cache
def _texts(module: str) -> dict[str, dict[str, str]]:
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (OSError, TypeError, KeyError):  # a built-in module, or one without its source
        return {}
    return {name: dict(_below_fields(body)) for name, body in _classes(tree.body, "")}


def _classes(body: list[ast.stmt], where: str) -> Iterator[tuple[str, list[ast.stmt]]]:
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield f"{where}{node.name}", node.body
            yield from _classes(node.body, f"{where}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield from _classes(node.body, f"{where}{node.name}.<locals>.")


def _below_fields(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body):
        match field, text:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(said))),
            ):
                yield name, inspect.cleandoc(said)
