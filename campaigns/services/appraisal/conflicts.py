"""Who of the panel or the council is too near to which nominations, and why?

Asked when reviews are asked for, when they are recorded, when votes are, and when the people for a
nomination are counted: everywhere the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from campaigns.rules.appraisal.conflicts import (
    Judge,
    Judged,
    Nearness,
    is_named,
    nearness,
    normal_address,
    normal_addresses,
)
from campaigns.services.registers.directory import Directory
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord, PersonRecord
from campaigns.store.registers import people, units
from campaigns.store.transaction import Transaction

Pair = tuple[str, str]
"""The unit that nominates, and the one whose model it is."""


def judged_of(tx: Transaction, pairs: Collection[Pair], directory: Directory) -> dict[Pair, Judged]:
    """Return what the rule may know of nominations by these units, for those units."""
    counted = frozenset(Nearness(one) for one in tx.playbook.conflicts.also)
    unit_ids = {unit_id for pair in pairs for unit_id in pair}
    lines = units.succession(tx, unit_ids)
    mailboxes = _mailboxes(tx, unit_ids.union(*lines.values()))
    parents = {unit_id: _parent(directory, unit_id) for unit_id in unit_ids}
    found: dict[Pair, Judged] = {}
    for nominating, subject in pairs:
        own = {nominating, subject}
        line = frozenset().union(*(lines[one] for one in own))
        found[nominating, subject] = Judged(
            nominating_unit=nominating,
            subject_unit=subject,
            addresses=frozenset().union(*(mailboxes[one] for one in (*own, *line))),
            succession=line - own,
            parents=frozenset(up for one in own if (up := parents[one])) - own,
            counted=counted,
        )
    return found


def judge_of(person: PersonRecord, directory: Directory) -> Judge:
    """Return what the rule may know of who is to judge."""
    return Judge(person.unit_id, person.email, _parent(directory, person.unit_id))


def _mailboxes(tx: Transaction, unit_ids: Collection[str]) -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for unit_id, address in (
        *people.addresses_in(tx, unit_ids),
        *units.addresses(tx, unit_ids),
    ):
        found[unit_id].append(address)
    return {unit_id: normal_addresses(found[unit_id]) for unit_id in unit_ids}


def _parent(directory: Directory, unit_id: str) -> str | None:
    found = directory.find_unit(unit_id)
    return found.parent_id if found else None


class Conflicts:
    """What is known of some nominations, for every question about them."""

    def __init__(
        self, tx: Transaction, records: Sequence[NominationRecord], directory: Directory
    ) -> None:
        self._directory = directory
        contacts = nominations.contacts(tx, [record.id for record in records])
        self._owners = {one: contact.owner for one, contact in contacts.items()}
        pairs = {(record.nominated_by_id, record.unit_id) for record in records}
        of_pair = judged_of(tx, pairs, directory)
        self._judged: dict[int, Judged] = {}
        for record in records:
            judged = of_pair[record.nominated_by_id, record.unit_id]
            own_address = normal_address(contacts[record.id].email)
            self._judged[record.id] = (
                judged
                if not own_address or own_address in judged.addresses
                else _with_address(judged, own_address)
            )

    def judged(self, record: NominationRecord) -> Judged:
        """Return what the rule may know of a nomination."""
        return self._judged[record.id]

    def of(self, person: PersonRecord, record: NominationRecord) -> Nearness | None:
        """Return why a person is too near to a nomination; None where they may judge it."""
        return nearness(judge_of(person, self._directory), self._judged[record.id])

    def is_named(self, person: PersonRecord, record: NominationRecord) -> bool:
        """Say whether a person's name stands in the owner of a nomination: no proof, a warning."""
        owner = self._owners[record.id]
        return bool(owner) and is_named(person.full_name, owner)

    def free(self, panel: Iterable[PersonRecord], record: NominationRecord) -> list[PersonRecord]:
        """Return those of a panel who may judge a nomination."""
        return [person for person in panel if self.of(person, record) is None]


def _with_address(judged: Judged, address: str) -> Judged:
    return Judged(
        nominating_unit=judged.nominating_unit,
        subject_unit=judged.subject_unit,
        addresses={*judged.addresses, address},
        succession=judged.succession,
        parents=judged.parents,
        counted=judged.counted,
    )
