"""A fresh schema equals all migrations applied, and a database of another version is refused."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine, inspect, text

from campaigns.rules.engine.errors import HomeNotReady
from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.store.tables import metadata
from tests.databases import Database
from tests.world import World, make_world

CATALOGUES = {
    "sqlite": {
        "objects": "SELECT type, name, sql FROM sqlite_master WHERE tbl_name <> 'alembic_version'",
        "columns": "SELECT m.name, c.* FROM sqlite_master m, pragma_table_xinfo(m.name) c "
        "WHERE m.type = 'table' AND m.name <> 'alembic_version'",
    },
    "postgresql": {
        "columns": "SELECT table_name, column_name, data_type, character_maximum_length, "
        "is_nullable, column_default, collation_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name <> 'alembic_version'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
        "AND conrelid::regclass::text <> 'alembic_version'",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes "
        "WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
        "comments": "SELECT objoid::regclass::text, objsubid, description FROM pg_description "
        "WHERE objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)",
    },
}

A_DECISION = (
    "INSERT INTO unit (id, kind, subkind, email, note) VALUES ('u', 'district', '', '', '')",
    (
        "INSERT INTO campaign (id, code, name, state, version, playbook_version, created_at) "
        "VALUES (1, 'C', 'C', 'running', 1, 1, '2023-01-01 00:00:00')"
    ),
    (
        "INSERT INTO nomination (id, campaign_id, code, state, version, content_version, "
        "subject_kind, field, name, unit_id, nominated_by_id, submitted_at, late, returned_times) "
        "VALUES (1, 1, 'A', 'recognised', 1, 1, 'model', '', 'A', 'u', 'u', '2023-01-01 00:00:00', "
        "false, 0)"
    ),
    (
        "INSERT INTO decision (id, campaign_id, round, state, version, issuer_unit_id, series, "
        "drafted_at) VALUES (1, 1, 1, 'signed', 2, 'u', 'QĐ', '2023-01-01 00:00:00')"
    ),
    "INSERT INTO recognition VALUES (1, 1, true, 'Ba Tri')",
)


@pytest.fixture
def engine(bare_database: Database) -> Iterator[Engine]:
    if bare_database.backend == "sqlite":
        path = open_engine(bare_database.url).url.database
        assert path is not None
        Path(path).parent.mkdir()
    engine = bare_database.open()
    yield engine
    engine.dispose()


def _normal(value: object) -> object:
    """Put the clauses of a CREATE TABLE in one order: that of its columns is compared apart.

    SQLite quotes the name of a table that a migration had to make anew.
    """
    if not isinstance(value, str) or not value.startswith("CREATE TABLE"):
        return value
    clauses, depth = [""], 0
    for char in " ".join(value.split()):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and depth == 1:
            clauses.append("")
        else:
            clauses[-1] += char
    head, _, first = clauses[0].partition("(")
    body, _, end = clauses[-1].rpartition(")")
    return (
        head.replace('"', ""),
        tuple(sorted(one.strip() for one in (first, *clauses[1:-1], body))),
        end,
    )


def catalogue(engine: Engine) -> dict[str, set[tuple[object, ...]]]:
    """Return what the database itself says of its tables."""
    with engine.connect() as connection:
        return {
            name: {tuple(map(_normal, row)) for row in connection.execute(text(query))}
            for name, query in CATALOGUES[engine.dialect.name].items()
        }


def table_names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


# --- Fresh or migrated: the same ------------------------------------------------------------------


def test_alembic_finds_no_difference_between_migrations_and_tables(engine: Engine):
    schema.upgrade(engine)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_schema_made_fresh_equals_all_migrations_applied(engine: Engine):
    """With what Alembic does not compare: CHECK, WITHOUT ROWID, comments, sort order."""
    schema.upgrade(engine)
    migrated = catalogue(engine)
    schema.migrate(engine, command.downgrade, "base")

    with engine.begin() as connection:
        metadata.create_all(connection)

    fresh = catalogue(engine)
    assert {name: sorted(map(str, fresh[name] ^ migrated[name])) for name in fresh} == {
        name: [] for name in fresh
    }


def test_migrations_make_every_table(engine: Engine):
    schema.upgrade(engine)

    assert table_names(engine) == set(metadata.tables)


def test_tables_without_row_numbers_are_so_after_the_migrations(engine: Engine):
    schema.upgrade(engine)
    wanted = {
        table.name
        for table in metadata.sorted_tables
        if table.dialect_options["sqlite"]["with_rowid"] is False
    }

    if engine.dialect.name == "postgresql":
        assert wanted  # nothing of the kind there
        return
    with engine.connect() as connection:
        found = connection.execute(text("SELECT name FROM pragma_table_list WHERE wr = 1"))
        assert set(found.scalars()) == wanted
    assert "ballot" in wanted


def test_revision_imports_nothing_of_ours():
    """It must mean the same when the tables of the program have long changed."""
    texts = [path.read_text("utf-8") for path in schema._MIGRATIONS.glob("versions/*.py")]

    lines = [line for each in texts for line in each.splitlines() if "import " in line]
    roots = {line.split()[1].partition(".")[0] for line in lines}
    assert roots - sys.stdlib_module_names == {"sqlalchemy", "alembic"}


# --- Up, twice, down and up again -----------------------------------------------------------------


def test_upgrade_returns_the_version_it_came_to(engine: Engine):
    assert schema.upgrade(engine) == schema.wanted() == schema.present(engine)


def test_upgrade_of_a_current_database_changes_nothing(database: Database):
    world = make_world(database)

    schema.upgrade(world.store.engine)

    assert world.read(lambda tx: tx.head().number) == 1
    world.store.engine.dispose()


def test_downgrade_of_a_database_with_data_takes_all_tables_away(
    engine: Engine, bare_database: Database
):
    campaign_of(engine, bare_database).store.engine.dispose()

    schema.migrate(engine, command.downgrade, "base")

    assert table_names(engine) == set()


def test_database_works_after_down_and_up_again(engine: Engine, bare_database: Database):
    campaign_of(engine, bare_database).store.engine.dispose()
    schema.migrate(engine, command.downgrade, "base")

    world = campaign_of(engine, bare_database)

    world.launch()
    assert world.read(lambda tx: tx.campaign.state) == "running"
    world.store.engine.dispose()


def campaign_of(engine: Engine, database: Database) -> World:
    schema.upgrade(engine)
    return make_world(database)


def test_decisions_and_their_results_survive_the_version_that_replaces_decisions(engine: Engine):
    """SQLite makes the table of decisions anew, and their results point to it."""
    schema.upgrade(engine)
    schema.migrate(engine, command.downgrade, "0004")
    with engine.begin() as connection:
        for statement in A_DECISION:
            connection.execute(text(statement))

    schema.upgrade(engine)

    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT d.state, r.unit_name FROM decision d JOIN recognition r ON d.id = 1")
        ).all()
    assert [tuple(row) for row in found] == [("signed", "Ba Tri")]


VOTED = (
    *A_DECISION[:3],
    "INSERT INTO council_session VALUES (1, 1, 1, '2023-01-01 00:00:00', 3)",
    "INSERT INTO ballot (id, session_id, nomination_id, choice) VALUES ('d1', 1, 1, 'yes')",
    "INSERT INTO ballot (id, session_id, nomination_id, choice) VALUES ('07', 1, 1, 'blank')",
)


def test_ballots_survive_the_version_that_puts_them_beside_each_other_and_the_way_back(
    engine: Engine,
):
    schema.upgrade(engine)
    schema.migrate(engine, command.downgrade, "0009")
    with engine.begin() as connection:
        for statement in VOTED:
            connection.execute(text(statement))

    def ballots() -> list[tuple[object, ...]]:
        query = "SELECT id, session_id, nomination_id, choice FROM ballot ORDER BY id"
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query))]

    kept = [("07", 1, 1, "blank"), ("d1", 1, 1, "yes")]
    schema.upgrade(engine)
    assert ballots() == kept
    schema.migrate(engine, command.downgrade, "0009")
    assert ballots() == kept


# --- Another version ------------------------------------------------------------------------------


def stamp(engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})


def test_database_of_this_version_is_current(database: Database):
    engine = database.open()

    schema.ensure_current(engine)

    assert schema.present(engine) == schema.wanted()
    engine.dispose()


def test_database_without_tables_is_missing(engine: Engine):
    with pytest.raises(HomeNotReady, match="There is no database here yet; make one"):
        schema.ensure_current(engine)


def test_database_file_that_does_not_exist_is_missing_and_not_made(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path / 'none.db'}")

    with pytest.raises(HomeNotReady, match="There is no database here yet"):
        schema.ensure_current(engine)

    assert list(tmp_path.iterdir()) == []


def test_database_of_an_older_version_is_to_be_upgraded(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    schema.upgrade(engine)
    have = schema.wanted()
    monkeypatch.setattr(schema, "wanted", lambda: "0999")

    with pytest.raises(HomeNotReady, match=f"version {have}.*needs 0999.*upgrade it"):
        schema.ensure_current(engine)


def test_database_of_a_newer_version_needs_a_newer_program(engine: Engine):
    schema.upgrade(engine)
    stamp(engine, "0999")

    with pytest.raises(HomeNotReady, match=r"0999, which is newer.*Install the newer program"):
        schema.ensure_current(engine)


def test_database_of_a_newer_version_is_not_upgraded(engine: Engine):
    schema.upgrade(engine)
    stamp(engine, "0999")

    with pytest.raises(HomeNotReady, match="nothing was changed"):
        schema.upgrade(engine)


def test_file_that_is_no_database_is_named(tmp_path: Path):
    path = tmp_path / "thidua.db"
    path.write_text("Đây là một tệp văn bản, không phải cơ sở dữ liệu.\n" * 100, "utf-8")

    with pytest.raises(HomeNotReady, match=r"thidua\.db cannot be opened"):
        schema.ensure_current(open_engine(f"sqlite:///{path}"))


def test_server_that_does_not_answer_is_named_without_the_password(tmp_path: Path):
    url = f"postgresql+psycopg://thidua:s3cret@/thidua?host={tmp_path}"

    with pytest.raises(HomeNotReady, match="cannot be opened") as refused:
        schema.ensure_current(open_engine(url))

    assert "s3cret" not in str(refused.value)


def test_revision_that_is_unknown_is_alembics_own_error(engine: Engine):
    """Why `schema.upgrade` asks first: nobody understands this one."""
    schema.upgrade(engine)
    stamp(engine, "0999")

    with pytest.raises(CommandError):
        schema.migrate(engine, command.upgrade, "head")


def test_migration_drafted_from_unchanged_tables_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copied = tmp_path / "migrations"
    for path in (*schema._MIGRATIONS.glob("*.*"), *schema._MIGRATIONS.glob("versions/*.py")):
        target = copied / path.relative_to(schema._MIGRATIONS)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    monkeypatch.setattr(schema, "_MIGRATIONS", copied)

    draft = schema.draft_migration("Household members").read_text("utf-8")

    assert '"""Household members."""' in draft
    assert "op." not in draft


def test_versions_read_without_alembic_are_those_alembic_knows():
    script = ScriptDirectory.from_config(schema._config())
    assert schema._known() == {each.revision for each in script.walk_revisions()}
    assert schema.wanted() == script.get_current_head()
