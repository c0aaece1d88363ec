"""Commands on a disk that is really full: `python -m tests.faults.full_disk FOLDER`.

Runs as root of a mount namespace of its own (`unshare -rm`), mounts a small disk on FOLDER, and
prints what each command came to, as JSON.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.processes import ROOT, clean_environment

SIZE = "16m"
EXAMPLE = ROOT / "examples" / "api-campaign"


def main() -> None:
    disk = Path(sys.argv[1])
    mount = str(shutil.which("mount"))
    subprocess.run([mount, "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(disk)], check=True)
    environment = clean_environment(
        THIDUA_HOME=str(disk / "home"), THIDUA_LANGUAGE="en", LANG="C.UTF-8"
    )

    def thidua(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def commands() -> dict[str, tuple[int, str]]:
        workbook, archive = str(disk / "empty.xlsx"), str(disk / "backup.tar.gz")
        return {
            "workbook": thidua("template", "nominations", "--out", workbook),
            "backup": thidua("backup", archive),
            "import": thidua("import", "people", str(EXAMPLE / "people.csv")),
        }

    def files() -> list[str]:
        return sorted(one.name for one in disk.iterdir())

    before = [thidua("init"), thidua("import", "units", str(EXAMPLE / "units.csv"))]
    before.append(thidua("campaign", "create", "--code", "DISK-1"))
    _fill(disk / "filler")
    full, left = commands(), files()
    (disk / "filler").unlink()
    after = commands()
    print(  # noqa: T201 - its answer
        json.dumps(
            {
                "before": before,
                "full": full,
                "left": left,
                "after": after,
                "files": files(),
                "audit": thidua("audit", "verify"),
            }
        )
    )


def _fill(path: Path) -> None:
    """Write until nothing more goes in."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue


if __name__ == "__main__":
    main()
