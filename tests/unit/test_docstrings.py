"""Are contracts still described in JSON schemas, although nothing is read when they are made?"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from pydantic import ConfigDict
from pydantic._internal._docs_extraction import extract_docstrings_from_cls

import schemas
from campaigns.rules import eligibility
from schemas.base import Model
from schemas.docstrings import descriptions


def contracts(of: type[Model] = Model) -> Iterator[type[Model]]:
    for one in of.__subclasses__():
        if one.__module__.startswith(("schemas.", eligibility.__name__)):
            yield one
        yield from contracts(one)


def test_texts_below_fields_are_those_that_pydantic_reads():
    for module in pkgutil.walk_packages(schemas.__path__, "schemas."):
        importlib.import_module(module.name)
    found = list(contracts())
    assert len(found) > 100
    for one in found:
        own = extract_docstrings_from_cls(one, use_inspect=True)
        assert {**descriptions(one), **own} == descriptions(one), one
        own = {name: text for name, text in own.items() if name in one.model_fields}
        fields = one.model_json_schema()["properties"] if one.model_fields else {}
        said = {name: field.get("description") for name, field in fields.items()}
        assert {**said, **own} == said, one


class Parent(Model):
    kept: str
    """What the parent says."""
    changed: int | str
    """Goes with its declaration."""
    both: int
    """Of the parent."""


class Child(Parent):
    changed: int
    both: int
    """Of the child,
    on two lines."""
    new: Parent | None = None
    """A model of its own."""


def test_who_declares_a_field_anew_says_anew_what_it_means():
    assert descriptions(Child) == {
        "kept": "What the parent says.",
        "both": "Of the child,\non two lines.",
        "new": "A model of its own.",
    }


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_schema_is_the_one_pydantic_makes(mode):
    class Read(Model):
        model_config = ConfigDict(use_attribute_docstrings=True)

        plain: str
        """A text."""
        nested: Parent
        """Another model."""
        many: tuple[Child, ...] = ()
        silent: int = 0

    class Asked(Model):
        plain: str
        """A text."""
        nested: Parent
        """Another model."""
        many: tuple[Child, ...] = ()
        silent: int = 0

    read, asked = Read.model_json_schema(mode=mode), Asked.model_json_schema(mode=mode)
    assert {**asked, "title": "Read"} == read
    assert str({**asked, "title": "Read"}) == str(read)


def test_contract_is_built_when_it_is_first_used():
    class Late(Model):
        number: int

    assert not Late.__pydantic_complete__
    assert Late(number=1).number == 1
    assert Late.__pydantic_complete__
