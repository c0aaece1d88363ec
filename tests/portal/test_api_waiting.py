"""Whom a campaign waits for, by name: told to those it concerns, with a token that may."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.vocabulary import Stage
from tests.portal_client import API, People
from tests.world import BOARD, World

HUNG = {
    "person_id": "hung",
    "name": "Hưng",
    "unit_id": BOARD,
    "unit_name": "Ban Dân vận Tỉnh ủy",
    "step": 1,
    "principal_id": "",
    "principal_name": "",
    "letter": "",
}


@pytest.fixture
def waits(world: World) -> World:
    """A launch that waits for one leader, Lan or Hưng."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


def names(people: People, person: str, path: str, key: str, **kwargs: object) -> list[str]:
    return [one["name"] for one in people.get(person, f"{API}{path}", **kwargs).json()[key]]


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("person", ["mai", "hung", "lan"])
def test_waiting_names_who_is_asked_to_those_concerned(people: People, person: str) -> None:
    assert people.get(person, f"{API}/waiting").json()["people"][0] == HUNG


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("person", ["binh", "thu", "tam"])
def test_waiting_names_nobody_to_others(people: People, person: str) -> None:
    assert names(people, person, "/waiting", "people") == []


@pytest.mark.usefixtures("waits")
@pytest.mark.parametrize("person", ["binh", "mai"])
def test_waiting_says_roles_and_since_to_all(people: People, person: str) -> None:
    found = people.get(person, f"{API}/waiting").json()
    assert (found["roles"], found["since"] is not None) == (["leader"], True)


@pytest.mark.usefixtures("waits")
def test_token_to_read_alone_names_nobody(people: People) -> None:
    assert names(people, "mai", "/waiting", "people", scopes="read") == []


@pytest.mark.usefixtures("waits")
def test_campaign_names_who_is_asked(people: People) -> None:
    assert people.get("mai", API).json()["waiting"]["people"][0] == HUNG


@pytest.mark.usefixtures("waits")
def test_stage_names_who_is_asked(people: People) -> None:
    assert names(people, "mai", "/stages/launch", "asked") == ["Hưng", "Lan"]


def test_stage_in_the_list_names_who_has_signed(waits: World, people: People) -> None:
    waits.approve(Stage.LAUNCH, "hung")
    first = people.get("lan", f"{API}/stages").json()["items"][0]
    assert [one["name"] for one in first["signatures"]] == ["Hưng"]


def test_reason_of_a_verdict_is_for_coordinators(waits: World, people: People) -> None:
    waits.abstain(Stage.LAUNCH, "lan")
    reasons = [
        people.get(person, f"{API}/stages/launch").json()["signatures"][0]["reason"]
        for person in ("mai", "hung")
    ]
    assert reasons == ["Người nhà", ""]


def test_who_is_named_in_the_playbook_alone_sees_the_names(world_with, tmp_path: Path) -> None:
    world = world_with(approvals={"launch": {"people": ["thu"], "required": 1}})
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    assert names(People(world, tmp_path), "thu", "/waiting", "people") == ["Thu"]


def test_substitute_is_named_with_the_principal(waits: World, people: People) -> None:
    waits.delegate("hung", "thu", "2023-02-01", "2023-02-28")
    asked = people.get("mai", f"{API}/stages/launch").json()["asked"]
    found = next(one for one in asked if one["person_id"] == "thu")
    assert (found["name"], found["principal_name"], found["letter"]) == (
        "Thu",
        "Hưng",
        "12-GUQ/BDVTU",
    )


def test_campaign_that_is_not_launched_names_nobody(people: People) -> None:
    assert names(people, "mai", "/waiting", "people") == []
