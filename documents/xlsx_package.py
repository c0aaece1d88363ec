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

from campaigns.rules.errors import FileUnreadable
from documents.unreadable import unreadable
from documents.xlsx_formats import BUILT_IN, is_date
from schemas.vocabulary import Language

_CHUNK: Final = 1 << 16
_SMALL: Final = 64 << 20
_MOST: Final = 6 << 30
_RATIO: Final = 300
"""Rows of empty formatted cells shrink about 100-fold; deflate can do 1,000-fold."""
_LOCAL_DATE_FORMATS: Final = frozenset(
    {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
)
"""Built-in number formats that show dates (ECMA-376 part 1, 18.8.30)."""

type_date, type_share = "date", "share"


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
    """The zip of a workbook: its sheets, number formats and parts as streams."""

    def __init__(self, path: Path, language: Language, unpacked: int | None = None) -> None:
        self.path, self._language = path, language
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self.refuse("damaged", str(error)) from error
        self._names = set(self._zip.namelist())
        self.date_1904 = False
        self._check_sizes(unpacked)
        self._workbook_part = self._find_workbook()
        self.sheets = self._read_sheets()
        self.formats = self._read_formats()

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def refuse(self, why: str, detail: str = "") -> FileUnreadable:
        """Make the error that names this file."""
        return unreadable(self.path, why, self._language, detail)

    def part_of_type(self, ending: str) -> str | None:
        """Return the workbook's part whose relationship type ends so, such as `sharedStrings`."""
        for kind, part in self._relationships(self._workbook_part).values():
            if kind.endswith("/" + ending) and part in self._names:
                return part
        return None

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the unpacked bytes of a part piece by piece."""
        try:
            with self._zip.open(part) as stream:
                yield from _pieces(stream)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise self.refuse("damaged", f"{part}: {error}") from error
        except RuntimeError as error:
            raise self.refuse("password") from error
        except NotImplementedError as error:
            raise self.refuse("damaged", str(error)) from error

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
        whole = sum(info.file_size for info in self._zip.infolist())
        if most is not None and whole > most:
            raise self.refuse("bomb", f"{whole >> 20} MiB > {most >> 20} MiB")
        for info in self._zip.infolist():
            ratio = info.file_size / max(info.compress_size, 1)
            if info.file_size > _MOST or (info.file_size > _SMALL and ratio > _RATIO):
                size = f"{info.filename}: {info.file_size >> 20} MiB, {ratio:.0f}:1"
                raise self.refuse("bomb", size)

    def _find_workbook(self) -> str:
        for kind, part in self._relationships("").values():
            if kind.endswith("/officeDocument") and part in self._names:
                if part.endswith((".bin",)) or not part.startswith("xl/"):
                    break
                return part
        if "xl/workbook.xml" in self._names:
            return "xl/workbook.xml"
        raise self.refuse("other_zip")

    def _relationships(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local_name(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                found[attributes.get("Id", "")] = (
                    attributes.get("Type", ""),
                    posixpath.normpath(whole).lstrip("/"),
                )

        self._walk(posixpath.join(folder, "_rels", name + ".rels"), start)
        return found

    def _walk(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        if part not in self._names:
            return
        parser = expat.ParserCreate()
        parser.StartElementHandler = start
        for _ in self.parse(parser, part):
            pass

    def _read_sheets(self) -> tuple[SheetPart, ...]:
        parts = self._relationships(self._workbook_part)
        sheets: list[SheetPart] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = local_name(tag)
            if name == "workbookPr":
                self.date_1904 = attributes.get("date1904") in {"1", "true"}
            elif name == "sheet":
                link = next((v for k, v in attributes.items() if local_name(k) == "id"), "")
                kind, part = parts.get(link, ("", ""))
                if kind.endswith("/worksheet") and part in self._names:
                    hidden = attributes.get("state", "visible") != "visible"
                    sheets.append(SheetPart(attributes.get("name", ""), part, hidden))

        self._walk(self._workbook_part, start)
        if not sheets:
            raise self.refuse("no_sheets")
        return tuple(sheets)

    def _read_formats(self) -> tuple[tuple[str | None, str], ...]:
        """Return for each cell style what its number format shows, and the format's text."""
        part = self.part_of_type("styles")
        own: dict[int, str] = {}
        formats: list[tuple[str | None, str]] = []
        inside: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = local_name(tag)
            if name == "numFmt":
                own[int(attributes.get("numFmtId", 0))] = attributes.get("formatCode", "")
            elif name == "xf" and inside and inside[-1] == "cellXfs":
                formats.append(_shown(int(attributes.get("numFmtId", 0)), own))
            elif name in {"cellXfs", "cellStyleXfs"}:
                inside.append(name)

        if part:
            self._walk(part, start)
        return tuple(formats)


def _shown(number: int, own: dict[int, str]) -> tuple[str | None, str]:
    text = own.get(number) or BUILT_IN.get(number, "")
    if number not in own and number in _LOCAL_DATE_FORMATS:
        return type_date, text or "m/d/yyyy"
    if text and is_date(text):
        return type_date, text
    return (type_share, text) if "%" in text else (None, text)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece
