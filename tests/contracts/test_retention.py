"""What ended before a time is deleted, in batches, and nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, insert, select

from tradewind.errors import InvalidError
from tradewind.ports.store import CallbackRow, RunChange, RunSnapshot, XComWrite
from tradewind.spec.states import DagRunState
from tradewind.spec.wire import XComValue
from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.store.retention import CLEANED
from tradewind.testing.contracts.store_values import NOW, TTL, World, dag_spec, new_id

DAY = timedelta(days=1)
ALL = dict.fromkeys(CLEANED, 0)


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def finished(world: World, at: datetime, state: DagRunState = DagRunState.SUCCESS) -> RunSnapshot:
    """A run with one attempt, one XCom and one callback that ended at `at`."""
    run = world.run()
    world.queued(run)
    xcom = XComWrite(run.run.id, "sales", run.run.run_id, "extract", -1, (XComValue(key="k", value="1"),))
    step = world.step(
        run,
        xcoms=[xcom],
        callbacks=[CallbackRow(new_id(), run.run.id, "on_failure_callback", "", NOW)],
        runs=[RunChange(run.run.id, DagRunState.RUNNING, state, {"end_date": at})],
    )
    assert world.store.scheduler.apply(step) == set()
    return run


def counts(store: Store) -> dict[str, int]:
    with read(store.engine) as connection:
        return {
            name: connection.execute(select(func.count()).select_from(tables.metadata.tables[name])).scalar_one()
            for name in CLEANED
        }


def log(store: Store, *times: datetime) -> None:
    with write(store.engine) as connection:
        connection.execute(insert(tables.event_log), [{"at": at, "event": "trigger"} for at in times])


def test_old_runs_go_with_all_that_hangs_on_them(store: Store, world: World) -> None:
    for n in range(5):
        finished(world, NOW - DAY * (n + 1), DagRunState.FAILED if n % 2 else DagRunState.SUCCESS)
    kept = [finished(world, NOW), world.run(), world.run(state=DagRunState.QUEUED)]
    before = counts(store)
    expected = ALL | {"dag_run": 5, "task_instance": 10, "attempt": 5, "xcom": 5, "callback": 5}
    assert store.clean(NOW, dry_run=True) == expected
    assert counts(store) == before
    # batches smaller than the work
    assert store.clean(NOW, batch=2) == expected
    assert counts(store) == {name: before[name] - expected[name] for name in before}
    for run in kept:
        assert store.scheduler.load_run(run.run.id) is not None
    assert store.clean(NOW) == ALL


def test_only_the_named_tables(store: Store, world: World) -> None:
    finished(world, NOW - DAY)
    log(store, NOW - DAY)
    assert store.clean(NOW, ["xcom"]) == {"xcom": 1}
    assert store.clean(NOW, ["event_log"]) == {"event_log": 1}
    assert counts(store)["dag_run"] == 1
    assert store.clean(NOW, ["task_instance"]) == {"task_instance": 2, "attempt": 1}
    assert store.clean(NOW, ["dag_run"])["dag_run"] == 1


def test_the_log_and_workers_that_ended(store: Store) -> None:
    log(store, NOW - DAY, NOW - timedelta(microseconds=1), NOW)
    ended, silent, living = new_id(), new_id(), new_id()
    for worker in (ended, silent):
        store.leases.register(worker, "scheduler", NOW - 2 * DAY)
    store.leases.end(ended, NOW - DAY)
    store.leases.register(living, "scheduler", NOW - 2 * DAY)
    store.leases.heartbeat([living], NOW)
    assert store.clean(NOW) == ALL | {"event_log": 2, "worker": 2}
    assert store.leases.dead_workers([living], NOW, TTL) == {}


def test_versions_that_nobody_refers_to(store: Store, world: World) -> None:
    world.save(dag_spec())
    old = finished(world, NOW - DAY)
    world.save(dag_spec(catchup=True))
    world.save(dag_spec(max_active_runs=3))
    # the second is referred to by no run, the third is the DAG's
    assert store.clean(NOW + DAY, ["dag_version"]) == {"dag_version": 1}
    assert store.scheduler.load_run(old.run.id) is not None
    assert store.clean(NOW + DAY) == ALL | {
        "dag_run": 1,
        "task_instance": 2,
        "attempt": 1,
        "xcom": 1,
        "callback": 1,
        "dag_version": 1,
    }
    assert world.dag().spec.max_active_runs == 3
    world.save(dag_spec())
    assert world.run().spec == dag_spec()


def test_mistakes_of_the_caller(store: Store) -> None:
    with pytest.raises(InvalidError, match="does not know the table 'dag'") as error:
        store.clean(NOW, ["dag"])
    assert "dag_run" in (error.value.fix or "")
    with pytest.raises(InvalidError, match="has no time zone"):
        store.clean(datetime(2024, 5, 1))
    with pytest.raises(InvalidError, match="below 1"):
        store.clean(NOW, batch=0)


def test_backfills_that_are_over_once_their_runs_are_gone(store: Store) -> None:
    values = {
        "dag_id": "sales", "origin": "user", "from_date": NOW, "to_date": NOW, "run_backwards": False,
        "reprocess_behavior": "none", "selection": "missing", "max_active_runs": 1, "run_on_latest_version": False,
        "paused": False, "created_at": NOW, "updated_at": NOW, "planned": 2, "exhausted": True, "forgiven": 0,
    }  # fmt: skip
    run = finished(World(store), NOW)
    with write(store.engine) as connection:
        ended = (NOW - 2 * DAY, NOW, None, NOW - 2 * DAY)
        ids = [
            connection.execute(
                insert(tables.backfill).values(**values, completed_at=at).returning(tables.backfill.c.id)
            ).scalar_one()
            for at in ended
        ]
        items = [
            {"backfill_id": made, "logical_date": NOW, "ordinal": number, "action": "skip", "reason": "", "todo": False}
            for made in ids
            for number in (1, 2)
        ]
        connection.execute(insert(tables.backfill_run), items)
        connection.execute(tables.dag_run.update().where(tables.dag_run.c.id == run.run.id).values(backfill_id=ids[-1]))
    assert store.clean(NOW - DAY, ["backfill"], dry_run=True) == {"backfill": 1, "backfill_run": 2}
    assert store.clean(NOW - DAY, ["backfill"]) == {"backfill": 1, "backfill_run": 2}
    after = counts(store)
    assert (after["backfill"], after["backfill_run"]) == (3, 6)
