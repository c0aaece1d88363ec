"""Who may look at what over the API? Every operation that shows something, in everybody's name.

What is expected is asked of the table with the roles that the people of the small world hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from campaigns.rules.access.errors import PersonNotAppointed
from campaigns.rules.access.permissions import SIGHTS, Sight
from campaigns.rules.access.predicates import About
from portal.api.routes import router
from schemas.actors import SCOPES, by_token
from schemas.vocabulary import Role
from tests.grounds import decided
from tests.portal_client import People
from tests.unit.access.rights_page import Known
from tests.world import CODE, PEOPLE, World

ROLES: Final[dict[str, frozenset[str]]] = {one.id: frozenset(one.roles) for one in PEOPLE}
PLACES: Final = {
    "code": CODE,
    "stage": "launch",
    "nomination": "A",
    "number": "1",
    "person": "thu",
    "role": "reviewer",
}


def row(dependant: Dependant) -> Iterator[Sight]:
    found = getattr(dependant.call, "row", None)
    if isinstance(found, Sight):
        yield found
    for each in dependant.dependencies:
        yield from row(each)


LOOKS: Final = [
    (one, sight)
    for one in router.routes
    if isinstance(one, APIRoute) and "GET" in (one.methods or ())
    for sight in row(one.dependant)
]


def may_come(sight: Sight, person: str) -> bool:
    """Say whether the table lets somebody in who holds these roles, whatever the thing is."""
    who = by_token(person, frozenset(SCOPES))
    try:
        SIGHTS[sight].ensure_person(Known(who, About(), ROLES[person]))
    except PersonNotAppointed:
        return False
    return True


def test_every_look_is_tried() -> None:
    posts = {Sight.AMENDMENT, Sight.SIGNERS}  # a comparison that is posted; names within others

    assert {sight for _route, sight in LOOKS} == {*Sight} - posts


def test_operation_shows_something_to_those_of_the_table_alone(
    world: World, people: People
) -> None:
    decided(world)
    found, expected = {}, {}

    for route, sight in LOOKS:
        path = route.path
        for name, value in PLACES.items():
            path = path.replace(f"{{{name}}}", value)
        for person in ROLES:
            status = people.get(person, path).status_code
            assert status < 500
            found[route.path, person] = status != 403
            expected[route.path, person] = may_come(sight, person)

    assert found == expected


@pytest.mark.parametrize("scope", SCOPES)
def test_token_opens_what_its_scope_is_for(world: World, people: People, scope: str) -> None:
    decided(world)
    assert {*Role} >= ROLES["lan"]

    for route, sight in LOOKS:
        path = route.path
        for name, value in PLACES.items():
            path = path.replace(f"{{{name}}}", value)
        refused = "scope-missing" in people.get("lan", path, scopes=scope).text
        assert refused == (scope not in SIGHTS[sight].scopes), (path, scope)
