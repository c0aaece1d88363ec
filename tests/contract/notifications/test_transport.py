"""Does every way out for mail keep the same promises?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from notifications.errors import NotificationError
from notifications.sending.transport import (
    MaildirTransport,
    SmtpTransport,
    Transport,
    transport_from,
)
from notifications.settings import MailSettings
from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import MessageState
from tests.faults.notifications.smtp_server import settings_for, smtp_server
from tests.unit.notifications.samples import outgoing

CONTENT = RenderedMessage(subject="[A] Đề cử", text="Text\n", html="<p>Text</p>\n")
HEARD: list[NotificationError] = []


@pytest.fixture(params=["maildir", "smtp"])
def transport(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Transport]:
    HEARD.clear()
    if request.param == "maildir":
        yield transport_from(MailSettings(), tmp_path / "mail", HEARD.append)
    else:
        with smtp_server() as (_, settings):
            yield transport_from(settings, tmp_path / "mail", HEARD.append)


@pytest.fixture(params=["maildir", "smtp"])
def broken_transport(request: pytest.FixtureRequest, tmp_path: Path) -> Transport:
    HEARD.clear()
    (tmp_path / "mail").write_text("a file in the place of the folder")
    settings = MailSettings() if request.param == "maildir" else settings_for(1)
    return transport_from(settings, tmp_path / "mail", HEARD.append)


def test_each_mail_has_one_outcome_in_its_order(transport: Transport) -> None:
    mails = [outgoing(CONTENT, key=f"k{n}", message_id=n) for n in (5, 3, 9)]
    outcomes = transport.deliver(mails)
    assert [(o.message_id, o.state) for o in outcomes] == [
        (5, MessageState.SENT),
        (3, MessageState.SENT),
        (9, MessageState.SENT),
    ]
    assert all(o.detail and o.retry_in_seconds is None for o in outcomes)
    assert HEARD == []


def test_no_mail_has_no_outcome(transport: Transport) -> None:
    assert transport.deliver([]) == []


@pytest.mark.parametrize("address", ["", "không có", "a@x.vn\r\nRCPT TO:<b@x.vn>"])
def test_bad_address_fails_and_the_others_go(transport: Transport, address: str) -> None:
    mails = [
        outgoing(CONTENT, to_address=address),
        outgoing(CONTENT, key="other", message_id=8),
    ]
    first, second = transport.deliver(mails)
    assert first.state is MessageState.FAILED
    assert "Correct the address" in first.detail
    assert second.state is MessageState.SENT


def test_bad_coordinator_address_fails_with_its_name(transport: Transport) -> None:
    [outcome] = transport.deliver([outgoing(CONTENT, reply_to="nobody")])
    assert outcome.state is MessageState.FAILED
    assert "coordinator" in outcome.detail


def test_way_that_is_blocked_keeps_everything_queued_and_says_so_once(
    broken_transport: Transport,
) -> None:
    mails = [outgoing(CONTENT, key=f"k{n}", message_id=n) for n in range(4)]
    outcomes = broken_transport.deliver(mails)
    assert [(o.message_id, o.state) for o in outcomes] == [
        (n, MessageState.QUEUED) for n in range(4)
    ]
    [problem] = HEARD
    assert {o.detail for o in outcomes} == {str(problem)}
    assert all((o.retry_in_seconds or 0) >= 60 for o in outcomes)


def test_settings_choose_the_way(tmp_path: Path) -> None:
    assert isinstance(transport_from(MailSettings(), tmp_path), MaildirTransport)
    assert isinstance(transport_from(settings_for(25), tmp_path), SmtpTransport)


def test_user_is_told_where_mail_goes(tmp_path: Path) -> None:
    maildir, smtp = (
        transport_from(MailSettings(), tmp_path),
        transport_from(settings_for(2525), tmp_path),
    )
    assert maildir.description("en") == (
        f"No SMTP host is set (THIDUA_SMTP_HOST): mail goes to {tmp_path}, not out."
    )
    assert maildir.description("vi").startswith("Chưa đặt máy chủ SMTP (THIDUA_SMTP_HOST)")
    assert str(tmp_path) in maildir.description("vi")
    assert smtp.description("en") == "Mail is sent through the SMTP server 127.0.0.1:2525."
    assert smtp.description("vi") == "Thư được gửi qua máy chủ SMTP 127.0.0.1:2525."
