"""Nobody can tell two campaigns apart that differ only in results that were not released."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from campaigns.rules.lifecycle import Thing
from campaigns.services.appraisal import corrections
from campaigns.services.appraisal.reviews import appraise_batch, record_reviews, to_appraise
from campaigns.services.approvals import verdicts
from campaigns.services.launch import cancellation
from campaigns.services.mail import delivery
from campaigns.services.nomination import acts, checking
from campaigns.services.recognition import council, vote_corrections
from campaigns.services.registers.directory import Directory
from campaigns.services.replication.pledges import request_pledges
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from schemas.commands.appraisal import CorrectReviews
from schemas.commands.launch import CancelCampaign
from schemas.commands.mail import ReleaseMessages
from schemas.commands.nomination import ClearHold
from schemas.commands.recognition import (
    CorrectDecision,
    CorrectedResult,
    CorrectVotes,
    RevokeRecognition,
)
from schemas.imports import ScoreRow, VoteRow
from schemas.messages.outgoing import DeliveryOutcome
from schemas.vocabulary import Attendance, MessageState, Stage, Vote
from tests.databases import Database
from tests.two_worlds import DECIDERS, JUDGES, OUTSIDERS, Scene
from tests.world import World, votes

CODES = ("X", "Y")
Stager = Callable[..., Scene]


@pytest.fixture
def scene(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Stager]:
    """Make the two worlds; changes are to the playbook of both."""
    made: list[Scene] = []

    def make(**changes: Any) -> Scene:
        databases = []
        model = request.getfixturevalue("sqlite_database")
        for name in ("one", "other"):
            path = tmp_path / f"{name}.db"
            path.write_bytes(Path(str(model.open().url.database)).read_bytes())
            databases.append(Database("sqlite", f"sqlite:///{path}"))
        made.append(Scene(databases, tmp_path / "homes", **changes))
        return made[-1]

    yield make
    for each in made:
        each.close()


def same(scene: Scene, *persons: str) -> None:
    """Look at both worlds as these persons; they may not be told apart, and do differ."""
    assert "\n".join(scene.look(persons, CODES)) == ""
    assert scene.look(("mai",), CODES)  # who decides sees that they differ: the look can see


def received(world: World) -> None:
    world.receive_nominations()
    for rank, code in enumerate(("X", "Y", "Z"), start=1):
        world.nominate(code, rank=rank)


def checked(world: World, outcome: checking.Outcome = "eligible", *codes: str) -> None:
    """Let the rules decide as the forms say, and on X (or these) as the test does."""
    world.at("2023-09-15T17:00:00")
    ids = {code: record.id for code, record in world.read(nominations.by_code).items()}
    otherwise = codes or ("X",)
    world.act(checking.check_batch, [ids[code] for code in ids if code not in otherwise])
    commands = {word: command for command, word in checking._OUTCOMES.values()}

    def decide(tx: Transaction) -> None:
        for record in nominations.find(tx, ids=[ids[code] for code in otherwise]):
            change = Change(record.id, record.code, record.state)
            apply(tx, Thing.NOMINATION, commands[outcome], [change])
            checking._tell_outcome(tx, Directory(tx), record, outcome, ())

    world.act(decide)


def score(world: World, **low: int) -> None:
    world.open(Stage.APPRAISAL)
    rows = [
        ScoreRow(2, reviewer, code, line, low.get(code, points))
        for code in ("X", "Y", "Z")
        for reviewer in ("thu", "lan")
        for line, points in (("C1", 800), ("C5", 1650))
    ]
    world.act(record_reviews, rows)
    world.act(appraise_batch, world.read(to_appraise))


def judged(world: World) -> None:
    received(world)
    world.check_all()
    world.finish(Stage.NOMINATION)


def convened(world: World) -> None:
    world.finish(Stage.APPRAISAL)
    world.open(Stage.RECOGNITION)
    world.act(council.convene)


def sitting(world: World) -> None:
    judged(world)
    score(world)
    convened(world)


def release(world: World, template: str | None = None) -> None:
    command = ReleaseMessages(
        command_id=world.command_id(), person_id="mai", template=template, early=True
    )
    world.act(delivery.release, command)


def voted(world: World, *codes: str, **choices: Vote) -> None:
    for code in codes or ("X", "Y", "Z"):
        said = choices.get(code, Vote.YES)
        world.vote(*votes(code, said), VoteRow(9, code, 1, "sit", Attendance.PRESENT, said))


# --- What the rules came to -----------------------------------------------------------------------


def test_outcome_of_the_rules_is_nobodys_before_the_approval(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(received)
    it.secretly(checked, lambda world: checked(world, "ineligible"))

    same(it, *OUTSIDERS, *JUDGES)


def test_hold_is_nobodys_before_the_approval(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(received)
    it.secretly(checked, lambda world: checked(world, "on_hold"))

    same(it, *OUTSIDERS, *JUDGES)


def test_outcome_that_a_coordinator_is_to_release_waits_for_that(scene: Stager) -> None:
    held = ["nomination-checked", "result-announced"]
    it = scene(quota={"per_unit_kind": {"district": 3}}, messages={"held": held})
    it.both(received)
    it.secretly(checked, lambda world: checked(world, "ineligible"))
    it.both(lambda world: world.finish(Stage.NOMINATION))

    same(it, "binh", "nho", "obs")


# --- What the appraisal came to -------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["appraised", "approved", "convened", "voted", "signed"])
def test_cut_off_is_not_told_before_the_results(scene: Stager, moment: str) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}}, rubric={"minimum_total": 10})
    it.both(judged)
    it.secretly(score, lambda world: score(world, X=50))
    if moment == "approved":
        it.both(lambda world: world.finish(Stage.APPRAISAL))
    if moment in {"convened", "voted", "signed"}:
        it.both(convened)
    if moment in {"voted", "signed"}:
        it.secretly(voted, lambda world: voted(world, "Y", "Z"))
    if moment == "signed":
        it.both(World.decide)

    same(it, *OUTSIDERS)


# --- What the council came to ---------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["voted", "signed", "replicated", "cancelled"])
def test_vote_is_not_told_before_the_release(scene: Stager, moment: str) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(sitting)
    it.secretly(voted, lambda world: voted(world, X=Vote.NO))
    if moment != "voted":
        it.both(World.decide)
    if moment == "replicated":
        it.both(lambda world: world.open(Stage.REPLICATION))
        it.both(lambda world: world.act(request_pledges))
    if moment == "cancelled":
        it.both(cancelled)

    same(it, *OUTSIDERS, *JUDGES)


def cancelled(world: World) -> None:
    command = CancelCampaign(command_id="cancel", reason="Sáp nhập", person_id="hung")
    world.act(cancellation.cancel, command)


def test_cancelled_campaign_keeps_what_the_rules_came_to(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(received)
    it.secretly(checked, lambda world: checked(world, "ineligible"))
    it.both(cancelled)

    same(it, *OUTSIDERS, *JUDGES)


def roll(code: str, said: Vote) -> list[VoteRow]:
    return [*votes(code, said), VoteRow(9, code, 1, "sit", Attendance.PRESENT, said)]


def correct_roll(world: World, said: Vote) -> None:
    command = CorrectVotes(command_id="roll", reason="Kiểm phiếu lại", person_id="mai")
    world.act(vote_corrections.correct_votes, command, roll("X", said))


def test_corrected_roll_tells_nobody_what_was_voted(scene: Stager) -> None:
    """Every member is told that it was corrected; by whom and why, and no more."""
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(sitting)
    it.secretly(voted, lambda world: voted(world, X=Vote.NO))
    it.secretly(
        lambda world: correct_roll(world, Vote.NO), lambda world: correct_roll(world, Vote.YES)
    )

    same(it, *OUTSIDERS, *JUDGES)


def correct_score(world: World, points: int) -> None:
    command = CorrectReviews(command_id="score", reason="Nhập nhầm", person_id="mai")
    rows = [ScoreRow(2, "thu", "X", "C1", points), ScoreRow(3, "thu", "X", "C5", 1650)]
    world.act(corrections.correct_reviews, command, rows)


def test_corrected_review_is_told_to_its_reviewer_alone(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(judged)
    it.both(score)
    it.secretly(lambda world: correct_score(world, 50), lambda world: correct_score(world, 900))

    same(it, *OUTSIDERS, *JUDGES)


# --- What became of a result ----------------------------------------------------------------------


def told(world: World) -> None:
    sitting(world)
    voted(world)
    world.decide()
    release(world)
    mails = world.act(delivery.claim)
    sent = [DeliveryOutcome(message_id=one.message_id, state=MessageState.SENT) for one in mails]
    world.act(delivery.record, sent)


def correct(world: World, code: str) -> None:
    command = CorrectDecision(
        command_id=world.command_id(),
        person_id="mai",
        reason="Kiểm phiếu sai",
        results=(CorrectedResult(nomination_code=code, recognised=False),),
    )
    world.act(verdicts.correct_decision, command)
    for person in ("hung", "lan"):
        world.approve(Stage.RECOGNITION, person)


def revoke(world: World, code: str) -> None:
    command = RevokeRecognition(
        command_id=world.command_id(),
        nomination_code=code,
        reason="Số liệu sai",
        document="07-QĐ",
        person_id="hung",
    )
    world.act(acts.revoke, command)


def test_correction_is_not_told_before_its_release(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(told)
    it.secretly(lambda world: correct(world, "X"), lambda world: correct(world, "Y"))

    same(it, *OUTSIDERS, *JUDGES)


def test_revocation_is_not_told_before_its_release(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(told)
    it.secretly(lambda world: revoke(world, "X"), lambda world: revoke(world, "Y"))

    same(it, *OUTSIDERS, *JUDGES)


def test_cleared_hold_is_not_told_before_its_hold_is(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})

    it.both(received)
    it.both(lambda world: checked(world, "on_hold", "X", "Y"))
    it.secretly(lambda world: clear(world, "X"), lambda world: clear(world, "Y"))

    same(it, *OUTSIDERS, *JUDGES)


def clear(world: World, code: str) -> None:
    command = ClearHold(
        command_id="clear", nomination_code=code, reason="Đã kết luận", person_id="mai"
    )
    world.act(acts.clear_hold, command)


# --- What comes again ----------------------------------------------------------------------------


def same_again(scene: Scene, *persons: str) -> None:
    """Have these persons do each act again; the answers tell nothing of the worlds."""
    assert "\n".join(scene.look_at_repeats(persons, CODES[:1])) == ""
    assert scene.look(("mai",), CODES)  # the worlds do differ


def test_acts_that_come_again_tell_no_outcome_of_the_rules(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(received)
    it.secretly(checked, lambda world: checked(world, "ineligible"))

    same_again(it, "binh", "rev")


@pytest.mark.parametrize("is_signed", [False, True])
def test_acts_that_come_again_tell_no_vote(scene: Stager, is_signed: bool) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(sitting)
    it.secretly(voted, lambda world: voted(world, X=Vote.NO))
    if is_signed:
        it.both(World.decide)

    same_again(it, "binh", "rev")


def test_acts_that_come_again_tell_no_correction(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(told)
    it.secretly(lambda world: correct(world, "X"), lambda world: correct(world, "Y"))

    same_again(it, "binh", "rev")


# --- What is told is told -------------------------------------------------------------------------


def test_who_decides_sees_the_worlds_differ(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(sitting)
    it.secretly(voted, lambda world: voted(world, X=Vote.NO))

    assert all(it.look((who,), CODES) for who in DECIDERS)


def test_after_the_release_everybody_sees_it(scene: Stager) -> None:
    it = scene(quota={"per_unit_kind": {"district": 3}})
    it.both(sitting)
    it.secretly(voted, lambda world: voted(world, X=Vote.NO))
    it.both(World.decide)
    it.both(release)

    differing = it.look(("binh",), ("X",))
    assert any("/nominations/X" in one for one in differing)
