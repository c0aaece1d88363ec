"""Can the approval policies of a playbook be fulfilled, and are they what is meant?

`CHECKS` read the text itself, as `playbook_parts` does, so that every finding has its own line;
`advice` looks at the valid playbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from campaigns.rules.playbook.faults import Fault, Path
from campaigns.rules.playbook.tree import Node
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import STAGES, Role, Stage

_UNUSUAL: Final = frozenset({Role.NOMINATOR, Role.REVIEWER, Role.OBSERVER})


def _policies(tree: Node) -> Iterator[tuple[Path, Node]]:
    for stage in STAGES:
        path: Path = ("approvals", stage.value)
        node = tree.at(path)
        if node is not None and isinstance(node.value, dict):
            yield path, node


def _two_forms(tree: Node) -> Iterator[Fault]:
    for path, node in _policies(tree):
        if not node.items("steps"):
            continue
        for key in ("roles", "people", "required"):
            if node.at((key,)) is not None:
                yield Fault("steps_and_key", (*path, key), {"key": key}, at_key=True)


def _groups(tree: Node) -> Iterator[tuple[Path, Node]]:
    """Yield each group of approvers: the policy itself, or its steps."""
    for path, node in _policies(tree):
        steps = node.items("steps")
        if node.at(("steps",)) is None:
            yield path, node
        for number, step in enumerate(steps):
            if isinstance(step.value, dict):
                yield (*path, "steps", number), step


def _approvers(tree: Node) -> Iterator[Fault]:
    for path, node in _groups(tree):
        roles, people = node.items("roles"), node.items("people")
        given = [key for key in ("roles", "people") if node.at((key,)) is not None]
        if not given:
            yield Fault("approvers_missing", path)
        elif not roles and not people and all(_is_empty_list(node, key) for key in given):
            yield Fault("list_empty", (*path, given[0]))
        elif people and not roles:
            names = {str(one.value) for one in people}
            required = node.text("required") or "1"
            if required.isdecimal() and int(required) > len(names):
                values = {"value": required, "people": str(len(names))}
                yield Fault("required_above_people", (*path, "required"), values)


def _is_empty_list(node: Node, key: str) -> bool:
    found = node.at((key,))
    return found is not None and found.value == []


CHECKS: Final[tuple[Callable[[Node], Iterator[Fault]], ...]] = (_two_forms, _approvers)


# --- Advice --------------------------------------------------------------------------------------


def _warn(code: str, path: Path, **values: str) -> Fault:
    return Fault(code, path, values, "warn")


def advice(playbook: Playbook) -> Iterator[Fault]:
    """Yield what in a valid policy is probably not meant."""
    with_code = [one for one in STAGES if playbook.approvals.of(one).one_time_code]
    if with_code and Stage.RECOGNITION not in with_code:
        path: Path = ("approvals", Stage.RECOGNITION.value)
        yield _warn("code_not_for_decision", path, stage=with_code[0].value)
    for stage in STAGES:
        policy = playbook.approvals.of(stage)
        path = ("approvals", stage.value)
        if policy.order == "sequence" and not policy.steps:
            yield _warn("order_without_steps", (*path, "order"))
        if policy.on_return == "resume" and stage is Stage.RECOGNITION:
            yield _warn("resume_of_decision", (*path, "on_return"))
        if policy.one_time_code and playbook.calendar.of(stage) is None:
            yield _warn("code_never_asked", (*path, "one_time_code"))
        for number, step in enumerate(policy.chain):
            where = (*path, "steps", number) if policy.steps else path
            for place, role in enumerate(step.roles):
                if role in _UNUSUAL:
                    yield _warn("approver_unusual", (*where, "roles", place), value=role.value)
