"""Can every code that is accepted be opened by its address, and is every other one refused?"""

from __future__ import annotations

from urllib.parse import quote

import pytest

from campaigns.services.nomination import checking
from campaigns.store.commit import commit
from campaigns.store.nomination import nominations
from schemas.imports import NominationRow
from tests.portal_client import API, People
from tests.world import CODE, World

BOXES = {
    "name": "Tổ nhân dân tự quản",
    "kind": "model",
    "unit_id": "ba-tri",
    "field": "kinh-te",
    "rank": 1,
    "owner": "Trần Thị Út",
    "email": "ut@example.org",
    **dict.fromkeys(("situation", "aims", "method", "place", "forces"), "Tổ tự quản ở ấp."),
    **dict.fromkeys(("resources", "outputs", "time", "sustainability"), "Không cần kinh phí."),
    "start_date": "2022-01-15",
    "registered": True,
    "party_opinion": True,
}
CODES = ["01/HS-BTR", "DVK-1", "Đ-01", "a_b", "1.2", "HS/2023/Bến-Tre", "x-withdraw/withdraw"]


def send(people: People, code: str, rank: int = 1) -> tuple[int, dict[str, object]]:
    body = {"boxes": {**BOXES, "code": code, "rank": rank}}
    answer = people.post("binh", f"{API}/nominations", body)
    return answer.status_code, answer.json()


@pytest.mark.parametrize("code", CODES)
def test_accepted_code_is_opened_corrected_and_withdrawn_by_its_address(receiving, code) -> None:
    status, said = send(receiving, code)
    assert status == 201, said
    path = f"{API}/nominations/{quote(code, safe='')}"
    answer = receiving.get("binh", path)
    assert (answer.status_code, answer.json().get("code")) == (200, code)
    assert code in {
        one["code"] for one in receiving.get("mai", f"{API}/nominations").json()["items"]
    }
    body = {"boxes": {**BOXES, "rank": 2}}
    headers = {"If-Match": answer.headers["ETag"]}
    put = receiving.ask("binh", "PUT", path, json=body, headers=headers)
    assert put.status_code == 200, put.text
    assert receiving.post("binh", f"{path}/withdraw", {"reason": "x"}).status_code == 200


@pytest.mark.parametrize(
    "code",
    ["../../etc/passwd", ".", "..", "100%", "a?b", "a b", "Н-01", "x/", "/x", "a\\b", "\uf8ff"],
)
def test_other_code_is_refused_at_once_and_named(receiving: People, code: str) -> None:
    status, said = send(receiving, code)
    assert status == 422
    assert "bad_code" in {one["code"] for one in said["errors"]}  # type: ignore[attr-defined]
    assert receiving.get("mai", f"{API}/nominations").json()["items"] == []


def test_full_width_code_is_understood_and_said_so(receiving: People) -> None:
    status, said = send(receiving, "Ｈ-01")
    assert (status, said["detail"]) == (201, "H-01")
    assert "bad_code" in {one["code"] for one in said["warnings"]}  # type: ignore[attr-defined]
    assert send(receiving, "h-01", 2)[0] == 422


def test_code_of_an_earlier_version_keeps_working(receiving: People, world: World) -> None:
    row = NominationRow(
        row=2,
        code="01 HS/Н?",
        subject_kind="model",
        name="Tổ",
        unit_id="an-thuy",
        nominated_by_id="ba-tri",
        rank=1,
        field="van-hoa-xa-hoi",
    )
    with world.store.writing("test", CODE) as tx:
        checking.receive(tx, [row])
        assert [one.code for one in nominations.find(tx)] == [row.code]
        commit(tx)
    path = f"{API}/nominations/{quote(row.code, safe='')}"
    assert receiving.get("binh", path).json()["code"] == row.code
    assert receiving.post("binh", f"{path}/withdraw", {"reason": "x"}).status_code == 200
