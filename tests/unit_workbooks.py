"""The workbook of a unit, made by code and sent over the API."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import xlsxwriter
from httpx import Response

from campaigns.store.nomination import nominations
from portal.api.workbooks import XLSX
from tests.portal_client import API, People
from tests.world import World

PATH = f"{API}/nominations/workbook"
ROW: Mapping[str, Any] = {
    "code": "BT-1",
    "name": "Tổ nhân dân tự quản",
    "kind": "model",
    "unit_id": "ba-tri",
    "nominated_by": "ba-tri",
    "field": "kinh-te",
    "rank": 1,
    "owner": "Trần Thị Út",
    "email": "ut@example.org",
    **dict.fromkeys(("situation", "aims", "method", "place", "forces"), "Tổ tự quản ở ấp."),
    **dict.fromkeys(("resources", "outputs", "time", "sustainability"), "Không cần kinh phí."),
    "start_date": date(2022, 1, 15),
    "registered": "Có",
    "party_opinion": "Có",
    "submitted_at": None,
}
COLUMNS = {key: chr(65 + at) for at, key in enumerate(ROW)}


def workbook(*rows: Mapping[str, object]) -> bytes:
    """A workbook with a header, and the usual row changed as wanted."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Đề cử")
        sheet.write_row(0, 0, list(ROW))
        for number, changes in enumerate(rows, start=1):
            sheet.write_row(number, 0, [({**ROW, **changes})[key] for key in ROW])
    return file.getvalue()


def upload(people: People, content: bytes, person: str = "binh", **more: Any) -> Response:
    headers = {"Content-Type": XLSX, **more.pop("headers", {})}
    path = PATH + more.pop("query", "")
    return people.ask(person, "POST", path, content=content, headers=headers, **more)


def codes(world: World) -> set[str]:
    return set(world.read(nominations.by_code))


def found(answer: Response) -> set[tuple[str, str]]:
    """Return cell and code of every mistake told."""
    assert answer.status_code == 422, answer.text
    return {(f"{one['column']}{one['row']}", one["code"]) for one in answer.json()["errors"]}


TWO = workbook({}, {"code": "BT-2", "rank": 2})


def packed(**parts: str | bytes) -> bytes:
    """Return the usual workbook with parts replaced or added; `__` stands for `/`."""
    file = io.BytesIO()
    named = {name.replace("__", "/") + ".xml": text for name, text in parts.items()}
    with (
        zipfile.ZipFile(io.BytesIO(TWO)) as given,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            if name not in named:
                made.writestr(name, given.read(name))
        for name, text in named.items():
            made.writestr(name, text)
    return file.getvalue()
