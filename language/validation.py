"""How is it said that a value is not what it should be? Pydantic's findings, in other languages.

Pydantic speaks English, and in English its own words stay. In another language a finding is said by
the sentence of its type; the types of our own (`day_wanted`, `time_too_far`, `text_not_kept`) too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from language import Language, Text, _

_TEXT: Final = _("This has to be text.")
_WHOLE: Final = _("This has to be a whole number.")
_NUMBER: Final = _("This has to be a number.")
_TRUE_OR_FALSE: Final = _("This has to be true or false.")
_LIST: Final = _("This has to be a list.")
_OBJECT: Final = _("This has to be a JSON object.")
_CHOICE: Final = _("This is none of the allowed values.")
_DAY: Final = _("This has to be a day such as 2023-09-20.")
_MOMENT: Final = _("This has to be a time such as 2023-09-20T17:00:00+07:00.")
SENTENCES: Final[Mapping[str, Text]] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("There is no such field; leave it out or correct its name."),
    "string_type": _TEXT,
    "string_sub_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_long": _("This is longer than allowed."),
    "string_too_short": _("This is shorter than allowed."),
    "string_pattern_mismatch": _("This has another form than wanted."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _("The number is too large."),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "decimal_max_digits": _("At most {max_digits} digits."),
    "decimal_max_places": _("At most {decimal_places} decimals."),
    "finite_number": _("This has to be a finite number."),
    "greater_than": _("More than {gt}."),
    "greater_than_equal": _("At least {ge}."),
    "less_than": _("Less than {lt}."),
    "less_than_equal": _("At most {le}."),
    "multiple_of": _("This has to be a multiple of {multiple_of}."),
    "bool_type": _TRUE_OR_FALSE,
    "bool_parsing": _TRUE_OR_FALSE,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "too_long": _("More than allowed: at most {max_length}."),
    "too_short": _("At least {min_length} of them."),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "union_tag_invalid": _CHOICE,
    "none_required": _("Leave this empty."),
    "json_invalid": _("This is no valid JSON."),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _("This has to be a day, without a time."),
    "day_wanted": _("This has to be a day such as 2023-09-20, without time or zone."),
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _("The time lacks its zone."),
    "time_too_far": _("A time lies between {first} and {last}."),
    "text_not_kept": _("The text holds a NUL or half a character, which no database keeps."),
}
"""By the type of a finding."""
_SHOWN: Final = (
    (re.compile(r"Input should be greater than or equal to (?P<ge>.+)"), "greater_than_equal"),
    (re.compile(r"Input should be less than or equal to (?P<le>.+)"), "less_than_equal"),
    (re.compile(r"Input should be a valid integer.*"), "int_parsing"),
    (re.compile(r"Input should be a valid number.*"), "float_parsing"),
    (re.compile(r"Input should be a finite number"), "finite_number"),
)
"""What is known of a finding where only its words are at hand, as on the command line."""


def say(found: Mapping[str, Any], language: Language) -> str:
    """Say a finding, as `ValidationError.errors` returns it; an unknown one as Pydantic does."""
    sentence = SENTENCES.get(found["type"]) if language != "en" else None
    said: str = sentence.say(language, **found.get("ctx", {})) if sentence else found["msg"]
    return said


def reworded(words: str, language: Language) -> str:
    """Put Pydantic's own words into a language, where they are known."""
    for shape, kind in _SHOWN if language != "en" else ():
        if found := shape.fullmatch(words.rstrip(". ")):
            return SENTENCES[kind].say(language, **found.groupdict())
    return words
