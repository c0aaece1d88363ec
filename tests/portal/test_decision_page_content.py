"""The page of decision shows what is decided: reasons, dossiers, and the figures of then."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from campaigns.bootstrap import App
from campaigns.services.approvals import verdicts
from campaigns.services.mail import delivery
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.commit import commit
from campaigns.store.tables import approval, approval_basis
from campaigns.store.transaction import Store
from campaigns.views import approval_page
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from schemas.commands.approvals import AskApprovalAgain
from schemas.vocabulary import Stage
from tests.decision_browser import LINKS, Browser, path, send
from tests.world import World


@pytest.fixture
def world(world: World) -> World:
    """The launch waits for one of the leaders, Hưng and Lan."""
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


@pytest.fixture
def checked(world: World) -> World:
    """A is eligible, and B on hold for an open case; the nominations wait for a leader."""
    world.approve(Stage.LAUNCH, "hung")
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.nominate("B", rank=2, case_opened=date(2023, 6, 1))
    world.check_all()
    world.ask_approval(Stage.NOMINATION)
    return world


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    settings = Settings(home=tmp_path, secret=SecretStr("k" * 32))
    transport = transport_from(MailSettings.model_construct(), tmp_path)
    return Browser(App(settings, world.store, transport))


def of_nomination(world: World, person: str = "hung", round_: int = 1) -> str:
    stage = world.read(campaigns.get_stage, Stage.NOMINATION)
    due = stage.approval_due_at
    return path(world, person, stage=Stage.NOMINATION, round=round_, expires_at=due)


def ask_again(world: World) -> None:
    command = AskApprovalAgain(command_id=world.command_id(), stage=Stage.LAUNCH, person_id="mai")
    world.act(verdicts.ask_again, command)


def dossiers(page: str) -> list[str]:
    return re.findall(r'<a href="(/d/[^"]+/\d+)">', page)


def test_launch_page_shows_what_is_launched(world: World, browser: Browser):
    page = browser.get(path(world)).text

    assert "Nội dung phát động" in page
    assert "13/10/2023 08:00" in page


def test_letter_for_the_launch_says_what_is_launched(world: World):
    [mail, *_] = [one for one in world.act(delivery.claim) if one.to_name == "Hưng"]

    assert "Nội dung phát động:" in mail.content.text
    assert "Công bố kết quả: 13/10/2023 08:00" in mail.content.text


def test_page_says_why_a_nomination_does_not_pass(checked: World, browser: Browser):
    page = browser.get(of_nomination(checked)).text

    assert page.count('class="reason">Tạm hoãn:') == 1


def test_dossier_is_open_to_who_decides(checked: World, browser: Browser):
    [first, _] = dossiers(browser.get(of_nomination(checked)).text)

    answer = browser.get(first)

    assert answer.status_code == 200
    assert "Nội dung hồ sơ" in answer.text


def test_dossier_stays_open_to_who_has_decided(checked: World, browser: Browser):
    where = of_nomination(checked)
    [first, _] = dossiers(browser.get(where).text)
    send(browser, where, "approve")

    assert browser.get(first).status_code == 200


def test_dossier_is_closed_to_who_has_not_decided_in_time(checked: World, browser: Browser):
    [first, _] = dossiers(browser.get(of_nomination(checked, "lan")).text)
    send(browser, of_nomination(checked), "approve")

    assert browser.get(first).status_code == 404


def test_dossier_of_the_launch_s_link_is_nobody_s(checked: World, browser: Browser):
    number = dossiers(browser.get(of_nomination(checked)).text)[0].rsplit("/", 1)[1]

    assert browser.get(f"{path(checked, round=1)}/{number}").status_code == 404


@pytest.mark.parametrize("number", ["0", "999", "-1", "1e3", "9" * 40, "x", "%C3%A9", "1/2"])
def test_dossier_that_is_not_there_is_refused(checked: World, browser: Browser, number: str):
    assert browser.get(f"{of_nomination(checked)}/{number}").status_code == 404


def test_page_of_an_earlier_round_keeps_its_figures(checked: World, browser: Browser):
    where = of_nomination(checked)
    send(browser, where, "return", reason="Thiếu biên bản")
    with checked.store.writing("mai") as tx:
        tx.connection.execute(
            approval_basis.update().values(counts='[["eligible", 41], ["on_hold", 7]]')
        )
        commit(tx)

    page = browser.get(where).text

    assert "<td>41</td>" in page
    assert "Như khi quyết định lần trình" in page


def test_figures_are_those_of_the_last_verdict(checked: World, browser: Browser):
    send(browser, of_nomination(checked), "approve")

    link = LINKS.read(of_nomination(checked).removeprefix("/d/"), checked.clock.time)
    page = checked.read(approval_page.look, link)

    assert page.counts == (("Tạm hoãn xét", 1), ("Đủ điều kiện", 1))


def test_figures_that_were_not_kept_are_not_made_up(checked: World, browser: Browser):
    where = of_nomination(checked)
    send(browser, where, "approve")
    with checked.store.writing("mai") as tx:
        tx.connection.execute(approval_basis.delete())
        commit(tx)

    page = browser.get(where).text

    assert "không được lưu" in page
    assert "Số liệu làm căn cứ" not in page


def test_later_rounds_are_shown_on_the_page_of_an_earlier_one(world: World, browser: Browser):
    where = path(world)
    send(browser, where, "return", reason="Thiếu phụ lục")
    ask_again(world)
    world.approve(Stage.LAUNCH, "lan")

    page = browser.get(where).text

    assert "(lần trình 1)" in page
    assert "(lần trình 2)" in page


def test_many_nominations_come_page_by_page(
    checked: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(approval_page, "PAGE", 1)
    where = of_nomination(checked)

    shown = [dossiers(browser.get(f"{where}?page={number}").text) for number in (1, 2, 3, "x")]

    assert [len(one) for one in shown] == [1, 1, 1, 1]
    assert shown[0] == shown[3] != shown[1] == shown[2]


def test_reason_that_is_too_long_is_refused_whole(world: World, browser: Browser):
    reason = "Lý do " * 700

    answer = send(browser, path(world), "return", reason=reason)

    assert answer.status_code == 409
    assert "4000" in answer.text
    assert reason.strip() in answer.text
    assert world.count(approval) == 0


def test_letter_without_a_page_says_how_to_decide(world: World):
    world.store = without_pages(world)
    world.send_back(Stage.LAUNCH, "hung")
    ask_again(world)

    texts = [one.content.text for one in world.act(delivery.claim) if one.to_name == "Hưng"]

    assert any("cho ý kiến bằng văn bản" in text for text in texts)


def without_pages(world: World) -> Store:
    """Return the store of an installation without pages on the web."""
    return Store(world.store.engine, world.clock, Renderer(), None)
