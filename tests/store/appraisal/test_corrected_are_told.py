"""Whoever gave a review or a vote learns by mail that somebody else has corrected it."""

from __future__ import annotations

import pytest

from campaigns.services.appraisal import corrections, reviews
from campaigns.services.recognition import vote_corrections
from campaigns.store.mail import messages
from campaigns.store.mail.messages import MessageRow
from notifications.writing.render import Renderer
from schemas.commands.appraisal import CorrectReviews
from schemas.commands.recognition import CorrectVotes
from schemas.imports import ScoreRow, VoteRow
from schemas.vocabulary import MessageState, Stage, Vote
from tests.world import World, votes

TEMPLATE = "judgement-corrected"


def review(reviewer: str, code: str, c1: int = 8, comment: str = "") -> list[ScoreRow]:
    return [
        ScoreRow(2, reviewer, code, "C1", c1 * 100, comment),
        ScoreRow(3, reviewer, code, "C5", 1650, ""),
    ]


def to_the_panel(world: World) -> None:
    """Thu has reviewed A and B, and Lan A; more is to come."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    world.act(reviews.record_reviews, review("thu", "A") + review("thu", "B") + review("lan", "A"))


def to_the_council(world: World) -> None:
    """All four members have voted on A and B."""
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B"))


@pytest.fixture
def panel(world: World) -> World:
    to_the_panel(world)
    return world


@pytest.fixture
def sitting(world: World) -> World:
    to_the_council(world)
    return world


def correct(world: World, *rows: ScoreRow, person: str = "mai") -> None:
    command = CorrectReviews(
        command_id=world.command_id(), reason="Nhập nhầm cột", person_id=person
    )
    world.act(corrections.correct_reviews, command, rows)


def correct_votes(world: World, *rows: VoteRow, person: str = "mai") -> None:
    command = CorrectVotes(command_id=world.command_id(), reason="Kiểm phiếu lại", person_id=person)
    world.act(vote_corrections.correct_votes, command, rows)


def mails(world: World) -> list[MessageRow]:
    return world.read(messages.find, template=TEMPLATE)


def told(world: World) -> list[str]:
    return sorted(one.recipient_id for one in mails(world))


def text_to(world: World, who: str) -> str:
    """Return what a person reads, as the real renderer writes it."""
    [row] = [one for one in mails(world) if one.recipient_id == who]
    found = world.read(messages.get, row.id)
    assert found is not None
    return found[1].text


@pytest.fixture
def rendered(world: World) -> World:
    """Have mails written as people read them."""
    world.store._renderer = Renderer()
    return world


# --- Reviews -------------------------------------------------------------------------------------


def test_reviewer_is_told_by_one_mail_an_act(panel: World) -> None:
    correct(panel, *review("thu", "A", 10), *review("thu", "B", 9))

    assert told(panel) == ["thu"]


def test_every_reviewer_concerned_is_told(panel: World) -> None:
    correct(panel, *review("thu", "A", 10), *review("lan", "A", 9))

    assert told(panel) == ["lan", "thu"]


def test_each_further_correction_is_told(panel: World) -> None:
    correct(panel, *review("thu", "A", 10))
    correct(panel, *review("thu", "A", 9))

    assert told(panel) == ["thu", "thu"]


def test_reviewer_who_corrects_is_not_told(panel: World) -> None:
    correct(panel, *review("thu", "A", 10), person="thu")

    assert told(panel) == []


def test_coordinator_who_corrects_their_own_too_is_not_told(panel: World) -> None:
    correct(panel, *review("lan", "A", 10), *review("thu", "A", 10), person="lan")

    assert told(panel) == ["thu"]


def test_correction_that_changes_nothing_is_told_to_nobody(panel: World) -> None:
    correct(panel, *review("thu", "A"))

    assert told(panel) == []


def test_reviewer_reads_who_why_and_what_it_says_now(rendered: World) -> None:
    to_the_panel(rendered)

    correct(rendered, *review("thu", "A", 10, "Rất mới"), *review("thu", "B"))

    text = text_to(rendered, "thu")
    assert "Mai (mai)" in text
    assert "Nhập nhầm cột" in text
    assert "8 → 10" in text
    assert "16,5 (không đổi)" in text
    assert "Nhận xét nay: Rất mới" in text
    assert ("A - Mô hình A" in text, "B - Mô hình B" in text) == (True, False)


# --- Votes ---------------------------------------------------------------------------------------


def test_everybody_of_the_roll_is_told_once(sitting: World) -> None:
    correct_votes(sitting, *votes("A", Vote.NO), *votes("B", thu=Vote.NO))

    assert told(sitting) == ["hung", "lan", "tam", "thu"]


def test_member_who_corrects_is_not_told(sitting: World) -> None:
    correct_votes(sitting, *votes("A", Vote.NO), person="lan")

    assert told(sitting) == ["hung", "tam", "thu"]


def test_member_who_is_put_down_as_absent_is_told(sitting: World) -> None:
    correct_votes(sitting, *votes("A", absent=("thu",)))

    assert "thu" in told(sitting)


def test_member_reads_which_roll_by_whom_and_why(rendered: World) -> None:
    to_the_council(rendered)

    correct_votes(rendered, *votes("A", Vote.NO), *votes("B"))

    text = text_to(rendered, "thu")
    assert "Mai (mai)" in text
    assert "Kiểm phiếu lại" in text
    assert ("A - Mô hình A" in text, "B - Mô hình B" in text) == (True, False)


def test_mail_about_votes_is_the_same_whatever_was_voted(rendered: World) -> None:
    """Neither what a member voted nor what the vote came to is in it."""
    to_the_council(rendered)

    correct_votes(rendered, *votes("A", thu=Vote.NO))
    first = text_to(rendered, "thu")
    correct_votes(rendered, *votes("A", Vote.BLANK))

    *_, row = (one for one in mails(rendered) if one.recipient_id == "thu")
    found = rendered.read(messages.get, row.id)
    assert found is not None
    assert found[1].text == first


# --- No playbook keeps it back -------------------------------------------------------------------


@pytest.mark.parametrize("kept", ["held", "silent"])
def test_playbook_that_keeps_it_back_is_not_heeded(world_with, kept: str) -> None:
    world = world_with(messages={kept: [TEMPLATE]})
    to_the_panel(world)

    correct(world, *review("thu", "A", 10))

    assert [one.state for one in mails(world)] == [MessageState.QUEUED]


def test_correction_that_comes_again_is_told_once(panel: World) -> None:
    command = CorrectReviews(command_id="once", reason="Nhầm", person_id="mai")
    for _ in range(2):
        panel.act(corrections.correct_reviews, command, review("thu", "A", 10))

    assert told(panel) == ["thu"]
