"""Does docs/reference/playbook.md say what the schema says?

After a change of the schema, write it anew:

    THIDUA_TEST_UPDATE_GOLDEN=1 .venv/bin/python -m pytest tests/unit/playbook/test_reference.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from campaigns.rules.playbook.advice import TEMPLATES
from campaigns.rules.playbook.faults import WORDS
from campaigns.rules.playbook.meanings import MEANINGS, meaning
from campaigns.rules.playbook.shape import _bare, _members
from schemas.docstrings import descriptions
from schemas.playbook.form import Caption
from schemas.playbook.judging import Rule
from schemas.playbook.playbook import Playbook
from schemas.playbook.values import Label

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "playbook.md"

HEAD = """\
# Reference: the playbook

A playbook is one YAML file that says everything a campaign needs: form, rules, dates, votes,
approvals, messages. This page lists every key. [Write a playbook](../how-to/write-a-playbook.md)
shows how to begin; `thidua playbook schema` prints the same as JSON Schema, for editors.

This page is made from the schema by `tests/unit/playbook/test_reference.py`.

- **Label**: Vietnamese text, or `{vi: …, en: …}`.
- **Time**: local time of the campaign's zone, `2023-09-15T17:00:00`, without an offset.
- **Share**: `2/3` or `0.7`; above 0, at most 1, compared exactly.
- A key without a default is required.
- YAML tags, merge keys (`<<`) and files of more than 256 KB are refused.
"""

PROBLEMS = """\
What `thidua playbook check` may say, by the `code` that `--json` shows. Words in braces are filled
in. Warnings leave the playbook usable."""

NAMES = {
    "str": "text",
    "int": "whole number",
    "bool": "true, false",
    "Decimal": "number",
    "date": "date",
    "datetime": "time",
    "Fraction": "share",
    "Label": "label",
    "Caption": "label",
}


def models(kind: Any, where: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Every model of the playbook with its place, each place once, depth first."""
    kind = _bare(kind)
    if get_origin(kind) is tuple:
        yield from models(get_args(kind)[0], f"{where}[]")
        return
    tagged = _members(kind)
    for tag, model in tagged.items():
        yield f"{where} with check: {tag}", model
    if tagged or not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return
    if kind in {Label, Caption}:
        return
    yield where, kind
    for name, field in kind.model_fields.items():
        yield from models(field.annotation, f"{where}.{name}" if where else name)


def type_name(kind: Any) -> str:
    kind = _bare(kind)
    if get_origin(kind) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(kind))
    if get_origin(kind) is tuple:
        return f"list: {type_name(get_args(kind)[0])}"
    if get_origin(kind) is dict:
        return f"`name: {type_name(get_args(kind)[1])}`"
    if _members(kind):
        return "keys below"
    if issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    return NAMES.get(kind.__name__, "keys below")


def default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined:
        return ""
    if isinstance(value, Label | Caption):
        value = value.vi
    if isinstance(value, BaseModel):
        return "as below"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if value is None or value in ((), {}, ""):
        return "none"
    return f"`[{', '.join(map(str, value))}]`" if isinstance(value, tuple) else f"`{value}`"


def rows(model: type[BaseModel], *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    yield "| Key | Holds | Default | Meaning |"
    yield "|---|---|---|---|"
    for key, field in model.model_fields.items():
        if key not in without:
            means = meaning(model.__name__, key, descriptions(model).get(key))
            yield f"| `{key}` | {type_name(field.annotation)} | {default(field)} | {means} |"


def sections() -> Iterator[str]:
    common = frozenset(Rule.model_fields)
    yield from ("## At the top", "", *rows(Playbook), "")
    rules_begun = False
    for where, model in models(Playbook):
        if where == "":
            continue
        is_rule = issubclass(model, Rule)
        if is_rule and not rules_begun:
            rules_begun = True
            yield from ("## `rules[]`: what every rule says", "", *rows(Rule), "")
        text = " ".join((model.__doc__ or "").split())
        yield from (f"## `{where}`", "", text, "")
        own = frozenset(model.model_fields) - common - {"check"}
        if own or not is_rule:
            yield from (*rows(model, without=common if is_rule else frozenset()), "")
    yield from ("## Messages", "", "Names for `messages.held` and `messages.silent`:", "")
    yield from (", ".join(f"`{name}`" for name in TEMPLATES) + ".", "")
    yield from ("## Problems", "", PROBLEMS, "")
    yield from ("| Code | Message | Suggestion |", "|---|---|---|")
    for code, words in sorted(WORDS.items()):
        line = f"| `{code}` | {words.message.message} | {words.remedy.message} |"
        yield line.replace("{{", "{").replace("}}", "}")


def page() -> str:
    return "\n".join([HEAD, *sections()]) + "\n"


def test_reference_says_what_the_schema_says():
    if os.environ.get("THIDUA_TEST_UPDATE_GOLDEN"):
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page()


def every_key() -> list[tuple[str, str, str | None]]:
    kinds = [model for _where, model in models(Playbook)] + [Rule, Label, Caption]
    return [
        (model.__name__, key, descriptions(model).get(key))
        for model in dict.fromkeys(kinds)
        for key in model.model_fields
    ]


@pytest.mark.parametrize(("model", "key", "documented"), every_key())
def test_every_key_has_a_meaning(model, key, documented):
    assert meaning(model, key, documented)


def test_no_meaning_is_left_over():
    undocumented = {f"{model}.{key}" for model, key, documented in every_key() if not documented}
    assert set(MEANINGS) - {"Rule.check"} <= undocumented
