"""What does a notice of undelivered mail say, and where do notices lie?

Most have a part for programs (RFC 3464), the others are read as people read them. Whichever it is,
a notice is about a mail of ours only where it names it: by a header of our own, which no server
replaces, or by its `Message-ID`. Anybody may write to the mailbox of notices, so nothing in it is
trusted: a notice is read up to a limit, and what cannot be read is no notice.
"""

from __future__ import annotations

import email
import email.policy
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from email.parser import HeaderParser
from email.utils import parseaddr
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final, Literal, NamedTuple

from language.harmless import clipped, one_line
from notifications.returned import notices
from notifications.returned.notices import Report
from notifications.returned.refusals import About, spoken_of, status_in
from notifications.sending.mail import OWN_HEADER

LIMIT: Final = 1_000_000
"""Octets that are read of a file; a notice says what matters at its beginning."""
BATCH: Final = 500
_PARTS: Final = 50
_WORDS: Final = 300
_BLOCKS: Final = 20
_OURS: Final = re.compile(r"<([0-9a-f]{32})@[^<>\s]+>")
_OWN: Final = re.compile(r"[0-9a-f]{32}")
_IN_TEXT: Final = re.compile(
    rf"^[> \t]*(?:{OWN_HEADER}:[ \t]*([0-9a-f]{{32}})\b"
    r"|(?:Message-ID|In-Reply-To|References):\s*<([0-9a-f]{32})@[^<>\s]+>)",
    re.IGNORECASE | re.MULTILINE,
)
_REPLY: Final = re.compile(r"\b([45])\d\d\b")
_WORD: Final = re.compile(r"\S+")
_READ: Final = "read"
_REPORTS: Final = frozenset({"message/delivery-status", "message/global-delivery-status"})
_HEADERS: Final = frozenset({"text/rfc822-headers", "message/global-headers"})

Kind = Literal["hard", "refused", "full", "size", "expired", "unclear", "soft", "none"]
"""`hard`: nobody is reached by the address; `refused`: they do not want it from us; `full`: the
mailbox is; `size`: this mail is too large; `expired`: tried for days; `unclear`: not delivered, and
not said why; `soft`: not yet; `none`: no failure."""
_KINDS: Final[dict[About, Kind]] = {
    "address": "hard",
    "mailbox": "full",
    "message": "size",
    "us": "refused",
    "policy": "refused",
    "expired": "expired",
    "unclear": "unclear",
}


class Notice(NamedTuple):
    """What one file says."""

    digest: str
    """Of the file, so that it counts once."""
    mail_id: str
    """Of the mail that is meant, by a header of ours; empty where the notice does not give it."""
    kind: Kind
    status: str
    said: str
    """The other server's words, without an address."""
    named: tuple[str, ...] = ()
    """The addresses it says this of; empty where it names none."""
    sent_to: str = ""
    """To whom the mail that came back was addressed; empty where that is not in the notice."""


def waiting(folder: Path) -> Iterator[Path]:
    """Yield the files that were not read yet: `new` of a Maildir, else `*.eml` of the folder."""
    new = folder / "new"
    found = sorted(new.iterdir()) if new.is_dir() else sorted(folder.glob("*.eml"))
    for path in found[:BATCH]:
        if path.is_file() and not path.is_symlink():
            yield path


def put_aside(path: Path) -> None:
    """Move a file that was read: to `cur` of its Maildir, else to `read` beside it."""
    if path.parent.name == "new":
        target = path.parent.parent / "cur" / f"{path.name.partition(':')[0]}:2,S"
    else:
        target = path.parent / _READ / path.name
    target.parent.mkdir(exist_ok=True)
    path.rename(target)


def read(path: Path) -> Notice:
    """Read a file; what is no notice comes out as one that says nothing."""
    with path.open("rb") as file:
        octets = file.read(LIMIT)
    return parse(octets)


def parse(octets: bytes) -> Notice:
    """Return what a notice says; never raises, whatever the octets are."""
    digest = sha256(octets).hexdigest()
    try:
        return _parsed(email.message_from_bytes(octets), digest)
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        # What the parser of the standard library raises for hostile input is not written down.
        return Notice(digest, "", "none", "", "")


def _parsed(message: Message, digest: str) -> Notice:
    parts = list(islice(message.walk(), _PARTS))
    report = next((found for part in parts if (found := _reported(part)) is not None), None)
    text = notices.plain(message)
    if report is None and notices.is_from_a_server(message):
        report = notices.read(message, text)
    mail_id, sent_to = _returned(message, parts, text)
    if report is None:
        return Notice(digest, mail_id, "none", "", "")
    kind, status = _judged(report)
    said = clipped(one_line(_WORD.sub(_unnamed, report.words)), _WORDS)
    return Notice(digest, mail_id, kind, status, said, report.recipients, sent_to)


def _reported(part: Message) -> Report | None:
    """Return what a part for programs says of the first recipient it says something of."""
    if part.get_content_type() not in _REPORTS:
        return None
    for block in _blocks(part):
        action = str(block.get("Action", "")).strip().casefold()
        if action:
            words = str(block.get("Diagnostic-Code", ""))
            status = status_in(str(block.get("Status", ""))) or status_in(words)
            reply = _REPLY.search(words)
            return Report(
                action=action,
                status=status or (f"{reply[1]}.0.0" if reply else ""),
                words=words,
                # Where the address meant was forwarded, the last one is what it says this of.
                recipients=tuple(
                    address
                    for name in ("Final-Recipient", "Original-Recipient")
                    if (address := _recipient(str(block.get(name, ""))))
                )[:1],
            )
    return None


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    listed = payload[:_BLOCKS] if isinstance(payload, list) else []
    blocks: list[Message] = [block for block in listed if isinstance(block, Message)]
    if str(part.get("Content-Transfer-Encoding", "")).strip().casefold() != "base64":
        return blocks
    # Some servers code it, and it was taken apart before it was decoded.
    coded = "".join(str(block.get_payload()) for block in blocks)
    with suppress(ValueError):
        text = b64decode(coded).decode("utf-8", "replace").replace("\r\n", "\n")
        return [HeaderParser().parsestr(one) for one in text.split("\n\n")[:_BLOCKS]]
    return []


def _recipient(value: str) -> str:
    """Return the address of `rfc822; somebody@example.org`."""
    return parseaddr(value.rpartition(";")[2].strip())[1].strip()


def _judged(report: Report) -> tuple[Kind, str]:
    """Return what a report comes to, and the status that says it."""
    if report.action == "delayed":
        return "soft", report.status
    if report.action != "failed":
        return "none", report.status
    inner = status_in(report.words)
    about = spoken_of(report.status, report.words)
    if inner and inner != report.status:
        # Two numbers: the reporting server's, and that of the one it asked. An address is dead only
        # where neither says otherwise.
        other = spoken_of(inner, report.words)
        vague = {"unclear", "expired"}
        about = other if about in vague or (about == "address" and other not in vague) else about
    kind = _KINDS[about]
    if report.status.startswith("4") and kind in {"hard", "unclear", "size"}:
        kind = "expired"  # given up after days of trying: nothing is said for good
    return kind, report.status


def _unnamed(word: re.Match[str]) -> str:
    """Return a word, or what stands for an address: anybody's long word is looked at once only."""
    return "<address>" if "@" in word[0][1:-1] else word[0]


def _returned(message: Message, parts: list[Message], text: str) -> tuple[str, str]:
    """Return which mail of ours was sent back, and to whom it was addressed.

    It is known by the headers of the mail itself, whole or not; else by what the notice answers.
    """
    fallback = ""
    for part in parts[1:]:
        headers = (
            HeaderParser().parsestr(notices.decoded(part))
            if part.get_content_type() in _HEADERS
            else part
        )
        found = _named_by(headers)
        if found:
            return found, parseaddr(str(headers.get("To", "")))[1]
    for name in (OWN_HEADER, "In-Reply-To", "References"):
        value = str(message.get(name, ""))
        answered = _OWN.fullmatch(value.strip()) if name == OWN_HEADER else _OURS.search(value)
        if answered and not fallback:
            fallback = answered[answered.re.groups]
    quoted = _IN_TEXT.search(text)
    return fallback or ((quoted[1] or quoted[2]).lower() if quoted else ""), ""


def _named_by(headers: Message) -> str:
    own = str(headers.get(OWN_HEADER, "")).strip()
    if _OWN.fullmatch(own):
        return own
    for name in ("Message-ID", "Original-Message-ID", "X-Original-Message-ID"):
        found = _OURS.search(str(headers.get(name, "")))
        if found:
            return found[1]
    return ""
