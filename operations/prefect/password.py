"""What opens Prefect's API? One password, of an installation's own: given by a setting, or kept.

Whoever knows it may start, cancel and delete runs of Prefect (docs/explanation/security.md). So it
is never empty, and its file is readable by its owner only.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from language import N_
from language.errors import Kind, Refusal

PASSWORD: Final = "prefect-password"  # noqa: S105 - the name of a file
SERVER: Final = "PREFECT_SERVER_API_AUTH_STRING"
CLIENT: Final = "PREFECT_API_AUTH_STRING"


class PrefectPasswordUnfit(Refusal):
    """What is set as Prefect's password is none."""

    kind = Kind.INVALID
    message = N_("{name} is no `user:password`.")
    remedy = N_(
        "set it to thidua:$(openssl rand -hex 16), for instance, and {SERVER} and {CLIENT} to "
        "the same. Without them thidua makes a password itself and keeps it in the file "
        "{PASSWORD}."
    )

    def __init__(self, name: str) -> None:
        super().__init__(name=name, SERVER=SERVER, CLIENT=CLIENT, PASSWORD=PASSWORD)


def server_password(home: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return `user:password` that a server asks for: as it is set, else the kept one.

    Raises:
        PrefectPasswordUnfit: What is set protects nothing.
    """
    return _given(environment, SERVER) or kept_password(home)


def client_password(home: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Return `user:password` that a client shows; empty: none is set, and none is kept here.

    Raises:
        PrefectPasswordUnfit: What is set is no password.
    """
    if given := _given(environment, CLIENT, SERVER):
        return given
    with suppress(OSError):
        return (home / PASSWORD).read_text(encoding="utf-8").strip()
    return ""


def be_known_to_prefect(home: Path) -> None:
    """Have Prefect's clients in this process show the password; before they read their settings.

    Raises:
        PrefectPasswordUnfit: What is set is no password.
    """
    if password := client_password(home):
        os.environ[CLIENT] = password


def _given(environment: Mapping[str, str], *names: str) -> str:
    for told in (environment, dotenv_values(".env")):
        for name in names:
            if given := (told.get(name) or "").strip():
                user, _, password = given.partition(":")
                if not user or not password:
                    raise PrefectPasswordUnfit(name)
                return given
    return ""


def kept_password(home: Path) -> str:
    """Return the password in the home, made on first need; of two makers one wins, for both."""
    path = home / PASSWORD
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(f"thidua:{secrets.token_urlsafe(24)}\n")
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink(missing_ok=True)
    return path.read_text(encoding="utf-8").strip()
