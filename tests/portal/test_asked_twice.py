"""Every operation is asked twice: what stored nothing never answers as if it had.

Which operations there are is read from the API's own description; a new one without a case fails.
"""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from tests.doors import come_in
from tests.every_command import content
from tests.every_operation import CASES, ELSEWHERE, LOOKING
from tests.portal_client import People
from tests.world import World

METHODS = ("post", "put", "patch", "delete")


def says_stored(answer: Response) -> bool:
    """Say whether an answer says that this very request has stored something."""
    if not answer.is_success:
        return False
    said = answer.json() if answer.content else {}
    return not said.get("repeated") and said.get("changed", 1) > 0


def test_every_operation_is_tried(people: People) -> None:
    paths = people.http.get("/openapi.json").json()["paths"]
    found = {
        f"{method.upper()} {path}"
        for path, operations in paths.items()
        for method in operations
        if method in METHODS
    }

    assert found == {*CASES, *ELSEWHERE, *LOOKING}


@pytest.mark.parametrize("name", sorted(CASES))
def test_operation_asked_twice_says_what_it_stored(name: str, world: World, people: People) -> None:
    case = CASES[name]
    case.prepare(world)
    come_in(people, case.person)
    method = name.partition(" ")[0]

    asked: dict[str, Any] = {"json": dict(case.body), "headers": dict(case.headers)}

    before = content(world)
    first = people.ask(case.person, method, case.path, **asked)
    after = content(world)
    second = people.ask(case.person, method, case.path, **asked)

    assert first.is_success, first.text
    assert says_stored(first), first.text
    assert after != before
    assert second.status_code < 500, second.text
    assert says_stored(second) == (content(world) != after), second.text
