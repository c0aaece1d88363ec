"""What the doors of the API take: numbers, days, depth, size, time, how many at once."""

from __future__ import annotations

import asyncio
import io
import json
import time
import zipfile
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from campaigns.rules.engine.capacity import (
    BodyTooDeep,
    BodyTooLarge,
    BodyTooSlow,
    ImportUnderWay,
    OwnRequestsTooMany,
    RequestsTooMany,
)
from portal.api.registers import _LIMITS
from portal.api.workbooks import XLSX
from portal.web import bodies
from portal.web.bodies import DEEPEST, LARGEST, LARGEST_FILE, ensure_shallow, timed
from portal.web.crowd import Crowd, Turn
from tests.portal_client import API, People

NUMBERS = [
    -1,
    2**31,
    2**53,
    2**63 - 1,
    2**63,
    10**23,
    10**30,
    10**400,
    1e308,
    -1e308,
    1.5,
    True,
    "9" * 30,
    "9" * 5_000,
]
DAYS = ["0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01", 10**20, "2023-02-30", ""]
TIMES = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59Z",
    1e300,
    10**30,
    "2023-09-20T17:00:00",
]


def ballot(**changes: object) -> dict[str, object]:
    row = {"nomination": "A", "member_id": "lan", "attendance": "present", "vote": "yes"}
    return {"votes": [{**row, **changes}]}


def acts() -> Iterator[tuple[str, str, str, object]]:
    """Give each place of the API that takes a number, a day or a time, with a value too far."""
    for one in NUMBERS:
        yield "lan", "POST", f"{API}/nominations", {"boxes": {"code": "X", "rank": one}}
        yield "mai", "POST", f"{API}/votes", ballot(session=one)
        scores = [{"criterion": "C1", "points": one}]
        yield "thu", "POST", f"{API}/reviews", {"nomination": "A", "scores": scores}
        yield "mai", "POST", f"{API}/messages/release", {"seen": [one]}
        for path in ("messages/{}", "delegations/{}/revoke", "events?after={}"):
            method = "POST" if path.endswith("revoke") else "GET"
            yield "mai", method, f"{API}/" + path.format(one), {}
        yield "mai", "DELETE", f"/api/v1/me/feeds/{one}", {}
        yield "mai", "GET", f"{API}/nominations?limit={one}", {}
    for one in DAYS:
        days = {"substitute_id": "lan", "first_on": one, "last_on": one, "letter": "1"}
        yield "hung", "POST", f"{API}/delegations", days
        step = {"id": "R", "model_code": "A", "adopting_unit_id": "an-thuy", "committed_on": one}
        yield "mai", "POST", f"{API}/adoptions", {"adoptions": [step]}
        yield "lan", "POST", f"{API}/nominations", {"boxes": {"code": "X", "start_date": one}}
        yield "mai", "POST", f"/api/v1/people/import?appointed_from={one}", {}
    for one in TIMES:
        more = {"until": one, "reason": "x"}
        yield "mai", "POST", f"{API}/stages/nomination/extensions", more


def test_number_or_day_too_far_is_refused_at_every_door(receiving: People) -> None:
    answers = [(act, receiving.ask(act[0], act[1], act[2], json=act[3])) for act in acts()]
    wrong = [
        (act, answer.status_code)
        for act, answer in answers
        if not (400 <= answer.status_code < 500 or "after=" in act[2] or "limit=True" in act[2])
        or answer.status_code >= 500
    ]
    assert wrong == []
    assert len(answers) > 150


def test_wrong_number_is_told_with_its_bound_in_vietnamese(receiving: People) -> None:
    said = receiving.post("mai", f"{API}/votes", ballot(session=10**30), language="vi").json()
    assert said["errors"][0]["message"] == "Nhiều nhất là 1000000."


# --- Depth, size, time ----------------------------------------------------------------------------


def nested(levels: int, kind: str) -> bytes:
    """Give JSON of so many levels: lists, objects, or both by turns, with brackets in strings."""
    text = b'"]}[{"'
    for level in range(levels):
        in_list = kind == "list" or (kind == "mixed" and level % 2)
        text = b"[" + text + b",[]]" if in_list and level else b'{"a":' + text + b"}"
        if kind == "list" and not level:
            text = b"[" + text[5:-1] + b"]"
    return text


@pytest.mark.parametrize("kind", ["list", "object", "mixed"])
def test_json_is_taken_to_its_depth_and_no_deeper(receiving: People, kind: str) -> None:
    headers = {"Content-Type": "application/json"}
    for levels in [*range(1, DEEPEST + 4), 100, 1_000, 100_000]:
        body = nested(levels, kind) if levels <= 1_000 else b"[" * levels + b"]" * levels
        assert levels > 100 or json.loads(body)
        answer = receiving.ask("mai", "POST", f"{API}/votes", content=body, headers=headers)
        is_deep = answer.json()["code"] == "body-too-deep"
        assert (is_deep, answer.status_code) == ((levels > DEEPEST), 400 if is_deep else 422)


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"a":' * 5_000, b"[}" * 40, b'"' + b"[" * 50])
def test_brackets_without_their_partners_are_no_crash(receiving: People, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = receiving.ask("mai", "POST", f"{API}/votes", content=body, headers=headers)
    assert 400 <= answer.status_code < 500


def test_longest_body_is_looked_through_at_once() -> None:
    hostile = [b"[]," * (LARGEST // 3), b'"\\"' * (LARGEST // 3), b"[{}]" * (LARGEST // 4)]
    for body in [*hostile, b"[" * LARGEST]:
        started = time.perf_counter()
        try:
            ensure_shallow(body)
        except BodyTooDeep:
            assert body == b"[" * LARGEST
        assert time.perf_counter() - started < 1.5


@pytest.mark.parametrize(("path", "most"), [("votes", LARGEST), ("import/scores", LARGEST_FILE)])
def test_body_larger_than_its_door_takes_is_refused(receiving: People, path, most) -> None:
    headers = {"Content-Length": str(most + (1 << 17)), "Content-Type": "application/json"}
    answer = receiving.ask("mai", "POST", f"{API}/{path}", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_body_without_a_length_is_counted_as_it_comes() -> None:
    async def endless() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * 65_536, "more_body": True}

    async def take() -> int:
        receive, taken = timed(scope("votes"), endless), 0
        try:
            while True:
                taken += len((await receive())["body"])
        except BodyTooLarge:
            return taken

    assert asyncio.run(take()) <= LARGEST


def test_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.1)

    async def slow() -> dict[str, object]:
        await asyncio.sleep(0.04)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def take() -> int:
        receive, pieces = timed(scope("votes"), slow), 0
        try:
            while True:
                await receive()
                pieces += 1
        except BodyTooSlow:
            return pieces

    assert 1 <= asyncio.run(take()) <= 3


def scope(path: str) -> dict[str, object]:
    return {"method": "POST", "path": f"{API}/{path}", "headers": []}


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer thidua_wrong", "Basic x"])
def test_who_asks_is_known_before_anything_is_read(people: People, token: str) -> None:
    for path in (f"{API}/votes", "/api/v1/units/import", f"{API}/nominations/workbook"):
        answer = people.http.post(path, content=b"{" * 100, headers={"Authorization": token})
        assert answer.status_code == 401, path


# --- How many at once -----------------------------------------------------------------------------


def test_so_many_requests_are_under_way_and_no_more() -> None:
    crowd = Crowd(most=2, most_of_one=1)
    with crowd.let_in(), crowd.let_in_one("lan"):
        with crowd.let_in(), pytest.raises(OwnRequestsTooMany), crowd.let_in_one("lan"):
            raise AssertionError
        crowded = pytest.raises(RequestsTooMany)
        with crowd.let_in(), crowd.let_in_one("mai"), crowded as refused, crowd.let_in():
            raise AssertionError
        assert refused.value.seconds > 0
    with crowd.let_in(), crowd.let_in_one("lan"):
        pass


def test_one_file_is_imported_at_a_time() -> None:
    async def both() -> list[object]:
        done: list[object] = []
        turn = Turn()
        async with turn.take():
            with pytest.raises(ImportUnderWay):
                turn.ensure_free()
            for patience in (0, 0.05):
                with pytest.raises(ImportUnderWay):
                    async with turn.take(patience):
                        raise AssertionError
        async with turn.take():
            done.append("after")
        return done

    assert asyncio.run(both()) == ["after"]


def test_import_while_another_is_under_way_is_told_when_to_come_again(people: People) -> None:
    turn: Turn = people.http.app.state.imports  # type: ignore[attr-defined]
    asyncio.run(turn._lock.acquire())
    table = ("units.csv", b"id,name,kind,valid_from\nx,X,commune,2023-01-01\n", "text/csv")
    answer = people.ask("mai", "POST", "/api/v1/units/import", files={"file": table})
    turn._lock.release()
    assert (answer.status_code, answer.json()["code"]) == (503, "import-under-way")
    assert int(answer.headers["Retry-After"]) > 0
    assert people.ask("mai", "POST", "/api/v1/units/import", files={"file": table}).json()["stored"]


def test_who_may_not_import_is_refused_before_the_file_is_read(people: People) -> None:
    table = ("units.csv", b"x" * 100, "text/csv")
    answer = people.ask("thu", "POST", "/api/v1/units/import", files={"file": table})
    assert answer.status_code == 403
    empty = people.ask("mai", "POST", "/api/v1/units/import", data={"x": "y"})
    assert (empty.status_code, empty.json()["code"]) == (422, "file-missing")


# --- Files ----------------------------------------------------------------------------------------


def send(people: People, content: bytes) -> object:
    file = {"file": ("units.xlsx", content)}
    return people.ask("mai", "POST", "/api/v1/units/import?dry_run=true", files=file)


def with_sheets(count: int, *, one_part: bool = False) -> bytes:
    book, packed = Workbook(), io.BytesIO()
    for number in range(count - 1):
        book.create_sheet(f"S{number}")
    book.save(packed)
    if not one_part:
        return packed.getvalue()
    changed = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/_rels/workbook.xml.rels":
                content = content.replace(b"worksheets/sheet2.xml", b"worksheets/sheet1.xml")
            new.writestr(name, content)
    return changed.getvalue()


def test_workbook_has_twenty_sheets_and_each_its_own_part(people: People) -> None:
    assert send(people, with_sheets(20)).status_code == 200  # type: ignore[attr-defined]
    for content in (with_sheets(21), with_sheets(2, one_part=True)):
        said = send(people, content).json()  # type: ignore[attr-defined]
        assert (said["code"], "20 sheets" in said["detail"]) == ("file-unreadable", True)
    assert _LIMITS.sheets == 20


def test_rows_are_counted_over_the_whole_file(receiving: People) -> None:
    path = f"{API}/nominations/workbook"
    headers = {"Content-Type": XLSX}
    book, packed = Workbook(write_only=True), io.BytesIO()
    for number in range(3):
        sheet = book.create_sheet(f"S{number}")
        sheet.append(["code", "name", "kind", "unit_id", "nominated_by"][: 5 - number])
        for row in range(2_040 if number == 0 else 30):
            sheet.append([f"X-{row}", "a", "model", "ba-tri", "ba-tri"][: 5 - number])
    book.save(packed)
    answer = receiving.ask("lan", "POST", path, content=packed.getvalue(), headers=headers)
    assert (answer.status_code, "2050 rows" in answer.json()["detail"]) == (422, True)


def test_one_cause_of_many_rows_is_told_once_with_all_rows_counted(receiving: People) -> None:
    votes = [ballot(member_id="lan", session=9)["votes"][0] for _ in range(2_490)]  # type: ignore[index]
    said = receiving.post("mai", f"{API}/votes", {"votes": votes}).json()
    assert said["errors_total"] >= 2_490
    assert len(said["errors"]) < 20
    assert "2489" in said["errors"][0]["message"] + said["errors"][1]["message"]


def test_refusals_are_capped_and_counted(receiving: People) -> None:
    votes = [ballot(vote="perhaps")["votes"][0] for _ in range(1_000)]  # type: ignore[index]
    said = receiving.post("mai", f"{API}/votes", {"votes": votes}).json()
    assert (len(said["errors"]), said["errors_total"]) == (200, 1_000)


def test_items_of_json_are_told_by_their_index(receiving: People) -> None:
    for language, words in (("vi", "mục thứ 0"), ("en", "item 0")):
        scores = [{"criterion": "C1", "points": 1}, {"criterion": "C1", "points": 1}]
        body = {"nomination": "A", "scores": scores}
        said = receiving.post("thu", f"{API}/reviews", body, language=language).json()
        told = " ".join(one["message"] for one in said["errors"])
        assert "dòng" not in told
        assert "row" not in told
        assert words in told or "unknown_nomination" in {one["code"] for one in said["errors"]}
