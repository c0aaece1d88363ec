"""What does another playbook change in a campaign that runs, and what of it comes too late?

What is decided stays as it was decided (ADR 0024). The table `ROWS` says for every key of a
playbook from when on it is settled; whatever no row names is settled at the launch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple

from campaigns.rules.playbook.reading import plain
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import StageState

_KEYED: Final = {
    ("fields",): "id",
    ("subject_kinds",): "id",
    ("form", "items"): "id",
    ("rules",): "id",
    ("rubric", "criteria"): "code",
    ("calendar", "sessions"): "number",
}
"""Lists whose elements have a name: one that moves is the same one."""


class Changed(NamedTuple):
    """One key that the amendment changes; None where it was not there, or is not any more."""

    path: tuple[str, ...]
    old: Any
    new: Any

    @property
    def name(self) -> str:
        """The path as people write it, such as `calendar.nomination.closes`."""
        return ".".join(self.path)


def differences(old: Playbook, new: Playbook) -> tuple[Changed, ...]:
    """Return what differs between two playbooks, by path, in the order of the paths."""
    return tuple(_differences(plain(old), plain(new), ()))


def _differences(old: Any, new: Any, path: tuple[str, ...]) -> Iterator[Changed]:  # noqa: ANN401 - any JSON
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from _differences(old.get(key), new.get(key), (*path, key))
    elif path in _KEYED and isinstance(old, list) and isinstance(new, list):
        key = _KEYED[path]
        before = {str(item[key]): item for item in old}
        after = {str(item[key]): item for item in new}
        yield from _differences(before, after, path)
        order = [name for name in before if name in after]
        if (reordered := [name for name in after if name in before]) != order:
            yield Changed((*path, "*"), order, reordered)
    else:
        yield Changed(path, old, new)


# --- What is settled -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """What has happened in a campaign, as far as it settles a key of its playbook."""

    now: datetime
    """Local time in the zone of the campaign, without an offset: as playbooks say times."""
    launched: bool = False
    stages: Mapping[str, str] | None = None
    """State by name of the stage; None before the launch."""
    nominations: int = 0
    decided: int = 0
    """Nominations whose eligibility is decided."""
    reviews: int = 0
    convened: bool = False
    """The council's sessions are planned, and its members invited."""
    voted: int = 0
    """Nominations that were voted on."""
    signed: int = 0
    """Decisions with a number."""
    released: bool = False
    """Held results were released."""
    adoptions: int = 0
    extended: Mapping[str, datetime] | None = None
    """Until when the work of a stage was extended, local time, where it was."""
    kinds_used: frozenset[str] = frozenset()
    fields_used: frozenset[str] = frozenset()

    def state(self, stage: str) -> str:
        """Return the state of a stage; pending before the launch."""
        return (self.stages or {}).get(stage, StageState.PENDING)


class Settled(StrEnum):
    """From when on a key cannot be changed any more."""

    ALWAYS = "always"
    LAUNCHED = "launched"
    RECEIVED = "received"
    IN_USE = "in_use"
    DECIDED = "decided"
    REVIEWED = "reviewed"
    CONVENED = "convened"
    VOTED = "voted"
    SIGNED = "signed"
    RELEASED = "released"
    ADOPTED = "adopted"
    OPENED = "opened"
    CLOSED = "closed"
    APPROVED = "approved"
    EXTENDED = "extended"
    PAST = "past"
    NEVER = "never"


_OVER: Final = (StageState.AWAITING_APPROVAL, StageState.APPROVED)
_HAPPENED: Final[Mapping[Settled, Callable[[Standing, Changed], bool]]] = {
    Settled.ALWAYS: lambda _now, _key: True,
    Settled.LAUNCHED: lambda now, _key: now.launched,
    Settled.RECEIVED: lambda now, _key: now.nominations > 0,
    Settled.IN_USE: lambda now, key: key.path[1] in now.kinds_used | now.fields_used,
    Settled.DECIDED: lambda now, _key: now.decided > 0 or now.state("nomination") in _OVER,
    Settled.REVIEWED: lambda now, _key: now.reviews > 0 or now.state("appraisal") in _OVER,
    Settled.CONVENED: lambda now, _key: now.convened,
    Settled.VOTED: lambda now, _key: now.voted > 0 or now.state("recognition") in _OVER,
    Settled.SIGNED: lambda now, _key: now.signed > 0,
    Settled.RELEASED: lambda now, _key: now.released,
    Settled.ADOPTED: lambda now, _key: now.adoptions > 0,
    Settled.OPENED: lambda now, key: now.state(key.path[1]) != StageState.PENDING,
    Settled.CLOSED: lambda now, key: now.state(key.path[1]) in _OVER,
    Settled.APPROVED: lambda now, key: now.state(key.path[1]) == StageState.APPROVED,
    Settled.EXTENDED: lambda now, key: (
        key.path[1] in (now.extended or {}) and _is_past(key.new, (now.extended or {})[key.path[1]])
    ),
    Settled.PAST: lambda now, key: _is_past(key.new, now.now),
    Settled.NEVER: lambda _now, _key: False,
}


class Row(NamedTuple):
    """One line of the table: these keys, changed in this way, are settled from then on."""

    keys: str
    """A path; `*` stands for any part of it."""
    settled: Settled
    only: Callable[[Changed], bool] | None = None
    """Which changes of these keys; None: every one."""


def _is_removed(key: Changed) -> bool:
    return key.new is None


def _is_whole(key: Changed) -> bool:
    return key.old is None or key.new is None


def _is_asked_for(key: Changed) -> bool:
    """Say whether nominations that are in lack a box which becomes obligatory."""
    return bool(key.new.get("required") if isinstance(key.new, dict) else key.new)


ROWS: Final = (
    Row("code", Settled.ALWAYS),
    Row("playbook", Settled.ALWAYS),
    Row("timezone", Settled.LAUNCHED),
    Row("name.*", Settled.NEVER),
    Row("version", Settled.NEVER),
    Row("source", Settled.NEVER),
    Row("language", Settled.NEVER),
    Row("coordinator_unit", Settled.NEVER),
    Row("fields*", Settled.NEVER),
    Row("fields.*", Settled.IN_USE, _is_removed),
    Row("subject_kinds*", Settled.NEVER),
    Row("subject_kinds.*", Settled.IN_USE, _is_removed),
    Row("form.items.*", Settled.NEVER),
    Row("form.items.*", Settled.RECEIVED, _is_removed),
    Row("form.items.*.type", Settled.RECEIVED),
    Row("form.items.*.role", Settled.RECEIVED),
    Row("form.items.*.required", Settled.RECEIVED, _is_asked_for),
    Row("form.items.*", Settled.RECEIVED, lambda key: key.old is None and _is_asked_for(key)),
    Row("rules*", Settled.DECIDED),
    Row("quota.*", Settled.DECIDED),
    Row("nominating.*", Settled.DECIDED),
    Row("late.*", Settled.DECIDED),
    Row("rubric*", Settled.REVIEWED),
    Row("conflicts.*", Settled.REVIEWED),
    Row("conflicts.*", Settled.VOTED),
    Row("vote.*", Settled.VOTED),
    Row("calendar.*.opens", Settled.OPENED),
    Row("calendar.*.closes", Settled.CLOSED),
    Row("calendar.*.approval", Settled.APPROVED),
    Row("calendar.*.closes", Settled.EXTENDED),
    Row("calendar.*.approval", Settled.EXTENDED),
    Row("calendar.appraisal", Settled.LAUNCHED, _is_whole),
    Row("calendar.sessions.*", Settled.VOTED),
    Row("calendar.sessions.*", Settled.CONVENED, _is_whole),
    Row("calendar.results_released", Settled.RELEASED),
    Row("calendar.*", Settled.PAST),
    Row("approvals.*", Settled.CLOSED),
    Row("decision.*", Settled.SIGNED),
    Row("follow_up.*", Settled.ADOPTED),
    Row("messages.*", Settled.NEVER),
    Row("reminders*", Settled.NEVER),
)
"""The whole table. Constructed, but for its principle: what is decided follows the rule it was
decided under, and a dossier the rule in force when it was received (ADR 0004)."""


def refusal(key: Changed, now: Standing) -> Settled | None:
    """Return why a key cannot be changed any more; None where it can."""
    rows = [row for row in ROWS if fnmatchcase(key.name, row.keys)]
    if not rows:
        return Settled.LAUNCHED if now.launched else None
    for row in rows:
        if (row.only is None or row.only(key)) and _HAPPENED[row.settled](now, key):
            return row.settled
    return None


def refused(keys: Iterable[Changed], now: Standing) -> dict[str, Settled]:
    """Return what comes too late, by name of the key."""
    return {key.name: why for key in keys if (why := refusal(key, now)) is not None}


def _is_past(value: object, now: datetime) -> bool:
    """Say whether a date of the calendar is moved to before the present."""
    if isinstance(value, dict):
        return any(_is_past(part, now) for part in value.values())
    if not isinstance(value, str):
        return False
    try:
        return datetime.fromisoformat(value) < now
    except (TypeError, ValueError):
        return False
