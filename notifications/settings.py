"""How does this installation send mail?

By environment variables with the prefix `THIDUA_SMTP_`, or the same names in a file `.env`. Without
`THIDUA_SMTP_HOST` nothing is sent: mail is written to a Maildir.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from notifications.errors import MailAddressInvalid, MailSettingsInvalid
from notifications.sending.addresses import checked_address, checked_domain
from notifications.sending.mail import Sender

_PREFIX = "THIDUA_SMTP_"
_PLACEHOLDER = "thidua@thidua.invalid"
"""The top-level domain `invalid` never exists (RFC 2606, 2), so nothing can come back to it."""


class MailSettings(BaseSettings):
    """Where and how mail is sent; every field is an environment variable in capital letters."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9.:_-]+$")] | None = None
    """SMTP server, name or address; without it mail goes to the Maildir."""
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Without it 465 with `use_tls`, 587 where STARTTLS is demanded (RFC 8314, 7.3), else 25."""
    username: str | None = None
    password: SecretStr | None = None
    start_tls: Literal["auto", "always", "none"] = "auto"
    """STARTTLS (RFC 3207) is demanded whatever the server offers, unless `use_tls` encrypts before;
    mail leaves in plain text only where `none` says so. `always` does not go with `use_tls`."""
    use_tls: bool = False
    """Encrypt from the first octet on (RFC 8314, 3.3), usually at port 465."""
    ca_file: Path | None = None
    """Certificates to trust (PEM) beside those of the system, for a server with its own."""
    local_name: str = ""
    """By which name we greet the server (EHLO): a full domain name, or an address as `[192.0.2.1]`;
    the domain of `sender_address` if empty. Many servers refuse a greeting as `localhost`."""
    connections: Annotated[int, Field(ge=1, le=50)] = 4
    """Connections open at the same time."""
    messages_per_connection: Annotated[int, Field(ge=1)] = 100
    """After so many messages a connection is closed and a new one opened."""
    timeout: Annotated[float, Field(gt=0)] = 60.0
    """Seconds to wait for a connection or for one answer of the server."""
    sender_address: str = _PLACEHOLDER
    """Address mail comes from; where the server reports what it could not deliver."""
    sender_name: str = "Thi đua"
    list_domain: str = ""
    """Right-hand side of `Message-ID` and `List-Id`; the domain of `sender_address` if empty."""

    @field_validator("start_tls", mode="before")
    @classmethod
    def _said_as_before(cls, value: object) -> object:
        """Take `true` and `false`, which this setting was before."""
        yes, no = ("true", "1", "yes", "on"), ("false", "0", "no", "off")
        words = dict.fromkeys(yes, "always") | dict.fromkeys(no, "none")
        return words.get(str(value).lower(), value)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        problems = list(self._contradictions())
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @property
    def sender(self) -> Sender:
        """From whom mail goes out."""
        return Sender(self.sender_address, self.sender_name, self.list_domain)

    @property
    def own_name(self) -> str:
        """By which name we greet the server."""
        return self.local_name or checked_address(self.sender_address, "sender").rpartition("@")[2]

    @property
    def demands_start_tls(self) -> bool:
        """Whether a connection that cannot be encrypted with STARTTLS is given up."""
        return not self.use_tls and self.start_tls != "none"

    @property
    def connects_to(self) -> tuple[str, int]:
        """Host and port; the host is empty where mail goes to the Maildir."""
        submits = self.demands_start_tls and (self.username or self.start_tls == "always")
        usual = 465 if self.use_tls else 587 if submits else 25
        return self.host or "", self.port or usual

    def _contradictions(self) -> list[str]:
        found = []
        if self.use_tls and self.start_tls == "always":
            found.append(f"set {_PREFIX}USE_TLS or {_PREFIX}START_TLS, not both")
        if (self.username is None) != (self.password is None):
            found.append(f"set {_PREFIX}USERNAME and {_PREFIX}PASSWORD together")
        if self.ca_file is not None and not self.ca_file.is_file():
            found.append(f"{_PREFIX}CA_FILE names no file")
        if self.host is not None and self.sender_address == _PLACEHOLDER:
            found.append(f"set {_PREFIX}SENDER_ADDRESS, the address mail is sent from")
        try:
            checked_address(self.sender_address, "sender")
            if self.list_domain:
                checked_domain(self.list_domain, "sender")
        except MailAddressInvalid as problem:
            found.append(
                f"{_PREFIX}SENDER_ADDRESS or {_PREFIX}LIST_DOMAIN {problem.problem.say('en')}"
            )
        if self.local_name and not _is_own_name(self.local_name):
            found.append(f"{_PREFIX}LOCAL_NAME is no domain name, and no address as [192.0.2.1]")
        return found


def _is_own_name(name: str) -> bool:
    """Say whether a server can be greeted by a name (RFC 5321, 4.1.1.1 and 4.1.3)."""
    if name.startswith("[") and name.endswith("]"):
        try:
            ip_address(name[1:-1].removeprefix("IPv6:"))
        except ValueError:
            return False
        return True
    try:
        checked_domain(name, "sender")
    except MailAddressInvalid:
        return False
    return True


def load_mail_settings() -> MailSettings:
    """Read the settings; raises `MailSettingsInvalid`, which names every problem and no value."""
    try:
        return MailSettings()
    except ValidationError as problem:
        raise MailSettingsInvalid(
            [
                f"{_PREFIX}{'.'.join(map(str, error['loc'][:1])).upper()}: {error['msg']}"
                if error["loc"]
                else error["msg"].removeprefix("Value error, ")
                for error in problem.errors(include_input=False)
            ]
        ) from None
