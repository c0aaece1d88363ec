"""Nominations keep every version of their form, and are found however many there are."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from campaigns.services.nomination import checking as service
from campaigns.store.chunks import chunked
from campaigns.store.nomination import nominations
from campaigns.store.nomination.nominations import prepare
from campaigns.store.tables import nomination_content
from tests.world import World, nomination_row


@pytest.fixture
def world(world: World) -> World:
    world.receive_nominations()
    return world


def versions(world: World, code: str) -> list[tuple[int, str, str]]:
    record = world.read(nominations.by_code, [code])[code]
    query = (
        select(
            nomination_content.c.version,
            nomination_content.c.content,
            nomination_content.c.content_hash,
        )
        .where(nomination_content.c.nomination_id == record.id)
        .order_by(nomination_content.c.version)
    )
    with world.store.reading() as tx:
        return [
            (row.version, row.content, row.content_hash) for row in tx.connection.execute(query)
        ]


def test_form_is_given_back_with_the_types_of_its_boxes(world: World):
    world.nominate("A", consent_pct=Decimal("92.5"), start_date=date(2021, 3, 1))

    (content,) = world.read(nominations.contents, world.read(nominations.ids_in, ["submitted"]))

    assert content.answers["consent_pct"] == Decimal("92.5")
    assert content.answers["start_date"] == date(2021, 3, 1)
    assert content.answers["registered"] is True


def test_form_hash_is_the_sha256_of_its_stored_text(world: World):
    world.nominate("A")

    ((_, content, digest),) = versions(world, "A")

    assert digest == hashlib.sha256(content.encode()).hexdigest()


def test_form_hash_does_not_depend_on_the_order_of_the_boxes(world: World):
    row = nomination_row("A")
    turned = row.model_copy(update={"answers": dict(reversed(row.answers.items()))})

    hashes = {prepare(one, world.clock.time, late=False).content_hash for one in (row, turned)}

    assert len(hashes) == 1


def test_form_hash_does_not_depend_on_its_place_in_a_file(world: World):
    hashes = {
        prepare(nomination_row("A", row=row), world.clock.time, late=False).content_hash
        for row in (2, 300)
    }

    assert len(hashes) == 1


def test_earlier_version_of_a_form_is_kept(world: World):
    world.nominate("A", name="Dòng kênh sạch")
    world.nominate("A", name="Dòng kênh xanh")

    first, second = versions(world, "A")

    assert ("Dòng kênh sạch" in first[1], "Dòng kênh xanh" in second[1]) == (True, True)


def test_form_is_read_in_its_newest_version(world: World):
    world.nominate("A", registered=False)
    world.nominate("A", registered=True)

    (content,) = world.read(nominations.contents, world.read(nominations.ids_in, ["submitted"]))

    assert (content.nomination.content_version, content.answers["registered"]) == (2, True)


def test_nominations_are_listed_in_byte_order_on_every_database(world: World):
    for code in ("b-1", "B2", "Đ1", "a"):
        world.nominate(code)

    assert list(world.read(nominations.by_code)) == ["B2", "a", "b-1", "Đ1"]


def test_nominations_are_found_by_more_ids_than_one_query_takes(world: World):
    codes = [f"N{number:04}" for number in range(2_345)]
    world.act(service.receive, [nomination_row(code) for code in codes])
    ids = world.read(nominations.ids_in, ["submitted"])

    assert [one.code for one in world.read(nominations.find, ids=ids)] == codes
    assert [one.nomination.code for one in world.read(nominations.contents, ids)] == codes
    assert list(world.read(nominations.by_code, codes)) == codes
    assert len(world.read(nominations.content_hashes, ids)) == len(codes)


def test_nominations_of_no_ids_are_none(world: World):
    world.nominate("A")

    assert world.read(nominations.find, ids=[]) == []


def test_returns_are_counted_for_more_ids_than_one_query_takes(world: World):
    world.act(service.receive, [nomination_row(f"N{number:04}") for number in range(1_001)])
    ids = world.read(nominations.ids_in, ["submitted"])

    world.act(nominations.count_return, ids)

    assert {one.returned_times for one in world.read(nominations.find)} == {1}


@pytest.mark.parametrize(("length", "parts"), [(0, 0), (1, 1), (1_000, 1), (1_001, 2)])
def test_long_lists_are_cut_into_parts(length: int, parts: int):
    cut = list(chunked(range(length)))

    assert len(cut) == parts
    assert [item for part in cut for item in part] == list(range(length))
