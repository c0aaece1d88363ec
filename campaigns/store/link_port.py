"""Who makes the addresses and codes in mails? Whoever opens the database says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from schemas.links import Bound, CodeAsked, DecisionLink

AnyBound = TypeVar("AnyBound", bound=Bound)


class Links(Protocol):
    """Makes the addresses and codes in mails; `services.links` has the real one."""

    def interface(self) -> str:
        """Return the address where the programming interface is described; empty without pages."""
        ...

    def decision(self, link: DecisionLink) -> str:
        """Return the address of a page, with a slot that opens nothing; empty without pages."""
        ...

    def fill(self, text: str, address: str, since: Callable[[str], datetime | None]) -> str:
        """Make the living links and codes of a mail that leaves to `address` now."""
        ...

    def bound(self, link: AnyBound, address: str, since: datetime | None) -> AnyBound:
        """Bind a link or a code to an address, and to the links of its person that hold now."""
        ...

    def is_bound(self, link: Bound, address: str, since: datetime | None) -> bool:
        """Say whether a link or a code went to this address and holds."""
        ...

    def code(self, asked: CodeAsked) -> str:
        """Return what stands for a one-time code until its mail leaves."""
        ...

    def is_code(self, asked: CodeAsked, digits: str) -> bool:
        """Say whether these are the digits of a one-time code."""
        ...

    def mark(self, said: str) -> str:
        """Return what stands for a text: who has no key cannot try it out."""
        ...

    def is_mark(self, said: str, mark: str) -> bool:
        """Say whether a mark stands for this text."""
        ...


class NoLinks:
    """No pages are served, so no mail has a link."""

    def interface(self) -> str:
        """Return no address."""
        return ""

    def decision(self, link: DecisionLink) -> str:  # noqa: ARG002 - of the protocol
        """Return no address."""
        return ""

    def fill(
        self,
        text: str,
        address: str,  # noqa: ARG002 - of the protocol
        since: Callable[[str], datetime | None],  # noqa: ARG002 - of the protocol
    ) -> str:
        """Leave the text as it is."""
        return text

    def bound(
        self,
        link: AnyBound,
        address: str,  # noqa: ARG002 - of the protocol
        since: datetime | None,  # noqa: ARG002 - of the protocol
    ) -> AnyBound:
        """Bind nothing: there is no key."""
        return link

    def is_bound(
        self,
        link: Bound,  # noqa: ARG002 - of the protocol
        address: str,  # noqa: ARG002 - of the protocol
        since: datetime | None,  # noqa: ARG002 - of the protocol
    ) -> bool:
        """Know no link."""
        return False

    def code(self, asked: CodeAsked) -> str:  # noqa: ARG002 - of the protocol
        """Return no code."""
        return ""

    def is_code(
        self,
        asked: CodeAsked,  # noqa: ARG002 - of the protocol
        digits: str,  # noqa: ARG002 - of the protocol
    ) -> bool:
        """Know no code."""
        return False

    def mark(self, said: str) -> str:  # noqa: ARG002 - of the protocol
        """Return no mark: there is no key."""
        return ""

    def is_mark(self, said: str, mark: str) -> bool:  # noqa: ARG002 - of the protocol
        """Know no mark."""
        return False
