"""Where does measured mail go? To Postfix's `smtp-sink` on this machine, which throws it away."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bench.ports import free_port

_NAME: Final = "smtp-sink"
HINT: Final = "needs smtp-sink: apt-get install postfix (Debian, Ubuntu), then repeat"


def is_there() -> bool:
    """Say whether the program is installed."""
    return _path() is not None


def _path() -> str | None:
    return shutil.which(_NAME, path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@contextmanager
def sink() -> Iterator[int]:
    """Run an SMTP server that throws everything away; give its port."""
    port = free_port()
    drop_rights = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([str(_path()), *drop_rights, f"127.0.0.1:{port}", "100"])
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()
