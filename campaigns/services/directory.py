"""Who is reached for a matter, and under which name, on the campaign's present day?"""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import TypedDict
from zoneinfo import ZoneInfo

from campaigns.store import people, units
from campaigns.store.records import PersonRecord, UnitRecord
from campaigns.store.transaction import Transaction
from schemas.messages import Recipient
from schemas.vocabulary import Language, Role


def local(tx: Transaction, instant: datetime) -> datetime:
    """Return an instant in the campaign's zone, for dates and for messages."""
    return instant.astimezone(ZoneInfo(tx.playbook.timezone))


def today(tx: Transaction) -> date:
    """Return the campaign's present day in its own zone."""
    return local(tx, tx.now).date()


class Heading(TypedDict):
    """What every mail of a campaign shows."""

    campaign_code: str
    campaign_name: str
    coordinator_name: str
    coordinator_address: str
    recipient_name: str
    timezone: str


class Directory:
    """Units and people on one day, read once per transaction."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._day = today(tx)

    @cached_property
    def units(self) -> dict[str, UnitRecord]:
        """Units as named on the day, by id; a unit that is gone keeps its last name."""
        return {**units.latest(self._tx), **units.on(self._tx, self._day)}

    @cached_property
    def active_units(self) -> dict[str, UnitRecord]:
        """Units that exist on the day, by id."""
        return units.on(self._tx, self._day)

    def unit_name(self, unit_id: str) -> str:
        """Return a unit's name on the day."""
        found = self.units.get(unit_id)
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

    @cached_property
    def _nominators(self) -> dict[str, PersonRecord]:
        return {person.unit_id: person for person in reversed(self.holding(Role.NOMINATOR))}

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
            if unit_id in self.active_units:
                return self.active_units[unit_id]
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
        return self.to_person(person) if person else self.to_unit(self.units[unit_id])

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
