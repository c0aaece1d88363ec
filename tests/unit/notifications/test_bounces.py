"""Notices of undelivered mail as servers write them, as attackers do, and as nobody should."""

from __future__ import annotations

from pathlib import Path

import pytest

from notifications import bounces

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
        ("failed", "4.4.7", "soft"),
        ("Failed", "5.7.1", "hard"),
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


def test_ordinary_mail_that_holds_a_report_is_no_notice() -> None:
    """Somebody forwards a notice, or writes one into a letter."""
    octets = notice().replace(b"multipart/report; report-type=delivery-status", b"multipart/mixed")

    assert bounces.parse(octets).kind == "none"


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
    ],
    ids=lambda octets: str(len(octets)),
)
def test_hostile_notice_does_no_harm(octets: bytes) -> None:
    found = bounces.parse(octets)

    assert found.kind in {"none", "hard"}
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
