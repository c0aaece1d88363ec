"""Long lists come in pages, each after the last one: nothing is left out, nothing comes twice."""

from __future__ import annotations

import pytest

from tests.portal_client import API, People
from tests.world import CODE, World


def test_list_goes_on_after_its_last_row(receiving: People, world: World) -> None:
    for code in ("A-1", "A-2", "A-3"):
        world.nominate(code)
    first = receiving.get("mai", f"{API}/nominations?limit=2").json()
    world.nominate("A-0")
    rest = receiving.get("mai", f"{API}/nominations?limit=2&cursor={first['next']}").json()
    assert [one["code"] for one in first["items"] + rest["items"]] == ["A-1", "A-2", "A-3"]
    assert rest["next"] is None


def test_cursor_made_up_is_refused(receiving: People) -> None:
    answer = receiving.get("mai", f"{API}/nominations?cursor=abc")
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-not-valid")


# --- Campaigns ------------------------------------------------------------------------------------


@pytest.fixture
def several(people: People) -> People:
    """Four campaigns; their codes are not in the order in which they were created."""
    for code in ("Z", "A", "M"):
        body = {"playbook": "dan-van-kheo", "code": f"{code}-2023"}
        people.post("mai", "/api/v1/campaigns", body)
    return people


def walk(people: People, limit: int) -> list[list[str]]:
    pages, cursor = [], ""
    while True:
        found = people.get("hung", f"/api/v1/campaigns?limit={limit}{cursor}").json()
        pages.append([one["code"] for one in found["items"]])
        if found["next"] is None:
            return pages
        cursor = f"&cursor={found['next']}"


@pytest.mark.parametrize(
    ("limit", "pages"),
    [
        (1, [[CODE], ["Z-2023"], ["A-2023"], ["M-2023"]]),
        (2, [[CODE, "Z-2023"], ["A-2023", "M-2023"]]),
        (3, [[CODE, "Z-2023", "A-2023"], ["M-2023"]]),
        (4, [[CODE, "Z-2023", "A-2023", "M-2023"]]),
        (500, [[CODE, "Z-2023", "A-2023", "M-2023"]]),
    ],
)
def test_campaigns_come_in_pages_oldest_first(several: People, limit, pages) -> None:
    assert walk(several, limit) == pages


def test_campaign_created_between_two_pages_comes_on_the_last(several: People) -> None:
    first = several.get("mai", "/api/v1/campaigns?limit=3").json()
    several.post("mai", "/api/v1/campaigns", {"playbook": "dan-van-kheo", "code": "B-2023"})
    rest = several.get("mai", f"/api/v1/campaigns?limit=3&cursor={first['next']}").json()
    assert [one["code"] for one in rest["items"]] == ["M-2023", "B-2023"]


@pytest.mark.parametrize("limit", ["0", "-1", "501", "x", ""])
def test_page_of_campaigns_of_no_size_is_refused(people: People, limit: str) -> None:
    answer = people.get("mai", f"/api/v1/campaigns?limit={limit}")
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")


@pytest.mark.parametrize("cursor", ["abc", "", "azpBLTE=", "a" * 400])  # the third is `k:A-1`
def test_cursor_of_no_campaign_is_refused(people: People, cursor: str) -> None:
    answer = people.get("mai", f"/api/v1/campaigns?cursor={cursor}", language="vi")
    assert (answer.status_code, answer.json()["code"]) == (422, "cursor-not-valid")
    assert "Con trỏ trang" in answer.json()["detail"]
