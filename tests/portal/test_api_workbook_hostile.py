"""What a unit should not send as its workbook: refused, cut off, never a crash, nothing left."""

from __future__ import annotations

import asyncio
import io
import itertools
import zipfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from portal.api.workbooks import LARGEST, XLSX
from tests.portal_client import People
from tests.unit_workbooks import PATH, ROW, TWO, codes, found, packed, upload, workbook
from tests.world import World


@pytest.mark.parametrize(
    "kind",
    [
        "application/json",
        "text/csv",
        "application/vnd.ms-excel",
        "",
        "multipart/form-data",
        "x" * 99,
    ],
)
def test_other_content_types_are_refused(receiving: People, kind: str) -> None:
    answer = upload(receiving, TWO, headers={"Content-Type": kind})
    assert (answer.status_code, answer.json()["code"]) == (415, "workbook-type-wrong")
    assert XLSX in answer.json()["detail"]


def test_content_type_with_a_parameter_is_taken(receiving: People) -> None:
    assert upload(receiving, TWO, headers={"Content-Type": f"{XLSX}; a=b"}).status_code == 201


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        ("code,name\nBT-1,Tổ\n".encode(), "văn bản (CSV)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "97-2003"),
        (b"<html><table></table></html>", "HTML"),
        (b"PK\x03\x04" + bytes(50), "hỏng"),
        (TWO[: len(TWO) // 2], "hỏng"),
        (b"\0" * 1000, "hãy lưu bảng dạng .xlsx."),
    ],
    # A workbook holds the time at which it was made: as a name it would differ between processes.
    ids=["empty", "csv", "xls", "html", "zip", "half", "zeros"],
)
def test_what_is_no_workbook_is_named_with_its_cure(receiving: People, content, says) -> None:
    answer = upload(receiving, content, language="vi")
    assert (answer.status_code, answer.json()["code"]) == (422, "file-unreadable")
    assert says in answer.json()["detail"]


SPACE = " " * (20 << 20)
SHEET = "xl__worksheets__sheet1"
MERGES = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 10_002))
BOMBS = {
    "one large part": packed(xl__styles=SPACE * 2),
    "large together": packed(a=SPACE, b=SPACE),
    "many rows": packed(**{SHEET: f"<worksheet>{'<row/>' * 3_000}</worksheet>"}),
    "many merges": packed(**{SHEET: f"<x>{MERGES}</x>"}),
    "entities": packed(**{SHEET: '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'}),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_unread(receiving: People, name: str) -> None:
    assert len(BOMBS[name]) < 100_000
    answer = upload(receiving, BOMBS[name])
    assert answer.status_code == 422, answer.text


def test_workbook_too_large_is_refused_before_it_is_read(receiving: People) -> None:
    answer = upload(receiving, b"", headers={"Content-Length": str(LARGEST + 1)}, language="vi")
    assert (answer.status_code, answer.json()["code"]) == (413, "workbook-too-large")
    assert "5 MB" in answer.json()["detail"]


def asked(people: People, pieces: Iterator[dict[str, object]]) -> tuple[int, int]:
    """Send a body piece by piece; return the status, and how many pieces were taken."""
    taken, statuses = 0, []

    async def receive() -> dict[str, object]:
        nonlocal taken
        taken += 1
        return next(pieces)

    async def send(message: MutableMapping[str, Any]) -> None:
        statuses.append(message.get("status", 0))

    headers = {"Authorization": f"Bearer {people.token('binh')}", "Content-Type": XLSX}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": PATH,
        "query_string": b"",
        "headers": [(key.lower().encode(), value.encode()) for key, value in headers.items()],
    }

    async def ask() -> None:
        await people.http.app(scope, receive, send)

    asyncio.run(ask())
    return statuses[0], taken


def test_body_of_no_stated_length_is_cut_off_at_the_limit(receiving: People) -> None:
    endless = itertools.repeat({"type": "http.request", "body": bytes(1 << 20), "more_body": True})
    assert asked(receiving, endless) == (413, 6)


def test_body_that_breaks_off_is_refused_and_nothing_is_stored(
    receiving: People, world: World
) -> None:
    pieces: list[dict[str, object]] = [
        {"type": "http.request", "body": TWO[:1_000], "more_body": True},
        {"type": "http.disconnect"},
    ]
    assert asked(receiving, iter(pieces))[0] == 400
    assert codes(world) == set()


def test_no_file_is_left_behind(receiving: People, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for content in (TWO, b"", BOMBS["many rows"], bytes(LARGEST + 1)):
        upload(receiving, content)
    assert [one.name for one in tmp_path.glob("thidua-workbook-*")] == []


def renamed(text: str) -> bytes:
    """Return the usual workbook with a text of its own where the name stands."""
    with zipfile.ZipFile(io.BytesIO(TWO)) as given:
        strings = given.read("xl/sharedStrings.xml").decode()
    name = str(ROW["name"])
    assert name in strings
    return packed(xl__sharedStrings=strings.replace(name, text))


@pytest.mark.parametrize(
    "text", ["a_x0000_b", "_xD800_", "&lt;script&gt;x&lt;/script&gt;", "x" * 9_000]
)
def test_hostile_text_of_a_cell_is_a_mistake_of_it(receiving: People, world: World, text) -> None:
    answer = upload(receiving, renamed(text))
    assert {place for place, _ in found(answer)} == {"B2", "B3"}
    assert codes(world) == set()


@pytest.mark.parametrize("key", ["code", "unit_id", "nominated_by", "rank", "email", "start_date"])
@pytest.mark.parametrize("text", ["\ufffd", "=HYPERLINK(A1)", "%00", "' OR 1=1", "x" * 30_000])
def test_hostile_text_of_any_cell_is_no_crash(receiving: People, key: str, text: str) -> None:
    answer = upload(receiving, workbook({key: text}))
    assert answer.status_code in {201, 422}, answer.text
