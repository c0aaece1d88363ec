"""How is it told what changed in the registers? One line a change, whoever asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from cli.terminal.terminal import Terminal
from cli.terminal.zones import when
from language import Text, _
from schemas.registers import RegisterChange, RestingView
from schemas.vocabulary import label

_CHANGED: Final = {
    "entered": _("  {who}: entered"),
    "name": _("  {who}: name {before} → {after}"),
    "unit": _("  {who}: unit {before} → {after}"),
    "position": _("  {who}: position {before} → {after}"),
    "address": _("  {who}: address {before} → {after}"),
    "address_wanted": _("  {who}: address {after} rests until {until}; in use: {before}"),
    "right_refused": _(
        "  {who}: the right to sign is refused; given anew, it takes a second person to confirm"
    ),
    "address_refused": _("  {who}: waiting address {before} dropped; in use: {after}"),
    "role_begun": _("  {who}: role {after} begins"),
    "role_ended": _("  {who}: role {after} ends"),
    "role_detail": _("  {who}: detail of role {before} → {after}"),
    "confirmed": _("  {who}: confirmed {after}"),
    "links_revoked": _("  {who}: links in mails are void"),
    "unit_entered": _("  {who}: unit entered"),
    "unit_changed": _("  {who}: unit changed ({after})"),
}


class Say(Protocol):
    """Prints a phrase, to stdout or to stderr."""

    def __call__(self, phrase: Text, **values: object) -> None:
        """Print it."""


def show_changes(
    terminal: Terminal, say: Say, changes: Sequence[RegisterChange], zone: ZoneInfo
) -> None:
    """Print what changed; what is new and counts at once is counted, everything else is named."""
    new = {one.of_id for one in changes if one.what in {"entered", "unit_entered"}}
    plain = [one for one in changes if one.of_id in new and one.rests_until is None]
    named = [one for one in changes if one not in plain]
    if named:
        say(_("Changed in the registers:"))
    for one in named:
        say(Text("{line}"), line=_line(terminal, one, zone))
    if plain:
        entered = {one.of_id for one in plain}
        roles = sum(one.what == "role_begun" for one in plain)
        say(_("New: {count} (people or units), {roles} roles."), count=len(entered), roles=roles)


def _line(terminal: Terminal, one: RegisterChange, zone: ZoneInfo) -> str:
    after = one.after
    if one.what in {"role_begun", "role_ended"}:
        after = label(after, terminal.language)
    until = when(one.rests_until, zone)
    line = terminal.words(
        _CHANGED[one.what],
        who=f"{one.name} ({one.of_id})",
        before=one.before or "-",
        after=after or ("" if one.what == "confirmed" else "-"),
        until=until,
    )
    if one.rests_until is not None and one.what in {"entered", "role_begun"}:
        line += terminal.words(
            _(", may sign from {until} on (unless confirmed before)"), until=until
        )
    return line


def resting_line(terminal: Terminal, one: RestingView, zone: ZoneInfo) -> str:
    """Say what of one person rests, by whom, until when."""
    parts = []
    roles = [label(role, terminal.language) for role in one.roles if role]
    if roles:
        parts.append(terminal.words(_("roles {roles}"), roles=", ".join(roles)))
    if "" in one.roles:
        parts.append(terminal.words(_("named in a playbook")))
    if one.address_wanted:
        parts.append(
            terminal.words(
                _("address {before} → {after}"), before=one.address or "-", after=one.address_wanted
            )
        )
    return terminal.words(
        _("{name} ({person}): {what}; entered by {by}; counts from {until}"),
        name=one.name,
        person=one.person_id,
        what="; ".join(parts),
        by=one.made_by,
        until=when(one.rests_until, zone),
    )
