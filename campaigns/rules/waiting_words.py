"""What does a campaign wait for, in words? The same ones at the terminal and on Prefect's board."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Final

from language import Language, _
from schemas.views.board import Waiting
from schemas.vocabulary import label

_OVER = _("The campaign is over; it waits for nothing.")
_MATTERS: Final = {
    "launch": _("Waiting for the {roles} to launch it."),
    "opens_next": _("{stage}: its time to open has come; the engine opens it at its next turn."),
    "opening": _("{stage}: its opening has not come yet."),
    "approval": _("{stage}: waiting for approval by {roles} ({count} to sign)."),
    "nominations": _(
        "{stage}: waiting for nominations by {roles} (received, not decided: {count})."
    ),
    "reviews": _("{stage}: waiting for reviews by {roles} ({count} missing)."),
    "votes": _("{stage}: waiting for votes by {roles} ({count} nominations)."),
    "follow_ups": _("{stage}: waiting for reports by {roles} ({count} open)."),
    "correction": _(
        "{stage}: returned; the {roles} must correct and submit it (thidua stage submit)."
    ),
    "release": _(
        "The campaign is over, but {count} messages are held: the {roles} must "
        "release them (thidua outbox held, thidua outbox release)."
    ),
}
_OTHER = _("{stage}: waiting for {roles} ({what}).")
_OVERDUE = _("Overdue since {until}.")
_UNTIL = _("Until {until}.")
_SINCE = _("Since {since}.")
_SHORT = _("Nobody can give {count} of the signatures: appoint approvers (thidua import people).")
_NAMED = _("the people named")


def waiting_line(waiting: Waiting | None, language: Language, zone: tzinfo, now: datetime) -> str:
    """Say what a campaign waits for, from whom and until when, in a zone that is named."""
    if waiting is None:
        return _OVER.say(language)
    if waiting.what == "opening" and waiting.until is not None and waiting.until <= now:
        # Nobody is late: the engine has not come to it yet.
        waiting = waiting.model_copy(
            update={"what": "opens_next", "until": None, "since": waiting.until}
        )
    line = matter(waiting, language)
    if waiting.until is not None:
        phrase = _UNTIL if now <= waiting.until else _OVERDUE
        line += " " + phrase.say(language, until=f"{moment(waiting.until, zone)} ({zone})")
    if waiting.since is not None:
        line += " " + _SINCE.say(language, since=moment(waiting.since, zone))
    if waiting.short:
        line += " " + _SHORT.say(language, count=waiting.short)
    return line


def matter(waiting: Waiting, language: Language) -> str:
    """Say what a campaign waits for and from whom, without a date."""
    return _MATTERS.get(waiting.what, _OTHER).say(
        language,
        stage=label(waiting.stage, language),
        roles=", ".join(label(role, language).lower() for role in waiting.roles)
        or _NAMED.say(language),
        count=waiting.count,
        what=waiting.what,
    )


def moment(instant: datetime, zone: tzinfo) -> str:
    """Write a point in time as people read it: day, month, year, hour and minute."""
    return instant.astimezone(zone).strftime("%d/%m/%Y %H:%M")
