"""A command as a part of `thidua up`: it ends with `up`, however that ends.

python -m operations.processes.child MODULE ARGUMENTS
"""

from __future__ import annotations

import os
import runpy
import sys

from operations.lifeline import hold_on_to_the_starter


def main() -> None:
    """Run a module as the command it is."""
    os.umask(0o077)
    hold_on_to_the_starter()
    module = sys.argv[1]
    del sys.argv[0]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
