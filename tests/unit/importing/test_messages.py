from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from campaigns.rules.importing.messages import CATALOGUE

PACKAGE = Path(__file__).parents[3] / "campaigns" / "rules" / "importing"


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_know_the_same_faults() -> None:
    assert CATALOGUE["vi"].keys() == CATALOGUE["en"].keys()


@pytest.mark.parametrize("key", sorted(CATALOGUE["en"]))
def test_message_in_both_languages_tells_the_same_details(key: str) -> None:
    told = [set().union(*map(_places, CATALOGUE[language][key])) for language in ("vi", "en")]
    assert told[0] == told[1]


@pytest.mark.parametrize("key", sorted(CATALOGUE["en"]))
def test_message_and_remedy_are_sentences(key: str) -> None:
    for language in ("vi", "en"):
        assert all(re.search(r"[.?]$", text) for text in CATALOGUE[language][key])


def test_every_message_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.glob("*.py"))
    unused = [
        key
        for key in CATALOGUE["en"]
        if f'"{key}"' not in source and not key.endswith(("/similar", "/understood"))
    ]
    assert unused == []
