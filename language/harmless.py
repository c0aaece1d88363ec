"""What may a value typed by somebody contain before it stands in a mail?

People paste names from anywhere: with line breaks, control characters, or marks that turn the
reading direction round and so make a text look different from what it is (Unicode Standard Annex
9, "Unicode Technical Report 36" section 2.4). Everything that reaches a template or a header goes
through here first. Nothing visible is removed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_BREAK: Final = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls except white space
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction marks, overrides, isolates
    "\ufeff\U000e0000-\U000e007f\ud800-\udfff\ufffe\uffff]"  # BOM, tags, surrogates, no characters
)
_NOT_SLUG: Final = re.compile("[^a-z0-9]+")
CODE_SLOT: Final = "~code~"
"""With this begins what stands in a stored message where its mail will have a one-time code."""
_DOTTED_CIRCLE: Final = "\u25cc"
_ELLIPSIS: Final = "\u2026"
_CODE: Final = re.compile(re.escape(CODE_SLOT) + r"[A-Za-z0-9_.-]+")
_SECRET_LINK: Final = re.compile(r"(https?://[^\s/]+/\S*?)[A-Za-z0-9._~%-]{20,}\S*")


@lru_cache(maxsize=1_000)
def one_line(text: str) -> str:
    """Return text as one line in NFC, white space single, without harmful characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    return _anchored(" ".join(_HARMFUL.sub("", text).split()))


def paragraphs(text: str) -> str:
    r"""Return text in NFC with its line breaks (as `\n`), without harmful characters."""
    lines = (one_line(line) for line in _BREAK.split(text))
    return "\n".join(lines).strip("\n")


def clipped(text: str, limit: int) -> str:
    """Return text if it has at most `limit` characters, else its beginning and an ellipsis."""
    if len(text) <= limit:
        return text
    cut = limit - 1
    # A base letter is not parted from the marks that belong to it.
    while cut and unicodedata.combining(text[cut]):
        cut -= 1
    return text[:cut].rstrip() + _ELLIPSIS


def masked(text: str) -> str:
    """Return text whose links cannot be followed: what is long in them is a secret of the reader's.

    Who looks at somebody else's mail sees that there is a link, and no more.
    """
    return _CODE.sub(_ELLIPSIS, _SECRET_LINK.sub(rf"\1{_ELLIPSIS}", text))


def slug(text: str) -> str:
    """Return text in lower-case ASCII letters, digits and hyphens; empty if none is left."""
    ascii_text = unicodedata.normalize("NFKD", text.lower().replace("đ", "d"))
    return _NOT_SLUG.sub("-", ascii_text.encode("ascii", "ignore").decode()).strip("-")


def _anchored(text: str) -> str:
    """Return text in NFC; a leading combining mark gets a circle to stand on.

    Otherwise the mark would join the character in front of it, which belongs to the template:
    `>` and U+0338 make `≯`, and an HTML tag is no longer closed.
    """
    text = unicodedata.normalize("NFC", text)
    if text and unicodedata.category(text[0]).startswith("M"):
        return _DOTTED_CIRCLE + text
    return text
