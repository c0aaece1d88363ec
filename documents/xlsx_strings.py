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
from typing import Final
from xml.parsers import expat

from documents.xlsx_package import Package, local_name

_BLOCK: Final = 1 << 14
_SHORT: Final = 64
_RECENT: Final = 20_000
_LOST: Final = 0xFFFD
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Undo Excel's way of writing characters that XML does not allow: `_x000D_` is CR.

    A NUL and half a character, which no database keeps, become U+FFFD: letters were lost.
    """
    if "_x" not in text:
        return text
    found = _ESCAPE.sub(lambda found: chr(int(found[1], 16) or _LOST), text)
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class SharedStrings:
    """The shared strings of one workbook, by number."""

    def __init__(self, package: Package) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the workbook
        self._places = array("Q", [0])
        self._block, self._start, self._end = b"", 0, 0
        self._recent: dict[int, str] = {}
        part = package.part_of_type("sharedStrings")
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
        pending: list[str] = []
        piece: list[str] = []
        parser = expat.ParserCreate()
        parser.buffer_text, parser.buffer_size = True, 1 << 16
        phonetic = False

        def start(tag: str, _: dict[str, str]) -> None:
            nonlocal phonetic
            name = local_name(tag) if ":" in tag else tag
            if name == "t":
                if not phonetic:
                    parser.CharacterDataHandler = piece.append
            elif name == "rPh":
                phonetic = True

        def end(tag: str) -> None:
            nonlocal phonetic
            name = local_name(tag) if ":" in tag else tag
            if name == "t":
                parser.CharacterDataHandler = None
            elif name == "si":
                pending.append(unescaped("".join(piece)))
                piece.clear()
            elif name == "rPh":
                phonetic = False

        parser.StartElementHandler, parser.EndElementHandler = start, end
        for _ in package.parse(parser, part):
            self._store(pending)
            pending.clear()
        self._file.flush()

    def _store(self, texts: list[str]) -> None:
        place = self._places[-1]
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        for text in encoded:
            place += len(text)
            self._places.append(place)
        self._file.write(b"".join(encoded))
