"""What of a mail in a folder may be kept elsewhere? All but living links and codes.

While no SMTP server is set, mails lie as files in a folder, and each link in them is good for
whoever reads it, and each one-time code. A backup goes to other places and stays for years: it only
says there was one.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from typing import Final

from schemas.links import IN_CODE

_CODE: Final = re.compile(rf"[0-9]{{4}}{IN_CODE}[0-9]{{4}}")
_LINK: Final = re.compile(r"(/d/)[A-Za-z0-9_.~-]{16,}")


def without_links(octets: bytes) -> bytes:
    """Return a mail whose links and codes open nothing; one without any is as it was."""
    message = email.message_from_bytes(octets, policy=email.policy.SMTP)
    if not isinstance(message, EmailMessage):
        return octets
    has_changed = False
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        text = part.get_content()
        withheld = _CODE.sub("-", _LINK.sub(r"\1-", text))
        if withheld != text:
            has_changed = True
            part.set_content(withheld, subtype=part.get_content_subtype(), charset="utf-8")
    return message.as_bytes() if has_changed else octets
