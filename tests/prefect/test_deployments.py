"""`prefect.yaml` is deployed to a real server and read back: what breaks in it, breaks here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def prefect(api_url: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", *arguments],
        cwd=ROOT,
        env={**os.environ, "PREFECT_API_URL": api_url},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def deployments(prefect_api: str) -> dict[str, str]:
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - takes seconds to import

    prefect(prefect_api, "work-pool", "create", "thidua", "--type", "process")
    prefect(prefect_api, "deploy", "--all")
    with get_client(sync_client=True) as client:
        found = client.read_deployments()
    return {one.name: one.entrypoint or "" for one in found}


def test_deployments_are_registered_by_their_names(deployments: dict[str, str]) -> None:
    assert set(deployments) == {"campaign-cycle", "deliver-notifications"}


def test_entrypoints_name_modules_not_paths(deployments: dict[str, str]) -> None:
    assert deployments["campaign-cycle"] == "flows.cycle:campaign_cycle"
