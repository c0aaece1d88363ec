"""From the council's votes to a signed decision, and results that wait for their release."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.mail.errors import MessagesNotReleasable
from campaigns.rules.recognition.errors import VoteContradicted, VoteCountImpossible
from campaigns.services.recognition import council as recognition
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council, decisions
from campaigns.store.recognition.council import TallyRow
from campaigns.store.registers import units
from campaigns.store.tables import ballot, event, number_series, participation
from campaigns.store.tables import recognition as recognition_table
from schemas.commands.mail import ReleaseMessages
from schemas.commands.recognition import CloseSession
from schemas.imports import UnitRow
from schemas.outcomes import Done
from schemas.vocabulary import Attendance, Stage, Vote
from tests.world import COMMUNE, DISTRICT, SINCE, World, votes


@pytest.fixture
def world(world: World) -> World:
    """The council sits, with A and B before it."""
    sit(world)
    return world


def sit(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")


def tally(world: World, code: str) -> TallyRow:
    record = world.read(nominations.by_code, [code])[code]
    return world.read(council.tallies)[record.id]


def results(world: World) -> list[tuple[str, str]]:
    rows = world.read(messages.find, template="result-announced")
    return [(row.about, row.state) for row in rows]


# --- Votes ---------------------------------------------------------------------------------------


def test_council_is_invited_once(world: World):
    again = world.act(recognition.convene)

    assert again == Done()
    invited = world.read(messages.find, template="council-invited")
    assert len(invited) == 4 * len(world.playbook.calendar.sessions)


def test_votes_are_tallied(world: World):
    world.vote(*votes("A"))

    found = tally(world, "A")
    assert (found.members, found.present, found.yes, found.blank) == (4, 4, 3, 1)
    assert (found.needed, found.denominator, found.passed) == (3, 4, True)


def test_yes_of_a_member_of_the_nominating_unit_is_stored_blank(world: World):
    """Tâm belongs to Ba Tri, which nominated: three yes and a blank, whatever he wrote."""
    world.vote(*votes("A"))

    with world.store.reading() as tx:
        stored = tx.connection.execute(select(ballot.c.choice)).scalars().all()
    assert sorted(stored) == ["blank", "yes", "yes", "yes"]


def test_no_of_a_member_of_the_nominating_unit_is_stored_blank(world: World):
    world.vote(*votes("A", tam=Vote.NO))

    assert (tally(world, "A").no, tally(world, "A").blank) == (0, 1)


def test_member_of_the_nominating_unit_is_noted_as_in_conflict(world: World):
    world.vote(*votes("A"))

    with world.store.reading() as tx:
        noted = tx.connection.execute(
            select(participation.c.member_id).where(participation.c.conflicted)
        ).scalars()
        assert list(noted) == ["tam"]


def test_member_in_conflict_does_not_shrink_the_denominator(world: World):
    world.vote(*votes("A", hung=Vote.NO))

    found = tally(world, "A")
    assert (found.yes, found.denominator, found.passed) == (2, 4, False)


def test_member_without_a_row_was_absent_when_the_session_is_closed(world: World):
    world.vote(*(row for row in votes("A") if row.member_id != "tam"), *votes("B"))
    close = CloseSession(command_id="close", session=1, person_id="mai")
    world.do(close)

    found = tally(world, "A")
    assert (found.members, found.present, found.yes) == (4, 3, 3)


def test_vote_without_quorum_does_not_pass(world: World):
    world.vote(*votes("A", absent=["tam"], written=["hung", "lan"]))

    found = tally(world, "A")
    assert (found.present, found.yes, found.passed) == (1, 3, False)


def test_written_ballot_is_counted_where_the_rule_has_them(world: World):
    world.vote(*votes("A", written=["lan"]))

    assert (tally(world, "A").written, tally(world, "A").yes) == (1, 3)


def test_written_ballot_is_dropped_where_the_rule_has_none(world_with):
    world: World = world_with(vote={"written": False})
    sit(world)

    world.vote(*votes("A", written=["lan"]))

    assert (tally(world, "A").written, tally(world, "A").yes, world.count(ballot)) == (1, 2, 3)


def test_votes_recorded_again_change_nothing(world: World):
    world.vote(*votes("A"))
    before = world.count(event)

    again = world.vote(*votes("A"))

    assert (again.changed, again.known, world.count(event)) == (0, 1, before)


def test_votes_of_more_people_than_the_council_has_are_refused(world: World):
    extra = votes("A")[0]._replace(member_id="mai")

    with pytest.raises(VoteCountImpossible):
        world.vote(*votes("A"), extra)

    assert world.count(ballot) == 0


def test_vote_on_a_nomination_that_is_not_before_the_council_is_refused(world_with):
    world: World = world_with()
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", registered=False)
    world.convene("A")

    with pytest.raises(TransitionNotAllowed, match="nomination B is ineligible: vote on"):
        world.vote(*votes("A"), *votes("B"))

    assert world.count(participation) == 0


def test_vote_after_the_decision_is_refused(world: World):
    world.vote(*votes("A"), *votes("B"))
    world.act(recognition.draft_decision)
    world.ask_approval(Stage.RECOGNITION)

    assert world.vote(*votes("A")).known == 1
    with pytest.raises(VoteContradicted, match="A: "):
        world.vote(*votes("A", hung=Vote.NO))


# --- Decision ------------------------------------------------------------------------------------


def test_decision_is_not_drafted_while_a_vote_is_missing(world: World):
    world.vote(*votes("A"))

    assert world.act(recognition.draft_decision) == Done()
    assert world.read(recognition.missing_votes) == 1


def test_decision_is_drafted_without_a_number(world: World):
    world.vote(*votes("A"), *votes("B"))
    world.act(recognition.draft_decision)

    draft = world.read(decisions.latest)
    assert draft is not None
    assert (draft.state, draft.symbol, world.count(number_series)) == ("drafted", None, 0)


def test_decision_is_drafted_once(world: World):
    world.vote(*votes("A"), *votes("B"))

    drafted = [world.act(recognition.draft_decision).changed for _ in range(2)]

    assert drafted == [1, 0]


def test_decision_has_no_number_after_the_first_of_two_signatures(world: World):
    world.vote(*votes("A"), *votes("B"))
    world.act(recognition.draft_decision)
    world.ask_approval(Stage.RECOGNITION)
    world.approve(Stage.RECOGNITION, "hung")

    assert world.count(number_series) == 0


def test_decision_gets_its_number_with_the_last_signature(world: World):
    world.vote(*votes("A"), *votes("B"))
    world.decide()

    signed = world.read(decisions.latest)
    assert signed is not None
    assert (signed.state, signed.symbol) == ("signed", "01-QĐ/BDVTU")
    assert signed.signed_at == world.clock.time


def test_signature_recognises_what_passed_and_declines_the_rest(world: World):
    world.vote(*votes("A"), *votes("B", hung=Vote.NO))
    world.decide()

    assert (world.state_of("A"), world.state_of("B")) == ("recognised", "not_recognised")


def test_decision_names_a_unit_as_on_its_date(world_with):
    """The commune is renamed between its nomination and the decision."""
    world: World = world_with()
    world.receive_nominations()
    world.nominate("A", unit_id=COMMUNE)
    world.convene("A")
    with world.store.writing("mai") as tx:
        from_october = UnitRow(
            id=COMMUNE, name="Xã Tân Thủy", kind="commune", valid_from=SINCE.replace(month=10)
        )
        units.save(tx, [from_october])
        commit(tx)
    world.vote(*votes("A"))
    world.decide()

    with world.store.reading() as tx:
        assert tx.connection.execute(select(recognition_table.c.unit_name)).scalars().all() == [
            "Xã Tân Thủy"
        ]


# --- Results -------------------------------------------------------------------------------------


def decided(world: World) -> None:
    world.vote(*votes("A"), *votes("B", hung=Vote.NO))
    world.decide()


def release(world: World, person_id: str = "mai", template: str | None = None) -> Done:
    command = ReleaseMessages(
        command_id=world.command_id(), person_id=person_id, template=template, early=True
    )
    return world.do(command)


def test_results_are_held(world: World):
    decided(world)

    assert results(world) == [("nomination:A", "held"), ("nomination:B", "held")]


def test_results_are_queued_when_a_coordinator_releases_them(world: World):
    decided(world)

    done = release(world)

    assert (done.changed, {state for _, state in results(world)}) == (2, {"queued"})


def test_results_are_not_released_by_others(world: World):
    decided(world)

    with pytest.raises(PersonNotAppointed):
        release(world, "hung")

    assert {state for _, state in results(world)} == {"held"}


def test_release_of_messages_that_an_approval_releases_is_refused(world: World):
    decided(world)

    with pytest.raises(MessagesNotReleasable, match="result-announced"):
        release(world, template="nomination-checked")


def test_results_are_told_to_who_nominated(world: World):
    decided(world)

    rows = world.read(messages.find, template="result-announced")
    assert {row.recipient_id for row in rows} == {"binh"}


def test_nominating_unit_of_the_world_is_that_of_tam(world: World):
    """What the tests of conflict rest on."""
    assert world.read(nominations.by_code)["A"].nominated_by_id == DISTRICT
    assert votes("A")[2][3:] == ("tam", Attendance.PRESENT, Vote.YES)
