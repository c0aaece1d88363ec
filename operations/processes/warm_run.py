"""How does a run begin without an interpreter's start? A warm process forks it (ADR 0030).

A worker starts this file for each run, without site-packages: in 20 ms it asks the warm process of
`thidua up` for the run, hands on signals, and ends with the run's exit code. Where there is none,
or its code is no longer that of the files, this process becomes the run itself, as ever.
"""

from __future__ import annotations

import array
import json
import os
import signal
import socket
import sys
from contextlib import suppress

SOCKET = "THIDUA_WARM_RUNS"
"""The variable that names where the warm process listens."""
_ANSWER_SECONDS = 5.0


def main() -> None:
    """Have the run done."""
    os.umask(0o077)
    path = os.environ.get(SOCKET)
    if path:
        with suppress(OSError, ValueError):  # nobody listens there any more
            _ask(path)
    os.execv(sys.executable, [sys.executable, "-P", "-m", "operations.prefect.run"])  # noqa: S606 - itself


def _ask(path: str) -> None:
    """Ask for the run; return where it is refused, and end with it where not."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_ANSWER_SECONDS)
        line.connect(path)
        wanted = json.dumps({"cwd": os.getcwd(), "env": dict(os.environ)}).encode()  # noqa: PTH109 - pathlib is slow to import
        streams = array.array("i", (0, 1, 2))
        head = len(wanted).to_bytes(8, "big")
        line.sendmsg([head], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, streams)])
        line.sendall(wanted)
        told = line.makefile("r")
        pid = int(told.readline() or 0)
        if not pid:
            return
        line.settimeout(None)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: _hand_on(pid, number))
        # A warm process that died cannot tell: whoever reads this takes the run for failed.
        code = int(told.readline() or 1)
    if code < 0:
        signal.signal(-code, signal.SIG_DFL)
        os.kill(os.getpid(), -code)
    os._exit(code)


def _hand_on(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


if __name__ == "__main__":
    main()
