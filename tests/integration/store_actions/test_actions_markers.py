"""Clearing goes on in other DAGs where an ExternalTaskMarker says so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import ConflictError, InvalidError
from tradewind.ports.store import RunRecord
from tradewind.spec.dag import DagSpec, MarkerSpec
from tradewind.spec.states import DagRunState
from tradewind.store import tables

DATE = "{{ logical_date.isoformat() }}"


def linked(dag_id: str, to: str | None, date: str = DATE, depth: int = 10) -> DagSpec:
    """load >> wait >> work >> mark; `mark` stands for `wait` of the DAG `to`.  And one beside: alone."""
    shape: dict[str, list[str]] = {"load": [], "wait": ["load"], "work": ["wait"], "mark": ["work"], "alone": []}
    marker = MarkerSpec(dag_id=to, task_id="wait", logical_date=date, recursion_depth=depth)
    return dag(dag_id, shape, of={"mark": {"marker": marker}} if to else {})


def ended(lab: Lab, dag_id: str, at: datetime = NOW, **states: S) -> RunRecord:
    run = lab.run(dag_id, logical_date=at)
    lab.set_run(run, DagRunState.RUNNING)
    lab.force(run, **{name: states.get(name, S.SUCCESS) for name in ("load", "wait", "work", "mark", "alone")})
    lab.set_run(run, DagRunState.SUCCESS)
    lab.signals()
    return run


def cleared(rows: list[dict[str, Any]]) -> list[str]:
    return [f"{row['dag_id']}.{row['task_id']}" for row in rows]


def test_clearing_downstream_goes_on_in_the_other_dag(lab: Lab) -> None:
    lab.add(linked("a", "b"), linked("b", "c"), linked("c", None))
    runs = {dag_id: ended(lab, dag_id) for dag_id in "abc"}
    other_day = ended(lab, "b", NOW + timedelta(days=1))
    options = {"run_id": runs["a"].run_id, "task_ids": ["work"], "downstream": True}
    expected = ["a.work", "a.mark", "b.wait", "b.work", "b.mark", "c.wait", "c.work", "c.mark"]

    assert cleared(lab.actions.clear_tasks("a", dry_run=True, **options, now=LATER)) == expected
    assert lab.states(runs["b"])["work"] == "success" and lab.signals() == []

    assert cleared(lab.actions.clear_tasks("a", **options, user="ann", now=LATER)) == expected
    for dag_id in "bc":
        states = lab.states(runs[dag_id])
        assert [task_id for task_id, state in states.items() if state is None] == ["wait", "work", "mark"]
        assert lab.snapshot(runs[dag_id]).run.state is DagRunState.QUEUED
    assert set(lab.states(other_day).values()) == {"success"}
    assert lab.signals() == [("run", run.dag_id, run.id) for run in runs.values()]
    told = [row["dag_id"] for row in lab.rows("event_log") if row["event"] == "post_clear_task_instances"]
    assert told == ["a", "b", "c"]


def test_without_downstream_or_on_request_it_stays_in_its_dag(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    lab.add(linked("a", "b"), linked("b", None))
    run = ended(lab, "a")
    ended(lab, "b")
    dry: dict[str, Any] = {"run_id": run.run_id, "dry_run": True}
    assert cleared(lab.actions.clear_tasks("a", task_ids=["mark"], **dry)) == ["a.mark"]
    assert cleared(lab.actions.clear_tasks("a", task_ids=["mark"], downstream=True, dependents=False, **dry)) == [
        "a.mark"
    ]
    assert "b.wait" in cleared(lab.actions.clear_tasks("a", task_ids=["mark"], downstream=True, **dry))
    assert "b.wait" in cleared(lab.actions.clear_tasks("a", **dry))  # all tasks: what depends on them, too
    assert "b.wait" in cleared(lab.actions.clear_run("a", run.run_id, dry_run=True))
    assert "b.wait" not in cleared(lab.actions.clear_run("a", run.run_id, dependents=False, dry_run=True))


def test_only_failed_follows_failed_markers(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    lab.add(linked("a", "b"), linked("b", None))
    run = ended(lab, "a", work=S.FAILED, mark=S.UPSTREAM_FAILED)
    ended(lab, "b", wait=S.FAILED, work=S.UPSTREAM_FAILED)
    rows = lab.actions.clear_tasks("a", run_id=run.run_id, only_failed=True, dry_run=True)
    assert cleared(rows) == ["a.work", "a.mark", "b.wait", "b.work"]
    fine = ended(lab, "a", NOW + timedelta(days=1), work=S.FAILED)  # its marker succeeded all the same
    ended(lab, "b", NOW + timedelta(days=1), wait=S.FAILED)
    assert cleared(lab.actions.clear_tasks("a", run_id=fine.run_id, only_failed=True, dry_run=True)) == ["a.work"]


def test_a_marker_that_is_no_part_of_its_run_marks_nothing(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    lab.add(linked("a", "b"), linked("b", None))
    run = ended(lab, "a", mark=S.REMOVED)
    ended(lab, "b")
    rows = lab.actions.clear_tasks("a", run_id=run.run_id, task_ids=["work"], downstream=True, dry_run=True)
    assert {row["dag_id"] for row in rows} == {"a"}


def test_a_circle_of_markers_ends(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    lab.add(linked("a", "b"), linked("b", "a"))
    run, other = ended(lab, "a"), ended(lab, "b")
    rows = lab.actions.clear_tasks("a", run_id=run.run_id, task_ids=["mark"], downstream=True, now=LATER)
    # the marker of `b` leads back to `wait` of the first run, which was not named
    assert cleared(rows) == ["a.wait", "a.work", "a.mark", "b.wait", "b.work", "b.mark"]
    assert lab.states(run)["load"] == lab.states(other)["load"] == "success"


def test_a_chain_that_is_too_long_clears_nothing(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    next_day = "{{ (logical_date + macros.timedelta(days=1)).isoformat() }}"
    lab.add(linked("a", "a", date=next_day, depth=3))
    runs = [ended(lab, "a", NOW + timedelta(days=day)) for day in range(5)]
    options: dict[str, Any] = {"task_ids": ["mark"], "downstream": True, "now": LATER}
    with pytest.raises(ConflictError, match="leads on after 3 DAGs, the recursion_depth of the first marker"):
        lab.actions.clear_tasks("a", run_id=runs[0].run_id, **options)
    assert all(set(lab.states(run).values()) == {"success"} for run in runs)
    rows = lab.actions.clear_tasks("a", run_id=runs[2].run_id, **options)
    assert {row["run_id"] for row in rows} == {run.run_id for run in runs[2:]}


def test_what_a_worker_rendered_counts(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    lab.add(linked("a", "{{ params.other }}"), linked("b", None))
    run = ended(lab, "a")
    ended(lab, "b", NOW - timedelta(days=1))
    options: dict[str, Any] = {"run_id": run.run_id, "task_ids": ["mark"], "downstream": True, "dry_run": True}
    with pytest.raises(InvalidError, match=r"external_dag_id of the marker 'mark' of DAG 'a' .*only known when it has"):
        lab.actions.clear_tasks("a", **options)
    assert cleared(lab.actions.clear_tasks("a", dependents=False, **options)) == ["a.mark"]
    ti = tables.task_instance
    rendered = {"external_dag_id": "b", "external_task_id": "work", "logical_date": str(NOW - timedelta(days=1))}
    with lab.store.engine.begin() as connection:
        connection.execute(sqlalchemy.update(ti).where(ti.c.task_id == "mark").values(rendered=rendered))
    assert cleared(lab.actions.clear_tasks("a", **options)) == ["a.mark", "b.work", "b.mark"]


def test_markers_of_many_runs_are_followed_together(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    lab.add(linked("a", "b"), linked("b", None))
    for day in range(20):
        for dag_id in "ab":
            ended(lab, dag_id, NOW + timedelta(days=day))
    asked: list[str] = []
    sqlalchemy.event.listen(lab.store.engine, "before_cursor_execute", lambda *of: asked.append(of[2]))
    rows = lab.actions.clear_tasks("a", task_ids=["mark"], downstream=True, dry_run=True)
    assert len(rows) == 20 * 4
    assert len([sql for sql in asked if sql.startswith("SELECT")]) < 20  # and not some for each run


def test_what_is_not_there_is_nothing_to_clear(sqlite_lab: Lab) -> None:
    lab = sqlite_lab
    gone = MarkerSpec(dag_id="b", task_id="gone", logical_date=DATE)
    lab.add(
        dag(
            "a",
            {"m": [], "n": []},
            of={"m": {"marker": gone}, "n": {"marker": MarkerSpec(dag_id="c", task_id="x", logical_date=DATE)}},
        ),
        linked("b", None),
    )
    run = lab.run("a", logical_date=NOW)
    ended(lab, "b")
    lab.force(run, m=S.SUCCESS, n=S.SUCCESS)
    assert cleared(lab.actions.clear_run("a", run.run_id, dry_run=True)) == ["a.m", "a.n"]
