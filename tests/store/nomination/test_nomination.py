"""A nomination from its arrival to the decision of the eligibility rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import select

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.nomination.errors import NominationClosed
from campaigns.services.nomination import checking
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord
from campaigns.store.tables import event, finding
from schemas.vocabulary import Stage
from tests.world import CODE, World, nomination_row

DEADLINE = "2023-09-15T17:00:00"


@pytest.fixture
def world(world: World) -> World:
    world.receive_nominations()
    return world


def record(world: World, code: str) -> NominationRecord:
    return world.read(nominations.by_code, [code])[code]


def submitted(world: World) -> list[int]:
    return world.read(nominations.ids_in, ["submitted"])


def mails(world: World, template: str) -> list[str]:
    return [row.about for row in world.read(messages.find, template=template)]


def return_incomplete(world: World) -> int:
    return world.act(checking.return_incomplete, submitted(world)).changed


# --- Received ------------------------------------------------------------------------------------


def test_nomination_that_is_new_is_received(world: World):
    done = world.nominate("A")

    assert (done.changed, record(world, "A").state) == (1, "submitted")


def test_nomination_is_acknowledged_to_who_nominates(world: World):
    world.nominate("A")

    (row,) = world.read(messages.find, template="nomination-received")
    assert (row.recipient_id, row.about) == ("binh", "nomination:A")


def test_nomination_sent_again_unchanged_changes_nothing(world: World):
    world.nominate("A")
    before = world.count(event)

    done = world.nominate("A")

    assert (done.changed, world.count(event)) == (0, before)
    assert mails(world, "nomination-received") == ["nomination:A"]


def test_nomination_sent_again_with_a_change_is_a_new_version(world: World):
    world.nominate("A", name="Dòng kênh sạch")

    done = world.nominate("A", name="Dòng kênh xanh")

    found = record(world, "A")
    assert (done.changed, found.content_version, found.name) == (1, 2, "Dòng kênh xanh")


def test_each_version_of_a_nomination_is_acknowledged(world: World):
    world.nominate("A", name="Dòng kênh sạch")
    world.nominate("A", name="Dòng kênh xanh")

    assert mails(world, "nomination-received") == ["nomination:A"] * 2


def test_versions_of_a_nomination_go_up_by_one_with_each_change(world: World):
    versions = []
    for name in ("Một", "Hai", "Ba"):
        world.nominate("A", name=name)
        versions.append((record(world, "A").version, record(world, "A").content_version))

    assert versions == [(1, 1), (2, 2), (3, 3)]


def test_nomination_that_is_decided_takes_no_new_version(world: World):
    world.nominate("A")
    ids = submitted(world)
    world.act(checking.check_batch, ids)

    with pytest.raises(TransitionNotAllowed, match="nomination A is eligible: submit"):
        world.nominate("A", name="Dòng kênh xanh")

    assert record(world, "A").content_version == 1


def test_nomination_of_a_campaign_that_is_not_receiving_is_refused(world: World):
    world.check_all()
    world.ask_approval(Stage.NOMINATION)

    with pytest.raises(NominationClosed, match=f"{CODE} does not receive .* awaiting_approval"):
        world.nominate("A")


def test_nomination_at_the_last_second_is_in_time(world: World):
    world.at(DEADLINE)

    world.nominate("A")

    assert record(world, "A").late is False


def test_nomination_after_the_deadline_is_refused(world: World):
    world.at("2023-09-15T17:00:01")

    with pytest.raises(NominationClosed, match=r"until 15/09/2023 17:00:00"):
        world.nominate("A")


def test_nomination_of_a_record_after_the_deadline_is_marked_late(world: World):
    """The coordinator imports what came to his desk, with its true time."""
    world.at(DEADLINE)
    late = world.clock.time + timedelta(minutes=1)

    world.act(checking.receive, [nomination_row("A", submitted_at=late)], recorded=True)

    assert record(world, "A").late is True


def test_nomination_of_a_unit_without_nominator_is_acknowledged_to_its_mailbox(world: World):
    world.nominate("A", nominated_by_id="an-thuy")

    (row,) = world.read(messages.find, template="nomination-received")
    assert (row.recipient_id, row.to_address) == ("an-thuy", "an-thuy@example.org")


def test_batch_of_nominations_with_one_that_is_refused_stores_none(world: World):
    world.nominate("A")
    world.act(checking.check_batch, submitted(world))

    with pytest.raises(TransitionNotAllowed):
        world.act(checking.receive, [nomination_row("B"), nomination_row("A", name="Khác")])

    assert list(world.read(nominations.by_code)) == ["A"]


# --- Returned ------------------------------------------------------------------------------------


def test_nomination_that_a_correction_mends_is_returned(world: World):
    world.nominate("A", party_opinion=False)

    assert return_incomplete(world) == 1
    assert record(world, "A").state == "returned"


def test_nomination_is_returned_with_what_is_to_be_mended(world: World):
    world.nominate("A", party_opinion=False)
    return_incomplete(world)

    with world.store.reading() as tx:
        facts = tx.connection.execute(
            select(event.c.facts).where(event.c.name == "thidua.nomination.returned")
        ).scalar_one()
    assert orjson.loads(facts)["rules"] == ["no_party_opinion"]


def test_nomination_that_nothing_mends_is_not_returned(world: World):
    world.nominate("A", party_opinion=False, registered=False)

    assert return_incomplete(world) == 0


def test_nomination_that_is_well_is_not_returned(world: World):
    world.nominate("A")

    assert return_incomplete(world) == 0


def test_nomination_is_returned_once_only(world: World):
    world.nominate("A", party_opinion=False)
    return_incomplete(world)
    world.nominate("A", party_opinion=False, name="Vẫn thiếu")

    assert return_incomplete(world) == 0
    assert record(world, "A").returned_times == 1


def test_nomination_that_was_returned_may_be_sent_again(world: World):
    world.nominate("A", party_opinion=False)
    return_incomplete(world)

    world.nominate("A", party_opinion=True)

    assert record(world, "A").state == "submitted"


def test_nomination_is_not_returned_at_the_deadline(world: World):
    world.nominate("A", party_opinion=False)
    world.at(DEADLINE)

    assert return_incomplete(world) == 0


# --- Decided -------------------------------------------------------------------------------------


def checked(world: World, **changes: Any) -> tuple[str, dict[str, str]]:
    """Let the rules decide one nomination; return its state and the findings with their data."""
    recorded = "submitted_at" in changes
    world.act(checking.receive, [nomination_row("A", **changes)], recorded=recorded)
    world.check_all()
    rows = world.read(nominations.findings)
    return record(world, "A").state, {row.rule_id: row.severity for row in rows}


def test_nomination_without_findings_is_eligible(world: World):
    assert checked(world) == ("eligible", {})


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"registered": False}, "not_registered"),
        ({"party_opinion": False}, "no_party_opinion"),
        ({"start_date": date(2023, 5, 1)}, "too_short"),
        ({"consent_pct": 79}, "low_consent"),
        ({"rank": 3}, "over_quota"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nomination_that_a_rule_blocks_is_ineligible(
    world: World, changes: dict[str, Any], rule: str
):
    assert checked(world, **changes) == ("ineligible", {rule: "block"})


def test_nomination_that_came_late_is_ineligible(world: World):
    late = world.playbook.instant(world.playbook.calendar.nomination.closes) + timedelta(seconds=1)

    assert checked(world, submitted_at=late) == ("ineligible", {"late": "block"})


def test_nomination_with_an_open_case_is_on_hold(world: World):
    found = checked(world, case_opened=date(2023, 6, 1))

    assert found == ("on_hold", {"open_case": "hold"})


def test_nomination_that_is_blocked_and_held_is_ineligible(world: World):
    found = checked(world, case_opened=date(2023, 6, 1), registered=False)

    assert found == ("ineligible", {"not_registered": "block", "open_case": "hold"})


def test_finding_is_stored_with_version_data_and_source(world: World):
    checked(world, consent_pct=79)

    with world.store.reading() as tx:
        row = tx.connection.execute(select(finding)).one()
    rule = next(rule for rule in world.playbook.rules if rule.id == "low_consent")
    assert (row.content_version, row.rule_version, row.source) == (1, rule.version, rule.source)
    assert orjson.loads(row.data) == {"item": "consent_pct", "value": "79", "minimum": "80"}
    assert row.checked_at == world.clock.time


def test_nominations_are_not_decided_before_the_deadline(world: World):
    world.nominate("A")
    world.at("2023-09-15T16:59:59")

    assert world.read(checking.ready_to_close) == []


def test_nominations_are_not_decided_before_the_hidden_grace_is_over(world_with):
    world: World = world_with(late={"grace_minutes": 10})
    world.receive_nominations()
    world.nominate("A")

    ready = []
    for moment in ("2023-09-15T17:09:59", "2023-09-15T17:10:00"):
        world.at(moment)
        ready.append(len(world.read(checking.ready_to_close)))

    assert ready == [0, 1]


def test_nomination_that_was_decided_is_not_decided_again(world: World):
    world.nominate("A")
    ids = submitted(world)
    world.act(checking.check_batch, ids)
    before = world.count(event)

    again = world.act(checking.check_batch, ids)

    assert (again.changed, world.count(event)) == (0, before)


def test_nominations_returned_and_not_sent_again_are_decided_as_they_were(world: World):
    world.nominate("A", party_opinion=False)
    return_incomplete(world)

    world.check_all()

    assert record(world, "A").state == "ineligible"


def test_outcome_is_told_to_who_nominated(world: World):
    world.nominate("A")
    world.nominate("B", registered=False)
    world.check_all()

    assert mails(world, "nomination-checked") == ["nomination:A", "nomination:B"]
