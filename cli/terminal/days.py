"""Which day or time did somebody type? As on paper, day first, or in ISO 8601: one reader for all.

What names no day of the calendar is told as such. A time with a zone is that moment; without one it
is local time of the campaign.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

import typer

from cli.terminal.terminal import ensure_within, terminal_of
from language import _


def typed_moment(context: typer.Context, value: str) -> datetime:
    """Take a time, with its zone where one is written; a day alone is no time."""
    moment = _typed(context, value)
    if moment is None or not _names_time(value):
        raise typer.BadParameter(
            terminal_of(context).words(
                _(
                    "give day and time, such as 20/9/2023 17:00 or 2023-09-20T17:00; "
                    "without a zone it is local time of the campaign"
                )
            )
        )
    return moment


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """Return a typed time as a point in time: without a zone it is local time there."""
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


def typed_day(context: typer.Context, value: str | None) -> str | None:
    """Take a day, and return it as ISO 8601 writes it; a time of day would be dropped."""
    if value is None:
        return None
    moment = _typed(context, value)
    if moment is None or _names_time(value):
        raise typer.BadParameter(
            terminal_of(context).words(
                _("give a day without a time, such as 1/10/2026 or 2026-10-01")
            )
        )
    return moment.date().isoformat()


def day_of(value: str | None) -> date | None:
    """Return the day that `typed_day` has taken."""
    return date.fromisoformat(value) if value else None


def _typed(context: typer.Context, value: str) -> datetime | None:
    from campaigns.rules.importing.dates import read_date_text

    try:
        moment = read_date_text(value.strip())
    except ValueError:
        text = terminal_of(context).words(
            _('"{value}" is not in the calendar (day before month, hours up to 23:59)'),
            value=value.strip(),
        )
        raise typer.BadParameter(text) from None
    if moment is not None:
        ensure_within(context, moment.date())
    return moment


def _names_time(value: str) -> bool:
    from campaigns.rules.importing.dates import names_time

    return names_time(value.strip())
