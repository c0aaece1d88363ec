"""Who replicates what was recognised: steps by their dates, follow-ups that never move."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.launch.errors import StageNotOpen
from campaigns.rules.replication.errors import AdoptionNotFound
from campaigns.services.launch import closing
from campaigns.services.mail import delivery
from campaigns.services.replication import adoptions as replication
from campaigns.services.replication import pledges
from campaigns.store import replication as adoptions
from campaigns.store.mail import messages
from campaigns.store.tables import event, follow_up
from schemas.commands.mail import ReleaseMessages
from schemas.imports import AdoptionRow
from schemas.vocabulary import Stage, Vote
from tests.world import COMMUNE, World, votes

COMMITTED = date(2023, 11, 1)


@pytest.fixture
def world(world: World) -> World:
    """A was recognised, B was not, and units are asked to replicate."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B", hung=Vote.NO))
    world.decide()
    world.open(Stage.REPLICATION)
    world.at("2023-11-01T08:00:00")
    command = ReleaseMessages(command_id="release", person_id="mai")
    world.act(delivery.release, command)
    return world


def row(code: str = "N1", **changes: Any) -> AdoptionRow:
    values: dict[str, Any] = {
        "row": 2,
        "id": code,
        "model_code": "A",
        "adopting_unit_id": COMMUNE,
        "state": "committed",
        "committed_on": COMMITTED,
    }
    return AdoptionRow(**(values | changes))


def adopt(world: World, *rows: AdoptionRow) -> int:
    return world.act(replication.record_adoptions, rows).changed


def state(world: World, code: str = "N1") -> str:
    return world.read(adoptions.by_code, [code])[code].state


def follow_ups(world: World) -> list[tuple[date, str]]:
    """Settle what is due by now; return due date and state of each follow-up."""
    world.act(replication.sweep_follow_ups)
    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(follow_up.c.due_on, follow_up.c.state).order_by(follow_up.c.due_on)
        )
        return [(one.due_on, one.state) for one in rows]


def asked(world: World) -> list[str]:
    return [one.about for one in world.read(messages.find, template="follow-up-due")]


# --- Pledges and adoptions -----------------------------------------------------------------------


def test_pledge_is_asked_of_communes_once(world: World):
    for _ in range(2):
        world.act(pledges.request_pledges)

    rows = world.read(messages.find, template="pledge-requested")
    assert [one.recipient_id for one in rows] == [COMMUNE]


def test_replication_is_committed_with_its_follow_ups(world: World):
    assert adopt(world, row()) == 1
    assert follow_ups(world) == [
        (date(2024, 2, 1), "open"),
        (date(2024, 5, 1), "open"),
        (date(2024, 11, 1), "open"),
    ]


def test_replication_recorded_again_changes_nothing(world: World):
    adopt(world, row())
    before = world.count(event)

    assert (adopt(world, row()), world.count(event)) == (0, before)


def test_replication_of_tomorrow_is_not_known_today(world: World):
    assert adopt(world, row(committed_on=date(2023, 11, 2))) == 0


def test_replication_of_what_was_not_recognised_is_refused(world: World):
    with pytest.raises(TransitionNotAllowed, match="nomination B is not_recognised: replicate"):
        adopt(world, row(model_code="B"))


def test_replication_before_its_stage_is_open_is_refused(world_with):
    world: World = world_with()
    world.launch()

    with pytest.raises(StageNotOpen, match="replication is pending: nobody can record adoptions"):
        adopt(world, row())


def test_copy_of_a_copy_is_a_generation_further(world: World):
    adopt(world, row("N3", parent_adoption_id="N2"), row("N2", parent_adoption_id="N1"), row("N1"))

    found = world.read(adoptions.by_code, ["N1", "N2", "N3"])
    assert [found[code].generation for code in ("N1", "N2", "N3")] == [1, 2, 3]


def test_copy_of_an_unknown_copy_is_refused(world: World):
    with pytest.raises(AdoptionNotFound, match="N9"):
        adopt(world, row("N1"), row("N2", parent_adoption_id="N9"))

    assert world.read(adoptions.by_code, ["N1"]) == {}


# --- Steps ---------------------------------------------------------------------------------------

WHOLE: dict[str, Any] = {
    "started_on": date(2023, 12, 1),
    "evidenced_on": date(2024, 2, 15),
    "sustained_on": date(2024, 10, 1),
}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-11-30", "committed"),
        ("2023-12-01", "started"),
        ("2024-02-14", "started"),
        ("2024-02-15", "evidenced"),
        ("2024-10-01", "sustained"),
    ],
)
def test_step_is_taken_on_its_date(world: World, day: str, expected: str):
    world.at(f"{day}T08:00:00")

    adopt(world, row(**WHOLE))

    assert state(world) == expected


def test_each_step_is_one_event(world: World):
    world.at("2024-12-01T08:00:00")
    adopt(world, row(**WHOLE))

    with world.store.reading() as tx:
        names = tx.connection.execute(
            select(event.c.name).where(event.c.subject == "adoption:N1").order_by(event.c.number)
        ).scalars()
        assert [name.rpartition(".")[2] for name in names] == [
            "committed",
            "started",
            "evidenced",
            "sustained",
        ]


def test_replication_is_abandoned_on_its_date(world: World):
    rows = row(started_on=date(2023, 12, 1), abandoned_on=date(2024, 1, 10))
    found = []
    for day in ("2024-01-09", "2024-01-10"):
        world.at(f"{day}T08:00:00")
        adopt(world, rows)
        found.append(state(world))

    assert found == ["started", "abandoned"]


# --- Follow-ups ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "expected"), [("2024-02-01", "open"), ("2024-02-02", "overdue")])
def test_follow_up_without_an_answer_is_overdue_the_day_after(
    world: World, day: str, expected: str
):
    adopt(world, row())
    world.at(f"{day}T08:00:00")

    assert follow_ups(world)[0] == (date(2024, 2, 1), expected)


def test_follow_up_is_answered_by_a_report(world: World):
    world.at("2023-12-01T08:00:00")
    adopt(world, row(started_on=date(2023, 12, 1)))

    assert follow_ups(world)[0] == (date(2024, 2, 1), "answered")


def test_follow_up_that_is_overdue_is_answered_late_and_keeps_its_date(world: World):
    adopt(world, row())
    world.at("2024-03-01T08:00:00")
    follow_ups(world)
    adopt(world, row(started_on=date(2024, 3, 1)))

    assert follow_ups(world)[0] == (date(2024, 2, 1), "answered")


def test_follow_ups_after_an_abandonment_are_dropped(world: World):
    world.at("2024-03-01T08:00:00")
    adopt(world, row(started_on=date(2023, 12, 1), abandoned_on=date(2024, 3, 1)))

    assert [one for _, one in follow_ups(world)] == ["answered", "dropped", "dropped"]


def test_follow_up_dates_never_move(world: World):
    adopt(world, row())
    before = [due for due, _ in follow_ups(world)]
    for day in ("2024-02-10", "2024-06-10", "2024-12-10"):
        world.at(f"{day}T08:00:00")
        adopt(world, row(started_on=date(2024, 6, 9)))
        follow_ups(world)

    assert [due for due, _ in follow_ups(world)] == before


def test_follow_up_is_asked_once_from_its_date_on(world: World):
    adopt(world, row())
    told = []
    for day in ("2024-01-31", "2024-02-01", "2024-02-05"):
        world.at(f"{day}T08:00:00")
        follow_ups(world)
        told.append(asked(world))

    assert told == [[], ["follow_up:N1/3"], ["follow_up:N1/3"]]


def test_sweep_with_nothing_due_changes_nothing(world: World):
    adopt(world, row())
    before = world.count(event)

    assert world.act(replication.sweep_follow_ups).changed == 0
    assert world.count(event) == before


# --- The end -------------------------------------------------------------------------------------


def test_campaign_is_closed_when_its_last_stage_is_approved(world: World):
    world.finish(Stage.REPLICATION)

    world.act(closing.close_if_finished)

    assert world.read(lambda tx: tx.campaign.state) == "closed"


def test_campaign_is_not_closed_before(world: World):
    world.act(closing.close_if_finished)

    assert world.read(lambda tx: tx.campaign.state) == "running"
