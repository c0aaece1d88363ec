"""Can somebody with the whole database, and all that is handed out, tell who cast which ballot?"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from campaigns import bootstrap
from campaigns.bootstrap import App
from campaigns.engine import webhooks
from campaigns.services import webhooks as hooks
from campaigns.services.access import tokens
from campaigns.services.approvals import verdicts
from campaigns.services.mail import delivery
from campaigns.services.recognition import council
from campaigns.settings import Settings
from schemas.commands.approvals import ApproveStage
from schemas.commands.mail import ReleaseMessages
from schemas.vocabulary import Stage
from tests.attacks.record import Attempts
from tests.ballot_guesses import before_the_vote, everything, recognised, rows_of, table_of
from tests.databases import Database
from tests.processes import Process, answers, clean_environment, free_port
from tests.rehearsals import THIDUA, thidua
from tests.store.webhooks.test_webhooks import Receiver, receiver
from tests.world import CODE

API: Final = f"/api/v1/campaigns/{CODE}"
FIRST: Final = ("yes", "no", "yes", "blank")
SECOND: Final = ("no", "yes", "yes", "blank")
__all__ = ["receiver"]


@dataclass
class Office:
    """An installation whose council sits over one nomination, and its web process."""

    home: Path
    folder: Path
    app: App
    url: str
    token: str

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        with httpx.Client(base_url=self.url, trust_env=False, timeout=60) as client:
            answer = client.request(method, f"{API}/{path}", headers=headers, **more)
        assert answer.is_success, answer.text
        return answer

    def file(self, choices: tuple[str, ...]) -> Path:
        path = self.folder / "votes.csv"
        path.write_bytes(table_of(choices))
        return path

    def run(self, *words: str) -> None:
        done = thidua("--lang", "en", *words, home=self.home)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path, receiver: Receiver) -> Iterator[Office]:
    home, port = tmp_path / "home", free_port()
    home.mkdir(mode=0o700)
    shutil.copyfile(sqlite_template, home / "thidua.db")
    world = before_the_vote(Database("sqlite", f"sqlite:///{home / 'thidua.db'}"))
    world.store.engine.dispose()
    app = bootstrap.build(Settings(home=home, webhook_private=True))
    app.act_as("test", None, hooks.add, receiver.url, "thidua.*", None, private=True)
    token, _ = app.act_as("test", None, tokens.create, "mai", ["read", "coordinate"], 1)
    url = f"http://127.0.0.1:{port}"
    web = Process(
        "web",
        [THIDUA, "web", "--port", str(port)],
        tmp_path / "web.log",
        clean_environment(THIDUA_HOME=str(home)),
        lambda: answers(f"{url}/healthz"),
    )
    web.start()
    try:
        yield Office(home, tmp_path, app, url, token)
    finally:
        web.stop()
        app.store.engine.dispose()


def by_command(office: Office) -> None:
    """Import by the command line, twice, and correct by it."""
    for _ in range(2):
        office.run("import", "votes", str(office.file(SECOND)), "--campaign", CODE)
    office.run(
        *("import", "votes", str(office.file(FIRST)), "--campaign", CODE),
        *("--correct", "Đếm lại", "--as", "mai"),
    )


def by_rows(office: Office) -> None:
    """Send rows to the API, twice under one id, and correct them so."""
    for _ in range(2):
        body = {"votes": rows_of(SECOND), "command_id": "votes-1"}
        office.ask("POST", "votes", json=body)
    for _ in range(2):
        body = {"votes": rows_of(FIRST), "reason": "Đếm lại", "command_id": "votes-2"}
        office.ask("POST", "votes/corrections", json=body)


def by_file(office: Office) -> None:
    """Send a table to the API, twice, and correct it by rows without an id."""
    for _ in range(2):
        file = {"file": ("votes.csv", table_of(SECOND), "text/csv")}
        office.ask("POST", "import/votes", files=file)
    office.ask("POST", "votes/corrections", json={"votes": rows_of(FIRST), "reason": "Đếm lại"})


DOORS: Final[dict[str, Callable[[Office], None]]] = {
    "the command line": by_command,
    "rows to the API": by_rows,
    "a table to the API": by_file,
}


def salts(path: Path) -> list[str]:
    """Return what the database itself makes seals with."""
    with closing(sqlite3.connect(path)) as connection:
        wanted = "SELECT salt FROM campaign UNION SELECT salt FROM nomination"
        return [salt for (salt,) in connection.execute(wanted)]


def tell_the_results(office: Office) -> None:
    """Sign the decision and let everything go, so that whoever is told anything is told."""
    office.app.act(CODE, council.draft_decision)
    office.app.act(CODE, verdicts.request_if_done, Stage.RECOGNITION)
    for person in ("hung", "lan"):
        signed = ApproveStage(command_id=person, stage=Stage.RECOGNITION, person_id=person)
        office.app.act_as(person, CODE, verdicts.approve, signed)
    command = ReleaseMessages(command_id="release", person_id="mai", early=True)
    office.app.act_as("mai", CODE, delivery.release, command)


def handed_out(office: Office, receiver: Receiver) -> Iterator[tuple[str, str]]:
    """Yield what leaves the installation: the log, the table, what webhooks carry, answers."""
    log = office.folder / "log.jsonl"
    office.run("audit", "export", "--campaign", CODE, "--out", str(log))
    yield "the log that is handed out", log.read_text("utf-8")
    for path in ("export", "corrections", "sessions", "nominations/A"):
        yield f"GET {path}", office.ask("GET", path).text
    tell_the_results(office)
    while webhooks.Webhooks(office.app).tick():
        pass
    told = [f"{headers} {content.decode()}" for headers, content in receiver.got]
    assert told
    yield "what webhooks carry", "\n".join(told)


@pytest.mark.parametrize("door", DOORS)
def test_ballots_are_not_tried_out(
    office: Office, receiver: Receiver, attempt: Attempts, door: str
) -> None:
    DOORS[door](office)
    path = office.home / "thidua.db"
    for what, text in handed_out(office, receiver):
        attempt(what, held=not recognised(text))
    whole = everything(path)
    attempt(f"votes by {door}", held="blank" in whole and not recognised(whole))
    attempt("with the salts there are", held=not recognised(whole, salts=salts(path)))
    logs = "\n".join(each.read_text("utf-8") for each in office.folder.rglob("*.log"))
    attempt("what the process wrote down", held=not recognised(logs))


def test_digest_that_is_there_is_found(office: Office, attempt: Attempts) -> None:
    """Without this nothing above would say anything."""
    path = office.home / "thidua.db"
    form = json.dumps({"votes": rows_of(FIRST)})
    for salt in ("", *salts(path)):
        digest = hashlib.sha256(f"{salt}{form}".encode()).hexdigest()[:24]
        with closing(sqlite3.connect(path)) as connection, connection:
            insert = "INSERT INTO processed_command VALUES (?, 'api vote', '{}', ?)"
            connection.execute(insert, (f"planted:{digest}", "2023-01-01 00:00:00.000000"))
        found = {choices for choices, _ in recognised(everything(path), salts=salts(path))}
        attempt(f"planted with {salt!r}", held=found == {FIRST})
