"""How much memory and time does the import of a large workbook take?

Makes a workbook of N rows and the 31 columns of the playbook `dan-van-kheo`, with unique Vietnamese
texts of about 200 characters in its shared strings, and imports it in a process of its own through
the reader into a temporary file, with SQLAlchemy loaded as in production. Goal: 300 MB.

    python -m bench.import_memory [ROWS]
"""

from __future__ import annotations

import pickle
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from xml.sax.saxutils import escape

from ruamel.yaml import YAML

from campaigns.rules.importing.lookups import UnitInfo
from campaigns.rules.importing.nominations import NominationReader
from documents.reading.workbook import open_workbook
from schemas.playbook.form import FormItem, ItemRole, ItemType
from schemas.playbook.playbook import Playbook

ROWS = 100_000
GOAL_MB = 300
PLAYBOOK = Path(__file__).parents[1] / "playbooks" / "dan-van-kheo.yaml"
PHRASES = (
    "bà con nhân dân",
    "tổ chức mô hình",
    "đường hoa cây cảnh",
    "ấp, xã, thị trấn",
    "phụ nữ và thanh niên",
    "nông dân, cựu chiến binh",
    "vận động đóng góp ngày công",
    "kinh phí triệu đồng",
    "hiệu quả thiết thực",
    "giảm nghèo bền vững",
    "vệ sinh môi trường",
    "an ninh trật tự",
    "hòa giải cơ sở",
)
UNITS = {
    f"xa-{number}": UnitInfo(f"xa-{number}", f"Xã số {number}", "commune", date(2019, 1, 1))
    for number in range(200)
}
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{NAMESPACE}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r3" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
    "xl/styles.xml": (
        f'<styleSheet xmlns="{NAMESPACE}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>'
    ),
}


def load_playbook() -> Playbook:
    """Load the playbook whose form is filled in."""
    return Playbook.model_validate(YAML(typ="safe", pure=True).load(PLAYBOOK))


class Filler:
    """Makes the cells of a row; shared strings are collected on disk as they come up."""

    def __init__(self, playbook: Playbook, strings: zipfile.ZipFile) -> None:
        self._playbook = playbook
        self._random = random.Random(2023)
        self._stream = strings.open("xl/sharedStrings.xml", "w", force_zip64=True)
        self._stream.write(f'<sst xmlns="{NAMESPACE}">'.encode())
        self._count = 0
        self._known: dict[str, int] = {}

    def close(self) -> None:
        """End the part of shared strings."""
        self._stream.write(b"</sst>")
        self._stream.close()

    def text(self, text: str, *, repeated: bool = False) -> str:
        """Return the cell content of a shared string."""
        number = self._known.get(text, self._count)
        if number == self._count:
            self._stream.write(f"<si><t>{escape(text)}</t></si>".encode())
            self._count += 1
            if repeated:
                self._known[text] = number
        return f't="s"><v>{number}</v>'

    def sentence(self, row: int, length: int = 200) -> str:
        """Return about `length` characters that no other cell holds."""
        phrases = self._random.choices(PHRASES, k=length // 12)
        return f"{' '.join(phrases)[:length]} {row}-{self._count}"

    def content(self, item: FormItem, row: int) -> str:
        """Return a cell's attributes and content for a box of the form; empty for none."""
        if item.type is ItemType.LONG_TEXT or item.role in {ItemRole.NAME, ItemRole.OWNER}:
            return self.text(self.sentence(row))
        fixed = {
            ItemType.CODE: f"BIG-{row:06d}",
            ItemType.EMAIL: f"donvi.{row}@bentre.example",
            ItemType.IGNORED: f"Xã số {row % 200}",
            ItemType.UNIT: f"xa-{row % 200}",
            ItemType.YES_NO: "Có",
            ItemType.FIELD: self._playbook.fields[row % len(self._playbook.fields)].name.vi,
            ItemType.SUBJECT_KIND: self._playbook.subject_kinds[row % 4].name.vi,
        }.get(item.type)
        if fixed is not None:
            unique = item.type in {ItemType.CODE, ItemType.EMAIL}
            return self.text(fixed, repeated=not unique)
        numbers = {
            ItemType.INTEGER: "><v>3</v>",
            ItemType.PERCENT: "><v>92</v>",
            ItemType.DATE: ' s="1"><v>44927</v>',
            ItemType.DATETIME: ' s="1"><v>45170.5</v>',
        }
        return "" if item.id.startswith("case_") else numbers.get(item.type, "")


def write_workbook(path: Path, rows: int) -> None:
    """Write the workbook part by part, so that this process stays small as well."""
    playbook = load_playbook()
    strings_path = path.with_suffix(".strings")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in PARTS.items():
            book.writestr(name, content)
        with zipfile.ZipFile(strings_path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as strings:
            filler = Filler(playbook, strings)
            with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                for piece in sheet_pieces(playbook, filler, rows):
                    sheet.write(piece.encode())
            filler.close()
        with (
            zipfile.ZipFile(strings_path) as strings,
            strings.open("xl/sharedStrings.xml") as source,
            book.open("xl/sharedStrings.xml", "w", force_zip64=True) as target,
        ):
            shutil.copyfileobj(source, target, 1 << 20)
    strings_path.unlink()


def sheet_pieces(playbook: Playbook, filler: Filler, rows: int) -> Iterator[str]:
    """Yield the worksheet's XML row by row."""
    items = playbook.form.items
    yield f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1">'
    for item in items:
        yield f"<c {filler.text(item.header.vi)}</c>"
    yield "</row>"
    for row in range(2, rows + 2):
        cells = (filler.content(item, row) for item in items)
        body = "".join(f"<c {cell}</c>" if cell else "<c/>" for cell in cells)
        yield f'<row r="{row}">{body}</row>'
    yield "</sheetData></worksheet>"


def import_and_report(path: Path) -> None:
    """Import the workbook into a temporary file and print rows, seconds and peak memory."""
    import_module("sqlalchemy.orm")  # loaded for its memory, as in production
    began = time.perf_counter()
    reader = NominationReader(load_playbook(), UNITS)
    with open_workbook(path) as book, tempfile.TemporaryFile() as spool:
        for row in reader.read(book.sheets):
            pickle.dump(row.__dict__, spool)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{reader.rows} rows, {len(reader.problems)} problems, {len(reader.kept_out_rows)} out")
    print(f"{seconds:.1f} s, {seconds / max(reader.rows, 1) * 1e3:.3f} ms per row, {peak:.0f} MB")
    if peak > GOAL_MB:
        sys.exit(f"more than {GOAL_MB} MB")


def main() -> None:
    """Make the workbook, then measure in a fresh process."""
    if len(sys.argv) > 2 and sys.argv[1] == "--measure":
        import_and_report(Path(sys.argv[2]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        write_workbook(path, rows)
        print(f"workbook: {path.stat().st_size / 2**20:.0f} MB")
        command = [sys.executable, "-m", "bench.import_memory", "--measure", str(path)]
        sys.exit(subprocess.run(command, check=False).returncode)


if __name__ == "__main__":
    main()
