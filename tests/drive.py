"""A campaign of many nominations, driven in real time as people would, and what it comes to.

The people act through the services and try again while the database does not answer; whatever they
do may come twice and counts once. The engine runs elsewhere, or nowhere for a moment: the driver
only waits for what it does.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bench.synthetic import COMMUNES, DISTRICTS, Province
from campaigns import bootstrap, intake
from campaigns.bootstrap import App
from campaigns.intake import Request
from campaigns.rules.playbooks import snapshot
from campaigns.services import (
    appraisal,
    approvals,
    audit,
    board,
    delivery,
    launch,
    nomination,
    recognition,
    replication,
)
from campaigns.settings import Settings
from campaigns.store import campaigns, messages, nominations, outbox, schema
from campaigns.store.engine import OUT_OF_REACH, open_engine
from campaigns.store.tables import event
from campaigns.store.tables import outbox as outbox_rows
from campaigns.store.transaction import Transaction
from schemas.commands import ApproveStage, CreateCampaign, LaunchCampaign, ReleaseMessages
from schemas.imports import AdoptionRow, NominationRow
from schemas.playbook import Playbook
from schemas.vocabulary import CampaignState, NominationState, Stage, StageState

P = ParamSpec("P")
R = TypeVar("R")
CODE = "LIVE-1"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COORDINATOR = "P-C1"
LEADERS = ("P-L0", "P-L1")
CHUNKS = 6
_HOURS = 24 * 365


@dataclass(frozen=True)
class Timetable:
    """How long the two waits last that only the clock ends, in seconds from the start."""

    nominations_close: float = 20
    replication_closes: float = 60

    def at_pace(self) -> Timetable:
        """Return it for a machine as slow as `THIDUA_TEST_PACE` says."""
        pace = float(os.environ.get("THIDUA_TEST_PACE", "1"))
        return Timetable(self.nominations_close * pace, self.replication_closes * pace)


def playbook_for(timetable: Timetable, now: datetime) -> Playbook:
    """Return the shipped playbook under a code of its own, on a calendar of seconds."""
    data = json.loads(snapshot(Province(0).playbook()))
    local = now.astimezone(ZONE).replace(microsecond=0, tzinfo=None)
    closing = local + timedelta(seconds=timetable.nominations_close)
    end = local + timedelta(seconds=timetable.replication_closes)
    later = local + timedelta(hours=_HOURS)

    def dates(opens: datetime, closes: datetime) -> dict[str, str]:
        return {
            "opens": opens.isoformat(),
            "closes": closes.isoformat(),
            "approval": later.isoformat(),
        }

    data["code"] = CODE
    data["calendar"] = {
        **data["calendar"],
        "launch": dates(local, local),
        "nomination": dates(local, closing),
        "appraisal": dates(closing, later),
        "recognition": dates(closing, later),
        "replication": dates(closing, end),
        "sessions": [{"number": number, "starts": later.isoformat()} for number in (1, 2, 3)],
        "results_released": later.isoformat(),
    }
    return Playbook.model_validate(data)


def nomination_rows(size: int) -> list[NominationRow]:
    """Return nominations of a made-up province; one in twenty is not registered."""
    return [
        NominationRow(
            row=number + 2,
            code=f"B-{number:06d}",
            subject_kind=("model", "collective", "individual", "household")[number % 4],
            name=f"Mô hình số {number}",
            unit_id=f"xa-{number % COMMUNES:03d}",
            nominated_by_id=f"huyen-{number % DISTRICTS}",
            rank=1 + number // DISTRICTS,
            field=("kinh-te", "van-hoa-xa-hoi")[number % 2],
            answers={
                "registered": number % 20 != 13,
                "party_opinion": True,
                "start_date": date(2022, 9, 5),
                "consent_pct": None,
                "case_opened": None,
                "case_closed": None,
            },
        )
        for number in range(size)
    ]


def chunked(items: Sequence[R], count: int = CHUNKS) -> Iterator[Sequence[R]]:
    """Cut a list into that many parts."""
    size = max(1, -(-len(items) // count))
    for start in range(0, len(items), size):
        yield items[start : start + size]


@dataclass
class Driver:
    """The people of one campaign."""

    app: App
    size: int
    timetable: Timetable = field(default_factory=Timetable)
    pause: float = 0.0
    """Seconds between two acts."""
    patience: float = 240
    """Seconds to wait for the engine at each point."""
    idle: Callable[[], object] = lambda: time.sleep(0.3)
    """What is done while the engine has to move on."""
    after: Callable[[Stage], object] = lambda _stage: None
    """What is done after each approval."""
    tries: int = 0
    """How often an act was repeated because the database did not answer."""

    def act(
        self,
        actor: str,
        service: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Act for a person until the database has taken it."""
        time.sleep(self.pause)
        return self._insist(lambda: self.app.act_as(actor, CODE, service, *args, **kwargs))

    def read(
        self,
        query: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Ask until the database answers."""
        return self._insist(lambda: self.app.read(CODE, query, *args, **kwargs))

    def _insist(self, ask: Callable[[], R]) -> R:
        give_up_at = time.monotonic() + self.patience
        while True:
            try:
                return ask()
            except OUT_OF_REACH:
                self.tries += 1
                if time.monotonic() > give_up_at:
                    raise
                time.sleep(0.3)

    def until(self, stage: Stage, *wanted: StageState) -> None:
        """Wait until a stage is in one of these states."""
        give_up_at = time.monotonic() + self.patience
        while (now := self.read(campaigns.get_stage, stage).state) not in wanted:
            if time.monotonic() > give_up_at:
                raise TimeoutError(f"{stage} is still {now}; the engine did not move on")
            self.idle()

    # --- The course of the campaign ------------------------------------------------------------

    def prepare(self, folder: Path) -> None:
        """Enter the registers, create the campaign and launch it."""
        folder.mkdir(parents=True, exist_ok=True)
        province = Province(self.size)
        province.write_registers(folder)
        units = Request(folder / "units.csv", COORDINATOR)
        people = Request(folder / "people.csv", COORDINATOR)
        self._insist(lambda: intake.import_units(self.app, units))
        self._insist(lambda: intake.import_people(self.app, people, date(2023, 1, 1)))
        playbook = playbook_for(self.timetable.at_pace(), datetime.now(UTC))
        create = CreateCampaign(command_id="create", code=CODE)
        self._insist(lambda: self.app.act_as(COORDINATOR, None, launch.create, create, playbook))
        start = LaunchCampaign(command_id="launch", person_id=COORDINATOR)
        self.act(COORDINATOR, launch.launch, start)

    def run(self) -> None:
        """Go through the five stages, and wait until everything is done."""
        self.go_through_stages()
        self.until_closed()

    def go_through_stages(self) -> None:
        """Do what people do in the five stages."""
        self.approve(Stage.LAUNCH)
        self.until(Stage.NOMINATION, StageState.OPEN)
        rows = nomination_rows(self.size)
        for part in chunked(rows):
            self.act("P-N00", nomination.receive, part)
        self.approve(Stage.NOMINATION)
        self._appraise()
        self.approve(Stage.APPRAISAL)
        self._vote()
        self.approve(Stage.RECOGNITION)
        release = ReleaseMessages(command_id="release", person_id=COORDINATOR)
        self.act(COORDINATOR, delivery.release, release)
        self._replicate()
        self.approve(Stage.REPLICATION)

    def approve(self, stage: Stage) -> None:
        """Sign what a stage has come to, once it is put before the leaders."""
        self.until(stage, StageState.AWAITING_APPROVAL, StageState.APPROVED)
        for leader in LEADERS:
            if self.read(campaigns.get_stage, stage).state != StageState.AWAITING_APPROVAL:
                break
            command = ApproveStage(
                command_id=f"approve:{stage}:{leader}", stage=stage, person_id=leader
            )
            self.act(leader, approvals.approve, command)
        self.after(stage)

    def _codes(self, state: NominationState) -> list[str]:
        return self.read(
            lambda tx: sorted(one.code for one in nominations.find(tx, states=[state]))
        )

    def _appraise(self) -> None:
        self.until(Stage.APPRAISAL, StageState.OPEN)
        playbook = self.read(lambda tx: tx.playbook)
        for codes in chunked(self._codes(NominationState.ELIGIBLE)):
            rows = list(Province(self.size).scores(codes, playbook))
            self.act("P-R00", appraisal.record_reviews, rows)

    def _vote(self) -> None:
        self.until(Stage.RECOGNITION, StageState.OPEN)
        for codes in chunked(self._codes(NominationState.SHORTLISTED)):
            rows = list(Province(self.size).votes(codes, 1))
            self.act(COORDINATOR, recognition.record_votes, rows)

    def _replicate(self) -> None:
        self.until(Stage.REPLICATION, StageState.OPEN)
        today = self.read(lambda tx: tx.now.astimezone(ZONE).date())
        rows = [
            AdoptionRow(
                row=place + 2,
                id=f"A-{code}",
                model_code=code,
                adopting_unit_id=f"xa-{(int(code[2:]) + 7) % COMMUNES:03d}",
                state="started",
                committed_on=today,
                started_on=today,
            )
            for place, code in enumerate(self._codes(NominationState.RECOGNISED))
        ]
        for part in chunked(rows):
            self.act(COORDINATOR, replication.record_adoptions, part)

    def until_closed(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Wait until the campaign is over, its mail has left and its outbox is done."""
        give_up_at = time.monotonic() + self.patience
        while left := self.read(_unfinished):
            if time.monotonic() > give_up_at:
                raise TimeoutError(f"not finished: {left}")
            self.idle()
            meanwhile()


def _unfinished(tx: Transaction) -> dict[str, Any]:
    view = board.view(tx)
    backlog = outbox.backlog(tx)
    waiting = Counter(
        one.state for one in messages.find(tx) if one.state in {"queued", "claimed", "held"}
    )
    left: dict[str, Any] = {}
    if view.state != CampaignState.CLOSED:
        left["campaign"] = view.state
    if waiting:
        left["messages"] = dict(waiting)
    if backlog.due or backlog.running or backlog.dead:
        left["outbox"] = backlog
    return left


# --- What it comes to ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a campaign came to; two runs on the same facts are equal, however they got there."""

    summary: dict[str, Any]
    stages: dict[str, str]
    nominations: dict[str, str]
    messages: frozenset[tuple[str, ...]]
    events: tuple[tuple[str, str], ...]

    def differences(self, other: Outcome) -> dict[str, Any]:
        """Say in what two outcomes differ."""
        found: dict[str, Any] = {}
        for name in ("summary", "stages", "nominations"):
            mine, its = getattr(self, name), getattr(other, name)
            if mine != its:
                found[name] = {
                    key: (mine.get(key), its.get(key))
                    for key in sorted({*mine, *its})
                    if mine.get(key) != its.get(key)
                }
        if self.messages != other.messages:
            found["messages"] = sorted(self.messages ^ other.messages)[:10]
        if self.events != other.events:
            mine, its = Counter(self.events), Counter(other.events)
            found["events"] = (list((mine - its).items())[:10], list((its - mine).items())[:10])
        return found


def outcome(app: App) -> Outcome:
    """Read what the campaign came to."""
    return app.read(CODE, _outcome)


def _outcome(tx: Transaction) -> Outcome:
    rows = tx.connection.execute(
        select(event.c.name, event.c.subject).where(event.c.campaign_id == tx.campaign.id)
    )
    return Outcome(
        summary=board.summary(tx).model_dump(mode="json"),
        stages={one.name: one.state for one in campaigns.stages(tx)},
        nominations={one.code: one.state for one in nominations.find(tx)},
        messages=frozenset((one.key,) for one in messages.find(tx)),
        events=tuple(sorted((row.name, row.subject) for row in rows)),
    )


def message_states(app: App) -> Counter[str]:
    """Count messages by their state."""
    return Counter(one.state for one in app.read(CODE, messages.find))


def ensure_log_intact(app: App) -> None:
    """Verify the event log: every number there, every hash right, every row as the log says."""
    found = app.read(CODE, audit.verify)
    assert found.intact, found


def runs_started(app: App) -> int:
    """Return how many flow runs the relay has asked for."""

    def count(tx: Transaction) -> int:
        query = select(func.count(func.distinct(outbox_rows.c.flow_run_id)))
        number: int = tx.connection.execute(query).scalar_one()
        return number

    return app.read(CODE, count)


def open_installation(home: Path, database_url: str = "") -> App:
    """Make an installation in a folder, with an empty database, and open it in this process."""
    home.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=home, database_url=database_url)
    engine = open_engine(settings.database)
    schema.upgrade(engine)
    engine.dispose()
    return bootstrap.build(settings)
