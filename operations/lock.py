"""Does another command run the engine in this folder? A lock that ends with its process."""

from __future__ import annotations

import fcntl
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from language import N_, Sayable, _
from language.errors import Kind, Refusal
from operations.language import language_of

ENGINE = ".engine.lock"
"""Held by whoever runs Prefect in a home: a command for its cycle, `thidua up` all the time."""
UP = ".up.lock"
"""Held by `thidua up`."""
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_PRIVATE: Final = 0o700
_OURS: Final = ("secret.key", "thidua.db", ENGINE, UP)
HOME_CLOSED = _("Others could enter {home} (mode {mode}); it is now open to its owner only.")


class HomeOpen(Refusal):
    """Others can enter the folder of an installation, and closing it is not ours to do."""

    kind = Kind.NOT_ALLOWED
    message = N_("Others can enter {home} (mode {mode:04o}), and {why}.")
    remedy = N_(
        "An installation holds the signing key and people's data: name a folder of its own with "
        "THIDUA_HOME, or close this one yourself (chmod 700 {home})."
    )

    def __init__(self, home: Path, mode: int, why: Sayable) -> None:
        super().__init__(home=home, mode=mode, why=why)


def make_private(home: Path) -> None:
    """Make an installation's folder for its owner only, or close the one that is there.

    Raises:
        HomeOpen: It is open, and belongs to somebody else or holds other things as well.
    """
    home.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    close_home(home)


def close_home(home: Path) -> None:
    """See to it that nobody else can enter a home; where it is there.

    Raises:
        HomeOpen: They can, and it belongs to somebody else or holds other things as well.
    """
    try:
        found = home.stat()
    except OSError:
        return  # whoever needs it says so
    mode = stat.S_IMODE(found.st_mode)
    if not mode & OTHERS:
        return
    if found.st_uid != os.geteuid():
        raise HomeOpen(home, mode, _("it belongs to another user"))
    if not _is_an_installation(home):
        raise HomeOpen(home, mode, _("it holds other files as well"))
    home.chmod(_PRIVATE)
    for path in home.rglob("*"):
        with suppress(OSError):  # a process of ours may take one away meanwhile
            _close(path)
    sys.stderr.write(
        HOME_CLOSED.say(language_of(sys.argv[1:], os.environ), home=home, mode=f"{mode:04o}") + "\n"
    )


def _close(path: Path) -> None:
    """Take others' rights from a file: what was moved elsewhere or copied stays closed as well."""
    mode = stat.S_IMODE(path.lstat().st_mode)
    if mode & OTHERS and not path.is_symlink():
        path.chmod(mode & ~OTHERS)


def _is_an_installation(home: Path) -> bool:
    """Say whether a folder is ours to close: it has what each has, or nothing yet."""
    return any((home / name).exists() for name in _OURS) or not any(home.iterdir())


@contextmanager
def lock_file(home: Path, name: str = ENGINE) -> Iterator[IO[bytes]]:
    """Open the lock file of an installation; closing it gives the lock back."""
    make_private(home)
    with (home / name).open("ab") as file:
        yield file


def taken(file: IO[bytes], *, wait: bool) -> bool:
    """Take the lock; False where another process has it and `wait` is off."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


def is_up(home: Path) -> bool:
    """Say whether `thidua up` runs in this home."""
    if not (home / UP).exists():
        return False
    with lock_file(home, UP) as file:
        return not taken(file, wait=False)


def is_in_use(home: Path) -> bool:
    """Say whether `thidua up`, or a command that runs the engine, works in this home."""
    if is_up(home):
        return True
    if not (home / ENGINE).exists():
        return False
    with lock_file(home) as file:
        return not taken(file, wait=False)
