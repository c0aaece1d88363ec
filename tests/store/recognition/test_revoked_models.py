"""A model lost its recognition: who replicates it is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from campaigns.services.mail import delivery
from campaigns.services.nomination import acts
from campaigns.services.replication import adoptions
from campaigns.store.mail import messages
from schemas.commands.mail import ReleaseMessages
from schemas.commands.recognition import RevokeRecognition
from schemas.imports import AdoptionRow
from schemas.vocabulary import Stage
from tests.world import COMMUNE, World, votes

TOLD = "adopted-model-revoked"


@pytest.fixture
def world(world: World) -> World:
    """An Thủy replicates A and has given B up; both are recognised."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B"))
    world.decide()
    world.open(Stage.REPLICATION)
    world.at("2023-11-01T08:00:00")
    rows = [
        adoption("N1", "A"),
        adoption("N2", "B", state="abandoned", abandoned_on=date(2023, 11, 1)),
    ]
    world.act(adoptions.record_adoptions, rows)
    return world


def adoption(code: str, model: str, **changes: Any) -> AdoptionRow:
    return AdoptionRow(
        row=2,
        id=code,
        model_code=model,
        adopting_unit_id=COMMUNE,
        committed_on=date(2023, 10, 31),
        **{"state": "committed", **changes},
    )


def revoke(world: World, code: str) -> None:
    command = RevokeRecognition(
        command_id=f"revoke-{code}",
        nomination_code=code,
        reason="Báo cáo khống",
        document="07-QĐ/BDVTU",
        person_id="hung",
    )
    world.act(acts.revoke, command)


def told(world: World) -> list[tuple[str, str]]:
    return [(row.about, row.state) for row in world.read(messages.find, template=TOLD)]


def test_who_replicates_the_model_is_told_once_a_coordinator_lets_it_go(world: World):
    revoke(world, "A")
    assert told(world) == [("adoption:N1", "held")]

    world.act(delivery.release, ReleaseMessages(command_id="go", template=TOLD, person_id="mai"))

    assert told(world) == [("adoption:N1", "queued")]


def test_who_has_given_the_replication_up_is_not_told(world: World):
    revoke(world, "B")

    assert told(world) == []
