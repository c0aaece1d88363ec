"""What is in a backup? One tar file: a manifest with checksums, the database, files for people."""

from __future__ import annotations

import hashlib
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from campaigns.rules.backup.errors import BackupUnreadable
from campaigns.settings import Settings
from campaigns.store import copies, schema
from campaigns.store.database import open_engine
from documents.writing.tables import replacing
from language import _
from notifications.sending.kept_mail import without_links

FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_SQLITE, _DUMP = "database.sqlite", "database.dump"
_FOLDERS: Final = ("documents", "mail", "playbooks")
_SECRET: Final = "secret.key"  # noqa: S105 - the name of a file


class Member(BaseModel):
    """A file in a backup."""

    model_config = ConfigDict(extra="forbid")

    name: str
    size: int
    sha256: str


class Head(BaseModel):
    """The last event of a campaign."""

    number: int
    hash: str


class Manifest(BaseModel):
    """What a backup says of itself."""

    format: int
    program: str
    database: str
    """`sqlite` or `postgresql`."""
    revision: str
    created_at: datetime
    members: tuple[Member, ...]
    heads: dict[str, Head]


def write(settings: Settings, out: Path, now: datetime, *, with_secret: bool) -> Manifest:
    """Write a backup; a whole one, or none.

    Raises:
        ToolMissing, ToolFailed: PostgreSQL's own program cannot do it.
    """
    with (
        replacing(out) as draft,
        tempfile.TemporaryDirectory(dir=draft.parent, prefix=".thidua-backup-") as folder,
    ):
        name = _SQLITE if copies.is_sqlite(settings.database) else _DUMP
        copy = Path(folder) / name
        heads = _copy_database(settings, copy)
        files = _files(settings, with_secret=with_secret)
        found = [(name, copy), *_links_withheld(files, Path(folder))]
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                members = [_add(tar, member, path) for member, path in found]
                manifest = Manifest(
                    format=FORMAT,
                    program=version("thidua"),
                    database="sqlite" if name == _SQLITE else "postgresql",
                    revision=heads[0],
                    created_at=now,
                    members=tuple(one for one in members if one),
                    heads=heads[1],
                )
                text = Path(folder) / _MANIFEST
                text.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
                _add(tar, _MANIFEST, text)
            file.flush()
            os.fsync(file.fileno())
    return manifest


def _copy_database(settings: Settings, copy: Path) -> tuple[str, dict[str, Head]]:
    """Copy the database; return its version and the last events that are surely in the copy."""
    copies_itself = copies.is_sqlite(settings.database)
    if copies_itself:
        copies.copy_out(settings.database, copy)
    engine = open_engine(f"sqlite:///{copy}" if copies_itself else settings.database)
    try:
        have = schema.present(engine)
        if have is None or have > schema.wanted():
            schema.ensure_current(engine)
        heads = copies.heads(engine)
    finally:
        engine.dispose()
    if copies_itself:
        for beside in (f"{copy}-wal", f"{copy}-shm"):
            Path(beside).unlink(missing_ok=True)
    else:
        copies.copy_out(settings.database, copy)
    return have or "", {
        code: Head(number=number, hash=digest) for code, (number, digest) in heads.items()
    }


def _links_withheld(files: Iterable[tuple[str, Path]], folder: Path) -> Iterator[tuple[str, Path]]:
    """Hand files on; of a mail with a living link, a copy whose link opens nothing."""
    for number, (name, path) in enumerate(files):
        if path.suffix == ".eml":
            octets = path.read_bytes()
            withheld = without_links(octets)
            if withheld != octets:
                copy = folder / f"{number}.eml"
                copy.write_bytes(withheld)
                yield name, copy
                continue
        yield name, path


def _files(settings: Settings, *, with_secret: bool) -> Iterator[tuple[str, Path]]:
    for folder in _FOLDERS:
        for path in sorted((settings.home / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(settings.home).as_posix(), path
    if with_secret and (settings.home / _SECRET).exists():
        yield _SECRET, settings.home / _SECRET


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Member | None:
    """Add a file as it is now; one that has gone since it was listed is left out."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            file.seek(0)
            info = tarfile.TarInfo(name)
            info.size, info.mode, info.mtime = size, 0o600, int(path.stat().st_mtime)
            tar.addfile(info, file)
    except FileNotFoundError:
        return None
    return Member(name=name, size=size, sha256=digest)


@contextmanager
def opened(file: Path, beside: Path) -> Iterator[tuple[Manifest, Path]]:
    """Unpack a backup into a folder beside where it shall go, and check every file of it.

    The folder goes with the block, unless it was moved to its place.

    Raises:
        BackupUnreadable: It is no backup, or not as it was written.
    """
    beside.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=beside.parent, prefix=f".{beside.name}.restoring-"))
    try:
        try:
            with tarfile.open(file, "r:gz") as tar:
                tar.extractall(folder, filter="data")
            manifest = Manifest.model_validate_json((folder / _MANIFEST).read_bytes())
        except (tarfile.TarError, EOFError, ValidationError, FileNotFoundError) as problem:
            if not file.exists():
                raise
            raise BackupUnreadable(file, _("it is no whole backup")) from (problem)
        _check(file, manifest, folder)
        yield manifest, folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check(file: Path, manifest: Manifest, folder: Path) -> None:
    # Versions of the database are numbered; what comes later is not known here.
    if manifest.format != FORMAT or manifest.revision > schema.wanted():
        raise BackupUnreadable(file, _("a newer program has written it (install that one)"))
    known = {one.name: one for one in manifest.members}
    there = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    } - {_MANIFEST}
    if there != known.keys() or not all(map(_is_ours, known)):
        raise BackupUnreadable(file, _("files are missing or added"))
    for name, member in known.items():
        with (folder / name).open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != member.sha256:
                raise BackupUnreadable(file, _("{name} was changed", name=name))


def _is_ours(name: str) -> bool:
    top = PurePosixPath(name).parts[0]
    return top in _FOLDERS or name in {_SECRET, _SQLITE, _DUMP}
