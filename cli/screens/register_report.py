"""How is it told what changed in the registers? One line a change, whoever asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from zoneinfo import ZoneInfo

from cli.terminal.terminal import Terminal
from cli.terminal.zones import when
from cli.words import registers as words
from language.phrase import Phrase
from schemas.registers import RegisterChange, RestingView
from schemas.vocabulary import label


class Say(Protocol):
    """Prints a phrase, to stdout or to stderr."""

    def __call__(self, phrase: Phrase, **values: object) -> None:
        """Print it."""


def show_changes(
    terminal: Terminal, say: Say, changes: Sequence[RegisterChange], zone: ZoneInfo
) -> None:
    """Print what changed; what is new and counts at once is counted, everything else is named."""
    new = {one.of_id for one in changes if one.what in {"entered", "unit_entered"}}
    plain = [one for one in changes if one.of_id in new and one.rests_until is None]
    named = [one for one in changes if one not in plain]
    if named:
        say(words.WHAT_CHANGED)
    for one in named:
        say(Phrase("{line}", "{line}"), line=_line(terminal, one, zone))
    if plain:
        entered = {one.of_id for one in plain}
        roles = sum(one.what == "role_begun" for one in plain)
        say(words.NEW_ONES, count=len(entered), roles=roles)


def _line(terminal: Terminal, one: RegisterChange, zone: ZoneInfo) -> str:
    after = one.after
    if one.what in {"role_begun", "role_ended"}:
        after = label(after, terminal.language)
    until = when(one.rests_until, zone)
    line = terminal.words(
        words.CHANGED[one.what],
        who=f"{one.name} ({one.of_id})",
        before=one.before or "-",
        after=after or ("" if one.what == "confirmed" else "-"),
        until=until,
    )
    if one.rests_until is not None and one.what in {"entered", "role_begun"}:
        line += terminal.words(words.RESTS, until=until)
    return line


def resting_line(terminal: Terminal, one: RestingView, zone: ZoneInfo) -> str:
    """Say what of one person rests, by whom, until when."""
    parts = []
    roles = [label(role, terminal.language) for role in one.roles if role]
    if roles:
        parts.append(terminal.words(words.WAITING_ROLES, roles=", ".join(roles)))
    if "" in one.roles:
        parts.append(terminal.words(words.NAMED))
    if one.address_wanted:
        parts.append(
            terminal.words(
                words.WAITING_ADDRESS, before=one.address or "-", after=one.address_wanted
            )
        )
    return terminal.words(
        words.RESTING_LINE,
        name=one.name,
        person=one.person_id,
        what="; ".join(parts),
        by=one.made_by,
        until=when(one.rests_until, zone),
    )
