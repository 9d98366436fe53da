"""Pausing, notes, deleting, housekeeping."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import insert

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.services.janitor import Janitor
from tradewind.spec.states import DagRunState
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.store.signals import emit
from tradewind.testing.clock import VirtualClock

R = DagRunState


def paused(lab: Lab) -> dict[str, bool]:
    return {row["dag_id"]: row["paused"] for row in lab.rows("dag")}


def test_a_dag_is_unpaused_once(lab: Lab) -> None:
    lab.add(dag("x"))
    assert paused(lab) == {"x": True}
    assert lab.actions.set_paused("x", False, user="ann", now=NOW) is True
    assert lab.signals() == [("dag", "x", None)]
    assert lab.actions.set_paused("x", False, user="bob", now=NOW) is False
    assert lab.signals() == []
    assert lab.events() == [("patch_dag", "ann")]
    with pytest.raises(NotFoundError, match="DAG 'xx' does not exist"):
        lab.actions.set_paused("xx", False)


def test_dags_are_paused_by_pattern(lab: Lab) -> None:
    lab.add(dag("etl_a"), dag("etl_b"), dag("report"))
    lab.actions.set_paused("etl_a", False, now=NOW)
    lab.signals()
    assert list(lab.actions.set_paused_matching("^etl_", False, now=NOW)) == ["etl_b"]
    assert paused(lab) == {"etl_a": False, "etl_b": False, "report": True}
    assert lab.signals() == [("dag", "etl_b", None)]
    with pytest.raises(NotFoundError, match="no DAG matches"):
        lab.actions.set_paused_matching("nothing", True)
    with pytest.raises(InvalidError, match="not a regular expression"):
        lab.actions.set_paused_matching("(", True)


def test_notes_are_written_and_removed(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.actions.set_run_note("d", run.run_id, "look here", user="ann", now=LATER)
    lab.actions.set_task_note("d", run.run_id, "b", "and here", user="ann", now=LATER)
    assert lab.snapshot(run).run.note == "look here"
    assert [row["note"] for row in lab.rows("task_instance")] == [None, "and here", None]
    lab.actions.set_task_note("d", run.run_id, "b", None, now=LATER)
    lab.actions.set_run_note("d", run.run_id, None, now=LATER)
    assert lab.snapshot(run).run.note is None
    assert {row["note"] for row in lab.rows("task_instance")} == {None}
    for call in (
        lambda: lab.actions.set_run_note("d", "nope", "x"),
        lambda: lab.actions.set_task_note("d", run.run_id, "bb", "x"),
        lambda: lab.actions.set_task_note("d", run.run_id, "b", "x", map_index=1),
    ):
        with pytest.raises(NotFoundError):
            call()
    with pytest.raises(InvalidError, match="NUL"):
        lab.actions.set_run_note("d", run.run_id, "a\x00b")


def test_a_run_is_deleted_with_all_that_belongs_to_it(lab: Lab) -> None:
    lab.add(dag())
    run, other = lab.run(run_id="gone"), lab.run(run_id="stays")
    for each in (run, other):
        lab.set_run(each, R.RUNNING)
        lab.force(each, a=S.SUCCESS, b=S.RUNNING)
        lab.store.xcoms.set("d", each.run_id, "a", "k", "1", now=NOW)
    lab.signals()
    with pytest.raises(ConflictError, match="still running"):
        lab.actions.delete_run("d", "gone")
    lab.actions.set_run_state("d", "gone", "failed", now=NOW)
    lab.signals()
    lab.actions.delete_run("d", "gone", user="ann", now=NOW)
    assert lab.signals() == [("run", "d", run.id)]
    assert lab.store.scheduler.load_run(run.id) is None
    for name in ("task_instance", "attempt", "xcom"):
        assert {row["dag_run_id"] for row in lab.rows(name)} == {other.id}
    with pytest.raises(NotFoundError):
        lab.actions.delete_run("d", "gone")
    assert lab.events()[-1] == ("delete_dag_run", "ann")
    assert len(lab.states(other)) == 3


def test_a_dag_is_deleted_unless_it_runs(lab: Lab) -> None:
    lab.add(dag(tags=("x",)), dag("other"))
    run = lab.run()
    lab.run("other")
    lab.set_run(run, R.RUNNING)
    with pytest.raises(ConflictError, match="still running"):
        lab.actions.delete_dag("d")
    lab.set_run(run, R.SUCCESS)
    lab.signals()
    assert lab.actions.delete_dag("d", user="ann", now=NOW) == 1
    assert lab.signals() == [("dag", "d", None)]
    for name in ("dag", "dag_version", "dag_run", "task_instance"):
        assert {row["dag_id"] for row in lab.rows(name)} == {"other"}
    assert lab.rows("dag_tag") == []
    with pytest.raises(NotFoundError):
        lab.actions.delete_dag("d")
    lab.add(dag())  # its file is still there: it comes back
    assert lab.run().dag_id == "d"


# --- the janitor ----------------------------------------------------------------------------------------------


def test_signals_that_nobody_takes_go_after_an_interval_and_only_without_a_leader(lab: Lab) -> None:
    clock = VirtualClock(NOW)
    janitor = Janitor(lab.store, clock)

    def signal() -> None:
        with write(lab.store.engine) as connection:
            emit(connection, "dag", "d")

    signal()
    janitor.run_once(NOW)
    assert janitor.run_once(NOW)["signal"] == 0  # the lab holds the lease
    lab.store.leases.release("scheduler", "leader")
    fresh = Janitor(lab.store, clock)
    assert fresh.run_once(NOW)["signal"] == 0
    signal()
    assert fresh.run_once(LATER)["signal"] == 1
    assert len(lab.rows("signal")) == 1
    assert fresh.run_once(LATER)["signal"] == 1
    assert lab.rows("signal") == []


def test_workers_and_callbacks_that_ended_long_ago_go(lab: Lab) -> None:
    leases = lab.store.leases
    ids = {
        name: f"00000000-0000-7000-9000-00000000000{number}" for number, name in enumerate(["ended", "silent", "live"])
    }
    for worker in ids.values():
        leases.register(worker, "scheduler", NOW)
    leases.end(ids["ended"], NOW)
    lab.add(dag())
    run = lab.run()
    with write(lab.store.engine) as connection:
        for number, state in enumerate(["queued", "running", "success", "failed"]):
            connection.execute(
                insert(tables.callback).values(
                    id=f"c{number}",
                    dag_run_id=run.id,
                    kind="on_failure_callback",
                    state=state,
                    created_at=NOW,
                    end_date=NOW if state in ("success", "failed") else None,
                )
            )
    janitor = Janitor(lab.store, VirtualClock(NOW))
    soon, late = NOW + timedelta(hours=2), NOW + timedelta(days=8)
    assert sum(janitor.run_once(soon).values()) == 0
    leases.heartbeat([ids["live"]], late)
    counts = janitor.run_once(late)
    assert (counts["worker"], counts["callback"]) == (2, 2)
    assert [row["id"] for row in lab.rows("worker")] == [ids["live"]]
    assert [row["state"] for row in lab.rows("callback")] == ["queued", "running"]


def test_history_goes_only_with_a_retention(lab: Lab) -> None:
    lab.add(dag())
    old, new = lab.run(run_id="old"), lab.run(run_id="new", run_after=NOW + timedelta(days=30))
    for run in (old, new):
        lab.set_run(run, R.SUCCESS)
    now = NOW + timedelta(days=31)
    Janitor(lab.store, VirtualClock(now)).run_once(now)
    assert len(lab.rows("dag_run")) == 2
    counts = Janitor(lab.store, VirtualClock(now), retention=timedelta(days=7)).run_once(now)
    assert counts["dag_run"] >= 1
    assert "old" not in {row["run_id"] for row in lab.rows("dag_run")}


def test_serving_survives_a_database_that_is_not_there_and_stops_when_told(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()
    tried = threading.Event()

    class Gone:
        @property
        def actions(self) -> object:
            tried.set()
            from tradewind.errors import StoreError

            raise StoreError("the database is gone")

        def clean(self, before: object) -> dict[str, int]:
            raise AssertionError("never reached")

    janitor = Janitor(Gone(), VirtualClock(NOW), interval=timedelta(hours=1))  # type: ignore[arg-type]
    thread = threading.Thread(target=janitor.serve, args=(stop,))
    with caplog.at_level("WARNING"):
        thread.start()
        assert tried.wait(60)
        stop.set()
        thread.join(60)
    assert not thread.is_alive()
    assert "the database is gone" in caplog.text
