"""By which way does mail leave this installation, and how is that said to its user?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from language import Language, _
from notifications.reporting import Reporter, report
from notifications.sending.mail import Sender
from notifications.sending.maildir import deliver_to_maildir
from notifications.sending.work import Begin, begin_all
from notifications.settings import MailSettings
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail


class Transport(Protocol):
    """A way out for mail."""

    @property
    def repeatable(self) -> bool:
        """Handing the same mail over twice leaves one mail, so that a doubt may be repeated."""
        ...

    def deliver(
        self, mails: Sequence[OutgoingMail], begin: Begin = begin_all
    ) -> list[DeliveryOutcome]:
        """Hand mails over; return one outcome per mail, in their order.

        Raises nothing but what `begin` raises. Where a repeat does no harm, it is not called.
        """
        ...

    def description(self, language: Language) -> str:
        """Say in one line where the mail goes."""
        ...


@dataclass(frozen=True)
class SmtpTransport:
    """Mail goes to an SMTP server."""

    settings: MailSettings
    on_problem: Reporter = report
    repeatable: ClassVar[bool] = False

    def deliver(
        self, mails: Sequence[OutgoingMail], begin: Begin = begin_all
    ) -> list[DeliveryOutcome]:
        """Hand mails to the server, see `notifications.sending.smtp`."""
        from notifications.sending.smtp import send_batch  # noqa: PLC0415 - only where mail leaves

        return send_batch(mails, self.settings, self.settings.sender, self.on_problem, begin=begin)

    def description(self, language: Language) -> str:
        """Say which server."""
        host, port = self.settings.connects_to
        said = _("Mail is sent through the SMTP server {host}:{port}.", host=host, port=port)
        return said.say(language)


@dataclass(frozen=True)
class MaildirTransport:
    """Mail is written to a folder and does not leave this computer."""

    folder: Path
    sender: Sender
    on_problem: Reporter = report
    repeatable: ClassVar[bool] = True

    def deliver(
        self, mails: Sequence[OutgoingMail], _begin: Begin = begin_all
    ) -> list[DeliveryOutcome]:
        """Write mails as `.eml` files, see `notifications.sending.maildir`."""
        return deliver_to_maildir(mails, self.folder, self.sender, self.on_problem)

    def description(self, language: Language) -> str:
        """Say which folder, and what to set so that mail leaves."""
        said = _(
            "No SMTP host is set (THIDUA_SMTP_HOST): mail goes to {folder}, not out.",
            folder=self.folder,
        )
        return said.say(language)


def transport_from(
    settings: MailSettings, maildir_folder: Path, on_problem: Reporter = report
) -> Transport:
    """Return the way out the settings ask for: the SMTP server, or the Maildir without one."""
    if settings.host is None:
        return MaildirTransport(maildir_folder, settings.sender, on_problem)
    return SmtpTransport(settings, on_problem)
