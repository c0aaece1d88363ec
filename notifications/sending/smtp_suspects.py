"""Is this mail refused, or are we? What the next mails of the batch come to says it.

A server that names us, our limit or a block list in its answer to a recipient may still mean this
one alone: some ask the recipient's own server and hand its words on. So such an answer is held
until the server takes another mail, which acquits us, or refuses more of them, which convicts us.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from notifications.errors import (
    NotificationError,
    SmtpEncryptionMissing,
    SmtpLoginRefused,
    SmtpRefusesUs,
)
from notifications.sending.smtp_answers import (
    RETRY_SETTINGS,
    RETRY_UNREACHABLE,
    RETRY_UNWELCOME,
    outcome,
)
from schemas.messages.outgoing import DeliveryOutcome, Hindrance, OutgoingMail
from schemas.vocabulary import MessageState

_PLAIN: Final = 2
_UNCLEAR: Final = 3
"""Refusals one after the other that are enough: where the server names us, and where it does not
say what it holds against a mail."""
_HINDRANCES: Final[tuple[tuple[type[NotificationError], Hindrance, int], ...]] = (
    (SmtpRefusesUs, "refused", RETRY_UNWELCOME),
    (SmtpLoginRefused, "login", RETRY_SETTINGS),
    (SmtpEncryptionMissing, "encryption", RETRY_SETTINGS),
)


class _Held(NamedTuple):
    mail: OutgoingMail
    meant: DeliveryOutcome
    """What the answer means if it means this mail alone."""
    is_about_us: bool


class Suspects:
    """The last mails of a batch that were refused for something that may not be theirs."""

    def __init__(self) -> None:
        self._held: list[_Held] = []

    def hold(self, mail: OutgoingMail, meant: DeliveryOutcome, *, is_about_us: bool) -> None:
        """Hold a refusal until it is clear whom it means."""
        self._held.append(_Held(mail, meant, is_about_us))

    @property
    def are_enough(self) -> bool:
        """Whether the rest of the batch need not be tried."""
        return len(self._held) >= _UNCLEAR or sum(one.is_about_us for one in self._held) >= _PLAIN

    @property
    def words_about_us(self) -> str:
        """What the server said of us, where it was not acquitted by a mail it took; else empty."""
        named = [one.meant.detail for one in self._held if one.is_about_us]
        if not named and self.are_enough:
            named = [one.meant.detail for one in self._held]
        return named[0] if named else ""

    def acquitted(self) -> list[DeliveryOutcome]:
        """Return what each comes to: it was refused alone."""
        held, self._held = self._held, []
        return [
            outcome(one.mail, MessageState.QUEUED, one.meant.detail, RETRY_UNWELCOME)
            if one.is_about_us
            else one.meant
            for one in held
        ]

    def convicted(self) -> list[DeliveryOutcome]:
        """Return what each comes to: we were refused.

        They wait longer than the others, which go first then: should the server mean them after
        all, it is they who find out.
        """
        held, self._held = self._held, []
        return [
            outcome(
                one.mail,
                MessageState.QUEUED,
                one.meant.detail,
                2 * RETRY_UNWELCOME,
                "refused",
            )
            for one in held
        ]


def hindered(mail: OutgoingMail, problem: NotificationError) -> DeliveryOutcome:
    """Return the outcome of a mail that something kept which concerns the whole batch."""
    for kind, hindrance, pause in _HINDRANCES:
        if isinstance(problem, kind):
            return outcome(mail, MessageState.QUEUED, str(problem), pause, hindrance)
    return outcome(mail, MessageState.QUEUED, str(problem), RETRY_UNREACHABLE, "unreachable")
