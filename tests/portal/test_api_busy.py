"""What the API says where the database is busy, and where a word is not known."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from campaigns.services.access import tokens
from tests.portal_client import API, People
from tests.world import World

# --- A database that is busy ----------------------------------------------------------------------


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Hold the database as another program would."""
    holder = sqlite3.connect(str(world.store.engine.url.database), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.rollback()
        holder.close()


def test_act_on_a_locked_database_is_told_when_to_come_again(receiving: People, world) -> None:
    world.store.patience = 0.2
    receiving.token("mai")
    with locked(world):
        answer = receiving.post("mai", f"{API}/stages/nomination/submit", {}, language="en")
    assert (answer.status_code, answer.json()["code"]) == (503, "database-busy")
    assert int(answer.headers["Retry-After"]) > 0
    assert "locked" in answer.json()["detail"]


def test_reading_goes_on_although_its_use_cannot_be_noted(receiving: People, world) -> None:
    receiving.token("mai")
    with locked(world):
        started = time.monotonic()
        answers = [receiving.get("mai", "/api/v1/whoami").status_code for _ in range(3)]
        assert time.monotonic() - started < 3
        ready = receiving.http.get("/readyz")
    assert answers == [200, 200, 200]
    assert (ready.status_code, ready.json()["database"]) == (503, "locked")
    assert int(ready.headers["Retry-After"]) > 0
    assert receiving.http.get("/readyz").status_code == 200


def test_use_of_a_token_is_noted_where_it_can_be(people: People) -> None:
    token = people.token("mai")
    people.get("mai", "/api/v1/whoami")
    assert not people.app.read(None, tokens.holder, token).stale


# --- What is not known ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "code", "named"),
    [
        (f"{API}/nominations?search=hàu", "query-unknown", "search"),
        ("/api/v1/units?limt=1", "query-unknown", "limit"),
        (f"{API}/nominations?field=nope", "filter-unknown", "van-hoa-xa-hoi"),
        (f"{API}/nominations?unit=nope", "filter-unknown", "nope"),
        (f"{API}/messages?template=nope", "filter-unknown", "result-announced"),
        (f"{API}/messages?state=nope", "request-invalid", "state"),
    ],
)
def test_unknown_word_of_a_list_is_said_to_be_unknown(people: People, path, code, named) -> None:
    answer = people.get("mai", path)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert named in answer.text


def test_retry_of_messages_that_do_not_exist_is_refused(people: People) -> None:
    for act in ("release", "retry"):
        answer = people.post("mai", f"{API}/messages/{act}", {"template": "nope"})
        assert answer.json()["code"] == "filter-unknown"


def test_nomination_has_one_name_and_its_former_one_is_taken(receiving: People) -> None:
    for name in ("nomination", "nomination_code"):
        row = {name: "A", "member_id": "mai", "attendance": "present", "vote": "yes"}
        said = receiving.post("mai", f"{API}/votes", {"votes": [row]}).json()
        assert "person_without_role" in {one["code"] for one in said["errors"]}
    both = {"nomination": "A", "nomination_code": "A", "member_id": "lan"}
    assert receiving.post("mai", f"{API}/votes", {"votes": [both]}).status_code == 422


def test_threads_of_one_process_are_told_alike(receiving: People, world: World) -> None:
    world.store.patience = 0.1
    receiving.token("mai")
    codes: list[int] = []

    def act() -> None:
        codes.append(receiving.post("mai", f"{API}/stages/nomination/submit", {}).status_code)

    with locked(world):
        threads = [threading.Thread(target=act) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
    assert codes == [503] * 4
