"""A time that belongs to no one campaign is told with its zone."""

from __future__ import annotations

from typing import Protocol

from campaigns import bootstrap
from campaigns.store.engine import beats


class Ended(Protocol):
    code: int
    out: str
    err: str


class Command(Protocol):
    def __call__(self, *arguments: str) -> Ended: ...


def test_times_of_an_installation_name_their_zone(campaign: Command):
    made = campaign("token", "create", "--for", "P001", "--scope", "read", "--days", "90")
    bootstrap.app().act_as("system:test", None, beats.beat, "relay:here", beats.RELAY)

    said = made.err, campaign("token", "list").out, campaign("engine", "status").out

    for one in said:
        assert "(Asia/Ho_Chi_Minh)" in " ".join(one.split()), one
