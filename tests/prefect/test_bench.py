"""Can the bench ask Prefect's server, guarded as ours is, what it has recorded?"""

from __future__ import annotations

import subprocess
import sys

from tests.processes import ROOT, own_environment

ASKED = """
from bench.through_prefect import wait_until_ready, recorded
from campaigns.settings import Settings
from operations.prefect.server import local_api
with local_api(Settings()) as api:
    wait_until_ready(api)
    print(recorded())
"""


def test_bench_learns_what_the_server_recorded(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env=own_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "0\n", done.stderr
