"""How is a batch of mails handed to an SMTP server, and what became of each?

A few connections work through the batch side by side, many messages over each, one message per
recipient. What an outcome may say depends on how far the server had come (RFC 5321, 4.5.4.1):

* it answered: 2xx is `sent`, 4xx is `queued` to be tried again, 5xx is `failed`;
* it refused us and not the recipient (a limit, a block list, our name or sender): all that is left
  stays `queued` and the batch ends;
* the connection broke before the content left us: `queued`, nothing was taken;
* it broke after the content left us and before the answer came: `uncertain`. The server may have
  taken the mail (RFC 1047), so it is for a person to decide whether to send it again.

Nothing is raised for a batch that could not be delivered: every message gets its outcome, and the
reason that concerns all of them is reported once, as a named error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import aiosmtplib
from aiosmtplib.protocol import SMTPProtocol

from notifications.errors import MailAddressInvalid, NotificationError, SmtpServerUnreachable
from notifications.reporting import Reporter, report
from notifications.sending.addresses import checked_address
from notifications.sending.mail import Sender, compose
from notifications.sending.smtp_answers import (
    RETRY_UNREACHABLE,
    about,
    is_acceptance,
    is_refusal,
    judged,
    outcome,
    reason,
    words,
)
from notifications.sending.smtp_connections import LOGIN_WANTED, Connector, close
from notifications.sending.smtp_suspects import Suspects, hindered
from notifications.sending.work import Begin, Work, begin_all, untried
from notifications.settings import MailSettings
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.vocabulary import MessageState

BATCH_SECONDS: Final = 300.0
"""After so long no further message of a batch is begun. With the longest that one message may take,
nine answers at `timeout` of 60 seconds, and what a record may wait for the database, a batch ends
before the lease of its messages does."""

_PATIENCE: Final = 3
"""Connections that may break one after the other before a worker gives up. Without a limit a server
that hangs would hold the batch for `timeout` seconds per message."""

# Answers of the server (RFC 5321, 4.2).
_COMPLETED: Final = frozenset({250, 251})
_START_INPUT: Final = frozenset({354})
_NOT_AVAILABLE: Final = 421
_FOR_GOOD: Final = 500


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
        self._connector = Connector(settings)
        self._suspects = Suspects()
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
                self._note_all(self._suspects.acquitted())
                self._mails.leave()
                raise
        self._settle_suspects()
        left = self._mails.left
        if left and self._is_over() and self._problem is None:
            for mail in left:
                self._mails.note(untried(mail))
        elif left:
            self._leave_queued(left)
        return self._mails.outcomes

    def _settle_suspects(self) -> None:
        """Say what the last refusals come to: the server refuses us, or each mail for its own."""
        said = self._suspects.words_about_us
        if said:
            self._problem = self._connector.refused(said)
            if not self._mails.left:
                self._on_problem(self._problem)
        self._note_all(self._suspects.convicted() if said else self._suspects.acquitted())

    def _note_all(self, outcomes: Sequence[DeliveryOutcome]) -> None:
        for one in outcomes:
            self._mails.note(one)

    def _is_over(self) -> bool:
        return self._is_hopeless or asyncio.get_running_loop().time() >= self._ends_at

    def _leave_queued(self, left: Sequence[OutgoingMail]) -> None:
        problem = self._problem or SmtpServerUnreachable(
            *self._settings.connects_to, f"the connection broke {_PATIENCE} times in a row"
        )
        self._note_all([hindered(mail, problem) for mail in left])
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
                await self._send(client, mail)
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
        await close(client)
        return answered > 0

    async def _send(self, client: aiosmtplib.SMTP, mail: OutgoingMail) -> None:
        """Send one mail and note what became of it.

        Raises `_ConnectionLostError`, or a named error if nothing can be sent.
        """
        try:
            octets = compose(mail, self._sender)
            recipient = checked_address(mail.to_address, "recipient")
        except MailAddressInvalid as problem:
            self._mails.note(outcome(mail, MessageState.FAILED, str(problem)))
            return
        offered = await self._offer(client, mail, recipient, octets)
        if isinstance(offered, aiosmtplib.SMTPResponse):
            await _forget_envelope(client)
            self._judge(mail, recipient, offered)
            return
        try:
            answer = await offered.read_response(timeout=client.timeout)
        except aiosmtplib.SMTPException as lost:
            detail = f"No answer after the mail was handed over: {reason(lost)}"
            raise _ConnectionLostError(
                outcome(mail, MessageState.UNCERTAIN, detail), at_first_command=False
            ) from lost
        if answer.code == _NOT_AVAILABLE:
            client.close()
        self._judge(mail, recipient, answer)

    def _judge(self, mail: OutgoingMail, recipient: str, answer: aiosmtplib.SMTPResponse) -> None:
        """Note what an answer means for a mail, or hold it where it may mean all of them."""
        meant = judged(mail, recipient, *answer)
        if is_acceptance(answer.code):
            self._note_all(self._suspects.acquitted())
            self._mails.note(meant)
        elif is_refusal(answer.code) and (of := about(*answer)) in {"us", "policy"}:
            self._suspects.hold(mail, meant, is_about_us=of == "us")
            self._is_hopeless = self._is_hopeless or self._suspects.are_enough
        else:
            self._mails.note(meant)

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
                if answer.code in LOGIN_WANTED:
                    raise self._connector.unwelcome(answer)
                if answer.code in wanted:
                    continue
                if said == 1 and _is_refusal_of_us(answer):
                    raise self._connector.refused(words(*answer))
                if is_refusal(answer.code) and answer.code != _NOT_AVAILABLE:
                    return answer
                raise aiosmtplib.SMTPServerDisconnected(words(*answer))
            return _write_content(client, octets)
        except aiosmtplib.SMTPException as lost:
            raise _ConnectionLostError(
                outcome(mail, MessageState.QUEUED, reason(lost), RETRY_UNREACHABLE),
                at_first_command=said == 0,
            ) from lost


def _is_refusal_of_us(answer: aiosmtplib.SMTPResponse) -> bool:
    """Say whether the answer to `MAIL FROM`, which names us and nobody else, turns us away.

    A 4xx answer there may also mean that the server is busy: that passes by itself.
    """
    return answer.code >= _FOR_GOOD or (is_refusal(answer.code) and about(*answer) == "us")


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
