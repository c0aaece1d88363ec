"""What does it mean that the database fails? Told by the driver's codes, never by its words."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from campaigns.rules.engine.capacity import (
    ComeAgain,
    DatabaseAway,
    DatabaseBusy,
    DatabaseNotWritable,
    StorageFull,
)

FAILURES: Final = (DBAPIError, NoConnectionFree)
"""What a database raises, as it reaches callers of the store."""

_SQLITE: Final[dict[int, Callable[[], ComeAgain]]] = {
    3: DatabaseNotWritable,
    5: DatabaseBusy,
    6: DatabaseBusy,
    8: DatabaseNotWritable,
    10: DatabaseAway,
    11: DatabaseAway,
    13: StorageFull,
    14: DatabaseNotWritable,
    26: DatabaseAway,
}
"""PERM, BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: sqlite.org/rescode.html."""
_POSTGRESQL: Final[dict[str, Callable[[], ComeAgain]]] = {
    "25006": DatabaseNotWritable,
    "40001": DatabaseBusy,
    "40P01": DatabaseBusy,
    "42501": DatabaseNotWritable,
    "53": DatabaseBusy,
    "53100": StorageFull,
    "55P03": DatabaseBusy,
    "57": DatabaseAway,
    "57014": DatabaseBusy,
    "58": DatabaseAway,
    "08": DatabaseAway,
}
"""By SQLSTATE, or by its class of two characters: PostgreSQL, appendix A."""
_NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT}
_DETAIL: Final = 0xFF
"""SQLite puts more about a failure into the higher bits of its code."""


def named(error: BaseException) -> ComeAgain | None:
    """Return the named error for a failure that is none of the program's own; None for others."""
    for one in _causes(error):
        if getattr(one, "errno", None) in _NO_ROOM:
            return StorageFull()
        if isinstance(one, TimeoutError | NoConnectionFree):
            return DatabaseBusy()
        code = getattr(one, "sqlite_errorcode", None)
        if code is not None and code & _DETAIL in _SQLITE:
            return _SQLITE[code & _DETAIL]()
        state = getattr(one, "sqlstate", None)
        kind = _POSTGRESQL.get(state or "") or _POSTGRESQL.get((state or "")[:2])
        if kind is not None:
            return kind()
    away = getattr(error, "connection_invalidated", False) or _never_connected(error)
    return DatabaseAway() if away else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    original = getattr(error, "orig", None)
    for one in (original, error, error.__cause__, error.__context__):
        if isinstance(one, BaseException):
            yield one


def _never_connected(error: BaseException) -> bool:
    """Say whether PostgreSQL was not reached at all: such an error has no SQLSTATE."""
    original = getattr(error, "orig", None)
    module = type(original).__module__
    return module.startswith("psycopg") and type(original).__name__ == "OperationalError"
