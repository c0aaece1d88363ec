"""A campaign driven at random beside a model of it: what must hold whatever people do, and when.

The model knows states and versions only. After every step the rows, the log and the messages of the
real store are compared with it.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from campaigns.rules.approvals.errors import ApprovalNotAllowed
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import LIFECYCLES, Thing
from campaigns.rules.log.replay import replay
from campaigns.services.nomination import checking
from campaigns.store import campaigns, events
from campaigns.store.log import states
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.tables import event
from campaigns.store.transitions import Change, apply
from language.errors import Refusal
from schemas.vocabulary import EDITABLE, RECEIVED, Stage
from tests.databases import Database
from tests.world import World, make_world, nomination_row

CODES = ("A", "B", "C")
COMMANDS = sorted({arrow.command for arrow in LIFECYCLES[Thing.NOMINATION]} - {"submit", "draft"})
STEPS = {
    (arrow.command, source): arrow.target
    for arrow in LIFECYCLES[Thing.NOMINATION]
    for source in arrow.sources
}
ENDS = set(STEPS.values()) - {source for _command, source in STEPS}
"""States that nothing leads out of."""


class CampaignMachine(RuleBasedStateMachine):
    """Units submit, coordinators decide, leaders sign and return; some twice, some too late."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="thidua-model-"))
        path = self.folder / "thidua.db"
        shutil.copyfile(self.template, path)
        self.world: World = make_world(Database("sqlite", f"sqlite:///{path}"))
        self.world.receive_nominations()
        self.states: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.contents: dict[str, int] = {}
        self.stage, self.round = "open", 1
        self.names = itertools.count()

    def teardown(self) -> None:
        self.world.store.engine.dispose()
        shutil.rmtree(self.folder)

    def _moved(self, code: str, target: str) -> None:
        if self.states.get(code) in ENDS:
            pytest.fail(f"{code} left its end {self.states[code]}")
        self.states[code] = target
        self.versions[code] = self.versions.get(code, 0) + 1

    # --- What people do --------------------------------------------------------------------------

    @rule(code=st.sampled_from(CODES), complete=st.booleans())
    def submit(self, code: str, complete: bool) -> None:
        row = nomination_row(code, name=f"Tên {next(self.names)}", party_opinion=complete)
        may = self.stage == "open" and self.states.get(code, "draft") in EDITABLE
        if not may:
            with pytest.raises(Refusal):
                self.world.act(checking.receive, [row])
            return
        assert self.world.act(checking.receive, [row]).changed == 1
        self._moved(code, "submitted")
        self.contents[code] = self.contents.get(code, 0) + 1

    @rule(code=st.sampled_from(CODES), command=st.sampled_from(COMMANDS))
    def step(self, code: str, command: str) -> None:
        if code not in self.states:
            return
        record = self.world.read(nominations.by_code)[code]
        change = Change(record.id, code, record.state)
        target = STEPS.get((command, record.state))
        if target is None:
            with pytest.raises(TransitionNotAllowed):
                self.world.act(lambda tx: apply(tx, Thing.NOMINATION, command, [change]))
            return
        self.world.act(lambda tx: apply(tx, Thing.NOMINATION, command, [change]))
        self._moved(code, target)

    @precondition(lambda self: self.stage == "open" and "submitted" in self.states.values())
    @rule()
    def check(self) -> None:
        """The deadline's batch, whatever was decided by hand before it."""
        waiting = [one for one, state in self.states.items() if state in RECEIVED]
        found = self.world.read(nominations.by_code, waiting)
        self.world.act(checking.check_batch, [one.id for one in found.values()])
        for code, one in self.world.read(nominations.by_code, waiting).items():
            assert one.state in {"eligible", "ineligible"}
            self._moved(code, one.state)

    # --- Approval --------------------------------------------------------------------------------

    @precondition(lambda self: self.stage == "open")
    @rule()
    def request(self) -> None:
        stage = self.world.read(campaigns.get_stage, Stage.NOMINATION)
        change = Change(stage.id, stage.name, stage.state)
        self.world.act(lambda tx: apply(tx, Thing.STAGE, "request_approval", [change]))
        self.stage = "awaiting_approval"

    @rule(person=st.sampled_from(["hung", "lan", "thu"]))
    def approve(self, person: str) -> None:
        if self.stage != "awaiting_approval" or person == "thu":
            with pytest.raises(Refusal):
                self.world.approve(Stage.NOMINATION, person)
            return
        assert self.world.approve(Stage.NOMINATION, person).detail == "approved"
        self.stage = "approved"

    @rule(person=st.sampled_from(["hung", "lan"]))
    def send_back(self, person: str) -> None:
        if self.stage != "awaiting_approval":
            wanted = ApprovalNotAllowed if self.stage == "approved" else TransitionNotAllowed
            with pytest.raises(wanted):
                self.world.send_back(Stage.NOMINATION, person)
            return
        self.world.send_back(Stage.NOMINATION, person)
        self.stage, self.round = "open", self.round + 1

    # --- What always holds -----------------------------------------------------------------------

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        rows = self.world.read(nominations.by_code)
        assert {code: row.state for code, row in rows.items()} == self.states
        assert {code: row.content_version for code, row in rows.items()} == self.contents
        stage = self.world.read(campaigns.get_stage, Stage.NOMINATION)
        assert (stage.state, stage.round) == (self.stage, self.round)

    @invariant()
    def versions_go_up_by_one_with_one_event_each(self) -> None:
        rows = self.world.read(nominations.by_code)
        assert {code: row.version for code, row in rows.items()} == self.versions
        with self.world.store.reading() as tx:
            logged = tx.connection.execute(
                select(event.c.subject, func.count())
                .where(event.c.subject.startswith("nomination:"))
                .group_by(event.c.subject)
            )
            assert {subject[11:]: number for subject, number in logged} == self.versions

    @invariant()
    def log_is_intact_and_replays_to_the_rows(self) -> None:
        with self.world.store.reading(self.world.playbook.code) as tx:
            assert events.first_break(tx.connection, tx.campaign.id, tx.campaign.code) is None
            assert replay(events.read(tx.connection, tx.campaign.id)) == states.of_everything(tx)

    @invariant()
    def no_message_is_without_its_event(self) -> None:
        with self.world.store.reading() as tx:
            subjects = set(tx.connection.execute(select(event.c.subject)).scalars())
        assert {row.about for row in self.world.read(messages.find)} <= subjects


def test_campaign_driven_at_random_keeps_its_promises(sqlite_template: Path):
    CampaignMachine.template = sqlite_template
    quick = settings(
        max_examples=15,
        stateful_step_count=20,
        derandomize=True,  # the same campaigns in every run, so that none fails by chance
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(CampaignMachine, settings=quick)
