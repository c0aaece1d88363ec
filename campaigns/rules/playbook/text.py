"""What does the text of a playbook say, and what is wrong with it, line by line?

Apart from `campaigns.rules.playbook.reading`, since only who reads a file needs YAML and the hints.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import ValidationError

from campaigns.rules.playbook.advice import advice
from campaigns.rules.playbook.faults import Fault, Mark, Path, told
from campaigns.rules.playbook.parts import number_faults, part_faults
from campaigns.rules.playbook.schema_errors import schema_faults, without_repeats
from campaigns.rules.playbook.tree import Node, parse_tree
from language import Language
from schemas.playbook.playbook import Playbook
from schemas.playbook.problems import PlaybookProblem


def read(
    text: str, name: str, language: Language
) -> tuple[Playbook | None, tuple[PlaybookProblem, ...]]:
    """Read a playbook and say everything that is wrong with it: see `playbooks.read_playbook`."""
    tree, faults = parse_tree(text)
    playbook = None
    if tree is not None:
        playbook, found = _validated(tree)
        faults += found
        if playbook is not None and not faults:
            faults = advice(playbook, language)
    problems = {_told(fault, tree, name, language): None for fault in faults}
    ordered = sorted(problems, key=lambda problem: (problem.line, problem.column))
    has_error = any(problem.level == "error" for problem in ordered)
    return None if has_error else playbook, tuple(ordered)


def _validated(tree: Node) -> tuple[Playbook | None, list[Fault]]:
    numbers, parts = number_faults(tree), part_faults(tree)
    data = _with(tree.plain(), [fault.path for fault in numbers], "1")
    try:
        playbook = Playbook.model_validate(data)
    except ValidationError as error:
        schema = without_repeats(schema_faults(error, tree), parts)
        return None, [*numbers, *parts, *schema]
    return playbook, [*numbers, *parts]


def _with(data: object, paths: Iterable[Path], value: str) -> object:
    """Put a harmless value where a number is out of reason, so that the rest is checked as well."""
    for path in paths:
        place: object = data
        for part in path[:-1]:
            place = place[part]  # type: ignore[index]
        place[path[-1]] = value  # type: ignore[index]
    return data


def _told(fault: Fault, tree: Node | None, name: str, language: Language) -> PlaybookProblem:
    mark = fault.mark
    if mark is None:
        mark = tree.find(fault.path, at_key=fault.at_key) if tree else Mark(1, 1)
    return told(fault, mark, name, language)
