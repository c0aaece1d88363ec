"""Is a text written in an old Vietnamese font, and what does it say?

Before Unicode, fonts such as .VnTime (TCVN3, "ABC") and VNI-Times put Vietnamese letters on the
codes of Latin-1. Copied into a modern workbook such text reads "Ng­êi d©n" or "Ngöôøi daân". A word
counts as evidence when it is no Vietnamese syllable as it stands and becomes one when decoded, so
foreign names (Müller, François) and signs (25 °C, 5×3) raise no alarm. The third table is UTF-8
read as Windows-1252 ("Báº¿n Tre").
Tables: TCVN 5712:1993; VNI's published table of its Windows fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

_SUSPECT: Final = re.compile(
    "[\u00a1-\u00bf\u00c0-\u00ff\u0152-\u0192\u2013-\u203a\u20ac\u2122\ufffd]"
)
_NOT_LEGACY: Final = re.compile("[\u1ea0-\u1ef9\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0]")
_TOKEN: Final = re.compile(r"[^\s,.;:!?()\[\]\"/–-]+")
_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE: Final = re.compile(
    r"^(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?"
    r"(?:iêu|yêu|ươi|ươu|uôi|oai|oay|oao|oeo|uây|uyê|uya|uyu|uêu|iê|yê|ươ|uô|oa|oă|oe|oo|uâ|uê|uơ|"
    r"uy|ai|ao|au|âu|ay|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|ưa|ưi|ưu|[aăâeêioôơuưy])"
    r"(?:ch|ng|nh|[cmnpt])?$"
)
_ENOUGH: Final = 2
_FEW_WORDS: Final = 4

_TCVN3_CODES: Final = (
    "µ¸¶·¹ ¨»¾¼½Æ ©ÇÊÈÉË ® ÌÐÎÏÑ ªÒÕÓÔÖ ×ÝØÜÞ ßãáâä «åèæçé ¬êíëìî ïóñòô \u00adõøö÷ù úýûüþ"
).replace(" ", "")
_TCVN3_LETTERS: Final = (
    "àáảãạ ăằắẳẵặ âầấẩẫậ đ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ"
).replace(" ", "")
_TCVN3: Final = {
    ord(code): letter for code, letter in zip(_TCVN3_CODES, _TCVN3_LETTERS, strict=True)
} | {
    ord("§"): "Đ",
    ord("¡"): "Ă",
    ord("¢"): "Â",
    ord("£"): "Ê",
    ord("¤"): "Ô",
    ord("¥"): "Ơ",
    ord("¦"): "Ư",
}

_VNI_MARKS: Final = {
    "ø": "\u0300",
    "ù": "\u0301",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "à": "\u0302\u0300",
    "á": "\u0302\u0301",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "è": "\u0306\u0300",
    "é": "\u0306\u0301",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS: Final = {
    "ñ": "đ",
    "ö": "ư",
    "ô": "ơ",
    "ì": "ì",
    "í": "í",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
}
_VNI_BASES: Final = frozenset("aeouyöô")


def decoded(text: str) -> str | None:
    """Return what a text in an old font most likely says; None for text that needs no decoding.

    A replacement character (the sign of lost letters) makes the answer an empty text.
    """
    if text.isascii() or not _SUSPECT.search(text):
        return None
    text = unicodedata.normalize("NFC", text)
    if "\ufffd" in text:
        return ""
    words = _TOKEN.findall(text)
    best, most = None, 0
    for decode in (_from_tcvn3, _from_vni, _from_mojibake):
        found = sum(_is_evidence(word, decode) for word in words)
        if found > most:
            best, most = decode, found
    if best is None or (most < _ENOUGH and len(words) > _FEW_WORDS):
        return None
    chosen = best
    return _TOKEN.sub(lambda word: _decoded_word(word[0], chosen), text)


def _decoded_word(word: str, decode: Callable[[str], str]) -> str:
    if _NOT_LEGACY.search(word):
        return word
    answer = decode(word)
    return answer if answer.isascii() or is_syllable(answer) else word


def _is_evidence(word: str, decode: Callable[[str], str]) -> bool:
    if word.isascii() or _NOT_LEGACY.search(word) or not any(sign.isascii() for sign in word):
        return False
    if is_syllable(word):
        return False
    answer = decode(word)
    return answer != word and not answer.isascii() and is_syllable(answer)


def is_syllable(word: str) -> bool:
    """Tell whether the word is built like one Vietnamese syllable."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = len(_TONES.findall(letters))
    bare = unicodedata.normalize("NFC", _TONES.sub("", letters))
    return tones <= 1 and bool(_SYLLABLE.match(bare))


def _from_tcvn3(word: str) -> str:
    capitals = sum("A" <= sign <= "Z" for sign in word)
    if capitals < _ENOUGH:
        return word.translate(_TCVN3)
    return word.lower().translate(_TCVN3).upper()


def _from_vni(word: str) -> str:
    signs: list[str] = []
    previous = ""
    for sign in word:
        small = sign.lower()
        if small in _VNI_MARKS and previous in _VNI_BASES:
            signs.append(_VNI_MARKS[small])
            previous = ""
            continue
        letter = _VNI_LETTERS.get(small, small)
        signs.append(letter.upper() if sign.isupper() else letter)
        previous = small
    return unicodedata.normalize("NFC", "".join(signs))


def _from_mojibake(word: str) -> str:
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return word
