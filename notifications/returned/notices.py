"""What does a notice of undelivered mail say that has no part for programs (RFC 3464)?

qmail, older servers of Microsoft and others write it for people. Such a mail counts as a notice
only where a server has written it, by its headers; of its text only what stands before the copy of
our mail is looked at.
"""

from __future__ import annotations

import re
from email.message import Message
from html import unescape
from typing import Final, NamedTuple

from notifications.returned.refusals import status_in

_LONGEST: Final = 20_000
_LINES: Final = 400
_TAG: Final = re.compile(r"<[a-zA-Z/!][^<>]*>")
_HIDDEN: Final = re.compile(r"<(style|script|head)\b", re.IGNORECASE)
_SHOWN: Final = 100_000
_COPY: Final = re.compile(
    r"^(?:-+ ?(?:Below this line is a copy|This is a copy of|Original message|Transcript of|"
    r"The header of|Forwarded message|Return(?:ed)? (?:message|copy)|Thư gốc).*"
    r"|Return-Path: .*|Original message headers:?|Received: .*|Message-ID: .*)$",
    re.IGNORECASE | re.MULTILINE,
)
_SENDER: Final = re.compile(
    r"mailer.?daemon|postmaster|mail.?delivery|mail.?administrator|bounce|microsoftexchange",
    re.IGNORECASE,
)
_SUBJECT: Final = re.compile(
    r"undeliver|non.?deliver|not delivered|delivery (?:status|failure|has failed|problem|report)"
    r"|failure notice|mail delivery|returned mail|returning message|could not be delivered"
    r"|mail system error|rejected:|không (?:gửi|phân phối|chuyển) được|không thể (?:gửi|chuyển)",
    re.IGNORECASE,
)
_DELAYED: Final = re.compile(
    r"\bdelay(?:ed)?\b|will (?:be retried|keep trying)|warning", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}[A-Za-z0-9]")
_REPLY: Final = re.compile(r"(?<![\w.])([45])\d\d(?=[ :#-])")


class Report(NamedTuple):
    """What a notice says of one recipient."""

    action: str
    """`failed` or `delayed`, as in RFC 3464."""
    status: str
    words: str
    recipients: tuple[str, ...]


def is_from_a_server(message: Message) -> bool:
    """Say whether the headers are those of a notice: not of a person, nor of one who is away."""
    if str(message.get("X-Failed-Recipients", "")):
        return True
    sender = _SENDER.search(str(message.get("From", "")))
    is_null = str(message.get("Return-Path", "")).strip() == "<>"
    subject = _SUBJECT.search(str(message.get("Subject", "")))
    return bool(sender and (subject or is_null)) or bool(subject and is_null)


def read(message: Message, text: str) -> Report:
    """Return what the text of a notice for people says."""
    own = before_the_copy(text)
    named = _ADDRESS.findall(str(message.get("X-Failed-Recipients", "")))
    lines = [line.strip() for line in own.splitlines()[:_LINES]]
    telling = [line for line in lines if status_in(line) or _REPLY.search(line)]
    words = " ".join(telling) or " ".join(lines)
    subject = str(message.get("Subject", ""))
    return Report(
        action="delayed" if not telling and _DELAYED.search(subject) else "failed",
        status=status_in(words) or _of_reply(words),
        words=words[:_LONGEST],
        recipients=tuple(named or _ADDRESS.findall(own[:_LONGEST])),
    )


def before_the_copy(text: str) -> str:
    """Return what the server itself says, without the mail it sends back."""
    own = text[:_LONGEST]
    copy = _COPY.search(own)
    return own[: copy.start()] if copy else own


def plain(message: Message) -> str:
    """Return the text of a mail, of HTML without its tags; empty where there is none."""
    fallback = ""
    for part in message.walk():
        if part.get_content_maintype() == "message":
            break  # what follows is our own mail
        kind = part.get_content_type()
        if kind == "text/plain":
            return decoded(part)
        if kind == "text/html" and not fallback:
            fallback = unescape(_TAG.sub(" ", _without_hidden(decoded(part)[:_SHOWN])))
    return fallback


def _without_hidden(html: str) -> str:
    """Take out what a browser does not show; each character is looked at once."""
    lower, shown, at = html.lower(), list[str](), 0
    while (begin := _HIDDEN.search(html, at)) is not None:
        shown.append(html[at : begin.start()])
        end = lower.find(f"</{begin[1].lower()}", begin.end())
        if end < 0:
            return " ".join(shown)
        at = end
    return " ".join([*shown, html[at:]])


def decoded(part: Message) -> str:
    """Return the text of a part, whatever it was coded in."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


def _of_reply(words: str) -> str:
    found = _REPLY.search(words)
    return f"{found[1]}.0.0" if found else ""
