"""Why is nothing backed up, or nothing restored?"""

from __future__ import annotations

from collections.abc import Sequence

from language import N_, Sayable
from language.errors import Kind, Refusal


class ToolMissing(Refusal):
    """A program of PostgreSQL's is not on the path."""

    kind = Kind.NOT_READY
    message = N_(
        "{tool} is not installed here; it belongs to PostgreSQL's client programs (Debian: "
        "postgresql-client, of the server's version or newer)."
    )

    def __init__(self, tool: str) -> None:
        super().__init__(tool=tool)


class ToolFailed(Refusal):
    """A program of PostgreSQL's has refused."""

    kind = Kind.NOT_READY
    message = N_("{tool} failed and nothing was changed: {said}")

    def __init__(self, tool: str, words: Sequence[str]) -> None:
        said = " ".join(words) or "no word"
        super().__init__(tool=tool, said=said)


class DatabaseNotEmpty(Refusal):
    """A backup is restored into an empty database only."""

    kind = Kind.CONFLICT
    message = N_("The database {place} holds an installation already; nothing was changed.")
    remedy = N_("Restore into a new, empty one: set THIDUA_DATABASE_URL to it.")

    def __init__(self, place: str) -> None:
        super().__init__(place=place)


class BackupUnreadable(Refusal):
    """A file is no backup, or not as it was written."""

    kind = Kind.INVALID
    message = N_("{file} cannot be restored: {problem}. Nothing was changed.")
    remedy = N_("take another backup.")

    def __init__(self, file: object, problem: Sayable) -> None:
        super().__init__(file=file, problem=problem)


class BackupOfOtherKind(Refusal):
    """A backup of SQLite goes into SQLite, one of PostgreSQL into PostgreSQL."""

    kind = Kind.CONFLICT
    message = N_(
        "The backup is of {backup}, and this installation uses {here}; nothing was changed."
    )
    remedy = N_("Correct THIDUA_DATABASE_URL.")

    def __init__(self, backup: str, here: str) -> None:
        super().__init__(backup=backup, here=here)


class HomeNotEmpty(Refusal):
    """There is an installation where a backup is to be restored."""

    kind = Kind.CONFLICT
    message = N_("{home} is not empty; nothing was changed.")
    remedy = N_("Set THIDUA_HOME to a new folder.")

    def __init__(self, home: object) -> None:
        super().__init__(home=home)


class HomeInUse(Refusal):
    """The engine runs where a backup is to be restored."""

    kind = Kind.CONFLICT
    message = N_("The engine or another command runs in {home}.")
    remedy = N_("end it first.")

    def __init__(self, home: object) -> None:
        super().__init__(home=home)
