"""The page of a link: looking decides nothing, the form decides once, no other link does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from campaigns.bootstrap import App
from campaigns.rules.signing.links import DECISION as PATH
from campaigns.services.approvals.requests import link
from campaigns.services.approvals.signers import Chain
from campaigns.services.mail import delivery
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.tables import approval, event
from campaigns.store.transaction import Store
from language.harmless import masked
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from schemas.vocabulary import Stage
from tests.decision_browser import LINKS, Browser, form_of, path, send
from tests.world import CODE, World


@pytest.fixture
def world(world: World) -> World:
    """The launch waits for one of the leaders, Hưng and Lan."""
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    settings = Settings(home=tmp_path, secret=SecretStr("k" * 32))
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    return Browser(App(settings, world.store, transport))


def state(world: World) -> str:
    return world.read(campaigns.get_stage, Stage.LAUNCH).state


# --- Looking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_decides_nothing(world: World, browser: Browser, method: str):
    before = (world.count(event), world.count(approval))

    assert browser.request(method, path(world)).status_code == 200

    assert (world.count(event), world.count(approval)) == before


def test_page_is_kept_by_nobody(world: World, browser: Browser):
    found = browser.get(path(world)).headers

    assert found["cache-control"] == "no-store"
    assert found["referrer-policy"] == "no-referrer"
    assert found["x-robots-tag"] == "noindex, nofollow"
    assert "default-src 'none'" in found["content-security-policy"]


def test_mail_has_a_link_that_opens_for_its_reader(world: World, browser: Browser):
    mails = world.act(delivery.claim)
    mine = next(mail for mail in mails if mail.to_name == "Hưng")
    found = re.search(r"https://thidua.example(/d/\S+)", mine.content.text)
    assert found

    assert "Hưng" in browser.get(found[1]).text


def test_link_is_shown_to_nobody_else(world: World):
    row = world.read(messages.find, template="approval-requested")[0]
    shown = world.read(messages.get, row.id)
    assert shown is not None

    text = masked(shown[1].text)
    assert "https://thidua.example/d/…" in text
    assert not re.search(r"/d/\w", text)


def test_rehearsal_has_no_links(world: World):
    with world.store.writing("mai", CODE) as tx:
        tx.adopt(replace(tx.campaign, clock_at=tx.now))
        chain = Chain(tx, campaigns.get_stage(tx, Stage.LAUNCH))
        assert link(tx, chain, chain.asked[0]) == ""


# --- Deciding ------------------------------------------------------------------------------------


def test_form_approves(world: World, browser: Browser):
    assert send(browser, path(world), "approve").status_code == 303

    assert state(world) == "approved"


def test_form_sent_twice_counts_once(world: World, browser: Browser):
    where = path(world)
    form = form_of(browser.get(where).text)

    answers = [send(browser, where, "approve", form).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert world.count(approval) == 1


def test_page_says_who_has_decided_and_offers_nothing_more(world: World, browser: Browser):
    where = path(world, "lan")
    send(browser, path(world), "approve")

    page = browser.get(where).text

    assert "Hưng: \nđã phê duyệt" in page or "Hưng:" in page
    assert "<form" not in page


def test_second_of_two_at_once_is_told_who_was_first(world: World, browser: Browser):
    where = path(world, "lan")
    form = form_of(browser.get(where).text)
    send(browser, path(world), "approve")

    answer = send(browser, where, "approve", form)

    assert answer.status_code == 409
    assert "hung" in answer.text
    assert world.count(approval) == 1


@pytest.mark.parametrize("act", ["return", "abstain"])
def test_refusal_needs_a_reason(world: World, browser: Browser, act: str):
    answer = send(browser, path(world), act)

    assert answer.status_code == 409
    assert "Hãy nêu lý do" in answer.text
    assert world.count(approval) == 0


def test_form_returns_with_a_reason(world: World, browser: Browser):
    send(browser, path(world), "return", reason="Thiếu phụ lục")

    assert state(world) == "open"


def test_form_of_an_earlier_round_decides_nothing(world: World, browser: Browser):
    where = path(world, "lan")
    form = form_of(browser.get(where).text)
    world.send_back(Stage.LAUNCH, "hung")

    assert send(browser, where, "approve", form).status_code == 409

    assert world.count(approval) == 1


# --- Hostile -------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["x", "x.y", "%01", "a" * 2_000, "..%2f..%2fetc"])
def test_address_that_was_never_given_out_is_refused(world: World, browser: Browser, token: str):
    assert browser.get(PATH + token).status_code == 404


def test_altered_link_is_refused(world: World, browser: Browser):
    where = path(world)

    assert browser.get(where[:-3] + "AAA").status_code == 404


def test_expired_link_is_refused_and_says_what_to_do(world: World, browser: Browser):
    where = path(world)
    world.at("2023-12-01T08:00:00")

    answer = browser.get(where)

    assert answer.status_code == 404
    assert "hết hạn" in answer.text


def test_form_of_another_link_is_refused(world: World, browser: Browser):
    form = form_of(browser.get(path(world, "lan")).text)

    assert send(browser, path(world), "approve", form).status_code == 404
    assert state(world) == "awaiting_approval"


def test_link_as_a_form_is_refused(world: World, browser: Browser):
    where = path(world)

    assert send(browser, where, "approve", where.removeprefix(PATH)).status_code == 404


def test_body_that_is_too_large_is_refused(world: World, browser: Browser):
    assert browser.request("POST", path(world), content=b"x" * 50_000).status_code == 413


def test_reason_is_shown_as_text(world: World, browser: Browser):
    answer = send(browser, path(world), "nothing", reason="<script>alert(1)</script>")

    assert "<script>" not in answer.text
    assert state(world) == "awaiting_approval"
