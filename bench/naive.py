"""What does the same campaign cost where each step is a Prefect task of its own?

A fair, straightforward Prefect program on the server as it comes: a task per nomination and stage,
a task per message, state in a plain SQLite table. It writes no event log, no reviews and no votes,
and sends no mail. Tasks are called one after the other; submitted to a task runner they come to
the same, once the server has recorded them all. `bench.through_prefect` runs it.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from prefect import flow, task

from notifications.writing.render import Renderer
from schemas.messages.nomination import NominationReceived

RENDERER = Renderer()


def _write(database: str, statement: str, *values: object) -> None:
    connection = sqlite3.connect(database, timeout=30)
    with connection:
        connection.execute(statement, values)
    connection.close()


@task
def receive(database: str, number: int) -> None:
    """Take a nomination in."""
    _write(database, "INSERT INTO nomination VALUES (?, 'submitted')", number)


@task
def check(database: str, number: int) -> None:
    """Find a nomination eligible, once the deadline has passed."""
    _write(database, "UPDATE nomination SET state = 'eligible' WHERE number = ?", number)


@task
def appraise(database: str, number: int) -> None:
    """Put a nomination on the shortlist."""
    _write(database, "UPDATE nomination SET state = 'shortlisted' WHERE number = ?", number)


@task
def recognise(database: str, number: int) -> None:
    """Recognise a nomination."""
    _write(database, "UPDATE nomination SET state = 'recognised' WHERE number = ?", number)


@task
def replicate(database: str, number: int) -> None:
    """Record that a unit replicates a nomination."""
    _write(database, "UPDATE nomination SET state = 'replicated' WHERE number = ?", number)


@task
def notify(database: str, number: int, stage: str) -> None:
    """Render a message and queue it."""
    payload = NominationReceived(
        campaign_code="BENCH",
        campaign_name="Phong trào thi đua",
        coordinator_name="Ban Dân vận Tỉnh ủy",
        recipient_name="Huyện số 1",
        nomination_code=f"B-{number}",
        nomination_name=f"Mô hình đường hoa cây cảnh {stage}",
        received_at=datetime(2023, 9, 1, tzinfo=UTC),
        content_hash="0" * 64,
        version=1,
        late=False,
    )
    mail = RENDERER.render(payload, "vi")
    _write(database, "INSERT INTO message VALUES (?, ?, ?)", number, stage, mail.html)


@flow
def campaign(database: str, size: int) -> None:
    """Bring every nomination through the stages; all but the appraisal end with a message."""
    for stage in (receive, check, appraise, recognise, replicate):
        for number in range(size):
            stage(database, number)
            if stage is not appraise:
                notify(database, number, stage.name)


def make_tables(database: str) -> None:
    """Make the program's two tables."""
    _write(database, "CREATE TABLE nomination (number INTEGER PRIMARY KEY, state TEXT)")
    _write(database, "CREATE TABLE message (number INTEGER, stage TEXT, body TEXT)")
