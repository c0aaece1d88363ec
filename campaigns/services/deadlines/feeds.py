"""Which dates concern a person? Their calendar, under a secret address that can be revoked.

An entry has the UID and the SEQUENCE of the one in the mail about the same date, so that a
calendar that has both shows one. What a person may see follows from their roles today; there is
nothing about other people in it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from campaigns.rules import keys
from campaigns.rules.deadlines.errors import FeedNotFound, FeedOwnerNotFound, FeedsTooMany
from campaigns.services.approvers import approvers
from campaigns.services.deadlines.extensions import in_force
from campaigns.services.nomination import reach
from campaigns.services.registers.directory import Directory, today
from campaigns.store import campaigns
from campaigns.store.deadlines import extensions, feeds
from campaigns.store.deadlines.feeds import FeedRecord
from campaigns.store.recognition import council
from campaigns.store.records import PersonRecord, StageRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from language import Language
from schemas.vocabulary import CampaignState, Role, Stage

_TOKEN_BYTES = 32
MOST = 3
"""Calendar addresses of one person that live at a time: a telephone, a computer, one to spare."""
_SHOWN = (CampaignState.RUNNING, CampaignState.CLOSED)

_WORKING = {
    Stage.APPRAISAL: {Role.REVIEWER, Role.COORDINATOR},
    Stage.RECOGNITION: {Role.COORDINATOR},
}
"""Whose entry of a stage's end is their own; the council has its sessions."""

Matter = Literal["work", "approval", "session", "release"]


class FeedEntry(NamedTuple):
    """One date of a campaign, as a person's calendar shows it."""

    uid: str
    sequence: int
    campaign: str
    campaign_code: str
    stage: str
    matter: Matter
    number: int
    """Of a session; else 0."""
    at: datetime
    changed_at: datetime
    """When the date was last set."""


# --- Addresses -----------------------------------------------------------------------------------


def create(tx: Transaction, person_id: str, token_id: int | None = None) -> tuple[int, str]:
    """Make a feed for a person; return its number and its secret, which is not kept.

    One that was made with a token ends with it.

    Raises:
        FeedOwnerNotFound: Nobody has this id.
        FeedsTooMany: They have as many living ones as anybody may.
    """
    living = [one.id for one in listed(tx, person_id) if one.revoked_at is None]
    if len(living) >= MOST:
        raise FeedsTooMany(living)
    secret = secrets.token_urlsafe(_TOKEN_BYTES)
    return feeds.add(tx, person_id, _hashed(secret), token_id), secret


def listed(tx: Transaction, person_id: str) -> list[FeedRecord]:
    """Return the feeds of a person, the revoked ones too.

    Raises:
        FeedOwnerNotFound: Nobody has this id.
    """
    _ensure_known(tx, person_id)
    return feeds.of_person(tx, person_id)


def revoke(tx: Transaction, person_id: str, number: int) -> None:
    """End a feed: its address is nobody's from now on.

    Raises:
        FeedOwnerNotFound: Nobody has this id.
        FeedNotFound: The person has no living feed of this number.
    """
    living = [one.id for one in listed(tx, person_id) if one.revoked_at is None]
    if number not in living:
        raise FeedNotFound(number, living)
    feeds.revoke(tx, number)


def owner_of(tx: Transaction, secret: str) -> PersonRecord | None:
    """Return whose feed a secret opens; None for a wrong or revoked one."""
    found = feeds.by_hash(tx, _hashed(secret))
    return people.named(tx, [found.person_id]).get(found.person_id) if found else None


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _ensure_known(tx: Transaction, person_id: str) -> None:
    if not people.named(tx, [person_id]):
        raise FeedOwnerNotFound(person_id)


# --- Dates ---------------------------------------------------------------------------------------


def entries(tx: Transaction, person: PersonRecord) -> list[FeedEntry]:
    """Return the dates of one campaign that concern a person, in time order.

    A rehearsal has none: its dates are no dates.
    """
    if tx.campaign.state not in _SHOWN or tx.campaign.clock_at is not None:
        return []
    roles = {Role(role) for role in people.roles_of(tx, person.id, today(tx))}
    directory, dates = Directory(tx), _Dates(tx, "en" if person.language == "en" else "vi")
    found: dict[str, FeedEntry] = {}
    for stage in campaigns.stages(tx):
        for entry in _of_stage(tx, directory, dates, stage, person, roles):
            found[entry.uid] = entry
    if roles & {Role.COUNCIL, Role.COORDINATOR}:
        found |= {entry.uid: entry for entry in dates.sessions()}
    if Role.COORDINATOR in roles:
        release = dates.release()
        found[release.uid] = release
    return sorted(found.values(), key=lambda entry: (entry.at, entry.uid))


def _of_stage(
    tx: Transaction,
    directory: Directory,
    dates: _Dates,
    stage: StageRecord,
    person: PersonRecord,
    roles: set[Role],
) -> Iterator[FeedEntry]:
    name, coordinates = Stage(stage.name), Role.COORDINATOR in roles
    if name is Stage.NOMINATION:
        nominating = {one.id for one in reach.nominating_units(tx, directory)}
        if Role.NOMINATOR in roles and person.unit_id in nominating:
            yield dates.work(stage, (), person.unit_id)
        elif coordinates:
            yield dates.work(stage, ())
    elif name is Stage.REPLICATION and coordinates:
        yield dates.work(stage, ())
    elif roles & _WORKING.get(name, set()):
        yield dates.work(stage, (person.id,))
    if coordinates or person.id in {one.id for one in approvers(tx, name)}:
        yield dates.approval(stage)


class _Dates:
    """Makes entries of one campaign."""

    def __init__(self, tx: Transaction, language: Language) -> None:
        self._tx = tx
        self._name = tx.playbook.name.say(language)
        self._extensions = extensions.find(tx)
        self._planned_at = max(
            tx.campaign.launched_at or tx.now, campaigns.playbook_recorded_at(tx)
        )

    def work(
        self, stage: StageRecord, parts: tuple[str, ...], unit_id: str | None = None
    ) -> FeedEntry:
        """Return when a stage's work is to be done, by all or by one unit."""
        moved = extensions.times_moved(self._tx, stage.name, "work")
        return self._entry(
            (stage.name, *parts),
            extensions.calendar_sequence(moved, unit_id),
            stage.name,
            "work",
            in_force(self._tx, stage, unit_id),
            changed_at=self._changed(stage.name, "work", unit_id),
        )

    def approval(self, stage: StageRecord) -> FeedEntry:
        """Return when a stage's approval is due."""
        moved = extensions.times_moved(self._tx, stage.name, "approval")
        return self._entry(
            (stage.name, "approval"),
            extensions.calendar_sequence(moved),
            stage.name,
            "approval",
            stage.approval_due_at,
            changed_at=self._changed(stage.name, "approval", None),
        )

    def sessions(self) -> list[FeedEntry]:
        """Return the council's sessions: as it was invited, or as they are planned."""
        planned = {one.number: one.starts_at for one in council.sessions(self._tx)} or {
            one.number: self._tx.playbook.instant(one.starts)
            for one in self._tx.playbook.calendar.sessions
        }
        sequence = extensions.calendar_sequence(extensions.times_moved(self._tx, "session", "work"))
        return [
            self._entry(
                ("session", str(number)), sequence, Stage.RECOGNITION, "session", at, number
            )
            for number, at in planned.items()
        ]

    def release(self) -> FeedEntry:
        """Return when results may be released."""
        at = self._tx.playbook.instant(self._tx.playbook.calendar.results_released)
        sequence = extensions.calendar_sequence(extensions.times_moved(self._tx, "session", "work"))
        return self._entry(("release",), sequence, Stage.RECOGNITION, "release", at)

    def _entry(
        self,
        parts: tuple[str, ...],
        sequence: int,
        stage: str,
        matter: Matter,
        at: datetime,
        number: int = 0,
        changed_at: datetime | None = None,
    ) -> FeedEntry:
        code = self._tx.campaign.code
        return FeedEntry(
            uid=keys.calendar_uid(code, *parts),
            sequence=sequence,
            campaign=self._name,
            campaign_code=code,
            stage=stage,
            matter=matter,
            number=number,
            at=at,
            changed_at=changed_at or self._planned_at,
        )

    def _changed(self, stage: str, matter: str, unit_id: str | None) -> datetime:
        moved = (
            one.recorded_at
            for one in self._extensions
            if (one.stage, one.matter) == (stage, matter) and one.unit_id in (None, unit_id)
        )
        return max((self._planned_at, *moved))
