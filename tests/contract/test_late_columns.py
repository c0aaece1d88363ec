"""What was appraised before points could be taken off for being late keeps its total."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import Engine, text

from campaigns.store import schema
from campaigns.store.database import WRITES
from tests.databases import Database


@pytest.fixture
def engine(database: Database) -> Iterator[Engine]:
    engine = database.open()
    yield engine
    engine.dispose()


def test_appraisals_of_the_version_before_survive(engine: Engine):
    schema.migrate(engine, command.downgrade, "0003")
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in ROWS:
            connection.execute(text(statement))

    schema.migrate(engine, command.upgrade, "head")

    with engine.connect() as connection:
        row = connection.execute(
            text("SELECT total_centipoints, days_late, deduction_centipoints FROM appraisal")
        ).one()
    assert tuple(row) == (8050, 0, 0)


ROWS = (
    (
        "INSERT INTO campaign (id, code, name, state, version, playbook_version, created_at) "
        "VALUES (1, 'A', 'A', 'running', 1, 1, '2023-02-06 00:00:00')"
    ),
    "INSERT INTO unit (id, kind, subkind, email, note) VALUES ('u', 'district', '', '', '')",
    (
        "INSERT INTO nomination (id, campaign_id, code, state, version, content_version, "
        "subject_kind, field, name, unit_id, nominated_by_id, submitted_at, late, returned_times) "
        "VALUES (1, 1, 'N', 'appraised', 1, 1, 'model', '', 'N', 'u', 'u', '2023-09-01 00:00:00', "
        "false, 0)"
    ),
    (
        "INSERT INTO appraisal (nomination_id, total_centipoints, reviews, lines, disagreements, "
        "appraised_at) VALUES (1, 8050, 2, '{}', '[]', '2023-09-29 00:00:00')"
    ),
)
