"""Many runs or task instances at once, groups, partitions, newer versions and deleted task instances over REST."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from api_lab import Api

from support.actions_lab import S, dag
from tradewind.ports.store import RunRecord
from tradewind.spec.dag import GroupSpec
from tradewind.spec.states import DagRunState
from tradewind.store import tables
from tradewind.store.engine import write


def ended(api: Api, run_id: str = "r", dag_id: str = "d", **states: S) -> RunRecord:
    """A run that ended, its tasks as `states` say or else successful."""
    run = api.lab.run(dag_id, run_id=run_id)
    api.lab.set_run(run, DagRunState.RUNNING)
    known = api.lab.states(run)
    api.lab.force(run, **{name: states.get(name, S.SUCCESS) for name in known})
    api.lab.set_run(run, DagRunState.FAILED if S.FAILED in states.values() else DagRunState.SUCCESS)
    return run


def bulk(api: Api, path: str, *actions: dict[str, Any]) -> Any:
    answer = api.v2.patch(path, json={"actions": list(actions)})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_runs_in_bulk(api: Api) -> None:
    api.lab.add(dag("d"), dag("e"))
    one = ended(api, "one")
    ended(api, "two", "e")
    update = {"action": "update", "entities": [{"dag_run_id": "one", "state": "failed", "note": "bad"}]}
    done = bulk(api, "/dags/d/dagRuns", update)
    assert done == {"create": None, "update": {"success": ["d.one"], "errors": []}, "delete": None}
    found = api.v2.get("/dags/d/dagRuns/one").json()
    assert (found["state"], found["note"]) == ("failed", "bad")

    unnamed = {"action": "update", "entities": [{"dag_run_id": "one", "note": "x"}]}
    assert bulk(api, "/dags/~/dagRuns", unnamed)["update"]["errors"][0]["status_code"] == 400
    of_two = {"action": "update", "entities": [
        {"dag_id": "d", "dag_run_id": "one", "note": "1"}, {"dag_id": "e", "dag_run_id": "two", "note": "2"}
    ]}  # fmt: skip
    assert bulk(api, "/dags/~/dagRuns", of_two)["update"]["success"] == ["d.one", "e.two"]
    masked = {"action": "update", "update_mask": ["note"], "entities": [{"dag_run_id": "one", "state": "success"}]}
    assert bulk(api, "/dags/d/dagRuns", masked)["update"]["success"] == ["d.one"]
    assert api.v2.get("/dags/d/dagRuns/one").json()["note"] is None
    assert api.lab.snapshot(one).run.state is DagRunState.FAILED

    missing = {"action": "delete", "entities": ["one", "nothing"]}
    refused = bulk(api, "/dags/d/dagRuns", missing)["delete"]
    assert (refused["success"], refused["errors"][0]["status_code"]) == ([], 404)
    skipped = bulk(api, "/dags/d/dagRuns", {**missing, "action_on_non_existence": "skip"})
    assert skipped["delete"] == {"success": ["d.one"], "errors": []}
    assert api.v2.get("/dags/d/dagRuns/one").status_code == 404
    running = api.lab.run("e", run_id="busy")
    api.lab.set_run(running, DagRunState.RUNNING)
    busy = bulk(api, "/dags/e/dagRuns", {"action": "delete", "entities": ["busy", "two"]})["delete"]
    assert (busy["success"], busy["errors"][0]["status_code"]) == (["e.two"], 409)
    made = bulk(api, "/dags/d/dagRuns", {"action": "create", "entities": [{"dag_run_id": "x"}]})
    assert made["create"]["errors"][0]["status_code"] == 405


def test_clearing_runs_in_bulk(api: Api) -> None:
    api.lab.add(dag("d"), dag("e"))
    ended(api, "one", b=S.FAILED)
    ended(api, "two")
    ended(api, "three", "e")
    both = {"dag_runs": [{"dag_run_id": "one"}, {"dag_run_id": "two"}]}
    look = api.v2.post("/dags/d/clearDagRuns", json=both).json()
    assert look["total_entries"] == 6
    failed = api.v2.post("/dags/d/clearDagRuns", json={**both, "only_failed": True}).json()
    assert [each["task_id"] for each in failed["task_instances"]] == ["b"]
    done = api.v2.post("/dags/d/clearDagRuns", json={**both, "dry_run": False, "note": "again"}).json()
    assert [(run["dag_run_id"], run["state"], run["note"]) for run in done["dag_runs"]] == [
        ("one", "queued", "again"),
        ("two", "queued", "again"),
    ]
    other = {"dag_runs": [{"dag_run_id": "three", "dag_id": "e"}]}
    assert api.v2.post("/dags/~/clearDagRuns", json=other).json()["total_entries"] == 3
    assert api.v2.post("/dags/d/clearDagRuns", json=other).status_code == 400
    assert api.v2.post("/dags/~/clearDagRuns", json=both).status_code == 400
    assert api.v2.post("/dags/d/clearDagRuns", json={"dag_runs": [{"dag_run_id": "x"}]}).status_code == 404
    for wrong in (
        {},
        {**both, "partition_key": "k"},
        {"partition_date_start": "2026-02-01", "partition_date_end": "2026-01-01"},
    ):
        assert api.v2.post("/dags/d/clearDagRuns", json=wrong).status_code == 422


def test_a_newer_version(api: Api) -> None:
    api.lab.add(dag("d", {"a": [], "b": ["a"]}))
    run, live = ended(api, "old"), api.lab.run("d", run_id="live")
    api.lab.set_run(live, DagRunState.RUNNING)
    api.lab.add(dag("d", {"a": [], "c": ["a"]}))
    path = "/dags/d/dagRuns/old/clear"
    new = api.v2.post(path, json={"only_new": True}).json()
    assert new["task_instances"] == [{"task_id": "c", "task_display_name": "c"}]
    assert api.lab.states(run) == {"a": "success", "b": "success"}, "nothing was done"
    done = api.v2.post(path, json={"only_new": True, "dry_run": False}).json()
    assert (done["state"], done["dag_versions"][0]["version_number"]) == ("queued", 2)
    assert api.lab.states(run) == {"a": "success", "b": "removed", "c": None}
    body = {"run_on_latest_version": True, "dry_run": False}
    refused = api.v2.post("/dags/d/dagRuns/live/clear", json=body)
    assert (refused.status_code, "has not ended" in refused.text) == (409, True)

    again = ended(api, "again")
    api.lab.add(dag("d", {"a": [], "z": ["a"]}))
    kept = api.v2.post("/dags/d/dagRuns/again/clear", json={"dry_run": False}).json()
    assert kept["dag_versions"][0]["version_number"] == 2, "a cleared run keeps its version"
    api.lab.set_run(again, DagRunState.SUCCESS)
    moved = api.v2.post("/dags/d/dagRuns/again/clear", json=body).json()
    assert moved["dag_versions"][0]["version_number"] == 3
    assert api.lab.states(again) == {"a": None, "c": "removed", "z": None}


def test_partitions_are_forgotten(api: Api) -> None:
    api.lab.add(dag("d"))
    runs = {name: ended(api, name) for name in ("one", "two", "none")}
    _place(api, runs["one"], "k1", "2026-01-01T00:00:00+00:00")
    _place(api, runs["two"], "k2", "2026-01-02T00:00:00+00:00")
    path = "/dags/d/clearPartitions"
    window = {"partition_date_start": "2026-01-01T00:00:00", "partition_date_end": "2026-01-01T12:00:00"}
    assert api.v2.post(path, json=window).json() == {
        "dag_runs_cleared": 1,
        "task_instances_cleared": 0,
        "dry_run": True,
    }
    assert api.v2.get("/dags/d/dagRuns/one").json()["partition_key"] == "k1"
    cleared = api.v2.post("/dags/d/clearDagRuns", json={"partition_key": "k2"}).json()
    assert {each["dag_run_id"] for each in cleared["task_instances"]} == {"two"}
    done = api.v2.post(path, json={"partition_key": "k2", "clear_task_instances": True, "dry_run": False}).json()
    assert done == {"dag_runs_cleared": 1, "task_instances_cleared": 3, "dry_run": False}
    found = api.v2.get("/dags/d/dagRuns/two").json()
    assert (found["partition_key"], found["partition_date"], found["state"]) == (None, None, "queued")
    assert api.v2.post(path, json={"run_id": "none", "dry_run": False}).json()["dag_runs_cleared"] == 0
    for wrong in ({}, {"run_id": "one", "partition_key": "k"}):
        assert api.v2.post(path, json=wrong).status_code == 422
    assert api.v2.post("/dags/nothing/clearPartitions", json={"run_id": "x"}).status_code == 404
    assert api.v2.post("/dags/~/clearPartitions", json={"run_id": "x"}).status_code == 400


def _place(api: Api, run: RunRecord, key: str, date: str) -> None:
    with write(api.store.engine) as connection:
        values = {"partition_key": key, "partition_date": datetime.fromisoformat(date)}
        connection.execute(tables.dag_run.update().where(tables.dag_run.c.id == run.id).values(**values))


def test_task_instances_in_bulk(api: Api) -> None:
    api.lab.add(dag("d"))
    run = ended(api, "r", c=S.FAILED)
    path = "/dags/d/dagRuns/r/taskInstances"
    entity = {"task_id": "c", "new_state": "success", "note": "by hand"}
    done = bulk(api, path, {"action": "update", "entities": [entity]})
    assert done["update"] == {"success": ["d.r.c[-1]"], "errors": []}
    assert (api.lab.states(run)["c"], api.v2.get(f"{path}/c").json()["note"]) == ("success", "by hand")
    odd = {"action": "update", "entities": [{"task_id": "c", "new_state": "running"}]}
    assert api.v2.patch(path, json={"actions": [odd]}).status_code == 422
    missing = {"action": "update", "entities": [{"task_id": "x", "note": "n"}, {"task_id": "a", "note": "n"}]}
    assert bulk(api, path, missing)["update"]["errors"][0]["status_code"] == 404
    skipped = bulk(api, path, {**missing, "action_on_non_existence": "skip"})["update"]
    assert skipped == {"success": ["d.r.a[-1]"], "errors": []}
    unknown = {"action": "update", "entities": [{"task_id": "c", "note": "n"}], "update_mask": ["odd"]}
    refused = bulk(api, path, unknown)["update"]
    assert (refused["success"], refused["errors"][0]["status_code"]) == ([], 400)
    nowhere = bulk(api, "/dags/~/dagRuns/~/taskInstances", {"action": "delete", "entities": ["a"]})
    assert nowhere["delete"]["errors"][0]["status_code"] == 400
    named = {"action": "delete", "entities": [{"dag_id": "d", "dag_run_id": "r", "task_id": "a"}]}
    assert bulk(api, "/dags/~/dagRuns/~/taskInstances", named)["delete"]["success"] == ["d.r.a[-1]"]
    assert bulk(api, path, {"action": "create", "entities": [entity]})["create"]["errors"][0]["status_code"] == 405


def test_a_deleted_task_instance(api: Api) -> None:
    api.lab.add(dag("d"))
    run = ended(api, "r")
    api.v2.post("/dags/d/dagRuns/r/taskInstances/b/xcomEntries", json={"key": "k", "value": 1})
    path = "/dags/d/dagRuns/r/taskInstances"
    assert api.v2.delete(f"{path}/b").status_code == 200
    assert api.v2.get(f"{path}/b").status_code == 404
    assert api.v2.delete(f"{path}/b").status_code == 404
    assert api.v2.delete(f"{path}/c?map_index=3").status_code == 404
    assert api.lab.rows("xcom") == []
    assert len(api.lab.rows("attempt")) == 2, "its try went with it"
    cleared = api.v2.post("/dags/d/clearTaskInstances", json={
        "dag_run_id": "r", "task_ids": ["c"], "only_failed": False, "dry_run": False
    })  # fmt: skip
    assert cleared.json()["total_entries"] == 1
    assert api.lab.states(run) == {"a": "success", "c": None}, "what is left runs without it"
    live = api.v2.delete(f"{path}/a")
    assert (live.status_code, "has not ended" in live.text) == (409, True)
    api.lab.force(run, c=S.SUCCESS)
    api.lab.set_run(run, DagRunState.RUNNING)
    api.lab.set_run(run, DagRunState.SUCCESS)
    assert api.v2.post("/dags/d/dagRuns/r/clear", json={"dry_run": False}).status_code == 200
    assert api.lab.states(run) == {"a": None, "b": None, "c": None}, "it comes back when the run is cleared"


def test_groups(api: Api) -> None:
    groups = (GroupSpec(group_id="g"), GroupSpec(group_id="g.in", parent="g"))
    api.lab.add(dag("d", of={"b": {"group": "g"}, "c": {"group": "g.in"}}, groups=groups))
    run = ended(api, "r", b=S.FAILED, c=S.UPSTREAM_FAILED)
    path = "/dags/d/dagRuns/r/taskGroupInstances/g"
    look = api.v2.patch(f"{path}/dry_run", json={"new_state": "success"}).json()
    assert [each["task_id"] for each in look["task_instances"]] == ["b", "c"]
    assert api.lab.states(run)["b"] == "failed", "nothing was done"
    done = api.v2.patch(path, json={"new_state": "success", "note": "ok"}).json()
    assert [(each["task_id"], each["state"], each["note"]) for each in done["task_instances"]] == [
        ("b", "success", "ok"),
        ("c", "success", "ok"),
    ]
    assert api.lab.states(run)["a"] == "success"
    assert api.v2.patch(path, json={"new_state": "success"}).status_code == 409, "nothing to mark"
    assert api.v2.patch("/dags/d/dagRuns/r/taskGroupInstances/odd", json={"new_state": "failed"}).status_code == 404
    assert api.v2.patch("/dags/d/dagRuns/~/taskGroupInstances/g", json={"new_state": "failed"}).status_code == 400
    assert api.v2.patch(path, json={"new_state": "running"}).status_code == 422


def test_what_keeps_a_task_from_running(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    api.lab.set_run(run, DagRunState.RUNNING)
    told = api.v2.get("/dags/d/dagRuns/r/taskInstances/b/dependencies").json()["dependencies"]
    assert [each["name"] for each in told] == sorted(each["name"] for each in told)
    assert "trigger_rule" in {each["name"] for each in told}
    assert all(each["reason"] for each in told)
    api.lab.force(run, a=S.RUNNING)
    assert api.v2.get("/dags/d/dagRuns/r/taskInstances/a/dependencies").json() == {"dependencies": []}
    assert api.v2.get("/dags/d/dagRuns/r/taskInstances/a/0/dependencies").status_code == 404
    url = api.v2.get("/dags/d/dagRuns/r/taskInstances/a/externalLogUrl/1")
    assert (url.status_code, "logs/1" in url.text) == (400, True)
