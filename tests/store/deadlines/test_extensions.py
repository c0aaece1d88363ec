"""More time is given, never taken away; those concerned are told, and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.deadlines.errors import (
    ExtensionNotAllowed,
    UnitNotNominating,
    UnitOfStageNotAllowed,
)
from campaigns.rules.nomination.errors import NominationClosed
from campaigns.services.approvals.verdicts import request_if_done
from campaigns.services.deadlines import extensions
from campaigns.services.deadlines import sweep as deadlines
from campaigns.services.launch import launch
from campaigns.services.nomination import checking
from campaigns.store import campaigns
from campaigns.store.commit import commit
from campaigns.store.deadlines import extensions as records
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.registers import enrolment, units
from campaigns.store.tables import outbox
from schemas.imports import PersonRow, UnitRow
from schemas.messages.deadlines import DeadlineExtended
from schemas.vocabulary import Stage
from tests.extending import at, extend
from tests.world import BOARD, COMMUNE, DISTRICT, SINCE, World

OTHER = "thanh-phu"


def due(world: World, stage: Stage = Stage.NOMINATION) -> datetime:
    return world.read(campaigns.get_stage, stage).due_at


def told(world: World, template: str = "deadline-extended") -> list[str]:
    return [row.recipient_id for row in world.read(messages.find, template=template)]


@pytest.fixture
def receiving(world: World) -> World:
    """Two districts may nominate, Ba Tri and Thạnh Phú, and were told of the launch."""
    unit = UnitRow(
        id=OTHER, name="Huyện Thạnh Phú", kind="district", parent_id=BOARD, valid_from=SINCE
    )
    person = PersonRow(id="an", full_name="An", unit_id=OTHER, roles=("nominator",))
    with world.store.writing("mai") as tx:
        units.save(tx, [unit])
        enrolment.save(tx, [person], SINCE)
        commit(tx)
    world.launch()
    world.open(Stage.LAUNCH)
    world.finish(Stage.LAUNCH)
    world.act(launch.announce)
    world.open(Stage.NOMINATION)
    return world


# --- For all -------------------------------------------------------------------------------------


def test_extension_for_all_moves_the_stage(receiving: World):
    extend(receiving, "2023-09-20T17:00:00")

    assert due(receiving) == at("2023-09-20T17:00:00")


def test_extension_is_kept_with_its_reason(receiving: World):
    extend(receiving, "2023-09-20T17:00:00")

    [record] = receiving.read(records.find)
    assert (record.previous_at, record.until_at, record.reason, record.person_id) == (
        at("2023-09-15T17:00:00"),
        at("2023-09-20T17:00:00"),
        "Mưa lũ",
        "mai",
    )


def test_nominating_units_are_told_of_an_extension_and_no_other(receiving: World):
    extend(receiving, "2023-09-20T17:00:00")

    assert told(receiving) == [DISTRICT, OTHER]


def test_launch_mail_is_not_sent_again(receiving: World):
    before = told(receiving, "campaign-launched")

    extend(receiving, "2023-09-20T17:00:00")

    assert told(receiving, "campaign-launched") == before


def test_extension_repeated_is_one(receiving: World):
    for _ in range(2):
        extend(receiving, "2023-09-20T17:00:00", command_id="same")

    assert len(receiving.read(records.find)) == 1
    assert told(receiving) == [DISTRICT, OTHER]


def test_extension_starts_runs_for_the_new_end_and_the_sweep(receiving: World):
    extend(receiving, "2023-09-20T17:00:00")

    with receiving.store.reading() as tx:
        rows = tx.connection.execute(select(outbox.c.topic, outbox.c.available_at)).all()
    found = {(row.topic, row.available_at) for row in rows}
    assert ("campaign-cycle", at("2023-09-20T17:00:00")) in found
    assert ("sweep-deadlines", receiving.clock.time) in found


def test_nothing_is_decided_before_the_extended_deadline(receiving: World):
    receiving.nominate("A")
    extend(receiving, "2023-09-20T17:00:00")

    receiving.at("2023-09-15T17:00:00")
    assert receiving.read(checking.ready_to_close) == []
    receiving.at("2023-09-20T17:00:00")
    assert len(receiving.read(checking.ready_to_close)) == 1


def test_launch_announced_after_an_extension_gives_the_new_time(world: World):
    world.launch()
    world.open(Stage.LAUNCH)
    world.finish(Stage.LAUNCH)
    extend(world, "2023-09-20T17:00:00")

    world.act(launch.announce)

    assert told(world) == []
    assert due(world) == at("2023-09-20T17:00:00")


def test_calendars_are_told_by_the_same_uid_and_a_higher_sequence(
    receiving: World, monkeypatch: pytest.MonkeyPatch
):
    seen: list[DeadlineExtended] = []
    renderer = receiving.store._renderer
    render = renderer.render

    def spy(payload: Any, language: Any) -> Any:
        if isinstance(payload, DeadlineExtended):
            seen.append(payload)
        return render(payload, language)

    monkeypatch.setattr(renderer, "render", spy)
    extend(receiving, "2023-09-18T17:00:00")
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)

    entries = [payload.calendar for payload in seen]
    assert [(one.uid, one.sequence) for one in entries if one] == [
        ("DVK-TEST/nomination", 1),
        ("DVK-TEST/nomination", 1),
        ("DVK-TEST/nomination", 2),
    ]


# --- For one unit --------------------------------------------------------------------------------


def test_unit_with_more_time_may_submit_and_no_other(receiving: World):
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)
    receiving.at("2023-09-18T09:00:00")

    receiving.nominate("A")
    with pytest.raises(NominationClosed, match=f"of {OTHER} were received until 15/09/2023"):
        receiving.nominate("B", unit_id=OTHER, nominated_by_id=OTHER)

    assert receiving.read(nominations.by_code, ["A"])["A"].late is False


def test_nothing_is_returned_to_a_unit_whose_own_time_is_over(receiving: World):
    receiving.nominate("A", party_opinion=False)
    receiving.nominate("B", unit_id=OTHER, nominated_by_id=OTHER, party_opinion=False)
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)
    receiving.at("2023-09-18T09:00:00")

    ids = receiving.read(nominations.ids_in, ["submitted"])
    receiving.act(checking.return_incomplete, ids)

    assert (receiving.state_of("A"), receiving.state_of("B")) == ("returned", "submitted")


def test_extension_of_one_unit_leaves_the_stage_where_it_is(receiving: World):
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)

    assert due(receiving) == at("2023-09-15T17:00:00")
    assert receiving.read(
        lambda tx: extensions.in_force(tx, campaigns.get_stage(tx, "nomination"), DISTRICT)
    ) == at("2023-09-20T17:00:00")


def test_only_the_unit_with_more_time_is_told(receiving: World):
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)

    assert told(receiving) == [DISTRICT]


def test_unit_that_has_more_time_already_is_not_told_of_a_shorter_one_for_all(receiving: World):
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)

    extend(receiving, "2023-09-18T17:00:00")

    assert told(receiving) == [DISTRICT, OTHER]


def test_unit_with_more_time_is_not_late_before_its_own_deadline(receiving: World):
    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)
    receiving.at("2023-09-20T17:00:00")
    receiving.nominate("A")

    receiving.act(checking.check_batch, receiving.read(checking.ready_to_close))

    assert receiving.state_of("A") == "eligible"


@pytest.mark.parametrize("unit", [COMMUNE, "nowhere"])
def test_unit_that_does_not_nominate_gets_no_extension(receiving: World, unit: str):
    with pytest.raises(UnitNotNominating):
        extend(receiving, "2023-09-20T17:00:00", unit_id=unit)


def test_only_nominations_are_extended_for_one_unit(receiving: World):
    with pytest.raises(UnitOfStageNotAllowed):
        extend(receiving, "2023-10-01T17:00:00", stage=Stage.APPRAISAL, unit_id=DISTRICT)


# --- What may not be -----------------------------------------------------------------------------


@pytest.mark.parametrize("until", ["2023-09-15T17:00:00", "2023-09-15T16:59:59"])
def test_extension_gives_more_time_only(receiving: World, until: str):
    with pytest.raises(ExtensionNotAllowed, match="is not after 15/09/2023 17:00:00"):
        extend(receiving, until)


def test_extension_to_a_time_that_is_past_is_refused(receiving: World):
    receiving.nominate("A")
    receiving.at("2023-09-16T08:00:00")

    with pytest.raises(ExtensionNotAllowed, match="is past already"):
        extend(receiving, "2023-09-16T07:00:00")


def test_extension_beyond_the_approval_is_refused_and_says_what_to_do(receiving: World):
    with pytest.raises(ExtensionNotAllowed, match="before that; extend it first"):
        extend(receiving, "2023-09-25T17:00:00")

    extend(receiving, "2023-09-26T17:00:00", matter="approval")
    extend(receiving, "2023-09-25T17:00:00")

    assert due(receiving) == at("2023-09-25T17:00:00")


def test_approval_is_not_extended_beyond_the_next_stage(receiving: World):
    with pytest.raises(ExtensionNotAllowed, match="stage appraisal, which follows, closes at"):
        extend(receiving, "2023-09-30T17:00:00", matter="approval")


def test_stage_that_is_over_is_not_extended(receiving: World):
    receiving.check_all()
    receiving.act(request_if_done, Stage.NOMINATION)

    with pytest.raises(ExtensionNotAllowed, match="is awaiting approval already"):
        extend(receiving, "2023-09-20T17:00:00")


def test_extension_needs_a_reason(receiving: World):
    with pytest.raises(ReasonMissing, match="Extending a deadline needs a reason"):
        extend(receiving, "2023-09-20T17:00:00", reason="  ")


def test_extension_needs_a_coordinator(receiving: World):
    with pytest.raises(PersonNotAppointed):
        extend(receiving, "2023-09-20T17:00:00", person_id="binh")


def test_refused_extension_says_so_in_vietnamese_with_the_zone(receiving: World):
    with pytest.raises(ExtensionNotAllowed) as refused:
        extend(receiving, "2023-09-15T10:00:00")

    assert "không sau thời hạn đang áp dụng 15/09/2023 17:00:00 (Asia/Ho_Chi_Minh)" in (
        refused.value.say("vi")
    )


# --- Approvals and later stages -------------------------------------------------------------------


def test_approvers_are_told_that_they_have_more_time(receiving: World):
    receiving.check_all()
    receiving.act(request_if_done, Stage.NOMINATION)

    extend(receiving, "2023-09-22T16:00:00", matter="approval")

    assert told(receiving) == ["hung", "lan"]
    stage = receiving.read(campaigns.get_stage, Stage.NOMINATION)
    assert stage.approval_due_at == at("2023-09-22T16:00:00")


def test_reviewers_are_told_that_they_have_more_time(receiving: World):
    receiving.nominate("A")
    receiving.check_all()
    receiving.finish(Stage.NOMINATION)
    receiving.open(Stage.APPRAISAL)

    extend(receiving, "2023-09-30T17:00:00", stage=Stage.APPRAISAL)

    assert told(receiving) == ["lan", "tam", "thu"]


def test_nobody_is_told_of_more_time_for_what_has_not_begun(receiving: World):
    extend(receiving, "2023-09-30T17:00:00", stage=Stage.APPRAISAL)

    assert told(receiving) == []


# --- Reminders follow ----------------------------------------------------------------------------


def sweep(world: World, local: str) -> None:
    world.at(local)
    world.act(deadlines.sweep)


def reminded(world: World, state: str) -> list[str]:
    rows = world.read(messages.find, template="deadline-reminder", states=[state])
    return [row.recipient_id for row in rows]


def test_reminders_of_the_old_deadline_are_taken_back(receiving: World):
    sweep(receiving, "2023-09-14T08:00:00")

    extend(receiving, "2023-09-20T17:00:00")

    assert reminded(receiving, "superseded") == ["binh", "an"]
    assert reminded(receiving, "queued") == []


def test_reminders_begin_anew_for_the_new_deadline(receiving: World):
    sweep(receiving, "2023-09-14T08:00:00")
    extend(receiving, "2023-09-20T17:00:00")

    sweep(receiving, "2023-09-19T08:00:00")

    assert reminded(receiving, "queued") == ["binh", "an"]


def test_only_reminders_of_the_unit_with_more_time_are_taken_back(receiving: World):
    sweep(receiving, "2023-09-14T08:00:00")

    extend(receiving, "2023-09-20T17:00:00", unit_id=DISTRICT)

    assert reminded(receiving, "superseded") == ["binh"]
    assert reminded(receiving, "queued") == ["an"]
