"""Where a stage asks for a code beside the link, the link alone decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from campaigns.rules.signing.errors import CodeUsed
from campaigns.services.approvals import signers, verdicts
from campaigns.services.mail import delivery, waits
from campaigns.services.registers import enrolment
from campaigns.services.signing import one_time_codes
from campaigns.store import campaigns
from campaigns.store.commit import commit
from campaigns.store.mail import messages, pauses
from campaigns.store.mail.pauses import Pause
from campaigns.store.registers import people
from campaigns.store.tables import approval, message, one_time_code
from schemas.commands.approvals import AskApprovalAgain
from schemas.commands.registers import ConfirmPerson
from schemas.commands.signing import RevokeLinks
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.decision_browser import LINKS, Browser, form_of, typed
from tests.one_time_codes import (
    NOT_ASKED,
    SENT,
    WRONG,
    ask,
    browser_of,
    events,
    give,
    mails,
    path,
    sent,
    state,
    waiting_world,
)
from tests.registers import changed, imported, on_registers
from tests.world import CODE, World, short_playbook


@pytest.fixture
def world(database: Database) -> Iterator[World]:
    world = waiting_world(database)
    yield world
    world.store.engine.dispose()


@pytest.fixture
def browser(world: World, tmp_path: Path) -> Browser:
    return browser_of(world, tmp_path)


# --- The right one -------------------------------------------------------------------------------


def test_link_alone_decides_nothing(world: World, browser: Browser):
    answer = typed(browser, path(world), act="approve")

    assert answer.status_code == 409
    assert "mã dùng một lần" in answer.text
    assert state(world) == "awaiting_approval"


def test_code_decides(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)

    assert give(browser, where, code).status_code == 303
    assert state(world) == "approved"


def test_code_is_taken_as_the_mail_shows_it(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)

    assert give(browser, where, f" {code[:4]}\u2007{code[4:]} ").status_code == 303


@pytest.mark.parametrize(("act", "verdict"), [("return", "open"), ("abstain", "awaiting_approval")])
def test_code_is_needed_for_every_act(world: World, browser: Browser, act: str, verdict: str):
    where = path(world)
    assert typed(browser, where, act=act, reason="Thiếu phụ lục").status_code == 409
    assert world.count(approval) == 0
    code = sent(world, browser, where, act, "Thiếu phụ lục")

    assert give(browser, where, code, act, reason="Thiếu phụ lục").status_code == 303
    assert (state(world), world.count(approval)) == (verdict, 1)


def test_substitute_signs_with_a_code_of_their_own(world: World, browser: Browser):
    day = f"{world.clock.time:%Y-%m-%d}"
    world.delegate("hung", "thu", day, day)
    where = path(world, "thu")
    code = sent(world, browser, where)

    assert give(browser, where, code).status_code == 303
    (given,) = world.read(signers.signatures, world.read(campaigns.get_stage, Stage.LAUNCH))
    assert (given.person_id, given.principal_id) == ("thu", "hung")


def test_stage_without_the_key_asks_for_no_code(world: World):
    assert not short_playbook().approvals.launch.one_time_code


def test_code_leaves_at_once_and_alone(world: World, browser: Browser):
    """The playbook has quiet hours all day, and would bundle codes."""
    where = path(world)
    ask(browser, where)
    ask(browser, path(world, "lan"))

    assert [SENT.findall(one.content.text) != [] for one in mails(world)] == [True, True]


def test_code_is_told_to_wait_for_nothing_in_quiet_hours(world: World, browser: Browser):
    before = [(one.why, one.number) for one in world.read(waits.waiting)]
    ask(browser, path(world))

    assert before == [("due", 2)]
    assert [(one.why, one.number) for one in world.read(waits.waiting)] == [("due", 3)]


# --- Wrong ones ----------------------------------------------------------------------------------


def test_wrong_code_decides_nothing_and_keeps_what_was_typed(world: World, browser: Browser):
    where = path(world)
    sent(world, browser, where, "return", "Thiếu biên bản")

    answer = give(browser, where, WRONG, "return", reason="Thiếu biên bản")

    assert answer.status_code == 409
    assert "còn 4 lần thử" in answer.text
    assert "Thiếu biên bản" in answer.text
    assert re.search(r'value="return" checked', answer.text)
    assert state(world) == "awaiting_approval"


def test_five_wrong_ones_end_the_code(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)
    answers = [give(browser, where, WRONG).text for _ in range(5)]

    assert "không dùng được nữa" in answers[-1]
    assert "không dùng được nữa" in give(browser, where, code).text
    assert state(world) == "awaiting_approval"
    assert events(world, "code_voided") == [{"person": "hung", "round": 1, "tries": 5}]


@pytest.mark.parametrize("code", ["", "1234", "mã", "1" * 9])
def test_what_cannot_be_a_code_is_no_try(world: World, browser: Browser, code: str):
    where = path(world)
    right = sent(world, browser, where)
    for _ in range(6):
        assert "8 chữ số" in give(browser, where, code).text

    assert give(browser, where, right).status_code == 303


def test_code_is_over_after_ten_minutes(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)
    world.clock.time += timedelta(minutes=10)

    assert "hết hạn" in give(browser, where, code).text
    assert state(world) == "awaiting_approval"


def test_code_before_a_newer_one_is_wrong(world: World, browser: Browser):
    where = path(world)
    first = sent(world, browser, where)
    second = sent(world, browser, where)

    assert "Mã không đúng" in give(browser, where, first).text
    assert give(browser, where, second).status_code == 303


def test_code_for_another_act_is_refused(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)

    answer = give(browser, where, code, "return", reason="Thiếu biên bản")

    assert "chỉ dùng để phê duyệt" in answer.text
    assert state(world) == "awaiting_approval"


def test_code_of_another_person_is_wrong(world: World, browser: Browser):
    mine, others = path(world), path(world, "lan")
    sent(world, browser, mine)
    code = sent(world, browser, others)

    assert "Mã không đúng" in give(browser, mine, code).text


def test_code_of_the_round_before_is_wrong(world: World, browser: Browser):
    before = sent(world, browser, path(world))
    world.send_back(Stage.LAUNCH, "lan")
    again = AskApprovalAgain(command_id="again", stage=Stage.LAUNCH, person_id="mai")
    world.act(verdicts.ask_again, again)
    where = path(world)

    assert NOT_ASKED in give(browser, where, before).text
    sent(world, browser, where)
    assert "Mã không đúng" in give(browser, where, before).text
    assert state(world) == "awaiting_approval"


def test_code_is_void_once_the_address_changed(world: World, browser: Browser):
    code = sent(world, browser, path(world))
    imported(world, "mai", changed("hung", email="new@example.org"))
    command = ConfirmPerson(command_id="c", of_id="hung", person_id="lan")
    on_registers(world, "lan", enrolment.confirm, command)
    (hung,) = world.read(people.named, ["hung"]).values()
    where = path(world, address="new@example.org", since=hung.links_since)

    assert NOT_ASKED in give(browser, where, code).text
    assert state(world) == "awaiting_approval"


def test_code_does_not_leave_for_an_address_it_was_not_asked_for(world: World, browser: Browser):
    ask(browser, path(world))
    with world.store.writing("system:test") as tx:
        where = message.c.template == "one-time-code"
        tx.connection.execute(message.update().where(where).values(to_address="x@evil.example"))
        commit(tx)

    (mail,) = mails(world)
    assert not SENT.search(mail.content.text)


def test_code_is_void_once_links_are_revoked(world: World, browser: Browser):
    code = sent(world, browser, path(world))
    world.clock.time += timedelta(minutes=1)
    command = RevokeLinks(command_id="r", of_id="hung", person_id="mai")
    on_registers(world, "mai", enrolment.revoke_links, command)
    where = path(world, since=world.clock.time)

    assert browser.get(where).status_code == 200
    assert NOT_ASKED in give(browser, where, code).text
    assert state(world) == "awaiting_approval"


# --- Once ----------------------------------------------------------------------------------------


def test_of_two_at_once_one_decides(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where, "return", "Thiếu biên bản")
    forms = [form_of(browser.get(where).text) for _ in range(2)]

    def returned(form: str) -> int:
        answer = give(browser, where, code, "return", reason="Thiếu biên bản", form=form)
        return answer.status_code

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(returned, forms))

    assert answers == [303, 409]
    assert world.count(approval) == 1


def test_used_code_confirms_nothing_more(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)
    give(browser, where, code)
    link = LINKS.read(where.removeprefix("/d/"), world.clock.time)

    with world.store.writing("hung", CODE) as tx, pytest.raises(CodeUsed):
        one_time_codes.confirm(tx, link, "approve", code)


def test_form_sent_twice_counts_once(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where)
    form = form_of(browser.get(where).text)

    answers = [give(browser, where, code, form=form).status_code for _ in range(2)]

    assert answers == [303, 303]


def test_code_asked_for_twice_by_one_form_is_sent_once(world: World, browser: Browser):
    where = path(world)
    form = form_of(browser.get(where).text)
    for _ in range(2):
        assert typed(browser, where, act="approve", do="code", form=form).status_code == 200

    assert len(mails(world)) == 1


def test_code_that_did_not_decide_stays_good(world: World, browser: Browser):
    where = path(world)
    code = sent(world, browser, where, "return", "Thiếu biên bản")

    assert "Hãy nêu lý do" in give(browser, where, code, "return").text
    assert give(browser, where, code, "return", reason="Thiếu biên bản").status_code == 303


# --- Asking --------------------------------------------------------------------------------------


def test_return_needs_its_reason_before_a_code_is_sent(world: World, browser: Browser):
    assert "Hãy nêu lý do" in ask(browser, path(world), "return").text
    assert world.count(one_time_code) == 0


def test_five_codes_an_hour_are_sent(world: World, browser: Browser):
    where = path(world)
    codes = {sent(world, browser, where) for _ in range(5)}

    answer = ask(browser, where)
    assert answer.status_code == 409
    assert "Đã gửi 5 mã trong một giờ" in answer.text
    world.clock.time += timedelta(hours=1)
    assert sent(world, browser, where) not in codes


def test_who_may_not_decide_is_sent_no_code(world: World, browser: Browser):
    where = path(world, "thu")
    form = LINKS.form(where.removeprefix("/d/"), "n", world.clock.time)

    assert typed(browser, where, act="approve", do="code", form=form).status_code == 409
    assert world.count(one_time_code) == 0


def test_code_is_refused_while_the_mail_server_refuses(world: World, browser: Browser):
    until = world.clock.time + timedelta(hours=1)
    with world.store.writing("system:test") as tx:
        pauses.put(tx, Pause("refused", "550", 1, world.clock.time, until))
        commit(tx)

    answer = ask(browser, path(world))

    assert "máy chủ thư không nhận thư" in answer.text
    assert world.count(one_time_code) == 0


def test_code_is_refused_while_no_more_mails_may_leave(world: World, tmp_path: Path):
    assert world.act(delivery.claim, per_hour=1)
    browser = browser_of(world, tmp_path, mail_per_hour=1)

    answer = ask(browser, path(world))

    assert "Chưa gửi được mã cho ông/bà trước" in answer.text
    assert world.count(one_time_code) == 0


def test_page_says_where_the_server_refused_the_code(world: World, browser: Browser):
    where = path(world)
    ask(browser, where)
    assert "Thư thường đến trong một phút" in browser.get(where).text
    with world.store.writing("system:test", CODE) as tx:
        (row,) = messages.find(tx, template="one-time-code")
        messages.note_attempts(tx, {row.id: "451 try again"})
        commit(tx)

    assert "Máy chủ thư chưa nhận thư mang mã" in browser.get(where).text


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_code_that_waited_too_long_does_not_leave(
    world: World, browser: Browser, is_forgotten: bool
):
    ask(browser, path(world))
    world.clock.time += timedelta(minutes=11)
    with world.store.writing("system:test") as tx:
        if is_forgotten:  # and another code has its number, as may be on SQLite
            later = world.clock.time + timedelta(minutes=10)
            tx.connection.execute(one_time_code.update().values(expires_at=later))
        commit(tx)

    assert mails(world) == []
    (row,) = world.read(messages.find, template="one-time-code")
    assert row.state == "superseded"
