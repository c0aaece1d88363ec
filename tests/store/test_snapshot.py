"""A campaign keeps its playbook; one that cannot be read any more is named, not a crash."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from campaigns.rules.errors import PlaybookInvalid
from campaigns.store.tables import campaign_playbook
from campaigns.store.transaction import Transaction
from tests.world import World


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
