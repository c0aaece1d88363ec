"""What is every named error? Its kind, what is wrong, and what to do, in the reader's language."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from language import N_, Language, Text


class Kind(StrEnum):
    """Why something is refused, whoever asked: what answers over HTTP gives it its status."""

    NOT_FOUND = "not_found"
    NOT_ALLOWED = "not_allowed"
    """Not to this person."""
    NOT_IDENTIFIED = "not_identified"
    """Nobody knows who asks."""
    CONFLICT = "conflict"
    """Not as things are now."""
    INVALID = "invalid"
    UNREADABLE = "unreadable"
    """Not even so far that it could be valid."""
    WRONG_TYPE = "wrong_type"
    WRONG_HOST = "wrong_host"
    STALE = "stale"
    """By what was read before it changed."""
    VERSION_MISSING = "version_missing"
    """Without saying what was read."""
    TOO_MUCH = "too_much"
    TOO_OFTEN = "too_often"
    TOO_SLOW = "too_slow"
    NOT_READY = "not_ready"
    """Not as the system is now; it can be later."""
    NO_ROOM = "no_room"


class Refusal(Exception):
    """Base of all named errors: bad input, an act that may not happen, or what hinders it.

    A class names its `kind` and marks its sentences for the catalogue; an error fills their places
    with its `values`, of which those that can be put into a language are put into the same one.
    What to do is said without naming a door: options and commands are added by the command line.
    """

    kind: ClassVar[Kind]
    message: ClassVar[str]
    """What is wrong."""
    remedy: ClassVar[str] = ""
    """What to do; with a small letter at its beginning it goes on with the message's sentence."""
    told_as: ClassVar[str] = ""
    """A stable name for programs where it is another than the class's."""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.say("en"))

    def __reduce__(self) -> tuple[object, ...]:
        """Go whole from one process to another: its class is not made anew from one text."""
        return type(self).__new__, (type(self), *self.args), self.__dict__

    def say(self, language: Language) -> str:
        """Return what is wrong and what to do, in the reader's language."""
        return self.say_as(self.message, self.remedy, language)

    def say_as(self, message: str, remedy: str, language: Language, **values: object) -> str:
        """Return sentences of the catalogue, filled in with what this error is about.

        `values` are put in place of its own of the same names.
        """
        wrong = Text(message, self.values).say(language, **values)
        if not remedy:
            return wrong
        then = Text(remedy, self.values).say(language, **values)
        return f"{wrong.removesuffix('.')}; {then}" if then[0].islower() else f"{wrong} {then}"


class TimezoneUnknown(Refusal):
    """The time zone is no IANA name."""

    kind = Kind.INVALID
    message = N_("There is no time zone {timezone!r}.")
    remedy = N_("use an IANA name such as Asia/Ho_Chi_Minh.")

    def __init__(self, timezone: str) -> None:
        self.timezone = timezone
        super().__init__(timezone=timezone)
