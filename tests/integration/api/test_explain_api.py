"""Why does it wait, over REST and on the pages."""

from __future__ import annotations

from datetime import timedelta

from api_lab import Api

from support.actions_lab import NOW, S, dag
from tradewind.spec.states import DagRunState

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
