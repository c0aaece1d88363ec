"""A signed decision is corrected over the API: whose act, once, on the version that was read."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from campaigns.services.log import audit
from campaigns.store import campaigns
from campaigns.store.recognition import decisions
from schemas.vocabulary import Stage, Vote
from tests.portal_client import API, People
from tests.world import World, votes

PATH = f"{API}/decisions"
CORRECT = f"{PATH}/correct"
REASON = "Kiểm phiếu sai"
NOT_A: dict[str, Any] = {"reason": REASON, "results": [{"nomination": "A", "recognised": False}]}


@pytest.fixture
def decided(receiving: People, world: World) -> People:
    """A was recognised and B was not."""
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B", Vote.NO))
    world.decide()
    return receiving


def read(people: People) -> dict[str, str]:
    """Return the header that names the version there is."""
    return {"If-Match": people.get("mai", PATH).headers["etag"]}


def correct(people: People, body: object = NOT_A, person: str = "mai", **more: object):
    sent: dict[str, Any] = {"headers": read(people), **more}
    return people.ask(person, "POST", CORRECT, json=body, **sent)


def stands(world: World) -> tuple[str, int]:
    stage = world.read(campaigns.get_stage, Stage.RECOGNITION)
    return stage.state, stage.round


def test_correction_is_asked_for_and_holds_when_signed(decided: People, world: World) -> None:
    answer = correct(decided)
    assert (answer.status_code, answer.json()["changed"]) == (200, 1), answer.text
    assert (stands(world), world.state_of("A")) == (("awaiting_approval", 2), "recognised")

    for person in ("hung", "lan"):
        signed = decided.post(person, f"{API}/stages/recognition/approve")
    assert signed.json()["detail"] == "approved"
    assert world.state_of("A") == "not_recognised"
    assert world.read(audit.verify).reason == ""


def test_decisions_are_listed_with_what_they_correct(decided: People) -> None:
    correct(decided)
    first, second = decided.get("hung", PATH).json()["items"]
    assert (first["symbol"], first["state"], first["reason"]) == ("01-QĐ/BDVTU", "signed", None)
    assert (second["symbol"], second["state"]) == (None, "drafted")
    assert (second["reason"], second["corrected"]) == (REASON, {"A": False})


def test_campaign_without_a_decision_lists_none(people: People) -> None:
    assert people.get("mai", PATH).json() == {"items": [], "next": None}


@pytest.mark.parametrize("person", ["hung", "binh", "thu", "tam"])
def test_person_without_the_role_corrects_nothing(decided: People, world: World, person) -> None:
    answer = correct(decided, person=person)
    assert (answer.status_code, answer.json()["code"]) == (403, "person-not-appointed")
    assert stands(world) == ("approved", 1)


@pytest.mark.parametrize("person", ["binh", "thu", "tam"])
def test_decisions_are_for_coordinators_and_leaders(decided: People, person: str) -> None:
    assert decided.get(person, PATH).status_code == 403


def test_token_without_the_scope_is_refused(decided: People) -> None:
    answer = correct(decided, scopes="read nominate review approve")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_correction_names_the_version_it_is_of(decided: People, world: World) -> None:
    answer = correct(decided, headers={})
    assert (answer.status_code, answer.json()["code"]) == (428, "version-missing")
    assert stands(world) == ("approved", 1)


def test_correction_of_an_older_version_is_refused(decided: People, world: World) -> None:
    old = read(decided)
    correct(decided)
    other = {"reason": REASON, "results": [{"nomination": "B", "recognised": True}]}
    answer = correct(decided, other, headers=old)
    assert (answer.status_code, answer.json()["code"]) == (412, "version-stale")
    assert stands(world) == ("awaiting_approval", 2)


def test_second_correction_waits_for_the_first(decided: People) -> None:
    correct(decided)
    other = {"reason": REASON, "results": [{"nomination": "B", "recognised": True}]}
    answer = correct(decided, other, language="vi")
    assert (answer.status_code, answer.json()["code"]) == (409, "decision-not-in-force")
    assert "Hiện không có quyết định nào có thể đính chính" in answer.json()["detail"]


def test_same_correction_sent_twice_is_asked_for_once(decided: People, world: World) -> None:
    old = read(decided)
    body = {**NOT_A, "command_id": "dinh-chinh-1"}
    first, second = (correct(decided, body, headers=old).json() for _ in range(2))
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["changed"] == second["changed"] == 1
    assert len(world.read(decisions.every)) == 2


def test_same_id_with_another_result_is_refused(decided: People) -> None:
    correct(decided, {**NOT_A, "command_id": "dinh-chinh-1"})
    results = [{"nomination": "B", "recognised": True}]
    answer = correct(decided, {**NOT_A, "results": results, "command_id": "dinh-chinh-1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")


def test_everything_that_cannot_be_corrected_is_named(decided: People, world: World) -> None:
    wrong = [("A", True), ("Z", False), ("B", True), ("B", False)]
    results = [{"nomination": code, "recognised": holds} for code, holds in wrong]
    answer = correct(decided, {"reason": REASON, "results": results})
    assert (answer.status_code, answer.json()["code"]) == (422, "correction-impossible")
    for words in ("A has that result already", "Z is not a nom", "B is named more than once"):
        assert words in answer.json()["detail"]
    assert stands(world) == ("approved", 1)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        {"results": NOT_A["results"]},
        {**NOT_A, "reason": ""},
        {**NOT_A, "reason": "x" * 4_001},
        {**NOT_A, "reason": 5},
        {**NOT_A, "reason": "a\0b"},
        {**NOT_A, "results": []},
        {**NOT_A, "results": NOT_A["results"] * 1_001},
        {**NOT_A, "results": [{"nomination": "A\0", "recognised": False}]},
        {**NOT_A, "results": [{"nomination": "", "recognised": False}]},
        {**NOT_A, "results": [{"nomination": "x" * 101, "recognised": False}]},
        {**NOT_A, "results": [{"nomination": "A"}]},
        {**NOT_A, "results": [{"nomination": "A", "recognised": "perhaps"}]},
        {**NOT_A, "results": [{"nomination": "A", "recognised": False, "why": ""}]},
        {**NOT_A, "command_id": "\0"},
    ],
)
def test_body_that_is_not_right_is_refused(decided: People, world: World, body: object) -> None:
    answer = correct(decided, body)
    assert (answer.status_code, answer.json()["code"]) == (422, "request-invalid")
    assert stands(world) == ("approved", 1)


@pytest.mark.parametrize("reason", [" ", "\n\t ", "\u00a0"])
def test_blank_reason_is_refused(decided: People, reason: str) -> None:
    answer = correct(decided, {**NOT_A, "reason": reason}, language="vi")
    assert (answer.status_code, answer.json()["code"]) == (422, "reason-missing")


def test_half_a_character_is_refused(decided: People) -> None:
    content = b'{"reason": "\\ud800", "results": [{"nomination": "A", "recognised": false}]}'
    headers = {**read(decided), "Content-Type": "application/json"}
    assert decided.ask("mai", "POST", CORRECT, content=content, headers=headers).status_code == 422


def test_decomposed_vietnamese_is_kept_composed(decided: People) -> None:
    answer = correct(decided, {**NOT_A, "reason": unicodedata.normalize("NFD", REASON)})
    assert answer.status_code == 200
    assert decided.get("mai", PATH).json()["items"][1]["reason"] == REASON
