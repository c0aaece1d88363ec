"""Where does a sentence stand in another language? In that language's `.po` file.

A file is read when its language is first asked for, and straight from the text that translators
write: nothing is compiled, so a mended sentence is there at the next start (ADR 0053).
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

LOCALE: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "thidua"
_TEXT: Final = r'(?:".*"(?:\n|\Z))+'
_ENTRY: Final = re.compile(
    rf"(?P<comments>(?:^#.*\n)*)"
    rf"(?:^msgctxt (?P<context>{_TEXT}))?"
    rf"^msgid (?P<message>{_TEXT})"
    rf"(?:^msgid_plural (?P<plural>{_TEXT}))?"
    rf"(?P<forms>(?:^msgstr(?:\[\d\])? {_TEXT})+)",
    re.MULTILINE,
)
_FORM: Final = re.compile(rf"^msgstr(?:\[\d\])? ({_TEXT})", re.MULTILINE)
_FORM_OF_NUMBER: Final = re.compile(r"Plural-Forms:.*plural=(?P<rule>[^;\n]+)")


class Key(NamedTuple):
    """What an entry is found by."""

    message: str
    """In English."""
    context: str = ""
    """Tells two meanings of the same English apart."""


class Catalogue:
    """The sentences of one language; what it lacks is returned in English.

    Its methods are those of `gettext.NullTranslations`, which Jinja's extension `i18n` asks for.
    """

    def __init__(
        self, forms: Mapping[Key, tuple[str, ...]], form_of: Callable[[int], int] = lambda _: 0
    ) -> None:
        self.forms = forms
        """Each sentence, in as many forms as the language has plurals."""
        self._form_of = form_of

    def gettext(self, message: str) -> str:
        """Return a sentence."""
        return self.pgettext("", message)

    def pgettext(self, context: str, message: str) -> str:
        """Return a sentence in the meaning that a context gives it."""
        return self.forms.get(Key(message, context), (message,))[0] or message

    def ngettext(self, one: str, many: str, number: int) -> str:
        """Return the form of a sentence that goes with a number."""
        return self.npgettext("", one, many, number)

    def npgettext(self, context: str, one: str, many: str, number: int) -> str:
        """Return the form that goes with a number, in the meaning that a context gives it."""
        forms = self.forms.get(Key(one, context), ())
        form = self._form_of(number)
        said = forms[form] if form < len(forms) else ""
        return said or (one if number == 1 else many)


@cache
def catalogue_of(language: str) -> Catalogue:
    """Return the sentences of a language; of one without a file, those in English."""
    file = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    try:
        return read(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Catalogue({})


def read(text: str) -> Catalogue:
    """Read a `.po` file. Entries that are doubtful (`fuzzy`) or broken are left out."""
    forms: dict[Key, tuple[str, ...]] = {}
    form_of: Callable[[int], int] = lambda _: 0  # noqa: E731 - until the header says otherwise
    for entry in _ENTRY.finditer(text):
        message = _unquoted(entry["message"])
        said = tuple(_unquoted(form) for form in _FORM.findall(entry["forms"]))
        if not message:
            rule = _FORM_OF_NUMBER.search(said[0])
            form_of = gettext.c2py(rule["rule"]) if rule else form_of
        elif ", fuzzy" not in entry["comments"]:
            forms[Key(message, _unquoted(entry["context"] or '""'))] = said
    return Catalogue(forms, form_of)


def _unquoted(lines: str) -> str:
    text = lines.rstrip("\n")[1:-1].replace('"\n"', "")
    said: str = json.loads(f'"{text}"') if "\\" in text else text
    return said
