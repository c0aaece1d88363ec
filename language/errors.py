"""What is every named error of the engine?"""

from __future__ import annotations

from language import Language


class CampaignError(Exception):
    """Base of all named errors of the engine: bad input or an act that may not happen.

    Says what is wrong and what to do in English and, where people can meet it, in Vietnamese.
    """

    def __init__(self, english: str, vietnamese: str = "") -> None:
        super().__init__(english)
        self.vietnamese = vietnamese or english

    def __reduce__(self) -> tuple[object, ...]:
        """Go whole from one process to another: its class is not made anew from one text."""
        return type(self).__new__, (type(self), *self.args), self.__dict__

    def say(self, language: Language) -> str:
        """Return the message in the reader's language."""
        return self.vietnamese if language == "vi" else str(self)


class TimezoneUnknown(CampaignError):
    """The time zone is no IANA name."""

    def __init__(self, timezone: str) -> None:
        self.timezone = timezone
        super().__init__(
            f"There is no time zone {timezone!r}; use an IANA name such as Asia/Ho_Chi_Minh."
        )
