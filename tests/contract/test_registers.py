"""Units and people carry dates: what was true on a day stays true of that day."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.services.registers.directory import Directory
from campaigns.store.registers import enrolment, people, units
from campaigns.store.transaction import Transaction
from schemas.imports import PastModelRow, PersonRow, UnitRow
from tests.world import BOARD, COMMUNE, DISTRICT, PEOPLE, SINCE, UNITS, World

BEFORE, LAST, FIRST, AFTER = (
    date(2025, 6, 1),
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2025, 8, 1),
)


def renamed() -> list[UnitRow]:
    """An Thủy became Tân Thủy on 1 July 2025, under the province; the district was dissolved."""
    commune, district = UNITS[2], UNITS[1]
    return [
        district.model_copy(update={"valid_to": LAST}),
        commune.model_copy(update={"valid_to": LAST}),
        commune.model_copy(update={"name": "Xã Tân Thủy", "valid_from": FIRST, "parent_id": BOARD}),
    ]


def names_on(world: World, day: date) -> dict[str, str]:
    return {one.id: one.name for one in world.read(units.on, day).values()}


# --- Units ---------------------------------------------------------------------------------------


def test_units_saved_again_are_not_new(world: World):
    assert world.act(units.save, UNITS) == 0


def test_unit_that_is_new_is_counted(world: World):
    fresh = UnitRow(id="tan-xuan", name="Xã Tân Xuân", kind="commune", valid_from=SINCE)

    assert world.act(units.save, [*UNITS, fresh]) == 1


def test_unit_that_was_renamed_has_its_old_name_on_an_old_date(world: World):
    world.act(units.save, renamed())

    assert names_on(world, LAST)[COMMUNE] == "Xã An Thủy"
    assert names_on(world, FIRST)[COMMUNE] == "Xã Tân Thủy"


def test_unit_that_was_renamed_twice_on_one_day_has_its_last_name(world: World):
    world.act(units.save, renamed())
    again = renamed()[2].model_copy(update={"name": "Xã Tân Thủy Đông"})

    world.act(units.save, [again])

    assert names_on(world, FIRST)[COMMUNE] == "Xã Tân Thủy Đông"


def test_unit_whose_names_overlap_has_the_later_one(world: World):
    """The register names a successor and forgets to end the name before."""
    world.act(units.save, [renamed()[2]])

    assert names_on(world, AFTER)[COMMUNE] == "Xã Tân Thủy"


def test_unit_that_was_dissolved_is_there_on_its_last_day(world: World):
    world.act(units.save, renamed())

    assert DISTRICT in names_on(world, LAST)


def test_unit_that_was_dissolved_is_not_there_the_day_after(world: World):
    world.act(units.save, renamed())

    assert DISTRICT not in names_on(world, FIRST)


def test_unit_that_was_dissolved_keeps_its_last_name_in_the_directory(world: World):
    world.act(units.save, renamed())
    world.at("2025-08-01T08:00:00")

    def name(tx: Transaction) -> tuple[str, bool]:
        directory = Directory(tx)
        return directory.unit_name(DISTRICT), DISTRICT in directory.active_units

    assert world.read(name) == ("Huyện Ba Tri", False)


def test_unit_that_does_not_exist_yet_is_not_there(world: World):
    assert names_on(world, date(2022, 12, 31)) == {}


def test_unit_has_the_parent_of_the_day(world: World):
    world.act(units.save, renamed())

    assert world.read(units.on, BEFORE)[COMMUNE].parent_id == DISTRICT
    assert world.read(units.on, AFTER)[COMMUNE].parent_id == BOARD


def test_unit_whose_parent_was_a_mistake_has_none_after_the_correction(world: World):
    world.act(units.save, [UNITS[2].model_copy(update={"parent_id": None})])

    assert world.read(units.on, BEFORE)[COMMUNE].parent_id is None


def test_unit_with_two_rows_in_one_register_is_one_unit(world: World):
    fresh = [row.model_copy(update={"id": "an-hoa"}) for row in renamed()[1:]]

    assert world.act(units.save, fresh) == 1


def test_lines_of_many_units_are_found_together(world: World):
    def gone(unit_id: str, *successors: str) -> UnitRow:
        ended = date(2022, 12, 31) if successors else None
        return UnitRow(
            id=unit_id,
            name=unit_id,
            kind="commune",
            valid_from=date(2010, 1, 1),
            valid_to=ended,
            successor_ids=successors,
        )

    rows = [gone("new"), gone("sister"), gone("alone")]
    rows += [gone("first", "second"), gone("second", "new", "sister")]
    world.act(units.save, rows)

    assert world.read(units.succession, ["new", "second", "alone"]) == {
        "new": {"first", "second"},
        "second": {"first", "new", "sister"},
        "alone": frozenset(),
    }


def test_placements_are_told_with_their_days(world: World):
    moved = UNITS[2].model_copy(update={"parent_id": BOARD, "valid_from": date(2024, 1, 1)})
    world.act(units.save, [moved])

    assert world.read(units.placements)[COMMUNE] == [
        (DISTRICT, SINCE, None),
        (BOARD, date(2024, 1, 1), None),
    ]


def test_unit_that_is_unknown_has_no_address(world: World):
    assert world.read(units.address, "nowhere") == ""


def test_units_are_listed_in_the_same_order_on_every_database(world: World):
    world.act(
        units.save,
        [UnitRow(id=one, name=one, kind="commune", valid_from=SINCE) for one in ("b-1", "B2", "a")],
    )

    assert list(world.read(units.on, BEFORE)) == ["B2", "a", COMMUNE, "b-1", DISTRICT, BOARD]


def test_models_of_earlier_years_are_stored_once(world: World):
    row = PastModelRow(id="m-1", year=2022, unit_id=COMMUNE, unit_name="Xã", title="Dòng kênh")

    stored = [world.act(units.save_past_models, [row], {"m-1": "dong kenh"}) for _ in range(2)]

    assert [(one.new, one.known) for one in stored] == [(("m-1",), 0), ((), 1)]
    assert world.read(units.past_titles, [COMMUNE]) == {(COMMUNE, "dong kenh")}


def test_model_of_an_earlier_year_that_was_wrong_is_corrected(world: World):
    row = PastModelRow(id="m-1", year=2022, unit_id=COMMUNE, unit_name="Xã", title="Dòng kênh")
    world.act(units.save_past_models, [row], {"m-1": "dong kenh"})
    right = row.model_copy(update={"title": "Dòng sông"})

    found = world.act(units.save_past_models, [right], {"m-1": "dong song"})
    back = world.act(units.save_past_models, [row], {"m-1": "dong kenh"})

    told = [(one.field, one.before, one.after) for one in found.differences]
    assert ("title", "Dòng kênh", "Dòng sông") in told
    assert ("title", "Dòng sông", "Dòng kênh") in [
        (one.field, one.before, one.after) for one in back.differences
    ]
    assert world.read(units.past_titles, [COMMUNE]) == {(COMMUNE, "dong kenh")}


# --- People and appointments ---------------------------------------------------------------------


def without(person_id: str, role: str) -> list[PersonRow]:
    return [
        row.model_copy(update={"roles": tuple(one for one in row.roles if one != role)})
        if row.id == person_id
        else row
        for row in PEOPLE
    ]


def council_on(world: World, day: date) -> list[str]:
    return [one.id for one in world.read(people.holding, "council", day)]


def test_people_saved_again_are_not_new(world: World):
    assert world.act(enrolment.save, PEOPLE, SINCE).new == 0


def test_person_moved_to_another_unit_belongs_there(world: World):
    world.act(enrolment.save, [PEOPLE[0].model_copy(update={"unit_id": COMMUNE})], SINCE)

    assert world.read(people.everyone)["mai"].unit_id == COMMUNE


def test_role_is_held_from_its_first_day(world: World):
    assert council_on(world, SINCE) == ["hung", "lan", "tam", "thu"]
    assert council_on(world, date(2022, 12, 31)) == []


def test_role_that_is_no_longer_listed_ends_the_day_before(world: World):
    world.act(enrolment.save, without("thu", "council"), FIRST)

    assert council_on(world, LAST) == ["hung", "lan", "tam", "thu"]
    assert council_on(world, FIRST) == ["hung", "lan", "tam"]


def test_role_that_was_given_back_is_held_again(world: World):
    world.act(enrolment.save, without("thu", "council"), FIRST)

    world.act(enrolment.save, PEOPLE, AFTER)

    assert [council_on(world, day)[-1] for day in (LAST, FIRST, AFTER)] == ["thu", "tam", "thu"]


def test_role_taken_and_given_back_on_one_day_is_held(world: World):
    """Somebody imports the wrong register, and the right one again."""
    world.act(enrolment.save, without("thu", "council"), SINCE)

    world.act(enrolment.save, PEOPLE, SINCE)

    assert council_on(world, SINCE) == ["hung", "lan", "tam", "thu"]


def test_role_with_two_appointments_on_one_day_is_held_by_one_person(world: World):
    """A register of an earlier date comes late: members are counted once all the same."""
    world.act(enrolment.save, without("thu", "council"), AFTER)

    world.act(enrolment.save, PEOPLE, BEFORE)

    assert council_on(world, FIRST) == ["hung", "lan", "tam", "thu"]


LAN = PEOPLE[1].roles


def test_roles_of_a_person_are_those_of_the_day(world: World):
    world.act(enrolment.save, without("lan", "council"), FIRST)

    assert world.read(people.roles_of, "lan", LAST) == set(LAN)
    assert world.read(people.roles_of, "lan", FIRST) == set(LAN) - {"council"}


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_roles_of_an_unknown_person_are_none(world: World, day: date):
    assert world.read(people.roles_of, "nobody", day) == frozenset()
