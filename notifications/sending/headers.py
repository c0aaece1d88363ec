"""How does text stand in the header of a mail?

ASCII as it is, anything else as encoded words (RFC 2047), folded (RFC 5322, 2.2.3). A value is made
one line first, so nothing typed by anybody can start another header.
"""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from language.harmless import clipped, one_line

_LINE: Final = 76
"""Characters of a line that holds an encoded word (RFC 2047, 2)."""

_WRAPPING: Final = len("=?utf-8?b?" + "?=")
_LEAST_ROOM: Final = _WRAPPING + 8
"""An encoded word of one character of four octets; with less, the next line is begun."""

_CONTINUES: Final = 0b11000000
_CONTINUATION: Final = 0b10000000
"""An octet of UTF-8 that continues a character, seen through the mask `_CONTINUES`."""

_NAME_LIMIT: Final = 120


def text_header(field: str, value: str) -> str:
    """Return an unstructured field such as `Subject`, folded, without the final line end.

    Leading words in ASCII (the `[code]` of a subject) stay readable in the raw mail.
    """
    plain, rest = _plain_beginning(one_line(value).split(" "))
    lines = _folded(f"{field}:", plain)
    if rest:
        room = _LINE - len(lines[-1]) - 1
        if room < _LEAST_ROOM:
            return "\r\n ".join([*lines, *_encoded_words(" ".join(rest), _LINE - 1)])
        first, *others = _encoded_words(" ".join(rest), room)
        lines[-1] += f" {first}"
        lines += others
    return "\r\n ".join(lines)


@lru_cache(maxsize=4096)
def mailbox_header(field: str, name: str, address: str) -> str:
    """Return `From`, `To` or `Reply-To`: a display name, if any, and a checked address."""
    name = clipped(one_line(name), _NAME_LIMIT)
    if not name:
        return f"{field}: {address}"
    if name.isascii() and "=?" not in name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = f'"{quoted}"'
    else:
        phrase = "\r\n ".join(_encoded_words(name, _LINE - len(field) - 2))
    header = f"{field}: {phrase} <{address}>"
    last_line = header.rpartition("\r\n")[2]
    return header if len(last_line) <= _LINE else f"{field}: {phrase}\r\n <{address}>"


def _plain_beginning(words: list[str]) -> tuple[list[str], list[str]]:
    """Part the leading words that need no encoding from the rest."""
    for number, word in enumerate(words):
        if not word.isascii() or "=?" in word:
            return words[:number], words[number:]
    return words, []


def _folded(beginning: str, words: list[str]) -> list[str]:
    """Put words on lines, as many as fit; the first word always stands beside the field's name."""
    lines = [" ".join([beginning, *words[:1]])]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) < _LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _encoded_words(text: str, first_room: int) -> Iterator[str]:
    """Cut text into encoded words, never inside a character (RFC 2047, 5).

    `first_room` is what is left of the first line; the others have one space before them.
    """
    octets, start = text.encode(), 0
    room = (first_room - _WRAPPING) // 4 * 3
    while len(octets) - start > room:
        end = start + room
        while octets[end] & _CONTINUES == _CONTINUATION:
            end -= 1
        yield _encoded_word(octets[start:end])
        start, room = end, (_LINE - 1 - _WRAPPING) // 4 * 3
    yield _encoded_word(octets[start:])


def _encoded_word(octets: bytes) -> str:
    return f"=?utf-8?b?{b2a_base64(octets, newline=False).decode('ascii')}?="
