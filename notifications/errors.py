"""What may go wrong with rendering and sending, and what to do then?

Named `<What><Problem>`; the message says what to do, and holds no name and no address of a
recipient, so that it may stand in a log.
"""

from __future__ import annotations

from collections.abc import Sequence

from language.errors import CampaignError


class NotificationError(CampaignError):
    """Base of what goes wrong with rendering and sending."""


class TemplateMissing(NotificationError):
    """No template of this name in this language."""

    def __init__(self, template: str, language: str) -> None:
        self.template, self.language = template, language
        super().__init__(
            f"There is no mail template {template!r} in language {language!r}: it needs the files "
            f"subject.txt, body.txt and body.html in notifications/templates/{template}/{language}."
        )


class TemplateBroken(NotificationError):
    """A template asks for something its payload does not hold, or is not valid."""

    def __init__(self, template: str, language: str, problem: str) -> None:
        self.template, self.language = template, language
        super().__init__(
            f"The mail template {template!r} in language {language!r} cannot be rendered: "
            f"{problem}. Correct the template; nothing was sent."
        )


class MailAddressInvalid(NotificationError):
    """The address cannot stand in a mail or in an SMTP command (RFC 5321, 4.1.2)."""

    def __init__(self, whose: str, problem: str) -> None:
        self.whose, self.problem = whose, problem
        super().__init__(
            f"The e-mail address of the {whose} {problem}; nothing was sent to it. "
            "Correct the address and retry."
        )


class MailSettingsInvalid(NotificationError):
    """The settings for sending are incomplete or contradict each other; all of it at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"Mail cannot be set up: {'; '.join(problems)}.")


class SmtpServerUnreachable(NotificationError):
    """No connection to the SMTP server, or it broke off again and again."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"The SMTP server {host}:{port} cannot be reached: {problem}. The messages stay "
            "queued; check THIDUA_SMTP_HOST and THIDUA_SMTP_PORT."
        )


class SmtpEncryptionMissing(NotificationError):
    """Encryption is demanded, by the settings or by the server, and not to be had."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"No encrypted connection to the SMTP server {host}:{port}: {problem}. The messages "
            "stay queued; check THIDUA_SMTP_START_TLS, THIDUA_SMTP_USE_TLS and THIDUA_SMTP_CA_FILE."
        )


class SmtpLoginRefused(NotificationError):
    """The server does not accept the user name and password, or wants some."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"The SMTP server {host}:{port} refuses the login: {problem}. The messages stay "
            "queued; check THIDUA_SMTP_USERNAME and THIDUA_SMTP_PASSWORD."
        )


class SmtpRefusesUs(NotificationError):
    """The server takes no mail from us now: for how much we send, from where, or as whom."""

    def __init__(self, host: str, port: int, problem: str) -> None:
        self.host, self.port = host, port
        super().__init__(
            f"The SMTP server {host}:{port} takes no mail from us: {problem}. The messages stay "
            "queued and are tried again later; ask whoever runs the server. A limit passes by "
            "itself; check THIDUA_SMTP_SENDER_ADDRESS and THIDUA_SMTP_LOCAL_NAME."
        )


class MaildirNotWritable(NotificationError):
    """The folder for mail cannot be written."""

    def __init__(self, folder: str, problem: str) -> None:
        self.folder = folder
        super().__init__(
            f"Mail cannot be written to {folder}: {problem}. The messages stay queued; make room "
            "or set another folder."
        )
