"""A campaign's log is a year ahead: nothing more is recorded, until a coordinator repairs it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.clock.errors import LogAhead, NothingAhead
from campaigns.services import clock
from campaigns.services.approvals import verdicts
from campaigns.services.deadlines import sweep
from campaigns.services.engine import turns
from campaigns.services.log import audit
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.store import campaigns
from campaigns.store.clock import ahead as log_ahead
from campaigns.store.commit import commit
from campaigns.store.engine import edges as outbox
from campaigns.store.mail import messages
from campaigns.store.tables import clock_repair as kept
from campaigns.store.tables import delegation, event
from campaigns.store.tables import outbox as edges
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.commands.clock import RepairClock
from schemas.commands.recognition import CorrectDecision, CorrectedResult
from schemas.messages.deadlines import DeadlineReminder
from schemas.vocabulary import MessageState, Stage, StageState
from tests.clocks import YEAR, a_year_ahead, command, dated_ahead, repair
from tests.databases import Database
from tests.world import CODE, ZONE, World, make_world, votes

REMINDER = DeadlineReminder.template


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    world.receive_nominations()
    world.nominate("A")
    yield world
    world.store.engine.dispose()


@pytest.fixture
def waiting(database: Database) -> Iterator[World]:
    """The campaign waits for the nominations of Ba Tri."""
    world = make_world(database)
    world.receive_nominations()
    yield world
    world.store.engine.dispose()


@pytest.fixture
def ahead(world: World) -> World:
    """One event is dated a year ahead."""
    dated_ahead(world)
    return world


def close(world: World) -> None:
    """Let the engine close the nomination: by its clock, the deadline has passed."""
    world.act(checking.check_batch, world.read(checking.ready_to_close))
    assert world.act(verdicts.request_if_done, Stage.NOMINATION).changed


def reminders(world: World) -> list[str]:
    found = world.read(messages.find, template=REMINDER)
    return [one.state for one in found]


# --- Until it is repaired ------------------------------------------------------------------------


def test_act_is_refused_and_stores_nothing(ahead: World):
    with pytest.raises(LogAhead, match="365 days ahead"):
        ahead.nominate("B", rank=2)

    assert ahead.read(lambda tx: tx.head().number) == ahead.read(
        lambda tx: tx.connection.execute(select(func.count()).select_from(event)).scalar_one()
    )


def test_no_mail_leaves(ahead: World):
    with pytest.raises(LogAhead):
        ahead.act(delivery.claim)


def test_time_is_that_of_the_clock(ahead: World):
    with ahead.store.reading(CODE) as tx:
        tx.head()
        assert tx.now == ahead.clock.time
    with ahead.store.writing("mai", CODE) as tx:
        assert tx.now == ahead.clock.time


def test_what_is_ahead_is_counted(ahead: World):
    found = ahead.read(log_ahead)

    assert found is not None
    assert found.by_name == {"thidua.test.noted": 1}
    assert found.first == ahead.read(lambda tx: tx.head().number)


# --- The repair ----------------------------------------------------------------------------------


def test_campaign_goes_on_from_the_present(ahead: World):
    repair(ahead)

    ahead.nominate("B", rank=2)

    last = ahead.read(lambda tx: tx.head().occurred_at)
    assert last == ahead.clock.time.replace(microsecond=0)
    assert ahead.read(audit.verify).intact


def test_repair_is_on_record(ahead: World):
    repair(ahead)

    with ahead.store.reading(CODE) as tx:
        row = tx.connection.execute(select(event).order_by(event.c.number.desc()).limit(1)).one()
    assert row.name == "thidua.clock.repaired"
    assert '"person":"mai"' in row.facts
    assert "sai năm" not in row.facts


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (command("thu"), PersonNotAppointed),
        (command(reason="  "), ReasonMissing),
    ],
)
def test_repair_is_a_coordinators_act_with_a_reason(
    ahead: World, wanted: RepairClock, error: type[Refusal]
):
    with pytest.raises(error):
        ahead.do(wanted)


def test_repair_of_what_is_right_is_refused(world: World):
    with pytest.raises(NothingAhead):
        world.do(command())


def test_second_fault_is_counted_from_the_first_repair(ahead: World):
    repair(ahead)
    a_year_ahead(ahead, lambda: ahead.act(lambda tx: tx.record("thidua.test.again", "x:y", {})))

    found = ahead.read(log_ahead)

    assert found is not None
    assert found.by_name == {"thidua.test.again": 1}


def test_log_that_runs_back_without_a_repair_is_found(ahead: World):
    def go_back(tx: Transaction) -> None:
        tx.goes_back = True
        tx.record("thidua.test.noted", "x:y", {})

    ahead.act(go_back)

    found = ahead.read(audit.verify)
    assert not found.intact
    assert "no repair says why" in found.reason


# --- What is to come -----------------------------------------------------------------------------


def test_timers_are_set_by_the_clock_again(world: World):
    def set_timers() -> None:
        world.act(turns.set_timer)
        world.act(lambda tx: tx.wake(outbox.CYCLE, tx.wall + timedelta(days=3)))
        world.act(lambda tx: tx.record("thidua.test.noted", "x:y", {}))

    a_year_ahead(world, set_timers)
    repair(world)

    with world.store.writing("system:relay") as tx:
        claimed = {one.topic for one in outbox.claim(tx, 50)}
    assert claimed == {outbox.CYCLE, outbox.SWEEP, outbox.DELIVER}
    with world.store.reading() as tx:
        late = select(func.count()).where(edges.c.available_at > world.clock.time)
        assert tx.connection.execute(late).scalar_one() == 0


def test_reminder_that_was_said_too_early_is_taken_back_and_said_in_time(waiting: World):
    waiting.at("2023-09-11T08:00:00")  # the deadline is on the 15th
    waiting.clock.time += timedelta(days=3)
    waiting.act(sweep.sweep)
    assert reminders(waiting) != []
    waiting.clock.time -= timedelta(days=3)
    repair(waiting)
    assert set(reminders(waiting)) == {MessageState.SUPERSEDED}

    waiting.at("2023-09-14T08:00:00")
    waiting.act(sweep.sweep)

    assert MessageState.QUEUED in reminders(waiting)


def test_reminder_said_before_the_fault_is_not_said_again(waiting: World):
    waiting.at("2023-09-12T08:00:00")
    waiting.act(sweep.sweep)
    said = len(reminders(waiting))
    assert said
    dated_ahead(waiting)
    waiting.clock.time += timedelta(hours=1)
    repair(waiting)
    after = len(reminders(waiting))

    waiting.act(sweep.sweep)

    assert len(reminders(waiting)) == after == said


def test_approval_that_was_asked_for_ahead_is_reminded_of_in_its_time(world: World) -> None:
    a_year_ahead(world, lambda: close(world))
    repair(world)
    due = world.read(campaigns.get_stage, Stage.NOMINATION).approval_due_at

    world.clock.time = due - timedelta(days=1)
    world.act(sweep.sweep)

    assert MessageState.QUEUED in reminders(world)


def test_stage_whose_closing_came_too_early_is_woken_in_its_time(waiting: World) -> None:
    a_year_ahead(waiting, lambda: waiting.act(sweep.sweep))
    dated_ahead(waiting)
    repair(waiting)
    settle(waiting)

    waiting.at("2023-09-15T17:00:01")
    waiting.act(sweep.sweep)

    assert outbox.CYCLE in {one.topic for one in claimed(waiting)}


def settle(world: World) -> None:
    """Say that the runs the repair asked for are done."""
    with world.store.writing("system:relay") as tx:
        tx.connection.execute(update(edges).values(settled_at=tx.wall, sent_at=tx.wall))
        commit(tx)


def claimed(world: World) -> list[outbox.Edge]:
    with world.store.writing("system:relay") as tx:
        return outbox.claim(tx, 50)


def test_run_created_ahead_can_be_missed(world: World) -> None:
    def create_runs() -> None:
        with world.store.writing("system:relay") as tx:
            outbox.mark_sent(tx, [one.id for one in outbox.claim(tx, 50)], "run-1")
            commit(tx)

    a_year_ahead(world, create_runs)
    dated_ahead(world)
    repair(world)

    sent = [one.sent_at for one in world.read(outbox.unsettled)]
    assert sent
    assert all(one is not None and one <= world.clock.time for one in sent)


def test_work_given_up_meanwhile_is_done_again(world: World) -> None:
    ids = [one.id for one in claimed(world)]
    dated_ahead(world)
    with world.store.writing("system:relay") as tx:
        outbox.bury(tx, ids, "the log is ahead")
        commit(tx)
    assert world.read(outbox.dead) != []

    repair(world)

    assert world.read(outbox.dead) == []


def test_stage_that_was_closed_too_early_is_named(world: World):
    a_year_ahead(world, lambda: close(world))
    repair(world)

    (found,) = world.read(clock.early)
    assert (found.stage, found.was) == (Stage.NOMINATION, "closed")
    assert found.due_at == datetime(2023, 9, 15, 17, tzinfo=ZONE)


def test_stage_that_is_returned_after_the_repair_takes_nominations_till_its_deadline(world: World):
    a_year_ahead(world, lambda: close(world))
    repair(world)
    world.send_back(Stage.NOMINATION, "hung")

    world.nominate("B", rank=2)

    stage = world.read(campaigns.get_stage, Stage.NOMINATION)
    assert stage.state == StageState.OPEN
    assert stage.due_at > world.clock.time


def test_mails_that_were_queued_ahead_leave(world: World):
    a_year_ahead(world, lambda: close(world))
    repair(world)

    assert world.act(delivery.claim)


def test_approval_of_a_correction_has_as_long_as_it_was_given(world: World):
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    wanted = CorrectDecision(
        command_id="fix",
        results=(CorrectedResult(nomination_code="A", recognised=False),),
        reason="Nhập nhầm",
        person_id="mai",
    )
    a_year_ahead(world, lambda: world.do(wanted))
    given = world.read(campaigns.get_stage, Stage.RECOGNITION).approval_due_at - (
        world.clock.time + YEAR
    )

    repair(world)

    stage = world.read(campaigns.get_stage, Stage.RECOGNITION)
    assert stage.approval_due_at - world.clock.time == pytest.approx(
        given, abs=timedelta(seconds=1)
    )
    assert world.read(audit.verify).intact


def test_delegation_rests_from_now_on(world: World):
    a_year_ahead(
        world,
        lambda: world.delegate("hung", "thu", "2023-02-01", "2025-12-01", person_id="mai"),
    )
    repair(world)

    with world.store.reading(CODE) as tx:
        (one,) = rests(tx)
    assert one <= world.clock.time + timedelta(hours=24)
    assert world.read(audit.verify).intact


def rests(tx: Transaction) -> list[datetime]:
    return list(tx.connection.execute(select(delegation.c.rests_until)).scalars())


def test_edited_reason_of_a_repair_is_seen(ahead: World):
    repair(ahead)
    with ahead.store.writing("mai") as tx:
        tx.connection.execute(update(kept).values(reason="khác"))
        commit(tx)

    assert not ahead.read(audit.verify).intact
