"""What does the text of a typed box mean: a number, an address, yes or no?"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from language.vietnamese import clean, unmarked
from schemas.playbook.form import ItemType

EXCEL_CELL_LIMIT: Final = 32_767
DEFAULT_LENGTHS: Final = {
    ItemType.TEXT: 1_000,
    ItemType.LONG_TEXT: EXCEL_CELL_LIMIT,
    ItemType.CODE: 40,
    ItemType.EMAIL: 254,
}
"""Characters a box may hold where its form says nothing."""

_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])"
)
_PLAIN_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+|,\d{1,2})?", re.ASCII)
_YES_NO: Final = {"có": True, "không": False, "chưa có": False}
_UNDERSTOOD_YES_NO: Final = {
    **dict.fromkeys(
        (
            "x",
            "co",
            "roi",
            "da co",
            "da",
            "v",
            "ok",
            "yes",
            "y",
            "true",
            "1",
            "dung",
            "da dang ky",
            "co roi",
            "dong y",
            "thong nhat",
        ),
        True,
    ),
    **dict.fromkeys(
        (
            "khong",
            "chua",
            "chua co",
            "no",
            "n",
            "false",
            "0",
            "khong co",
            "sai",
            "chua dang ky",
            "khong dong y",
        ),
        False,
    ),
}
_TICKS: Final = frozenset("✓✔☑✅√")
_CROSSES: Final = frozenset("☐✗✘❌")


def is_email(text: str) -> bool:
    """Tell whether the text is one plain e-mail address (RFC 5321 mailbox with a host name)."""
    return bool(_EMAIL.fullmatch(text)) and len(text) <= DEFAULT_LENGTHS[ItemType.EMAIL]


def yes_no_of(text: str) -> tuple[bool | None, bool]:
    """Return the answer a text gives, and whether it is one of the plain words of the form."""
    plain = _YES_NO.get(clean(text).lower())
    if plain is not None:
        return plain, True
    letters = unmarked(text)
    if not letters and text:
        signs = set(text)
        return (True if signs <= _TICKS else False if signs <= _CROSSES else None), False
    return _UNDERSTOOD_YES_NO.get(letters), False


def number_of_text(text: str) -> Decimal | None:
    """Return the number a text means: `85,5`, `1.200`, `1 200,5`; None where it is none.

    A comma is the decimal sign as Vietnamese write it; a point before exactly three digits parts
    thousands only where it stands more than once or beside a comma.
    """
    plain = text.replace(" ", "").replace("\u00a0", "")
    if re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain) and (
        "," in plain or plain.count(".") > 1
    ):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?", plain):
        plain = plain.replace(",", ".")
    else:
        return None
    return Decimal(plain)


def number_slip(text: str, *, typed: bool) -> str:
    """Return the key of what is to be said of a number in letters; empty for the usual form.

    `typed`: the sheet could have kept a number. A comma before one or two digits is the decimal
    sign of every Vietnamese CSV; before three it may have been meant to part thousands.
    """
    if typed:
        return "number_as_text"
    return "" if _PLAIN_NUMBER.fullmatch(text) else "number_as_text/written"


def shown(number: Decimal | None) -> str:
    """Return a number without needless zeros."""
    return "" if number is None else f"{number.normalize():f}"
