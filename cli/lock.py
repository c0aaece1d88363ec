"""Does another command run the engine in this folder? A lock that ends with its process."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_NAME = ".engine.lock"


@contextmanager
def lock_file(home: Path) -> Iterator[IO[bytes]]:
    """Open the lock file of an installation; closing it gives the lock back."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _NAME).open("ab") as file:
        yield file


def taken(file: IO[bytes], *, wait: bool) -> bool:
    """Take the lock; False where another process has it and `wait` is off."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True
