"""What does a payload read like: subject, text, HTML and calendar file?

Templates live in `notifications/templates/<template>/<language>/` as `subject.txt`, `body.txt` and
`body.html`; what they share is in `_layout`. They see the payload's fields by name and nothing
else: text already made harmless, points in time already said in the payload's zone. So a template
can neither forget the zone nor let a name break a header.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from language import Language
from language.dates import said_instant
from language.harmless import clipped, one_line, paragraphs
from notifications.errors import TemplateBroken, TemplateMissing
from notifications.writing import bundles
from notifications.writing.ics import calendar_file
from notifications.writing.skeletons import Part
from schemas.messages.mail import Bundle, Matter
from schemas.messages.nomination import Problem
from schemas.messages.outgoing import AnyPayload
from schemas.messages.payload import RenderedMessage
from schemas.messages.recognition import CouncilInvited
from schemas.vocabulary import label

TEMPLATES: Final = Path(__file__).parents[1] / "templates"

SUBJECT_LIMIT: Final = 200
"""Characters of a subject. RFC 5322 sets no limit to a folded field; mail programs show 60-100."""

_PARAGRAPHS: Final = frozenset({"reason"})
"""Fields in which line breaks mean something; in all others they become spaces."""

_CODE_LIMIT: Final = 60


class _Compiled(NamedTuple):
    """The three templates of one mail."""

    subject: Part
    text: Part
    html: Part


class Renderer:
    """Renders payloads; build it once, it keeps the compiled templates.

    A renderer may be shared by threads: what it keeps is the same whoever makes it.
    """

    def __init__(self, templates: Path = TEMPLATES) -> None:
        style = Markup((templates / "_layout" / "style.css").read_text("utf-8"))  # noqa: S704 - ours
        self._environments = {
            language: _environment(templates, language, style) for language in ("vi", "en")
        }
        self._compiled: dict[tuple[str, Language], _Compiled] = {}

    def render(self, payload: AnyPayload, language: Language) -> RenderedMessage:
        """Return the mail's content in a language; the same payload always gives the same.

        Raises `TemplateMissing`, `TemplateBroken` or `TimezoneUnknown`.
        """
        compiled = self._compiled.get((payload.template, language))
        if compiled is None:
            compiled = self._compile(payload.template, language)
        shown = _shown(payload, language)
        try:
            subject = _subject(payload.campaign_code, compiled.subject.render(shown))
            text = compiled.text.render(shown)
            html = compiled.html.render({**shown, "subject": subject})
        except TemplateError as problem:
            raise TemplateBroken(payload.template, language, str(problem)) from problem
        return RenderedMessage(subject=subject, text=text, html=html, ics=_calendar(payload))

    def _compile(self, template: str, language: Language) -> _Compiled:
        environment = self._environments[language]
        folder = f"{template}/{language}"
        try:
            compiled = _Compiled(
                subject=Part(environment, f"{folder}/subject.txt"),
                text=Part(environment, f"{folder}/body.txt"),
                html=Part(environment, f"{folder}/body.html"),
            )
        except TemplateNotFound as problem:
            raise TemplateMissing(template, language) from problem
        except TemplateError as problem:
            raise TemplateBroken(template, language, str(problem)) from problem
        self._compiled[template, language] = compiled
        return compiled


def _environment(
    templates: Path, language: Language, style: Markup
) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=lambda name: name is not None and name.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals["style"] = style
    environment.filters["clip"] = clipped
    environment.filters["hang"] = _hung
    environment.filters["label"] = partial(label, language=language)
    environment.filters["number"] = _vietnamese_number if language == "vi" else _english_number
    return environment


def _shown(payload: AnyPayload, language: Language) -> Mapping[str, object]:
    """Return what the templates may see. Reading `__dict__` costs a tenth of `model_dump`."""
    zone = payload.timezone
    shown: dict[str, object] = {}
    for name, value in payload.__dict__.items():
        if isinstance(value, str):
            shown[name] = paragraphs(value) if name in _PARAGRAPHS else one_line(value)
        elif isinstance(value, datetime):
            shown[name] = said_instant(value, zone, language)
        elif isinstance(value, tuple):
            shown[name] = [_shown_item(item, payload.campaign_code) for item in value]
        else:
            shown[name] = value
    entry = payload.calendar
    shown["calendar"] = entry is not None
    shown["location"] = one_line(entry.location) if entry is not None else ""
    return shown


def _shown_item(item: object, campaign_code: str) -> object:
    if isinstance(item, str):
        return one_line(item)
    if isinstance(item, Matter):
        return bundles.shown(item, campaign_code)
    if isinstance(item, Problem):
        return paragraphs(item.reason), paragraphs(item.remedy)
    if isinstance(item, tuple):
        return tuple(_shown_item(part, campaign_code) for part in item)
    return item


def _subject(campaign_code: str, rendered: str) -> str:
    code = clipped(one_line(campaign_code), _CODE_LIMIT)
    return clipped(f"[{code}] {one_line(rendered)}", SUBJECT_LIMIT)


def _calendar(payload: AnyPayload) -> str | None:
    if isinstance(payload, Bundle):
        return bundles.merged_calendar([matter.content for matter in payload.matters])
    if payload.calendar is None:
        return None
    return calendar_file(
        payload.calendar,
        payload.campaign_name,
        payload.coordinator_name,
        payload.coordinator_address,
        meeting=isinstance(payload, CouncilInvited),
    )


def _hung(text: str, width: int) -> str:
    """Indent every line but the first, so that no line of a quoted text looks like our own."""
    return text.replace("\n", "\n" + " " * width)


def _vietnamese_number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _english_number(value: int) -> str:
    return f"{value:,}"
