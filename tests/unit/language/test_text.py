"""Is a sentence put into the language that is asked for, whole?"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from language import N_, Language, Text, _, catalogue, ngettext, pgettext
from language.catalogue import DOMAIN

ENTRIES = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "{person} signed the stage {stage}."
msgstr "L'étape {stage} est signée par {person}."

msgid "Nomination"
msgstr "Candidature"

msgctxt "column"
msgid "Signed"
msgstr "Signatures"

msgid "Signed"
msgstr "Signé"

msgid "{number} message waits."
msgid_plural "{number} messages wait."
msgstr[0] "{number} message attend."
msgstr[1] "{number} messages attendent."

#, fuzzy
msgid "The rehearsal is over."
msgstr "La répétition commence."
"""
FRENCH = cast("Language", "fr")


@pytest.fixture(autouse=True)
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A third language: one file, and nothing else."""
    file = tmp_path / "fr" / "LC_MESSAGES" / f"{DOMAIN}.po"
    file.parent.mkdir(parents=True)
    file.write_text(ENTRIES, encoding="utf-8")
    monkeypatch.setattr(catalogue, "LOCALE", tmp_path)
    catalogue.catalogue_of.cache_clear()
    yield
    catalogue.catalogue_of.cache_clear()


def test_sentence_in_third_language_needs_its_file_only():
    signed = _("{person} signed the stage {stage}.", person="Hưng", stage=_("Nomination"))

    assert signed.say("en") == "Hưng signed the stage Nomination."
    assert signed.say(FRENCH) == "L'étape Candidature est signée par Hưng."


def test_same_english_with_two_meanings_is_told_apart_by_context():
    assert pgettext("column", "Signed").say(FRENCH) == "Signatures"
    assert _("Signed").say(FRENCH) == "Signé"


@pytest.mark.parametrize(
    ("number", "english", "in_french"),
    [
        (0, "0 messages wait.", "0 message attend."),
        (1, "1 message waits.", "1 message attend."),
        (2, "2 messages wait.", "2 messages attendent."),
    ],
)
def test_form_goes_with_the_number_by_the_rule_of_the_language(
    number: int, english: str, in_french: str
):
    waiting = ngettext("{number} message waits.", "{number} messages wait.", number)

    assert (waiting.say("en"), waiting.say(FRENCH)) == (english, in_french)


def test_sentence_without_translation_is_english():
    assert _("Not in any file.").say(FRENCH) == "Not in any file."


def test_doubtful_translation_is_not_used():
    assert _("The rehearsal is over.").say(FRENCH) == "The rehearsal is over."


def test_what_people_wrote_is_no_place_to_fill_in():
    assert _("Reason: {reason}", reason="{stage}").say("en") == "Reason: {stage}"


def test_value_given_when_it_is_put_into_a_language_is_filled_in():
    assert _("{person} signed.").say("en", person="Hưng") == "Hưng signed."
    assert _("{person} signed.").with_values(person="Hưng").say("en") == "Hưng signed."


def test_sentence_goes_whole_to_another_process():
    signed = _("{person} signed the stage {stage}.", person="Hưng", stage=_("Nomination"))

    assert pickle.loads(pickle.dumps(signed)) == signed  # noqa: S301 - made a line above


class StageSigned(Exception):
    """A class whose sentence stands beside its name; each of it brings the values."""

    message = N_("{person} signed the stage {stage}.")

    def __init__(self, **values: object) -> None:
        self.text = Text(self.message, values)


def test_class_has_its_sentence_and_each_of_it_the_values():
    signed = StageSigned(person="Hưng", stage=_("Nomination"))

    assert signed.text.say("en") == "Hưng signed the stage Nomination."
    assert signed.text.say(FRENCH) == "L'étape Candidature est signée par Hưng."
