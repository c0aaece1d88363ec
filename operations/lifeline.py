"""Why does no process outlive the one that started it? It ends when its standard input closes.

However the starter ends, `kill -9` included, the system closes the other end of that pipe. What
the process has started itself, such as the runs of a worker, ends before it does.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Final

import psutil

_RUNS_SECONDS: Final = 3.0
_OWN_SECONDS: Final = 6.0


def hold_on_to_the_starter() -> None:
    """End this process, and those it started, as soon as its standard input closes."""
    threading.Thread(target=_end_with_the_starter, daemon=True).start()


def _end_with_the_starter() -> None:
    # A raw read: a buffered one holds a lock that the interpreter wants when it ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    end_descendants()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_OWN_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)


def end_descendants() -> None:
    """End all processes below this one, first asking, then not."""
    below = psutil.Process().children(recursive=True)
    for one in below:
        _send(one, signal.SIGTERM)
    _, alive = psutil.wait_procs(below, timeout=_RUNS_SECONDS)
    for one in alive:
        _send(one, signal.SIGKILL)


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(number)
