"""Why does a new home not wait for Prefect's migrations? Its database is a prepared copy.

An empty database takes its 10 to 20 seconds once per installation and version, at `make setup` or
when it is first needed. Each home then gets a copy of its own. Nothing depends on it: whatever
hinders it, Prefect's server migrates an empty database itself, as it always did.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Final

FOLDER: Final = Path(sys.prefix) / "share" / "thidua" / "prefect"
"""Beside the programs it belongs to: as trusted as they are, and gone when they are."""
DATABASE: Final = "prefect.db"
_LOCK: Final = ".lock"
_PATIENCE_SECONDS: Final = 300


def lay_out(home: Path, folder: Path = FOLDER) -> bool:
    """Give a Prefect home that has no database the prepared one; say whether it got it."""
    database = home / DATABASE
    if database.exists():
        return False
    content = prepared(folder)
    if content is None:
        return False
    home.mkdir(parents=True, exist_ok=True)
    _write(database, content)
    return True


def is_prepared(folder: Path = FOLDER) -> bool:
    """Say whether a new home will have its database at once."""
    return any(folder.glob(f"{_name()}-*.db"))


def prepared(folder: Path = FOLDER) -> bytes | None:
    """Return the prepared database of this version, made on first need; None: it cannot be made.

    Of several processes that need it at once one makes it, and the others wait.
    """
    content = _whole(folder)
    if content is not None:
        return content
    try:
        with _alone(folder):
            return _whole(folder) or _prepare(folder)
    except (OSError, subprocess.SubprocessError):
        return None


def _name() -> str:
    """Name all that may change what an empty database looks like."""
    return "-".join(f"{name}-{version(name)}" for name in ("prefect", "sqlalchemy", "alembic"))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _whole(folder: Path) -> bytes | None:
    """Read the prepared database; one that is not what its name says is none."""
    for path in folder.glob(f"{_name()}-*.db"):
        with suppress(OSError):
            content = path.read_bytes()
            if path.stem.endswith(_digest(content)):
                return content
    return None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    _make_readable(folder)
    with (folder / _LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_readable(folder: Path) -> None:
    """Make a folder readable for whoever may run the programs; this process makes others closed."""
    for one in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        one.mkdir(exist_ok=True)
        one.chmod(0o755)


def _prepare(folder: Path) -> bytes:
    """Make it, and throw away what is of another version, damaged or was left half made."""
    for left in folder.iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif left.name != _LOCK:
            left.unlink()
    with tempfile.TemporaryDirectory(dir=folder) as home:
        content = _migrated(Path(home))
    # Whoever may run the programs may read it: there is nothing in it but empty tables.
    _write(folder / f"{_name()}-{_digest(content)}.db", content, mode=0o644)
    return content


def _migrated(home: Path) -> bytes:
    """Let Prefect's own command migrate an empty database, and read it."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    told |= {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    subprocess.run(
        [sys.executable, "-P", "-m", "prefect", "server", "database", "upgrade", "--yes"],
        cwd=home,  # Prefect would heed the `.env` and `prefect.toml` of any other folder
        env=told,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_PATIENCE_SECONDS,
        check=True,
    )
    beside = home / f"{DATABASE}-wal"
    if beside.exists():
        raise FileExistsError(beside)  # closed in order, SQLite leaves one whole file
    return (home / DATABASE).read_bytes()


def _write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Let a file appear whole or not at all, whatever happens meanwhile."""
    descriptor, draft = tempfile.mkstemp(prefix=path.name, dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


if __name__ == "__main__":
    sys.stdout.write(
        "setup: Prefect's database is prepared\n"
        if prepared()
        else "setup: Prefect's database is prepared by each new home itself\n"
    )
