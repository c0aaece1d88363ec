"""Which octets make up one mail?

`compose` writes them directly: building the same with `email.message` costs ten times as much, and
a campaign sends thousands. The tests read every mail back with the standard library's parser.
The same message always makes the same octets, `Message-ID`, `Date` and boundaries included, so that
a mail sent twice after a doubtful failure is recognised by the reader's program as one.
"""

from __future__ import annotations

import email
import email.policy
from binascii import b2a_base64, b2a_qp
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from struct import unpack_from
from typing import Final

from language.harmless import one_line, slug
from notifications.sending.addresses import checked_address, checked_domain
from notifications.sending.headers import mailbox_header, text_header
from schemas.messages.outgoing import OutgoingMail, mail_id
from schemas.messages.payload import Enclosure

OWN_HEADER: Final = "X-Thidua-Mail"
"""Names a mail as its `Message-ID` does: servers that replace that leave this one alone."""
_BASE64_LINE: Final = 76
_LIST_LABEL: Final = 60


@dataclass(frozen=True)
class Sender:
    """From whom mail goes out, the same for the whole installation.

    An address that cannot stand in a mail raises `MailAddressInvalid`.
    """

    address: str
    name: str = ""
    domain: str = ""
    """Right-hand side of `Message-ID` and `List-Id`; the domain of `address` if empty."""

    def __post_init__(self) -> None:
        address = checked_address(self.address, "sender")
        domain = checked_domain(self.domain or address.rpartition("@")[2], "sender")
        object.__setattr__(self, "address", address)
        object.__setattr__(self, "domain", domain)


def compose(mail: OutgoingMail, sender: Sender) -> bytes:
    r"""Return the mail as it goes on the wire (RFC 5322, RFC 2045): 7-bit, lines ended by `\r\n`.

    An address that cannot stand in a mail raises `MailAddressInvalid`.
    """
    digest = mail_id(mail.key)
    body = _alternative(mail, f"=_a_{digest}")
    others = [_enclosed(one) for one in mail.enclosures]
    if mail.content.ics is not None:
        others.insert(0, _calendar(mail, mail.content.ics))
    if others:
        body = _multipart("mixed", f"=_m_{digest}", body, *others)
    return _header(mail, sender, digest) + body


def build_email(mail: OutgoingMail, sender: Sender) -> EmailMessage:
    """Return the mail as a message object, for those who look into it; raises like `compose`."""
    return email.message_from_bytes(compose(mail, sender), policy=email.policy.SMTP)


def _header(mail: OutgoingMail, sender: Sender, digest: str) -> bytes:
    lines = [
        mailbox_header("From", sender.name, sender.address),
        mailbox_header("To", mail.to_name, checked_address(mail.to_address, "recipient")),
        text_header("Subject", mail.content.subject),
        # In UTC, because the zone an instant carries is not kept by every database.
        _date(mail.queued_at),
        f"Message-ID: <{digest}@{sender.domain}>",
        f"{OWN_HEADER}: {digest}",
        _list_id(mail.campaign_code, sender.domain),
        "Auto-Submitted: auto-generated",  # RFC 3834, 5: no out-of-office reply comes back
        f"Content-Language: {mail.language}",  # RFC 3282
        "MIME-Version: 1.0",
    ]
    if mail.reply_to:
        lines.insert(2, mailbox_header("Reply-To", "", _reply_address(mail.reply_to)))
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


@lru_cache(maxsize=256)
def _date(queued_at: datetime) -> str:
    return f"Date: {format_datetime(queued_at.astimezone(UTC))}"


@lru_cache(maxsize=256)
def _reply_address(address: str) -> str:
    return checked_address(address, "coordinator")


@lru_cache(maxsize=256)
def _list_id(campaign_code: str, domain: str) -> str:
    """One list per campaign (RFC 2919), so that readers can sort their mail by it."""
    return f"List-Id: <{_list_label(campaign_code)}.{domain}>"


@lru_cache(maxsize=256)
def _list_label(campaign_code: str) -> str:
    """Return the campaign code in the form that may stand in a header or file name."""
    return slug(campaign_code)[:_LIST_LABEL].strip("-") or mail_id(campaign_code)


def _alternative(mail: OutgoingMail, boundary: str) -> bytes:
    """Text first, HTML second: a reader shows the last it can (RFC 2046, 5.1.4)."""
    return _multipart(
        "alternative",
        boundary,
        _text_part("text/plain; charset=utf-8", mail.content.text),
        _text_part("text/html; charset=utf-8", mail.content.html),
    )


def _calendar(mail: OutgoingMail, ics: str) -> bytes:
    filename = f"{_list_label(mail.campaign_code)}.ics"
    return _text_part(
        # RFC 6047, 2.4: the method stands here as it stands in the file.
        "text/calendar; charset=utf-8; method=PUBLISH",
        ics,
        f'Content-Disposition: attachment; filename="{filename}"\r\n',
    )


@lru_cache(maxsize=16)
def _enclosed(one: Enclosure) -> bytes:
    """Return a file as a part; it is coded once for the thousand mails it goes with.

    Its name stands there in the reader's letters (RFC 2231), and in ASCII for programs that do not
    know that.
    """
    stem, dot, ending = one_line(one.name).rpartition(".")
    named = EmailMessage(policy=email.policy.SMTP)
    named.add_header("Content-Disposition", "attachment", filename=one_line(one.name))
    disposition = named.as_bytes().rstrip(b"\r\n")
    plain = f"{slug(stem)[:_LIST_LABEL] or 'attachment'}{dot}{slug(ending)}"
    types = (
        f'Content-Type: {one.media_type};\r\n name="{plain}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
    )
    return types.encode("ascii") + disposition + b"\r\n\r\n" + _base64_lines(one.body)


def _multipart(kind: str, boundary: str, *parts: bytes) -> bytes:
    # `=_` cannot occur in quoted-printable or base64 (RFC 2045, 6.7), so no part ends too early.
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n'.encode("ascii")
    between = f"\r\n--{boundary}\r\n".encode("ascii")
    return b"".join((head, *(between + part for part in parts), f"\r\n--{boundary}--\r\n".encode()))


def _text_part(content_type: str, text: str, disposition: str = "") -> bytes:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    octets = text.replace("\n", "\r\n").encode()
    if text.isascii():
        encoding, coded = "quoted-printable", b2a_qp(octets)
    else:
        encoding, coded = "base64", _base64_lines(octets)
    types = f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n"
    return f"{types}{disposition}\r\n".encode("ascii") + coded


def _base64_lines(octets: bytes) -> bytes:
    coded = b2a_base64(octets, newline=False)
    whole, rest = divmod(len(coded), _BASE64_LINE)
    lines = list(unpack_from(f"{_BASE64_LINE}s" * whole, coded))  # a third of what slices take
    if rest:
        lines.append(coded[-rest:])
    return b"\r\n".join(lines)
