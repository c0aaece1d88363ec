"""Where does an installation keep what it has? One folder holds it all: `THIDUA_HOME`."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of an installation, from the environment or a `.env` file in the working folder."""

    model_config = SettingsConfigDict(env_prefix="THIDUA_", env_file=".env", extra="ignore")

    home: Path = Path(".thidua")
    """Database, Prefect's home, Maildir, logs and documents live under this folder."""
    database_url: str = ""
    """Another database than the SQLite file in `home`, e.g. `postgresql+psycopg://host/thidua`."""
    language: str = ""
    """`vi` or `en`; empty: by the locale."""

    accept_valid: bool = False
    """A rehearsal takes the good rows of a recorded table although others have errors; those go to
    `documents`, as a workbook to correct."""

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{self.home.absolute() / 'thidua.db'}"

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
