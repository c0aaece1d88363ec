"""A person who opens the link of a mail in a browser: what tests of pages of decision share."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import httpx

from campaigns.bootstrap import App
from campaigns.rules.signing.links import DECISION as PATH
from campaigns.services.signing.links import SignedLinks
from campaigns.store import campaigns
from portal.app import create_app
from schemas.links import DecisionLink
from schemas.vocabulary import Stage
from tests.world import CODE, World

LINKS = SignedLinks("https://thidua.example", b"k" * 32)


@dataclass
class Browser:
    """A person's browser: it shows pages, sends forms, and follows nothing by itself."""

    installation: App

    def request(self, method: str, where: str, **more: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            way = httpx.ASGITransport(create_app(self.installation))
            async with httpx.AsyncClient(transport=way, base_url="http://thidua") as client:
                return await client.request(method, where, **more)

        return asyncio.run(ask())

    def get(self, where: str) -> httpx.Response:
        return self.request("GET", where)


def path(
    world: World,
    person: str = "hung",
    address: str = "",
    since: datetime | None = None,
    **changes: Any,
) -> str:
    """Return the path of a link as a mail to this address carries it."""
    stage = world.read(campaigns.get_stage, Stage.LAUNCH)
    values = {
        "campaign": CODE,
        "stage": Stage.LAUNCH,
        "round": stage.round,
        "step": 1,
        "person_id": person,
        "expires_at": stage.approval_due_at,
    }
    link = DecisionLink.model_validate(values | changes)
    address = address or f"{link.person_id}@example.org"
    return PATH + LINKS.token(LINKS.bound(link, address, since))


def form_of(page: str) -> str:
    found = re.search(r'name="form" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def send(browser: Browser, where: str, act: str, form: str = "", reason: str = ""):
    return typed(browser, where, form, act=act, reason=reason)


def typed(browser: Browser, where: str, form: str = "", **fields: str):
    """Send a form with these fields; without one, that of the page as it is shown now."""
    fields["form"] = form or form_of(browser.get(where).text)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return browser.request("POST", where, content=urlencode(fields), headers=headers)
