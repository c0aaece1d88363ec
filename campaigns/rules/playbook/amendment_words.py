"""In which words is an amendment told? What a key is called, and why it comes too late."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from campaigns.rules.playbook.amendments import Changed, Settled
from language import Language, Text, _, pgettext
from schemas.vocabulary import LABELS, STAGES, label

REASONS: Final[dict[Settled, Text]] = {
    Settled.ALWAYS: _("it stands on every paper of the campaign and never changes"),
    Settled.LAUNCHED: _("the campaign was launched with it"),
    Settled.RECEIVED: _("nominations were received on this form"),
    Settled.IN_USE: _("nominations use it"),
    Settled.DECIDED: _("the eligibility of nominations was decided by it"),
    Settled.REVIEWED: _("reviews were made by it"),
    Settled.CONVENED: _("the council was invited to this session"),
    Settled.VOTED: _("the council has voted by it"),
    Settled.SIGNED: _("a decision was signed under it"),
    Settled.RELEASED: _("the results were released"),
    Settled.ADOPTED: _("replications are followed up by it"),
    Settled.OPENED: _("the stage has opened"),
    Settled.CLOSED: _("the approval of the stage was asked for"),
    Settled.APPROVED: _("the stage is approved"),
    Settled.EXTENDED: _("the deadline was extended beyond the new time"),
    Settled.PAST: _("the new time is over; choose one after the present"),
}

_KEYS: Final[dict[str, Text]] = {
    "name": _("Name"),
    "version": pgettext("key", "Version"),
    "source": _("Source"),
    "language": _("Language"),
    "timezone": _("Time zone"),
    "code": _("Code"),
    "playbook": _("Playbook"),
    "coordinator_unit": _("Coordinating unit"),
    "fields": _("Fields"),
    "subject_kinds": _("Subject kinds"),
    "form": _("Form"),
    "items": _("box"),
    "header": _("header"),
    "required": _("obligatory"),
    "maximum_length": _("longest text"),
    "minimum": _("least"),
    "maximum": _("most"),
    "earliest": _("earliest"),
    "latest": _("latest"),
    "rules": _("Eligibility"),
    "severity": _("severity"),
    "reason": _("reason"),
    "remedy": _("remedy"),
    "quota": _("Quota"),
    "per_unit_kind": _("by kind of unit"),
    "nominating": _("Who may be nominated"),
    "own_and_below": _("own unit and below only"),
    "anywhere": _("for any unit"),
    "late": _("Lateness"),
    "policy": _("policy"),
    "grace_minutes": _("grace (minutes)"),
    "rubric": _("Rubric"),
    "criteria": _("criterion"),
    "reviews_per_nomination": _("reviews per nomination"),
    "minimum_total": _("cut-off"),
    "conflicts": _("Conflict of interest"),
    "also": _("counted too"),
    "vote": _("Vote"),
    "quorum": _("quorum"),
    "threshold": _("threshold"),
    "denominator": _("denominator"),
    "ballot": _("ballot"),
    "calendar": _("Calendar"),
    "opens": _("opens"),
    "closes": _("closes"),
    "approval": _("approve by"),
    "sessions": _("session"),
    "starts": _("starts"),
    "results_released": _("results released"),
    "approvals": _("Approval"),
    "roles": _("roles"),
    "people": _("people"),
    "one_time_code": _("one-time code"),
    "steps": _("steps"),
    "decision": _("Decision"),
    "follow_up": _("Follow-up"),
    "months": _("months"),
    "messages": _("Messages"),
    "held": _("held"),
    "silent": _("not sent"),
    "reminders": _("Reminders"),
    "vi": _("Vietnamese"),
    "en": _("English"),
    "*": _("order"),
}
_LONGEST: Final = 160


def key_name(key: Changed, language: Language) -> str:
    """Return what a key is called, part by part; an id stays as it is."""
    return " › ".join(_part(part, language) for part in key.path)


def _part(part: str, language: Language) -> str:
    if part in STAGES:
        return label(part, language)
    if part in _KEYS:
        return _KEYS[part].say(language)
    return label(part, language) if part in LABELS else part


def value_said(value: Any, language: Language) -> str:  # noqa: ANN401 - any JSON
    """Return a value as people read it: dates by day and hour, absent ones as a dash."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return (_("yes") if value else _("no")).say(language)
    if isinstance(value, str):
        return _clipped(_moment(value) or _part(value, language))
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return _clipped(", ".join(value_said(str(one), language) for one in value) or "–")
    if isinstance(value, dict):
        said = _of_parts(value, language)
        return _clipped(said or json.dumps(value, ensure_ascii=False, sort_keys=True))
    return _clipped(str(value))


def _of_parts(value: dict[str, Any], language: Language) -> str:
    """Say a part that was added or left out whole by what it is called."""
    words = next((value[key] for key in ("name", "header", "reason") if key in value), None)
    if isinstance(words, dict):
        return (words.get("en") if language == "en" else "") or str(words.get("vi", ""))
    if isinstance(value.get("starts"), str):
        return value_said(value["starts"], language)
    return ""


def _moment(text: str) -> str:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return at.strftime("%d/%m/%Y %H:%M" if "T" in text else "%d/%m/%Y")


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
