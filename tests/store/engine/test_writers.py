"""Writers of one process take turns on SQLite, and none waits for ever."""

from __future__ import annotations

import threading

import pytest

from campaigns.store import transaction
from campaigns.store.database import OUT_OF_REACH
from campaigns.store.engine import beats
from campaigns.store.transaction import ENGINE
from tests.world import World


def test_writer_that_waits_too_long_for_others_gets_no_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(transaction, "BUSY_TIMEOUT_MS", 50)
    refused: list[BaseException] = []

    def write() -> None:
        try:
            world.act(beats.beat, "other", beats.WEB)
        except OUT_OF_REACH as silence:
            refused.append(silence)

    with world.store.writing(ENGINE):
        other = threading.Thread(target=write)
        other.start()
        other.join()

    assert len(refused) == 1


def test_writers_of_many_threads_all_have_their_turn(world: World):
    threads = [
        threading.Thread(target=world.act, args=(beats.beat, f"p{number}", beats.WEB))
        for number in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with world.store.reading() as tx:
        assert len(beats.beats(tx, beats.WEB)) == 20
