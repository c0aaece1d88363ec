"""What does a person see of a number in a cell? Numbers, texts and days by their number format.

ECMA-376, part 1, 18.8.31: up to four sections, for positive, negative, zero and text. Formats that
are not understood here (fractions, powers of ten, names of months) give None, so that it is told
and never guessed. The marks for thousands and decimals are those of the reader's language, for the
file does not hold them.
"""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from language import Language

_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<room>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<text>@)|(?P<digit>[0#?])"
    r"|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<date>y+|m+|d+|h+|s+)|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION: Final = re.compile(r'(?:"[^"]*"?|\\.|\[[^\]]*\]?|[^;])*', re.DOTALL)
_CONDITION: Final = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY: Final = re.compile(r"\$([^-]*)(?:-.*)?")
_COLOURS: Final = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+", re.IGNORECASE
)
_OF_THE_SYSTEM: Final = frozenset({"mm-dd-yy", "m/d/yy h:mm"})
"""Built-in formats 14 and 22, which each system shows in its own order."""
_SIGNIFICANT: Final = 15
"""Digits that Excel keeps of a number."""
_MARKS: Final[dict[Language, tuple[str, str]]] = {"vi": (".", ","), "en": (",", ".")}
_LITERALS: Final = dict.fromkeys(("quoted", "escaped", "plain", "room"), "literal")
_GROUP: Final = 3
_LONGEST: Final = 255
"""Characters of a format in Excel."""
_LONG: Final = Context(prec=700)
"""Digits of the largest number with the most decimals that a format has room for."""
_REMEMBERED: Final = 512
_SECTIONS: Final = 4
_TEXT_SECTION: Final = 3


class Shown(NamedTuple):
    """What is seen of a number."""

    text: str
    """Empty where the format hides it."""
    number: Decimal | None
    """The number as read off, of 85 % the 85; None where no digit is seen."""
    is_share: bool = False
    has_marks: bool = False
    """It holds marks for thousands or decimals, which are others in other languages."""


class _Section(NamedTuple):
    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    is_understood: bool

    def has(self, kind: str) -> bool:
        return any(token[0] == kind for token in self.tokens)


def shown(value: float, number_format: str, language: Language = "vi") -> Shown | None:
    """Return what is seen of a number; None where the format is not understood."""
    exact = plain_decimal(value)
    sections = _sections(number_format or "General")
    numeric = [one for at, one in enumerate(sections) if at < _TEXT_SECTION and not _is_text(one)]
    if not numeric:
        return _general(exact, language)
    section, signed = _chosen(exact, numeric)
    if section is None or not section.is_understood or section.has("date"):
        return None
    return _rendered(exact, section, signed=signed, language=language)


def shown_text(text: str, number_format: str) -> str:
    """Return what is seen of a text: only a section with `@`, or an empty fourth, changes it."""
    sections = _sections(number_format)
    if len(sections) == _SECTIONS:
        section = sections[_TEXT_SECTION]
    elif sections and _is_text(sections[-1]):
        section = sections[-1]
    else:
        return text
    return "".join(text if kind == "text" else said for kind, said in section.tokens)


def changes_texts(number_format: str) -> bool:
    """Tell whether texts in this format are seen otherwise than they are kept."""
    return shown_text("x", number_format) != "x"


def shown_moment(moment: datetime, number_format: str) -> str | None:
    """Return what is seen of a day or time; None where that depends on the reader's system."""
    section = _sections(number_format)[0]
    if not section.is_understood or number_format.lower() in _OF_THE_SYSTEM:
        return None
    told: list[str] = []
    before = ""
    tokens = section.tokens
    half = section.has("half")
    for at, (kind, said) in enumerate(tokens):
        if kind != "date":
            told.append(f"{moment:%p}" if kind == "half" else said)
            continue
        after = next((other for one, other in tokens[at + 1 :] if one == "date"), "")
        part = _part(moment, said.lower(), before, after.lower(), half=half)
        if part is None:
            return None
        told.append(part)
        before = said.lower()
    return "".join(told).strip()


def shows_whole(moment: datetime, number_format: str) -> bool:
    """Tell whether a person sees the day, and the hour where it is not midnight."""
    letters = _date_letters(number_format)
    if not letters:
        return True
    return "d" in letters and ("h" in letters or not (moment.hour or moment.minute))


@lru_cache(maxsize=_REMEMBERED)
def _date_letters(number_format: str) -> frozenset[str]:
    tokens = _sections(number_format)[0].tokens
    return frozenset(said[0].lower() for kind, said in tokens if kind == "date")


def plain_decimal(value: float) -> Decimal:
    """Return the number as Excel keeps it: 0.30000000000000004 is 0.3."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{_SIGNIFICANT}g}")


def _part(moment: datetime, said: str, before: str, after: str, *, half: bool) -> str | None:
    two = len(said) == 2  # noqa: PLR2004 - dd, mm and so on
    letter = said[0]
    if letter == "y":
        return f"{moment:%y}" if len(said) <= 2 else f"{moment.year:04}"  # noqa: PLR2004
    if len(said) > 2:  # noqa: PLR2004 - names, which each system has of its own
        return None
    is_minute = letter == "m" and (before[:1] == "h" or after[:1] == "s")
    hour = (moment.hour + 11) % 12 + 1 if half else moment.hour
    number = {
        "d": moment.day,
        "m": moment.minute if is_minute else moment.month,
        "h": hour,
        "s": moment.second,
    }[letter]
    return f"{number:02}" if two else str(number)


@lru_cache(maxsize=_REMEMBERED)
def _sections(number_format: str) -> tuple[_Section, ...]:
    parts: list[str] = []
    at = 0
    while at <= len(number_format):
        found = _SECTION.match(number_format, at)
        parts.append(found[0] if found else "")
        at = (found.end() if found else at) + 1
    return tuple(_section(part) for part in parts[:_SECTIONS])


def _section(text: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    understood = len(text) <= _LONGEST
    for found in _TOKEN.finditer(text):
        kind, said = str(found.lastgroup), found[found.lastgroup or 0]
        if kind == "bracket":
            compared = _CONDITION.fullmatch(said)
            condition = (compared[1], Decimal(compared[2])) if compared else condition
            money = _CURRENCY.fullmatch(said)
            tokens += [("literal", money[1])] if money else []
            understood = understood and bool(compared or money or _COLOURS.fullmatch(said))
        elif kind != "fill":
            understood = understood and kind != "exponent"
            tokens.append((_LITERALS.get(kind, kind), " " if kind == "room" else said))
    if ("literal", "/") in tokens and any(kind == "digit" for kind, _ in tokens):
        understood = False
    return _Section(tuple(tokens), condition, understood)


def _is_text(section: _Section) -> bool:
    return section.has("text") and not section.has("digit")


def _chosen(value: Decimal, sections: list[_Section]) -> tuple[_Section | None, bool]:
    """Return the section for a number, and whether a minus is put before a negative one."""
    if any(one.condition for one in sections):
        for one in sections:
            if one.condition is None or _holds(value, *one.condition):
                return one, True
        return None, True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:  # noqa: PLR2004 - the third is for zero
        return sections[2], True
    return sections[0], True


def _holds(value: Decimal, sign: str, other: Decimal) -> bool:
    return {
        "<": value < other,
        ">": value > other,
        "=": value == other,
        "<=": value <= other,
        ">=": value >= other,
        "<>": value != other,
    }[sign]


def _general(value: Decimal, language: Language) -> Shown:
    whole = value.to_integral_value()
    text = f"{whole:f}" if value == whole else f"{value.normalize():f}"
    mark = _MARKS[language][1]
    return Shown(text.replace(".", mark), value, has_marks="." in text)


def _rendered(value: Decimal, section: _Section, *, signed: bool, language: Language) -> Shown:
    tokens = section.tokens
    said = "".join(text for kind, text in tokens if kind == "literal")
    sign = "-" if value < 0 and signed else ""
    is_negative = value < 0 and (signed or "-" in said or "(" in said)
    size = abs(value)
    if section.has("general"):
        plain = _general(size, language)
        text = "".join(plain.text if kind == "general" else one for kind, one in tokens)
        number = -size if is_negative else size
        return Shown((sign + text).strip(), number, has_marks=plain.has_marks)
    if not section.has("digit"):
        return Shown((sign + said).strip() if said.strip() else "", None)
    layout = _Layout(tokens)
    scaled = size * 100**layout.shares / Decimal(1000) ** layout.thousands
    rounded = scaled.quantize(Decimal(1).scaleb(-layout.decimals), ROUND_HALF_UP, _LONG)
    text = layout.text(rounded, language)
    return Shown(
        ((sign if rounded else "") + text).strip(),
        -rounded if is_negative else rounded,
        is_share=layout.shares > 0,
        has_marks=layout.grouped or layout.decimals > 0,
    )


class _Layout:
    """Where the digits of one section go."""

    def __init__(self, tokens: tuple[tuple[str, str], ...]) -> None:
        point = next((at for at, one in enumerate(tokens) if one[0] == "point"), len(tokens))
        self._whole, self._fraction = tokens[:point], tokens[point + 1 :]
        self._has_point = point < len(tokens)
        digits = [at for at, one in enumerate(self._whole) if one[0] == "digit"]
        last = digits[-1] if digits else -1
        commas = [at for at, one in enumerate(self._whole) if one[0] == "comma"]
        self.grouped = any(digits and digits[0] < at < last for at in commas)
        self.thousands = sum(at > last for at in commas) if digits else 0
        in_fraction = [at for at, one in enumerate(self._fraction) if one[0] == "digit"]
        if in_fraction:
            self.thousands += sum(
                one[0] == "comma" and at > in_fraction[-1] for at, one in enumerate(self._fraction)
            )
        self.decimals = len(in_fraction)
        self.shares = sum(one[0] == "percent" for one in tokens)

    def text(self, value: Decimal, language: Language) -> str:
        """Return the digits in their places, with what stands between them."""
        thousands, decimal = _MARKS[language]
        whole, _, fraction = f"{value:f}".partition(".")
        text = self._whole_text(whole.lstrip("0"), thousands if self.grouped else "")
        if not self._has_point:
            return text
        told: list[str] = []
        digits = list(fraction)
        kept = len(fraction.rstrip("0"))
        for kind, said in self._fraction:
            if kind == "digit":
                at = len(fraction) - len(digits)
                digit = digits.pop(0)
                if said == "0" or at < kept:
                    told.append(digit)
                elif said == "?":
                    told.append(" ")
            elif kind in {"literal", "percent"}:
                told.append(said)
        return text + decimal + "".join(told)

    def _whole_text(self, digits: str, thousands: str) -> str:
        told: list[str] = []
        left = list(digits)
        count = 0
        first = next((at for at, one in enumerate(self._whole) if one[0] == "digit"), -1)

        def put(digit: str) -> None:
            nonlocal count
            if thousands and count and count % _GROUP == 0 and digit != " ":
                told.append(thousands)
            told.append(digit)
            count += 1

        for at in range(len(self._whole) - 1, -1, -1):
            kind, said = self._whole[at]
            if kind == "digit":
                if left:
                    put(left.pop())
                elif said != "#":
                    put("0" if said == "0" else " ")
                while at == first and left:
                    put(left.pop())
            elif kind in {"literal", "percent"}:
                told.append(said[::-1])
        if first < 0:
            told.extend(reversed(digits))
        return "".join(told)[::-1]
