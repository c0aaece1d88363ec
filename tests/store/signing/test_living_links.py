"""A link is bound to its address, made when the mail leaves, and void when somebody says so."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import LargeBinary, String, select

from campaigns.bootstrap import App
from campaigns.rules.approvals.errors import LinkUnknown
from campaigns.services.mail import delivery
from campaigns.services.registers import enrolment
from campaigns.services.signing.links import SignedLinks
from campaigns.settings import Settings
from campaigns.store.mail import messages
from campaigns.store.tables import metadata
from campaigns.store.transaction import Store
from notifications.sending.kept_mail import without_links
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from schemas.commands.registers import ConfirmPerson
from schemas.commands.signing import RevokeLinks
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.decision_browser import LINKS, Browser, form_of, path, send
from tests.registers import changed, imported, on_registers
from tests.world import World, make_world

LINK = re.compile(r"https://thidua.example(/d/[\w.~-]+)")


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = make_world(database)
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    yield world
    world.store.engine.dispose()


def browser_of(world: World, home: Path, public_url: str = "") -> Browser:
    settings = Settings(home=home, secret=SecretStr("k" * 32), public_url=public_url)
    transport = transport_from(MailSettings.model_construct(), home / "mail")
    return Browser(App(settings=settings, store=world.store, transport=transport))


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    return browser_of(world, tmp_path)


def sent_links(world: World) -> dict[str, str]:
    """Let all mail leave; return the last link each person got."""
    found = {}
    for mail in world.act(delivery.claim):
        for link in LINK.findall(mail.content.text):
            found[mail.to_address] = link
    return found


def void(browser: Browser, link: str) -> bool:
    page = browser.get(link)
    return page.status_code == 404 and "no longer" not in page.text and "form" not in page.text


# --- Made when it leaves -------------------------------------------------------------------------


def everything_stored(world: World) -> bytes:
    """Return every text and every blob of the database, unpacked."""
    parts: list[bytes] = []
    with world.store.reading() as tx:
        for table in metadata.sorted_tables:
            wanted = [c for c in table.c if isinstance(c.type, String | LargeBinary)]
            for row in tx.connection.execute(select(*wanted)) if wanted else ():
                parts += [one if isinstance(one, bytes) else str(one).encode() for one in row]
    for one in world.read(messages.find):
        shown = world.read(messages.get, one.id)
        assert shown is not None
        parts.append(shown[1].model_dump_json().encode())
    return b"\n".join(parts)


def test_living_link_is_nowhere_in_the_database(world: World):
    links = sent_links(world)

    assert links
    stored = everything_stored(world)
    for link in links.values():
        token = link.removeprefix("/d/")
        assert token.encode() not in stored
        assert token.rpartition(".")[2].encode() not in stored


def test_slot_harvested_from_a_stored_message_opens_nothing(world: World, browser: Browser):
    row = world.read(messages.find, template="approval-requested")[0]
    shown = world.read(messages.get, row.id)
    assert shown is not None
    (slot,) = set(LINK.findall(shown[1].text))

    assert browser.get(slot).status_code == 404
    assert browser.get(slot.replace("~", "")).status_code == 404


def test_text_that_looks_like_a_slot_becomes_no_link(world: World):
    text = "https://thidua.example/d/~abc.def"

    assert LINKS.fill(text, "hung@example.org", lambda _: None) == text


def test_backup_holds_no_living_link(world: World, tmp_path: Path):
    """Where no server is set mails lie as files, and a backup takes the folder."""
    home = tmp_path / "home"
    mails = world.act(delivery.claim)
    transport_from(MailSettings.model_construct(), home / "mail").deliver(mails)
    tokens = {one for mail in mails for one in LINK.findall(mail.content.text)}
    files = list((home / "mail").rglob("*.eml"))
    kept = [without_links(one.read_bytes()) for one in files]

    assert tokens
    for octets in kept:
        message = email.message_from_bytes(octets, policy=email.policy.SMTP)
        texts = [part.get_content() for part in message.walk() if not part.is_multipart()]
        assert not any(token in text for token in tokens for text in texts)
    assert any(octets != file.read_bytes() for octets, file in zip(kept, files, strict=True))


# --- Bound ---------------------------------------------------------------------------------------


def test_link_opens_and_decides(world: World, browser: Browser):
    link = sent_links(world)["hung@example.org"]
    page = browser.get(link)

    assert send(browser, link, form=form_of(page.text), act="approve").status_code == 303


def test_link_that_went_to_another_address_is_void(world: World, browser: Browser):
    token = LINKS.read(path(world).removeprefix("/d/"), world.clock.time)
    other = LINKS.token(LINKS.bound(token, "mai@evil.example", None))

    assert void(browser, f"/d/{other}")


def test_old_link_is_void_once_the_address_changed(world: World, browser: Browser):
    link = sent_links(world)["hung@example.org"]
    form = form_of(browser.get(link).text)
    imported(world, "mai", changed("hung", email="new@example.org"))
    assert not void(browser, link), "the old address stays in force while the new one rests"
    command = ConfirmPerson(command_id="c", of_id="hung", person_id="lan")
    on_registers(world, "lan", enrolment.confirm, command)

    assert void(browser, link)
    assert send(browser, link, form=form, act="approve").status_code == 404
    assert not void(browser, sent_links(world)["new@example.org"])


def test_revoked_links_are_void_and_the_next_mail_has_a_good_one(world: World, browser: Browser):
    link = sent_links(world)["hung@example.org"]
    world.clock.time += timedelta(minutes=5)
    on_registers(
        world,
        "mai",
        enrolment.revoke_links,
        RevokeLinks(command_id="r", of_id="hung", person_id="mai"),
    )

    assert void(browser, link)
    assert not void(browser, sent_links(world)["hung@example.org"])


# --- Keys ----------------------------------------------------------------------------------------


def test_link_of_the_key_before_is_read_until_that_is_gone(world: World):
    old = LINKS.token(LINKS.read(path(world).removeprefix("/d/"), world.clock.time))
    now = world.clock.time

    both = SignedLinks("https://thidua.example", b"n" * 32, b"k" * 32)
    link = both.read(old, now)
    assert both.is_bound(link, "hung@example.org", None)
    with pytest.raises(LinkUnknown):
        SignedLinks("https://thidua.example", b"n" * 32).read(old, now)
    with pytest.raises(LinkUnknown):
        LINKS.read(both.token(link), now)


def test_secrets_of_webhooks_outlive_the_secret_of_links(tmp_path: Path):
    before = Settings(home=tmp_path, secret=SecretStr("a" * 32))
    after = Settings(home=tmp_path, secret=SecretStr("b" * 32))

    assert before.key_of_webhook("w" + "0" * 30) == after.key_of_webhook("w" + "0" * 30)
    assert before.key_of_webhook("w" + "0" * 30) != before.signing_key
    assert before.key_of_webhook("0" * 32) == before.signing_key


# --- Where it leads ------------------------------------------------------------------------------

HOSTS = ["evil.example", "thidua.example.evil.example", "thidua.example@evil.example", "", "[::2]"]


@pytest.mark.parametrize("host", HOSTS)
def test_request_for_another_host_is_refused(world: World, tmp_path: Path, host: str):
    browser = browser_of(world, tmp_path, "https://thidua.example")
    found = browser.request("GET", path(world), headers={"Host": host})

    assert found.status_code == 421
    assert host == "" or f"//{host}" not in found.text


@pytest.mark.parametrize("host", ["thidua.example", "THIDUA.example:443", "127.0.0.1:8080"])
def test_own_hosts_are_taken(world: World, tmp_path: Path, host: str):
    browser = browser_of(world, tmp_path, "https://thidua.example")

    assert browser.request("GET", path(world), headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("where", ["{link}/", "/d/", "/api/v1/whoami/", "/feeds/x.ics/", "//evil/"])
def test_slash_too_many_redirects_nowhere(world: World, browser: Browser, where: str):
    found = browser.get(where.format(link=path(world)))

    assert not found.is_redirect
    # `//evil/` is the front page of a host of that name, where no public address is set.
    assert found.status_code in {401, 404, 405} or where == "//evil/"


def test_answer_to_a_decision_leads_to_the_same_page(world: World, browser: Browser):
    link = sent_links(world)["hung@example.org"]
    form = form_of(browser.get(link).text)
    found = send(browser, link, form=form, act="approve")

    assert found.headers["location"] == link
