"""May this text stand as an address in a mail and in an SMTP command?

Strict on purpose: only what every server takes (RFC 5321, 4.1.2, without quoted local parts and
address literals). Whatever could end a header or a command is refused, not repaired. Whether the
domain exists is not asked: that is the server's to find out.
"""

from __future__ import annotations

import re
from typing import Final

from language import _
from notifications.errors import MailAddressInvalid, Whose

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL_PART: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")

# RFC 5321, 4.5.3.1.1 and 4.5.3.1.2; 254 is what is left of the 256 octets of a path for an address.
_LOCAL_LIMIT: Final = 64
_ADDRESS_LIMIT: Final = 254


def checked_address(address: str, whose: Whose) -> str:
    """Return the address as it goes on the wire; an international domain in its ASCII form.

    `whose` (`recipient`, `sender`, `coordinator`) is named in `MailAddressInvalid`, which is raised
    for anything else.
    """
    if not address:
        raise MailAddressInvalid(whose, _("is missing"))
    if not address.isprintable():
        raise MailAddressInvalid(whose, _("contains a line break or another control character"))
    local, at, domain = address.rpartition("@")
    if not at:
        raise MailAddressInvalid(whose, _("has no @"))
    if len(local) > _LOCAL_LIMIT or not _LOCAL_PART.fullmatch(local):
        raise MailAddressInvalid(whose, _("is not well formed before the @"))
    domain = checked_domain(domain, whose)
    if len(local) + 1 + len(domain) > _ADDRESS_LIMIT:
        raise MailAddressInvalid(
            whose, _("is longer than {count} characters", count=_ADDRESS_LIMIT)
        )
    return f"{local}@{domain}"


def checked_domain(domain: str, whose: Whose) -> str:
    """Return a domain name in ASCII (RFC 5321, 2.3.5; RFC 5891); raises `MailAddressInvalid`."""
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError as problem:
            raise MailAddressInvalid(whose, _("has no valid domain after the @")) from problem
    top = domain.rpartition(".")[2]
    fully_qualified = "." in domain or domain.lower() == "localhost"
    if not _DOMAIN.fullmatch(domain) or not fully_qualified or top.isdigit():
        raise MailAddressInvalid(whose, _("has no valid domain after the @"))
    return domain
