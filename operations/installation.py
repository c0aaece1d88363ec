"""Which installation does a command work on? Imported late: it brings the database with it."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from campaigns.bootstrap import App, app
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import open_engine
from language import N_
from language.errors import Kind, Refusal
from operations.lock import close_home, make_private
from schemas.actors import CONSOLE

HERE = CONSOLE
"""The actor of what is done here without naming a person, such as an import."""


class SettingsInvalid(Refusal):
    """A setting of the installation cannot be understood."""

    kind = Kind.INVALID
    message = N_("The settings cannot be used: {found}.")

    def __init__(self, problem: ValidationError) -> None:
        found = "; ".join(
            f"THIDUA_{'.'.join(map(str, error['loc'])).upper()}: {error['msg']}"
            for error in problem.errors(include_input=False)
        )
        super().__init__(found=found)


def open_settings() -> Settings:
    """Read the settings.

    Raises:
        SettingsInvalid: One of them cannot be understood.
    """
    try:
        return Settings()
    except ValidationError as problem:
        raise SettingsInvalid(problem) from problem


def open_app() -> App:
    """Open the installation.

    Raises:
        SettingsInvalid, HomeNotReady, HomeOpen: It cannot be; the error says what to do.
    """
    close_home(open_settings().home)
    return app()


def make_folders(settings: Settings) -> None:
    """Make the folders and the secret of an installation; what is there stays as it is."""
    make_private(settings.home)
    for folder in (settings.logs, settings.documents):
        folder.mkdir(parents=True, exist_ok=True)
    settings.signing_key  # noqa: B018 - made by being asked for


def use_home(home: Path, *, accept_valid: bool) -> None:
    """Let this process, and those it starts, work on the installation in `home` alone."""
    os.environ["THIDUA_HOME"] = str(home)
    os.environ["THIDUA_DATABASE_URL"] = ""  # not a shared database, even if .env names one
    os.environ["THIDUA_ACCEPT_VALID"] = str(accept_valid)


def prepare_database(settings: Settings) -> tuple[str | None, str]:
    """Bring the database to this version; return the version before, and now."""
    engine = open_engine(settings.database)
    try:
        before = schema.present(engine)
        return before, before if before == schema.wanted() else schema.upgrade(engine)
    finally:
        engine.dispose()


def database_versions(settings: Settings) -> tuple[str | None, str]:
    """Return the version the database has, and the one this program needs."""
    engine = open_engine(settings.database)
    try:
        return schema.present(engine), schema.wanted()
    finally:
        engine.dispose()


def database_place(settings: Settings) -> str:
    """Say where the database is, without a password."""
    if not settings.database_url:
        return str(settings.home / "thidua.db")
    engine = open_engine(settings.database)
    engine.dispose()
    return repr(engine.url)
