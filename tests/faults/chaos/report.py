"""Did the campaign come to the end it has in peace? Every difference is named."""

from __future__ import annotations

from pathlib import Path

from tests.databases import Database
from tests.faults.chaos.survival import Survival
from tests.telling import told_in_peace


def differences(survival: Survival, database: Database, folder: Path) -> list[str]:
    """Compare with the story told in peace on the same day; nothing: it was survived."""
    peace = told_in_peace(database, folder / "peace", survival.size, survival.begin)
    wrong = survival.outcome.differences(peace)
    if not survival.audit.intact:
        wrong.append(f"the log does not hold: {survival.audit.reason}")
    twice = [name for name, times in survival.taken.items() if times > 1]
    if twice:
        wrong.append(f"{len(twice)} mails were taken twice: {twice[:5]}")
    lost = survival.sent - set(survival.taken)
    if lost:
        wrong.append(f"{len(lost)} messages on record as sent were never taken: {sorted(lost)[:5]}")
    return wrong


def report(survival: Survival) -> str:
    """Say what was done and what it came to."""
    blows = ", ".join(f"{name} {times}" for name, times in sorted(survival.blows.items()))
    states = ", ".join(f"{state} {count}" for state, count in sorted(survival.states.items()))
    return (
        f"killed {survival.kills} processes (mail: changes of its behaviour): {blows}\n"
        f"messages: {states}; taken by the mail server: {survival.taken.total()}\n"
        f"events: {survival.outcome.events.total()}, log intact: {survival.audit.intact}"
    )
