"""What is wrong with a playbook, where, and what would be right? And which playbooks are there?"""

from __future__ import annotations

from typing import Literal

from schemas.base import Code, Model, Text
from schemas.playbook.values import Label


class PlaybookProblem(Model):
    """One thing wrong or doubtful in a playbook, at its place in the file."""

    file: Text
    """Name of the file as the caller gave it."""
    line: int
    """From 1 on; 1 where the whole file is meant."""
    column: int
    """From 1 on, in characters."""
    path: Text
    """Place in the playbook, such as `approvals.launch.roles[0]`; empty for the whole file."""
    level: Literal["error", "warn"]
    """An error makes the playbook unusable; a warning asks whether this is meant."""
    code: Code
    """Stable name of the kind of problem, e.g. `unknown_key`."""
    message: Text
    """What is wrong, in the reader's language; of a warning also why."""
    suggestion: Text = ""
    """What to write instead."""

    def __str__(self) -> str:
        """Return the line a terminal shows: place, path, message, suggestion."""
        where = f"{self.file}:{self.line}:{self.column}: {self.level}"
        what = f"{self.path}: {self.message}" if self.path else self.message
        return f"{where}: {what} {self.suggestion}".rstrip()


class PlaybookSummary(Model):
    """A playbook that comes with the program, in one line."""

    playbook: Code
    """The name `--playbook` takes."""
    version: int
    code: Code
    """Code of a campaign made from it, where none is given."""
    name: Label
    subject_kinds: tuple[Label, ...]
    hash: str
    """As `campaigns.rules.playbook.reading.playbook_hash` computes it."""
