"""The audit log tells what people's actions found and left: counts by state, however much they touch."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.states import DagRunState, TaskInstanceState
from tradewind.store.backfill_spans import Wanted

R = DagRunState


def told(lab: Lab) -> tuple[str, Any, Any]:
    """The newest entry: event, before, after."""
    row = lab.rows("event_log")[-1]
    return row["event"], json.loads(row["before"] or "null"), json.loads(row["after"] or "null")


def test_trigger_clear_and_mark(lab: Lab) -> None:
    lab.add(dag("d"))
    lab.actions.set_paused("d", False, user="ann", now=NOW)
    run = lab.actions.trigger_run("d", user="ann", now=NOW)
    assert told(lab) == ("trigger_dag_run", None, {"state": "queued", "tasks": 3})
    lab.signals()
    lab.force(run, a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)
    lab.set_run(run, R.FAILED)
    lab.actions.clear_tasks("d", run_id=run.run_id, only_failed=True, user="ann", now=LATER)
    event, before, after = told(lab)
    assert event == "post_clear_task_instances"
    assert before == {"tasks": {"failed": 1, "upstream_failed": 1}, "runs": {"failed": 1}}
    assert after == {"tasks": {"none": 2}, "runs": {"queued": 1}}
    lab.actions.set_run_state("d", run.run_id, R.FAILED, user="ann", now=LATER)
    event, before, after = told(lab)
    assert event == "patch_dag_run"
    assert before == {"state": "queued", "tasks": {"none": 2}}
    assert after == {"state": "failed", "tasks": {"skipped": 2}}
    lab.actions.set_task_state("d", run.run_id, "b", TaskInstanceState.SUCCESS, user="ann", now=LATER)
    event, before, after = told(lab)
    assert (event, before[f"{run.run_id} b"], after) == ("patch_task_instance", "skipped", {"state": "success"})


def test_a_large_run_takes_no_more_room(lab: Lab) -> None:
    names = [f"task_{number:03}" for number in range(300)]
    lab.add(dag("wide", {name: [] for name in names}))
    run = lab.run("wide")
    lab.force(run, **dict.fromkeys(names, S.FAILED))
    lab.actions.clear_tasks("wide", run_id=run.run_id, user="ann", now=LATER)
    row = lab.rows("event_log")[-1]
    assert json.loads(row["before"])["tasks"] == {"failed": 300}
    assert len(row["before"]) + len(row["after"]) < 300
    lab.actions.set_task_state("wide", run.run_id, names, TaskInstanceState.SUCCESS, user="ann", now=LATER)
    row = lab.rows("event_log")[-1]
    assert json.loads(row["before"])["and_more"] > 0
    assert len(row["before"]) < 10_000


def test_backfills(lab: Lab) -> None:
    lab.add(
        dag(
            "d", timetable=TimetableSpec(kind="cron_interval", crons=("0 0 * * *",)), start_date=NOW - timedelta(days=5)
        )
    )
    backfills = lab.store.backfills
    wanted = Wanted(dag_id="d", from_date=NOW - timedelta(days=3), to_date=NOW, max_active_runs=2)
    made = backfills.create(wanted, user="ann", now=NOW)
    event, before, after = told(lab)
    assert (event, before) == ("create_backfill", None)
    assert (after["max_active_runs"], after["paused"]) == (2, False)
    backfills.change(made, max_active_runs=5, user="ann", now=NOW)
    assert told(lab) == ("patch_backfill", {"max_active_runs": 2}, {"max_active_runs": 5})
    backfills.pause(made, user="ann", now=NOW)
    event, before, after = told(lab)
    assert (before["paused"], after["paused"]) == (False, True)
    backfills.cancel(made, user="ann", now=NOW)
    event, before, after = told(lab)
    assert event == "cancel_backfill"
    assert before["reason"] != "cancelled" and after["reason"] == "cancelled"
