"""What do mails say that somebody has saved? As other programs write them."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Final

_LIMIT: Final = 5_000_000
"""Octets that are read of a file."""
_MOST: Final = 10_000
"""Files that are read of a folder."""


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield every `*.eml` of a folder and of those below it, with its plain text.

    What cannot be read as a mail has no text.
    """
    for place, path in enumerate(sorted(folder.rglob("*.eml"))):
        if place == _MOST:
            return
        if path.is_file():
            with path.open("rb") as file:
                yield path, _text(file.read(_LIMIT))


def _text(octets: bytes) -> str:
    try:
        mail = email.message_from_bytes(octets, _class=EmailMessage, policy=email.policy.default)
        parts = [part for part in mail.walk() if part.get_content_type() == "text/plain"]
        return "\n".join(str(part.get_content()) for part in parts)
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""
