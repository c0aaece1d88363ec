r"""Which entry of the zip is meant by the name of a part?

Excel compares names of parts without regard to case, takes `\` for `/` and `%20` for a blank
(ECMA-376 part 2, 6.2.2), and accounting and HR systems write all of these. Where two entries have
one name after that, it cannot be known which of them people see, so neither is read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Final
from urllib.parse import unquote

_MIMETYPE: Final = "mimetype"


def part_key(name: str) -> str:
    """Return what names of the same part have in common."""
    plain = unquote(name).replace("\\", "/")
    return posixpath.normpath("/" + plain).lstrip("/").casefold()


class PartNames:
    """The entries of one zip by the names that others call them."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._entries: dict[str, str] = {}
        self._twice: set[str] = set()
        for entry in entries:
            if entry.endswith(("/", "\\")):
                continue
            key = part_key(entry)
            if key in self._entries:
                self._twice.add(key)
            self._entries[key] = entry

    def entry(self, name: str) -> str | None:
        """Return the zip's own name of a part; None where there is no such part."""
        return self._entries.get(part_key(name))

    def is_doubled(self, name: str) -> bool:
        """Tell whether two entries go by this name."""
        return part_key(name) in self._twice

    def ending(self, ending: str) -> list[str]:
        """Return the parts whose names end so, such as `sharedstrings.xml`, by their keys."""
        return [key for key in self._entries if key.rpartition("/")[2] == ending]

    def other_kind(self) -> str:
        """Name what the zip holds instead of an .xlsx; empty where that is not known."""
        if any(key.endswith("workbook.bin") for key in self._entries):
            return ".xlsb"
        if _MIMETYPE in self._entries and "content.xml" in self._entries:
            return ".ods/.odt"
        folders = {key.partition("/")[0] for key in self._entries}
        kinds = (("word", ".docx"), ("ppt", ".pptx"), ("index", ".numbers"))
        return next((kind for folder, kind in kinds if folder in folders), "")
