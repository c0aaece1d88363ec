"""How is a sentence written for readers of several languages? In English, where it is used.

`_` marks it and makes a `Text`, which is put into a language when it is asked to be: which one is
a matter of the reader (a person, a campaign, a terminal), so nothing here remembers one. The other
languages stand in `locale/`. Whole letters and papers are no sentences: they stay files of their
own, one for each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, NamedTuple, Protocol, get_args, runtime_checkable

from language.catalogue import catalogue_of

Language = Literal["vi", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)


@runtime_checkable
class Sayable(Protocol):
    """Anything that can be put into a language, such as a `Text`."""

    def say(self, language: Language, /) -> str:
        """Return it in a language."""


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English with what fills its places; any language once it is asked for.

    Values are named in braces, as in `{count}`. A value that can be put into a language itself (the
    name of a stage, another sentence) is put into the same one.
    """

    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    plural: str = ""
    """The sentence for any number but one; empty where it counts nothing."""
    number: int = 1
    context: str = ""
    """Tells two meanings of the same English apart."""

    def say(self, language: Language, /, **values: object) -> str:
        """Return it in a language, filled in; `values` are added to its own."""
        known = catalogue_of(language)
        if self.plural:
            form = known.npgettext(self.context, self.message, self.plural, self.number)
        else:
            form = known.pgettext(self.context, self.message)
        filled = {**self.values, **values}
        return form.format_map(
            {name: in_language(value, language) for name, value in filled.items()}
        )

    def with_values(self, **values: object) -> Text:
        """Return the same sentence, with further places filled in."""
        return replace(self, values={**self.values, **values})


def in_language(value: object, language: Language) -> object:
    """Put a value into a language where it can be; any other is returned as it is."""
    if isinstance(value, str | int):  # nearly all are, and to ask for a protocol takes its time
        return value
    return value.say(language) if isinstance(value, Sayable) else value


@dataclass(frozen=True, slots=True)
class Joined:
    """Several things in a row, each put into the language that is asked for."""

    parts: tuple[object, ...]
    separator: str = ", "

    def say(self, language: Language, /) -> str:
        """Return them in a language."""
        return self.separator.join(str(in_language(one, language)) for one in self.parts)


class Advice(NamedTuple):
    """What is wrong, and what to do about it."""

    message: Text
    remedy: Text


def _(message: str, /, **values: object) -> Text:
    """Mark a sentence for the catalogue; `values` fill its places."""
    return Text(message, values)


def pgettext(context: str, message: str, /, **values: object) -> Text:
    """Mark a sentence whose English means something else elsewhere."""
    return Text(message, values, context=context)


def ngettext(one: str, many: str, number: int, /, **values: object) -> Text:
    """Mark a sentence that counts: for one, and for any other number; `{number}` is filled in."""
    return Text(one, {"number": number, **values}, many, number)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a sentence and leave it a string, for what makes its `Text` later (see `Text`)."""
    return message
