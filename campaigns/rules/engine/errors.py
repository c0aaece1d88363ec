"""What keeps an installation from being used as it is?"""

from __future__ import annotations

from collections.abc import Sequence

from language import N_, Sayable
from language.errors import Kind, Refusal


class HomeNotReady(Refusal):
    """The installation's database is missing or of another version."""

    kind = Kind.NOT_READY
    message = "{problem}"
    told_as = "home-not-ready"

    def __init__(self, problem: Sayable) -> None:
        super().__init__(problem=problem)


class DatabaseMissing(HomeNotReady):
    """There is no database of an installation yet."""

    message = N_("There is no database here yet.")
    remedy = N_("make one (or set THIDUA_HOME).")

    def __init__(self) -> None:
        Refusal.__init__(self)


class DatabaseOutdated(HomeNotReady):
    """The database is of an older program."""

    message = N_("The database is of version {have}, this program needs {want}.")
    remedy = N_("back it up, then upgrade it.")

    def __init__(self, have: str, want: str | None) -> None:
        Refusal.__init__(self, have=have, want=want)


class ReferencesBroken(Refusal):
    """Rows would point to rows that are not there; the database was left as it was."""

    kind = Kind.NOT_READY
    message = N_("The upgrade would leave rows that point to nothing: {listed}.")
    remedy = N_(
        "Nothing was changed; go on with the program before, and report it with these words."
    )
    told_as = "references-broken"

    def __init__(self, broken: Sequence[tuple[str, int]]) -> None:
        self.broken = tuple(broken)
        super().__init__(listed=", ".join(f"{where} ({many})" for where, many in broken))


class ReferencesBrokenBefore(ReferencesBroken):
    """Rows pointed to rows that are not there before the upgrade already."""

    message = N_(
        "Rows of the database point to rows that are not there: {listed}. They did so before the "
        "upgrade, so somebody has changed the database by hand; nothing was changed."
    )
    remedy = N_("Restore a backup, or put the missing rows back, then upgrade again.")
