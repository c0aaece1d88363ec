"""Has every sentence of the code its translation, and is nothing translated that nobody says?"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from babel.core import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from language import LANGUAGES
from language.catalogue import DOMAIN, LOCALE, Key, catalogue_of, read

ROOT = Path(__file__).parents[3]
TRANSLATED = [each for each in LANGUAGES if each != "en"]
PLURALS = {"en": 2, "vi": 1}


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def messages(found: Catalog) -> dict[Key, Message]:
    return {Key(english(one), one.context or ""): one for one in found if one.id}


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def said(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def in_code(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Message]:
    """What `make catalogue` finds, by the same configuration."""
    pot = tmp_path_factory.mktemp("catalogue") / "thidua.pot"
    arguments = ["pybabel", "-q", "extract", "-F", f"{ROOT}/pyproject.toml", "-o", str(pot)]
    with patch.object(sys, "argv", arguments):
        CommandLineInterface().run([*arguments, str(ROOT)])
    with pot.open("rb") as file:
        return messages(read_po(file))


@pytest.fixture(params=TRANSLATED)
def in_file(request: pytest.FixtureRequest) -> dict[Key, Message]:
    with file_of(request.param).open("rb") as file:
        return messages(read_po(file, locale=request.param))


def test_every_sentence_of_the_code_is_translated(
    in_code: dict[Key, Message], in_file: dict[Key, Message]
):
    missing = [key for key in in_code if key not in in_file or not all(said(in_file[key]))]

    assert missing == [], "translate them in the file that `make catalogue` brings up to date"


def test_every_translation_is_of_a_sentence_in_the_code(
    in_code: dict[Key, Message], in_file: dict[Key, Message]
):
    assert [key for key in in_file if key not in in_code] == [], "run `make catalogue`"


def test_no_translation_is_doubtful(in_file: dict[Key, Message]):
    assert [key for key, one in in_file.items() if one.fuzzy] == []


def test_translation_has_the_places_of_its_sentence(in_file: dict[Key, Message]):
    def odd(one: Message) -> Iterator[str]:
        wanted = places(one.id if isinstance(one.id, str) else one.id[1])
        yield from (each for each in said(one) if places(each) - {"number"} != wanted - {"number"})

    assert {key: list(odd(one)) for key, one in in_file.items() if list(odd(one))} == {}


def test_sentence_that_counts_has_the_forms_of_the_language(in_file: dict[Key, Message]):
    counting = [one for one in in_file.values() if not isinstance(one.id, str)]

    assert [one.id for one in counting if len(one.id) != PLURALS["en"]] == []
    assert [one.id for one in counting if len(said(one)) != PLURALS["vi"]] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_are_those_of_the_language(language: str):
    with file_of(language).open("rb") as file:
        found = read_po(file)

    assert found.num_plurals == PLURALS[language] == len(Locale(language).plural_form.tags) + 1


@pytest.mark.parametrize("language", TRANSLATED)
def test_file_is_read_as_babel_reads_it(language: str):
    with file_of(language).open("rb") as file:
        by_babel = {key: said(one) for key, one in messages(read_po(file)).items()}

    assert dict(catalogue_of(language).forms) == by_babel


def test_written_as_tools_write_it_is_read_the_same():
    text = (
        '\n#. A comment\n#: cli/commands/stage.py:12\n#, python-format\nmsgid ""\n'
        '"Two \\"quoted\\" words, "\n"and a\\ttab"\nmsgstr "Hai \\\\ \\"chữ\\"\\n"\n"xong"\n\n'
        '#~ msgid "Gone"\n#~ msgstr "Đã bỏ"\n'
    )

    assert read(text).forms == {
        Key('Two "quoted" words, and a\ttab'): ('Hai \\ "chữ"\nxong',),
    }
