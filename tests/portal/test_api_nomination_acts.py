"""Withdrawing, clearing and revoking over the API: scopes, repeats, hostile input."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.services.recognition import council
from tests.portal_client import API, People
from tests.world import World, votes

REASON = {"reason": "Chuyển công tác"}
REVOCATION = {"reason": "Số liệu sai", "document": "07-QĐ/BDVTU"}
WITHDRAW, CLEAR, REVOKE = (
    f"{API}/nominations/{path}" for path in ("A/withdraw", "B/clear-hold", "A/revoke")
)


@pytest.fixture
def nominated(receiving: People, world: World) -> People:
    world.nominate("A")
    return receiving


def test_unit_withdraws_its_nomination(nominated: People, world: World) -> None:
    answer = nominated.post("binh", WITHDRAW, REASON)
    assert (answer.status_code, answer.json()["changed"]) == (200, 1)
    assert world.state_of("A") == "withdrawn"


def test_withdrawal_sent_twice_counts_once(nominated: People) -> None:
    first, second = (
        nominated.post("binh", WITHDRAW, {**REASON, "command_id": "rut-A"}).json() for _ in range(2)
    )
    assert (first["repeated"], second["repeated"]) == (False, True)


def test_same_id_with_another_reason_is_refused(nominated: People) -> None:
    nominated.post("binh", WITHDRAW, {**REASON, "command_id": "rut-A"})
    answer = nominated.post("binh", WITHDRAW, {"reason": "Khác", "command_id": "rut-A"})
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")


def test_withdrawn_nomination_is_shown_as_such_to_its_unit(nominated: People) -> None:
    nominated.post("binh", WITHDRAW, REASON)
    assert nominated.get("binh", f"{API}/nominations/A").json()["state"] == "withdrawn"


def test_hold_is_cleared_by_a_coordinator(nominated: People, world: World) -> None:
    world.nominate("B", rank=2, case_opened=date(2023, 6, 1))
    world.check_all()
    assert nominated.post("mai", CLEAR, REASON).json()["changed"] == 1


def test_recognition_is_revoked_by_an_approver(nominated: People, world: World) -> None:
    world.convene("A")
    world.vote(*votes("A"))
    world.act(council.draft_decision)
    world.decide()
    assert nominated.post("hung", REVOKE, REVOCATION).json()["changed"] == 1
    assert world.state_of("A") == "revoked"


@pytest.mark.parametrize(
    ("path", "body", "scope"),
    [
        (WITHDRAW, REASON, "nominate"),
        (CLEAR, REASON, "coordinate"),
        (REVOKE, REVOCATION, "approve"),
    ],
)
def test_token_without_the_scope_is_refused(nominated: People, path, body, scope) -> None:
    others = {"read", "nominate", "review", "approve", "coordinate"} - {scope}
    answer = nominated.post("lan", path, body, scopes=" ".join(sorted(others)))
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


@pytest.mark.parametrize(
    ("person", "path", "body"),
    [("thu", WITHDRAW, REASON), ("binh", CLEAR, REASON), ("mai", REVOKE, REVOCATION)],
)
def test_person_without_the_role_is_refused(nominated: People, person, path, body) -> None:
    answer = nominated.post(person, path, body)
    assert (answer.status_code, answer.json()["code"]) == (403, "person-not-appointed")


@pytest.mark.parametrize("code", ["Z", "%2e%2e", "A%27--", "x" * 100, "%E1%BA%A0"])
def test_nomination_that_is_not_there_is_not_found(nominated: People, code: str) -> None:
    answer = nominated.post("mai", f"{API}/nominations/{code}/withdraw", REASON)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    "body",
    [{}, {"reason": ""}, {"reason": "x" * 4_001}, {"reason": 5}, {"reason": "a\0b"}, [], None],
)
def test_body_that_is_not_right_is_refused(nominated: People, body: object) -> None:
    answer = nominated.ask("binh", "POST", WITHDRAW, json=body)
    assert answer.status_code == 422


@pytest.mark.parametrize("path", [WITHDRAW, CLEAR])
def test_blank_reason_is_refused(nominated: People, path: str) -> None:
    answer = nominated.post("mai", path, {"reason": " \n "})
    assert (answer.status_code, answer.json()["code"]) == (422, "reason-missing")


def test_withdrawal_after_the_vote_is_a_conflict(nominated: People, world: World) -> None:
    world.convene("A")
    world.vote(*votes("A"))
    answer = nominated.post("binh", WITHDRAW, REASON)
    assert (answer.status_code, answer.json()["code"]) == (409, "voting-begun")
