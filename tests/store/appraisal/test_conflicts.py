"""Whoever is too near judges nothing: in letters, in scores and in ballots, and it is kept why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from campaigns.rules.appraisal.errors import ReviewerConflicted
from campaigns.services.appraisal import panel, reviews
from campaigns.services.recognition import council
from campaigns.store.mail import messages
from campaigns.store.registers import enrolment, units
from campaigns.store.tables import ballot, participation
from schemas.imports import PersonRow, ScoreRow, UnitRow
from schemas.vocabulary import Stage
from tests.world import BOARD, COMMUNE, DISTRICT, PEOPLE, SINCE, UNITS, World, votes

LAST = date(2022, 12, 31)


def unit(unit_id: str, *successors: str, parent: str = BOARD) -> UnitRow:
    return UnitRow(
        id=unit_id,
        name=unit_id,
        kind="commune",
        parent_id=parent,
        valid_from=date(2010, 1, 1),
        valid_to=LAST if successors else None,
        successor_ids=successors,
    )


def thu(**changes: object) -> PersonRow:
    [row] = [one for one in PEOPLE if one.id == "thu"]
    return row.model_copy(update=changes)


Near = Callable[[World], None]


def by_address(world: World) -> None:
    world.act(enrolment.save, [thu(email="Lien-He@example.org")], SINCE)


def by_address_of_a_nominator(world: World) -> None:
    world.act(enrolment.save, [thu(email="binh+thamdinh@example.org")], SINCE)


def by_address_of_the_unit(world: World) -> None:
    world.act(enrolment.save, [thu(email="an-thuy@example.org")], SINCE)


def before_a_merger(world: World) -> None:
    world.act(units.save, [unit("cu-1", DISTRICT)])
    world.act(enrolment.save, [thu(unit_id="cu-1")], SINCE)


def two_mergers_before(world: World) -> None:
    world.act(units.save, [unit("cu-1", "cu-2"), unit("cu-2", COMMUNE)])
    world.act(enrolment.save, [thu(unit_id="cu-1")], SINCE)


def after_a_merger(world: World) -> None:
    gone = UNITS[2].model_copy(update={"valid_to": date(2025, 6, 30), "successor_ids": ("moi",)})
    world.act(units.save, [unit("moi"), gone])
    world.act(enrolment.save, [thu(unit_id="moi")], SINCE)


NEAR: dict[str, tuple[Near, str]] = {
    "address": (by_address, "address"),
    "nominator's address": (by_address_of_a_nominator, "address"),
    "unit's address": (by_address_of_the_unit, "address"),
    "before a merger": (before_a_merger, "succession"),
    "two mergers before": (two_mergers_before, "succession"),
    "after a merger": (after_a_merger, "succession"),
}


def appoint_strangers(world: World) -> None:
    """Appoint enough people near to nobody: else a campaign cannot be launched."""
    world.act(units.save, [unit("xa-la", parent="xa-la-hon"), unit("xa-la-hon")])
    strangers = [
        PersonRow(
            id=f"la-{number}",
            full_name=f"Lạ {number}",
            unit_id="xa-la",
            roles=("reviewer", "council"),
            email=f"la-{number}@example.org",
        )
        for number in range(10)
    ]
    world.act(enrolment.save, strangers, SINCE)


def to_the_panel(world: World, near: Near) -> World:
    world.receive_nominations()
    near(world)
    world.nominate("A", unit_id=COMMUNE, email="lien-he@example.org")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    return world


def review(reviewer: str, code: str = "A") -> list[ScoreRow]:
    return [ScoreRow(2, reviewer, code, "C1", 800), ScoreRow(3, reviewer, code, "C5", 1600)]


@pytest.mark.parametrize("how", NEAR)
def test_review_by_somebody_too_near_is_refused(world: World, how: str) -> None:
    to_the_panel(world, NEAR[how][0])

    with pytest.raises(ReviewerConflicted, match="thu on A"):
        world.act(reviews.record_reviews, review("thu"))


@pytest.mark.parametrize("how", NEAR)
def test_somebody_too_near_to_all_is_not_asked_for_reviews(world: World, how: str) -> None:
    to_the_panel(world, NEAR[how][0])
    world.act(panel.open_panel)

    asked = {row.recipient_id for row in world.read(messages.find, template="review-assigned")}
    assert asked == {"lan"}


@pytest.mark.parametrize("how", NEAR)
def test_ballot_of_somebody_too_near_is_blank_and_it_is_kept_why(world: World, how: str) -> None:
    near, why = NEAR[how]
    to_the_panel(world, near)
    world.act(enrolment.save, [thu()], SINCE)
    world.act(reviews.record_reviews, review("thu") + review("lan"))
    world.act(reviews.appraise_batch, world.read(reviews.to_appraise))
    world.finish(Stage.APPRAISAL)
    near(world)
    world.open(Stage.RECOGNITION)
    world.act(council.convene)
    world.vote(*votes("A"))

    with world.store.reading() as tx:
        kept = dict(
            tx.connection.execute(
                select(participation.c.member_id, participation.c.conflict).where(
                    participation.c.conflicted
                )
            ).all()
        )
        choices = sorted(tx.connection.execute(select(ballot.c.choice)).scalars())
    assert kept == {"tam": "nominating_unit", "thu": why}
    assert choices == ["blank", "blank", "yes", "yes"]


@pytest.mark.parametrize(
    ("also", "unit_id", "refused"),
    [
        ([], BOARD, False),
        (["parent"], BOARD, True),
        (["child"], BOARD, False),
        ([], "ap-1", False),
        (["child"], "ap-1", True),
        (["parent"], "ap-1", False),
    ],
)
def test_units_above_and_below_are_too_near_where_the_playbook_says_so(
    world_with, also: list[str], unit_id: str, refused: bool
) -> None:
    world: World = world_with(conflicts={"also": also})
    appoint_strangers(world)

    def near(world: World) -> None:
        world.act(units.save, [unit("ap-1", parent=COMMUNE)])
        world.act(enrolment.save, [thu(unit_id=unit_id)], SINCE)

    to_the_panel(world, near)
    if refused:
        with pytest.raises(ReviewerConflicted):
            world.act(reviews.record_reviews, review("thu"))
    else:
        assert world.act(reviews.record_reviews, review("thu")).changed == 1


def test_reviewer_with_the_owners_name_is_told_as_a_warning(world: World) -> None:
    world.receive_nominations()
    world.act(enrolment.save, [thu(full_name="Đỗ Thị Thu")], SINCE)
    world.nominate("A", owner="Bà Đỗ Thị Thu và cộng sự")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)

    done = world.act(reviews.record_reviews, review("thu"))

    assert [(one.code, one.what) for one in done.remarks] == [("owner_named", "thu, A")]


def test_people_of_a_sister_unit_may_judge(world: World) -> None:
    """Two communes that came out of one are not in each other's line."""

    def near(world: World) -> None:
        world.act(units.save, [unit("chi-em"), unit("goc", COMMUNE, "chi-em")])
        world.act(enrolment.save, [thu(unit_id="chi-em")], SINCE)

    to_the_panel(world, near)

    assert world.act(reviews.record_reviews, review("thu")).changed == 1
