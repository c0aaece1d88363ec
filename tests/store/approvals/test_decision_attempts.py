"""The page of decision is tried only so often from one address, also behind a proxy."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from pydantic import SecretStr
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from campaigns.bootstrap import App
from campaigns.rules.signing.links import DECISION as PATH
from campaigns.settings import Settings
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from portal.app import create_app
from portal.web.attempts import Attempts
from tests.world import World

NGINX = ("127.0.0.1", 40_000)


@pytest.fixture
def web(world: World, tmp_path: Path):
    """The web application with two attempts a minute, behind what uvicorn puts before it."""
    settings = Settings(home=tmp_path, secret=SecretStr("k" * 32))
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    app = create_app(App(settings, world.store, transport))
    app.state.attempts = Attempts(per_minute=2, clock=lambda: 0.0)
    return ProxyHeadersMiddleware(cast("Any", app), "127.0.0.1")


def ask(web, method: str = "GET", path: str = PATH + "x.y", client=NGINX, via: str = ""):
    async def asked() -> httpx.Response:
        way = httpx.ASGITransport(web, client=client)
        async with httpx.AsyncClient(transport=way, base_url="http://thidua") as browser:
            headers = {"X-Forwarded-For": via} if via else {}
            return await browser.request(method, path, headers=headers)

    return asyncio.run(asked())


def statuses(web, *vias: str, **more) -> list[int]:
    return [ask(web, via=via, **more).status_code for via in vias]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_address_that_tries_too_often_is_told_to_wait(web, method: str):
    statuses(web, "203.0.113.7", "203.0.113.7")

    answer = ask(web, method, via="203.0.113.7")

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "30"


def test_page_says_so_in_both_languages(web):
    statuses(web, "203.0.113.7", "203.0.113.7")

    page = ask(web, via="203.0.113.7").text

    assert "thử lại sau 30 giây" in page
    assert "Try again in 30 seconds" in page


def test_page_of_refusal_is_kept_by_nobody(web):
    statuses(web, "203.0.113.7", "203.0.113.7")

    assert ask(web, via="203.0.113.7").headers["cache-control"] == "no-store"


def test_other_reader_behind_the_same_proxy_passes(web):
    statuses(web, "203.0.113.7", "203.0.113.7")

    assert statuses(web, "203.0.113.8") == [404]


def test_address_that_a_reader_invents_counts_for_nothing(web):
    """nginx adds the true address at the end; only that is believed."""
    found = statuses(web, *(f"10.9.9.{number}, 203.0.113.7" for number in range(3)))

    assert found == [404, 404, 429]


def test_header_of_who_is_no_proxy_is_not_believed(web):
    stranger = ("203.0.113.7", 5)

    found = statuses(web, "10.0.0.1", "10.0.0.2", "10.0.0.3", client=stranger)

    assert found == [404, 404, 429]


def test_other_doors_stay_open(web):
    statuses(web, "203.0.113.7", "203.0.113.7", "203.0.113.7")

    assert ask(web, path="/healthz", via="203.0.113.7").status_code == 200
