"""Where do playbooks come from: those that come with the program, and files of the user?"""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from campaigns.rules.playbook.errors import PlaybookInvalid, PlaybookNotFound
from campaigns.rules.playbook.faults import Fault, Mark, told
from campaigns.rules.playbook.json_schema import json_schema
from campaigns.rules.playbook.reading import playbook_hash, read_playbook
from campaigns.rules.playbook.shape import nearest
from campaigns.rules.playbook.tree import MAXIMUM_CHARACTERS, parse_tree
from language import Language, _
from schemas.imports import FileUnreadable
from schemas.playbook.playbook import Playbook
from schemas.playbook.problems import PlaybookProblem, PlaybookSummary

_SUFFIXES = (".yaml", ".yml")
_BYTES_PER_CHARACTER = 4
_LIMIT = (MAXIMUM_CHARACTERS + 1) * _BYTES_PER_CHARACTER

Checked = tuple[Playbook | None, tuple[PlaybookProblem, ...]]


def list_playbooks() -> tuple[PlaybookSummary, ...]:
    """Say which playbooks come with the program, by name."""
    return tuple(_summary(load_playbook(name)) for name in _shipped())


def load_playbook(name_or_path: str, language: Language = "vi") -> Playbook:
    """Return the playbook of this name or in this file.

    A bare name means a playbook that comes with the program; anything with a slash or a suffix
    `.yaml` is a file. Raises `PlaybookNotFound` with the name probably meant, and
    `PlaybookInvalid` with every problem as `file:line:column`, `FileUnreadable`.
    """
    _, playbook, problems = _check(name_or_path, language)
    if playbook is None:
        errors = [problem for problem in problems if problem.level == "error"]
        raise PlaybookInvalid("\n".join(str(problem) for problem in errors), errors)
    return playbook


def check_playbook(path: str | Path, language: Language = "vi") -> Checked:
    """Say everything that is wrong or doubtful with the playbook in a file.

    A bare name is taken as in `load_playbook`. Beside the checks of `read_playbook`: a file that
    bears the name and version of a shipped playbook, with other content, is warned about, because
    two different campaigns would then cite the same rules.

    Raises `PlaybookNotFound`, `FileUnreadable`.
    """
    text, playbook, problems = _check(str(path), language)
    shipped = _shipped().get(playbook.playbook) if playbook else None
    if playbook is None or shipped is None:
        return playbook, problems
    released = load_playbook(playbook.playbook)
    same_version = released.version == playbook.version
    if not same_version or playbook_hash(released) == playbook_hash(playbook):
        return playbook, problems
    values = {"playbook": playbook.playbook, "version": str(playbook.version)}
    fault = Fault("released_playbook_changed", ("playbook",), values, "warn")
    tree, _ = parse_tree(text)
    mark = tree.find(("playbook",)) if tree else Mark(1, 1)
    return playbook, (told(fault, mark, str(path), language), *problems)


def playbook_schema() -> str:
    """Return the JSON Schema of a playbook, for editors; labels may be plain text."""
    return json_schema()


def _summary(playbook: Playbook) -> PlaybookSummary:
    return PlaybookSummary(
        playbook=playbook.playbook,
        version=playbook.version,
        code=playbook.code,
        name=playbook.name,
        subject_kinds=tuple(kind.name for kind in playbook.subject_kinds),
        hash=playbook_hash(playbook),
    )


def _shipped() -> dict[str, Traversable]:
    files = sorted(resources.files("playbooks").iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".yaml"): file for file in files if file.name.endswith(".yaml")}


def _check(
    name_or_path: str, language: Language
) -> tuple[str, Playbook | None, tuple[PlaybookProblem, ...]]:
    text = _read(_found(name_or_path), name_or_path, language)
    if isinstance(text, PlaybookProblem):
        return "", None, (text,)
    return text, *read_playbook(text, name_or_path, language)


def _found(name_or_path: str) -> Traversable:
    shipped = _shipped()
    if name_or_path in shipped:
        return shipped[name_or_path]
    path = Path(name_or_path)
    # is_file also says no to a name no file system takes (a NUL, too long).
    if _is_file(path):
        return path
    stem = path.name
    for suffix in _SUFFIXES:
        stem = stem.removesuffix(suffix)
    raise PlaybookNotFound(name_or_path, tuple(shipped), nearest(stem, shipped))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _read(file: Traversable, name: str, language: Language) -> str | PlaybookProblem:
    """Read a file no further than a playbook may be long; the reader refuses what is longer."""
    try:
        with file.open("rb") as stream:
            raw = stream.read(_LIMIT)
    except OSError as error:
        raise FileUnreadable(
            _(
                "{file} cannot be read ({problem}); check its permissions.",
                file=name,
                problem=error.strerror,
            )
        ) from error
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        was_cut = len(raw) == _LIMIT and error.start > _LIMIT - _BYTES_PER_CHARACTER
        if was_cut:
            return raw[: error.start].decode("utf-8")
        return _not_utf8(raw, error.start, name, language)


def _not_utf8(raw: bytes, position: int, name: str, language: Language) -> PlaybookProblem:
    line = raw.count(b"\n", 0, position) + 1
    before = raw[raw.rfind(b"\n", 0, position) + 1 : position]
    column = len(before.decode("utf-8")) + 1
    return told(Fault("not_utf8"), Mark(line, column), name, language)
