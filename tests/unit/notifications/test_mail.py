"""Are the octets of a mail right, safe, and the same every time?"""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.errors import MailAddressInvalid
from notifications.sending.mail import Sender, build_email, compose
from notifications.writing.render import Renderer
from schemas.messages.outgoing import OutgoingMail
from schemas.messages.payload import RenderedMessage
from tests.unit.notifications.samples import SAMPLES, enclosures, outgoing

SENDER = Sender("thidua@bentre.example", "Hệ thống thi đua", "thidua.example")
CONTENT = Renderer().render(SAMPLES["campaign-launched"], "vi")
PLAIN = RenderedMessage(subject="[A] B", text="Text\n", html="<p>Text</p>\n")


def part(message: EmailMessage, kind: str) -> str:
    [found] = [p for p in message.walk() if p.get_content_type() == kind]
    assert isinstance(found, EmailMessage)
    return str(found.get_content()).replace("\r\n", "\n")


def test_header_names_sender_recipient_and_list() -> None:
    message = build_email(outgoing(CONTENT), SENDER)
    assert message["From"].addresses[0].display_name == "Hệ thống thi đua"
    assert message["From"].addresses[0].addr_spec == "thidua@bentre.example"
    assert message["To"].addresses[0].display_name == "Huyện ủy Mỏ Cày Nam"
    assert message["To"].addresses[0].addr_spec == "mocaynam@bentre.example"
    assert str(message["Reply-To"]) == "bandanvan@bentre.example"
    assert str(message["Subject"]) == CONTENT.subject
    assert message["Date"].datetime == datetime(2023, 9, 4, 2, 6, tzinfo=UTC)
    assert str(message["List-Id"]) == "<dvk-2023.thidua.example>"
    assert str(message["Auto-Submitted"]) == "auto-generated"
    assert str(message["Content-Language"]) == "vi"
    assert str(message["MIME-Version"]) == "1.0"
    assert len(message.keys()) == len(set(message.keys())) == 12


def test_structure_is_text_then_html_then_calendar() -> None:
    message = build_email(outgoing(CONTENT), SENDER)
    assert [p.get_content_type() for p in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert [p.defects for p in message.walk()] == [[]] * 5
    assert part(message, "text/plain") == CONTENT.text
    assert part(message, "text/html") == CONTENT.html
    [calendar] = list(message.iter_attachments())
    assert calendar.get_filename() == "dvk-2023.ics"
    assert calendar["Content-Type"].params["method"] == "PUBLISH"
    assert calendar.get_payload(decode=True) == (CONTENT.ics or "").encode()


def test_mail_without_calendar_is_an_alternative() -> None:
    message = build_email(outgoing(PLAIN), SENDER)
    assert [p.get_content_type() for p in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_message_id_depends_on_the_key_alone() -> None:
    first = build_email(outgoing(CONTENT), SENDER)["Message-ID"]
    assert first == "<7c6389abe1f8e9553534c384c3ae5f23@thidua.example>"
    assert build_email(outgoing(PLAIN, to_name="X", message_id=9), SENDER)["Message-ID"] == first
    assert build_email(outgoing(CONTENT, key="other"), SENDER)["Message-ID"] != first


def test_same_mail_is_the_same_octets() -> None:
    mail = outgoing(CONTENT)
    stored = OutgoingMail.model_validate_json(mail.model_dump_json())
    assert compose(stored, SENDER) == compose(mail, SENDER)


def test_date_does_not_depend_on_the_zone_the_database_gives() -> None:
    hanoi = datetime(2023, 9, 4, 9, 6, tzinfo=timezone(timedelta(hours=7)))
    assert compose(outgoing(CONTENT, queued_at=hanoi), SENDER) == compose(outgoing(CONTENT), SENDER)


@pytest.mark.parametrize("name", SAMPLES)
def test_octets_are_seven_bit_with_short_lines_and_crlf(name: str) -> None:
    octets = compose(outgoing(Renderer().render(SAMPLES[name], "vi")), SENDER)
    assert octets.isascii()
    assert octets.endswith(b"--\r\n")
    lines = octets.split(b"\r\n")
    assert max(map(len, lines)) <= 90
    assert not any(b"\r" in line or b"\n" in line for line in lines)


@pytest.mark.parametrize(
    "text",
    [
        ".\n..\n.x\n",
        "=_a_7c6389abe1f8e9553534c384c3ae5f23--\n--=_a_7c6389abe1f8e9553534c384c3ae5f23\n",
        "From me\n" + "x" * 3000 + "\n",
        "tiếng Việt " * 500 + "\n",
        "trailing \t \n\n\n",
        "a\rb\r\nc\n",
        "\x00\x01\n",
        "",
    ],
)
def test_any_body_is_read_back_as_it_was(text: str) -> None:
    content = RenderedMessage(subject="[A] B", text=text, html=text)
    message = build_email(outgoing(content), SENDER)
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    assert part(message, "text/plain") == wanted
    assert part(message, "text/html") == wanted
    assert max(map(len, compose(outgoing(content), SENDER).split(b"\r\n"))) <= 90


@given(st.text(), st.text(), st.text())
def test_any_text_leaves_the_header_as_it_is(subject: str, name: str, body: str) -> None:
    content = RenderedMessage(subject=subject, text=body, html=body)
    octets = compose(outgoing(content, to_name=name), SENDER)
    message = email.message_from_bytes(octets, policy=email.policy.SMTP)
    assert sorted(message.keys()) == sorted(build_email(outgoing(PLAIN), SENDER).keys())
    assert [address.addr_spec for address in message["To"].addresses] == ["mocaynam@bentre.example"]
    assert [p.get_content_type() for p in message.walk()][1:] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    ("changes", "whose"),
    [
        ({"to_address": "a@x.vn\r\nBcc: b@x.vn"}, "recipient"),
        ({"to_address": ""}, "recipient"),
        ({"reply_to": "a@x.vn\nX: y"}, "coordinator"),
    ],
)
def test_bad_address_is_refused(changes: dict[str, Any], whose: str) -> None:
    with pytest.raises(MailAddressInvalid, match=whose):
        compose(outgoing(CONTENT, **changes), SENDER)


def test_mail_without_coordinator_address_has_no_reply_to() -> None:
    assert "Reply-To" not in build_email(outgoing(CONTENT, reply_to=""), SENDER)


@pytest.mark.parametrize("fields", [("a", ""), ("a@x.vn", "", "not a domain"), ("a@x\r\n.vn", "")])
def test_sender_that_cannot_send_is_refused(fields: tuple[str, ...]) -> None:
    with pytest.raises(MailAddressInvalid, match="sender"):
        Sender(*fields)


def test_sender_takes_the_domain_of_its_address() -> None:
    assert Sender("a@x.vn").domain == "x.vn"
    assert Sender("a@x.vn", domain="thư.vn").domain == "xn--th-e0a.vn"


@pytest.mark.parametrize(
    ("code", "listed"),
    [
        ("Đồng Khởi/2023", "<dong-khoi-2023.thidua.example>"),
        ("竞赛", "<f8c975d2224a8e895704ad89b35d9692.thidua.example>"),
        ("a\r\nX: y", "<a-x-y.thidua.example>"),
        ("x" * 59 + "-y", f"<{'x' * 59}.thidua.example>"),
    ],
)
def test_list_id_is_safe_whatever_the_code(code: str, listed: str) -> None:
    message = build_email(outgoing(CONTENT, campaign_code=code), SENDER)
    assert str(message["List-Id"]) == listed


# --- Files that go with it ------------------------------------------------------------------------

NAMES = (
    "DVK-2023 - Biểu mẫu đề cử.xlsx",
    "plain.xlsx",
    'quote" and \\.xlsx',
    "không đuôi",
    f"{'Hồ sơ thẩm định ' * 12}.xlsx",
    "xuống\r\nDòng: mới.xlsx",
    "文書.xlsx",
)


@pytest.mark.parametrize("name", NAMES)
def test_file_comes_with_its_name_in_the_reader_s_letters(name: str) -> None:
    message = build_email(outgoing(PLAIN, enclosures=enclosures(name)), SENDER)

    [file] = list(message.iter_attachments())
    assert file.get_filename() == " ".join(name.split())


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_a_mail_with_a_file_are_short_and_ascii(name: str) -> None:
    lines = compose(outgoing(PLAIN, enclosures=enclosures(name)), SENDER).split(b"\r\n")

    assert max(map(len, lines)) <= 200
    assert b"".join(lines).isascii()


@pytest.mark.parametrize("size", [0, 1, 56, 57, 58, 100_000])
def test_file_comes_as_it_was_sent(size: int) -> None:
    body = bytes(number % 256 for number in range(size))
    sent = enclosures("a.xlsx")[0].model_copy(update={"body": body})

    message = build_email(outgoing(PLAIN, enclosures=(sent,)), SENDER)
    [file] = list(message.iter_attachments())
    assert file.get_payload(decode=True) == body


def test_calendar_stands_before_files() -> None:
    message = build_email(outgoing(CONTENT, enclosures=enclosures("a.xlsx", "b.xlsx")), SENDER)

    names = [one.get_filename() for one in message.iter_attachments()]
    assert names == ["dvk-2023.ics", "a.xlsx", "b.xlsx"]
