"""Enough people means free of conflict: told at creation and launch, and while it runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from campaigns.rules.launch.errors import LaunchNotAllowed
from campaigns.services.appraisal import able, reviews
from campaigns.services.launch import launch
from campaigns.services.registers.directory import Directory
from campaigns.store.commit import commit
from campaigns.store.registers import enrolment, units
from campaigns.store.transaction import Transaction
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.imports import ScoreRow, UnitRow
from schemas.outcomes import Done, Remark
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Role, Stage
from tests.portal_client import API, People
from tests.world import BOARD, CODE, COMMUNE, DISTRICT, PEOPLE, SINCE, World, short_playbook

MakeWorld = Callable[..., World]
Near = Callable[[World], None]


def district(unit_id: str) -> UnitRow:
    return UnitRow(id=unit_id, name=unit_id, kind="district", parent_id=BOARD, valid_from=SINCE)


def move(world: World, who: str, **changes: object) -> None:
    [row] = [one for one in PEOPLE if one.id == who]
    world.act(enrolment.save, [row.model_copy(update=changes)], SINCE)


def few(role: Literal["reviewers", "voters"], free: int, of: int) -> Remark:
    if role == "reviewers":
        return Remark(code="reviewers_few", what=f"{DISTRICT}: {free}", count=1, of=of)
    return Remark(code="voters_few", what=f"{DISTRICT}: {free}", count=1, of=of)


def all_in_one_unit(world: World) -> None:
    move(world, "lan", unit_id=DISTRICT)
    move(world, "thu", unit_id=DISTRICT)


def in_the_unit_before_a_merger(world: World) -> None:
    before = UnitRow(
        id="cu",
        name="Huyện cũ",
        kind="district",
        valid_from=date(2010, 1, 1),
        valid_to=date(2022, 12, 31),
        successor_ids=(DISTRICT,),
    )
    world.act(units.save, [before])
    move(world, "lan", unit_id="cu")
    move(world, "thu", unit_id="cu")


def with_the_mailbox_of_who_nominates(world: World) -> None:
    """Thu is another id in the register, and reads the same mail as Bình."""
    move(world, "thu", email="Binh+cham@example.org")


def in_a_unit_below(world: World) -> None:
    move(world, "lan", unit_id=COMMUNE)
    move(world, "thu", unit_id=COMMUNE)


BOTH = (few("reviewers", 0, 2), few("voters", 1, 3))
CASES: dict[str, tuple[Near, list[str], tuple[Remark, ...]]] = {
    "all in one unit": (all_in_one_unit, [], BOTH),
    "in the unit before a merger": (in_the_unit_before_a_merger, [], BOTH),
    "with the mailbox of who nominates": (
        with_the_mailbox_of_who_nominates,
        [],
        (few("reviewers", 1, 2), few("voters", 2, 3)),
    ),
    "in a unit below": (in_a_unit_below, [], ()),
    "in a unit below, which counts": (in_a_unit_below, ["child"], BOTH),
    "free": (lambda _world: None, [], ()),
}


@pytest.fixture
def two_districts(world_with: MakeWorld) -> MakeWorld:
    """Make a draft in which two districts may nominate; one has people of its own in the panel."""

    def make(near: Near, also: list[str] | None = None) -> World:
        world = world_with(conflicts={"also": also or []})
        world.act(units.save, [district("binh-dai")])
        near(world)
        return world

    return make


def start(world: World) -> Done:
    command = LaunchCampaign(command_id=world.command_id(), person_id="mai")
    return world.act(launch.launch, command)


@pytest.mark.parametrize("case", CASES)
def test_launch_tells_units_whose_nominations_too_few_may_judge(
    two_districts: MakeWorld, case: str
) -> None:
    near, also, told = CASES[case]

    assert start(two_districts(near, also)).remarks == told


@pytest.mark.parametrize("case", CASES)
def test_creation_tells_the_same(two_districts: MakeWorld, case: str) -> None:
    near, also, told = CASES[case]
    world = two_districts(near)
    playbook = short_playbook(code="DVK-NEW", conflicts={"also": also})

    assert created(world, playbook).remarks == told


def created(world: World, playbook: Playbook) -> Done:
    with world.store.writing("mai") as tx:
        done = launch.create(tx, CreateCampaign(command_id="new", code=playbook.code), playbook)
        commit(tx)
    return done


def test_creation_says_nothing_of_people_before_there_are_any(world: World) -> None:
    def nobody(tx: Transaction) -> None:
        gone = [one.model_copy(update={"roles": ("nominator",)}) for one in PEOPLE]
        enrolment.save(tx, gone, SINCE)

    world.act(nobody)

    assert created(world, short_playbook(code="DVK-NEW")).remarks == ()


def test_launch_is_refused_where_no_unit_can_be_judged(world: World) -> None:
    all_in_one_unit(world)

    with pytest.raises(LaunchNotAllowed) as refused:
        start(world)
    assert "of no unit more than 0 of the 3 reviewers are free of conflict" in str(refused.value)
    assert "nhiều nhất 1 trong 4 thành viên hội đồng" in refused.value.say("vi")


def test_campaign_without_scores_asks_for_no_reviewers(world_with: MakeWorld) -> None:
    data = short_playbook().model_dump(mode="json")
    calendar = {**data["calendar"], "appraisal": None}
    world = world_with(rubric=None, calendar=calendar)
    world.act(units.save, [district("binh-dai")])
    all_in_one_unit(world)

    assert start(world).remarks == (few("voters", 1, 3),)


def test_rehearsal_is_told_where_there_are_enough(world: World) -> None:
    assert world.read(able.told) == (
        Remark(code="reviewers_enough", what="3", count=2, of=2),
        Remark(code="voters_enough", what="4", count=3, of=3),
    )


def test_units_are_counted_together(two_districts: MakeWorld) -> None:
    """As many statements for a hundred units as for two, whatever they came from."""
    world = two_districts(in_the_unit_before_a_merger)
    few_units = statements(world)
    world.act(units.save, [district(f"huyen-{number}") for number in range(100)])

    assert statements(world) == few_units


def statements(world: World) -> int:
    """Count what the database is asked while the people for all units are counted."""
    asked: list[str] = []
    with world.store.reading(CODE) as tx:
        raw = tx.connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(asked.append)
        able.for_units(tx, Directory(tx))
        raw.set_trace_callback(None)
    return len(asked)


# --- While it runs --------------------------------------------------------------------------------


@pytest.fixture
def reviewing(two_districts: MakeWorld) -> World:
    """A of Ba Tri and B of Bình Đại are to be scored; then all reviewers move to Ba Tri."""
    world = two_districts(lambda _world: None)
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", unit_id="binh-dai", nominated_by_id="binh-dai")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    return world


def lacking(world: World) -> dict[Role, tuple[tuple[str, int], ...]]:
    nominations, units_short = world.read(able.lacking)
    assert units_short == []
    return {one.role: one.short for one in nominations}


def test_nominations_with_enough_people_are_not_told(reviewing: World) -> None:
    assert lacking(reviewing) == {}


def test_nomination_with_too_few_is_told_by_its_code(reviewing: World) -> None:
    all_in_one_unit(reviewing)

    assert lacking(reviewing) == {Role.REVIEWER: (("A", 0),), Role.COUNCIL: (("A", 1),)}


def test_review_that_is_stored_counts(reviewing: World) -> None:
    scores = [ScoreRow(2, "lan", "A", "C1", 800), ScoreRow(3, "lan", "A", "C5", 1600)]
    reviewing.act(reviews.record_reviews, scores)
    move(reviewing, "lan", unit_id=DISTRICT)

    assert Role.REVIEWER not in lacking(reviewing)


def test_unit_is_told_while_units_nominate(two_districts: MakeWorld) -> None:
    world = two_districts(all_in_one_unit)
    world.receive_nominations()
    world.nominate("A")
    nominations, units_short = world.read(able.lacking)

    assert [one.short for one in nominations] == [(("A", 0),), (("A", 1),)]
    assert [one.short for one in units_short] == [((DISTRICT, 0),), ((DISTRICT, 1),)]


# --- Over the API ---------------------------------------------------------------------------------


def test_launch_over_the_api_says_it_in_words(two_districts: MakeWorld, tmp_path: Path) -> None:
    people = People(two_districts(all_in_one_unit), tmp_path)
    tag = people.get("mai", API).headers["etag"]
    answer = people.post("mai", f"{API}/launch", headers={"If-Match": tag}, language="vi")

    assert answer.status_code == 200, answer.text
    said = [one["message"] for one in answer.json()["remarks"]]
    assert said[0].startswith("Hồ sơ của 1 đơn vị sẽ không thẩm định được")
    assert "(ba-tri: 1), mà cần 3 phiếu thuận" in said[1]


def test_creation_over_the_api_says_it(two_districts: MakeWorld, tmp_path: Path) -> None:
    people = People(two_districts(all_in_one_unit), tmp_path)
    body = {"playbook": "dan-van-kheo", "code": "DVK-NEW"}
    answer = people.post("mai", "/api/v1/campaigns", body)

    assert answer.status_code == 201, answer.text
    codes = {one["code"] for one in answer.json()["remarks"]}
    assert codes == {"reviewers_few", "voters_few"}
