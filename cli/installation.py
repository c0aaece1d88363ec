"""Which installation does a command work on? Imported late: it brings the database with it."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from campaigns.bootstrap import App, app
from campaigns.rules.errors import CampaignError
from campaigns.settings import Settings

HERE = "system:command-line"
"""The actor of what is done here without naming a person, such as an import."""


class SettingsInvalid(CampaignError):
    """A setting of the installation cannot be understood."""

    def __init__(self, problem: ValidationError) -> None:
        found = "; ".join(
            f"THIDUA_{'.'.join(map(str, error['loc'])).upper()}: {error['msg']}"
            for error in problem.errors(include_input=False)
        )
        super().__init__(f"The settings cannot be used: {found}.")


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
        SettingsInvalid, HomeNotReady: It cannot be; the error says what to do.
    """
    open_settings()
    return app()


def make_folders(settings: Settings) -> None:
    """Make the folders of an installation; those that are there stay as they are."""
    for folder in (settings.home, settings.logs, settings.documents):
        folder.mkdir(parents=True, exist_ok=True)


def use_home(home: Path) -> None:
    """Let this process, and those it starts, work on the installation in `home`."""
    os.environ["THIDUA_HOME"] = str(home)
    os.environ["THIDUA_DATABASE_URL"] = ""  # never a shared database, nor one named in .env
