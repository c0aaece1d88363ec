"""Can a coordinator sign for all, or somebody with an old, harvested or redirected link for one?"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from campaigns import registers
from campaigns.bootstrap import App
from campaigns.services import stages
from campaigns.services.access import tokens
from campaigns.services.approvals import verdicts
from campaigns.services.launch import launch as launch_service
from campaigns.services.mail import delivery
from campaigns.services.registers import enrolment
from campaigns.settings import Settings
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from operations import archive
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.commands.registers import ConfirmPerson
from schemas.commands.signing import RevokeLinks
from schemas.vocabulary import Stage
from tests.attacks.record import Attempts
from tests.processes import ROOT, answers, clean_environment, free_port, until
from tests.telling import open_installation
from tests.world import BOARD, CODE, settle, short_playbook

THIDUA = str(Path(sys.executable).with_name("thidua"))
PUBLIC = "https://thidua.bentre.example"
MALLORY, ACCOMPLICE, LEADER = "mai", "thu", "hung"
"""A coordinator, somebody they would like to see sign, a leader."""
ADDRESS = "hung@example.org"
EVIL = "mallory@evil.example"
LINK = re.compile(re.escape(PUBLIC) + r"(/d/[\w.~-]+)")
ALL = ["read", "settings", "nominate", "review", "approve", "coordinate"]
HEAD = "id,full_name,unit_id,position,email,roles,role_detail"


@dataclass
class Office:
    """An installation whose campaign waits for the approval of its launch, and its web process."""

    home: Path
    app: App
    url: str

    def token(self, person: str) -> dict[str, str]:
        made, _ = self.app.act_as("test", None, tokens.create, person, ALL, 1)
        return {"Authorization": f"Bearer {made}"}

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        with httpx.Client(base_url=self.url, trust_env=False, timeout=60) as client:
            return client.request(method, path, **more)

    def links(self) -> dict[str, str]:
        """Let mail leave, and return the last link that went to each address."""
        found: dict[str, str] = {}
        while mails := self.app.act(CODE, delivery.claim):
            sent = [(one.to_address, LINK.findall(one.content.text)) for one in mails]
            found |= {address: links[-1] for address, links in sent if links}
        return found

    def fresh_link(self) -> str:
        """Have the leader asked anew; return the link of that mail."""
        self.links()
        time.sleep(1.1)  # what was sent within one second is one mail
        command = RevokeLinks(command_id="r", of_id=LEADER, person_id="lan")
        self.app.act_as("lan", None, enrolment.revoke_links, command)
        registers.tell(self.app)
        return self.links()[ADDRESS]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    home, port = tmp_path / "home", free_port()
    monkeypatch.setenv("THIDUA_PUBLIC_URL", PUBLIC)
    app = open_installation(home)
    with app.store.writing(MALLORY) as tx:
        settle(tx)
        command = CreateCampaign(command_id="create", code=CODE)
        launch_service.create(tx, command, short_playbook())
        commit(tx)
    launched = LaunchCampaign(command_id="launch", person_id=MALLORY)
    app.act_as(MALLORY, CODE, launch_service.launch, launched)
    app.act(CODE, stages.open_if_due, Stage.LAUNCH)
    app.act(CODE, verdicts.request_if_done, Stage.LAUNCH)
    web = subprocess.Popen(
        [THIDUA, "web", "--port", str(port)],
        cwd=ROOT,
        env=clean_environment(THIDUA_HOME=str(home), THIDUA_PUBLIC_URL=PUBLIC),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{url}/healthz"), 120, "the web process answers")
        yield Office(home, app, url)
    finally:
        web.terminate()
        web.wait(30)
        app.store.engine.dispose()


def line(person: str, name: str, email: str, roles: str) -> str:
    return f"{person},{name},{BOARD},,{email},{roles},"


def test_coordinator_cannot_sign_for_all(office: Office, attempt: Attempts):
    mallory, accomplice = office.token(MALLORY), office.token(ACCOMPLICE)
    approve = f"/api/v1/campaigns/{CODE}/stages/launch/approve"

    def imported(row: str) -> None:
        file = {"file": ("people.csv", f"{HEAD}\n{row}\n".encode(), "text/csv")}
        done = office.ask("POST", "/api/v1/people/import", headers=mallory, files=file)
        assert done.status_code == 200, done.text

    def signs(who: dict[str, str]) -> bool:
        return office.ask("POST", approve, headers=who, json={}).is_success

    imported(line(MALLORY, "Mai", "mai@example.org", "coordinator;leader"))
    attempt("the coordinator appoints themself", held=not signs(mallory))
    imported(line(ACCOMPLICE, "Thu", "thu@example.org", "reviewer;council;leader"))
    attempt("the coordinator appoints an accomplice", held=not signs(accomplice))
    seen = {"address_wanted": ""}
    yes = office.ask("POST", f"/api/v1/people/{ACCOMPLICE}/confirm", headers=mallory, json=seen)
    attempt("who made it confirms it", held=yes.status_code == 409)
    yes = office.ask("POST", f"/api/v1/people/{MALLORY}/confirm", headers=accomplice, json=seen)
    attempt("one new right confirms the other", held=yes.status_code == 409)
    letter = {"principal_id": LEADER, "substitute_id": MALLORY, "letter": "1"}
    days = {"first_on": "2026-01-01", "last_on": "2090-01-01"}
    where = f"/api/v1/campaigns/{CODE}/delegations"
    done = office.ask("POST", where, headers=mallory, json=letter | days)
    assert done.is_success, done.text
    attempt("the coordinator delegates to themself", held=not signs(mallory))
    imported(line(LEADER, "Hưng", EVIL, "leader;council"))
    office.ask("POST", f"/api/v1/people/{LEADER}/links/revoke", headers=mallory, json={})
    attempt("a leader's link goes to another address", held=EVIL not in office.links())
    sent = office.app.read(CODE, messages.find, template="signer-changed")
    told = {one.to_address for one in sent}
    attempt("nobody is told", held={EVIL, ADDRESS} <= told)
    logged = office.ask("GET", "/api/v1/registers/log", headers=mallory, params={"of": LEADER})
    attempt("nothing is on record", held=EVIL in logged.text)


def test_link_from_another_place_opens_nothing(office: Office, attempt: Attempts, tmp_path: Path):
    link = office.links()[ADDRESS]
    token = link.removeprefix("/d/")
    assert office.ask("GET", link).status_code == 200
    for file in office.home.rglob("*"):
        if file.is_file():
            attempt(f"link read from {file.name}", held=token.encode() not in file.read_bytes())
    out, unpacked = tmp_path / "backup.tar.gz", tmp_path / "unpacked"
    archive.write(Settings(home=office.home), out, office.app.now(), with_secret=False)
    shutil.unpack_archive(out, unpacked, filter="data")
    for file in unpacked.rglob("*"):
        if file.is_file():
            held = token.encode() not in file.read_bytes()
            attempt(f"link read from the backup's {file.name}", held=held)
    for row in office.app.read(CODE, messages.find, template="approval-requested"):
        shown = office.app.read(CODE, messages.get, row.id)
        for slot in LINK.findall(shown[1].text if shown else ""):
            held = office.ask("GET", slot).status_code == 404
            attempt("slot of a stored message", held=held)
    for cut in (token[:-1], token[1:], token.swapcase(), f"{token}A", token.rpartition(".")[0]):
        attempt("altered link", held=office.ask("GET", f"/d/{cut}").status_code == 404)


def test_old_link_ends(office: Office, attempt: Attempts):
    link = office.links()[ADDRESS]
    found = re.search(r'name="form" value="([^"]+)"', office.ask("GET", link).text)
    assert found
    second = office.fresh_link()
    attempt("link from before a revocation", held=office.ask("GET", link).status_code == 404)
    sent = {"form": found[1], "act": "approve"}
    again = office.ask("POST", link, data=sent)
    attempt("form of a page from before", held=again.status_code == 404)
    file = {"file": ("p.csv", f"{HEAD}\n{line(LEADER, 'Hưng', EVIL, 'leader')}\n", "text/csv")}
    office.ask("POST", "/api/v1/people/import", headers=office.token(MALLORY), files=file)
    assert office.ask("GET", second).status_code == 200
    command = ConfirmPerson(command_id="c", of_id=LEADER, person_id="lan")
    office.app.act_as("lan", None, enrolment.confirm, command)
    attempt("link of the address before", held=office.ask("GET", second).status_code == 404)
    attempt("the first link, again", held=office.ask("GET", link).status_code == 404)


def test_host_and_slashes_lead_nowhere(office: Office, attempt: Attempts):
    link = office.links()[ADDRESS]
    for host in ("evil.example", f"{PUBLIC[8:]}.evil.example", f"x@{PUBLIC[8:]}:1@evil.example"):
        answer = office.ask("GET", link, headers={"Host": host})
        held = answer.status_code in {400, 421} and host not in answer.text
        attempt(f"Host {host}", held=held)
    others = ("/d/", "/api/v1/whoami/", "/docs/", "/feeds/x.ics/", "/%2Fevil.example/")
    for path in (f"{link}/", *others):
        answer = office.ask("GET", path)
        attempt(f"{path} redirects", held="location" not in answer.headers)
