"""What does the shared string number n say? A table on disk, so that memory does not grow.

Excel keeps every distinct text of a workbook in one part, and rows only carry its number. A
workbook of 100,000 rows may hold hundreds of megabytes of text; libraries that load this table into
memory need more than a gigabyte for it. Here the texts go to a temporary file once, and only
their places (8 bytes each) stay in memory.
"""

from __future__ import annotations

import re
import tempfile
from array import array
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from documents.reading.xlsx_package import Package, local_name
from documents.reading.xlsx_styles import Font, FontReader
from schemas.imports import Look

_BLOCK: Final = 1 << 14
_SHORT: Final = 64
_RECENT: Final = 20_000
_LOST: Final = 0xFFFD
_INHERITED: Final = Font(colour="")
"""A piece that says nothing of its colour has that of its cell."""
_PARTS: Final[tuple[tuple[Look, Look], ...]] = (
    ("struck", "struck_part"),
    ("unseen", "unseen_part"),
)
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Undo Excel's way of writing characters that XML does not allow: `_x000D_` is CR.

    A NUL and half a character, which no database keeps, become U+FFFD: letters were lost.
    """
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda found: chr(int(found[1], 16) or _LOST), text)
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class Runs:
    """The fonts of the pieces of one rich text; a plain text has no pieces."""

    def __init__(self) -> None:
        self._open: FontReader | None = None
        self._fonts: list[Font] = []

    @property
    def is_open(self) -> bool:
        """A piece has begun."""
        return self._open is not None

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in an element of a text."""
        if name == "r":
            self._open = FontReader(_INHERITED)
        elif self._open is not None:
            self._open.take(name, attributes)

    def end(self, text: str) -> None:
        """Note that a piece is at its end; one of blanks alone shows nothing."""
        if self._open is not None and text.strip():
            self._fonts.append(self._open.font)
        self._open = None

    def take(self) -> tuple[Font, ...]:
        """Return the fonts of a text if any is unusual, and begin anew."""
        if not self._fonts:
            return ()
        fonts, self._fonts = tuple(self._fonts), []
        return fonts if any(font != _INHERITED for font in fonts) else ()


def look_of(fonts: tuple[Font, ...], paper: str) -> Look | None:
    """Return how a text of these fonts looks on paper of a colour."""
    looks = {FontReader(font).look(paper) for font in fonts}
    for look, part in _PARTS:
        if look in looks:
            return part if len(looks) > 1 else look
    return None


class SharedStrings:
    """The shared strings of one workbook, by number."""

    def __init__(self, package: Package) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the workbook
        self._places = array("Q", [0])
        self._block, self._start, self._end = b"", 0, 0
        self._recent: dict[int, str] = {}
        self.fonts: dict[int, tuple[Font, ...]] = {}
        """The fonts of the rich texts, by number."""
        part = package.part_of_type("sharedStrings")
        self.is_missing = part is None
        if part:
            self._load(package, part)

    def close(self) -> None:
        """Remove the temporary file."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._places) - 1

    def __getitem__(self, number: int) -> str:
        """Return the text; IndexError for a number the table does not have."""
        found = self._recent.get(number)
        if found is not None:
            return found
        if number < 0:
            raise IndexError(number)
        start, end = self._places[number], self._places[number + 1]
        if start < self._start or end > self._end:
            self._file.seek(start)
            self._block = self._file.read(max(_BLOCK, end - start))
            self._start, self._end = start, start + len(self._block)
        text = str(self._block[start - self._start : end - self._start], "utf-8", "surrogatepass")
        if end - start <= _SHORT:
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            self._recent[number] = text
        return text

    def _load(self, package: Package, part: str) -> None:
        table = _Table(self.fonts)
        for _ in package.parse(table.parser, part):
            self._store(table.pending)
            table.pending.clear()
        self._file.flush()

    def _store(self, texts: list[str]) -> None:
        place = self._places[-1]
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        for text in encoded:
            place += len(text)
            self._places.append(place)
        self._file.write(b"".join(encoded))


class _Table:
    """Gathers the texts of the part as its elements come."""

    def __init__(self, fonts: dict[int, tuple[Font, ...]]) -> None:
        self.pending: list[str] = []
        self._fonts, self._runs = fonts, Runs()
        self._piece: list[str] = []
        self._number = self._mark = 0
        self._phonetic = False
        self.parser = expat.ParserCreate()
        self.parser.buffer_text, self.parser.buffer_size = True, 1 << 16
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = local_name(tag) if ":" in tag else tag
        if name == "t":
            self._mark = len(self._piece)
            if not self._phonetic:
                self.parser.CharacterDataHandler = self._piece.append
        elif name == "rPh":
            self._phonetic = True
        elif name != "si":
            self._runs.start(name, attributes)

    def _end(self, tag: str) -> None:
        name = local_name(tag) if ":" in tag else tag
        if name == "t":
            self.parser.CharacterDataHandler = None
            if self._runs.is_open:
                self._runs.end("".join(self._piece[self._mark :]))
        elif name == "si":
            self._finish()
        elif name == "rPh":
            self._phonetic = False

    def _finish(self) -> None:
        self.pending.append(unescaped("".join(self._piece)))
        self._piece.clear()
        fonts = self._runs.take()
        if fonts:
            self._fonts[self._number] = fonts
        self._number += 1
