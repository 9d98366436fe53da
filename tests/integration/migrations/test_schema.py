"""The schema that the migrations make is the one the tables describe, and its state is told right."""

from __future__ import annotations

import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, insert, inspect, text

import tradewind.store
from tradewind.errors import SchemaError
from tradewind.spec.states import DagRunState
from tradewind.store import Store, schema, tables
from tradewind.store.engine import read, write
from tradewind.store.schema import REVISIONS, VERSION_TABLE, SchemaState
from tradewind.testing.contracts.store_values import NOW, World

_PARTS = re.compile(r",\s+(?![^(]*\))|\n+")
"""Between the parts of a CREATE TABLE: commas outside parentheses."""
MIGRATIONS = Path(tradewind.store.__file__).with_name("migrations")


@pytest.fixture
def empty(empty_url: str) -> Iterator[Store]:
    with Store(empty_url) as store:
        yield store


def set_version(store: Store, version: str) -> None:
    with write(store.engine) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = :version"), {"version": version})


def scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_the_known_revisions_are_those_on_disk() -> None:
    on_disk = [script.revision for script in scripts().walk_revisions()]
    assert tuple(reversed(on_disk)) == REVISIONS
    assert scripts().get_heads() == [REVISIONS[-1]]


def run_migrations(store: Store) -> None:
    """What becomes of a database that was there before this version: all migrations, one after the other."""
    with write(store.engine) as connection:
        schema._run_alembic(connection)


def test_an_empty_database_gets_the_tables(empty: Store) -> None:
    assert empty.schema_state() is SchemaState.MISSING
    assert empty.migrate() == list(REVISIONS)
    assert empty.schema_state() is SchemaState.CURRENT
    empty.check()


def test_only_the_owner_may_read_an_embedded_database(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'a.db'}") as store:
        store.migrate()
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert set(modes.values()) == {0o600}, modes


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
def test_the_migrations_make_the_tables(empty: Store) -> None:
    """Indexes on expressions, which SQLAlchemy does not read back, by the next test."""
    run_migrations(empty)
    assert empty.schema_state() is SchemaState.CURRENT
    empty.check()
    with read(empty.engine) as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True})
        found = compare_metadata(context, tables.metadata)
    # PostgreSQL spells expressions in its own way: whether they are the same is told by the plans of lists
    assert [each for each in found if not re.search(r"_index', Index\('ix_\w+_duration'", str(each))] == []


def test_the_migrations_make_the_same_sql_as_the_tables(tmp_path: Path) -> None:
    """Also what Alembic does not compare, such as AUTOINCREMENT, the rules of foreign keys and its own table."""
    with Store(f"sqlite:///{tmp_path / 'a.db'}") as migrated, Store(f"sqlite:///{tmp_path / 'b.db'}") as made:
        run_migrations(migrated)
        made.migrate()
        assert statements(migrated) == statements(made)


def statements(store: Store) -> dict[str, list[str]]:
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    with read(store.engine) as connection:
        found = {str(row[0]): str(row[1]) for row in connection.execute(query)}
    # the parts of a table come in another order: constraints before or after each other, columns where they were added
    # and a table that SQLite had to copy has its name in quotes
    found = {name: sql.replace('"', "").removesuffix(")") for name, sql in found.items()}
    return {name: sorted(part.strip() for part in _PARTS.split(sql)) for name, sql in found.items()}


def test_migrating_again_changes_nothing(empty: Store) -> None:
    empty.migrate()
    with write(empty.engine) as connection:
        connection.execute(tables.pool.update().values(slots=7))
    assert empty.migrate() == []
    assert empty.scheduler.pools() == {"default_pool": 7}


def test_the_default_pool_is_made_anew_when_it_is_missing(empty: Store) -> None:
    empty.migrate()
    with write(empty.engine) as connection:
        connection.execute(tables.pool.delete())
    assert empty.migrate() == []
    assert empty.scheduler.pools() == {"default_pool": 128}


def test_a_missing_schema_is_told_with_the_command(empty: Store) -> None:
    with pytest.raises(SchemaError, match="has no Tradewind tables yet") as error:
        empty.check()
    assert error.value.fix == "run: tradewind db migrate"
    assert "***" in str(error.value) or "sqlite" in str(error.value)


def test_asking_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    with Store(f"sqlite:///{path}") as store:
        assert store.schema_state() is SchemaState.MISSING
        with pytest.raises(SchemaError):
            store.check()
    assert not path.exists()


def test_a_newer_schema_is_refused_and_left_alone(empty: Store) -> None:
    empty.migrate()
    set_version(empty, "9999")
    assert empty.schema_state() is SchemaState.NEWER
    for ask in (empty.check, empty.migrate):
        with pytest.raises(SchemaError, match=r"made by a newer Tradewind \(its schema is 9999") as error:
            ask()
        assert error.value.fix is not None
        assert "upgrade Tradewind, or restore a backup" in error.value.fix
    assert empty.schema_state() is SchemaState.NEWER


def test_an_older_schema_is_told_with_the_command(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.migrate()
    monkeypatch.setattr(schema, "REVISIONS", (*REVISIONS, "9999"))
    assert empty.schema_state() is SchemaState.OLDER
    with pytest.raises(SchemaError, match="made by an older Tradewind") as error:
        empty.check()
    assert error.value.fix == "run: tradewind db migrate"


def test_the_database_of_another_program_is_not_touched(empty: Store) -> None:
    with write(empty.engine) as connection:
        connection.execute(text("CREATE TABLE dag_run (id INTEGER)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('b0d31815b5a6')"))
    for ask in (empty.check, empty.migrate):
        with pytest.raises(SchemaError, match="tables of another program, such as Airflow"):
            ask()
    with read(empty.engine) as connection:
        assert sorted(inspect(connection).get_table_names()) == ["alembic_version", "dag_run"]


def test_a_migration_that_fails_leaves_nothing_behind(empty: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run = schema._create

    def fail_at_the_end(connection: Connection) -> None:
        run(connection)
        schema._run_alembic(connection, down=True)
        schema._run_alembic(connection)
        raise RuntimeError("power cut")

    monkeypatch.setattr(schema, "_create", fail_at_the_end)
    with pytest.raises(RuntimeError):
        empty.migrate()
    assert empty.schema_state() is SchemaState.MISSING
    with read(empty.engine) as connection:
        assert inspect(connection).get_table_names() == []


MIGRATE = """
import sys
from tradewind.store import Store
sys.stdin.read()
with Store(sys.argv[1]) as store:
    print(len(store.migrate()))
    store.check()
"""


def test_processes_that_migrate_at_once(empty_url: str) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for child in children:  # all wait for the end of their input
        assert child.stdin is not None
        child.stdin.close()
        child.stdin = None
    ends = [child.communicate(timeout=60) for child in children]
    assert [(child.returncode, error) for child, (_, error) in zip(children, ends, strict=True)] == [(0, "")] * 2
    assert sorted(int(out) for out, _ in ends) == [0, len(REVISIONS)]
    with Store(empty_url) as store:
        assert store.scheduler.pools() == {"default_pool": 128}


START = """
import sys
from tradewind.store import Store
with Store(sys.argv[1]) as store:
    store.check()
    store.scheduler.unfinished_runs()
    store.wakeup().close()
heavy = {"alembic", "mako", "cryptography", "argon2", "fastapi", "psycopg"}
print(sorted(heavy & set(sys.modules)))
"""


def test_a_usual_start_loads_nothing_it_does_not_need(sqlite_store_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, sqlite_store_url], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_deleting_a_run_takes_all_of_it_along(store: Store) -> None:
    """The foreign keys are enforced on both databases, and their columns are indexed."""
    world = World(store)
    run = world.run()
    world.queued(run)
    with write(store.engine) as connection:
        connection.execute(
            insert(tables.xcom),
            {
                "dag_run_id": run.run.id,
                "task_id": "extract",
                "map_index": -1,
                "key": "k",
                "dag_id": "sales",
                "run_id": run.run.run_id,
                "value": "1",
                "created_at": NOW,
            },
        )
        connection.execute(tables.dag_run.delete())
        for table in (tables.task_instance, tables.attempt, tables.xcom):
            assert connection.execute(table.select()).all() == []


def alembic_to(store: Store, revision: str, *, down: bool = False) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with write(store.engine) as connection:
        config.attributes.update(connection=connection, version_table=VERSION_TABLE)
        (command.downgrade if down else command.upgrade)(config, revision)


def test_a_database_of_the_first_revision_keeps_what_is_in_it(empty: Store) -> None:
    """Up with data, down to where it came from, and up again."""
    empty.migrate()
    world = World(empty)
    kept = {run.run.id for run in (world.run(), world.run(state=DagRunState.QUEUED))}
    alembic_to(empty, "0001", down=True)
    with read(empty.engine) as connection:
        there = inspect(connection)
        assert "trigger" not in there.get_table_names()
        assert "skips" not in {column["name"] for column in there.get_columns("task_instance")}
        assert set(connection.scalars(text("SELECT id FROM dag_run"))) == kept
    assert empty.schema_state() is SchemaState.OLDER
    assert empty.migrate() == list(REVISIONS[1:])
    empty.check()
    found = {snapshot.run.id: snapshot for snapshot in empty.scheduler.unfinished_runs()}
    assert found.keys() == kept
    assert all(task.reschedules == 0 and task.trigger_id is None for run in found.values() for task in run.tasks)


def test_callbacks_and_deadlines_survive_the_copy_of_their_tables(empty: Store) -> None:
    """SQLite cannot alter these tables in place: what is in them stays, and still goes with its run."""
    empty.migrate()
    run = World(empty).run().run
    now = NOW.replace(tzinfo=None).isoformat(" ")
    alembic_to(empty, "0002", down=True)
    with write(empty.engine) as connection:
        connection.execute(
            text(
                "INSERT INTO deadline (id, dag_id, dag_run_id, task_id, number, reference, due_at, state, created_at)"
                f" VALUES ('d1', :dag_id, :run, '', 0, 'queued_at', '{now}', 'missed', '{now}')"
            ),
            {"dag_id": run.dag_id, "run": run.id},
        )
        connection.execute(
            text(
                "INSERT INTO callback (id, dag_run_id, kind, reason, state, tries, created_at)"
                f" VALUES ('c1', :run, 'deadline', 'late', 'queued', 0, '{now}')"
            ),
            {"run": run.id},
        )
    assert empty.migrate() == list(REVISIONS[2:])
    assert [(row.id, row.state, row.clear_number) for row in empty.history.deadlines(run.id)] == [("d1", "missed", 0)]
    assert [(row.id, row.run_pk) for row in empty.history.pending_callbacks()] == [("c1", run.id)]
    with write(empty.engine) as connection:
        connection.execute(tables.dag_run.delete().where(tables.dag_run.c.id == run.id))
    assert empty.history.deadlines(run.id) == [] and empty.history.pending_callbacks() == []
