"""Why does it wait, over REST and on the pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from api_lab import Api

from support.actions_lab import NOW, S, dag
from tradewind.ports.store import RunRecord
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import DagRunState
from tradewind.store import snapshots, tables
from tradewind.store.engine import write

BASE = "/api/tradewind/explain/dags"


def test_a_task_behind_a_full_pool_names_who_holds_it(api: Api) -> None:
    lab = api.lab
    api.store.pools.add("small", 1)
    lab.add(
        dag("holder", {"load": []}, of={"load": {"pool": "small"}}), dag("d", {"a": []}, of={"a": {"pool": "small"}})
    )
    holder, waiting = lab.run("holder"), lab.run("d")
    for run in (holder, waiting):
        lab.set_run(run, DagRunState.RUNNING)
    lab.force(holder, load=S.RUNNING)
    lab.force(waiting, a=S.SCHEDULED)
    api.store.leases.register("s1", "scheduler", NOW)
    answer = api.as_role("viewer").get(f"{BASE}/d/dagRuns/{waiting.run_id}/taskInstances/a").json()
    assert (answer["subject"], answer["state"], answer["task_id"]) == ("task", "scheduled", "a")
    paused, condition = answer["unmet"]
    assert (paused["name"], condition["name"], condition["held_by"]) == ("dag_paused", "pool", 1)
    (held_by,) = condition["holders"]
    assert (held_by["dag_id"], held_by["dag_run_id"], held_by["task_id"]) == ("holder", holder.run_id, "load")
    assert "pool `small` has 1 slot, 1 is held, longest by `load` of holder" in condition["text"]


def test_a_deferred_task_holds_its_slot_in_a_pool_that_counts_it(sqlite_api: Api) -> None:
    lab = sqlite_api.lab
    tasks = {"w": {"pool": "small"}, "a": {"pool": "small"}}
    lab.add(dag("d", {"w": [], "a": []}, of=tasks, max_active_tasks=1))
    run = lab.run("d")
    lab.set_run(run, DagRunState.RUNNING)
    lab.force(run, w=S.DEFERRED, a=S.SCHEDULED)
    names = {}
    for counts in (True, False):
        sqlite_api.store.pools.set("small", 1, include_deferred=counts)
        answer = sqlite_api.as_role("viewer").get(f"{BASE}/d/dagRuns/{run.run_id}/taskInstances/a").json()
        names[counts] = {condition["name"]: condition["held_by"] for condition in answer["unmet"]}
    assert names[True]["pool"] == 1
    assert "pool" not in names[False]
    assert "dag" not in names[True], "it is not active"


def test_a_run_says_how_far_it_is_and_what_runs_longest(api: Api) -> None:
    lab = api.lab
    lab.add(dag("d", {"a": [], "b": ["a"], "c": ["a"], "z": ["b", "c"]}))
    run = lab.run("d")
    lab.set_run(run, DagRunState.RUNNING)
    lab.force(run, a=S.SUCCESS, b=S.RUNNING, c=S.SKIPPED)
    api.store.leases.register("s1", "scheduler", NOW)
    client = api.as_role("viewer")
    told = client.get(f"{BASE}/d/dagRuns/{run.run_id}").json()["sentence"]
    assert "2 of 4 tasks ended" in told and "`b`" in told
    lab.force(run, b=S.SCHEDULED)
    told = client.get(f"{BASE}/d/dagRuns/{run.run_id}").json()
    assert "2 of 4 tasks ended, none is running" in told["sentence"]
    assert [condition["name"] for condition in told["unmet"]] == ["dag_paused"], "it is asked what `b` waits for"
    lab.set_run(run, DagRunState.SUCCESS)
    assert client.get(f"{BASE}/d/dagRuns/{run.run_id}").json()["state"] == "success"


def test_runs_and_dags_explain_themselves(api: Api) -> None:
    lab = api.lab
    lab.add(dag("d", {"a": [], "b": ["a"]}, max_active_runs=1))
    first, second = lab.run(logical_date=NOW), lab.run(logical_date=NOW + timedelta(days=1))
    lab.set_run(first, DagRunState.RUNNING)
    client = api.as_role("viewer")
    run = client.get(f"{BASE}/d/dagRuns/{second.run_id}").json()
    names = [condition["name"] for condition in run["unmet"]]
    assert names[-2:] == ["max_active_runs", "no_scheduler"]
    assert [c["holders"][0]["dag_run_id"] for c in run["unmet"] if c["name"] == "max_active_runs"] == [first.run_id]
    running = client.get(f"{BASE}/d/dagRuns/{first.run_id}").json()
    assert running["state"] == "running"
    assert "0 of 2 tasks ended" in running["sentence"]
    found = client.get(f"{BASE}/d").json()
    assert "no_schedule" in [condition["name"] for condition in found["unmet"]]


def test_what_does_not_exist_is_404_and_a_login_is_needed(sqlite_api: Api) -> None:
    lab = sqlite_api.lab
    lab.add(dag("d", {"a": []}))
    run = lab.run()
    client = sqlite_api.as_role("viewer")
    for path in ("nope", "d/dagRuns/nope", f"d/dagRuns/{run.run_id}/taskInstances/nope"):
        assert client.get(f"{BASE}/{path}").status_code == 404
    index = client.get(f"{BASE}/d/dagRuns/{run.run_id}/taskInstances/a", params={"map_index": 4})
    assert "no map index 4" in index.json()["detail"]
    assert sqlite_api.anonymous.get(f"{BASE}/d").status_code == 401


def mapped_dag(size: int, **fields: Any) -> DagSpec:
    """`each` of `size` instances after `first`, in a pool of two slots."""
    return dag(
        "m",
        {"first": [], "each": ["first"]},
        of={"each": {"pool": "small", "expand": LengthSpec(kind="literal", length=size), **fields}},
    )


def put(api: Api, run: RunRecord, states: Mapping[str | None, int], **values: Any) -> None:
    """Bring so many of the instances of `each` into these states, by their map index."""
    ti = tables.task_instance
    at = 0
    with write(api.store.engine) as connection:
        for state, count in states.items():
            these = (ti.c.dag_run_id == run.id, ti.c.task_id == "each", ti.c.map_index.between(at, at + count - 1))
            connection.execute(ti.update().where(*these).values(state=state, **(values if state else {})))
            at += count


def test_a_mapped_task_as_a_whole_says_how_many_wait_for_what(api: Api) -> None:
    lab = api.lab
    api.store.pools.add("small", 2)
    lab.add(mapped_dag(100))
    run = lab.run("m")
    lab.set_run(run, DagRunState.RUNNING)
    lab.force(run, first=S.RUNNING)
    api.store.leases.register("s1", "scheduler", NOW)
    url = f"{BASE}/m/dagRuns/{run.run_id}/taskInstances/each"
    viewer = api.as_role("viewer")
    before = viewer.get(url).json()
    assert (before["map_index"], before["state"]) == (-1, None)
    (rule,) = before["unmet"]
    assert (rule["name"], rule["count"]) == ("trigger_rule", 100)
    assert rule["text"] == "`first` must end (trigger rule all_success: of 1 upstream, 1 not finished)"
    assert before["sentence"] == f"`each`: 100 of 100 wait: {rule['text']}"

    lab.force(run, first=S.SUCCESS)
    later = NOW + timedelta(minutes=5)
    put(api, run, {"success": 50, "running": 2, "scheduled": 37}, start_date=NOW)
    ti = tables.task_instance
    with write(api.store.engine) as connection:
        retries = (ti.c.dag_run_id == run.id, ti.c.task_id == "each", ti.c.map_index >= 89)
        connection.execute(ti.update().where(*retries).values(state="up_for_retry", next_at=later))
    found = viewer.get(url).json()
    assert found["sentence"].startswith("`each`: 2 of 100 are running, the longest for ")
    counts = {condition["name"]: condition["count"] for condition in found["unmet"]}
    assert counts == {"dag_paused": 37, "pool": 37, "not_due": 11}
    texts = {condition["name"]: condition["text"] for condition in found["unmet"]}
    assert texts["pool"].startswith("37 of 100 wait: pool `small` has 2 slots, 2 are held, longest by `each` of m")
    assert texts["not_due"].startswith("11 of 100 wait: the first of the next tries is due in ")
    assert [clause["text"].split(":")[0].split(",")[0] for clause in found["clauses"]] == [
        "2 of 100 are running",
        "37 of 100 wait",
        "11 of 100 wait",
    ]
    held = next(condition for condition in found["unmet"] if condition["name"] == "pool")
    assert held["held_by"] == 2
    put(api, run, {"success": 100})
    assert viewer.get(url).json()["sentence"] == "`each`: all its 100 instances have ended"
    one = viewer.get(url, params={"map_index": 100})
    assert one.status_code == 404 and "it has 0 to 99" in one.json()["detail"]


def test_instances_of_a_mapped_group_wait_each_for_its_own(sqlite_api: Api) -> None:
    lab = sqlite_api.lab
    spec = dag(
        "g",
        {"first": [], "each": ["first"]},
        of={"first": {"group": "many"}, "each": {"group": "many"}},
        groups=(GroupSpec(group_id="many", expand=LengthSpec(kind="literal", length=3)),),
    )
    lab.add(spec)
    run = lab.run("g")
    lab.set_run(run, DagRunState.RUNNING)
    sqlite_api.store.leases.register("s1", "scheduler", NOW)
    url = f"{BASE}/g/dagRuns/{run.run_id}/taskInstances/each"
    assert sqlite_api.as_role("viewer").get(url).json()["sentence"] == (
        "`each`: 3 of 3 wait: each for its own instance of `first`"
    )


def test_why_ten_thousand_instances_wait_is_told_from_one_of_each(
    sqlite_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab = sqlite_api.lab
    sqlite_api.store.pools.add("small", 2)
    lab.add(mapped_dag(10_000))
    run = lab.run("m")
    lab.set_run(run, DagRunState.RUNNING)
    lab.force(run, first=S.SUCCESS)
    put(sqlite_api, run, {"success": 5000, "running": 2, "scheduled": 4000, "up_for_retry": 500}, start_date=NOW)
    read, loaded = snapshots._task_record, []
    monkeypatch.setattr(snapshots, "_task_record", lambda row: loaded.append(row) or read(row))
    explained = sqlite_api.store.reads.explain.task("m", run.run_id, TaskKey("each", -1), NOW, 30.0)
    assert "4000 of 10000 wait" in {condition.text.partition(":")[0] for condition in explained.unmet}
    assert len(loaded) == 5, "one for each state"
