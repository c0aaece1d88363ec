"""Limits are counted: never more than the quota pass, whatever ranks, order and door."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from campaigns.services.nomination import acts, checking
from campaigns.store.nomination import nominations
from schemas.commands.nomination import WithdrawNomination
from schemas.vocabulary import NominationState
from tests.world import World, nomination_row


@pytest.fixture
def receiving(world: World) -> World:
    """The nomination stage is open; a district has two places."""
    world.receive_nominations()
    return world


def eligible(world: World) -> list[str]:
    found = world.read(nominations.find, states=[NominationState.ELIGIBLE])
    return sorted(record.code for record in found)


def decide(world: World, batch: int = 1_000) -> None:
    world.at("2023-09-15T17:00:00")
    ids = world.read(checking.ready_to_close)
    for start in range(0, len(ids), batch):
        world.act(checking.check_batch, ids[start : start + batch])


@pytest.mark.parametrize("batch", [1, 2, 1_000])
@pytest.mark.parametrize("ranks", [*sorted(set(permutations((1, 1, 2, 2)))), (1,) * 4, (2,) * 4])
def test_equal_ranks_never_let_more_pass_than_the_quota(
    receiving: World, ranks: tuple[int, ...], batch: int
) -> None:
    for code, rank in zip("ABCD", ranks, strict=True):
        receiving.nominate(code, rank=rank)

    decide(receiving, batch)

    best = sorted(zip(ranks, "ABCD", strict=True))[:2]
    assert eligible(receiving) == sorted(code for _rank, code in best)


def test_of_equal_ranks_the_one_submitted_first_has_the_place(receiving: World) -> None:
    receiving.nominate("B", rank=1)
    receiving.clock.time += timedelta(minutes=5)
    receiving.nominate("A", rank=1)
    receiving.nominate("C", rank=1)

    decide(receiving)

    assert eligible(receiving) == ["A", "B"]


def test_finding_says_which_place_it_would_have_taken(receiving: World) -> None:
    for code in "ABC":
        receiving.nominate(code, rank=1)

    decide(receiving)

    [found] = [one for one in receiving.read(nominations.findings) if one.rule_id == "over_quota"]
    assert found.data == {"rank": "1", "place": "3", "quota": "2", "unit_kind": "district"}


def test_place_of_an_ineligible_nomination_stays_taken(receiving: World) -> None:
    receiving.nominate("A", rank=1, registered=False)
    receiving.nominate("B", rank=2)
    receiving.nominate("C", rank=2)

    decide(receiving)

    assert eligible(receiving) == ["B"]


def test_withdrawn_nomination_takes_no_place(receiving: World) -> None:
    for code in "ABC":
        receiving.nominate(code, rank=1)
    command = WithdrawNomination(
        command_id="w", nomination_code="A", reason="Trùng", person_id="binh"
    )
    receiving.act(acts.withdraw, command)

    decide(receiving)

    assert eligible(receiving) == ["B", "C"]


def test_one_that_comes_after_the_others_were_decided_finds_no_place(receiving: World) -> None:
    """The unit got more time when its two places were decided already."""
    receiving.nominate("A", rank=1)
    receiving.nominate("B", rank=2)
    decide(receiving)
    receiving.act(checking.receive, [nomination_row("C", rank=1)], recorded=True)
    receiving.act(checking.check_batch, receiving.read(checking.ready_to_close))

    assert eligible(receiving) == ["A", "B"]


def test_units_have_places_of_their_own(receiving: World) -> None:
    for code in "AB":
        receiving.nominate(code, rank=1)
    receiving.nominate("C", rank=1, nominated_by_id="ban-dan-van-tinh-uy")

    decide(receiving)

    assert "C" not in eligible(receiving) or eligible(receiving) == ["A", "B", "C"]
    assert {"A", "B"} <= set(eligible(receiving))
