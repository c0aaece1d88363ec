"""A small world for the tests of store and services: three units, six people, one campaign.

The playbook is the shipped `dan-van-kheo` with two places for a district, two criteria and two
reviews. Lan and Hưng lead, Mai coordinates, Bình nominates for the district Ba Tri, Thu and Tâm
review; Lan, Hưng, Thu and Tâm are the council, and Tâm belongs to Ba Tri.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Table, func, select

from campaigns.rules.playbook.reading import snapshot
from campaigns.services import stages
from campaigns.services.appraisal.reviews import appraise_batch, record_reviews, to_appraise
from campaigns.services.approvals import delegations, verdicts
from campaigns.services.launch import launch
from campaigns.services.nomination import checking
from campaigns.services.playbook.library import load_playbook
from campaigns.services.recognition import council
from campaigns.store.commit import commit
from campaigns.store.nomination import nominations
from campaigns.store.registers import enrolment, units
from campaigns.store.transaction import ENGINE, Store, Transaction
from language import Language
from schemas.commands.approvals import AbstainFromStage, ApproveStage, RecordDelegation, ReturnStage
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.imports import AnswerValue, NominationRow, PersonRow, ScoreRow, UnitRow, VoteRow
from schemas.messages.outgoing import AnyPayload
from schemas.messages.payload import RenderedMessage
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Attendance, Stage, Vote
from tests import by_the_door
from tests.databases import Database
from tests.stations import station

P = ParamSpec("P")
R = TypeVar("R")
CODE = by_the_door.CODE
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SINCE = date(2023, 1, 1)
BOARD, DISTRICT, COMMUNE = "ban-dan-van-tinh-uy", "ba-tri", "an-thuy"
APPROVERS = dict.fromkeys(Stage, ("hung",)) | {Stage.RECOGNITION: ("hung", "lan")}


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.time = now

    def now(self) -> datetime:
        return self.time


class PlainRenderer:
    """Says which template it was asked for; what the real one says is tested elsewhere."""

    def render(self, payload: AnyPayload, language: Language) -> RenderedMessage:
        subject = f"[{payload.campaign_code}] {payload.template}"
        return RenderedMessage(subject=subject, text=payload.recipient_name, html="")


@cache
def _shipped() -> str:
    return snapshot(load_playbook("dan-van-kheo"))


def short_playbook(**changes: Any) -> Playbook:
    """Return the shipped playbook, shortened; `changes` replace or extend its sections."""
    data = json.loads(_shipped())
    data["code"] = CODE
    data["quota"]["per_unit_kind"]["district"] = 2
    rubric = data["rubric"]
    rubric["criteria"] = [one for one in rubric["criteria"] if one["code"] in {"C1", "C5"}]
    rubric["reviews_per_nomination"] = 2
    for key, value in changes.items():
        data[key] = {**data[key], **value} if isinstance(value, dict) else value
    return _validated(_Told(repr(data), data))


class _Told(NamedTuple):
    """What a playbook says, to be looked up by its text."""

    text: str
    data: dict[str, Any]

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Told) and self.text == other.text


@lru_cache(maxsize=64)
def _validated(told: _Told) -> Playbook:
    return Playbook.model_validate(told.data)


UNITS = (
    UnitRow(
        id=BOARD,
        name="Ban Dân vận Tỉnh ủy",
        kind="province",
        valid_from=SINCE,
        email="board@example.org",
    ),
    UnitRow(
        id=DISTRICT,
        name="Huyện Ba Tri",
        kind="district",
        parent_id=BOARD,
        valid_from=SINCE,
        email="ba-tri@example.org",
    ),
    UnitRow(
        id=COMMUNE,
        name="Xã An Thủy",
        kind="commune",
        parent_id=DISTRICT,
        valid_from=SINCE,
        email="an-thuy@example.org",
    ),
)
PEOPLE = tuple(
    PersonRow(id=who, full_name=name, unit_id=unit, roles=roles, email=f"{who}@example.org")
    for who, name, unit, roles in (
        ("mai", "Mai", BOARD, ("coordinator",)),
        ("lan", "Lan", BOARD, ("leader", "coordinator", "council", "reviewer")),
        ("hung", "Hưng", BOARD, ("leader", "council")),
        ("binh", "Bình", DISTRICT, ("nominator",)),
        ("thu", "Thu", BOARD, ("reviewer", "council")),
        ("tam", "Tâm", DISTRICT, ("reviewer", "council")),
    )
)
COUNCIL = ("hung", "lan", "tam", "thu")


def nomination_row(code: str, **changes: Any) -> NominationRow:
    """Return an eligible nomination of Ba Tri; `changes` set its columns or its answers."""
    answers: dict[str, AnswerValue] = {
        "registered": True,
        "party_opinion": True,
        "start_date": date(2022, 1, 1),
        "consent_pct": None,
        "case_opened": None,
        "case_closed": None,
    }
    answers |= {key: changes.pop(key) for key in list(changes) if key in answers}
    values: dict[str, Any] = {
        "row": 2,
        "code": code,
        "subject_kind": "model",
        "name": f"Mô hình {code}",
        "unit_id": DISTRICT,
        "nominated_by_id": DISTRICT,
        "rank": 1,
        "field": "kinh-te",
    }
    return NominationRow(**(values | changes), answers=answers)


def votes(
    code: str,
    choice: Vote = Vote.YES,
    *,
    written: Sequence[str] = (),
    absent: Sequence[str] = (),
    **other: Vote,
) -> list[VoteRow]:
    """Return what the four members did with one nomination: `choice`, unless named in `other`."""
    rows = []
    for row, member in enumerate(COUNCIL, start=2):
        how = Attendance.PRESENT
        if member in written or member in absent:
            how = Attendance.WRITTEN if member in written else Attendance.ABSENT
        said = None if how is Attendance.ABSENT else other.get(member, choice)
        rows.append(VoteRow(row, code, 1, member, how, said))
    return rows


@dataclass
class World(by_the_door.ByTheDoor):
    """The campaign as the tests act on it, one transaction per act."""

    store: Store
    clock: Clock
    playbook: Playbook
    commands: int = 0
    """How many commands were given an id."""

    @property
    def is_plain(self) -> bool:
        """True where messages are those of `PlainRenderer`, without links."""
        return type(self.store._renderer) is PlainRenderer and self.store._links is None

    def act(
        self,
        service: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        with self.store.writing(ENGINE, CODE) as tx:
            result = service(tx, *args, **kwargs)
            commit(tx)
        return result

    def read(
        self,
        query: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        with self.store.reading(CODE) as tx:
            return query(tx, *args, **kwargs)

    def count(self, table: Table) -> int:
        with self.store.reading() as tx:
            number: int = tx.connection.execute(
                select(func.count()).select_from(table)
            ).scalar_one()
        return number

    def at(self, local: str | datetime) -> None:
        """Move the clock to a local time of the campaign."""
        moment = datetime.fromisoformat(local) if isinstance(local, str) else local
        self.clock.time = moment.replace(tzinfo=ZONE)

    def command_id(self) -> str:
        self.commands += 1
        return f"command-{self.commands}"

    # --- The course of the campaign ------------------------------------------------------------

    @station
    def begin(self, _of: str) -> None:
        """Settle units and people, and create the campaign, a draft, by its playbook's snapshot."""
        with self.store.writing("mai") as tx:
            settle(tx)
            command = CreateCampaign(command_id="create", code=CODE)
            launch.create(tx, command, self.playbook)
            commit(tx)

    @station
    def launch(self, person_id: str = "mai") -> None:
        command = LaunchCampaign(command_id=self.command_id(), person_id=person_id)
        self.act(launch.launch, command)

    @station
    def open(self, stage: Stage) -> None:
        dates = self.playbook.calendar.of(stage)
        assert dates is not None
        self.at(dates.opens)
        assert self.act(stages.open_if_due, stage)

    @station
    def ask_approval(self, stage: Stage) -> None:
        dates = self.playbook.calendar.of(stage)
        assert dates is not None
        self.at(dates.approval)
        assert self.act(verdicts.request_if_done, stage) == Done(changed=1)

    def approve(self, stage: Stage, person_id: str, reason: str = "") -> Done:
        command = ApproveStage(
            command_id=self.command_id(), stage=stage, person_id=person_id, reason=reason
        )
        return self.act(verdicts.approve, command)

    def send_back(self, stage: Stage, person_id: str, reason: str = "Thiếu biên bản") -> Done:
        command = ReturnStage(
            command_id=self.command_id(), stage=stage, person_id=person_id, reason=reason
        )
        return self.act(verdicts.return_stage, command)

    def abstain(self, stage: Stage, person_id: str, reason: str = "Người nhà") -> Done:
        command = AbstainFromStage(
            command_id=self.command_id(), stage=stage, person_id=person_id, reason=reason
        )
        return self.act(verdicts.abstain, command)

    def delegate(
        self,
        principal_id: str,
        substitute_id: str,
        first: str,
        last: str,
        *,
        stage: Stage | None = None,
        person_id: str = "",
    ) -> Done:
        command = RecordDelegation(
            command_id=self.command_id(),
            principal_id=principal_id,
            substitute_id=substitute_id,
            first_on=date.fromisoformat(first),
            last_on=date.fromisoformat(last),
            letter="12-GUQ/BDVTU",
            stage=stage,
            person_id=person_id or principal_id,
        )
        return self.act(delegations.record, command)

    @station
    def finish(self, stage: Stage) -> None:
        self.ask_approval(stage)
        for person in APPROVERS[stage]:
            self.approve(stage, person)

    @station
    def receive_nominations(self) -> None:
        """Go on to the open nomination stage."""
        self.launch()
        self.open(Stage.LAUNCH)
        self.finish(Stage.LAUNCH)
        self.open(Stage.NOMINATION)

    def nominate(self, code: str, **changes: Any) -> Done:
        return self.act(checking.receive, [nomination_row(code, **changes)])

    @station
    def check_all(self) -> None:
        self.at("2023-09-15T17:00:00")
        self.act(checking.check_batch, self.read(checking.ready_to_close))

    @station
    def appraise(self, *codes: str) -> None:
        """Go on from received nominations to an appraisal with two whole reviews of each."""
        self.check_all()
        self.finish(Stage.NOMINATION)
        self.open(Stage.APPRAISAL)
        rows = [
            ScoreRow(2, reviewer, code, line, points)
            for code in codes
            for reviewer in ("thu", "lan")
            for line, points in (("C1", 800), ("C5", 1650))
        ]
        self.act(record_reviews, rows)
        self.act(appraise_batch, self.read(to_appraise))

    @station
    def convene(self, *codes: str) -> None:
        """Go on from received nominations to the sitting council."""
        self.appraise(*codes)
        self.finish(Stage.APPRAISAL)
        self.open(Stage.RECOGNITION)
        self.act(council.convene)

    def vote(self, *rows: VoteRow) -> Done:
        return self.act(council.record_votes, rows)

    @station
    def decide(self) -> None:
        """Draft the decision and have it signed by both leaders."""
        self.act(council.draft_decision)
        self.finish(Stage.RECOGNITION)

    def state_of(self, code: str) -> str:
        return self.read(nominations.by_code, [code])[code].state


def settle(tx: Transaction) -> None:
    """Enter the units and people of the world."""
    units.save(tx, UNITS)
    enrolment.save(tx, PEOPLE, SINCE)


def make_world(database: Database, playbook: Playbook | None = None) -> World:
    """Create the campaign, a draft, in an empty database."""
    clock = Clock(datetime(2023, 2, 6, 7, 30, tzinfo=ZONE))
    world = World(
        Store(database.open(), clock, PlainRenderer()), clock, playbook or short_playbook()
    )
    world.begin(snapshot(world.playbook))
    return world


def open_world(database: Database, now: datetime) -> World:
    """Take up the campaign of another process at its time."""
    clock = Clock(now)
    return World(Store(database.open(), clock, PlainRenderer()), clock, short_playbook())
