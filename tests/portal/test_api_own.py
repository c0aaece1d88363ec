"""What people do for themselves over the API, and what of others they are not shown."""

from __future__ import annotations

from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import Stage
from tests.portal_client import API, People
from tests.world import World


def test_calendar_address_is_made_listed_and_ended(people: People) -> None:
    made = people.post("binh", "/api/v1/me/feeds").json()
    assert people.http.get(made["path"]).status_code == 200
    gone = people.ask("binh", "DELETE", f"/api/v1/me/feeds/{made['number']}")
    assert gone.status_code == 204
    assert people.get("binh", "/api/v1/me/feeds").json()["items"] == [
        {"number": made["number"], "revoked": True}
    ]
    assert people.http.get(made["path"]).status_code == 404


def test_calendar_address_of_another_person_cannot_be_ended(people: People) -> None:
    made = people.post("binh", "/api/v1/me/feeds").json()
    answer = people.ask("mai", "DELETE", f"/api/v1/me/feeds/{made['number']}")
    assert answer.status_code == 404


def test_preferences_are_set(people: People) -> None:
    answer = people.ask("binh", "PUT", "/api/v1/me/preferences", json={"digest": "daily"})
    assert answer.json()["changed"] == 1


def test_secret_of_a_link_in_the_mail_of_another_is_masked(world: World, people: People) -> None:
    link = "https://t.example/decide/eyJhbGciOiJIUzI1NiJ9.abc-DEF_123"
    world.launch()
    world.open(Stage.LAUNCH)
    world.store._renderer.render = lambda payload, language: RenderedMessage(  # type: ignore[method-assign]
        subject=payload.template, text=link, html=""
    )
    world.ask_approval(Stage.LAUNCH)
    first = people.get("mai", f"{API}/messages").json()["items"][0]
    assert link not in people.get("mai", f"{API}/messages/{first['id']}").text
