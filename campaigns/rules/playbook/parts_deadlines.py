"""Do late policy, reminders and calendar of a playbook fit each other?

Reads the text itself, as `playbook_parts` does, so that every finding has its own line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from campaigns.rules.playbook.faults import Fault, Path
from campaigns.rules.playbook.tree import Node
from schemas.playbook.deadlines import Reminders

_DEFAULTS: Final = Reminders()


def _penalty(tree: Node) -> Iterator[Fault]:
    late = tree.at(("late",))
    if late is None or not isinstance(late.value, dict):
        return
    policy, per_day = late.text("policy"), late.text("penalty_per_day")
    is_given = per_day is not None and per_day.strip("0.") != ""
    if policy == "penalty" and not is_given:
        yield Fault("penalty_missing", ("late", "policy"))
    if policy != "penalty" and is_given:
        yield Fault("penalty_unused", ("late", "penalty_per_day"), {"policy": policy or "reject"})
    rubric = tree.at(("rubric",))
    if policy == "penalty" and (rubric is None or rubric.value is None):
        yield Fault("penalty_without_rubric", ("late", "policy"))


def _end_of_reminders(tree: Node) -> Iterator[Fault]:
    if tree.at(("reminders",)) is None:
        return
    stop = _whole(tree.text("reminders", "stop_after"), _DEFAULTS.stop_after)
    after = [_whole(item.value, 0) for item in tree.items("reminders", "after")]
    places: list[tuple[Path, int]] = [
        (("reminders", "after", number), days) for number, days in enumerate(after)
    ]
    if (escalate := tree.text("reminders", "escalate_after")) is not None:
        places.append((("reminders", "escalate_after"), _whole(escalate, 0)))
    if not places:
        latest = max((*_DEFAULTS.after, _DEFAULTS.escalate_after or 0))
        places.append((("reminders", "stop_after"), latest))
    for path, days in places:
        if days > stop:
            yield Fault("reminders_end", path, {"value": str(days), "stop": str(stop)})


def _whole(value: object, otherwise: int) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else otherwise


def _days_twice(tree: Node) -> Iterator[Fault]:
    free = {item.value for item in tree.items("calendar", "extra_holidays")}
    for number, item in enumerate(tree.items("calendar", "extra_working_days")):
        if item.value in free:
            path: Path = ("calendar", "extra_working_days", number)
            yield Fault("day_twice", path, {"value": str(item.value)})


CHECKS: Final[tuple[Callable[[Node], Iterator[Fault]], ...]] = (
    _penalty,
    _end_of_reminders,
    _days_twice,
)
