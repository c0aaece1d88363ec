"""Is everything said in both languages?"""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest

from cli.terminal import headings
from cli.words import access, amendments, common, deadlines, preview
from language.phrase import Phrase
from schemas.messages.payload import Payload


def phrases(value: object, name: str) -> Iterator[tuple[str, Phrase]]:
    if isinstance(value, Phrase):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from phrases(inner, f"{name}[{key}]")
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from phrases(inner, f"{name}[{at}]")


CATALOGUE = [
    found
    for module in (
        headings,
        common,
        amendments,
        deadlines,
        access,
        preview,
    )
    for name, value in vars(module).items()
    if name.isupper()
    for found in phrases(value, name)
]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("name", "phrase"), CATALOGUE, ids=[name for name, _ in CATALOGUE])
def test_phrase_is_complete_in_both_languages(name: str, phrase: Phrase) -> None:
    assert phrase.vi.strip()
    assert phrase.en.strip()
    # A hint of the usage error's own is English and has no place in the Vietnamese sentence.
    assert places(phrase.vi) == places(phrase.en) - {"hint"}


def test_catalogue_holds_more_than_a_few_phrases() -> None:
    assert len(CATALOGUE) > 100


def test_every_message_template_has_a_name() -> None:
    templates = {payload.template for payload in Payload.__subclasses__()}

    assert set(headings.TEMPLATES) == templates


def test_unknown_template_is_named_by_its_id() -> None:
    assert headings.template_name("nothing-such", "vi") == "nothing-such"
