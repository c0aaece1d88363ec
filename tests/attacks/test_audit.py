"""Somebody who may write to the database changes what was decided; the command finds it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from campaigns.services.log import audit
from tests.attacks.record import Attempts
from tests.databases import Database
from tests.edits import EDITS
from tests.played import play
from tests.rehearsals import thidua
from tests.world import CODE, make_world

SHORT = ("a score", "the decision's number")


def test_edits_of_what_was_decided_are_found_by_the_command(
    attempt: Attempts, sqlite_template: Path, tmp_path: Path, is_long: bool
):
    home = tmp_path / "home"
    home.mkdir()
    path = home / "thidua.db"
    shutil.copyfile(sqlite_template, path)
    world = make_world(Database("sqlite", f"sqlite:///{path}"))
    play(world)
    head = world.read(audit.anchor)
    world.store.engine.dispose()
    whole = path.read_bytes()

    untouched = thidua("--lang", "en", "audit", "verify", CODE, "--expect", head, home=home)
    attempt("nothing was changed", held=untouched.returncode == 0)
    for what in EDITS if is_long else SHORT:
        path.write_bytes(whole)
        with sqlite3.connect(path) as connection:
            connection.execute(EDITS[what][0])
        connection.close()
        found = thidua("--lang", "en", "audit", "verify", CODE, home=home)
        attempt(what, held=found.returncode == 2 and "not what the log says" in found.stderr)
    path.write_bytes(whole)
    number, _, digest = head.partition(":")
    other = f"{number}:{digest[::-1]}"
    forged = thidua("--lang", "en", "audit", "verify", CODE, "--expect", other, home=home)
    attempt("another log than was noted", held=forged.returncode == 2)
    gone = f"{int(number) + 1}:{digest}"
    cut = thidua("--lang", "en", "audit", "verify", CODE, "--expect", gone, home=home)
    attempt("a log that ends before", held=cut.returncode == 2 and "ends before it" in cut.stderr)
