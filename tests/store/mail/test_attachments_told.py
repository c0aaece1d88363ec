"""Coordinators are told which file goes with a message, and can look at it before it leaves."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.store.mail import messages
from tests.letters import announced, files, written
from tests.portal_client import API, People
from tests.world import COMMUNE, DISTRICT, World


def test_coordinator_is_told_which_file_goes_with_a_message(world: World, tmp_path: Path) -> None:
    world = announced(written(world))
    people = People(world, tmp_path)
    [number] = [
        row.id
        for row in world.read(messages.find, template="campaign-launched")
        if row.recipient_id == DISTRICT
    ]

    found = people.get("mai", f"{API}/messages/{number}").json()["attachment"]
    size = len(files(world, "campaign-launched")[DISTRICT])
    assert found == {"name": "DVK-TEST - Biểu mẫu đề cử.xlsx", "size": size}


def test_coordinator_gets_the_file_that_goes_with_a_message(world: World, tmp_path: Path) -> None:
    world = announced(written(world))
    people = People(world, tmp_path)
    [number] = [
        row.id
        for row in world.read(messages.find, template="campaign-launched")
        if row.recipient_id == DISTRICT
    ]

    answer = people.get("mai", f"{API}/messages/{number}/attachment")
    assert answer.content == files(world, "campaign-launched")[DISTRICT]
    assert answer.headers["content-disposition"].startswith("attachment; filename*=utf-8''DVK-")


@pytest.mark.parametrize(("who", "status"), [("binh", 403), ("thu", 403), ("mai", 404)])
def test_file_is_for_coordinators_and_none_where_none_goes(
    world: World, tmp_path: Path, who: str, status: int
) -> None:
    world = announced(written(world))
    people = People(world, tmp_path)
    [number] = [
        row.id
        for row in world.read(messages.find, template="campaign-launched")
        if row.recipient_id == COMMUNE
    ]

    assert people.get(who, f"{API}/messages/{number}/attachment").status_code == status


def test_message_without_a_file_says_so(world: World, tmp_path: Path) -> None:
    world = announced(written(world))
    people = People(world, tmp_path)
    [number] = [
        row.id
        for row in world.read(messages.find, template="campaign-launched")
        if row.recipient_id == COMMUNE
    ]

    assert people.get("mai", f"{API}/messages/{number}").json()["attachment"] is None
