"""Who makes the secret addresses in mails? Whoever opens the database says so."""

from __future__ import annotations

from typing import Protocol

from schemas.links import DecisionLink


class Links(Protocol):
    """Makes the secret addresses in mails; `services.links` has the real one."""

    def decision(self, link: DecisionLink) -> str:
        """Return the address of a page of decision; empty where pages are not served."""
        ...


class NoLinks:
    """No pages are served, so no mail has a link."""

    def decision(self, link: DecisionLink) -> str:  # noqa: ARG002 - of the protocol
        """Return no address."""
        return ""
