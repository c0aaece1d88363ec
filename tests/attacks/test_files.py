"""Can other users of the machine read or change what an installation keeps?"""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from operations.lock import HomeOpen, close_home, make_private
from tests.attacks.prefect_servers import modes_open_to_others
from tests.attacks.record import Attempts
from tests.processes import ROOT, clean_environment

EXAMPLE = ROOT / "examples" / "ben-tre-2023"
THIDUA = str(Path(sys.executable).with_name("thidua"))
OPEN = (0o755, 0o777, 0o750, 0o701, 0o770)


def run(home: Path, *words: str, umask: int = 0) -> subprocess.CompletedProcess[str]:
    """Type a command as a user whose shell keeps nothing closed."""
    return subprocess.run(
        [THIDUA, "--lang", "en", *words],
        cwd=ROOT,
        env=clean_environment(THIDUA_HOME=str(home)),
        capture_output=True,
        text=True,
        check=False,
        umask=umask,
    )


def test_what_commands_write_is_closed_whatever_the_umask(
    tmp_path: Path, attempt: Attempts, is_long: bool
):
    for umask in (0o000, 0o022, 0o002) if is_long else (0o000,):
        home, out = tmp_path / f"home-{umask:o}", tmp_path / f"out-{umask:o}"
        out.mkdir()
        for words in (
            ["init"],
            ["import", "units", str(EXAMPLE / "units.csv")],
            ["import", "people", str(EXAMPLE / "people.csv"), "--from", "2023-01-01"],
            ["campaign", "create", "--playbook", "dan-van-kheo"],
            ["template", "nominations", "--out", str(out / "form.xlsx")],
            ["backup", str(out / "backup.tar.gz"), "--with-secret"],
        ):
            done = run(home, *words, umask=umask)
            assert done.returncode == 0, done.stdout + done.stderr
        attempt(f"home under {umask:03o}", held=modes_open_to_others(home) == [])
        written = [path for path in out.iterdir() if path.stat().st_mode & 0o077]
        assert list(out.iterdir())
        attempt(f"files for people under {umask:03o}", held=written == [])


def test_open_home_is_closed_with_a_word(tmp_path: Path, attempt: Attempts, is_long: bool):
    home = tmp_path / "home"
    assert run(home, "init").returncode == 0
    for mode in OPEN if is_long else OPEN[:1]:
        home.chmod(mode)
        (home / "thidua.db").chmod(0o666)

        done = run(home, "campaign", "list")

        attempt(f"mode {mode:o}", held=modes_open_to_others(home) == [])
        assert f"mode {mode:04o}" in done.stderr
        assert "Others could enter" in done.stderr
    assert "Others" not in run(home, "campaign", "list").stderr


@pytest.mark.parametrize("mode", OPEN)
def test_home_open_in_any_way_is_closed(tmp_path: Path, mode: int, attempt: Attempts):
    home = tmp_path / "home"
    make_private(home)
    (home / "secret.key").touch(0o644)
    home.chmod(mode)

    close_home(home)

    attempt(f"mode {mode:o}", held=modes_open_to_others(home) == [])


def test_doctor_looks_at_an_open_home(tmp_path: Path):
    home = tmp_path / "home"
    assert run(home, "init").returncode == 0
    home.chmod(0o755)

    done = run(home, "doctor")

    assert done.returncode == 2
    assert "others can enter" in done.stdout


@pytest.mark.parametrize("mode", [0o755, 0o1777])
def test_folder_of_other_things_is_refused_and_left_as_it_is(
    tmp_path: Path, mode: int, attempt: Attempts
):
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "of-others.txt").touch()
    shared.chmod(mode)

    done = run(shared, "init")

    attempt("folder of others", held=done.returncode == 2)
    assert "chmod 700" in done.stderr
    assert stat.S_IMODE(shared.stat().st_mode) == mode
    assert [path.name for path in shared.iterdir()] == ["of-others.txt"]


def test_home_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    home = tmp_path / "home"
    make_private(home)
    home.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)

    with pytest.raises(HomeOpen, match="another user"):
        close_home(home)
