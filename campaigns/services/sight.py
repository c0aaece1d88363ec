"""What may this person know of a nomination? Asked before anything of it is shown, told or refused.

Coordinators and leaders know everything: they decide on it. Everybody else knows what was released
(`rules.disclosure`); who judges knows besides which nominations are before them. Nothing else in
the program answers that question.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from campaigns.rules.access.disclosure import JUDGED, known_state
from campaigns.services.registers.directory import today
from campaigns.store import campaigns
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.vocabulary import NominationState, Role, Stage, StageState

_DECIDING: Final = frozenset({Role.COORDINATOR, Role.LEADER})


class Sight:
    """What one person may know of a campaign, by the roles they hold today."""

    def __init__(self, tx: Transaction, roles: Iterable[str], unit_id: str = "") -> None:
        held = self._roles = frozenset(roles)
        self.knows_all = not held.isdisjoint(_DECIDING)
        """They may know every state, and count them."""
        self._lists_all = Role.COORDINATOR in held
        self._unit_id = unit_id if Role.NOMINATOR in held else ""
        self._reviews = Role.REVIEWER in held and _is_approved(tx, Stage.NOMINATION)
        self._sits = Role.COUNCIL in held
        self._voted = set(council.outcomes(tx)) if self._sits else set()

    def holds(self, roles: Iterable[str]) -> bool:
        """Say whether this person holds one of the roles."""
        return not self._roles.isdisjoint(roles)

    def sees(self, record: NominationRecord) -> bool:
        """Say whether the nomination is this person's to see."""
        return (
            self._lists_all
            or record.nominated_by_id == self._unit_id
            or self.reviews(record)
            or self._is_before_council(record)
        )

    def state(self, record: NominationRecord) -> str:
        """Return the state as this person may know it."""
        return known_state(
            record.state,
            record.told,
            knows_all=self.knows_all,
            knows_outcomes=self.reviews(record) or self._is_before_council(record),
        )

    def reviews(self, record: NominationRecord) -> bool:
        """Say whether the nomination is, or was, one of those this person may review."""
        return self._reviews and record.state in JUDGED

    def _is_before_council(self, record: NominationRecord) -> bool:
        return self._sits and (
            record.state == NominationState.SHORTLISTED or record.id in self._voted
        )


def of_person(tx: Transaction, person_id: str) -> Sight:
    """Return what a person may know today."""
    known = people.named(tx, [person_id]).get(person_id)
    roles = people.roles_of(tx, person_id, today(tx))
    return Sight(tx, roles, known.unit_id if known else "")


def of_outside(tx: Transaction) -> Sight:
    """Return what may be known without any role: by whoever sees Prefect, for one."""
    return Sight(tx, ())


def _is_approved(tx: Transaction, stage: Stage) -> bool:
    found = campaigns.find_stage(tx, stage)
    return found is not None and found.state == StageState.APPROVED
