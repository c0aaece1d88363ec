"""Who is too near to a nomination to judge it, and why?

The same unit is the plain case. A unit that was merged, divided or renamed is the same people under
another id, and a person may stand in the register twice: with the address of who is to be judged
they are taken for who they are. Units above and below are as near as the playbook says. The name
of an owner proves nothing, since many people share one, and is told to the coordinator.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from language import Language, Text, _
from language.vietnamese import match_key


class Nearness(StrEnum):
    """Why somebody is too near."""

    NOMINATING_UNIT = "nominating_unit"
    SUBJECT_UNIT = "subject_unit"
    ADDRESS = "address"
    SUCCESSION = "succession"
    PARENT = "parent"
    CHILD = "child"


WORDS: Final[Mapping[Nearness, Text]] = {
    Nearness.NOMINATING_UNIT: _("of the unit that nominated"),
    Nearness.SUBJECT_UNIT: _("of the unit whose model it is"),
    Nearness.ADDRESS: _("has the address of its contact, or of somebody of its units"),
    Nearness.SUCCESSION: _(
        "of a unit that came before or after its units by merger, division or renaming"
    ),
    Nearness.PARENT: _("of the unit above, which the playbook counts as too near"),
    Nearness.CHILD: _("of a unit below, which the playbook counts as too near"),
}


def say(nearness: Nearness, language: Language) -> str:
    """Return why somebody is too near, as part of a sentence."""
    return WORDS[nearness].say(language)


@dataclass(frozen=True, slots=True)
class Judge:
    """Who is to score or to vote."""

    unit_id: str
    address: str = ""
    """As written in the register."""
    parent_id: str | None = None
    """The unit above theirs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rule may know of a nomination, its units and their people."""

    nominating_unit: str
    subject_unit: str
    addresses: Collection[str] = frozenset()
    """Normal addresses of its contact, of its units and of their people."""
    succession: Collection[str] = frozenset()
    """Units before and after its units."""
    parents: Collection[str] = frozenset()
    """Units above its units."""
    counted: Collection[Nearness] = field(default_factory=frozenset)
    """Which of `parent` and `child` the playbook counts as too near."""


def nearness(judge: Judge, judged: Judged) -> Nearness | None:
    """Return why a judge is too near to a nomination; None where they may judge it."""
    own = (judged.nominating_unit, judged.subject_unit)
    checks = (
        (Nearness.NOMINATING_UNIT, judge.unit_id == judged.nominating_unit),
        (Nearness.SUBJECT_UNIT, judge.unit_id == judged.subject_unit),
        (Nearness.SUCCESSION, judge.unit_id in judged.succession),
        (Nearness.ADDRESS, normal_address(judge.address) in judged.addresses),
        (Nearness.PARENT, judge.unit_id in judged.parents),
        (Nearness.CHILD, judge.parent_id is not None and judge.parent_id in own),
    )
    optional = {Nearness.PARENT, Nearness.CHILD}
    return next(
        (why for why, holds in checks if holds and (why not in optional or why in judged.counted)),
        None,
    )


def normal_address(address: str) -> str:
    """Write an address so that spellings of one mailbox are equal; empty where there is none."""
    local, at, domain = address.strip().casefold().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" if at and local and domain else ""


def normal_addresses(addresses: Iterable[str]) -> frozenset[str]:
    """Return the mailboxes there are among addresses."""
    return frozenset(map(normal_address, addresses)) - {""}


def is_named(full_name: str, owner: str) -> bool:
    """Say whether a person's full name stands in the owner of a nomination, word for word."""
    wanted, words = match_key(full_name).split(), match_key(owner).split()
    if len(wanted) < _FULL:
        return False
    starts = range(len(words) - len(wanted) + 1)
    return any(words[start : start + len(wanted)] == wanted for start in starts)


_FULL: Final = 2
"""A single word is no full name: too many owners hold it."""
