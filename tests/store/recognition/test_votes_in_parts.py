"""Votes come in parts: added until the roll is whole, or a coordinator closes the session."""

from __future__ import annotations

import pytest

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.launch.errors import StageNotOpen
from campaigns.rules.recognition.errors import (
    SessionClosed,
    SessionNotClosable,
    SessionNotFound,
    VoteContradicted,
)
from campaigns.services.recognition import council as recognition
from campaigns.store import events
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.recognition.council import TallyRow
from campaigns.store.tables import event, session_closing
from schemas.commands.recognition import CloseSession
from schemas.imports import VoteRow
from schemas.outcomes import Done
from schemas.vocabulary import Vote
from tests.sealed import bare
from tests.world import World, votes


@pytest.fixture
def sitting(world: World) -> World:
    """The council of four sits, with A and B before it."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    return world


def of(code: str, *members: str, **other: Vote) -> list[VoteRow]:
    return [row for row in votes(code, **other) if row.member_id in members]


def tally_of(world: World, code: str) -> TallyRow | None:
    record = world.read(nominations.by_code, [code])[code]
    return world.read(council.tallies).get(record.id)


def close(world: World, number: int = 1, person: str = "mai", reason: str = "") -> Done:
    world.commands += 1
    command = CloseSession(
        command_id=f"close-{world.commands}", session=number, person_id=person, reason=reason
    )
    return world.do(command)


def test_first_part_waits_and_says_for_how_many(sitting: World) -> None:
    done = sitting.vote(*of("A", "hung"))

    [remark] = done.remarks
    assert (remark.code, remark.what, remark.count, remark.of) == ("roll_incomplete", "A", 3, 4)
    assert tally_of(sitting, "A") is None
    assert sitting.read(recognition.missing_votes) == 2


def test_second_part_completes_the_roll(sitting: World) -> None:
    sitting.vote(*of("A", "hung"))
    done = sitting.vote(*of("A", "lan", "thu", "tam"))

    found = tally_of(sitting, "A")
    assert (done.changed, done.remarks) == (1, ())
    assert found is not None
    assert (found.present, found.yes, found.blank, found.passed) == (4, 3, 1, True)


def test_whole_roll_after_a_part_adds_what_is_missing(sitting: World) -> None:
    """Five of fifteen came first, then all fifteen: the ten others count (new-user, 1)."""
    sitting.vote(*of("A", "hung", "lan"))
    done = sitting.vote(*votes("A"))

    found = tally_of(sitting, "A")
    assert done.changed == 1
    assert found is not None
    assert found.yes == 3


@pytest.mark.parametrize("again", ["hung", "lan", "tam", "thu"])
def test_vote_that_came_before_is_known(sitting: World, again: str) -> None:
    sitting.vote(*votes("A"))
    before = sitting.count(event)
    done = sitting.vote(*of("A", again))

    assert (done.changed, done.known, sitting.count(event)) == (0, 1, before)
    assert [one.code for one in done.remarks] == ["ballots_uncompared"]


@pytest.mark.parametrize(
    "rows",
    [
        of("A", "hung", hung=Vote.NO),
        of("A", "hung", hung=Vote.BLANK, lan=Vote.BLANK) + of("A", "lan", lan=Vote.BLANK),
        votes("A", Vote.NO),
        votes("A", hung=Vote.NO),
        votes("A", absent=["hung"]),
        votes("A", written=["hung"]),
        [row._replace(session=2) for row in votes("A")],
        [row._replace(session=2) for row in of("A", "hung")],
        [of("A", "hung")[0]._replace(member_id="mai")],
    ],
    ids=["no", "two-blank", "all", "one", "absent", "written", "session", "one-session", "further"],
)
def test_vote_that_says_otherwise_is_a_conflict(sitting: World, rows: list[VoteRow]) -> None:
    sitting.vote(*votes("A"))
    before, counted = sitting.count(event), tally_of(sitting, "A")

    with pytest.raises(VoteContradicted, match="A: "):
        sitting.vote(*rows)

    assert (sitting.count(event), tally_of(sitting, "A")) == (before, counted)


def test_conflict_on_one_nomination_stores_nothing_of_the_others(sitting: World) -> None:
    sitting.vote(*votes("A"))

    with pytest.raises(VoteContradicted):
        sitting.vote(*votes("A", Vote.NO), *votes("B"))

    assert tally_of(sitting, "B") is None


def test_one_nomination_in_two_sessions_at_once_is_a_conflict(sitting: World) -> None:
    rows = votes("A")

    with pytest.raises(VoteContradicted):
        sitting.vote(*rows[:2], *(row._replace(session=2) for row in rows[2:]))


# --- Closing -------------------------------------------------------------------------------------


def test_closed_session_is_counted_as_it_stands(sitting: World) -> None:
    sitting.vote(*of("A", "hung", "lan", "thu"), *votes("B"))
    done = close(sitting, reason="Tâm đi công tác")

    found = tally_of(sitting, "A")
    assert (done.changed, done.detail) == (2, "closed")
    assert found is not None
    assert (found.members, found.present, found.yes) == (4, 3, 3)
    assert sitting.read(recognition.missing_votes) == 0


def test_closing_is_on_record_with_who_and_how_many_were_missing(sitting: World) -> None:
    sitting.vote(*of("A", "hung", "lan", "thu"), *votes("B"))
    close(sitting)

    log = sitting.read(lambda tx: list(events.read(tx.connection, tx.campaign.id)))
    [last] = [one for one in log if one.name == "thidua.session.closed"]
    assert bare(last.facts) == {"person": "mai", "counted": 1, "missing": 1}


def test_session_closed_again_is_known(sitting: World) -> None:
    sitting.vote(*votes("A"), *votes("B"))
    close(sitting)
    again = close(sitting)

    assert (again.changed, again.known) == (0, 1)
    assert sitting.count(session_closing) == 1


def test_vote_in_a_closed_session_is_refused(sitting: World) -> None:
    sitting.vote(*votes("A"))
    close(sitting)

    with pytest.raises(SessionClosed):
        sitting.vote(*votes("B"))
    assert sitting.vote(*(row._replace(session=2) for row in votes("B"))).changed == 1


def test_last_session_stays_open_while_something_has_no_vote_at_all(sitting: World) -> None:
    sitting.vote(*votes("A"))
    numbers = [one.number for one in sitting.read(council.sessions)]
    for number in numbers[:-1]:
        close(sitting, number)

    with pytest.raises(SessionNotClosable, match="B"):
        close(sitting, numbers[-1])


@pytest.mark.parametrize("person", ["hung", "binh", "thu", "nobody"])
def test_session_is_closed_by_a_coordinator_alone(sitting: World, person: str) -> None:
    sitting.vote(*votes("A"), *votes("B"))

    with pytest.raises(PersonNotAppointed):
        close(sitting, person=person)


def test_session_that_is_not_planned_cannot_be_closed(sitting: World) -> None:
    with pytest.raises(SessionNotFound):
        close(sitting, 99)


def test_session_cannot_be_closed_before_the_council_sits(world: World) -> None:
    world.receive_nominations()

    with pytest.raises((StageNotOpen, SessionNotFound)):
        close(world)
