"""The log of changes: in the order of commits, nothing of what was rolled back, never empty."""

from __future__ import annotations

import threading

import pytest

from tradewind.store import Store
from tradewind.store.changes import MOST_TASKS, note_dag, note_run, note_tasks, note_topic
from tradewind.store.engine import write


def noted(store: Store, *dag_ids: str) -> None:
    with write(store.engine) as connection:
        for dag_id in dag_ids:
            note_dag(connection, dag_id)


def test_a_transaction_makes_one_entry_and_a_rollback_none(store: Store) -> None:
    noted(store, "a", "b", "a")
    with pytest.raises(ZeroDivisionError), write(store.engine) as connection:
        note_dag(connection, "lost")
        raise ZeroDivisionError
    with write(store.engine) as connection:
        connection.exec_driver_sql("SELECT 1")
    with write(store.engine) as connection:
        note_run(connection, 7)
        note_tasks(connection, 7, ["x", "y"])
        note_topic(connection, "assets")
    part = store.reads.changes.after(0)
    assert [change.dags for change in part.changes] == [["a", "b"], []]
    assert part.changes[1].tasks == {7: ["x", "y"]} and part.changes[1].runs == [7]
    assert part.changes[1].topics == ["assets"] and not part.lost
    assert store.reads.changes.after(part.position).changes == []


def test_a_large_change_names_the_run_and_not_each_task(sqlite_store: Store) -> None:
    with write(sqlite_store.engine) as connection:
        note_tasks(connection, 1, [str(number) for number in range(MOST_TASKS + 1)])
        note_tasks(connection, 2, ["x"])
    (change,) = sqlite_store.reads.changes.after(0).changes
    assert change.whole == [1] and change.tasks == {2: ["x"]}


def test_a_reader_never_misses_an_entry_of_concurrent_writers(store: Store) -> None:
    """Ids grow in the order of commits: what a reader has passed, nothing comes behind."""
    count, writers = 40, 4
    seen: list[str] = []
    done = threading.Event()

    def read() -> None:
        position = 0
        while True:
            last = done.is_set()
            part = store.reads.changes.after(position)
            assert not part.lost
            position = part.position
            seen.extend(dag_id for change in part.changes for dag_id in change.dags)
            if last and not part.changes:
                return

    def add(writer: int) -> None:
        for number in range(count):
            noted(store, f"{writer}-{number}")

    reader = threading.Thread(target=read)
    threads = [threading.Thread(target=add, args=(writer,)) for writer in range(writers)]
    for thread in (reader, *threads):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    reader.join()
    assert sorted(seen) == sorted(f"{writer}-{number}" for writer in range(writers) for number in range(count))


def test_trimming_keeps_the_newest_entry_and_tells_who_comes_too_late(store: Store) -> None:
    for number in range(6):
        noted(store, str(number))
    newest = store.change_log.newest()
    assert store.change_log.trim(newest - 3) == 3
    assert store.reads.changes.after(newest - 3).changes[0].dags == ["3"]
    assert store.reads.changes.after(newest - 4).lost
    assert store.change_log.trim(newest + 100) == 2
    assert store.change_log.newest() == newest
    assert store.change_log.trim(newest + 100) == 0
    assert not store.reads.changes.after(newest).lost
    assert store.reads.changes.after(newest + 1).lost


def test_too_many_entries_are_not_read(sqlite_store: Store) -> None:
    for number in range(5):
        noted(sqlite_store, str(number))
    part = sqlite_store.reads.changes.after(0, limit=3)
    assert part.lost and part.position == 5 and part.changes == []
