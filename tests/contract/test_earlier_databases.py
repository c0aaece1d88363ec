"""A campaign in mid-course comes through every upgrade and goes on to its end.

`tests/golden/databases` holds databases as the programs of earlier versions left them, in the
middle of a campaign; `record.py` there says how they were made. Each is brought to this version
on both databases.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Date, DateTime, Engine, MetaData, Table, func, insert, select, text

from campaigns.rules.engine.errors import ReferencesBroken, ReferencesBrokenBefore
from campaigns.rules.log.replay import replay
from campaigns.services.launch import closing
from campaigns.services.log import audit
from campaigns.services.replication import adoptions
from campaigns.store import events, schema
from campaigns.store.database import WRITES, open_engine
from campaigns.store.tables import metadata
from schemas.imports import AdoptionRow
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.world import CODE, DISTRICT, World, open_world

FOLDER = Path(__file__).parents[1] / "golden" / "databases"
RECORDED = sorted(FOLDER.glob("*.json.gz"))
NEVER_THE_NEWEST = {"0002", "0003", "0004", "0005", "0020", "0021"}
"""Landed with the one after them: no program has left a database of theirs."""


def told(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(path.read_bytes()))
    return found


def versions() -> list[str]:
    """Return all revisions, the first one first."""
    script = ScriptDirectory.from_config(schema._config())
    return [one.revision for one in script.walk_revisions()][::-1]


@pytest.fixture
def engine(bare_database: Database) -> Iterator[Engine]:
    if bare_database.backend == "sqlite":
        path = open_engine(bare_database.url).url.database
        assert path is not None
        Path(path).parent.mkdir()
    engine = bare_database.open()
    yield engine
    engine.dispose()


def restore(engine: Engine, recorded: dict[str, Any]) -> None:
    """Make a database of the recorded version and put its rows back."""
    schema.migrate(engine, command.upgrade, recorded["revision"])
    tables = MetaData()
    tables.reflect(engine)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table in tables.sorted_tables:
            rows = recorded["tables"].get(table.name, {"rows": []})
            if rows["rows"]:
                connection.execute(insert(table), [*read(table, rows)])
        if engine.dialect.name == "postgresql":
            for table in tables.sorted_tables:
                if "id" in table.c and isinstance(table.c.id.type.python_type(), int):
                    connection.execute(text(NEXT_NUMBER.format(table=table.name)))


NEXT_NUMBER = (
    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE(MAX(id), 1)) FROM {table}"
)


def read(table: Table, recorded: dict[str, Any]) -> Iterator[dict[str, object]]:
    for row in recorded["rows"]:
        yield {
            name: value(table.c[name].type, one)
            for name, one in zip(recorded["columns"], row, strict=True)
        }


def value(kind: object, written: Any) -> object:
    """Return a value as it was before SQLite kept it."""
    if isinstance(written, dict):
        return base64.b64decode(written["base64"])
    if written is None:
        return None
    match kind:
        case Boolean():
            return bool(written)
        case DateTime():
            moment = datetime.fromisoformat(written)
            return moment.replace(tzinfo=UTC) if kind.timezone else moment
        case Date():
            return date.fromisoformat(written)
    return written


def counts(engine: Engine) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables.sorted_tables
        }


def go_on(world: World, position: str) -> None:
    """Go on from where the campaign was to its end."""
    world.commands = 1_000
    if position == "council":
        world.approve(Stage.RECOGNITION, "lan")
        world.open(Stage.REPLICATION)
        row = AdoptionRow(
            row=2,
            id="A-1",
            model_code="A",
            adopting_unit_id=DISTRICT,
            state="committed",
            committed_on=date(2023, 10, 16),
        )
        world.act(adoptions.record_adoptions, [row])
    elif world.read(has_correction):
        world.approve(Stage.RECOGNITION, "lan")
    world.at("2024-12-31T17:00:00")
    world.act(adoptions.sweep_follow_ups)
    world.finish(Stage.REPLICATION)
    world.act(closing.close_if_finished)


def has_correction(tx: Any) -> bool:
    return bool(tx.connection.execute(text("SELECT COUNT(*) FROM correction")).scalar())


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name.partition(".")[0])
def test_campaign_of_an_earlier_version_comes_through_the_upgrade_and_goes_on(
    path: Path, engine: Engine, bare_database: Database
):
    recorded = told(path)
    restore(engine, recorded)
    before = counts(engine)

    assert schema.upgrade(engine) == schema.wanted()

    assert before.items() <= counts(engine).items()
    world = open_world(bare_database, datetime.fromisoformat(recorded["now"]))
    assert world.read(audit.verify).intact
    go_on(world, path.name.partition("-")[2].partition(".")[0])
    assert world.read(audit.verify).intact
    states = world.read(lambda tx: replay(events.read(tx.connection, tx.campaign.id)))
    assert states[f"campaign:{CODE}"] == "closed"
    assert {"recognised", "ineligible"} <= {*states.values()}
    world.store.engine.dispose()


def test_rows_are_kept_by_each_step_of_the_way(engine: Engine):
    recorded = told(FOLDER / "0001-replication.json.gz")
    restore(engine, recorded)
    before = counts(engine)

    for version in versions()[1:]:
        schema.migrate(engine, command.upgrade, version)
        assert before.items() <= counts(engine).items(), version


def test_way_back_keeps_the_rows_too(engine: Engine):
    """A revision that makes a table anew may be undone with rows that point to it."""
    restore(engine, told(FOLDER / "0011-replication.json.gz"))
    before = counts(engine)

    schema.migrate(engine, command.downgrade, "0006")

    after = counts(engine)
    assert {name: before[name] for name in after} == after


def test_every_version_that_was_the_newest_is_recorded():
    recorded = {path.name.partition("-")[0] for path in RECORDED}

    assert {*versions()[:-1]} - recorded == NEVER_THE_NEWEST


def test_recorded_databases_have_rows_in_every_table_of_their_version():
    newest = told(max(RECORDED, key=lambda path: path.name))["tables"]
    filled = {
        name for path in RECORDED for name, table in told(path)["tables"].items() if table["rows"]
    }
    assert set(newest) - filled == set()
    assert set(newest) <= set(metadata.tables)


# --- All or nothing -------------------------------------------------------------------------------


def test_upgrade_that_would_leave_a_row_that_points_to_nothing_changes_nothing(engine: Engine):
    restore(engine, told(FOLDER / "0007-council.json.gz"))
    before = counts(engine)

    def harm(config: Any, _revision: str) -> None:
        command.upgrade(config, "0008")
        connection = config.attributes["connection"]
        key = "CONSTRAINT fk_approval_stage_id"
        if connection.dialect.name == "postgresql":  # it keeps references, unless it is told not to
            connection.execute(text(f"ALTER TABLE approval DROP {key}"))
        connection.execute(text("UPDATE approval SET stage_id = stage_id + 99"))
        if connection.dialect.name == "postgresql":
            wanted = f"{key} FOREIGN KEY (stage_id) REFERENCES stage (id) NOT VALID"
            connection.execute(text(f"ALTER TABLE approval ADD {wanted}"))

    with pytest.raises(ReferencesBroken, match="approval -> stage") as refused:
        schema.migrate(engine, harm, "0008")

    assert not isinstance(refused.value, ReferencesBrokenBefore)
    assert schema.present(engine) == "0007"
    assert counts(engine) == before


def test_upgrade_that_fails_half_way_changes_nothing(engine: Engine):
    restore(engine, told(FOLDER / "0006-council.json.gz"))
    before = counts(engine)

    def fail(config: Any, _revision: str) -> None:
        command.upgrade(config, "head")
        message = "the machine is out of disk"
        raise OSError(message)

    with pytest.raises(OSError, match="out of disk"):
        schema.migrate(engine, fail, "head")

    assert schema.present(engine) == "0006"
    assert counts(engine) == before
    assert schema.upgrade(engine) == schema.wanted()


def test_rows_that_pointed_to_nothing_before_the_upgrade_are_named_as_such(engine: Engine):
    if engine.dialect.name == "postgresql":
        return  # it keeps every reference itself
    restore(engine, told(FOLDER / "0007-council.json.gz"))
    with engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        connection.connection.cursor().execute("DELETE FROM unit_name WHERE unit_id = 'an-thuy'")
        connection.connection.cursor().execute("DELETE FROM unit WHERE id = 'an-thuy'")
        connection.invalidate()

    with pytest.raises(ReferencesBroken, match="unit_parent -> unit") as refused:
        schema.upgrade(engine)

    assert isinstance(refused.value, ReferencesBrokenBefore)
    assert schema.present(engine) == "0007"


def test_references_are_kept_again_after_an_upgrade(engine: Engine):
    schema.upgrade(engine)

    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
