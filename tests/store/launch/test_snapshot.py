"""A campaign keeps its playbook; one that cannot be read any more is named, not a crash."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import update

from campaigns.rules.launch.errors import CampaignExists
from campaigns.rules.playbook.errors import PlaybookInvalid
from campaigns.rules.playbook.reading import snapshot
from campaigns.services.launch import launch
from campaigns.store.tables import campaign_playbook
from campaigns.store.transaction import Transaction
from schemas.commands.launch import CreateCampaign
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from tests.world import CODE, World, short_playbook


def damage(tx: Transaction, text: str) -> None:
    tx.connection.execute(update(campaign_playbook).values(snapshot=text, hash=text[:64]))


@pytest.mark.parametrize(
    ("text", "message"),
    [("{cut off", "restore the database"), ('{"playbook": "x"}', "cannot be read at")],
)
def test_damaged_snapshot_is_named(world: World, text: str, message: str) -> None:
    world.act(damage, text)

    with pytest.raises(PlaybookInvalid, match=message):
        world.read(lambda tx: tx.playbook)


def without_a_key_that_came_later(tx: Transaction) -> None:
    """Store what a program would have stored that did not know `messages.silent` yet."""
    data = json.loads(snapshot(tx.playbook))
    del data["messages"]["silent"]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).hexdigest()
    tx.connection.execute(update(campaign_playbook).values(snapshot=text, hash=digest))


def create_again(world: World, playbook: Playbook) -> Done:
    return world.act(launch.create, CreateCampaign(command_id="again", code=CODE), playbook)


def test_campaign_of_an_earlier_program_is_created_again_without_harm(world: World) -> None:
    world.act(without_a_key_that_came_later)

    assert create_again(world, world.playbook) == Done(detail="exists")


def test_campaign_of_other_rules_is_not_created_again(world: World) -> None:
    world.act(without_a_key_that_came_later)

    with pytest.raises(CampaignExists):
        create_again(world, short_playbook(messages={"silent": ["vote-opened"]}))
