"""Who makes the addresses in mails? Whoever opens the database says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from schemas.links import DecisionLink


class Links(Protocol):
    """Makes the addresses in mails; `services.links` has the real one."""

    def interface(self) -> str:
        """Return the address where the programming interface is described; empty without pages."""
        ...

    def decision(self, link: DecisionLink) -> str:
        """Return the address of a page, with a slot that opens nothing; empty without pages."""
        ...

    def fill(self, text: str, address: str, since: Callable[[str], datetime | None]) -> str:
        """Make the living links of a mail that leaves to `address` now."""
        ...

    def is_bound(self, link: DecisionLink, address: str, since: datetime | None) -> bool:
        """Say whether a link went to this address and holds."""
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

    def is_bound(
        self,
        link: DecisionLink,  # noqa: ARG002 - of the protocol
        address: str,  # noqa: ARG002 - of the protocol
        since: datetime | None,  # noqa: ARG002 - of the protocol
    ) -> bool:
        """Know no link."""
        return False
