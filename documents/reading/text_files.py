"""How is a text file written, and what is it really? Its encoding, found before a row is read.

UTF-8 and UTF-16 are read, with or without byte order mark; Excel writes the latter as "Unicode
Text". The encodings of Windows (1252, 1258) are refused: Excel puts question marks and bare letters
in the place of those they lack, so that what is left is not what was written.
"""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import Final

from documents.reading.unreadable import unreadable
from language import Language

_PIECE: Final = 1 << 20
_HEAD: Final = 4096
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BEGINNINGS: Final = (
    ("pdf", (b"%pdf-",)),
    ("rtf", (b"{\\rtf",)),
    ("picture", (b"\x89png", b"\xff\xd8\xff", b"gif8")),
    ("html", (b"<html", b"<!doctype html", b"<table", b"<meta", b"<style", b"<head", b"<body")),
)
_SPREADSHEET_2003: Final = b"urn:schemas-microsoft-com:office:spreadsheet"


def encoding_of(head: bytes) -> str:
    """Return the encoding that the first bytes tell; UTF-8 where they tell none."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    low, high = head[:_HEAD:2].count(0), head[1:_HEAD:2].count(0)
    if len(head) > 1 and max(low, high) * 4 > min(len(head), _HEAD):
        return "utf-16-le" if high > low else "utf-16-be"
    return "utf-8"


def disguise_of(head: bytes) -> str | None:
    """Return the key of the words for what a file is instead of a table; None for plain text."""
    plain = head.decode(encoding_of(head), "ignore") if head else ""
    start = plain.lstrip("\ufeff \r\n\t")[:_HEAD].encode().lower()
    raw = head[:8].lower()
    for key, beginnings in _BEGINNINGS:
        if start.startswith(beginnings) or raw.startswith(beginnings):
            return key
    if start.startswith(b"<?xml"):
        if _SPREADSHEET_2003 in start:
            return "xml_2003"
        return "html" if b"<html" in start else "xml"
    return None


def looks_like_text(head: bytes) -> bool:
    """Tell whether the first bytes are text in an encoding that is read, of more than one line."""
    try:
        text = codecs.getincrementaldecoder(encoding_of(head))().decode(head[:_HEAD])
    except UnicodeDecodeError:
        return b"\0" not in head[:_HEAD] and b"\n" in head[:_HEAD]
    return "\0" not in text and ("\n" in text or "\r" in text)


def checked_encoding(path: Path, language: Language) -> str:
    """Return the encoding of a text file that was read to its end.

    Raises:
        FileUnreadable: A line is not written in it, or holds a NUL.
    """
    line = 1
    with path.open("rb") as stream:
        name = encoding_of(stream.read(_HEAD))
        stream.seek(0)
        decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(name)(), translate=True)
        more = True
        while more:
            piece = stream.read(_PIECE)
            more = bool(piece)
            try:
                text = decoder.decode(piece, final=not more)
            except UnicodeDecodeError as error:
                before = error.object[: error.start]
                line += max(before.count(b"\n"), before.count(b"\r"))
                why = "encoding" if name.startswith("utf-8") else "encoding_utf16"
                raise unreadable(path, why, language, str(line)) from error
            if "\0" in text:
                line += text[: text.index("\0")].count("\n")
                raise unreadable(path, "nul", language, str(line))
            line += text.count("\n")
    return name
