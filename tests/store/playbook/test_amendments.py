"""A running campaign takes another version of its playbook, and keeps what is decided."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.playbook.amendments import Settled
from campaigns.rules.playbook.reading import is_same
from campaigns.rules.playbook.refused_amendments import (
    AmendmentNotPossible,
    AmendmentRefused,
    AmendmentStale,
    PlaybookVersionNotFound,
)
from campaigns.services.deadlines import extensions as services
from campaigns.services.launch import launch
from campaigns.services.log import audit
from campaigns.services.playbook import amendments
from campaigns.store import campaigns, events
from campaigns.store.deadlines import extensions
from campaigns.store.mail import messages
from campaigns.store.recognition import council
from campaigns.store.tables import campaign, campaign_playbook
from schemas.commands.deadlines import ExtendDeadline
from schemas.commands.launch import CreateCampaign
from schemas.commands.playbook import AmendPlaybook
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Stage
from tests.sealed import bare
from tests.world import CODE, DISTRICT, ZONE, World, short_playbook

LATER = {"closes": "2023-09-14T12:00:00"}


def with_dates(**stages: dict[str, str]) -> Playbook:
    """Return the playbook of the world with other dates of some stages."""
    dates = short_playbook().model_dump(mode="json")["calendar"]
    return short_playbook(
        calendar={stage: {**dates[stage], **moved} for stage, moved in stages.items()}
    )


MOVED = with_dates(nomination=LATER)


def amend(world: World, playbook: Playbook, **changes: Any) -> Done:
    values: dict[str, Any] = {"base_version": 1, "person_id": "mai", "reason": "Bão số 4"}
    command = AmendPlaybook(command_id=world.command_id(), **values | changes)
    return world.do(command, playbook)


def told(world: World) -> set[str]:
    return {row.recipient_id for row in world.read(messages.find, template="campaign-amended")}


def logged(world: World, name: str) -> list[dict[str, Any]]:
    def read(tx: Any) -> list[dict[str, Any]]:
        log = events.read(tx.connection, tx.campaign.id)
        return [bare(one.facts) for one in log if one.name == f"thidua.{name}"]

    return world.read(read)


def extend(world: World, until: str, unit_id: str | None = None) -> None:
    command = ExtendDeadline(
        command_id=world.command_id(),
        stage=Stage.NOMINATION,
        unit_id=unit_id,
        until=datetime.fromisoformat(until).replace(tzinfo=ZONE),
        reason="Mưa lũ",
        person_id="mai",
    )
    world.act(services.extend, command)


def announced(world: World) -> None:
    world.receive_nominations()
    world.act(launch.announce)


# --- Made ----------------------------------------------------------------------------------------


def test_amendment_is_in_force_at_once(world: World) -> None:
    assert amend(world, MOVED) == Done(changed=1)

    assert world.read(lambda tx: (tx.campaign.playbook_version, tx.playbook)) == (2, MOVED)


def test_amendment_moves_the_dates_of_the_stage(world: World) -> None:
    announced(world)
    amend(world, MOVED)

    stage = world.read(campaigns.get_stage, Stage.NOMINATION)
    assert stage.due_at == datetime(2023, 9, 14, 12, tzinfo=ZONE)
    assert logged(world, "stage.replanned") == [{"due_at": "2023-09-14T12:00:00+07:00"}]


def test_log_has_hashes_and_keys_and_not_the_reason(world: World) -> None:
    amend(world, MOVED)

    (facts,) = logged(world, "campaign.amended")
    (created,) = logged(world, "campaign.created")
    assert facts.pop("before") == created["playbook_hash"]
    assert len(facts.pop("playbook_hash")) == 64
    assert facts == {"version": 2, "paths": ["calendar.nomination.closes"], "person": "mai"}


def test_every_version_stays_readable_with_its_reason(world: World) -> None:
    amend(world, MOVED)

    assert is_same(world.read(amendments.version, 1), world.playbook)
    assert is_same(world.read(amendments.version), MOVED)
    history = world.read(amendments.history)
    assert [(one.version, one.reason, one.keys) for one in history] == [
        (1, "", ()),
        (2, "Bão số 4", ("calendar.nomination.closes",)),
    ]


def test_amendment_sent_twice_is_made_once(world: World) -> None:
    command = AmendPlaybook(command_id="same", base_version=1, person_id="mai", reason="Bão")
    first = world.do(command, MOVED)

    again = world.do(command, MOVED)
    assert again == first.model_copy(update={"repeated": True})
    assert world.count(campaign_playbook) == 2


def test_playbook_that_changes_nothing_is_no_amendment(world: World) -> None:
    assert amend(world, world.playbook) == Done(detail="same")
    assert world.count(campaign_playbook) == 1


def test_campaign_is_created_again_with_the_playbook_in_force(world: World) -> None:
    amend(world, MOVED)
    again = CreateCampaign(command_id="again", code=CODE)

    assert world.act(launch.create, again, MOVED) == Done(detail="exists")


# --- Told ----------------------------------------------------------------------------------------


def test_units_are_told_of_a_deadline_they_know(world: World) -> None:
    announced(world)
    amend(world, MOVED)

    assert told(world) == {"mai", "lan", "ban-dan-van-tinh-uy", "ba-tri", "an-thuy"}


def test_nobody_is_told_of_a_draft_that_changes(world: World) -> None:
    amend(world, MOVED)

    assert told(world) == set()


def test_units_that_were_told_nothing_yet_are_not_told_of_a_change(world: World) -> None:
    world.launch()
    amend(world, MOVED)

    assert told(world) == {"mai", "lan"}


def test_units_are_not_told_of_what_is_none_of_theirs(world: World) -> None:
    announced(world)
    amend(world, short_playbook(messages={"silent": ["stage-returned"]}))

    assert told(world) == {"mai", "lan"}


def test_council_is_told_of_a_session_that_moves(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    first, *others = world.playbook.model_dump(mode="json")["calendar"]["sessions"]
    moved = {**first, "starts": "2023-10-05T15:30:00"}
    assert amend(world, short_playbook(calendar={"sessions": [moved, *others]})).changed

    assert told(world) == {"mai", "hung", "lan", "tam", "thu"}
    session = world.read(council.sessions)[0]
    assert session.starts_at == datetime(2023, 10, 5, 15, 30, tzinfo=ZONE)


def test_unit_with_more_time_of_its_own_is_not_told_of_less(world: World) -> None:
    announced(world)
    extend(world, "2023-09-18T17:00", DISTRICT)
    amend(world, with_dates(nomination={"closes": "2023-09-15T18:00:00"}))
    assert told(world) == {"mai", "lan"} | {"ban-dan-van-tinh-uy", "an-thuy"}


def test_calendar_entries_move_on_with_extensions_and_amendments(world: World) -> None:
    announced(world)
    extend(world, "2023-09-18T17:00")
    amend(world, with_dates(nomination={"closes": "2023-09-19T17:00:00"}))

    moved = world.read(extensions.times_moved, Stage.NOMINATION, "work")
    assert moved == {None: 2}


# --- Refused -------------------------------------------------------------------------------------


def test_everything_settled_is_named_at_once_and_nothing_is_changed(world: World) -> None:
    announced(world)
    world.nominate("A")
    world.check_all()
    both = short_playbook(code="X-1", quota={"other": 9}, messages={"silent": ["stage-returned"]})

    with pytest.raises(AmendmentRefused) as refused:
        amend(world, both)

    assert refused.value.refused == {"code": Settled.ALWAYS, "quota.other": Settled.DECIDED}
    assert world.count(campaign_playbook) == 1


def test_second_of_two_coordinators_is_told_what_the_first_changed(world: World) -> None:
    amend(world, MOVED)

    with pytest.raises(AmendmentStale, match=r"version 2 .* version 1") as stale:
        amend(world, short_playbook(messages={"silent": ["x"]}), person_id="lan")
    assert stale.value.changed == ("calendar.nomination.closes",)


def test_version_that_never_was_is_refused(world: World) -> None:
    with pytest.raises(PlaybookVersionNotFound, match="versions are 1 to 1"):
        amend(world, MOVED, base_version=7)


def test_amendment_needs_a_reason(world: World) -> None:
    with pytest.raises(ReasonMissing):
        amend(world, MOVED, reason="  ")


def test_only_a_coordinator_amends(world: World) -> None:
    with pytest.raises(PersonNotAppointed):
        amend(world, MOVED, person_id="hung")


def test_closed_campaign_is_not_amended(world: World) -> None:
    def close(tx: Any) -> None:
        tx.connection.execute(update(campaign).values(state="closed"))

    world.act(close)

    with pytest.raises(AmendmentNotPossible, match="closed"):
        amend(world, MOVED)


# --- Looked at -----------------------------------------------------------------------------------


def test_proposal_says_what_it_touches_and_changes_nothing(world: World) -> None:
    announced(world)
    world.nominate("A")
    view = world.read(amendments.propose, MOVED)

    assert [(key.key, key.refused) for key in view.changes] == [
        ("calendar.nomination.closes", None)
    ]
    touched = dict(view.touched)
    assert touched["stages_replanned"] == 1
    assert touched["nominations"] == 1
    assert touched["people_told"] == 5
    assert world.count(campaign_playbook) == 1


# --- On record -----------------------------------------------------------------------------------


def test_log_of_an_amended_campaign_verifies(world: World) -> None:
    announced(world)
    amend(world, MOVED)

    assert world.read(audit.verify).intact


def test_version_changed_behind_the_log_is_named(world: World) -> None:
    amend(world, MOVED)

    def tamper(tx: Any) -> None:
        text = tx.connection.execute(
            select(campaign_playbook.c.snapshot).where(campaign_playbook.c.version == 1)
        ).scalar_one()
        tx.connection.execute(
            update(campaign_playbook)
            .where(campaign_playbook.c.version == 1)
            .values(snapshot=text.replace("Mô hình", "Mô hình khác"))
        )

    world.act(tamper)

    assert world.read(audit.verify).differing == ("playbook:1",)
