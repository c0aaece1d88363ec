"""What is left of a rendered mail when it becomes one of several matters in another?

Its greeting, its signature and its foot are those of the whole bundle, and fall away. They are
found by what all mails share (`_layout`); a mail without them is taken in whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from icalendar import Calendar
from markupsafe import Markup

from schemas.messages.mail import Matter
from schemas.messages.payload import RenderedMessage

_FOOT: Final = "\n-- \n"
_HEADING: Final = "</h1>"
_SIGN: Final = '<p class="sign">'
_CLOSING_PARAGRAPHS: Final = 3
"""Whom to ask, the regards, the name of the coordinating unit."""


class Shown(NamedTuple):
    """A matter as the template of a bundle sees it."""

    subject: str
    addressee: str
    text: str
    html: Markup


def shown(matter: Matter, campaign_code: str) -> Shown:
    """Return a matter without what the bundle says for all of them."""
    content = matter.content
    return Shown(
        subject=content.subject.removeprefix(f"[{campaign_code}] "),
        addressee=matter.addressee,
        text=_core_of_text(content.text),
        html=Markup(_core_of_html(content)),  # noqa: S704 - rendered by us, escaped then
    )


def merged_calendar(contents: Sequence[RenderedMessage]) -> str | None:
    """Return one calendar file with the entries of all, or None where there is none."""
    files = [content.ics for content in contents if content.ics is not None]
    if len(files) <= 1:
        return files[0] if files else None
    calendar = Calendar.from_ical(files[0])
    for other in files[1:]:
        for component in Calendar.from_ical(other).walk("VEVENT"):
            calendar.add_component(component)
    octets: bytes = calendar.to_ical(sorted=False)
    return octets.decode("utf-8")


def _core_of_text(text: str) -> str:
    body, foot, _ = text.partition(_FOOT)
    parts = body.strip("\n").split("\n\n")
    if not foot or len(parts) <= _CLOSING_PARAGRAPHS + 1:
        return text.strip("\n")
    return "\n\n".join(part.strip("\n") for part in parts[1:-_CLOSING_PARAGRAPHS]).strip("\n")


def _core_of_html(content: RenderedMessage) -> str:
    _, heading, rest = content.html.partition(_HEADING)
    body, sign, _ = rest.partition(_SIGN)
    # The greeting is the first paragraph, whom to ask the last one.
    greeting, closing = body.find("</p>"), body.rfind("<p>")
    if not heading or not sign or not 0 < greeting < closing:
        return f'<p class="reason">{escape(content.text)}</p>'
    return body[greeting + len("</p>") : closing].strip("\n")
