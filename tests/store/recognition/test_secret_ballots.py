"""Nobody who has the database learns who cast which ballot: not by trying out what it holds.

Two databases that differ in nothing but who cast which ballot hold the same, column by column; and
no assignment of votes to members is recognised in any text of a database.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from alembic import command
from pydantic import SecretStr
from sqlalchemy import select, text

from campaigns import intake
from campaigns.services.recognition import council, vote_corrections
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.tables import ballot, metadata
from schemas.actors import at_console
from schemas.commands.recognition import CorrectVotes
from schemas.vocabulary import Stage, Vote
from tests.ballot_guesses import before_the_vote, everything, recognised, rows_of, table_of
from tests.databases import Database
from tests.portal_client import API, People
from tests.world import CODE, World, make_world, votes

DOORS: Final = ("api", "api without ids", "api import", "command line")
_KEY: Final = "k" * 40


def vote(world: World, folder: Path, door: str, choices: Sequence[str]) -> None:
    """Bring the votes in by one door, and once more: repeats are kept as well."""
    people = People(world, folder)
    object.__setattr__(people.app, "settings", Settings(home=folder, secret=SecretStr(_KEY)))
    people.token("mai")
    for _ in range(2):
        if door.startswith("api import"):
            file = {"file": ("votes.csv", table_of(choices), "text/csv")}
            answer = people.ask("mai", "POST", f"{API}/import/votes", files=file)
            assert answer.status_code == 200, answer.text
        elif door.startswith("api"):
            body: dict[str, Any] = {"votes": rows_of(choices)}
            body |= {"command_id": "votes-1"} if door == "api" else {}
            answer = people.post("mai", f"{API}/votes", body)
            assert answer.status_code in {201, 409}, answer.text
        else:
            path = folder / "votes.csv"
            path.write_bytes(table_of(choices))
            intake.import_votes(people.app, CODE, intake.Request(path, at_console()))


def file_of(world: World) -> Path:
    """Return the world's database, let go of."""
    world.store.engine.dispose()
    return Path(str(world.store.engine.url.database))


class _Salts:
    """Gives both worlds the same salts: without them a seal over a ballot would differ as well."""

    @staticmethod
    def token_hex(octets: int) -> str:
        return "5a" * octets


@pytest.fixture
def two(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[World]]:
    for module in ("campaigns", "nomination.nominations"):
        monkeypatch.setattr(f"campaigns.store.{module}.secrets", _Salts)
    model = Path(str(sqlite_database.open().url.database)).read_bytes()
    worlds = []
    for name in ("one", "other"):
        path = tmp_path / f"{name}.db"
        path.write_bytes(model)
        worlds.append(before_the_vote(Database("sqlite", f"sqlite:///{path}")))
    yield worlds
    for world in worlds:
        world.store.engine.dispose()


def content(world: World) -> dict[str, list[str]]:
    """Return every row of every table; of ballots not the random ids, nor their order."""
    found: dict[str, list[str]] = {}
    with world.store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [one for one in table.columns if one is not ballot.c.id]
            found[table.name] = sorted(map(str, connection.execute(select(*columns))))
    return found


@pytest.mark.parametrize("door", DOORS)
def test_databases_that_differ_only_in_who_cast_which_ballot_hold_the_same(
    two: list[World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    """A digest of ballots by member, keyed or not, in any form and place, would differ."""
    for world, name, choices in zip(
        two,
        ("one", "other"),
        (("yes", "no", "blank", "yes"), ("no", "yes", "blank", "yes")),
        strict=True,
    ):
        counter = itertools.count()
        monkeypatch.setattr(
            "campaigns.services.access.tokens.secrets.token_urlsafe", lambda _: "t" * 40
        )
        for module in ("portal.api.acts", "campaigns.intake"):
            monkeypatch.setattr(f"{module}.uuid4", lambda c=counter: _Fixed(next(c)))
        folder = tmp_path / name
        folder.mkdir()
        vote(world, folder, door, choices)
        world.act(council.draft_decision)
        world.finish(Stage.RECOGNITION)

    one, other = map(content, two)
    assert {name: one[name] for name in one if one[name] != other[name]} == {
        name: other[name] for name in one if one[name] != other[name]
    }


def test_correction_of_votes_seals_nothing_that_differs_by_who_cast_which_ballot(
    two: list[World], monkeypatch: pytest.MonkeyPatch
) -> None:
    for world, choices in zip(
        two, (("yes", "no", "yes", "blank"), ("no", "yes", "yes", "blank")), strict=True
    ):
        world.vote(*votes("A"))
        given = [row._replace(vote=Vote(one)) for row, one in zip(votes("A"), choices, strict=True)]
        recount = CorrectVotes(command_id="recount", reason="Kiểm lại", person_id="mai")
        world.act(vote_corrections.correct_votes, recount, given)

    one, other = map(content, two)
    assert {name for name in one if one[name] != other[name]} == set()


class _Fixed:
    def __init__(self, number: int) -> None:
        self.hex = f"{number:032x}"


# --- Tried out ------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", DOORS)
def test_no_assignment_of_votes_is_recognised_in_the_database(
    two: list[World], tmp_path: Path, door: str
) -> None:
    vote(two[0], tmp_path, door, ("yes", "no", "yes", "blank"))

    assert not recognised(everything(file_of(two[0])))


def test_guesser_finds_a_digest_that_is_there() -> None:
    choices = ("yes", "no", "yes", "yes")
    made = hashlib.sha256(json.dumps({"votes": rows_of(choices)}).encode())

    assert {one for one, _ in recognised(f"api vote {made.hexdigest()[:24]}")} == {choices}


def test_guesser_finds_a_digest_with_a_salt_it_has() -> None:
    made = hashlib.sha256(b"5a5aA:thu:no").hexdigest()

    assert recognised(made, salts=("5a5a",))
    assert not recognised(made)


def test_digests_of_versions_before_are_blanked_and_leave_no_trace(
    sqlite_database: Database,
) -> None:
    world = make_world(sqlite_database)
    digests = [secrets.token_hex(12), secrets.token_hex(32)]
    schema.migrate(world.store.engine, command.downgrade, "0017")
    insert = "INSERT INTO processed_command VALUES (:id, :name, '{}', '2023-01-01 00:00:00.000000')"
    with world.store.engine.begin() as connection:
        for values in (
            {"id": "api:mai:1", "name": f"api vote {digests[0]}"},
            {"id": f"import:{CODE}:votes:{digests[1]}", "name": "Import votes"},
        ):
            connection.execute(text(insert), values)

    schema.upgrade(world.store.engine)

    whole = everything(file_of(world))
    assert not [one for one in digests if one in whole]
    assert re.search(rf"import:{CODE}:votes:blanked-1", whole)
    assert "api vote" in whole


# --- What repeats ---------------------------------------------------------------------------------


def test_same_votes_again_are_a_repeat_and_others_are_refused(
    two: list[World], tmp_path: Path
) -> None:
    people = People(two[0], tmp_path)
    body = {"votes": rows_of(("yes", "yes", "yes", "blank")), "command_id": "votes-1"}

    first = people.post("mai", f"{API}/votes", body)
    again = people.post("mai", f"{API}/votes", body)
    other = people.post(
        "mai", f"{API}/votes", {**body, "votes": rows_of(("yes", "no", "no", "blank"))}
    )

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert (again.json()["repeated"], other.json()["code"]) == (True, "key-reused")
