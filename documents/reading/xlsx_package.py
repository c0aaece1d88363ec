"""Which parts does an .xlsx file hold, and are they safe to read?

An .xlsx is a zip of XML parts. Parts are streamed, never unpacked whole; a part that unpacks to far
more than its packed size (a "zip bomb") and any document type declaration (entities that multiply)
are refused before a row is read. Excel writes neither. Who takes files from outside also bounds
what all parts together unpack to.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from documents.reading.part_names import PartNames
from documents.reading.unreadable import unreadable
from documents.reading.xlsx_styles import Style, StylesReader
from language import Language
from schemas.imports import FileUnreadable

_CHUNK: Final = 1 << 16
_SMALL: Final = 4 << 20
_PARTS: Final = 10_000
_MOST: Final = 6 << 30
_RATIO: Final = 300
"""Rows of empty formatted cells shrink about 100-fold; deflate can do 1,000-fold."""


@dataclass(frozen=True)
class SheetPart:
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def local_name(name: str) -> str:
    """Return an XML name without its prefix."""
    return name.rpartition(":")[2]


class Package:
    """The zip of a workbook: its sheets, styles and parts as streams."""

    def __init__(
        self, path: Path, language: Language, unpacked: int | None = None, sheets: int = 20
    ) -> None:
        self.path, self._language = path, language
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self.refuse("damaged", str(error)) from error
        self._names = PartNames(self._zip.namelist())
        self.date_1904 = False
        self._check_sizes(unpacked)
        self._workbook_part = self._find_workbook()
        self.sheets = self._read_sheets(sheets)
        self.styles = self._read_styles()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def refuse(self, why: str, detail: str = "") -> FileUnreadable:
        """Make the error that names this file."""
        return unreadable(self.path, why, self._language, detail)

    def part_of_type(self, ending: str) -> str | None:
        """Return the workbook's part whose relationship type ends so, such as `sharedStrings`.

        Where no relationship names one, a part that is called so is taken.
        """
        for kind, part in self._relationships(self._workbook_part).values():
            if kind.endswith("/" + ending) and self._names.entry(part):
                return part
        named = self._names.ending(f"{ending.casefold()}.xml")
        return named[0] if len(named) == 1 else None

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part piece by piece."""
        entry = self._names.entry(part)
        if entry is None or self._names.is_doubled(part):
            raise self.refuse("part_missing" if entry is None else "part_doubled", part)
        try:
            with self._zip.open(entry) as stream:
                yield from _pieces(stream)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise self.refuse("damaged", f"{part}: {error}") from error
        except NotImplementedError as error:
            raise self.refuse("packing", part) from error
        except RuntimeError as error:
            raise self.refuse("password") from error

    def parse(self, parser: expat.XMLParserType, part: str) -> Iterator[None]:
        """Feed a part to a parser; control returns after each piece, so that rows can be taken."""
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
                yield
            parser.Parse(b"", True)  # noqa: FBT003 - as above
            yield
        except (expat.ExpatError, ValueError, IndexError) as error:
            raise self.refuse("damaged", f"{part}: {error}") from error

    def _refuse_doctype(self, *_: object) -> None:
        raise self.refuse("dtd")

    def _check_sizes(self, most: int | None) -> None:
        # What a part unpacks to beyond the size it states is never read: zipfile stops there.
        if len(self._zip.infolist()) > _PARTS:
            raise self.refuse("bomb", f"> {_PARTS}")
        whole = sum(info.file_size for info in self._zip.infolist())
        if most is not None and whole > most:
            raise self.refuse("bomb", f"{whole >> 20} MiB > {most >> 20} MiB")
        for info in self._zip.infolist():
            ratio = info.file_size / max(info.compress_size, 1)
            if info.file_size > _MOST or (info.file_size > _SMALL and ratio > _RATIO):
                size = f"{info.filename}: {info.file_size >> 20} MiB, {ratio:.0f}:1"
                raise self.refuse("bomb", size)

    def _find_workbook(self) -> str:
        parts = [
            part
            for kind, part in self._relationships("").values()
            if kind.endswith("/officeDocument") and self._names.entry(part)
        ]
        for part in (*parts, *self._names.ending("workbook.xml")):
            if not part.endswith(".bin") and self._root_of(part) == "workbook":
                return part
        raise self._no_workbook()

    def _no_workbook(self) -> FileUnreadable:
        kind = self._names.other_kind()
        return self.refuse("other_kind", kind) if kind else self.refuse("other_zip")

    def _root_of(self, part: str) -> str:
        """Return the name of a part's outermost element; empty where it is no XML."""
        found: list[str] = []
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, _: found.append(local_name(tag))
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)  # noqa: FBT003 - expat takes it by position only
                if found:
                    return found[0]
        except expat.ExpatError:
            return found[0] if found else ""
        return ""

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local_name(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "").replace("\\", "/")
                whole = target if target.startswith("/") else f"{folder}/{target}"
                found[attributes.get("Id", "")] = (
                    attributes.get("Type", ""),
                    posixpath.normpath(whole).lstrip("/"),
                )

        self._walk(posixpath.join(folder, "_rels", name + ".rels"), start)
        return found

    def _walk(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        if self._names.entry(part) is None:
            return
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        for _ in self.parse(parser, part):
            pass

    def _read_sheets(self, most: int) -> tuple[SheetPart, ...]:
        parts = self._relationships(self._workbook_part)
        sheets: list[SheetPart] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = local_name(tag)
            if name == "workbookPr":
                self.date_1904 = attributes.get("date1904") in {"1", "true"}
            elif name == "sheet":
                link = next((v for k, v in attributes.items() if local_name(k) == "id"), "")
                kind, part = parts.get(link, ("", ""))
                name = attributes.get("name", "")
                if not kind or (kind.endswith("/worksheet") and not self._names.entry(part)):
                    raise self.refuse("part_missing", f"{name}: {part or link}")
                if kind.endswith("/worksheet"):
                    if len(sheets) == most or part in {one.part for one in sheets}:
                        # Excel gives every sheet a part of its own: to read one again and again
                        # would take for ever.
                        raise self.refuse("sheets", str(most))
                    hidden = attributes.get("state", "visible") != "visible"
                    sheets.append(SheetPart(name, part, hidden))

        self._walk(self._workbook_part, start)
        if not sheets:
            raise self.refuse("no_sheets")
        return tuple(sheets)

    def _read_styles(self) -> tuple[Style, ...]:
        """Return for each cell style how it shows a cell."""
        part = self.part_of_type("styles")
        if part is None:
            return ()
        parser = expat.ParserCreate()
        reader = StylesReader(parser)
        for _ in self.parse(parser, part):
            pass
        return tuple(reader.styles)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece
