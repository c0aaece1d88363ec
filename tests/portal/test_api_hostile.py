"""What the API answers to what nobody should send: a refusal, never a crash."""

from __future__ import annotations

import pytest

from portal.web.bodies import LARGEST
from tests.portal_client import API, People

HOSTILE = [
    b"",
    b"{",
    b"[]",
    b"null",
    b'"x"',
    b"\xff\xfe",
    b'{"boxes": 1}',
    b'{"boxes": {"code": "a\\u0000b"}}',
    b'{"boxes": {"code": "\\ud800"}}',
    b"[" * 200_000,
    b'{"boxes": {"code": "' + b"x" * 100_000 + b'"}}',
    b'{"boxes": {"code": 1e999}}',
    b'{"boxes": {"code": NaN, "rank": Infinity}}',
    b'{"boxes": {}, "boxes": {}}',
    b'{"command_id": "\\u0000"}',
]


@pytest.mark.parametrize("path", [f"{API}/nominations", f"{API}/reviews", "/api/v1/campaigns"])
@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_body_is_refused_and_never_a_crash(receiving: People, path, content) -> None:
    headers = {"Content-Type": "application/json"}
    answer = receiving.ask("lan", "POST", path, content=content, headers=headers)
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/campaigns/%00",
        "/api/v1/campaigns/..%2f..%2fetc%2fpasswd",
        f"{API}/nominations/%00",
        f"{API}/nominations/{'x' * 5000}",
        f"{API}/nominations?field=%00",
        f"{API}/stages/nonsense",
        f"{API}/messages/99999999999999999999",
        f"{API}/events?after=-1",
        "/docs/../../pyproject.toml",
    ],
)
def test_hostile_path_is_refused(people: People, path: str) -> None:
    answer = people.get("mai", path)
    assert 400 <= answer.status_code < 500
    assert answer.json()["request_id"]


def test_body_too_large_is_refused(people: People) -> None:
    headers = {"Content-Length": str(LARGEST + 1), "Content-Type": "application/json"}
    answer = people.ask("mai", "POST", "/api/v1/campaigns", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_unexpected_error_tells_nothing_of_the_inside(people: People, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("campaigns.services.standing.waiting", broken)
    answer = people.get("mai", f"{API}/waiting")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.json()["request_id"]


def test_documentation_asks_no_other_host(people: People) -> None:
    page = people.http.get("/docs")
    assert page.status_code == 200
    assert "https://" not in page.text
    assert people.http.get("/docs/swagger-ui-bundle.js").status_code == 200


def test_every_operation_is_described(people: People) -> None:
    schema = people.http.get("/openapi.json").json()
    operations = [op for path in schema["paths"].values() for op in path.values()]
    assert len(operations) > 25
    assert all(op["summary"] and op["description"] for op in operations)


def test_import_of_a_workbook_is_reported_whole(people: People) -> None:
    table = "id,name,kind,valid_from\n" + "x" * 5 + ",Xã,commune,hôm qua\n"
    files = {"file": ("../../units.csv", table.encode(), "text/csv")}
    answer = people.ask("mai", "POST", "/api/v1/units/import?dry_run=true", files=files)
    assert answer.status_code == 200, answer.text
    assert answer.json()["errors"] is True


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x00" * 1000])
def test_broken_file_is_refused(people: People, content: bytes) -> None:
    answer = people.ask("mai", "POST", "/api/v1/units/import", files={"file": ("u.xlsx", content)})
    assert answer.status_code == 422
