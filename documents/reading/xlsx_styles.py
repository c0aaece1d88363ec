"""How does a workbook show its cells: in which number format, struck out, in the colour of paper?

Read from the styles part, one entry for each style that a cell may name. Conditional formats and
the colours of table styles are not worked out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple
from xml.parsers import expat

from campaigns.rules.importing.number_formats import changes_texts, shown, shown_text
from documents.reading.xlsx_formats import BUILT_IN, is_date
from schemas.imports import CellValue, Look

_LOCAL_DATE_FORMATS: Final = frozenset(
    {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
)
"""Built-in number formats that show dates (ECMA-376 part 1, 18.8.30)."""
_GENERAL: Final = "General"
_WHITE, _BLACK = "FFFFFF", "000000"
_THEME: Final = {"0": _WHITE, "1": _BLACK}
_INDEXED: Final = {"0": _BLACK, "1": _WHITE, "8": _BLACK, "9": _WHITE, "64": _BLACK, "65": _WHITE}
_PATTERN: Final = "pattern"
_SMALLEST: Final = 2.0
"""Points below which letters cannot be seen."""


class Style(NamedTuple):
    """What one cell style shows."""

    is_date: bool = False
    number_format: str = ""
    """Empty for General."""
    look: Look | None = None
    paper: str = _WHITE
    """Colour behind the text."""
    is_plain: bool = True
    """Cells in this style are seen as they are kept."""

    def text_and_look(self, value: CellValue, look: Look | None) -> tuple[CellValue, Look | None]:
        """Return a value with what its format puts around a text, and how it looks."""
        if not self.number_format or self.is_date or isinstance(value, bool):
            return value, look
        if isinstance(value, str):
            text = shown_text(value, self.number_format)
            return (text, look) if text.strip() else (value, "unseen")
        if isinstance(value, int | float):
            seen = shown(value, self.number_format)
            return value, look if seen is None or seen.text else "unseen"
        return value, look


def _is_plain(number_format: str) -> bool:
    """Tell whether a format changes no text and hides no number."""
    if not number_format:
        return True
    hides = any((seen := shown(one, number_format)) and not seen.text for one in (1, -1, 0))
    return not hides and not changes_texts(number_format)


class Font(NamedTuple):
    """What of a font makes text hard to see."""

    is_struck: bool = False
    colour: str = _BLACK
    size: float = 11.0


_USUAL: Final = Font()


def is_true(attributes: Mapping[str, str], key: str = "val", *, default: bool = True) -> bool:
    """Return a boolean of the XML; an element without the attribute says yes."""
    value = attributes.get(key)
    return default if value is None else value.strip().lower() in {"1", "true", "on"}


def colour_of(attributes: Mapping[str, str]) -> str:
    """Return a colour's six digits; for one that depends on the theme, a name of its own."""
    tint = attributes.get("tint", "0").strip()
    if "rgb" in attributes:
        found = attributes["rgb"].upper()[-6:]
    elif "theme" in attributes:
        found = _THEME.get(attributes["theme"], "theme" + attributes["theme"])
    elif "indexed" in attributes:
        found = _INDEXED.get(attributes["indexed"], "indexed" + attributes["indexed"])
    else:
        found = _BLACK
    return found if tint in {"0", "0.0"} else f"{found}:{tint}"


class FontReader:
    """Gathers one font, be it of the styles or of a piece of text, from its elements."""

    def __init__(self, font: Font = _USUAL) -> None:
        self.font = font

    def take(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in one element."""
        if name == "strike":
            self.font = self.font._replace(is_struck=is_true(attributes))
        elif name == "color":
            self.font = self.font._replace(colour=colour_of(attributes))
        elif name == "sz":
            size = attributes.get("val", "11")
            plain = size.replace(".", "", 1).isdigit()
            self.font = self.font._replace(size=float(size) if plain else 11.0)

    def look(self, paper: str) -> Look | None:
        """Return how text in this font looks on paper of a colour."""
        if self.font.colour == paper or self.font.size < _SMALLEST:
            return "unseen"
        return "struck" if self.font.is_struck else None


class StylesReader:
    """Reads the styles part; its handlers are those of an expat parser."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._own: dict[str, str] = {}
        self._fonts: list[FontReader] = []
        self._fills: list[str] = []
        self._above: list[str] = []
        self.styles: list[Style] = []
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        inside = self._above[-1] if self._above else ""
        above = self._above[-2] if len(self._above) > 1 else ""
        self._above.append(name)
        if name == "numFmt" and inside == "numFmts":
            self._own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "font" and inside == "fonts":
            self._fonts.append(FontReader())
        elif inside == "font" and above == "fonts":
            self._fonts[-1].take(name, attributes)
        elif name == "fill" and inside == "fills":
            self._fills.append(_WHITE)
        elif name == "gradientFill" and inside == "fill" and above == "fills":
            self._fills[-1] = _PATTERN
        elif name == "patternFill" and inside == "fill" and above == "fills":
            kind = attributes.get("patternType", "none")
            self._fills[-1] = {"none": _WHITE, "solid": _BLACK}.get(kind, _PATTERN)
        elif name == "fgColor" and inside == "patternFill" and self._fills[-1:] == [_BLACK]:
            self._fills[-1] = colour_of(attributes)
        elif name == "xf" and inside == "cellXfs":
            self.styles.append(self._style(attributes))

    def _end(self, _: str) -> None:
        self._above.pop()

    def _style(self, attributes: Mapping[str, str]) -> Style:
        is_day, text = self._number_format(attributes.get("numFmtId", "0"))
        fill, font = attributes.get("fillId", "0"), attributes.get("fontId", "0")
        paper = self._fills[int(fill)] if _is_index(fill, self._fills) else _WHITE
        look = self._fonts[int(font)].look(paper) if _is_index(font, self._fonts) else None
        return Style(is_day, text, look, paper, look is None and (is_day or _is_plain(text)))

    def _number_format(self, number: str) -> tuple[bool, str]:
        built_in = int(number) if number.isascii() and number.isdigit() else 0
        text = self._own.get(number) or BUILT_IN.get(built_in, "")
        if number not in self._own and built_in in _LOCAL_DATE_FORMATS:
            return True, text or "m/d/yyyy"
        if text == _GENERAL:
            return False, ""
        return is_date(text), text


def _is_index(text: str, things: list[str] | list[FontReader]) -> bool:
    return text.isascii() and text.isdigit() and int(text) < len(things)
