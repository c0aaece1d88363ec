"""What people do in a campaign of some hundred nominations, act by act.

Every act may be repeated without harm, as people and programs do when an answer is lost; each says
itself when its time has come. Nothing waits for a fixed hour: when everybody has done their part,
the coordinator brings the deadline forward. So the same story can be told with a clock of its own
and no engine, to the flows of one machine, to a cluster, and to an engine whose parts are killed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.synthetic import Province
from campaigns import intake
from campaigns.bootstrap import App
from campaigns.intake import Request
from campaigns.rules import keys
from campaigns.rules.playbook.reading import snapshot
from campaigns.services.appraisal import reviews
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch
from campaigns.services.mail import delivery
from campaigns.services.nomination import checking
from campaigns.services.playbook import amendments
from campaigns.services.recognition import council as recognition
from campaigns.services.replication import adoptions
from campaigns.store import campaigns, events
from campaigns.store.chunks import chunked
from campaigns.store.log import states
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.views import board
from documents.reading.workbook import open_workbook
from schemas.actors import at_console
from schemas.commands.approvals import ApproveStage
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.commands.mail import ReleaseMessages
from schemas.commands.playbook import AmendPlaybook
from schemas.imports import NominationRow
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import (
    CampaignState,
    MessageState,
    NominationState,
    Stage,
    StageState,
)

CODE = "STORY-1"
COORDINATOR = "P-C1"
SIGNERS = dict.fromkeys(Stage, ("P-L0",)) | {Stage.RECOGNITION: ("P-L0", "P-L1")}
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PARTS = 6
"""The nominations come in so many portions."""
TIMED = {"reminder", "escalation", "reminder-stopped", "engine-alert"}
"""Templates of messages that depend on when the engine happens to look."""
TIMED_EVENTS = (
    "thidua.deadline.reminded",
    "thidua.deadline.escalated",
    "thidua.head.noted",
    "thidua.messages.written",
    "thidua.run",
)


def playbook_from(province: Province, begin: datetime) -> Playbook:
    """Return the shipped playbook on a calendar that begins now; its deadlines are hours away."""
    data = json.loads(snapshot(province.playbook()))
    start = begin.astimezone(ZONE).replace(tzinfo=None, microsecond=0)
    opens = start - timedelta(seconds=30)
    closes, approval = start + timedelta(hours=8), start + timedelta(hours=16)
    dates = {"opens": f"{opens:%FT%T}", "closes": f"{closes:%FT%T}"}
    stage = {**dates, "approval": f"{approval:%FT%T}"}
    data["code"] = CODE
    data["calendar"] |= dict.fromkeys(map(str, Stage), stage)
    data["calendar"] |= {
        "launch": {**stage, "closes": dates["opens"]},
        "sessions": [{"number": number, "starts": f"{start:%FT%T}"} for number in (1, 2, 3)],
        "results_released": dates["closes"],
    }
    return Playbook.model_validate(data)


@dataclass(frozen=True)
class Act:
    """One act of a person: its name, whether it can be done now, and what it is."""

    name: str
    is_due: Callable[[], bool]
    do: Callable[[], object]


@dataclass
class Story:
    """The acts of all people on one installation."""

    app: App
    size: int
    begin: datetime
    folder: Path
    rows: list[NominationRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.province = Province(self.size)
        self.playbook = playbook_from(self.province, self.begin)

    # --- Beginning -----------------------------------------------------------------------------

    def prepare(self) -> None:
        """Enter units and people and create the campaign."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.province.write_registers(self.folder)
        app = self.app
        intake.import_units(app, Request(self.folder / "units.csv", at_console()))
        since = date(2023, 1, 1)
        intake.import_people(app, Request(self.folder / "people.csv", at_console()), since)
        command = CreateCampaign(command_id=f"create:{CODE}", code=CODE)
        app.act_as(COORDINATOR, None, launch.create, command, self.playbook)
        path = self.province.write_nominations(self.folder, self.playbook)
        reader = intake.nomination_reader(app, CODE, "vi")
        with open_workbook(path) as book:
            self.rows = list(reader.read(book.sheets))

    def acts(self) -> list[Act]:
        """Return everything people do, in its order."""
        portions = list(chunked(self.rows, -(-len(self.rows) // PARTS)))
        nominate = [
            Act(f"nominate {n}", self._is_open(Stage.NOMINATION), lambda p=p: self._nominate(p))  # type: ignore[misc]
            for n, p in enumerate(portions)
        ]
        return [
            Act("launch", lambda: True, self._launch),
            *self._approvals(Stage.LAUNCH),
            *nominate,
            Act("close nominations", self._is_announced, lambda: self._close(Stage.NOMINATION)),
            *self._approvals(Stage.NOMINATION),
            Act("review", self._is_open(Stage.APPRAISAL), self._review),
            *self._approvals(Stage.APPRAISAL),
            Act("vote", self._is_sitting, self._vote),
            *self._approvals(Stage.RECOGNITION),
            Act("release", self._has_held, self._release),
            Act("adopt", self._is_open(Stage.REPLICATION), self._adopt),
            Act("close replication", lambda: True, lambda: self._close(Stage.REPLICATION)),
            *self._approvals(Stage.REPLICATION),
        ]

    # --- Due? ----------------------------------------------------------------------------------

    def _stage(self, stage: Stage) -> str:
        found = self.app.read(CODE, campaigns.find_stage, stage)
        return found.state if found else ""

    def _is_open(self, stage: Stage) -> Callable[[], bool]:
        return lambda: self._stage(stage) == StageState.OPEN

    def _is_announced(self) -> bool:
        """Say whether the units know the deadline: they are told of it again when it moves."""
        return self.app.read(CODE, lambda tx: tx.campaign.announced_at is not None)

    def _is_sitting(self) -> bool:
        return self._stage(Stage.RECOGNITION) == StageState.OPEN and bool(
            self.app.read(CODE, council.sessions)
        )

    def _has_held(self) -> bool:
        return bool(self.app.read(CODE, lambda tx: messages.find(tx, states=[MessageState.HELD])))

    def is_over(self) -> bool:
        """Say whether the campaign is closed and no mail is under way any more."""
        if self.app.read(CODE, lambda tx: tx.campaign.state) != CampaignState.CLOSED:
            return False
        under_way = [MessageState.QUEUED, MessageState.CLAIMED]
        return not self.app.read(CODE, lambda tx: messages.find(tx, states=under_way))

    # --- Acts ----------------------------------------------------------------------------------

    def _approvals(self, stage: Stage) -> list[Act]:
        def waits() -> bool:
            return self._stage(stage) == StageState.AWAITING_APPROVAL

        return [
            Act(f"{who} approves {stage}", waits, lambda who=who: self._approve(stage, who))  # type: ignore[misc]
            for who in SIGNERS[stage]
        ]

    def _launch(self) -> None:
        command = LaunchCampaign(command_id=keys.launch_command(CODE), person_id=COORDINATOR)
        self.app.act_as(COORDINATOR, CODE, launch.launch, command)

    def _approve(self, stage: Stage, who: str) -> None:
        command = ApproveStage(command_id=f"approve:{stage}:{who}", stage=stage, person_id=who)
        self.app.act_as(who, CODE, verdicts.approve, command)

    def _nominate(self, rows: Sequence[NominationRow]) -> None:
        self.app.act_as("system:import", CODE, checking.receive, rows, recorded=True)

    def _close(self, stage: Stage) -> None:
        """Bring a stage's deadline forward to a moment from now."""
        now = self.app.read(CODE, lambda tx: tx.now)
        playbook = self.app.read(CODE, amendments.version)
        data = json.loads(snapshot(playbook))
        closes = now.astimezone(ZONE).replace(tzinfo=None, microsecond=0) + timedelta(seconds=3)
        data["calendar"][stage]["closes"] = f"{closes:%FT%T}"
        command = AmendPlaybook(
            command_id=f"close:{stage}",
            base_version=self.app.read(CODE, lambda tx: tx.campaign.playbook_version),
            person_id=COORDINATOR,
            reason="Mọi đơn vị đã làm xong phần của mình",
        )
        amended = Playbook.model_validate(data)
        self.app.act_as(COORDINATOR, CODE, amendments.amend, command, amended)

    def _codes(self, state: NominationState) -> list[str]:
        return [
            one.code for one in self.app.read(CODE, lambda tx: nominations.find(tx, states=[state]))
        ]

    def _review(self) -> None:
        rows = list(self.province.scores(self._codes(NominationState.ELIGIBLE), self.playbook))
        self.app.act_as("system:import", CODE, reviews.record_reviews, rows)

    def _vote(self) -> None:
        rows = list(self.province.votes(self._codes(NominationState.SHORTLISTED), session=1))
        self.app.act_as("system:import", CODE, recognition.record_votes, rows)

    def _release(self) -> None:
        command = ReleaseMessages(command_id="release", early=True, person_id=COORDINATOR)
        self.app.act_as(COORDINATOR, CODE, delivery.release, command)

    def _adopt(self) -> None:
        day = self.playbook.calendar.replication.opens.date()
        found = self.province.adoptions(self._codes(NominationState.RECOGNISED), day)
        rows = [one.model_copy(update={"committed_on": day, "started_on": day}) for one in found]
        self.app.act_as("system:import", CODE, adoptions.record_adoptions, rows)


# --- What it came to -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a campaign came to; times, hashes and the order of unrelated acts left out."""

    states: dict[str, str]
    summary: dict[str, Any]
    messages: frozenset[str]
    events: Counter[tuple[str, str]]

    def differences(self, expected: Outcome) -> list[str]:
        """Say in what it differs from another run of the same story; nothing: they are alike."""
        found: list[str] = []
        if self.states != expected.states:
            differing = sorted(set(self.states.items()) ^ set(expected.states.items()))
            found.append(f"states differ: {differing[:10]}")
        if self.summary != expected.summary:
            found.append("the summaries differ")
        if self.messages != expected.messages:
            found.append(f"messages differ: {sorted(self.messages ^ expected.messages)[:10]}")
        if self.events != expected.events:
            missing, more = expected.events - self.events, self.events - expected.events
            found.append(f"events missing: {dict(missing)}; events too many: {dict(more)}")
        return found


def outcome(app: App) -> Outcome:
    """Read what the campaign came to."""
    with app.store.reading(CODE) as tx:
        log = list(events.read(tx.connection, tx.campaign.id))
        wanted = [one for one in messages.find(tx) if one.template not in TIMED]
        return Outcome(
            states=states.of_everything(tx),
            summary=board.summary(tx).model_dump(mode="json"),
            messages=frozenset(one.key for one in wanted),
            events=Counter(
                (one.name, one.subject) for one in log if not one.name.startswith(TIMED_EVENTS)
            ),
        )
