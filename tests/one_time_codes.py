"""A launch whose approvers need a code beside their link: what tests of codes share."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from pydantic import SecretStr
from sqlalchemy import select

from campaigns.bootstrap import App
from campaigns.services.mail import delivery
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.tables import event
from campaigns.store.transaction import Store
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from schemas.messages.outgoing import OutgoingMail
from schemas.vocabulary import Stage
from tests import decision_browser
from tests.databases import Database
from tests.decision_browser import LINKS, Browser, typed
from tests.world import World, make_world, short_playbook

POLICY = {"roles": ["leader"], "required": 1, "one_time_code": True}
SENT = re.compile("([0-9]{4})\u2007([0-9]{4})")
WRONG = "00000000"
NOT_ASKED = "Quyết định ở đây cần mã dùng một lần."


def waiting_world(database: Database) -> World:
    """Return a world whose launch waits for one of the leaders, Hưng and Lan.

    Its playbook has quiet hours all day and would have codes share mails.
    """
    quiet = {"quiet": {"begins": "00:00", "ends": "23:59"}, "bundled": ["one-time-code"]}
    world = make_world(database, short_playbook(approvals={"launch": POLICY}, messages=quiet))
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


def browser_of(world: World, folder: Path, mail_per_hour: int = 0) -> Browser:
    """Return the browser of whoever opens a link of the world."""
    settings = Settings(home=folder, secret=SecretStr("k" * 32), mail_per_hour=mail_per_hour)
    transport = transport_from(MailSettings.model_construct(), folder)
    return Browser(App(settings, world.store, transport))


def path(world: World, person: str = "hung", **more: Any) -> str:
    """Return a link that lasts longer than any code."""
    expires_at = world.clock.time + timedelta(days=14)
    return decision_browser.path(world, person, expires_at=expires_at, **more)


def state(world: World) -> str:
    return world.read(campaigns.get_stage, Stage.LAUNCH).state


def ask(browser: Browser, where: str, act: str = "approve", reason: str = ""):
    return typed(browser, where, act=act, do="code", reason=reason)


def give(browser: Browser, where: str, code: str, act: str = "approve", **more: str):
    return typed(browser, where, act=act, do="confirm", code=code, **more)


def mails(world: World) -> list[OutgoingMail]:
    """Let the mails with codes leave."""
    return [one for one in world.act(delivery.claim) if one.template == "one-time-code"]


def code_of(mail: OutgoingMail) -> str:
    found = SENT.search(mail.content.text)
    assert found, mail.content.text
    return "".join(found.groups())


def sent(world: World, browser: Browser, where: str, act: str = "approve", reason: str = "") -> str:
    """Have a code sent, and return it."""
    assert ask(browser, where, act, reason).status_code == 200
    return code_of(mails(world)[-1])


def events(world: World, name: str) -> list[dict[str, object]]:
    with world.store.reading() as tx:
        query = select(event.c.facts).where(event.c.name == f"thidua.stage.{name}")
        found = [orjson.loads(one) for one in tx.connection.execute(query).scalars()]
    return [
        {key: value for key, value in one.items() if not key.startswith(("mails", "seal"))}
        for one in found
    ]
