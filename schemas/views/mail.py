"""What is shown of mail: deliveries, returned mail, a person's wishes."""

from __future__ import annotations

from schemas.base import Model


class Delivery(Model):
    """What one round of delivery came to."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    deferred: int = 0

    def __add__(self, other: Delivery) -> Delivery:
        """Count both together."""
        return Delivery(
            sent=self.sent + other.sent,
            failed=self.failed + other.failed,
            uncertain=self.uncertain + other.uncertain,
            deferred=self.deferred + other.deferred,
        )


class BouncesRead(Model):
    """What the notices of undelivered mail came to."""

    read: int = 0
    hard: int = 0
    """The address reaches nobody, and is marked."""
    refused: int = 0
    """Not wanted from us."""
    returned: int = 0
    """Came back for another reason: a full mailbox, size, after days, or for none that was said."""
    soft: int = 0
    """Not delivered yet."""
    unproven: int = 0
    """About no mail that is known to have been sent from here."""
    passed_over: int = 0
    """Read before, or no notice at all."""


class MailPreference(Model):
    """How a person wants their mail."""

    digest: str
    language: str
