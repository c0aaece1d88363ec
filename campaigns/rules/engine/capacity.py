"""What may be more than the system takes: too much, too slow, too many at once, no room?"""

from __future__ import annotations

from language import N_
from language.errors import Kind, Refusal


class ComeAgain(Refusal):
    """Nothing is wrong with what was asked; it can be done later. `seconds` says when to try."""

    kind = Kind.NOT_READY

    def __init__(self, seconds: int, **values: object) -> None:
        self.seconds = seconds
        super().__init__(seconds=seconds, **values)


class FileMissing(Refusal):
    """A form came without the file it is for."""

    kind = Kind.INVALID
    message = N_("The form holds no file: send it as the field `file` of multipart/form-data.")


class BodyTooLarge(Refusal):
    """More bytes came than are taken at this address."""

    kind = Kind.TOO_MUCH
    told_as = "too-large"
    message = N_(
        "What was sent is larger than {size}, the most that is taken here; nothing was read."
    )
    remedy = N_("Send less at once; long lists go in parts.")

    def __init__(self, most: int) -> None:
        size = f"{most >> 20} MB"
        super().__init__(size=size)


class BodyTooDeep(Refusal):
    """JSON has more levels inside each other than anything here has."""

    kind = Kind.UNREADABLE
    message = N_("The JSON has more than {most} levels inside each other; nothing was read.")

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class BodyUnreadable(Refusal):
    """JSON is not written in UTF-8."""

    kind = Kind.UNREADABLE
    message = N_("JSON must be written in UTF-8, without NUL; nothing was read.")


class BodyTooSlow(Refusal):
    """What was announced did not come in time."""

    kind = Kind.TOO_SLOW
    message = N_("What was announced did not come within {seconds} seconds; nothing was done.")

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds=seconds)


class RequestsTooMany(ComeAgain):
    """As many requests are under way as this process carries out at once."""

    message = N_("Too many requests are under way; nothing was done.")
    remedy = N_("Try again in {seconds} seconds.")

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)


class OwnRequestsTooMany(ComeAgain):
    """One person has as many requests under way as one may have."""

    kind = Kind.TOO_OFTEN
    message = N_("You have {most} requests under way already; nothing was done.")
    remedy = N_("Wait for their answers, or try again in {seconds} seconds.")

    def __init__(self, most: int, seconds: int) -> None:
        super().__init__(seconds, most=most)


class ImportUnderWay(ComeAgain):
    """One file is taken in at a time, and another one is."""

    message = N_("Another file is being imported; nothing of yours was stored.")
    remedy = N_("Send it again in {seconds} seconds.")

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)


class DatabaseBusy(ComeAgain):
    """Another program holds the database."""

    message = N_("Another program holds the database (it is locked); nothing was stored.")
    remedy = N_("Try again in {seconds} seconds; if it lasts, see which program has it open.")

    def __init__(self, seconds: int = 5) -> None:
        super().__init__(seconds)


class DatabaseAway(ComeAgain):
    """The database does not answer."""

    message = N_("The database cannot be reached or read; nothing was stored.")
    remedy = N_("See that it runs and that THIDUA_DATABASE_URL leads to it.")

    def __init__(self, seconds: int = 10) -> None:
        super().__init__(seconds)


class DatabaseNotWritable(ComeAgain):
    """The database may be read and not written."""

    message = N_(
        "This user may not write the database, or its folder is not there; nothing was stored."
    )
    remedy = N_(
        "Look at the folder THIDUA_HOME and its permissions, or at those of the database's user."
    )

    def __init__(self, seconds: int = 60) -> None:
        super().__init__(seconds)


class StorageFull(ComeAgain):
    """There is no room left on the disk."""

    kind = Kind.NO_ROOM
    message = N_("The disk is full; nothing was stored, and nothing was written halfway.")
    remedy = N_("Free some of it, then do it again.")

    def __init__(self, seconds: int = 60) -> None:
        super().__init__(seconds)
