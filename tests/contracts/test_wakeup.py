"""A leader that waits is woken by the commits of others, and by nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update

from tradewind.ports.store import WakeUp
from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.store.signals import emit
from tradewind.store.wakeup import QUESTIONS, TRIGGERS

LONG = 30.0
AT = datetime(2024, 8, 6, tzinfo=UTC)


@pytest.fixture
def wakeup(store: Store) -> Iterator[WakeUp]:
    made = store.wakeup()
    yield made
    made.close()


def signal(store: Store) -> None:
    with write(store.engine) as connection:
        emit(connection, "run", dag_id="sales", run_pk=7)


def test_nothing_happened(wakeup: WakeUp) -> None:
    start = time.monotonic()
    assert not wakeup.wait(0.05)
    assert time.monotonic() - start >= 0.05
    assert not wakeup.wait(0)


def test_a_signal_from_before_the_wait_is_not_missed(store: Store, wakeup: WakeUp) -> None:
    signal(store)
    assert wakeup.wait(LONG)
    assert not wakeup.wait(0)
    assert [found.run_pk for found in store.scheduler.take_signals()] == [7]


def test_a_signal_during_the_wait_ends_it(store: Store, wakeup: WakeUp) -> None:
    waiting, woken = threading.Event(), threading.Event()

    def wait() -> None:
        waiting.set()
        if wakeup.wait(LONG):
            woken.set()

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait()
    signal(store)
    assert woken.wait(LONG)
    thread.join()


def test_what_is_rolled_back_wakes_nobody(store: Store, wakeup: WakeUp) -> None:
    with pytest.raises(KeyError), write(store.engine) as connection:
        emit(connection, "dag", dag_id="sales")
        raise KeyError
    assert not wakeup.wait(0.05)
    assert store.scheduler.take_signals() == []


def test_reading_wakes_nobody(store: Store, wakeup: WakeUp) -> None:
    assert store.scheduler.unfinished_runs() == []
    assert store.scheduler.take_signals() == []
    assert not wakeup.wait(0.05)


def test_closing_ends_a_wait_in_another_thread(wakeup: WakeUp) -> None:
    answers: list[bool] = []
    waiting = threading.Event()

    def wait() -> None:
        waiting.set()
        answers.append(wakeup.wait(LONG))

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait()
    wakeup.close()
    thread.join(LONG)
    assert answers == [False]
    wakeup.close()
    assert not wakeup.wait(0)


def test_several_signals_are_one_wake_up(store: Store, wakeup: WakeUp) -> None:
    for _ in range(3):
        signal(store)
    assert wakeup.wait(LONG)
    assert len(store.scheduler.take_signals()) == 3
    wakeup.wait(0)  # taking them is a commit as well
    assert not wakeup.wait(0)


def test_who_waits_for_rows_of_one_table_sleeps_through_all_other_commits(sqlite_store: Store) -> None:
    triggers, questions = sqlite_store.wakeup(TRIGGERS), sqlite_store.wakeup(QUESTIONS)

    def wakes(*statements: Any) -> tuple[bool, bool]:
        with write(sqlite_store.engine) as connection:
            for statement in statements:
                connection.execute(statement)
        return triggers.wait(0), questions.wait(0)

    def new(trigger_id: str) -> Any:
        values = {"kind": "task", "classpath": "x.Y", "kwargs": "", "priority_weight": 1, "created_at": AT}
        return insert(tables.trigger).values(id=trigger_id, state="waiting", **values)

    asked = insert(tables.timetable_question).values(dag_id="d", dag_run_id=0, asked_at=AT)
    signal(sqlite_store)
    assert (triggers.wait(0.1), questions.wait(0.1)) == (False, False)
    assert wakes(new("1")) == (True, False)
    assert wakes(update(tables.trigger).values(state="running")) == (True, False)
    assert wakes(update(tables.trigger).values(state="waiting")) == (True, False)
    assert wakes(delete(tables.trigger)) == (True, False)
    assert wakes(new("2"), asked) == (True, True)
    assert wakes(delete(tables.trigger), new("3")) == (True, False)
    assert wakes(update(tables.timetable_question).values(asked_at=AT + timedelta(seconds=1))) == (False, True)
    triggers.close()
    questions.close()


@pytest.mark.postgres
def test_a_broken_connection_is_made_anew_and_wakes(postgres_store: Store) -> None:
    wakeup = postgres_store.wakeup()
    with read(postgres_store.engine) as connection:
        ended = connection.execute(
            text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        ).all()
    assert len(ended) == 1
    # what was signalled meanwhile cannot be known: look
    assert wakeup.wait(LONG)
    signal(postgres_store)
    assert wakeup.wait(LONG)
    wakeup.close()
