"""Where does an installation keep what it has? One folder holds it all: `THIDUA_HOME`."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from campaigns.logs import Form
from schemas.limits import LARGEST_COUNT

_LEAST_SECRET: Final = 32


class Settings(BaseSettings):
    """Settings of an installation, from the environment or a `.env` file in the working folder."""

    model_config = SettingsConfigDict(env_prefix="THIDUA_", env_file=".env", extra="ignore")

    home: Path = Path(".thidua")
    """Database, Prefect's home, Maildir, logs and documents live under this folder."""
    database_url: str = ""
    """Another database than the SQLite file in `home`, e.g. `postgresql+psycopg://host/thidua`."""
    language: str = ""
    """`vi` or `en`; empty: by the locale."""

    relay_poll_seconds: float = Field(default=0.5, ge=0.01, le=3_600)
    """How often the relay looks for new rows of the outbox."""
    relay_patience_seconds: int = Field(default=120, ge=1, le=86_400)
    """A run that did not begin for so long is taken for lost and its rows are sent again."""
    task_runner: str = "threads"
    """Where batches run: `threads` of the run's own process, `dask` for a cluster of processes on
    this machine, or `dask:tcp://host:port` for the scheduler of a Dask cluster."""

    accept_valid: bool = False
    """A rehearsal takes the good rows of a recorded table although others have errors; those go to
    `documents`, as a workbook to correct."""

    log_format: Form = "text"
    """What the lines of logs are: `text` for people, `json` for programs."""
    metrics_token: SecretStr = SecretStr("")
    """Who may read `/metrics` from another machine shows this; empty: this machine alone."""
    webhook_private: bool = False
    """Webhooks may also lead to plain http and to addresses of one's own network."""

    public_url: str = ""
    """Where people reach the web pages, e.g. `https://thidua.example.vn`: what links in mails begin
    with. Empty: this machine alone."""

    signer_rest_hours: float = Field(default=24, ge=0, le=720)
    """How long a new right to sign, or a new address of somebody who has one, rests before it
    counts, unless a second person confirms it; 0: it counts at once."""

    secret: SecretStr = SecretStr("")
    """What links and tokens are signed with; empty: the file `secret.key` in `home`. All processes
    of one installation need the same."""

    @field_validator("language")
    @classmethod
    def _known_language(cls, language: str) -> str:
        if language.strip().lower() not in {"", "vi", "en"}:
            msg = "a language is `vi` or `en`"
            raise ValueError(msg)
        return language.strip().lower()

    secret_before: SecretStr = SecretStr("")
    """What was signed with before, for as long as links from then are to hold; nothing new is
    signed with it."""
    webhook_secret: SecretStr = SecretStr("")
    """What secrets of webhooks are made from; empty: the file `webhook.key` in `home`."""

    @field_validator("secret", "secret_before", "webhook_secret")
    @classmethod
    def _long_enough(cls, secret: SecretStr) -> SecretStr:
        if 0 < len(secret) < _LEAST_SECRET:
            msg = f"a secret has {_LEAST_SECRET} characters or more"
            raise ValueError(msg)
        return secret

    @field_validator("task_runner")
    @classmethod
    def _known_runner(cls, runner: str) -> str:
        if not re.fullmatch(r"threads|dask(:(tcp|tls)://\S+)?", runner):
            msg = "a task runner is `threads`, `dask` or `dask:tcp://host:port`"
            raise ValueError(msg)
        return runner

    trusted_hosts: str = ""
    """Further names, with commas, under which the web process is reached."""

    @field_validator("public_url")
    @classmethod
    def _an_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            msg = "an address begins with http:// or https://"
            raise ValueError(msg)
        return url.rstrip("/")

    @property
    def signing_key(self) -> bytes:
        """What links and tokens are signed with; made on first need, readable by its owner only.

        Each use adds a purpose of its own (`salt`), so that no signature fits another use.
        """
        given = self.secret.get_secret_value()
        return given.encode() if given else _kept_secret(self.home / "secret.key")

    @property
    def older_keys(self) -> list[bytes]:
        """What was signed with before; the file `secret.key.before` in `home` where none is set."""
        given = self.secret_before.get_secret_value()
        if given:
            return [given.encode()]
        kept = self.home / "secret.key.before"
        return [kept.read_bytes().strip()] if kept.is_file() else []

    def key_of_webhook(self, salt: str) -> bytes:
        """Return what a webhook's secret is made from: the ones from before keep theirs."""
        return self.webhook_key if salt.startswith("w") else self.signing_key

    @property
    def webhook_key(self) -> bytes:
        """What secrets of webhooks are made from: another than links are signed with."""
        given = self.webhook_secret.get_secret_value()
        return given.encode() if given else _kept_secret(self.home / "webhook.key")

    mail_per_hour: int = Field(default=0, ge=0, le=LARGEST_COUNT)
    """Mails that may leave in an hour, of all campaigns together; 0: no limit."""
    bounces_dir: Path | None = None
    """A Maildir, or a folder of `.eml` files, into which the notices of mail that came back are
    delivered; the sweep reads it."""

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'thidua.db'}"

    @property
    def playbooks(self) -> Path:
        """Playbooks of one's own, to be chosen in the form that starts a campaign."""
        return self.home / "playbooks"

    @property
    def maildir(self) -> Path:
        """Where mail goes as `.eml` files while no SMTP host is set."""
        return self.home / "mail"

    @property
    def prefect_home(self) -> Path:
        """Prefect's own folder; nothing of a campaign is lost with it."""
        return self.home / "prefect"

    @property
    def logs(self) -> Path:
        """Log files."""
        return self.home / "logs"

    @property
    def documents(self) -> Path:
        """Files written for people: lists, exports, corrections."""
        return self.home / "documents"


def _kept_secret(path: Path) -> bytes:
    """Return the secret in a file, made if it is not there; of two makers one wins, for both."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
    return path.read_bytes().strip()
