"""The edge of a deadline: its last second, midnight, the hidden grace, one unit's extension."""

from __future__ import annotations

from typing import Any

import pytest

from campaigns.rules.nomination.errors import NominationClosed
from campaigns.store.nomination import nominations
from tests.extending import extend
from tests.world import DISTRICT, World

MIDNIGHT: dict[str, Any] = {
    "launch": {
        "opens": "2023-02-06T07:30:00",
        "closes": "2023-02-08T17:00:00",
        "approval": "2023-02-08T17:00:00",
    },
    "nomination": {
        "opens": "2023-08-01T00:00:00",
        "closes": "2023-08-31T23:59:59",
        "approval": "2023-09-06T16:00:00",
    },
}


@pytest.fixture
def edge(world_with: Any) -> World:
    """Nominations are received until 31 August, 23:59:59."""
    world: World = world_with(calendar=MIDNIGHT)
    world.receive_nominations()
    return world


def test_last_second_is_accepted(edge: World):
    edge.at("2023-08-31T23:59:59")

    edge.nominate("A")

    assert edge.read(nominations.by_code, ["A"])["A"].late is False


def test_midnight_is_refused_with_deadline_and_zone(edge: World):
    edge.at("2023-09-01T00:00:00")

    with pytest.raises(NominationClosed, match=r"31/08/2023 23:59:59 \(Asia/Ho_Chi_Minh\)"):
        edge.nominate("A")


def test_midnight_is_accepted_within_the_hidden_grace_and_marked(world_with: Any):
    world: World = world_with(calendar=MIDNIGHT, late={"grace_minutes": 30})
    world.receive_nominations()
    world.at("2023-09-01T00:00:00")

    world.nominate("A")
    world.at("2023-09-01T00:30:01")
    with pytest.raises(NominationClosed) as refused:
        world.nominate("B", rank=2)

    assert world.read(nominations.by_code, ["A"])["A"].late is True
    assert "23:59:59" in str(refused.value)
    assert "30" not in str(refused.value).replace("00:30:01", "")


def test_unit_with_an_extension_submits_on_its_last_day(edge: World):
    extend(edge, "2023-09-05T23:59:59", unit_id=DISTRICT)
    edge.at("2023-09-05T23:59:59")

    edge.nominate("A")

    assert edge.read(nominations.by_code, ["A"])["A"].late is False
