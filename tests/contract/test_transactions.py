"""One change is one transaction: state, event, messages and outbox rows, or nothing at all."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from campaigns.rules.errors import CommandIdReused, StateStale, TransitionNotAllowed
from campaigns.rules.launch.errors import CampaignNotFound
from campaigns.rules.lifecycle import Thing
from campaigns.services.registers.directory import Directory
from campaigns.store import campaigns
from campaigns.store.commit import commit, flush
from campaigns.store.engine import edges as outbox
from campaigns.store.nomination import nominations
from campaigns.store.tables import event, message, nomination, processed_command
from campaigns.store.tables import outbox as outbox_table
from campaigns.store.transaction import ENGINE, Transaction
from campaigns.store.transitions import Change, apply
from schemas.messages.replication import PledgeRequested
from schemas.outcomes import Done
from schemas.vocabulary import Stage
from tests.world import CODE, DISTRICT, World

LATER = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def world(world: World) -> World:
    """Nominations are received, and A and B have come."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    return world


def change_of(tx: Transaction, code: str) -> Change:
    record = nominations.by_code(tx, [code])[code]
    return Change(record.id, record.code, record.state)


def endorse(tx: Transaction, code: str) -> None:
    apply(tx, Thing.NOMINATION, "endorse", [change_of(tx, code)])


def ask_pledge(tx: Transaction, cause: int = 1) -> None:
    directory = Directory(tx)
    recipient = directory.to_unit(directory.unit(DISTRICT))
    payload = PledgeRequested(**directory.heading(recipient), recognised=1, places=(), until=LATER)
    tx.notify(recipient, payload, about="stage:replication", cause=cause)


def counts(world: World) -> tuple[int, ...]:
    tables = (event, message, outbox_table, processed_command)
    return tuple(world.count(table) for table in tables)


def edges(world: World) -> list[tuple[str, str]]:
    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(outbox_table.c.topic, outbox_table.c.key).order_by(outbox_table.c.id)
        )
        return [(row.topic, row.key) for row in rows]


# --- Commit or nothing ---------------------------------------------------------------------------


def test_transaction_without_commit_leaves_nothing(world: World):
    before = counts(world)

    with world.store.writing("mai", CODE) as tx:
        endorse(tx, "A")
        ask_pledge(tx)
        tx.wake("deliver-notifications")
        tx.once("endorse-a", "Endorse", Done, Done)
        flush(tx)

    assert counts(world) == before
    assert world.state_of("A") == "submitted"


def test_transaction_that_fails_leaves_nothing(world: World):
    before = counts(world)

    def fail(tx: Transaction) -> None:
        endorse(tx, "A")
        flush(tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        world.act(fail)

    assert counts(world) == before
    assert world.state_of("A") == "submitted"


def test_writing_for_an_unknown_campaign_names_those_there_are(world: World):
    with (
        pytest.raises(CampaignNotFound, match=f"Campaigns here: {CODE}"),
        world.store.writing("mai", "DVK-0"),
    ):
        pass


# --- Compare and set -----------------------------------------------------------------------------


def test_transition_raises_the_version_by_one(world: World):
    before = world.read(nominations.by_code)["A"].version

    world.act(endorse, "A")

    assert world.read(nominations.by_code)["A"].version == before + 1


def test_transition_of_a_row_that_somebody_changed_is_stale(world: World):
    read = world.read(change_of, "A")
    world.act(endorse, "A")

    with pytest.raises(StateStale, match="nothing was stored"):
        world.act(lambda tx: apply(tx, Thing.NOMINATION, "return", [read]))

    assert world.state_of("A") == "endorsed"


def test_stale_batch_leaves_its_other_rows_as_they_were(world: World):
    read = [world.read(change_of, code) for code in ("A", "B")]
    world.act(endorse, "B")
    before = counts(world)

    with pytest.raises(StateStale):
        world.act(lambda tx: apply(tx, Thing.NOMINATION, "return", read))

    assert (world.state_of("A"), counts(world)) == ("submitted", before)


def test_transition_of_a_row_that_is_gone_is_stale(world: World):
    with pytest.raises(StateStale):
        world.act(lambda tx: apply(tx, Thing.NOMINATION, "return", [Change(999, "Z", "submitted")]))


def test_batch_with_a_transition_that_is_not_allowed_stores_nothing(world: World):
    world.act(lambda tx: apply(tx, Thing.NOMINATION, "withdraw", [change_of(tx, "B")]))
    before = counts(world)

    with pytest.raises(TransitionNotAllowed, match="nomination B is withdrawn"):
        world.act(
            lambda tx: apply(
                tx, Thing.NOMINATION, "return", [change_of(tx, "A"), change_of(tx, "B")]
            )
        )

    assert (world.state_of("A"), counts(world)) == ("submitted", before)


def test_transition_of_more_rows_than_one_query_takes(world: World):
    """2,500 rows move, each once, in parts."""
    with world.store.writing("mai", CODE) as tx:
        first = tx.connection.execute(select(nomination)).first()
        assert first is not None
        row = {key: value for key, value in first._asdict().items() if key != "id"}
        tx.connection.execute(
            nomination.insert(), [{**row, "code": f"N{number:04}"} for number in range(2_500)]
        )
        commit(tx)
    ids = world.read(nominations.ids_in, ["submitted"])

    def endorse_all(tx: Transaction) -> None:
        records = nominations.find(tx, ids=ids)
        apply(tx, Thing.NOMINATION, "endorse", [Change(r.id, r.code, r.state) for r in records])

    world.act(endorse_all)

    assert world.read(nominations.count_by_state) == {"endorsed": 2_502}


# --- Commands ------------------------------------------------------------------------------------


def test_command_carried_out_twice_returns_the_stored_result(world: World):
    first = world.act(lambda tx: tx.once("c-1", "Count", Done, lambda: Done(changed=7)))

    second = world.act(lambda tx: tx.once("c-1", "Count", Done, lambda: Done(changed=8)))

    assert (first, second) == ((Done(changed=7), False), (Done(changed=7, repeated=True), True))


def test_command_that_failed_may_be_sent_again(world: World):
    def fail() -> Done:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        world.act(lambda tx: tx.once("c-1", "Count", Done, fail))

    assert world.act(lambda tx: tx.once("c-1", "Count", Done, Done)) == (Done(), False)


def test_command_with_the_id_of_another_kind_is_refused(world: World):
    world.act(lambda tx: tx.once("c-1", "ReturnStage", Done, Done))

    with pytest.raises(CommandIdReused, match="belongs to a ReturnStage"):
        world.act(lambda tx: tx.once("c-1", "ApproveStage", Done, Done))


def test_command_that_comes_while_it_is_carried_out_waits_for_its_result(world: World):
    """Two imports of one register at the same moment, which belong to no campaign."""
    in_the_midst = threading.Event()
    results: list[tuple[Done, bool]] = []

    def act() -> Done:
        in_the_midst.set()
        return Done(changed=2)

    def second() -> None:
        with world.store.writing("lan") as tx:
            results.append(tx.once("import-1", "Import units", Done, act))
            commit(tx)

    thread = threading.Thread(target=second)
    with world.store.writing("mai") as tx:
        tx.once("import-1", "Import units", Done, lambda: Done(changed=1))
        thread.start()
        assert not in_the_midst.wait(0.15)
        commit(tx)
    thread.join()

    assert results == [(Done(changed=1, repeated=True), True)]


# --- Outbox --------------------------------------------------------------------------------------


def test_act_of_a_person_wakes_the_cycle_with_its_event(world: World):
    with world.store.writing("mai", CODE) as tx:
        number = tx.record("thidua.unit.told", "unit:1", {})
        commit(tx)

    assert edges(world)[-1] == (outbox.CYCLE, f"campaign:{CODE}:e{number}:campaign-cycle")


def test_act_of_the_engine_wakes_no_cycle(world: World):
    before = edges(world)

    with world.store.writing(ENGINE, CODE) as tx:
        tx.record("thidua.unit.told", "unit:1", {})
        commit(tx)

    assert edges(world) == before


def test_topic_woken_twice_in_one_change_is_one_edge(world: World):
    before = len(edges(world))

    with world.store.writing("mai", CODE) as tx:
        tx.record("thidua.unit.told", "unit:1", {})
        flush(tx)
        tx.record("thidua.unit.told", "unit:2", {})
        commit(tx)

    assert len(edges(world)) == before + 1


def test_topic_woken_twice_runs_at_the_earlier_time(world: World):
    with world.store.writing(ENGINE, CODE) as tx:
        tx.wake("campaign-cycle", LATER)
        tx.wake("campaign-cycle", LATER - timedelta(days=9))
        tx.wake("campaign-cycle", LATER)
        commit(tx)

    with world.store.reading() as tx:
        rows = tx.connection.execute(
            select(outbox_table.c.available_at).order_by(outbox_table.c.id.desc())
        ).scalars()
        assert rows.first() == LATER - timedelta(days=9)


def test_messages_without_an_event_get_an_edge_though_the_last_one_is_sent(world: World):
    """Only messages were queued, so the event number is that of the edge that has run already."""
    world.act(ask_pledge, 1)
    with world.store.writing(ENGINE) as tx:
        tx.connection.execute(update(outbox_table).values(sent_at=LATER))
        commit(tx)

    world.act(ask_pledge, 2)

    with world.store.reading() as tx:
        unsent = select(outbox_table.c.topic).where(outbox_table.c.sent_at.is_(None))
        assert list(tx.connection.execute(unsent).scalars()) == [outbox.DELIVER]


def test_outbox_keys_are_unique(world: World):
    for cause in (1, 2, 3):
        world.act(ask_pledge, cause)

    keys = [key for _, key in edges(world)]
    assert len(set(keys)) == len(keys)


# --- One writer of a campaign at a time ----------------------------------------------------------


def test_events_of_many_threads_form_one_chain(world: World):
    before = world.count(event)

    def write() -> None:
        for _ in range(10):
            with world.store.writing("mai", CODE) as tx:
                tx.record("thidua.unit.told", "unit:1", {})
                commit(tx)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert world.count(event) == before + 40


def test_writer_sees_what_the_writer_before_it_committed(world: World):
    """The second one waits at the door, and reads only after it was let in."""
    opened = threading.Event()
    seen: list[str] = []

    def second() -> None:
        opened.wait()
        with world.store.writing("lan", CODE) as tx:
            seen.append(nominations.by_code(tx, ["A"])["A"].state)

    thread = threading.Thread(target=second)
    thread.start()
    with world.store.writing("mai", CODE) as tx:
        opened.set()
        endorse(tx, "A")
        commit(tx)
    thread.join()

    assert seen == ["endorsed"]


def test_reader_does_not_wait_for_a_writer(world: World):
    with world.store.writing("mai", CODE) as tx:
        endorse(tx, "A")

        assert world.state_of("A") == "submitted"


def test_writer_does_not_wait_for_a_reader(world: World):
    with world.store.reading(CODE) as tx:
        tx.head()
        world.act(
            lambda writer: apply(writer, Thing.NOMINATION, "endorse", [change_of(writer, "A")])
        )

    assert world.state_of("A") == "endorsed"


def test_reader_sees_one_moment_though_somebody_writes(world: World):
    with world.store.reading(CODE) as tx:
        before = campaigns.get_stage(tx, Stage.NOMINATION).state
        world.at("2023-09-16T08:00:00")
        world.check_all()
        world.finish(Stage.NOMINATION)

        assert campaigns.get_stage(tx, Stage.NOMINATION).state == before
