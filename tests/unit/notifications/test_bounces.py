"""Notices of undelivered mail as servers write them, as attackers do, and as nobody should."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from notifications.returned import bounces

MAIL_ID = "0123456789abcdef0123456789abcdef"


def notice(
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "smtp; 550 5.1.1 <binh@example.org>: no such user",
    returned: str = f"Message-ID: <{MAIL_ID}@thidua.example>\nSubject: x\n",
    kind: str = "text/rfc822-headers",
) -> bytes:
    """Return a notice as Postfix writes it."""
    return f"""From: MAILER-DAEMON@mx.example
To: thidua@thidua.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <20231010@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I'm sorry to have to inform you ...
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Tue, 10 Oct 2023 08:00:00 +0700

Final-Recipient: rfc822; binh@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {diagnostic}

--b
Content-Type: {kind}

{returned}
--b--
""".encode()


def test_failure_for_good_is_hard() -> None:
    found = bounces.parse(notice())

    assert (found.mail_id, found.kind, found.status) == (MAIL_ID, "hard", "5.1.1")


def test_words_of_the_server_hold_no_address() -> None:
    assert bounces.parse(notice()).said == "smtp; 550 5.1.1 <address> no such user"


def test_mail_that_came_back_whole_is_known_by_its_header() -> None:
    body = f"Message-ID: <{MAIL_ID}@thidua.example>\nSubject: x\n\nKính gửi"

    assert bounces.parse(notice(returned=body, kind="message/rfc822")).mail_id == MAIL_ID


@pytest.mark.parametrize(
    ("action", "status", "kind"),
    [
        ("delayed", "4.4.1", "soft"),
        ("failed", "4.4.7", "expired"),
        ("Failed", "5.1.1", "hard"),
        ("Failed", "5.7.1", "refused"),
        ("failed", "5.2.2", "full"),
        ("failed", "5.3.4", "size"),
        ("delivered", "2.0.0", "none"),
        ("relayed", "2.0.0", "none"),
        ("exploded", "5.0.0", "none"),
    ],
)
def test_action_and_status_say_how_bad_it_is(action: str, status: str, kind: str) -> None:
    assert bounces.parse(notice(action, status)).kind == kind


def test_status_that_is_missing_is_taken_from_the_words() -> None:
    assert bounces.parse(notice(status="", diagnostic="smtp; 550 unknown")).status == "5.0.0"


def test_notice_without_the_mail_names_none() -> None:
    assert bounces.parse(notice(returned="Subject: x\n")).mail_id == ""


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.1.1", "smtp; 550 5.1.1 unknown user", "hard"),
        ("5.0.0", "smtp; 550 5.1.1 unknown user", "hard"),
        ("5.1.1", "smtp; 550 5.7.1 blocked using zen.spamhaus.org", "refused"),
        ("5.1.1", "smtp; 552 5.2.2 over quota", "full"),
        ("5.7.1", "smtp; 550-5.7.1 likely unsolicited mail. 550 5.7.1 gsmtp", "refused"),
        ("5.7.1", "smtp; 550 5.1.1 no such user", "refused"),
        ("5.7.23", "smtp; 550 5.7.23 SPF validation failed", "refused"),
        ("5.2.2", "smtp; 552 5.2.2 over quota", "full"),
        ("5.0.0", "smtp; 552 message too large", "size"),
        ("5.0.0", "smtp; 550 no", "unclear"),
        ("5.0.0", "X-Unix; 67", "unclear"),
        ("4.2.2", "smtp; 452 4.2.2 mailbox full", "full"),
        ("4.7.1", "smtp; 450 4.7.1 Helo command rejected", "refused"),
        ("4.4.1", "smtp; connect to mx.example: timed out", "expired"),
        ("4.1.1", "smtp; 450 4.1.1 unverified address: unknown user", "expired"),
    ],
)
def test_only_what_says_it_plainly_is_hard(status: str, words: str, kind: str) -> None:
    assert bounces.parse(notice("failed", status, words)).kind == kind


OURS = f"X-Thidua-Mail: {MAIL_ID}\nMessage-ID: <{MAIL_ID}@thidua.example>\nSubject: [A] Mời\n"


def test_replaced_message_id_is_no_loss() -> None:
    """Some services give every mail a `Message-ID` of their own."""
    replaced = f"Message-ID: <0102018c@mail.example>\nX-Thidua-Mail: {MAIL_ID}\nSubject: x\n"

    assert bounces.parse(notice(returned=replaced)).mail_id == MAIL_ID


def test_addressee_of_the_mail_is_told() -> None:
    found = bounces.parse(notice(returned=OURS + "To: Ba Tri <ba-tri@bentre.example>\n"))

    assert (found.named, found.sent_to) == (("binh@example.org",), "ba-tri@bentre.example")


QMAIL = f"""From: MAILER-DAEMON@mx.example
To: thidua@thidua.example
Subject: failure notice

Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ba-tri@bentre.example>:
Sorry, no mailbox here by that name. vpopmail (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <thidua@thidua.example>
{OURS}
550 5.7.1 is said in our own letter
"""
EXIM = f"""From: Mail Delivery System <Mailer-Daemon@mx.example>
To: thidua@thidua.example
Auto-Submitted: auto-replied
X-Failed-Recipients: ba-tri@bentre.example
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients.

  ba-tri@bentre.example
    host mx.bentre.example [192.0.2.9]
    SMTP error from remote mail server after RCPT TO:<ba-tri@bentre.example>:
    552 5.2.2 mailbox full

------ This is a copy of the message, including all the headers. ------

{OURS}
"""
OLD_EXCHANGE = f"""From: System Administrator <postmaster@bentre.example>
To: thidua@thidua.example
In-Reply-To: <{MAIL_ID}@thidua.example>
Subject: Undeliverable: [A] Mời
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<html><head><style>p {{ color: red }} .x550 {{}}</style></head><body>
<p>Your message did not reach some or all of the intended recipients.</p>
<p>ba-tri@bentre.example<br>The e-mail system was unable to deliver the message.
&lt;mx.bentre.example #5.7.1 smtp;550 5.7.1 Message rejected as spam by policy&gt;</p></body></html>
--b--
"""
EXCHANGE = f"""From: postmaster@bentre.example
To: thidua@thidua.example
Subject: Undeliverable: [A] Mời
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset=utf-8

ba-tri@bentre.example wasn't found at bentre.example.
--c--

--b
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR01.prod.example

Final-Recipient: rfc822;ba-tri@bentre.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by lookup

--b
Content-Type: text/rfc822-headers

{OURS}
--b--
"""
GMAIL = EXCHANGE.replace("postmaster@bentre", "mailer-daemon@googlemail").replace(
    "Status: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient",
    "Status: 5.1.1\nDiagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach "
    "does\n not exist. Recipient",
)
PLAIN = f"""From: postmaster@bentre.example
Return-Path: <>
To: thidua@thidua.example
Subject: Khong gui duoc thu

Thư của quý vị không gửi được: 550 5.1.1 user unknown
Message-ID: <{MAIL_ID}@thidua.example>
"""


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        (QMAIL, "hard", "ba-tri@bentre.example"),
        (EXIM, "full", "ba-tri@bentre.example"),
        (OLD_EXCHANGE, "refused", "ba-tri@bentre.example"),
        (EXCHANGE, "hard", "ba-tri@bentre.example"),
        (GMAIL, "hard", "ba-tri@bentre.example"),
        (PLAIN, "hard", ""),
    ],
    ids=["qmail", "exim", "old-exchange", "exchange", "gmail", "plain"],
)
def test_notice_of_another_form_is_understood(text: str, kind: str, named: str) -> None:
    found = bounces.parse(text.encode())

    assert (found.mail_id, found.kind) == (MAIL_ID, kind)
    assert named in (found.named or ("",))


def forwarded(inner: str) -> bytes:
    return f"""From: Mai <mai@bentre.example>
To: thidua@thidua.example
Subject: Fwd: thu nay bi tra lai
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="f"

--f
Content-Type: text/plain; charset=utf-8

Nhờ xem giúp.
--f
Content-Type: message/rfc822

{inner}
--f--
""".encode()


def test_notice_a_person_has_forwarded_is_understood() -> None:
    found = bounces.parse(forwarded(EXCHANGE))

    assert (found.mail_id, found.kind) == (MAIL_ID, "hard")


def test_notice_whose_report_is_coded_is_understood() -> None:
    report = base64.encodebytes(
        b"Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
        b"Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 unknown user\r\n"
    ).decode()
    begin, end = EXCHANGE.index("Reporting-MTA"), EXCHANGE.index("--b\nContent-Type: text/rfc822")
    coded = EXCHANGE[:begin].rstrip() + "\nContent-Transfer-Encoding: base64\n\n" + report
    found = bounces.parse((coded + "\n" + EXCHANGE[end:]).encode())

    assert (found.mail_id, found.kind, found.named) == (MAIL_ID, "hard", ("a@b.example",))


@pytest.mark.parametrize(
    "text",
    [
        "Tôi đi vắng đến 15/8. 550 5.1.1 user unknown",
        f"Trả lời thư <{MAIL_ID}@thidua.example>: 550 5.1.1 user unknown",
    ],
)
def test_letter_of_a_person_is_no_notice(text: str) -> None:
    letter = (
        "From: Binh <binh@bentre.example>\nTo: thidua@thidua.example\n"
        "Auto-Submitted: auto-replied\nSubject: Re: [A] Moi\n"
        f"In-Reply-To: <{MAIL_ID}@thidua.example>\n\n{text}\n"
    )

    assert bounces.parse(letter.encode()).kind == "none"


def nested(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/report; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth)
    )
    return head + b"x"


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"\x00\xff" * 1_000,
        b"Content-Type: multipart/report\n\nno boundary",
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status",
        notice().replace(b"Status: 5.1.1", b"Status: \xff\xfe=?x?=?="),
        notice().replace(b"text/rfc822-headers", b"text/rfc822-headers; charset=nothing-such"),
        notice(diagnostic="x" * 100_000),
        notice()[:400],
        nested(2_000),
        b"X: y\n" * 100_000,
        QMAIL.encode() + b"<style" * 100_000,
        OLD_EXCHANGE.replace("<head>", "<style " * 50_000).encode(),
        OLD_EXCHANGE.replace("<p>", "a" * 500_000).encode(),
        QMAIL.replace("<ba-tri", "a." * 100_000 + "<ba-tri").encode(),
    ],
    ids=lambda octets: str(len(octets)),
)
def test_hostile_notice_does_no_harm(octets: bytes) -> None:
    found = bounces.parse(octets)

    assert found.kind in {"none", "hard", "unclear"}
    assert len(found.said) <= 300


def test_notices_of_a_maildir_are_read_and_put_aside(tmp_path: Path) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(notice())

    (path,) = bounces.waiting(tmp_path)
    found = bounces.read(path)
    bounces.put_aside(path)

    assert (found.kind, list(bounces.waiting(tmp_path))) == ("hard", [])
    assert [one.name for one in (tmp_path / "cur").iterdir()] == ["1.host:2,S"]


def test_notices_of_a_folder_are_put_aside(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(notice())
    (tmp_path / "a.txt").write_bytes(notice())

    for path in bounces.waiting(tmp_path):
        bounces.put_aside(path)

    assert [one.name for one in (tmp_path / "read").iterdir()] == ["a.eml"]


def test_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.eml").symlink_to("/etc/hostname")

    assert list(bounces.waiting(tmp_path)) == []


def test_huge_file_is_read_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(notice() + b"x" * (2 * bounces.LIMIT))

    assert bounces.read(path).kind == "hard"
