"""How is a batch of mails handed to an SMTP server, and what became of each?

A few connections work through the batch side by side, many messages over each, one message per
recipient. What an outcome may say depends on how far the server had come (RFC 5321, 4.5.4.1):

* it answered: 2xx is `sent`, 4xx is `queued` to be tried again, 5xx is `failed`;
* the connection broke before the content left us: `queued`, nothing was taken;
* it broke after the content left us and before the answer came: `uncertain`. The server may have
  taken the mail (RFC 1047), so it is for a person to decide whether to send it again.

Nothing is raised for a batch that could not be delivered: every message gets its outcome, and the
reason that concerns all of them is reported once, as a named error.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import Final

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol

from notifications.addresses import checked_address
from notifications.errors import (
    MailAddressInvalid,
    NotificationError,
    SmtpEncryptionMissing,
    SmtpLoginRefused,
    SmtpServerUnreachable,
)
from notifications.mail import Sender, compose
from notifications.reporting import Reporter, report
from notifications.settings import MailSettings
from notifications.text import clipped, one_line
from notifications.work import Begin, Work, begin_all, untried
from schemas.messages import DeliveryOutcome, OutgoingMail
from schemas.vocabulary import MessageState

RETRY_REFUSED: Final = 600
"""Seconds after a 4xx answer; greylisting lets most through after 5 minutes (RFC 6647, 5)."""

RETRY_UNREACHABLE: Final = 300
"""Seconds after a connection that could not be opened or broke."""

RETRY_SETTINGS: Final = 1800
"""Seconds where the settings are wrong: somebody has to correct them first."""

BATCH_SECONDS: Final = 300.0
"""After so long no further message of a batch is begun. With the longest that one message may take,
nine answers at `timeout` of 60 seconds, and what a record may wait for the database, a batch ends
before the lease of its messages does."""

_PATIENCE: Final = 3
"""Connections that may break one after the other before a worker gives up. Without a limit a server
that hangs would hold the batch for `timeout` seconds per message."""

_DETAIL_LIMIT: Final = 500
_QUIT_TIMEOUT: Final = 5.0

# Answers of the server (RFC 5321, 4.2).
_ACCEPTED, _FOR_NOW, _FOR_GOOD = 2, 4, 5
_REFUSALS: Final = frozenset({_FOR_NOW, _FOR_GOOD})
_COMPLETED: Final = frozenset({250, 251})
_START_INPUT: Final = frozenset({354})
_NOT_AVAILABLE: Final = 421
_ENCRYPTION_WANTED: Final = 538
_LOGIN_WANTED: Final = frozenset({530, 534, 535, _ENCRYPTION_WANTED})
"""Answers about login and encryption, not about the message (RFC 4954, 6; RFC 3207, 4)."""


def send_batch(
    mails: Sequence[OutgoingMail],
    settings: MailSettings,
    sender: Sender,
    on_problem: Reporter = report,
    *,
    begin: Begin = begin_all,
    within: float = BATCH_SECONDS,
) -> list[DeliveryOutcome]:
    """Send mails over SMTP; return one outcome per mail, in their order.

    `on_problem` gets the named error that kept messages from being sent, once per batch. `begin` is
    asked before mails leave; what it does not let go stays queued, untried, as does
    what was not begun `within` that many seconds. To be called where no event loop runs: it runs
    its own. Raises what `begin` raises.
    """
    if not mails:
        return []
    return asyncio.run(_Batch(mails, settings, sender, on_problem, begin).deliver(within))


def greet(settings: MailSettings) -> None:
    """Connect, encrypt and log in as delivery does, and send nothing.

    Raises:
        NotificationError: The server cannot be used; the error says why.
    """
    asyncio.run(_greet(settings))


async def _greet(settings: MailSettings) -> None:
    await _close(await _Connector(settings).open())


class _ConnectionLostError(Exception):
    """The connection is gone or out of step; `outcome` is that of the message at hand."""

    def __init__(self, outcome: DeliveryOutcome, *, at_first_command: bool) -> None:
        super().__init__()
        self.outcome = outcome
        self.at_first_command = at_first_command


class _Batch:
    """The messages of one call, shared by the workers."""

    def __init__(
        self,
        mails: Sequence[OutgoingMail],
        settings: MailSettings,
        sender: Sender,
        on_problem: Reporter,
        begin: Begin,
    ) -> None:
        self._settings = settings
        self._sender = sender
        self._on_problem = on_problem
        self._mails = Work(mails, begin, settings.connections)
        self._workers = min(settings.connections, len(mails))
        self._problem: NotificationError | None = None
        self._is_hopeless = False
        self._connector = _Connector(settings)
        self._ends_at = 0.0

    async def deliver(self, within: float) -> list[DeliveryOutcome]:
        self._ends_at = asyncio.get_running_loop().time() + within
        # The first connection is opened alone: a wrong password is tried once, not once per worker.
        first = await self._connection()
        if first is not None:
            others = (self._work(None) for _ in range(self._workers - 1))
            try:
                await asyncio.gather(self._work(first), *others)
            except BaseException:  # the process is told to end, or nothing can be put on record
                self._mails.leave()
                raise
        left = self._mails.left
        if left and self._is_over() and self._problem is None:
            for mail in left:
                self._mails.note(untried(mail))
        elif left:
            self._leave_queued(left)
        return self._mails.outcomes

    def _is_over(self) -> bool:
        return self._is_hopeless or asyncio.get_running_loop().time() >= self._ends_at

    def _leave_queued(self, left: Sequence[OutgoingMail]) -> None:
        problem = self._problem or SmtpServerUnreachable(
            *self._settings.connects_to, f"the connection broke {_PATIENCE} times in a row"
        )
        may_pass = isinstance(problem, SmtpServerUnreachable)
        retry = RETRY_UNREACHABLE if may_pass else RETRY_SETTINGS
        for mail in left:
            self._mails.note(_outcome(mail, MessageState.QUEUED, str(problem), retry))
        self._on_problem(problem)

    async def _connection(self) -> aiosmtplib.SMTP | None:
        try:
            return await self._connector.open()
        except NotificationError as problem:
            # The other workers go on: many servers limit how many connections one client may have.
            self._problem = problem
            return None

    async def _work(self, client: aiosmtplib.SMTP | None) -> None:
        broken = 0
        while broken < _PATIENCE and not self._is_over() and self._mails.has_next():
            client = client or await self._connection()
            if client is None:
                return
            broken = 0 if await self._use(client) else broken + 1
            client = None

    async def _use(self, client: aiosmtplib.SMTP) -> bool:
        """Send over one connection until it is used up; tell whether the server answered at all."""
        answered = 0
        while answered < self._settings.messages_per_connection and client.is_connected:
            if self._is_over() or not self._mails.has_next():
                break
            mail = self._mails.take()
            try:
                self._mails.note(await self._send(client, mail))
            except NotificationError as problem:
                self._problem, self._is_hopeless = problem, True
                self._mails.put_back(mail)
            except _ConnectionLostError as lost:
                client.close()
                if answered and lost.at_first_command:
                    # The server had closed a used connection: that says nothing of this message.
                    self._mails.put_back(mail)
                else:
                    self._mails.note(lost.outcome)
                return answered > 0
            answered += 1
        await _close(client)
        return answered > 0

    async def _send(self, client: aiosmtplib.SMTP, mail: OutgoingMail) -> DeliveryOutcome:
        """Send one mail; raises `_ConnectionLostError`, or a named error if nothing can be sent."""
        try:
            octets = compose(mail, self._sender)
            recipient = checked_address(mail.to_address, "recipient")
        except MailAddressInvalid as problem:
            return _outcome(mail, MessageState.FAILED, str(problem))
        offered = await self._offer(client, mail, recipient, octets)
        if isinstance(offered, aiosmtplib.SMTPResponse):
            await _forget_envelope(client)
            return _judged(mail, recipient, offered)
        try:
            answer = await offered.read_response(timeout=client.timeout)
        except aiosmtplib.SMTPException as lost:
            detail = f"No answer after the mail was handed over: {_reason(lost)}"
            raise _ConnectionLostError(
                _outcome(mail, MessageState.UNCERTAIN, detail), at_first_command=False
            ) from lost
        if answer.code == _NOT_AVAILABLE:
            client.close()
        return _judged(mail, recipient, answer)

    async def _offer(
        self, client: aiosmtplib.SMTP, mail: OutgoingMail, recipient: str, octets: bytes
    ) -> aiosmtplib.SMTPResponse | SMTPProtocol:
        """Say the envelope and write the content.

        Returns the answer that refused the mail, or what the answer to the content is read from.
        """
        commands = (
            (f"MAIL FROM:<{self._sender.address}>", _COMPLETED),
            (f"RCPT TO:<{recipient}>", _COMPLETED),
            ("DATA", _START_INPUT),
        )
        said = 0
        try:
            for command, wanted in commands:
                answer = await client.execute_command(command.encode("ascii"))
                said += 1
                if answer.code in _LOGIN_WANTED:
                    raise self._connector.unwelcome(answer)
                if answer.code in wanted:
                    continue
                if answer.code // 100 in _REFUSALS and answer.code != _NOT_AVAILABLE:
                    return answer
                raise aiosmtplib.SMTPServerDisconnected(_words(answer))
            return _write_content(client, octets)
        except aiosmtplib.SMTPException as lost:
            raise _ConnectionLostError(
                _outcome(mail, MessageState.QUEUED, _reason(lost), RETRY_UNREACHABLE),
                at_first_command=said == 0,
            ) from lost


class _Connector:
    """Opens connections: encrypted and logged in as the settings say."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._server = settings.connects_to
        self._own_name: str | None = None

    async def open(self) -> aiosmtplib.SMTP:
        """Return a connection ready for mail; raises a named error that says why there is none."""
        host, port = self._server
        client = aiosmtplib.SMTP(
            hostname=host,
            port=port,
            use_tls=self._settings.use_tls,
            start_tls=False,
            timeout=self._settings.timeout,
            # Asking the system for its own name may take seconds; once per batch is enough.
            local_hostname=self._own_name,
        )
        try:
            await client.connect(tls_context=self._tls_context if self._settings.use_tls else None)
            self._own_name = client.local_hostname
            await client.ehlo()
            await self._encrypt(client)
            await self._log_in(client)
        except NotificationError:
            client.close()
            raise
        except (aiosmtplib.SMTPException, OSError, UnicodeError) as problem:
            client.close()
            if isinstance(problem, ssl.SSLError) or isinstance(problem.__cause__, ssl.SSLError):
                raise SmtpEncryptionMissing(host, port, str(problem)) from problem
            raise SmtpServerUnreachable(host, port, _reason(problem)) from problem
        return client

    def unwelcome(self, answer: aiosmtplib.SMTPResponse) -> NotificationError:
        """Return what is wrong where the server wants encryption or a login first."""
        words = _words(answer)
        if answer.code == _ENCRYPTION_WANTED or "STARTTLS" in answer.message.upper():
            return SmtpEncryptionMissing(*self._server, words)
        return SmtpLoginRefused(*self._server, words)

    @cached_property
    def _tls_context(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if self._settings.ca_file is not None:
            context.load_verify_locations(self._settings.ca_file)
        return context

    async def _encrypt(self, client: aiosmtplib.SMTP) -> None:
        if self._settings.use_tls or self._settings.start_tls is False:
            return
        if not client.supports_extension("starttls"):
            if self._settings.demands_start_tls:
                raise SmtpEncryptionMissing(*self._server, "it does not offer STARTTLS")
            return
        try:
            await client.starttls(tls_context=self._tls_context)
        except aiosmtplib.SMTPResponseException as refusal:
            raise SmtpEncryptionMissing(*self._server, _reason(refusal)) from refusal
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
            raise SmtpLoginRefused(*self._server, _reason(refusal)) from refusal


def _write_content(client: aiosmtplib.SMTP, octets: bytes) -> SMTPProtocol:
    """Write the mail, lines that begin with a dot doubled, and the end (RFC 5321, 4.5.2).

    `client.data` would do this and wait for both answers in one call; then nobody could tell
    whether a connection broke before the content left or after.
    """
    protocol = client.protocol
    if protocol is None:  # the server closed the connection with the answer to DATA
        raise aiosmtplib.SMTPServerDisconnected("Connection lost")
    protocol.write(octets.replace(b"\r\n.", b"\r\n..") + b".\r\n")
    return protocol


async def _forget_envelope(client: aiosmtplib.SMTP) -> None:
    """Say RSET, so that the next MAIL is not out of order (RFC 5321, 4.1.1.5)."""
    with suppress(aiosmtplib.SMTPException):  # then it is closed, which the worker sees
        await client.execute_command(b"RSET")


async def _close(client: aiosmtplib.SMTP) -> None:
    with suppress(aiosmtplib.SMTPException):
        await client.quit(timeout=_QUIT_TIMEOUT)
    client.close()


def _judged(mail: OutgoingMail, recipient: str, answer: aiosmtplib.SMTPResponse) -> DeliveryOutcome:
    """Return what an answer means for the message (RFC 5321, 4.2.1)."""
    kind = answer.code // 100
    words = _words(answer, recipient)
    if kind == _ACCEPTED:
        return _outcome(mail, MessageState.SENT, words)
    if kind == _FOR_GOOD:
        return _outcome(mail, MessageState.FAILED, words)
    return _outcome(mail, MessageState.QUEUED, words, RETRY_REFUSED)


def _words(answer: aiosmtplib.SMTPResponse, recipient: str = "") -> str:
    """Return the server's own words, without the address they may repeat."""
    said = answer.message
    if recipient and recipient.casefold() in said.casefold():
        said = re.sub(f"<?{re.escape(recipient)}>?", "<recipient>", said, flags=re.IGNORECASE)
    return clipped(one_line(f"{answer.code} {said}"), _DETAIL_LIMIT)


def _reason(problem: Exception) -> str:
    if isinstance(problem, aiosmtplib.SMTPResponseException):
        return _words(aiosmtplib.SMTPResponse(problem.code, problem.message))
    return clipped(one_line(str(problem)), _DETAIL_LIMIT)


def _outcome(
    mail: OutgoingMail, state: MessageState, detail: str, retry_in_seconds: int | None = None
) -> DeliveryOutcome:
    return DeliveryOutcome(
        message_id=mail.message_id,
        state=state,
        detail=clipped(detail, _DETAIL_LIMIT),
        retry_in_seconds=retry_in_seconds,
    )
