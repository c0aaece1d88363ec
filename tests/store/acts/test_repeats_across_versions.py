"""Is an act known again that a version before carried out? By each name it may be stored under."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from campaigns.rules import keys
from campaigns.rules.errors import ActContradicted
from campaigns.rules.repeats import keyed
from campaigns.store import repeats
from campaigns.store.tables import processed_command
from schemas.commands.nomination import WithdrawNomination
from tests.grounds import nominated, write
from tests.portal_client import API, People
from tests.world import CODE, World

KEEP = {"changed": 1, "detail": "", "known": 0, "remarks": [], "differences": [], "repeated": False}
ACTED = {
    "changed": 1,
    "detail": "stored",
    "known": 0,
    "remarks": [{"code": "roll_incomplete", "what": "A", "count": 1, "of": 4, "message": "Còn 1"}],
    "repeated": False,
    "command_id": "",
    "warnings": [],
}
BODY = {"reason": "Chuyển"}
"""What was sent; its digest is of the body with every field, but the id."""


@pytest.fixture(autouse=True)
def _nominated(world: World) -> None:
    nominated(world)


def stored(world: World, command_id: str, name: str, answer: dict[str, Any]) -> None:
    row = {"command_id": command_id, "name": name, "result": json.dumps(answer)}
    write(world, processed_command.insert().values(**row, processed_at=world.clock.time))


def withdrawal(**said: str) -> WithdrawNomination:
    given = {"command_id": "cli:withdraw", "nomination_code": "A", "person_id": "binh"}
    return WithdrawNomination.model_validate(given | {"reason": "Chuyển"} | said)


def test_act_is_known_by_its_digest_without_a_key(world: World) -> None:
    stored(world, "cli:withdraw", keys.command_name(withdrawal()), KEEP)

    assert world.do(withdrawal()).repeated
    assert world.state_of("A") == "submitted"


def test_act_is_known_by_its_kind_alone(world: World) -> None:
    stored(world, "cli:withdraw", "WithdrawNomination", KEEP)

    assert world.do(withdrawal()).repeated


def test_act_with_other_words_is_none_of_before(world: World) -> None:
    stored(world, "cli:withdraw", keys.command_name(withdrawal()), KEEP)

    with pytest.raises(ActContradicted):
        world.do(withdrawal(reason="Khác"))


def api_row(people: People, content: str, command_id: str = "c-1") -> tuple[str, str]:
    key = people.app.settings.signing_key
    identity = f"api:binh:{keyed(key, 'id', CODE, command_id)[:40]}"
    mark = keyed(key, "content", "binh", CODE, command_id, content)[:32]
    return identity, f"api withdraw A {mark}"


def withdraw(people: People, reason: str = "Chuyển") -> Any:
    body = {"command_id": "c-1", "reason": reason}
    return people.post("binh", f"{API}/nominations/A/withdraw", body)


def test_act_over_the_api_is_known_by_the_digest_of_its_body(world: World, people: People) -> None:
    stored(world, *api_row(people, json.dumps(BODY)), ACTED)

    answer = withdraw(people)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["repeated"], answer.json()["changed"]) == (True, 1)
    assert answer.json()["detail"] == "stored"
    assert answer.json()["remarks"][0]["code"] == "roll_incomplete"
    assert world.state_of("A") == "submitted"


def test_act_over_the_api_with_another_body_is_refused(world: World, people: People) -> None:
    stored(world, *api_row(people, json.dumps(BODY)), ACTED)

    assert withdraw(people, "Khác").status_code == 409


def test_act_over_the_api_is_known_by_the_id_without_a_key(world: World, people: People) -> None:
    oldest = hashlib.sha256(f"{CODE}\nc-1".encode()).hexdigest()[:40]
    stored(world, f"api:binh:{oldest}", "api withdraw A", ACTED)

    assert withdraw(people).json()["repeated"]


def test_act_is_known_by_the_key_of_before(world: World, people: People) -> None:
    first = withdraw(people)
    settings = people.app.settings
    before = settings.secret.get_secret_value() or settings.signing_key.decode()
    update = {
        "secret": type(settings.secret)("n" * 40),
        "secret_before": type(settings.secret)(before),
    }
    object.__setattr__(people.app, "settings", settings.model_copy(update=update))

    again = withdraw(people)

    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert withdraw(people, "Khác").status_code == 409


def test_one_act_leaves_one_row(world: World, people: People) -> None:
    before = world.count(processed_command)

    withdraw(people)

    assert world.count(processed_command) == before + 1


def test_name_of_an_act_cannot_be_tried_out_without_the_key(world: World) -> None:
    world.do(withdrawal())

    stored = world.read(lambda tx: repeats.find(tx.connection, "cli:withdraw"))
    assert stored is not None
    name = stored[0]
    assert name.startswith("WithdrawNomination ")
    assert name != keys.command_name(withdrawal())
