"""A one-time code is in nothing that is stored, and whose key is another makes another code."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, String, select

from campaigns.services.deadlines import sweep
from campaigns.services.signing.links import SignedLinks
from campaigns.store.mail import messages
from campaigns.store.tables import metadata, one_time_code
from language.harmless import CODE_SLOT, masked
from notifications.sending.kept_mail import without_links
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from schemas.links import CodeAsked
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.decision_browser import LINKS, Browser
from tests.one_time_codes import (
    SENT,
    WRONG,
    ask,
    browser_of,
    code_of,
    give,
    mails,
    path,
    sent,
    waiting_world,
)
from tests.world import CODE, World


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = waiting_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    return browser_of(world, tmp_path)


# --- What is kept --------------------------------------------------------------------------------


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


def test_code_is_in_nothing_that_is_stored(world: World, browser: Browser, caplog):
    where = path(world)
    code = sent(world, browser, where)
    before = everything_stored(world)
    give(browser, where, WRONG)
    give(browser, where, code)
    stored = before + everything_stored(world) + caplog.text.encode()

    for written in (code, f"{code[:4]} {code[4:]}", f"{code[:4]}\u2007{code[4:]}"):
        assert written.encode() not in stored


def test_slot_of_a_stored_message_is_no_code_and_is_masked(world: World, browser: Browser):
    ask(browser, path(world))
    (row,) = world.read(messages.find, template="one-time-code")
    shown = world.read(messages.get, row.id)
    assert shown is not None

    assert CODE_SLOT in shown[1].text
    assert CODE_SLOT not in masked(shown[1].text)


def test_backup_holds_no_code(world: World, browser: Browser, tmp_path: Path):
    ask(browser, path(world))
    (mail,) = mails(world)
    code = code_of(mail)
    transport_from(MailSettings.model_construct(), tmp_path / "mail").deliver([mail])
    (file,) = (tmp_path / "mail").rglob("*.eml")

    kept = without_links(file.read_bytes())
    assert kept != file.read_bytes()
    mail_again = email.message_from_bytes(kept, policy=email.policy.SMTP)
    texts = [part.get_content() for part in mail_again.walk() if not part.is_multipart()]
    written = re.compile(f"{code[:4]}.?{code[4:]}")
    assert not any(written.search(one) for one in texts)


def test_rows_without_the_key_make_no_code(world: World, browser: Browser):
    """Who reads the database and has another key computes another code."""
    where = path(world)
    code = sent(world, browser, where)
    other = SignedLinks("https://thidua.example", b"o" * 32)
    with world.store.reading(CODE) as tx:
        (row,) = tx.connection.execute(select(one_time_code)).all()
    asked = CodeAsked(
        campaign=CODE,
        stage=Stage.LAUNCH,
        round=row.round,
        person_id=row.person_id,
        act=row.act,
        nonce=row.nonce,
        mark=row.mark,
        since=row.since,
    )

    assert LINKS.is_code(asked, code)
    assert not other.is_code(asked, code)


def test_code_of_the_key_before_is_taken_until_that_is_gone(world: World, browser: Browser):
    asked = CodeAsked(
        campaign=CODE, stage=Stage.LAUNCH, round=1, person_id="hung", act="approve", nonce="n"
    )
    asked = LINKS.bound(asked, "hung@example.org", None)
    code = SENT.search(LINKS.fill(LINKS.code(asked), "hung@example.org", lambda _: None))
    assert code
    both = SignedLinks("https://thidua.example", b"n" * 32, b"k" * 32)

    assert both.is_code(asked, "".join(code.groups()))


def test_rows_are_forgotten_after_a_day(world: World, browser: Browser):
    ask(browser, path(world))
    world.clock.time += timedelta(days=1)
    world.act(sweep.sweep)
    assert world.count(one_time_code) == 1
    world.clock.time += timedelta(minutes=11)
    world.act(sweep.sweep)

    assert world.count(one_time_code) == 0
