"""Who is reached for a matter, and under which name, on the campaign's present day?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Final, Generic, TypedDict, TypeVar
from zoneinfo import ZoneInfo

from campaigns.store.records import PersonRecord, UnitRecord
from campaigns.store.registers import people, units
from campaigns.store.transaction import Transaction
from language import Language
from schemas.messages.outgoing import Recipient
from schemas.vocabulary import Role


def local(tx: Transaction, instant: datetime) -> datetime:
    """Return an instant in the campaign's zone, for dates and for messages."""
    return instant.astimezone(ZoneInfo(tx.playbook.timezone))


def today(tx: Transaction) -> date:
    """Return the campaign's present day in its own zone."""
    return local(tx, tx.now).date()


T = TypeVar("T")
_FEW: Final = 30
"""So many are asked for one by one: an act of a person needs two or three of thousands."""


class Heading(TypedDict):
    """What every mail of a campaign shows."""

    campaign_code: str
    campaign_name: str
    coordinator_name: str
    coordinator_address: str
    recipient_name: str
    timezone: str


class _Register(Generic[T]):
    """Who or what is found by id: a few are asked for one by one; where it gets many, all."""

    def __init__(
        self, one: Callable[[str], T | None], everything: Callable[[], Mapping[str, T]]
    ) -> None:
        self._one, self._everything = one, everything
        self._met: dict[str, T | None] = {}
        self._all: Mapping[str, T] | None = None

    def get(self, identity: str) -> T | None:
        """Return what has this id, or None."""
        if self._all is None:
            if identity in self._met:
                return self._met[identity]
            if len(self._met) < _FEW:
                self._met[identity] = found = self._one(identity)
                return found
        return self.all.get(identity)

    @property
    def all(self) -> Mapping[str, T]:
        """Everything by id."""
        if self._all is None:
            self._all = self._everything()
        return self._all


class Directory:
    """Units and people on one day; what is read stays for the transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._day = day = today(tx)
        self._active = _Register(
            lambda unit_id: units.one_on(tx, unit_id, day), lambda: units.on(tx, day)
        )
        self._latest = _Register(
            lambda unit_id: units.one_latest(tx, unit_id), lambda: units.latest(tx)
        )
        self._nominators = _Register(
            lambda unit_id: people.holding_in(tx, unit_id, Role.NOMINATOR.value, day),
            lambda: {one.unit_id: one for one in reversed(self.holding(Role.NOMINATOR))},
        )

    @property
    def active_units(self) -> Mapping[str, UnitRecord]:
        """Units that exist on the day, by id."""
        return self._active.all

    def find_unit(self, unit_id: str) -> UnitRecord | None:
        """Return a unit as named on the day, or where it is gone, as last named; None: unknown."""
        return self._active.get(unit_id) or self._latest.get(unit_id)

    def unit(self, unit_id: str) -> UnitRecord:
        """Return a unit that is known, as `find_unit` does."""
        found = self.find_unit(unit_id)
        if found is None:
            raise KeyError(unit_id)
        return found

    def unit_name(self, unit_id: str) -> str:
        """Return a unit's name on the day."""
        found = self.find_unit(unit_id)
        return found.name if found else unit_id

    @cached_property
    def coordinator_name(self) -> str:
        """The name of the coordinating unit; it signs the campaign's mails."""
        return self.unit_name(self._tx.playbook.coordinator_unit)

    @cached_property
    def coordinator_address(self) -> str:
        """Where questions about the campaign go."""
        return units.address(self._tx, self._tx.playbook.coordinator_unit)

    def holding(self, role: Role) -> list[PersonRecord]:
        """Return who holds a role on the day."""
        return people.holding(self._tx, role.value, self._day)

    def to_person(self, person: PersonRecord) -> Recipient:
        """Address a message to a person."""
        language: Language = "en" if person.language == "en" else "vi"
        return Recipient(
            id=person.id, address=person.email, name=person.full_name, language=language
        )

    def reached(self, unit: UnitRecord) -> UnitRecord:
        """Return who is reached for a unit: itself, or who took over from it since."""
        seen: set[str] = set()
        waiting = [unit.id]
        while waiting:
            unit_id = waiting.pop(0)
            active = self._active.get(unit_id)
            if active is not None:
                return active
            seen.add(unit_id)
            waiting += [one for one in self._successors.get(unit_id, ()) if one not in seen]
        return unit

    @cached_property
    def _successors(self) -> dict[str, list[str]]:
        return units.successors(self._tx)

    def to_unit(self, unit: UnitRecord) -> Recipient:
        """Address a message to a unit's own mailbox, or to that of who took over from it."""
        unit = self.reached(unit)
        return Recipient(
            id=unit.id, address=unit.email, name=unit.name, language=self._tx.playbook.language
        )

    def to_nominating_unit(self, unit_id: str) -> Recipient:
        """Address a message to who nominates for a unit; to its mailbox where nobody does."""
        person = self._nominators.get(unit_id)
        return self.to_person(person) if person else self.to_unit(self.unit(unit_id))

    def heading(self, recipient: Recipient) -> Heading:
        """Return what every mail to `recipient` shows about the campaign."""
        return {
            "campaign_code": self._tx.campaign.code,
            "campaign_name": self._tx.playbook.name.say(recipient.language),
            "coordinator_name": self.coordinator_name,
            "coordinator_address": self.coordinator_address,
            "recipient_name": recipient.name,
            "timezone": self._tx.playbook.timezone,
        }
