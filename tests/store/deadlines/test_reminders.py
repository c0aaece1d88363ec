"""Who still owes something is reminded: once per moment, never after it was done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from campaigns.services.appraisal import reviews
from campaigns.services.approvals import verdicts
from campaigns.services.deadlines import sweep
from campaigns.services.deadlines.owing import debts, matters
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.registers.directory import Directory
from campaigns.store import events
from campaigns.store.commit import commit
from campaigns.store.engine.timers import wake_by
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.tables import outbox
from schemas.imports import ScoreRow
from schemas.vocabulary import Stage
from tests.sealed import bare
from tests.world import BOARD, World, votes

REMINDER = "deadline-reminder"
DAY_BEFORE = "2023-09-14T08:00:00"


@pytest.fixture
def receiving(world: World) -> World:
    """Nominations are received; Ba Tri, for which Bình nominates, has sent none."""
    world.receive_nominations()
    return world


def sweep_at(world: World, local: str) -> int:
    world.at(local)
    with world.store.writing(sweep.ACTOR, "DVK-TEST") as tx:
        done = sweep.sweep(tx)
        commit(tx)
    return done.changed


def told(world: World, template: str = REMINDER, state: str = "queued") -> list[str]:
    rows = world.read(messages.find, template=template, states=[state])
    return [row.recipient_id for row in rows]


def timers(world: World) -> list[str]:
    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(outbox.c.available_at).where(
                outbox.c.topic == "sweep-deadlines",
                outbox.c.sent_at.is_(None),
                outbox.c.available_at > world.clock.time,
            )
        )
        zone = world.clock.time.tzinfo
        return [f"{row.available_at.astimezone(zone):%d/%m %H:%M}" for row in rows]


def review(reviewer: str, *codes: str) -> list[ScoreRow]:
    return [
        ScoreRow(2, reviewer, code, line, points)
        for code in codes
        for line, points in (("C1", 800), ("C5", 1650))
    ]


# --- Nominations ---------------------------------------------------------------------------------


def test_unit_that_sent_nothing_is_reminded(receiving: World):
    sweep_at(receiving, DAY_BEFORE)

    assert told(receiving) == ["binh"]


def test_nobody_is_reminded_before_the_first_moment(receiving: World):
    sweep_at(receiving, "2023-09-06T07:59:59")

    assert told(receiving) == []


def test_unit_is_reminded_once_at_each_moment(receiving: World):
    for _ in range(3):
        sweep_at(receiving, "2023-09-06T08:00:00")
    sweep_at(receiving, DAY_BEFORE)
    sweep_at(receiving, "2023-09-14T17:00:00")

    assert told(receiving) == ["binh"] * 2


def test_sweep_after_a_week_without_one_sends_only_the_last_reminder(receiving: World):
    sweep_at(receiving, "2023-09-14T09:30:00")

    assert told(receiving) == ["binh"]


def test_unit_that_sent_something_is_not_reminded(receiving: World):
    receiving.nominate("A")

    sweep_at(receiving, DAY_BEFORE)

    assert told(receiving) == []


def test_unit_whose_nomination_was_returned_is_reminded_of_that(receiving: World):
    receiving.nominate("A", party_opinion=False)
    ids = receiving.read(nominations.ids_in, ["submitted"])
    receiving.act(checking.return_incomplete, ids)

    sweep_at(receiving, DAY_BEFORE)

    rows = receiving.read(messages.find, template=REMINDER)
    assert [(row.recipient_id, row.about) for row in rows] == [
        ("binh", "deadline:nomination/corrections@2023-09-15T10:00:00Z")
    ]


def test_unit_that_corrected_its_nomination_is_not_reminded(receiving: World):
    receiving.nominate("A", party_opinion=False)
    receiving.act(checking.return_incomplete, receiving.read(nominations.ids_in, ["submitted"]))
    receiving.nominate("A")

    sweep_at(receiving, DAY_BEFORE)

    assert told(receiving) == []


@pytest.mark.parametrize("late", ["2023-09-15T20:00:00", "2023-09-18T08:00:00"])
def test_unit_that_is_too_late_is_not_reminded(receiving: World, late: str):
    sweep_at(receiving, late)

    assert told(receiving) == []


def test_hidden_grace_is_not_betrayed_by_a_reminder(world_with: Any):
    world = world_with(late={"grace_minutes": 7 * 24 * 60})
    world.receive_nominations()

    sweep_at(world, "2023-09-18T08:00:00")

    assert told(world) == []


def test_reminder_that_has_not_left_is_taken_back_when_it_is_done(receiving: World):
    sweep_at(receiving, DAY_BEFORE)
    receiving.nominate("A")

    sweep_at(receiving, "2023-09-14T08:05:00")

    assert (told(receiving), told(receiving, state="superseded")) == ([], ["binh"])


def test_reminder_of_what_is_done_is_not_wanted_any_more(receiving: World):
    sweep_at(receiving, DAY_BEFORE)
    rows = receiving.read(messages.find, states=["queued"])
    before = receiving.read(sweep.still_owed, rows)

    receiving.nominate("A")

    reminding = {row.id for row in rows if row.template == REMINDER}
    assert before == {row.id for row in rows}
    assert receiving.read(sweep.still_owed, rows) == before - reminding


def test_reminder_of_what_is_done_does_not_leave(receiving: World):
    sweep_at(receiving, DAY_BEFORE)
    receiving.nominate("A")

    mails = receiving.act(delivery.claim)

    assert REMINDER not in {mail.template for mail in mails}
    assert told(receiving, state="superseded") == ["binh"]


def test_stage_that_is_silent_reminds_nobody(world_with: Any):
    world = world_with(reminders={"silent": ["nomination"]})
    world.receive_nominations()

    sweep_at(world, DAY_BEFORE)

    assert told(world) == []


# --- Reviews and votes ---------------------------------------------------------------------------


@pytest.fixture
def appraising(world: World) -> World:
    """A of Ba Tri waits for two reviews; Tâm belongs to Ba Tri."""
    world.receive_nominations()
    world.nominate("A")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    return world


def test_reviewers_who_owe_a_review_are_reminded(appraising: World):
    sweep_at(appraising, "2023-09-28T08:00:00")

    assert told(appraising) == ["lan", "thu"]


def test_reviewer_who_gave_theirs_is_not_reminded(appraising: World):
    appraising.act(reviews.record_reviews, review("thu", "A"))

    sweep_at(appraising, "2023-09-28T08:00:00")

    assert told(appraising) == ["lan"]


def test_superiors_are_told_on_the_day_after(appraising: World):
    sweep_at(appraising, "2023-10-02T08:00:00")

    assert told(appraising, "deadline-escalated") == ["hung"]


def test_superior_is_told_once(appraising: World):
    sweep_at(appraising, "2023-10-02T08:00:00")
    sweep_at(appraising, "2023-10-03T08:00:00")

    assert told(appraising, "deadline-escalated") == ["hung"]


def test_reminders_stop_and_coordinators_are_told(appraising: World):
    for day in range(1, 20):
        sweep_at(appraising, f"2023-10-{day:02}T08:00:00")

    assert told(appraising) == ["lan", "thu"] * 2  # on the first and second day after
    assert told(appraising, "reminders-stopped") == ["lan", "mai"]


def test_late_first_sweep_escalates_and_stops_at_once(appraising: World):
    sweep_at(appraising, "2023-10-10T08:00:00")

    assert told(appraising) == []
    assert told(appraising, "deadline-escalated") == ["hung"]
    assert told(appraising, "reminders-stopped") == ["lan", "mai"]


def test_escalation_is_not_wanted_once_everything_is_done(appraising: World):
    sweep_at(appraising, "2023-10-02T08:00:00")
    rows = appraising.read(messages.find, template="deadline-escalated")

    appraising.act(reviews.record_reviews, review("thu", "A") + review("lan", "A"))

    assert appraising.read(sweep.still_owed, rows) == set()


def test_council_and_coordinators_are_reminded_of_missing_votes(world: World):
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")

    sweep_at(world, "2023-10-05T08:00:00")

    assert told(world) == ["hung", "lan", "mai", "tam", "thu"]


def test_nobody_is_reminded_of_votes_that_were_cast(world: World):
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))

    sweep_at(world, "2023-10-05T08:00:00")

    assert told(world) == []


# --- Approvals -----------------------------------------------------------------------------------


@pytest.fixture
def awaiting(world: World) -> World:
    """The decision waits for two signatures, due on 9 October 2023."""
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))
    world.act(council.draft_decision)
    world.ask_approval(Stage.RECOGNITION)
    return world


def test_approvers_who_have_not_signed_are_reminded(awaiting: World):
    due_at = awaiting.read(matters)[0].due_at
    awaiting.approve(Stage.RECOGNITION, "hung")
    day = (due_at + timedelta(days=7)).date()

    sweep_at(awaiting, f"{day}T08:00:00")
    rows = awaiting.read(messages.find, template="reminders-stopped")

    assert [row.recipient_id for row in rows] == ["lan", "mai"]
    assert told(awaiting, "deadline-escalated") == ["hung"]


def test_approval_asked_for_after_its_date_is_reminded_of_from_then(awaiting: World):
    matter = awaiting.read(matters)[0]
    day = matter.since.date() + timedelta(days=3)

    sweep_at(awaiting, f"{day}T08:00:00")

    assert set(told(awaiting)) <= {"hung", "lan"}
    assert matter.counted_from >= matter.due_at


def test_days_of_an_approval_asked_for_too_late_begin_when_it_is_asked_for(world: World):
    world.receive_nominations()
    world.check_all()
    world.at("2023-10-02T09:00:00")  # its approval was due on 21 September
    world.act(verdicts.request_if_done, Stage.NOMINATION)

    sweep_at(world, "2023-10-03T08:00:00")

    assert told(world) == ["hung", "lan"]


def test_nobody_is_reminded_of_an_approval_that_was_given(awaiting: World):
    for person in ("hung", "lan"):
        awaiting.approve(Stage.RECOGNITION, person)

    sweep_at(awaiting, "2023-10-12T08:00:00")

    assert told(awaiting) == []


def test_coordinators_are_reminded_of_a_returned_stage(awaiting: World):
    awaiting.send_back(Stage.RECOGNITION, "hung")
    [matter] = awaiting.read(matters)

    assert matter.what == "correction"
    with awaiting.store.reading("DVK-TEST") as tx:
        owed = debts(tx, Directory(tx), matter)
    assert [debt.to.id for debt in owed] == ["lan", "mai"]


# --- Superiors -----------------------------------------------------------------------------------


def test_units_superior_is_its_parent(world_with: Any):
    world = world_with(late={"policy": "accept_and_flag", "accept_days": 9})
    world.receive_nominations()

    sweep_at(world, "2023-09-18T08:00:00")

    assert told(world) == ["binh"]
    assert told(world, "deadline-escalated") == [BOARD]


# --- Timers --------------------------------------------------------------------------------------


def test_sweep_sets_a_timer_for_the_next_moment(receiving: World):
    sweep_at(receiving, "2023-08-21T00:00:00")

    assert timers(receiving) == ["06/09 08:00"]


def test_sweep_done_again_sets_no_second_timer(receiving: World):
    for _ in range(3):
        sweep_at(receiving, "2023-08-21T00:00:00")

    assert timers(receiving) == ["06/09 08:00"]


def test_sweep_sets_the_timer_anew_after_each_moment(receiving: World):
    sweep_at(receiving, "2023-09-06T08:00:00")

    assert timers(receiving) == ["12/09 08:00"]


def test_timer_is_set_earlier_where_something_comes_sooner(receiving: World):
    sweep_at(receiving, "2023-08-21T00:00:00")
    with receiving.store.writing(sweep.ACTOR, "DVK-TEST") as tx:
        sooner = receiving.clock.time + timedelta(days=1)
        wake_by(tx, "sweep-deadlines", sooner)
        commit(tx)

    assert timers(receiving) == ["22/08 00:00"]


def test_event_counts_and_names_nobody(receiving: World):
    sweep_at(receiving, DAY_BEFORE)

    found = receiving.read(lambda tx: list(events.read(tx.connection, tx.campaign.id)))
    [reminded] = [one for one in found if one.name == "thidua.deadline.reminded"]
    assert bare(reminded.facts) == {
        "what": "nominations",
        "due": "2023-09-15T10:00:00+00:00",
        "count": 1,
    }
