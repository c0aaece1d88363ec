"""A real SMTP server in this process that can be told to misbehave, and what it saw."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.settings import MailSettings

USERNAME, PASSWORD = "thidua", "đúng-mật-khẩu"


@dataclass
class Misbehaviour:
    """What the server does wrong; by default nothing."""

    greeting: str = ""
    refuse_mail: str = ""
    refuse: dict[str, str] = field(default_factory=dict)
    refuse_all: str = ""
    greylist: bool = False
    after_content: str = ""
    drop_at_rcpt: bool = False
    drop_after_content: frozenset[str] = frozenset()
    hang_after_content: bool = False
    close_every: int = 0
    garbage_at_data: bool = False
    broken_starttls: bool = False
    drop_at_login: bool = False
    close_with_go_ahead: bool = False
    one_connection: bool = False


@dataclass
class Mailbox:
    """What the server was given."""

    contents: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    connections: int = 0
    is_watched: bool = False
    """Since the controller itself has seen that the server runs."""


class Handler:
    """aiosmtpd's hooks, with faults."""

    def __init__(self, faults: Misbehaviour) -> None:
        self.faults, self.box = faults, Mailbox()
        self._seen: Counter[str] = Counter()
        self._at: Counter[int] = Counter()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if session not in self.box.sessions:
            self.box.sessions.append(session)
        self._at[id(session)] += 1
        if self.faults.close_every and self._at[id(session)] > self.faults.close_every:
            _drop(server)
        if self.faults.refuse_mail:
            return self.faults.refuse_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._seen[address] += 1
        if self.faults.drop_at_rcpt:
            _drop(server)
        if self.faults.greylist and self._seen[address] == 1:
            return "451 4.7.1 Greylisted, please come back"
        refusal = self.faults.refuse.get(address, self.faults.refuse_all)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        assert isinstance(content, bytes)
        if self.faults.after_content:
            return self.faults.after_content
        self.box.contents.append(content)
        self.box.recipients.extend(envelope.rcpt_tos)
        if self.faults.drop_after_content.intersection(envelope.rcpt_tos):
            _drop(server)
        if self.faults.hang_after_content:
            await asyncio.sleep(30)
        return "250 2.0.0 Taken"


def _drop(server: SMTP, *, at_once: bool = True) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    if at_once:
        transport.abort()
    else:
        transport.close()


class FaultySMTP(SMTP):
    """The protocol itself, with faults aiosmtpd's hooks cannot bring about."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        handler: Handler = self.event_handler
        if handler.faults.garbage_at_data:
            await self.push("250 What?")
        elif handler.faults.close_with_go_ahead:
            await self.push("354 Go ahead")
            _drop(self, at_once=False)
        else:
            await super().smtp_DATA(arg)

    async def _handle_client(self) -> None:
        handler: Handler = self.event_handler
        handler.box.connections += 1
        if handler.faults.greeting and handler.box.is_watched:
            await self.push(handler.faults.greeting)
            _drop(self, at_once=False)
        elif handler.faults.one_connection and handler.box.connections > 1:
            await self.push("421 4.7.0 Too many connections")
            _drop(self, at_once=False)
        else:
            await super()._handle_client()

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        handler: Handler = self.event_handler
        if handler.faults.broken_starttls:
            await self.push("454 TLS not available")
        else:
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's name
        handler: Handler = self.event_handler
        if handler.faults.drop_at_login:
            _drop(self)
        else:
            await super().smtp_AUTH(arg)


class FaultyController(Controller):
    """Starts the server at a port the system chooses."""

    def __init__(self, handler: Handler, **options: Any) -> None:
        super().__init__(handler, hostname="127.0.0.1", port=0, **options)

    def factory(self) -> SMTP:
        return FaultySMTP(self.handler, **self.SMTP_kwargs)

    def _trigger_server(self) -> None:
        # aiosmtpd connects to the port it was asked for, which is 0 until the system chose one.
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextlib.contextmanager
def smtp_server(
    faults: Misbehaviour | None = None, **options: Any
) -> Iterator[tuple[Mailbox, MailSettings]]:
    """Run a server; give what it was given and settings that lead to it."""
    handler = Handler(faults or Misbehaviour())
    controller = FaultyController(handler, **options)
    controller.start()
    handler.box.is_watched = True
    handler.box.connections = 0  # the controller has connected once itself, to see that it runs
    try:
        yield handler.box, settings_for(controller.port)
    finally:
        controller.stop(no_assert=True)


def settings_for(port: int, **changes: Any) -> MailSettings:
    """Return settings for a server on this computer, patient for a second."""
    fields: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": port,
        "sender_address": "thidua@bentre.example",
        "connections": 1,
        "timeout": 1.0,
        "start_tls": "none",
    }
    return MailSettings(**fields | changes)


class PasswordBook:
    """Accepts one user name and password, and counts the attempts."""

    def __init__(self) -> None:
        self.attempts = 0

    def __call__(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        self.attempts += 1
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            USERNAME.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=good, handled=False)


def server_context(certificate: str, key: str) -> ssl.SSLContext:
    """Return what a server needs to offer TLS."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context
