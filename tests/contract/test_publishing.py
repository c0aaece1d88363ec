"""What the event log says is told outside afterwards: in order, once, bulk only as counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from campaigns.bootstrap import App
from campaigns.engine.relay import PrefectUnreachable, Publisher
from campaigns.services.log.publishing import Announcement
from campaigns.settings import Settings
from campaigns.store.commit import commit
from campaigns.store.log import cursors
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from tests.databases import Database
from tests.world import CODE, PEOPLE, World, make_world

CONSUMER = "prefect"


@dataclass
class FakeSink:
    told: list[Announcement] = field(default_factory=list)
    away: bool = False

    def publish(self, told: Sequence[Announcement]) -> None:
        if self.away:
            raise PrefectUnreachable("nobody there")
        self.told += told

    @property
    def names(self) -> list[str]:
        return [one.name for one in self.told]


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def sink() -> FakeSink:
    return FakeSink()


@pytest.fixture
def publisher(world: World, sink: FakeSink, tmp_path) -> Publisher:
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    return Publisher(App(Settings(home=tmp_path), world.store, transport), sink)


def test_steps_of_a_campaign_are_told_one_by_one(
    world: World, publisher: Publisher, sink: FakeSink
):
    world.launch()

    assert publisher.follow() == 7

    planned = ["thidua.stage.planned"] * 5
    assert sink.names == ["thidua.campaign.created", "thidua.campaign.launched", *planned]
    assert [one.stage for one in sink.told[2:]] == [
        "launch",
        "nomination",
        "appraisal",
        "recognition",
        "replication",
    ]


def test_what_was_told_is_not_told_again(publisher: Publisher, sink: FakeSink):
    publisher.follow()

    assert publisher.follow() == 0
    assert sink.names == ["thidua.campaign.created"]


def test_what_happens_to_many_alike_is_told_as_a_count(
    world: World, publisher: Publisher, sink: FakeSink
):
    world.receive_nominations()
    publisher.follow()
    sink.told.clear()
    for number in range(20):
        world.nominate(f"N{number:02}")

    publisher.follow()

    (told,) = sink.told
    assert told.name == "thidua.nomination.submitted"
    assert told.payload == {"campaign": CODE, "count": "20"}  # no numbers of the log


def test_results_are_not_told(world: World, publisher: Publisher, sink: FakeSink):
    world.receive_nominations()
    world.nominate("N01")
    world.nominate("N02", registered=False)
    publisher.follow()
    sink.told.clear()
    world.check_all()

    publisher.follow()

    assert sink.told == []


def test_payload_is_plain_strings_without_people(
    world: World, publisher: Publisher, sink: FakeSink
):
    world.receive_nominations()
    world.nominate("N01")
    publisher.follow()

    values = [value for one in sink.told for value in one.payload.values()]
    assert all(isinstance(value, str) for value in values)
    known = {person.id for person in PEOPLE} | {person.full_name for person in PEOPLE}
    assert known.isdisjoint(values)


def test_page_that_was_not_taken_is_told_later(world: World, publisher: Publisher, sink: FakeSink):
    sink.away = True
    with pytest.raises(PrefectUnreachable):
        publisher.follow()
    sink.away = False

    publisher.follow()

    assert sink.names == ["thidua.campaign.created"]


def test_page_told_twice_has_the_same_ids(world: World, publisher: Publisher, sink: FakeSink):
    """The process died after the page was taken and before that was noted."""
    publisher.follow()
    (first,) = sink.told
    with world.store.writing("system:test", CODE) as tx:
        tx.connection.exec_driver_sql("DELETE FROM event_cursor")
        commit(tx)

    publisher.follow()

    assert sink.told[1].id == first.id


def test_slower_publisher_does_not_set_the_reader_back(world: World, publisher: Publisher):
    world.launch()
    publisher.follow()

    world.act(cursors.move, CONSUMER, 1)

    assert publisher.follow() == 0
