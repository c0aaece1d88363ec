"""How is a connection to the SMTP server opened: encrypted and logged in as the settings say?

What keeps it from being opened is raised as a named error that says what to do. A server that
answers no to the connection itself, or to our greeting, refuses us and no message.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from functools import cached_property
from typing import Final

import aiosmtplib

from language import _
from notifications.errors import (
    NotificationError,
    SmtpEncryptionMissing,
    SmtpLoginRefused,
    SmtpRefusesUs,
    SmtpServerUnreachable,
)
from notifications.sending.smtp_answers import about, reason, words
from notifications.settings import MailSettings

_QUIT_TIMEOUT: Final = 5.0
_FOR_GOOD: Final = 500
_ENCRYPTION_WANTED: Final = 538
LOGIN_WANTED: Final = frozenset({530, 534, 535, _ENCRYPTION_WANTED})
"""Answers about login and encryption, not about the message (RFC 4954, 6; RFC 3207, 4)."""


def greet(settings: MailSettings) -> None:
    """Connect, encrypt and log in as delivery does, and send nothing.

    Raises:
        NotificationError: The server cannot be used; the error says why.
    """
    asyncio.run(_greet(settings))


async def _greet(settings: MailSettings) -> None:
    await close(await Connector(settings).open())


async def close(client: aiosmtplib.SMTP) -> None:
    """Take leave, and close the connection whatever the server says to that."""
    with suppress(aiosmtplib.SMTPException):
        await client.quit(timeout=_QUIT_TIMEOUT)
    client.close()


class Connector:
    """Opens connections: encrypted and logged in as the settings say."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server = settings.connects_to

    async def open(self) -> aiosmtplib.SMTP:
        """Return a connection ready for mail; raises a named error that says why there is none."""
        host, port = self._server
        client = aiosmtplib.SMTP(
            hostname=host,
            port=port,
            use_tls=self._settings.use_tls,
            start_tls=False,
            timeout=self._settings.timeout,
            local_hostname=self._settings.own_name,
        )
        try:
            await client.connect(tls_context=self._tls_context if self._settings.use_tls else None)
            await client.ehlo()
            await self._encrypt(client)
            await self._log_in(client)
        except NotificationError:
            client.close()
            raise
        except (aiosmtplib.SMTPException, OSError, UnicodeError) as problem:
            client.close()
            raise self._named(problem) from problem
        return client

    def unwelcome(self, answer: aiosmtplib.SMTPResponse) -> NotificationError:
        """Return what is wrong where the server wants encryption or a login first."""
        said = words(answer.code, answer.message)
        if answer.code == _ENCRYPTION_WANTED or "STARTTLS" in answer.message.upper():
            return SmtpEncryptionMissing(*self._server, said)
        return SmtpLoginRefused(*self._server, said)

    def refused(self, said: str) -> SmtpRefusesUs:
        """Return that the server takes no mail from us now, in its words."""
        return SmtpRefusesUs(*self._server, said)

    def _named(self, problem: Exception) -> NotificationError:
        if isinstance(problem, ssl.SSLError) or isinstance(problem.__cause__, ssl.SSLError):
            return SmtpEncryptionMissing(*self._server, str(problem))
        code, message = getattr(problem, "code", None), str(getattr(problem, "message", ""))
        # A server that is busy, or has no connection left for us, says 4xx: that passes by itself.
        is_busy = "connection" in message.casefold()
        if isinstance(code, int) and (
            code >= _FOR_GOOD or (about(code, message) == "us" and not is_busy)
        ):
            return self.refused(words(code, message))
        return SmtpServerUnreachable(*self._server, reason(problem))

    @cached_property
    def _tls_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._settings.ca_file is not None:
            context.load_verify_locations(self._settings.ca_file)
        return context

    async def _encrypt(self, client: aiosmtplib.SMTP) -> None:
        if self._settings.use_tls or self._settings.start_tls == "none":
            return
        if not client.supports_extension("starttls"):
            # Never in plain text because somebody between us took the offer away (RFC 3207, 6).
            raise SmtpEncryptionMissing(*self._server, _("it does not offer STARTTLS"))
        try:
            await client.starttls(tls_context=self._tls_context)
        except aiosmtplib.SMTPResponseException as refusal:
            raise SmtpEncryptionMissing(*self._server, reason(refusal)) from refusal
        await client.ehlo()

    async def _log_in(self, client: aiosmtplib.SMTP) -> None:
        username, password = self._settings.username, self._settings.password
        if username is None or password is None:
            return
        try:
            await client.login(username, password.get_secret_value())
        except (aiosmtplib.SMTPServerDisconnected, aiosmtplib.SMTPTimeoutError):
            raise
        except aiosmtplib.SMTPException as refusal:
            raise SmtpLoginRefused(*self._server, reason(refusal)) from refusal
