"""How is each thing named, so that a repeat is recognised?

Keys are made from facts (ids, versions, ISO dates), never at random and never from words people
read. They are all built here, so that two places cannot disagree about one key (ADR 0003). What a
mail is called outside is made of its key (`schemas/messages/outgoing.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Final

from schemas.commands.command import Command

_CONTENT: Final = 16
"""So many digits tell the contents of two acts of one kind apart."""


def subject(thing: str, identity: str) -> str:
    """Name what an event is about: `nomination:DVK23-BDA-01`."""
    return f"{thing}:{identity}"


def message_key(
    campaign_code: str, template: str, about: str, cause: int, recipient_id: str
) -> str:
    """Name a message: one per (campaign, template, matter, version of its cause, recipient)."""
    return f"{campaign_code}/{template}/{about}/{cause}/{recipient_id}"


def code(stage: str, number: int) -> str:
    """Name a one-time code, as the message about it does: `stage:recognition/code:3`."""
    return f"{subject('stage', stage)}/code:{number}"


def code_of(about: str) -> int:
    """Return the number of the one-time code a message is about."""
    return int(about.rpartition(":")[2])


def decision_cause(approval_round: int) -> int:
    """Return the cause of what a correcting decision has told: below zero, never a version."""
    return -approval_round


def round_of_cause(cause: int) -> int:
    """Return the round of the correcting decision that was a message's cause."""
    return -cause


def bundle_key(campaign_code: str, row_ids: Iterable[int]) -> str:
    """Name a mail made of several messages: the same messages are the same mail."""
    return f"{campaign_code}/bundle/{'+'.join(map(str, row_ids))}"


def outbox_key(campaign_code: str, event_number: int, topic: str) -> str:
    """Name an edge: what the relay does because of the campaign's events up to `event_number`."""
    return f"campaign:{campaign_code}:e{event_number}:{topic}"


def run_key(campaign_code: str, outbox_id: int, attempt: int) -> str:
    """Name a flow run: one per (row of the outbox, business attempt)."""
    return f"{campaign_code}:{outbox_id}:{attempt}"


def command_id(door: str, *matter: object) -> str:
    """Name an act: by which door it came, which act it is, and what makes it the same again.

    An act that is meant anew each time has something random at the end.
    """
    return ":".join((door, *map(str, matter)))


def command_name(command: Command) -> str:
    """Name what a command asked in versions that had no key for that (before ADR 0055).

    Commands hold reasons, codes and dates; scores and ballots come beside them. The digest is of no
    key, so that every word in it must stand in the database in plain as well.
    """
    content = command.model_dump_json(exclude={"command_id"})
    return f"{type(command).__name__} {sha256(content.encode()).hexdigest()[:_CONTENT]}"


def launch_command(campaign_code: str) -> str:
    """Name the launch of a campaign; there is one."""
    return f"launch:{campaign_code}"


def due_command(campaign_code: str, what: str, due_at: datetime) -> str:
    """Name what the engine does because something was due: once per campaign, matter and time."""
    return f"due:{campaign_code}/{what}:{_utc(due_at)}"


def since_repair(what: str, repaired_at: datetime | None) -> str:
    """Name what is due anew, where the campaign's time was repaired since: it comes once more."""
    return what if repaired_at is None else f"{what}/since:{int(repaired_at.timestamp())}"


def deadline(matter: str, due_at: datetime) -> str:
    """Name a deadline, as messages about it do; moved, it is another one."""
    return subject("deadline", f"{matter}@{_utc(due_at)}")


def calendar_uid(campaign_code: str, *parts: str) -> str:
    """Name an entry of people's calendars: the same for as long as the matter is the same."""
    return "/".join((campaign_code, *parts))


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def head_command(campaign_code: str, day: date) -> str:
    """Name the noting of a log's head: once a day."""
    return f"head:{campaign_code}:{day}"


def alert_command(campaign_code: str, topic: str, outbox_id: int, attempt: int) -> str:
    """Name the report of work that was given up: one per (newest row, business attempt)."""
    return f"alert:{campaign_code}/{topic}/{outbox_id}:{attempt}"
