"""What the rows about DAGs hold beyond what the scheduler sees: versions, source, tags, times, errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import Table, select, update

from tradewind.ports.store import Signal
from tradewind.spec.dag import DagWarning, decode_dag
from tradewind.store import Store, tables
from tradewind.store.dags import SOURCE_LIMIT
from tradewind.store.engine import read, write
from tradewind.testing.contracts.store_values import (
    BUNDLE,
    NOW,
    World,
    dag_spec,
    import_error,
    parsed_file,
)


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def rows(store: Store, table: Table) -> list[dict[str, Any]]:
    with read(store.engine) as connection:
        found = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row) for row in found.mappings()]


def test_versions_are_numbered_and_keep_the_source(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "sales.py"
    for number, catchup in enumerate((False, True, True, False), 1):
        file.write_text(f"# edition {number}\n")
        parsed = parsed_file(dag_spec(catchup=catchup, fileloc=f"{file}{number}"), digest=str(number))
        store.dags.save_parsed(BUNDLE, str(tmp_path), msgspec.structs.replace(parsed, fileloc=str(file)), NOW)
    versions = rows(store, tables.dag_version)
    assert [row["number"] for row in versions] == [1, 2, 3]
    assert [row["source"] for row in versions] == ["# edition 1\n", "# edition 3\n", "# edition 4\n"]
    assert [row["created_at"] for row in versions] == [NOW] * 3
    assert all(UUID(row["uuid"]).version == 7 for row in versions)
    assert rows(store, tables.dag)[0]["version_id"] == versions[-1]["id"]
    assert versions[0]["meaning"] == versions[2]["meaning"] == dag_spec().meaning()


def test_a_new_warning_shows_in_the_version_that_is_there(store: Store, world: World) -> None:
    world.save(dag_spec())
    warning = DagWarning(kind="dag_argument_in_default_args", message="move it", line=3)
    world.save(dag_spec(warnings=(warning,)))
    [version] = rows(store, tables.dag_version)
    assert decode_dag(version["spec"]).warnings == (warning,)


@pytest.mark.parametrize(
    ("content", "source"),
    [
        (b"x = 1\n", "x = 1\n"),
        ("name = 'ü'".encode("latin-1"), "name = '\ufffd'"),
        (b"PK\x03\x04", None),
        (b"\x00\x01", None),
    ],
)
def test_the_source_of_odd_files(store: Store, tmp_path: Path, content: bytes, source: str | None) -> None:
    file = tmp_path / "sales.py"
    file.write_bytes(content)
    parsed = msgspec.structs.replace(parsed_file(dag_spec()), fileloc=str(file))
    store.dags.save_parsed(BUNDLE, str(tmp_path), parsed, NOW)
    assert rows(store, tables.dag_version)[0]["source"] == source


def test_a_long_source_is_cut(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "sales.py"
    file.write_text("#" * (SOURCE_LIMIT + 1))
    parsed = msgspec.structs.replace(parsed_file(dag_spec()), fileloc=str(file))
    store.dags.save_parsed(BUNDLE, str(tmp_path), parsed, NOW)
    source = rows(store, tables.dag_version)[0]["source"]
    assert source.startswith("#" * SOURCE_LIMIT)
    assert source.endswith("larger than 1 MiB\n")


def test_what_is_shown_of_a_dag(store: Store, world: World) -> None:
    world.save(
        dag_spec(
            dag_display_name="Sales of the day",
            description="what was sold",
            owners=("ada", "bob"),
            tags=("b", "a", "b"),
            max_active_runs=3,
            max_active_tasks=5,
        )
    )
    [row] = rows(store, tables.dag)
    assert row["display_name"] == "Sales of the day"
    assert row["description"] == "what was sold"
    assert row["owners"] == "ada, bob"
    assert (row["max_active_runs"], row["max_active_tasks"]) == (3, 5)
    assert row["timetable_summary"] == "0 2 * * *"
    assert (row["last_parsed_at"], row["last_parse_seconds"]) == (NOW, 0.25)
    assert [tag["name"] for tag in rows(store, tables.dag_tag)] == ["a", "b"]
    world.save(dag_spec(tags=("c",)))
    assert [tag["name"] for tag in rows(store, tables.dag_tag)] == ["c"]
    assert rows(store, tables.dag)[0]["display_name"] == "sales"


def test_a_failing_file_marks_its_dags_and_keeps_the_error(store: Store, world: World) -> None:
    world.save(dag_spec())
    world.save(errors=[import_error()], digest="2")
    [row] = rows(store, tables.dag)
    assert (row["has_import_errors"], row["stale"], row["digest"]) == (True, False, "1")
    [error] = rows(store, tables.import_error)
    assert (error["line"], error["at"], error["bundle_name"]) == (3, NOW, BUNDLE)
    assert error["traceback"].startswith("Traceback")
    world.save(dag_spec(), digest="3")
    assert not rows(store, tables.dag)[0]["has_import_errors"]


def test_a_dag_that_is_gone_tells_when(store: Store, world: World) -> None:
    world.save(dag_spec())
    world.save()
    [row] = rows(store, tables.dag)
    assert (row["stale"], row["last_expired_at"]) == (True, NOW)
    world.save(dag_spec())
    [row] = rows(store, tables.dag)
    assert (row["stale"], row["last_expired_at"]) == (False, None)


def test_a_paused_dag_stays_paused(store: Store, world: World) -> None:
    world.save(dag_spec())
    with write(store.engine) as connection:
        connection.execute(update(tables.dag).values(paused=False))
    world.save(dag_spec(catchup=True))
    assert not world.dag().paused


def test_a_deleted_dag_goes_on_counting_its_versions(store: Store, world: World) -> None:
    world.save(dag_spec())
    with write(store.engine) as connection:
        connection.execute(tables.dag.delete())
    world.save(dag_spec(catchup=True))
    assert [row["number"] for row in rows(store, tables.dag_version)] == [1, 2]
    assert world.dag().spec.catchup


def test_new_dags_may_start_unpaused(store_url: str) -> None:
    with Store(store_url, paused_at_creation=False) as store:
        store.dags.save_parsed(
            BUNDLE,
            "/nowhere",
            parsed_file(dag_spec(), dag_spec("off", is_paused_upon_creation=True)),
            NOW,
        )
        assert [dag.paused for dag in store.scheduler.dags()] == [True, False]


def test_owners(store: Store, world: World) -> None:
    world.save(dag_spec(), dag_spec("gone"))
    world.save(dag_spec())
    assert store.dags.owners() == {"sales": (BUNDLE, "sales.py")}


def test_another_bundle_may_not_take_a_dag(store: Store, world: World, tmp_path: Path) -> None:
    world.folder = str(tmp_path)
    (tmp_path / "sales.py").touch()
    world.save(dag_spec())
    store.dags.save_parsed("other", "/elsewhere", parsed_file(dag_spec(catchup=True)), NOW)
    assert not world.dag().spec.catchup
    assert [row["bundle_name"] for row in rows(store, tables.import_error)] == ["other"]


def test_a_dag_folder_that_was_moved_takes_its_dags_along(store: Store, world: World, tmp_path: Path) -> None:
    """The old folder is still there, but it is no folder of DAGs any more."""
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        folder.mkdir()
    (old / "sales.py").touch()
    world.folder = str(old)
    world.save(dag_spec())
    world.folder = str(new)
    (new / "team.py").touch()
    world.save(dag_spec(), name="team.py")
    assert rows(store, tables.import_error) == []
    assert (world.dag().source.bundle_path, world.dag().source.relative_fileloc) == (str(new), "team.py")


def test_unchanged_files_signal_nothing_and_changed_ones_once(store: Store, world: World) -> None:
    world.save(dag_spec(), dag_spec("stock"))
    assert [found.dag_id for found in store.scheduler.take_signals()] == ["sales", "stock"]
    world.save(dag_spec(), dag_spec("stock"))
    assert store.scheduler.take_signals() == []
    world.save(dag_spec(catchup=True), dag_spec("stock"))
    assert store.scheduler.take_signals() == [Signal("dag", "sales")]


def test_specs_are_decoded_once_per_version(store: Store, world: World) -> None:
    world.save(dag_spec())
    assert world.dag().spec is world.dag().spec
    assert world.run().spec is world.dag().spec
