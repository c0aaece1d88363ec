"""When do two Vietnamese texts say the same, and is a text fit to be kept?

The same word reaches us composed (NFC) and decomposed (NFD), with the tone mark on either vowel
(hòa, hoà), with i or y at the end of a syllable (kỹ thuật, kĩ thuật; Decision 240/QĐ of 1984 allows
both), in any case, and with blanks nobody sees. The keys below are for matching only; what is
stored is the text as written, in NFC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

TRIGGERS: Final = "=+-@\t\r"
"""A spreadsheet may run text that begins with one of these."""

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_INVISIBLE: Final = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e"
_INVISIBLE_SIGN: Final = re.compile(f"[{_INVISIBLE}]")
_EDGES: Final = re.compile(f"^[\\s\u00a0{_INVISIBLE}]+|[\\s\u00a0{_INVISIBLE}]+$")
_BLANKS: Final = re.compile(r"\s+")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_TONE: Final = re.compile(f"[{_TONES}]")
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_FINAL_Y: Final = re.compile(f"(?:(?<=[hklmstv])|(?<=\\bqu))y(?=[{_TONES}]?(?![\\w\u0300-\u036f]))")
_OLD_FONT_SIGNS: Final = (
    "\u00a1-\u00af\u00b1\u00b4-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df"
    "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff\u0152-\u017d\u0192\ufffd"
)
_NEVER_USUAL: Final = f"<\r\u00a0{_INVISIBLE}{_OLD_FONT_SIGNS}"
UNUSUAL: Final = re.compile(
    f"[j\u00e2\u00f9\u00f5{_NEVER_USUAL}]"
    f"(?:(?<=[{_NEVER_USUAL}])|(?<=[aeo]\u00e2)|(?<=[aeou]\u00f9)|(?<=[ou]\u00f5)|(?<=j)avascript:)"
)
"""A quick look: text without any of these holds no markup, no old font, no invisible sign.

It begins with one class of signs, which is looked for three times as fast as several patterns are.
"""
_NOT_ALPHANUMERIC: Final = re.compile(r"[^\w\u0300-\u036f]+|_+")
_LINE_END: Final = re.compile(r"_x000D_\n?|\r\n?|\u2028|\u2029|\u0085")
_MARKS: Final = re.compile("[\u0300-\u036f]")

_TAGS: Final = (
    "a|abbr|address|applet|article|aside|audio|b|base|blockquote|body|br|button|canvas|center|code|"
    "col|dd|details|dialog|div|dl|dt|em|embed|fieldset|figure|font|footer|form|frame|frameset|h[1-6]|"
    "head|header|hr|html|i|iframe|image|img|input|label|li|link|main|marquee|math|meta|nav|noscript|"
    "object|ol|o:p|option|p|picture|pre|s|script|section|select|small|source|span|strike|strong|style|"
    "sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|u|ul|video|xml"
)
_MARKUP: Final = re.compile(
    rf"</?(?:{_TAGS})(?:\s*/?|\s[^<>]*=[^<>]*)>"
    rf"|<(?:{_TAGS})[\s/]+[^<>]*\w\s*=|<\s*/?\s*(?:script|style|iframe)\b"
    r"|<!--|<!doctype|<!\[cdata\[|<\?xml|\bjavascript:\s*\w",
    re.IGNORECASE,
)
_FORMULA_BODY: Final = re.compile(
    r"[A-Za-z_][\w.]*\s*\(|[A-Za-z_]\w*\s*\||\$?[A-Za-z]{1,3}\$?\d|[-+]?\d+(?:[.,]\d+)?\s*[-+*/^&%<>]"
    r"|'?[^!]{1,80}'?!|\[[^]]+\]|\"|[-+@]|\(|#\w+[!?]|[-+]?\d+(?:[.,]\d+)?$"
)

_REMEMBERED: Final = 16_384
"""Keys of names of units and headings, and of codes: the same ones for each nomination."""


def nfc(text: str) -> str:
    """Return the text composed; text that is composed already is returned as it is."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Return the text as it is kept: NFC, plain blanks and line ends, nothing invisible.

    Blanks at both ends go, a no-break space becomes a blank, zero-width signs, byte order marks and
    soft hyphens go. Repeated blanks inside stay: they are the writer's.
    """
    if text.isascii():
        return _LINE_END.sub("\n", text).strip() if "\r" in text or "_x" in text else text.strip()
    text = _INVISIBLE_SIGN.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ")
    return _LINE_END.sub("\n", text).strip()


def has_stray_blanks(text: str) -> bool:
    """Tell whether blanks or invisible signs stand where nobody sees them."""
    return bool(_EDGES.search(text) or (not text.isascii() and _INVISIBLE_SIGN.search(text)))


def is_blank(text: str) -> bool:
    """Tell whether nothing can be seen of the text, be it blanks or zero-width signs."""
    return not clean(text)


def fold(text: str) -> str:
    r"""Return the key under which equal words are equal, whatever their case, form and tone place.

    >>> fold("HOÀ\u00a0 bình") == fold("hòa Bình")
    True
    """
    text = _DASHES.sub("-", clean(text)).casefold()
    text = _BLANKS.sub(" ", text)
    if not text.isascii():
        text = _WORD.sub(_tone_last, unicodedata.normalize("NFD", text))
    return _FINAL_Y.sub("i", text)


@lru_cache(maxsize=_REMEMBERED)
def match_key(text: str) -> str:
    """Return `fold` without punctuation: the key of headers and of names in lists."""
    return _NOT_ALPHANUMERIC.sub(" ", fold(text)).strip()


@lru_cache(maxsize=_REMEMBERED)
def unmarked(text: str) -> str:
    """Return the folded text without any mark and with d for đ: the last resort of matching."""
    return _MARKS.sub("", match_key(text)).replace("đ", "d")


def shorten(text: str, limit: int = 80) -> str:
    """Return the text in one line of at most `limit` characters, for a message."""
    line = _BLANKS.sub(" ", nfc(text)).strip()
    return line if len(line) <= limit else line[: limit - 1] + "…"


def is_decomposed(text: str) -> bool:
    """Tell whether marks stand apart from their letters (NFD)."""
    return not text.isascii() and bool(_MARKS.search(text))


def is_mixed(text: str) -> bool:
    """Tell whether the text holds both composed and decomposed Vietnamese letters."""
    if not is_decomposed(text):
        return False
    alone = _MARKS.sub("", text)
    return any(unicodedata.decomposition(sign) for sign in alone if sign > "\u00bf")


def has_markup(text: str) -> bool:
    """Tell whether the text holds HTML; `< 5` and `<họ tên>` are not HTML."""
    return ("<" in text or ":" in text) and bool(_MARKUP.search(text))


def begins_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet that opens the text might take it for a formula."""
    return text[:1] in TRIGGERS and bool(text)


def is_formula_text(text: str) -> bool:
    """Tell whether text after `=` really is a formula: a call, a reference, a sum, a command.

    `=> kết quả tốt` and `= đạt` begin with the sign and compute nothing.
    """
    return text[:1] == "=" and bool(_FORMULA_BODY.match(text[1:].lstrip()))


def _tone_last(word: re.Match[str]) -> str:
    letters = word[0]
    tones = _TONE.findall(letters)
    return _TONE.sub("", letters) + "".join(tones) if tones else letters
