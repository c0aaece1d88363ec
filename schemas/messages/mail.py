"""Messages about what was told before, or cannot be: corrections, changes, bundles."""

from __future__ import annotations

from typing import ClassVar, Literal

from schemas.base import Instant, Model, Text
from schemas.messages.payload import Payload, RenderedMessage


class AddressFailing(Payload):
    """To the coordinators, once: an address takes no mail; whose it is, and what to do."""

    template: ClassVar[str] = "address-failing"
    kind: Literal["address-failing"] = "address-failing"
    address: str
    owners: tuple[tuple[Text, Text], ...]
    """(name of the person or unit, position or kind of it)."""
    status: str
    """As in RFC 3463, such as 5.1.1."""
    since: Instant


ReturnReason = Literal["hard", "refused", "full", "size", "expired", "forwarded", "unclear"]
"""Why a mail came back. `hard`: nobody is reached by the address; `refused`: it is not taken from
us; `full`: the mailbox is; `size`: the mail is too large; `expired`: tried for days; `forwarded`:
the address sends on to another, and that takes none; `unclear`: it was not said why."""


class MailReturned(Payload):
    """To the coordinators: a mail did not arrive, though its address may be right."""

    template: ClassVar[str] = "mail-returned"
    kind: Literal["mail-returned"] = "mail-returned"
    reason: ReturnReason
    address: str
    owners: tuple[tuple[Text, Text], ...]
    """(name of the person or unit, position or kind of it)."""
    subjects: tuple[Text, ...]
    """Of the messages that were in the mail."""
    status: str
    """As in RFC 3463, such as 5.2.2; empty where none was given."""
    said: Text
    """The other server's words, without an address."""


MailMatter = Literal["refused", "login", "encryption", "distrusted"]
"""`refused`, `login`, `encryption`: why our mail server takes nothing; `distrusted`: many of the
servers our mail goes to do not want it from us."""


class MailAlert(Payload):
    """To the coordinators, once: mail does not leave, or is refused for our sake."""

    template: ClassVar[str] = "mail-alert"
    kind: Literal["mail-alert"] = "mail-alert"
    matter: MailMatter
    said: Text
    """The server's words."""
    since: Instant
    count: int
    """How many messages waited when this was written, or notices had come."""


class Matter(Model):
    """One message of a bundle, as it was rendered."""

    addressee: Text
    """Empty where the whole bundle has one."""
    content: RenderedMessage


class Bundle(Payload):
    """Several messages to one address that are due together, in one mail."""

    template: ClassVar[str] = "bundle"
    kind: Literal["bundle"] = "bundle"
    matters: tuple[Matter, ...]
