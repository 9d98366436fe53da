"""Runs that people trigger."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.actions_lab import LATER, NOW, Lab, dag
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.ports.store import RunRecord
from tradewind.spec.dag import DagSpec, ImportErrorSpec, ParsedFile, TimetableSpec
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunState, DagRunType

DAILY = TimetableSpec(kind="cron_interval", crons=("0 2 * * *",))


def test_a_run_is_queued_with_all_its_tasks(lab: Lab) -> None:
    lab.add(dag(of={"a": {"retries": 2, "pool": "p", "queue": "q", "operator": "@task", "priority_weight": 3}}))
    run = lab.actions.trigger_run("d", conf={"x": [1]}, note="why", user="ann", now=NOW)
    assert run.run_id == "manual__2026-03-01T12:00:00+00:00"
    assert (run.state, run.run_type) == (DagRunState.QUEUED, DagRunType.MANUAL)
    assert (run.run_after, run.logical_date, run.queued_at, run.conf) == (NOW, None, NOW, {"x": [1]})
    assert lab.snapshot(run).run == run
    tasks = lab.rows("task_instance", dag_run_id=run.id)
    assert [(task["task_id"], task["map_index"], task["state"]) for task in tasks] == [
        ("a", -1, None),
        ("b", -1, None),
        ("c", -1, None),
    ]
    first = tasks[0]
    assert (first["max_tries"], first["pool"], first["queue"], first["operator"]) == (2, "p", "q", "@task")
    assert [task["priority_weight"] for task in tasks] == [5, 2, 1]
    assert lab.signals() == [("run", "d", run.id)]
    (row,) = lab.rows("dag_run")
    assert (row["triggered_by"], row["triggering_user_name"], row["note"]) == ("rest_api", "ann", "why")
    assert lab.events() == [("trigger_dag_run", "ann")]


def test_ids_of_our_own_making_never_collide(lab: Lab) -> None:
    lab.add(dag())
    first, second = lab.run(), lab.run()
    assert second.run_id.startswith(first.run_id + "_")
    assert len({first.run_id, second.run_id, lab.run().run_id}) == 3


def test_an_id_that_is_taken_is_a_conflict_that_changes_nothing(lab: Lab) -> None:
    lab.add(dag(), dag("other"))
    lab.run(run_id="mine")
    with pytest.raises(ConflictError, match="DAG 'd' has a run 'mine' already"):
        lab.actions.trigger_run("d", run_id="mine", now=NOW)
    assert lab.signals() == []
    assert len(lab.rows("task_instance")) == 3
    assert lab.run("other", run_id="mine").run_id == "mine"


def test_a_logical_date_is_taken_once_whatever_its_zone(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run(run_id="first", logical_date=NOW)
    same = datetime.fromisoformat("2026-03-01T13:00:00+01:00")
    with pytest.raises(ConflictError, match=r"logical date 2026-03-01T12:00:00\+00:00 already: first"):
        lab.actions.trigger_run("d", logical_date=same, now=LATER)
    assert lab.snapshot(run).run.logical_date == NOW
    lab.run()
    lab.run()  # several runs without a logical date are no conflict


def test_the_timetable_infers_the_interval(lab: Lab) -> None:
    lab.add(dag(timetable=DAILY), dag("none"))
    inferred = lab.run(logical_date=NOW)
    assert inferred.data_interval_start == datetime(2026, 2, 28, 2, tzinfo=UTC)
    assert inferred.data_interval_end == datetime(2026, 3, 1, 2, tzinfo=UTC)
    assert lab.run("none", logical_date=NOW).data_interval_start == NOW
    undated = lab.run(run_after=NOW + timedelta(days=1))
    assert (undated.data_interval_start, undated.data_interval_end) == (None, None), "it is of no time"
    own = Interval(NOW, LATER)
    given_one = lab.run(run_id="x", interval=own)
    assert (given_one.data_interval_start, given_one.data_interval_end) == (NOW, LATER)
    with pytest.raises(InvalidError, match=r"ends .* before it starts"):
        lab.run(interval=Interval(LATER, NOW))


@pytest.mark.parametrize("run_id", ["", "a b", "a/b", "ä", "x" * 251, "a\n"])
def test_bad_run_ids_are_refused(sqlite_lab: Lab, run_id: str) -> None:
    sqlite_lab.add(dag())
    with pytest.raises(InvalidError, match="run id"):
        sqlite_lab.run(run_id=run_id)


@pytest.mark.parametrize("kind", ["scheduled", "backfill", "asset_triggered"])
def test_ids_of_other_kinds_of_runs_are_reserved(sqlite_lab: Lab, kind: str) -> None:
    sqlite_lab.add(dag())
    with pytest.raises(InvalidError, match=f"reserved for {kind} runs"):
        sqlite_lab.run(run_id=f"{kind}__2026-01-01")


def test_an_operator_triggers_runs_of_its_own_type(sqlite_lab: Lab) -> None:
    sqlite_lab.add(dag())
    run = sqlite_lab.run(triggered_by="operator")
    assert run.run_type is DagRunType.OPERATOR_TRIGGERED
    assert run.run_id.startswith("operator_triggered__")


def test_naive_and_too_early_dates_are_refused(sqlite_lab: Lab) -> None:
    sqlite_lab.add(dag(start_date=NOW))
    with pytest.raises(InvalidError, match="no time zone"):
        sqlite_lab.run(logical_date=datetime(2026, 3, 1))
    with pytest.raises(InvalidError, match="before the start date"):
        sqlite_lab.run(logical_date=NOW - timedelta(seconds=1))
    assert sqlite_lab.run(logical_date=NOW).logical_date == NOW


def test_unknown_dags_are_named_with_their_like(lab: Lab) -> None:
    lab.add(dag("name_gender"))
    with pytest.raises(NotFoundError, match="DAG 'name_gendre' does not exist") as caught:
        lab.run("name_gendre")
    assert caught.value.fix == "did you mean 'name_gender'?"
    assert lab.rows("dag_run") == []


def test_a_dag_whose_file_is_gone_or_broken_is_not_triggered(lab: Lab) -> None:
    lab.add(dag("gone"), dag("broken"))
    lab.store.dags.forget_files("dags", ["gone.py"], NOW)
    with pytest.raises(NotFoundError, match=r"gone\.py is gone"):
        lab.run("gone")
    wrong = ImportErrorSpec(
        relative_fileloc="broken.py", fileloc="/dags/broken.py", line=1, message="no", traceback="no"
    )
    parsed = ParsedFile(relative_fileloc="broken.py", fileloc="/dags/broken.py", digest="1", errors=(wrong,))
    lab.store.dags.save_parsed("dags", "/dags", parsed, NOW)
    with pytest.raises(InvalidError, match=r"broken\.py has an import error"):
        lab.run("broken")
    assert lab.rows("dag_run") == []


def test_params_and_conf_are_validated_together(lab: Lab) -> None:
    params = {
        "n": {"value": 3, "schema": {"type": "integer", "minimum": 1}, "description": "how many"},
        "who": {"value": None, "schema": {"type": "string"}, "description": None},
        "free": {"value": {"a": 1}, "schema": {}},
    }
    lab.add(dag(params=params))
    with pytest.raises(InvalidError, match="param 'who' of DAG 'd' is not valid: None is not of type 'string'"):
        lab.run()
    with pytest.raises(InvalidError, match="param 'n' of DAG 'd' is not valid: 0 is less than the minimum") as caught:
        lab.run(conf={"who": "ann", "n": 0})
    assert "how many" in str(caught.value.fix)
    run = lab.run(conf={"who": "ann", "n": 7, "free": None, "extra": "kept"})
    assert run.conf == {"who": "ann", "n": 7, "free": None, "extra": "kept"}
    assert len(lab.rows("dag_run")) == 1


@pytest.mark.parametrize("conf", [[1], "x", {1: 2}, {"x": object()}, {"x": float("nan")}])
def test_what_is_not_a_json_object_is_no_conf(sqlite_lab: Lab, conf: Any) -> None:
    sqlite_lab.add(dag())
    with pytest.raises(InvalidError, match="conf"):
        sqlite_lab.run(conf=conf)


json_objects = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
        max_leaves=4,
    ),
    max_size=4,
)


@given(json_objects)
def test_any_json_object_comes_back_as_it_was(postgres_store: Any, conf: dict[str, Any]) -> None:
    lab = Lab(postgres_store)
    if not lab.rows("dag"):
        lab.add(dag(shape={}))
    run = lab.run(conf=conf)
    assert lab.snapshot(run).run.conf == conf


def test_concurrent_triggers_make_one_run_per_logical_date(lab: Lab) -> None:
    lab.add(dag())
    made: list[RunRecord] = []
    refused: list[str] = []
    barrier = threading.Barrier(4)

    def trigger() -> None:
        barrier.wait(60)
        try:
            made.append(lab.actions.trigger_run("d", logical_date=NOW, now=NOW))
        except ConflictError as error:
            refused.append(error.message)

    threads = [threading.Thread(target=trigger) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (len(made), len(refused)) == (1, 3)
    assert all(made[0].run_id in message for message in refused)
    assert len(lab.rows("task_instance")) == 3


def test_a_run_is_made_of_the_newest_version(sqlite_lab: Lab) -> None:
    sqlite_lab.add(dag())
    old = sqlite_lab.run()
    newer: DagSpec = msgspec.structs.replace(dag(shape={"a": [], "z": ["a"]}), description="new")
    sqlite_lab.add(newer)
    new = sqlite_lab.run()
    assert new.version_id > old.version_id
    assert set(sqlite_lab.states(new)) == {"a", "z"}
    assert set(sqlite_lab.states(old)) == {"a", "b", "c"}
