"""What is a date of a campaign called in a calendar, and how long does it take?

A deadline is an instant: it has no end. A session takes half a day of its members' time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from language import Language, Text, _
from schemas.vocabulary import label

DateMatter = Literal["work", "approval", "session", "release"]
SESSION_LENGTH: Final = timedelta(hours=3, minutes=30)
_TITLES: Final[dict[DateMatter, Text]] = {
    "work": _("{stage}: deadline"),
    "approval": _("{stage}: approval due"),
    "session": _("Council, session {number}"),
    "release": _("Results may be released"),
}


def title(
    campaign_code: str, matter: DateMatter, stage: str, number: int, language: Language
) -> str:
    """Say what a date is, the campaign's code in front, as in the subjects of mails."""
    name = label(stage, language)
    said = name.lower() if language == "vi" else name
    return f"[{campaign_code}] {_TITLES[matter].say(language, stage=said, number=number)}"


def ends_at(matter: DateMatter, starts_at: datetime) -> datetime | None:
    """Return when what begins then is over; None for an instant."""
    return starts_at + SESSION_LENGTH if matter == "session" else None
