"""A run's own process: Prefect's engine, which carries out flows of ours and no others (ADR 0034).

python -P -m operations.prefect.run        which run, says the environment of a worker
"""

from __future__ import annotations

import os
import runpy
import sys


def main() -> None:
    """Carry out the run."""
    os.umask(0o077)
    from flows.own import heed_own_flows_only

    heed_own_flows_only()
    sys.argv = ["prefect.engine"]
    sys.modules.pop("prefect.engine", None)  # it is the program now, not a module of another
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
