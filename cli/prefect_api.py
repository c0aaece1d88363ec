"""The local Prefect API: a server for as long as one command runs, started by `cli.engine`.

It ends when its standard input closes, so that it never outlives the command that started it,
however that one ends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading


def _end_with_the_starter() -> None:
    # A raw read: a buffered one holds a lock that the interpreter wants when it ends.
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Serve Prefect's API on the port named on the command line."""
    threading.Thread(target=_end_with_the_starter, daemon=True).start()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        log_level="error",
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
