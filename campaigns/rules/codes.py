"""What may a code be made of, and which codes would people take for one another?

A code is said on the telephone, typed from paper, written into addresses and names of files. So a
new one is made of Latin letters (those of Vietnamese too) and the digits 0 to 9, with single signs
`-`, `_`, `.` and `/` between them: `01/HS-BTR`. What Unicode says is the same sign in another width
(NFKC) is understood. Codes of earlier versions keep working as they are
(ADR 0037).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

from language.vietnamese import clean, match_key

SIGNS: Final = "-_./"
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_SHAPES: Final = "\u0302\u0306\u031b"
_LETTER: Final = rf"[a-z0-9đ][{_TONES}{_SHAPES}]{{0,2}}"
_ALPHABET: Final = re.compile(
    rf"(?:{_LETTER})+(?:[{re.escape(SIGNS)}](?:{_LETTER})+)*", re.IGNORECASE
)
_SIGN: Final = re.compile(rf"{_LETTER}|[{re.escape(SIGNS)}]", re.IGNORECASE)
_ALIKE: Final = str.maketrans(
    # Cyrillic, then Greek, then Latin letters without their dot: as people see them.
    "АВЕЅІЈКМНОРСТУХЗавеѕіјкмнорстухԁӏԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχıȷ",
    "ABESIJKMHOPCTYX3abesijkmhopctyxdlqwABEZHIKMNOPTYXaiknoptuxij",
)
_ASCII_ONLY: Final = re.compile(r"[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)*")


class Odd(NamedTuple):
    """Why a code is refused."""

    kind: str
    """`lookalike`: a letter of another script; `meant`: it can be said what was meant; or empty."""
    sign: str
    """The first sign that does not belong there, with its name where it cannot be seen well."""
    meant: str
    """The code as it was most likely meant; empty where nobody can say."""


def folded(code: str) -> str:
    """Return a code with its signs in their usual width."""
    return code if code.isascii() else unicodedata.normalize("NFKC", code)


def is_plain(code: str) -> bool:
    """Say whether a code is one that may be given anew."""
    if _ASCII_ONLY.fullmatch(code):
        return True
    return code == folded(code) and bool(_ALPHABET.fullmatch(unicodedata.normalize("NFD", code)))


def oddness(code: str) -> Odd | None:
    """Return why a code, folded, may not be given to anything new; None where it may."""
    if is_plain(code):
        return None
    latin = code.translate(_ALIKE)
    if latin != code and is_plain(latin):
        sign = next(one for one in code if one.translate(_ALIKE) != one)
        return Odd("lookalike", f"{sign} ({unicodedata.name(sign)})", latin)
    rest = _SIGN.sub("", unicodedata.normalize("NFD", code))
    meant = _meant(latin)
    return Odd("meant" if meant else "", _shown(rest[:1] or _misplaced(code)), meant)


def likeness(code: str) -> str:
    """Return what no two codes may share: how they look, but for case, blanks and separators."""
    return match_key(clean(folded(code).translate(_ALIKE))).replace(" ", "-")


def _misplaced(code: str) -> str:
    """Return the sign that stands first, last, or beside another one."""
    doubled = re.search(rf"[{re.escape(SIGNS)}]{{2,}}", code)
    if doubled:
        return doubled[0]
    return code[:1] if code.startswith(tuple(SIGNS)) else code[-1:]


def _shown(sign: str) -> str:
    if sign and not sign.isprintable():
        return f"U+{ord(sign[0]):04X}"
    return sign


def _meant(code: str) -> str:
    """Return a code like it that may be given: other signs become hyphens."""
    pieces = re.split(rf"[^\w{re.escape(SIGNS)}]+", code)
    meant = re.sub(rf"[{re.escape(SIGNS)}]{{2,}}", "-", "-".join(pieces)).strip(SIGNS)
    return meant if meant and is_plain(meant) else ""
