"""What must be there before the API can be used? Units, people, and a token for each of them.

    python examples/api-campaign/prepare.py FOLDER

imports the tables beside this file with the command `thidua` and writes `FOLDER/tokens.json`, which
only its owner may read.
"""
# ruff: noqa: INP001, T201, S603 - a script that calls the command as people do

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SCOPES = {
    "dieu-phoi": "read,coordinate",
    "lanh-dao-1": "read,approve",
    "lanh-dao-2": "read,approve",
    "de-cu-bt": "read,nominate",
    "de-cu-mc": "read,nominate",
    "tham-dinh-1": "read,review",
    "tham-dinh-2": "read,review",
}


def thidua(*arguments: str) -> str:
    """Run the command and return what it printed."""
    command = [os.environ.get("THIDUA", "thidua"), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def main() -> None:
    """Import the registers and make the tokens."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    thidua("import", "units", str(HERE / "units.csv"))
    thidua("import", "people", str(HERE / "people.csv"))
    tokens = {
        person: thidua("token", "create", "--for", person, "--scope", scopes, "--days", "1").strip()
        for person, scopes in SCOPES.items()
    }
    path = folder / "tokens.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(tokens, file)
    print(f"{len(tokens)} tokens are in {path}.")


if __name__ == "__main__":
    main()
