"""A campaign with everything that may happen beside its course comes to a whole, replayable log.

`tests/golden/history` keeps the log of each version of the program; those of earlier versions are
never written again, and `tests/unit/rules/test_replay.py` replays all of them. To record this one:

    THIDUA_TEST_RECORD_HISTORY=NAME .venv/bin/python -m pytest tests/store/test_golden_history.py
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from campaigns.rules.replay import replay
from campaigns.services import (
    amendments,
    approvals,
    audit,
    closing,
    extensions,
    launch,
    nomination,
    recognition,
    replication,
)
from campaigns.services.appraisal import appraise_batch, record_reviews, to_appraise
from campaigns.store import events
from campaigns.store.transaction import Transaction
from schemas.commands import AmendPlaybook, AskApprovalAgain, ExtendDeadline
from schemas.imports import AdoptionRow, ScoreRow
from schemas.vocabulary import Stage
from tests.world import DISTRICT, ZONE, World, short_playbook, votes

HISTORIES: Final = Path(__file__).parents[1] / "golden" / "history"
RECORD: Final = os.environ.get("THIDUA_TEST_RECORD_HISTORY", "")


def amend(world: World, version: int, **changes: object) -> None:
    command = AmendPlaybook(
        command_id=f"amend-{version}", base_version=version, person_id="mai", reason="Bão số 4"
    )
    world.act(amendments.amend, command, short_playbook(**changes))


def play(world: World) -> None:
    """Go through a campaign that is amended twice and whose launch is returned once."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    world.send_back(Stage.LAUNCH, "hung")
    again = AskApprovalAgain(command_id="again", stage=Stage.LAUNCH, person_id="mai")
    world.act(approvals.ask_again, again)
    world.approve(Stage.LAUNCH, "hung")
    world.act(launch.announce)
    later = {"opens": "2023-08-21T00:00:00", "closes": "2023-09-15T12:00:00"}
    calendar = {"nomination": {**later, "approval": "2023-09-21T16:00:00"}}
    amend(world, 1, calendar=calendar)
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.nominate("B", party_opinion=False)
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
    world.act(nomination.check_batch, world.read(nomination.ready_to_close))
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    scores = [
        ScoreRow(2, reviewer, code, line, points)
        for code in ("A", "C")
        for reviewer in ("thu", "lan")
        for line, points in (("C1", 800), ("C5", 1650))
    ]
    world.act(record_reviews, scores)
    world.act(appraise_batch, world.read(to_appraise))
    world.finish(Stage.APPRAISAL)
    world.open(Stage.RECOGNITION)
    world.act(recognition.convene)
    world.vote(*votes("A"))
    world.vote(*votes("C"))
    world.decide()
    world.open(Stage.REPLICATION)
    row = AdoptionRow(
        row=2,
        id="A-1",
        model_code="A",
        adopting_unit_id=DISTRICT,
        state="committed",
        committed_on=datetime(2023, 10, 16).date(),  # noqa: DTZ001 - a day
    )
    world.act(replication.record_adoptions, [row])
    world.at("2024-12-31T17:00:00")
    world.act(replication.sweep_follow_ups)
    world.finish(Stage.REPLICATION)
    world.act(closing.close_if_finished)


def test_campaign_with_amendments_ends_in_a_log_that_replays(world: World) -> None:
    play(world)

    assert world.read(audit.verify).intact

    def replayed(tx: Transaction) -> dict[str, str]:
        return replay(events.read(tx.connection, tx.campaign.id))

    assert world.read(replayed)["campaign:DVK-TEST"] == "closed"
    if RECORD:
        lines = world.read(lambda tx: list(audit.lines(tx)))
        (HISTORIES / f"{RECORD}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
