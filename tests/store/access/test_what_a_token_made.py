"""What a token made ends with it, changes of one's own need a scope, and the person is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns import access
from campaigns.services.access import tokens
from campaigns.services.deadlines import feeds
from campaigns.store.mail import messages
from tests.portal_client import People
from tests.world import World

FEEDS = "/api/v1/me/feeds"


def token_of(people: People, person: str, scopes: str = "read settings", days: int = 90) -> int:
    """Return the number of the token a person asks with."""
    shown = people.token(person, scopes, days)
    return people.app.read(None, tokens.holder, shown).token_id


def made(people: People, person: str = "binh") -> str:
    path: str = people.ask(person, "POST", FEEDS, scopes="read settings").json()["path"]
    assert people.http.get(path).status_code == 200
    return path


def test_calendar_address_ends_with_the_token_that_made_it(people: People):
    path = made(people)
    people.app.act_as("test", None, tokens.revoke, token_of(people, "binh"))

    assert people.http.get(path).status_code == 404


def test_calendar_address_ends_when_the_token_expires(people: People, world: World):
    path = made(people)
    world.clock.time += timedelta(days=91)

    assert people.http.get(path).status_code == 404


def test_calendar_address_of_the_command_line_depends_on_no_token(people: People):
    _, secret = people.app.act_as("test", None, feeds.create, "binh")
    people.app.act_as("test", None, tokens.revoke, token_of(people, "binh"))

    assert people.http.get(f"/feeds/{secret}.ics").status_code == 200


def test_three_calendar_addresses_live_at_a_time(people: People):
    answers = [people.ask("binh", "POST", FEEDS, scopes="read settings") for _ in range(4)]

    assert [one.status_code for one in answers] == [201, 201, 201, 409]
    number = answers[0].json()["number"]
    people.ask("binh", "DELETE", f"{FEEDS}/{number}", scopes="read settings")
    assert people.ask("binh", "POST", FEEDS, scopes="read settings").status_code == 201


@pytest.mark.parametrize(
    ("method", "where"),
    [("POST", FEEDS), ("DELETE", f"{FEEDS}/1"), ("PUT", "/api/v1/me/preferences")],
)
@pytest.mark.parametrize("scopes", ["read", "read nominate review approve coordinate"])
def test_changes_of_ones_own_need_their_scope(people: People, method: str, where: str, scopes: str):
    answer = people.ask("binh", method, where, scopes=scopes, json={})

    assert answer.status_code == 403
    assert "settings" in answer.text


def test_person_is_told_of_a_calendar_address(people: People, world: World):
    made(people)

    (told,) = [one for one in world.read(messages.find) if one.template == "access-opened"]
    assert (told.recipient_id, told.state) == ("binh", "queued")


def test_person_is_told_of_a_token(people: People, world: World):
    _, record = people.app.act_as("test", None, tokens.create, "hung", ["approve"], 30)

    assert access.token(people.app, record)
    (told,) = [one for one in world.read(messages.find) if one.template == "access-opened"]
    assert told.to_address == "hung@example.org"
