"""A Prefect API that ends with its starter: for one command, or as a part of `thidua up`."""

from __future__ import annotations

import sys
from typing import Final

from cli.lifeline import hold_on_to_the_starter

_LOOPBACK: Final = "127.0.0.1"


def main() -> None:
    """Serve Prefect's API on the port, and the address, named on the command line."""
    hold_on_to_the_starter()
    import uvicorn

    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=sys.argv[2] if sys.argv[2:] else _LOOPBACK,
        port=int(sys.argv[1]),
        log_level="error",
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
