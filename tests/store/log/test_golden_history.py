"""A campaign with everything that may happen beside its course comes to a whole, replayable log.

`tests/golden/history` keeps the log of each version of the program; those of earlier versions are
never written again, and `tests/unit/log/test_replay.py` replays all of them. To record those
of this one, under NAME and NAME-substitutes:

    THIDUA_TEST_RECORD_HISTORY=NAME \\
        .venv/bin/python -m pytest tests/store/log/test_golden_history.py
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from campaigns.rules.log.replay import replay
from campaigns.services.appraisal.reviews import appraise_batch, record_reviews, to_appraise
from campaigns.services.approvals import delegations, verdicts
from campaigns.services.deadlines import extensions
from campaigns.services.launch import closing, launch
from campaigns.services.log import audit
from campaigns.services.nomination import checking
from campaigns.services.playbook import amendments
from campaigns.services.recognition import council
from campaigns.services.replication import adoptions
from campaigns.store import events
from campaigns.store.transaction import Transaction
from schemas.commands.approvals import AskApprovalAgain, RevokeDelegation
from schemas.commands.deadlines import ExtendDeadline
from schemas.commands.playbook import AmendPlaybook
from schemas.imports import AdoptionRow, ScoreRow
from schemas.vocabulary import Stage, Vote
from tests.world import DISTRICT, ZONE, World, short_playbook, votes

HISTORIES: Final = Path(__file__).parents[2] / "golden" / "history"
RECORD: Final = os.environ.get("THIDUA_TEST_RECORD_HISTORY", "")


def amend(world: World, version: int, **changes: object) -> None:
    command = AmendPlaybook(
        command_id=f"amend-{version}", base_version=version, person_id="mai", reason="Bão số 4"
    )
    world.act(amendments.amend, command, short_playbook(**changes))


def judge(world: World, *codes: str) -> None:
    """Go on from the approved nomination stage to the sitting council."""
    world.open(Stage.APPRAISAL)
    scores = [
        ScoreRow(2, reviewer, code, line, points)
        for code in codes
        for reviewer in ("thu", "lan")
        for line, points in (("C1", 800), ("C5", 1650))
    ]
    world.act(record_reviews, scores)
    world.act(appraise_batch, world.read(to_appraise))
    world.finish(Stage.APPRAISAL)
    world.open(Stage.RECOGNITION)
    world.act(council.convene)


def replicate(world: World) -> None:
    """Go on from the signed decision to the end of the campaign."""
    world.open(Stage.REPLICATION)
    row = AdoptionRow(
        row=2,
        id="A-1",
        model_code="A",
        adopting_unit_id=DISTRICT,
        state="committed",
        committed_on=datetime(2023, 10, 16).date(),  # noqa: DTZ001 - a day
    )
    world.act(adoptions.record_adoptions, [row])
    world.at("2024-12-31T17:00:00")
    world.act(adoptions.sweep_follow_ups)
    world.finish(Stage.REPLICATION)
    world.act(closing.close_if_finished)


def play(world: World) -> None:
    """Go through a campaign that is amended twice and whose launch is returned once."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    world.send_back(Stage.LAUNCH, "hung")
    again = AskApprovalAgain(command_id="again", stage=Stage.LAUNCH, person_id="mai")
    world.act(verdicts.ask_again, again)
    world.approve(Stage.LAUNCH, "hung")
    world.act(launch.announce)
    later = {"opens": "2023-08-21T00:00:00", "closes": "2023-09-15T12:00:00"}
    calendar = {"nomination": {**later, "approval": "2023-09-21T16:00:00"}}
    amend(world, 1, calendar=calendar)
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.nominate("B", party_opinion=False, rank=3)
    world.nominate("C", rank=2)
    for unit, day in ((DISTRICT, 18), (None, 16)):
        extend = ExtendDeadline(
            command_id=f"extend-{day}",
            stage=Stage.NOMINATION,
            unit_id=unit,
            until=datetime(2023, 9, day, 17, tzinfo=ZONE),
            reason="Mưa lũ",
            person_id="mai",
        )
        world.act(extensions.extend, extend)
    amend(world, 2, calendar=calendar, messages={"silent": ["stage-returned"]})
    world.at("2023-09-18T17:00:01")
    world.act(checking.check_batch, world.read(checking.ready_to_close))
    world.finish(Stage.NOMINATION)
    judge(world, "A", "C")
    world.vote(*votes("A"))
    world.vote(*votes("C"))
    world.decide()
    replicate(world)


def play_with_substitutes(world: World) -> None:
    """Go through a campaign that a substitute approves, with one who abstains.

    Thu signs the launch for Hưng by a letter that is then revoked; Lan abstains from the nomination
    stage; the recognition takes two, and Thu is one of them by another letter.
    """
    world.delegate("hung", "thu", "2023-02-06", "2023-02-28", stage=Stage.LAUNCH)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    world.approve(Stage.LAUNCH, "thu", "Đồng ý")
    revoke = RevokeDelegation(command_id="revoke", delegation_id=1, person_id="hung")
    world.act(delegations.revoke, revoke)
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.nominate("B", rank=2)
    world.check_all()
    world.ask_approval(Stage.NOMINATION)
    world.abstain(Stage.NOMINATION, "lan")
    world.approve(Stage.NOMINATION, "hung")
    judge(world, "A", "B")
    world.vote(*votes("A"))
    world.vote(*votes("B", Vote.NO))
    world.act(council.draft_decision)
    world.ask_approval(Stage.RECOGNITION)
    today = f"{world.clock.time:%Y-%m-%d}"
    world.delegate("hung", "thu", today, "2023-12-31")
    world.approve(Stage.RECOGNITION, "lan")
    world.approve(Stage.RECOGNITION, "thu")
    replicate(world)


def replayed(world: World) -> dict[str, str]:
    """Replay the log, which is whole; record it if that was asked for."""
    assert world.read(audit.verify).intact

    def states(tx: Transaction) -> dict[str, str]:
        return replay(events.read(tx.connection, tx.campaign.id))

    return world.read(states)


def record(world: World, ending: str = "") -> None:
    if RECORD:
        lines = world.read(lambda tx: list(audit.lines(tx)))
        path = HISTORIES / f"{RECORD}{ending}.jsonl"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_campaign_with_amendments_ends_in_a_log_that_replays(world: World) -> None:
    play(world)

    assert replayed(world)["campaign:DVK-TEST"] == "closed"
    record(world)


def test_campaign_signed_by_substitutes_ends_in_a_log_that_replays(world: World) -> None:
    play_with_substitutes(world)

    states = replayed(world)
    assert (states["nomination:A"], states["nomination:B"]) == ("recognised", "not_recognised")
    assert (states["decision:1"], states["campaign:DVK-TEST"]) == ("signed", "closed")
    record(world, "-substitutes")
