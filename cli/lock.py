"""Does another command run the engine in this folder? A lock that ends with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ENGINE = ".engine.lock"
"""Held by whoever runs Prefect in a home: a command for its cycle, `thidua up` all the time."""
UP = ".up.lock"
"""Held by `thidua up`."""


def make_private(home: Path) -> None:
    """Make an installation's folder, for its owner only; one that is there stays as it is."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)


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
