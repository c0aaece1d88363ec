"""A unit nominates for itself and below where the playbook says so: every door keeps to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from campaigns.intake import Request, import_nominations
from campaigns.rules.nomination.errors import NominationOutOfReach
from campaigns.services.launch import plan
from campaigns.store.nomination import nominations
from campaigns.store.registers import units
from documents.reading.workbook import open_workbook
from documents.writing.nomination_template import write_nomination_template
from schemas.actors import at_console
from schemas.imports import UnitRow
from tests.portal_client import API, People
from tests.unit_workbooks import COLUMNS, ROW, codes, found, upload, workbook
from tests.world import CODE, DISTRICT, SINCE, World

OTHER = UnitRow(
    id="binh-dai",
    name="Huyện Bình Đại",
    kind="district",
    parent_id="ban-dan-van-tinh-uy",
    valid_from=SINCE,
)
MakeWorld = Callable[..., World]


@pytest.fixture
def world(world_with: MakeWorld) -> World:
    """Nominations are open, and Ba Tri may nominate for itself and its communes only."""
    return begun(world_with(nominating={"own_and_below": True}))


def begun(made: World) -> World:
    made.act(units.save, [OTHER])
    made.receive_nominations()
    return made


@pytest.fixture
def people(world: World, tmp_path: Path) -> People:
    return People(world, tmp_path)


@pytest.mark.parametrize("unit", [DISTRICT, "an-thuy"], ids=["itself", "below"])
def test_own_unit_and_one_below_are_taken(world: World, unit: str) -> None:
    assert world.nominate("A", unit_id=unit).changed == 1


def test_unit_beside_is_refused_with_the_rule_and_both_units(world: World) -> None:
    with pytest.raises(NominationOutOfReach) as refused:
        world.nominate("A", unit_id="binh-dai")

    assert "nominating.own_and_below" in str(refused.value)
    assert "đơn vị ba-tri đề cử cho binh-dai" in refused.value.say("vi")
    assert world.read(nominations.by_code) == {}


def test_correction_that_leads_outside_is_refused(world: World) -> None:
    world.nominate("A")
    with pytest.raises(NominationOutOfReach):
        world.nominate("A", unit_id="binh-dai")


def test_unit_that_came_below_later_is_taken_from_then_on(world: World) -> None:
    moved = OTHER.model_copy(update={"parent_id": DISTRICT})
    world.act(units.save, [moved])

    assert world.nominate("A", unit_id="binh-dai").changed == 1


def test_playbook_that_says_nothing_takes_any(world_with: MakeWorld) -> None:
    assert begun(world_with()).nominate("A", unit_id="binh-dai").changed == 1


def test_kind_that_is_free_takes_any(world_with: MakeWorld) -> None:
    policy = {"own_and_below": True, "anywhere": ["district"]}

    assert begun(world_with(nominating=policy)).nominate("A", unit_id="binh-dai").changed == 1


# --- The doors ------------------------------------------------------------------------------------


def test_form_over_the_api_names_the_box(people: People, world: World) -> None:
    boxes = {key: value for key, value in ROW.items() if value is not None}
    boxes |= {"unit_id": "binh-dai", "start_date": "2022-01-15"}
    answer = people.post("binh", f"{API}/nominations", {"boxes": boxes}, language="vi")

    assert answer.status_code == 422, answer.text
    [error] = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/boxes/unit_id", "out_of_reach")
    assert "không thuộc ba-tri" in error["message"]
    assert codes(world) == set()


def test_workbook_of_a_unit_names_the_cell(people: People, world: World) -> None:
    answer = upload(people, workbook({}, {"code": "BT-2", "rank": 2, "unit_id": "binh-dai"}))

    assert found(answer) == {(f"{COLUMNS['unit_id']}3", "out_of_reach")}
    assert codes(world) == set()


def test_import_by_the_coordinator_keeps_the_row_out(
    people: People, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "all.xlsx"
    path.write_bytes(workbook({}, {"code": "BT-2", "rank": 2, "unit_id": "binh-dai"}))
    report = import_nominations(
        people.app, CODE, Request(path, at_console("mai"), accept_valid=True)
    )

    [error] = [one for one in report.problems if one.level == "error"]
    assert (error.row, error.code) == (3, "out_of_reach")
    assert "`nominating.own_and_below`" in error.remedy
    assert codes(world) == {"BT-1"}


# --- Who is told beforehand -----------------------------------------------------------------------


def test_who_approves_the_launch_reads_the_rule(world: World) -> None:
    lines = dict(world.read(plan.plan, "vi"))

    assert lines["Phạm vi đề cử"] == "đơn vị mình và cấp dưới"


def test_empty_workbook_says_it_at_the_column(world: World, tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write_nomination_template(path, world.playbook, [])
    with open_workbook(path) as book:
        guide = [str(cell.value) for row in book.sheets[2].rows() for cell in row.cells]

    assert sum("đơn vị cấp dưới" in text for text in guide) == 1
