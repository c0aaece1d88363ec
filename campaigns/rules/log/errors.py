"""Why can a log not be compared with what was noted elsewhere? Named errors, with what to do."""

from __future__ import annotations

from language import N_
from language.errors import Kind, Refusal


class AnchorsNotFound(Refusal):
    """No mail of a folder names a head of the campaign's log."""

    kind = Kind.INVALID
    message = N_(
        "None of the {files} mails (*.eml) in {folder} names a head of the log of {campaign}; "
        "nothing was compared."
    )
    remedy = N_("Requests for approval do: save them as .eml files there.")

    def __init__(self, folder: object, files: int, campaign: str) -> None:
        super().__init__(files=files, folder=folder, campaign=campaign)


class AnchorInvalid(Refusal):
    """A head of a log is not written as one."""

    kind = Kind.INVALID
    message = N_(
        "{text!r} is no head of a log: NUMBER:HASH, such as 57:0123456789abcdef (16 or more "
        "digits 0-9, a-f)."
    )

    def __init__(self, text: str) -> None:
        super().__init__(text=text)


class EventLogBroken(Refusal):
    """The hash chain of the event log does not hold."""

    kind = Kind.CONFLICT
    message = N_("The end of the event log is gone from the database.")
    remedy = N_("restore it from a backup.")


class HistoryContradicted(Refusal):
    """A recorded event does not follow from those before it under today's tables."""

    kind = Kind.CONFLICT
    message = N_(
        "Event {number} on {subject} does not follow from the events before it: {expected} was "
        "to be expected."
    )
    remedy = N_("Compare the log with a backup.")

    def __init__(self, number: int, subject: str, expected: str) -> None:
        self.number = number
        super().__init__(number=number, subject=subject, expected=expected)
