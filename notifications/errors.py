"""What may go wrong with rendering and sending, and what to do then?

Named `<What><Problem>`; the message says what to do, and holds no name and no address of a
recipient, so that it may stand in a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from language import N_, Sayable, pgettext
from language.errors import Kind, Refusal

Whose = Literal["recipient", "sender", "coordinator"]
"""Of whom an address is."""
_WHOSE: Final = {
    "recipient": pgettext("address of", "recipient"),
    "sender": pgettext("address of", "sender"),
    "coordinator": pgettext("address of", "coordinator"),
}


class NotificationError(Refusal):
    """Base of what goes wrong with rendering and sending."""

    kind = Kind.NOT_READY


class TemplateMissing(NotificationError):
    """No template of this name in this language."""

    kind = Kind.NOT_READY
    message = N_(
        "There is no mail template {template!r} in language {language!r}: it needs the files "
        "subject.txt, body.txt and body.html in notifications/templates/{template}/{language}."
    )

    def __init__(self, template: str, language: str) -> None:
        self.template, self.language = template, language
        super().__init__(template=template, language=language)


class TemplateBroken(NotificationError):
    """A template asks for something its payload does not hold, or is not valid."""

    kind = Kind.NOT_READY
    message = N_(
        "The mail template {template!r} in language {language!r} cannot be rendered: {problem}."
    )
    remedy = N_("Correct the template; nothing was sent.")

    def __init__(self, template: str, language: str, problem: str) -> None:
        self.template, self.language = template, language
        super().__init__(template=template, language=language, problem=problem)


class MailAddressInvalid(NotificationError):
    """The address cannot stand in a mail or in an SMTP command (RFC 5321, 4.1.2)."""

    kind = Kind.INVALID
    message = N_("The e-mail address of the {whose} {problem}; nothing was sent to it.")
    remedy = N_("Correct the address and retry.")

    def __init__(self, whose: Whose, problem: Sayable) -> None:
        self.whose, self.problem = whose, problem
        super().__init__(whose=_WHOSE[whose], problem=problem)


class MailSettingsInvalid(NotificationError):
    """The settings for sending are incomplete or contradict each other; all of it at once."""

    kind = Kind.NOT_READY
    message = N_("Mail cannot be set up: {problems}.")

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(problems="; ".join(problems))


class SmtpServerUnreachable(NotificationError):
    """No connection to the SMTP server, or it broke off again and again."""

    kind = Kind.NOT_READY
    message = N_(
        "The SMTP server {host}:{port} cannot be reached: {problem}. The messages stay queued."
    )
    remedy = N_("check THIDUA_SMTP_HOST and THIDUA_SMTP_PORT.")

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(host=host, port=port, problem=problem)


class SmtpEncryptionMissing(NotificationError):
    """Encryption is demanded, by the settings or by the server, and not to be had."""

    kind = Kind.NOT_READY
    message = N_(
        "No encrypted connection to the SMTP server {host}:{port}: {problem}. The messages stay "
        "queued."
    )
    remedy = N_("check THIDUA_SMTP_START_TLS, THIDUA_SMTP_USE_TLS and THIDUA_SMTP_CA_FILE.")

    def __init__(self, host: str, port: int, problem: str | Sayable) -> None:
        self.host, self.port = host, port
        super().__init__(host=host, port=port, problem=problem)


class SmtpLoginRefused(NotificationError):
    """The server does not accept the user name and password, or wants some."""

    kind = Kind.NOT_READY
    message = N_(
        "The SMTP server {host}:{port} refuses the login: {problem}. The messages stay queued."
    )
    remedy = N_("check THIDUA_SMTP_USERNAME and THIDUA_SMTP_PASSWORD.")

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(host=host, port=port, problem=problem)


class SmtpRefusesUs(NotificationError):
    """The server takes no mail from us now: for how much we send, from where, or as whom."""

    kind = Kind.NOT_READY
    message = N_(
        "The SMTP server {host}:{port} takes no mail from us: {problem}. The messages stay "
        "queued and are tried again later."
    )
    remedy = N_(
        "ask whoever runs the server. A limit passes by itself; check THIDUA_SMTP_SENDER_ADDRESS "
        "and THIDUA_SMTP_LOCAL_NAME."
    )

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(host=host, port=port, problem=problem)


class MaildirNotWritable(NotificationError):
    """The folder for mail cannot be written."""

    kind = Kind.NOT_READY
    message = N_("Mail cannot be written to {folder}: {problem}. The messages stay queued.")
    remedy = N_("make room or set another folder.")

    def __init__(self, folder: str, problem: str) -> None:
        self.folder = folder
        super().__init__(folder=folder, problem=problem)
