"""What does a notice of undelivered mail say (RFC 3464), and where do notices lie?

Anybody may write to the mailbox of notices, so nothing in it is trusted: a notice is read up to a
limit, and what cannot be read is no notice. Whether it is about a mail that was sent, others say.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import HeaderParser
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple

from notifications.text import clipped, one_line

LIMIT: Final = 1_000_000
"""Octets that are read of a file; a notice says what matters at its beginning."""
BATCH: Final = 500
_PARTS: Final = 50
_WORDS: Final = 300
_OURS: Final = re.compile(r"<([0-9a-f]{32})@[^<>\s]+>")
_STATUS: Final = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_REPLY: Final = re.compile(r"\b([45])\d\d\b")
_WORD: Final = re.compile(r"\S+")
_READ: Final = "read"

Kind = Literal["hard", "soft", "none"]


class Notice(NamedTuple):
    """What one file says."""

    digest: str
    """Of the file, so that it counts once."""
    mail_id: str
    """Of the mail that is meant, by its `Message-ID`; empty where the notice does not give it."""
    kind: Kind
    """`hard`: not delivered, for good; `soft`: not yet, or given up for now; `none`: no failure."""
    status: str
    said: str
    """The other server's words, without an address."""


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
    mail_id, kind, status, said = "", "none", "", ""
    for number, part in enumerate(message.walk()):
        if number >= _PARTS:
            break
        content = part.get_content_type()
        if content == "message/delivery-status" and kind == "none":
            kind, status, said = _judged(part)
        elif number and not mail_id:
            mail_id = _mail_id(part, content)
    if message.get_content_type() != "multipart/report":
        kind = "none"
    known: Kind = "hard" if kind == "hard" else "soft" if kind == "soft" else "none"
    return Notice(digest, mail_id, known, status, said)


def _judged(part: Message) -> tuple[str, str, str]:
    """Return kind, status and words of the first recipient a report says something of."""
    blocks = part.get_payload()
    if not isinstance(blocks, list):
        return "none", "", ""
    for block in blocks:
        if not isinstance(block, Message):
            continue
        action = str(block.get("Action", "")).strip().casefold()
        if not action:
            continue
        words = str(block.get("Diagnostic-Code", ""))
        found = _STATUS.search(str(block.get("Status", ""))) or _STATUS.search(words)
        reply = _REPLY.search(words)
        status = found[0] if found else f"{reply[1]}.0.0" if reply else ""
        said = clipped(one_line(_WORD.sub(_unnamed, words)), _WORDS)
        if action == "failed":
            return ("hard" if status.startswith("5") else "soft"), status, said
        return ("soft" if action == "delayed" else "none"), status, said
    return "none", "", ""


def _unnamed(word: re.Match[str]) -> str:
    """Return a word, or what stands for an address: anybody's long word is looked at once only."""
    return "<address>" if "@" in word[0][1:-1] else word[0]


def _mail_id(part: Message, content: str) -> str:
    """Return which mail of ours was sent back with the notice, whole or its headers."""
    if content == "text/rfc822-headers":
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
        part = HeaderParser().parsestr(text)
    found = _OURS.search(str(part.get("Message-ID", "")))
    return found[1] if found else ""
