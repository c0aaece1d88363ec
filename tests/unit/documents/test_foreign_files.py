r"""Files as programs write them: what Excel opens is read, all else is refused for its true reason.

Every case begins with one sound workbook and changes how it is written, never what it says.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from documents.reading.workbook import open_workbook
from schemas.imports import FileUnreadable

Parts = dict[str, bytes]
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
VALUES: list[list[Any]] = [
    ["Mã", "Tên", "Số"],
    ["HR-01", "Mô hình một", 1],
    ["HR-02", "Mô hình hai", 2],
]
SHEET = "xl/worksheets/sheet1.xml"


def sound(folder: Path) -> Parts:
    path = folder / "sound.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, values in enumerate(VALUES):
            sheet.write_row(row, 0, values)
        sheet.merge_range(5, 0, 6, 1, "gộp")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(folder: Path, parts: Parts) -> Path:
    path = folder / "foreign.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.filename = name  # zipfile would replace a backslash on Windows
            archive.writestr(info, content)
    return path


def read(path: Path) -> list[list[Any]]:
    with open_workbook(path) as book:
        rows = list(book.sheets[0].rows())
    values = [[cell.value for cell in row.cells] for row in rows]
    assert rows[-1 - (rows[-1].number == 7)].cells[0].merged_range == "A6:B7"
    return values[:3]


def renamed(change: Callable[[str], str]) -> Callable[[Parts], Parts]:
    return lambda parts: {change(name): content for name, content in parts.items()}


def replaced(old: bytes, new: bytes, *, within: str = "") -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        done = {
            name: content.replace(old, new) if within in name else content
            for name, content in parts.items()
        }
        assert done != parts
        return done

    return change


def without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {key: content for key, content in parts.items() if key != name}


def at_the_root(parts: Parts) -> Parts:
    """All parts beside each other, as some exporters write them."""
    links = {
        b"xl/workbook.xml": b"/workbook.xml",
        b"worksheets/sheet1.xml": b"/sheet1.xml",
        b'"sharedStrings.xml': b'"/sharedStrings.xml',
        b'"styles.xml': b'"/styles.xml',
    }
    done = {}
    for name, part in parts.items():
        content = part
        if name.endswith(".rels"):
            for old, new in links.items():
                content = content.replace(old, new)
        place = {"xl/_rels/workbook.xml.rels": "_rels/workbook.xml.rels"}.get(name)
        done[place or (name if "rels" in name else name.rpartition("/")[2])] = content
    return done


def blank_in_name(target: bytes, entry: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        done = {entry if name == SHEET else name: part for name, part in parts.items()}
        return replaced(b"worksheets/sheet1.xml", target, within="workbook.xml.rels")(done)

    return change


def prefixed(parts: Parts) -> Parts:
    done = dict(parts)
    for name in (SHEET, "xl/sharedStrings.xml", "xl/styles.xml"):
        text = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", parts[name])
        done[name] = text.replace(b'xmlns="' + MAIN, b'xmlns:x="' + MAIN)
    return done


def strict(parts: Parts) -> Parts:
    return {
        name: part.replace(MAIN, STRICT).replace(RELATIONS, STRICT_RELATIONS)
        for name, part in parts.items()
    }


def encoded(encoding: str) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        done = dict(parts)
        for name in (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"):
            text = parts[name].decode()
            done[name] = re.sub(r"<\?xml.*?\?>", "", text).encode(encoding)
        return done

    return change


def inline(parts: Parts) -> Parts:
    texts = re.findall(rb"<si><t>(.*?)</t></si>", parts["xl/sharedStrings.xml"])
    sheet = re.sub(
        rb't="s"><v>(\d+)</v>',
        lambda found: b't="inlineStr"><is><t>' + texts[int(found[1])] + b"</t></is>",
        parts[SHEET],
    )
    return without("xl/sharedStrings.xml")({**parts, SHEET: sheet})


def without_places(parts: Parts) -> Parts:
    """No `r` anywhere: rows and cells follow each other (the merged rows stand lower down)."""
    sheet = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", parts[SHEET])
    return {**parts, SHEET: sheet}


SOUND = {
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "capitals": renamed(str.upper),
    "shared-strings-capital": renamed(lambda name: name.replace("shared", "Shared")),
    "sheet-capital": renamed(lambda name: name.replace("sheet1", "Sheet1")),
    "leading-slash": renamed(lambda name: "/" + name),
    "dot-slash": renamed(lambda name: "./" + name),
    "target-absolute": replaced(b'"worksheets/', b'"/xl/worksheets/', within="workbook.xml.rels"),
    "target-backslash": replaced(b"worksheets/", b"worksheets\\", within="workbook.xml.rels"),
    "target-other-case": replaced(b"sheet1.xml", b"SHEET1.XML", within="workbook.xml.rels"),
    "target-dots": replaced(b'"worksheets/', b'"./x/../worksheets/', within="workbook.xml.rels"),
    "target-percent": blank_in_name(b"worksheets/b%E1%BA%A3ng%201.xml", "xl/worksheets/bảng 1.xml"),
    "entry-percent": blank_in_name(b"worksheets/sheet 1.xml", "xl/worksheets/sheet%201.xml"),
    "at-the-root": at_the_root,
    "no-package-relations": without("_rels/.rels"),
    "no-content-types": without("[Content_Types].xml"),
    "no-styles": without("xl/styles.xml"),
    "strings-not-related": replaced(b"/sharedStrings", b"/other", within="workbook.xml.rels"),
    "strict": strict,
    "prefixed": prefixed,
    "utf-16": encoded("utf-16"),
    "utf-8-mark": encoded("utf-8-sig"),
    "inline-strings": inline,
    "no-dimension": replaced(b'<dimension ref="A1:C7"/>', b"", within=SHEET),
    "no-places": without_places,
    "small-letters": lambda parts: {
        **parts,
        SHEET: re.sub(rb' r="([A-Z])(\d)"', lambda m: m[0].lower(), parts[SHEET]),
    },
    "folder-entries": lambda parts: {"xl/": b"", "xl/worksheets/": b"", **parts},
}


@pytest.mark.parametrize("way", SOUND)
def test_workbook_says_the_same_however_its_parts_are_named_and_written(
    tmp_path: Path, way: str
) -> None:
    parts = SOUND[way](sound(tmp_path))
    assert read(packed(tmp_path, parts)) == VALUES


def _doubled(parts: Parts) -> Parts:
    return {**parts, SHEET.upper(): parts[SHEET].replace(b"<v>1</v>", b"<v>7</v>")}


UNSOUND = {
    "two-parts-of-one-name": (_doubled, "hai phần cùng tên"),
    "sheet-missing": (without(SHEET), "thiếu một phần"),
    "strings-missing": (without("xl/sharedStrings.xml"), "thiếu một phần.*sharedStrings"),
}


@pytest.mark.parametrize("way", UNSOUND)
def test_workbook_that_lacks_a_part_is_refused_for_that_reason(tmp_path: Path, way: str) -> None:
    change, says = UNSOUND[way]
    with pytest.raises(FileUnreadable, match=says):
        read(packed(tmp_path, change(sound(tmp_path))))


def _zip_of(*names: str) -> Callable[[Path], bytes]:
    def make(folder: Path) -> bytes:
        path = folder / "other.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, "<x/>")
        return path.read_bytes()

    return make


def _ole(name: str) -> Callable[[Path], bytes]:
    return lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name.encode("utf-16-le")


def _plain(content: bytes) -> Callable[[Path], bytes]:
    return lambda _: content


OTHERS = {
    "xls": (_ole("Workbook"), "97-2003"),
    "doc": (_ole("WordDocument"), "Word"),
    "locked": (_ole("EncryptedPackage"), "mật khẩu"),
    "ods": (_zip_of("mimetype", "content.xml"), r"\.ods"),
    "xlsb": (_zip_of("xl/workbook.bin"), r"\.xlsb"),
    "docx": (_zip_of("word/document.xml"), r"\.docx"),
    "zip": (_zip_of("anh.jpg"), "Tệp nén này không chứa"),
    "pdf": (_plain(b"%PDF-1.7\n1 0 obj"), "PDF"),
    "html": (_plain(b"\xef\xbb\xbf<html><table><tr><td>x</table></html>"), "HTML"),
    "html-utf-16": (_plain("<html><body></body></html>".encode("utf-16")), "HTML"),
    "xml-2003": (
        _plain(
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
        ),
        "XML 2003",
    ),
    "xml": (_plain(b'<?xml version="1.0"?>\n<hoso/>'), "XML"),
    "rtf": (_plain(b"{\\rtf1\\ansi x}"), "RTF"),
    "png": (_plain(b"\x89PNG\r\n\x1a\n\0\0"), "ảnh"),
}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", OTHERS)
def test_other_file_is_called_what_it_is(tmp_path: Path, kind: str, ending: str) -> None:
    make, says = OTHERS[kind]
    path = tmp_path / f"list.{ending}"
    path.write_bytes(make(tmp_path))
    if ending == "csv" and path.read_bytes().startswith(b"PK"):
        says = "không phải CSV"
    with pytest.raises(FileUnreadable, match=says):
        read(path)


def test_locked_and_oddly_packed_entries_are_told_apart(tmp_path: Path) -> None:
    path = packed(tmp_path, sound(tmp_path))
    content = bytearray(path.read_bytes())
    for method, says in ((9, "nén theo cách"), (8, "mật khẩu")):
        changed = bytearray(content)
        at = 0
        while (at := changed.find(b"PK\x01\x02", at)) >= 0:
            changed[at + 10] = method
            changed[at + 8] = 1 if method == 8 else 0
            local = int.from_bytes(changed[at + 42 : at + 46], "little")
            changed[local + 8] = method
            changed[local + 6] = changed[at + 8]
            at += 4
        path.write_bytes(changed)
        with pytest.raises(FileUnreadable, match=says):
            read(path)


def test_book_of_another_library_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for values in VALUES:
        book.active.append(values)
    book.active["A6"] = "gộp"
    book.active.merge_cells("A6:B7")
    path = tmp_path / "openpyxl.xlsx"
    book.save(path)
    assert read(path) == VALUES
