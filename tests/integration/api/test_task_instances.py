"""Task instances, their tries, clearing and marking over REST."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from api_lab import Api
from sqlalchemy import insert, update

from support.actions_lab import NOW, S, dag
from tradewind.ports.store import AttemptChange, NewAttempt, RunRecord, Step
from tradewind.spec.dag import GroupSpec
from tradewind.spec.states import AttemptState, DagRunState
from tradewind.store import tables
from tradewind.store.engine import write
from tradewind.store.uuid7 import uuid7

HOUR = timedelta(hours=1)


def path(run: RunRecord, task_id: str = "") -> str:
    """Path of the task instances of a run, or of one."""
    root = f"/dags/{quote(run.dag_id, safe='')}/dagRuns/{quote(run.run_id, safe='')}/taskInstances"
    return f"{root}/{quote(task_id, safe='')}" if task_id else root


def names(api: Api, where: str = "/dags/~/dagRuns/~/taskInstances", **params: object) -> list[str]:
    """run/task of what a list finds, in its order."""
    answer = api.v2.get(where, params=params)
    assert answer.status_code == 200, answer.text
    return [f"{found['dag_run_id']}/{found['task_id']}" for found in answer.json()["task_instances"]]


def change(api: Api, run: RunRecord, task_id: str, **values: Any) -> None:
    """Write columns of a task instance."""
    with write(api.store.engine) as connection:
        table = tables.task_instance
        where = (table.c.dag_run_id == run.id) & (table.c.task_id == task_id)
        connection.execute(update(table).where(where).values(**values))


def mapped(api: Api, run: RunRecord, task_id: str, count: int) -> list[str]:
    """Make the task instance of a task mapped: ids by map index."""
    made = [api.lab.task(run, task_id).id, *(uuid7() for _ in range(count - 1))]
    (row,) = api.lab.rows("task_instance", id=made[0])
    with write(api.store.engine) as connection:
        table = tables.task_instance
        connection.execute(update(table).where(table.c.id == made[0]).values(map_index=0))
        more = [{**row, "id": made[index], "map_index": index} for index in range(1, count)]
        connection.execute(insert(table), more)
    return made


def test_a_task_instance(api: Api) -> None:
    api.lab.add(dag("d", of={"a": {"task_display_name": "First", "retries": 2, "operator": "BashOperator"}}))
    run = api.lab.run("d", run_id="r", logical_date=NOW)
    api.lab.force(run, a=S.SUCCESS)
    change(
        api,
        run,
        "a",
        rendered={"bash_command": "echo 1"},
        end_date=NOW + HOUR + timedelta(microseconds=1),
        hostname="box",
        pid=42,
        note="n",
    )
    found = api.v2.get(path(run, "a")).json()
    assert len(found) == 34
    expected = {
        "dag_id": "d",
        "dag_run_id": "r",
        "task_id": "a",
        "map_index": -1,
        "state": "success",
        "try_number": 1,
        "max_tries": 2,
        "task_display_name": "First",
        "dag_display_name": "d",
        "duration": 3600.000001,
        "start_date": "2026-03-01T12:00:00Z",
        "logical_date": "2026-03-01T12:00:00Z",
        "operator": "BashOperator",
        "operator_name": "BashOperator",
        "pool": "default_pool",
        "pool_slots": 1,
        "queue": "default",
        "priority_weight": 3,
        "rendered_fields": {"bash_command": "echo 1"},
        "hostname": "box",
        "pid": 42,
        "note": "n",
        "executor_config": "{}",
        "trigger": None,
        "triggerer_job": None,
    }
    assert {key: found[key] for key in expected} == expected
    assert found["dag_version"]["version_number"] == 1
    waiting = api.v2.get(path(run, "b")).json()
    assert (waiting["state"], waiting["try_number"], waiting["start_date"]) == (None, 0, None)
    for wrong in (path(run, "nothing"), f"{path(run, 'a')}/0", "/dags/d/dagRuns/x/taskInstances/a"):
        assert api.v2.get(wrong).status_code == 404, wrong
    assert api.v2.get("/dags/d/dagRuns/x/taskInstances").status_code == 404


def test_lists_of_task_instances(api: Api) -> None:
    groups = (GroupSpec(group_id="g"), GroupSpec(group_id="g.h", parent="g"))
    of: dict[str, dict[str, Any]] = {"a": {"group": "g"}, "b": {"group": "g.h", "pool": "small", "queue": "gpu"}}
    api.lab.add(dag("d", of=of, groups=groups), dag("e", {"x": []}))
    one = api.lab.run("d", run_id="one", logical_date=NOW)
    api.lab.run("e", run_id="two", run_after=NOW + HOUR)
    api.lab.force(one, a=S.SUCCESS, b=S.RUNNING)
    change(api, one, "a", end_date=NOW + timedelta(seconds=90, microseconds=1))
    every = ["one/a", "one/b", "one/c", "two/x"]
    assert names(api) == every
    assert names(api, path(one)) == every[:3]
    assert names(api, "/dags/~/dagRuns/two/taskInstances") == ["two/x"]
    assert names(api, order_by="-task_id") == ["two/x", "one/c", "one/b", "one/a"]
    assert names(api, order_by=["state", "-task_id"]) == ["one/b", "one/a", "two/x", "one/c"], "no status comes last"
    assert names(api, state=["running", "failed"]) == ["one/b"]
    assert names(api, state=["none"]) == ["one/c", "two/x"]
    assert names(api, state=["no_status", "success"]) == ["one/a", "one/c", "two/x"]
    assert names(api, task_id="x") == ["two/x"]
    assert names(api, pool=["small"]) == names(api, queue=["gpu"]) == ["one/b"]
    assert names(api, pool_name_pattern="SMA") == names(api, queue_name_prefix_pattern="gp") == ["one/b"]
    assert names(api, operator=["BaseOperator"]) == every
    assert names(api, operator_name_pattern="bash") == []
    assert names(api, try_number=[1]) == ["one/a", "one/b"]
    assert names(api, map_index=[0]) == []
    assert names(api, version_number=[2]) == []
    assert names(api, executor=["x"]) == []
    assert names(api, task_display_name_pattern="A|x") == ["one/a", "two/x"]
    assert names(api, dag_id_pattern="E") == names(api, run_id_prefix_pattern="tw") == ["two/x"]
    assert names(api, run_after_gt="2026-03-01T12:00:00Z") == ["two/x"]
    assert names(api, logical_date_lte="2026-03-01T12:00:00Z") == every[:3]
    assert names(api, duration_gt=60) == ["one/a"]
    assert names(api, end_date_gte="2026-03-01T12:01:00Z") == ["one/a"]
    assert names(api, start_date_lt="2026-03-01T12:00:00Z") == []
    assert names(api, path(one), task_group_id="g") == ["one/a", "one/b"]
    assert names(api, "/dags/d/dagRuns/~/taskInstances", task_group_id="g.h") == ["one/b"]
    assert api.v2.get(path(one), params={"task_group_id": "nothing"}).status_code == 404
    assert api.v2.get("/dags/nothing/dagRuns/~/taskInstances").status_code == 404
    assert api.v2.get("/dags/~/dagRuns/~/taskInstances", params={"task_group_id": "g"}).status_code == 400
    assert api.v2.get(path(one), params={"state": "odd"}).status_code == 422
    assert api.v2.get(path(one), params={"order_by": "odd"}).status_code == 400
    body = {"dag_ids": ["d"], "state": [None], "order_by": "-task_id"}
    answer = api.v2.post("/dags/~/dagRuns/~/taskInstances/list", json=body).json()
    assert [found["task_id"] for found in answer["task_instances"]] == ["c"]
    assert api.v2.post(f"{path(one)}/list", json=body).status_code == 422


@pytest.mark.parametrize("order", ["map_index", "-start_date", "state", "-duration"])
def test_walking_by_cursor_over_nulls(api: Api, order: str) -> None:
    api.lab.add(dag("d", {name: [] for name in "abcdefg"}))
    run = api.lab.run("d", run_id="r")
    api.lab.force(run, a=S.SUCCESS, c=S.RUNNING, e=S.FAILED, f=S.QUEUED)
    expected = names(api, order_by=order)
    seen: list[str] = []
    backwards: list[list[str]] = []
    cursor: str | None = ""
    while cursor is not None:
        page = api.v2.get(path(run), params={"cursor": cursor, "limit": 2, "order_by": order}).json()
        part = [f"r/{found['task_id']}" for found in page["task_instances"]]
        if page["previous_cursor"]:
            back = {"cursor": page["previous_cursor"], "limit": 2, "order_by": order}
            backwards.append(names(api, path(run), **back))
        seen += part
        cursor = page["next_cursor"]
    assert seen == expected
    assert [name for part in backwards for name in part] == expected[:6]


def test_single_instances_of_a_mapped_task_are_marked_together(api: Api) -> None:
    api.lab.add(dag("d", of={"b": {"mapped": True}}))
    run = api.lab.run(run_id="r")
    api.lab.force(run, a=S.SUCCESS)
    mapped(api, run, "b", 4)

    def preview(*tasks: object) -> Any:
        body = {"dag_run_id": "r", "task_id": tasks, "new_state": "success"}
        return api.as_role("viewer").post("/api/tradewind/preview/mark/d", json=body)

    assert preview(["b", 0], ["b", 2]).json()["tasks"] == {"b": 2}
    assert preview(["b", 0], "b").json()["tasks"] == {"b": 4}
    assert preview(["b", 0], "c").json()["tasks"] == {"b": 1, "c": 1}
    refused = preview(["b", 0], ["b", 7])
    assert refused.status_code == 404 and "no map index 7" in refused.text
    both: list[str | tuple[str, int]] = [("b", 0), ("b", 2)]
    api.lab.actions.set_task_state("d", "r", both, "success", note="by hand", user="ann", now=NOW)
    found = api.v2.get(f"{path(run, 'b')}/listMapped").json()["task_instances"]
    assert [(one["map_index"], one["state"], one["note"]) for one in found] == [
        (0, "success", "by hand"),
        (1, None, None),
        (2, "success", "by hand"),
        (3, None, None),
    ]
    (entry,) = api.lab.rows("event_log", event="patch_task_instance")
    assert (entry["task_id"], entry["map_index"]) == ("b", None)
    assert json.loads(entry["extra"])["task_ids"] == [["b", 0], ["b", 2]]


def test_mapped_task_instances(api: Api) -> None:
    api.lab.add(dag("d", of={"b": {"mapped": True}}))
    run = api.lab.run("d", run_id="r")
    mapped(api, run, "b", 3)
    answer = api.v2.get(path(run, "b"))
    assert answer.status_code == 404
    assert "mapped" in answer.json()["detail"]
    listed = api.v2.get(f"{path(run, 'b')}/listMapped").json()
    assert [found["map_index"] for found in listed["task_instances"]] == [0, 1, 2]
    listed = api.v2.get(f"{path(run, 'b')}/listMapped", params={"order_by": "-map_index", "limit": 1}).json()
    assert (listed["task_instances"][0]["map_index"], listed["total_entries"]) == (2, 3)
    assert api.v2.get(f"{path(run, 'b')}/2").json()["map_index"] == 2
    assert api.v2.get(f"{path(run, 'b')}/3").status_code == 404
    assert api.v2.get(f"{path(run, 'b')}/x").status_code == 422
    assert api.v2.get(f"{path(run, 'a')}/listMapped").status_code == 404
    assert api.v2.get(f"{path(run, 'z')}/listMapped").status_code == 404
    assert api.v2.get(f"{path(run, 'b')}/1/tries").json()["total_entries"] == 0
    marked = api.v2.patch(f"{path(run, 'b')}/1", json={"new_state": "success", "note": "one"}).json()
    assert [(found["map_index"], found["state"], found["note"]) for found in marked["task_instances"]] == [
        (1, "success", "one")
    ]
    marked = api.v2.patch(path(run, "b"), json={"new_state": "failed"}, params={"map_index": 2}).json()
    assert [found["map_index"] for found in marked["task_instances"] if found["state"] == "failed"] == [2]


def test_tries(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    ti = api.lab.task(run, "a").id
    ends = [(1, AttemptState.RESCHEDULED), (1, AttemptState.FAILED), (2, AttemptState.LOST), (3, AttemptState.RUNNING)]
    for index, (number, state) in enumerate(ends):
        attempt, at = uuid7(), NOW + index * HOUR
        step = Step(fence="leader", revisions={run.id: api.lab.snapshot(run).run.revision})
        step.new_attempts.append(NewAttempt(attempt, ti, run.id, number, "w", at, f"{attempt}.log"))
        step.attempts.append(AttemptChange(run.id, attempt, AttemptState.RUNNING, start_date=at, hostname="h", pid=7))
        if state is not AttemptState.RUNNING:
            end = AttemptChange(run.id, attempt, state, end_date=at + HOUR / 2, error_type="E", error="E: no")
            step.attempts.append(end)
        assert api.lab.apply(step) == set()
    change(api, run, "a", try_number=3, state="running")
    found = api.v2.get(f"{path(run, 'a')}/tries").json()
    assert [(each["try_number"], each["state"]) for each in found["task_instances"]] == [
        (1, "failed"),
        (2, "failed"),
        (3, "running"),
    ]
    first = found["task_instances"][0]
    assert (first["start_date"], first["duration"]) == ("2026-03-01T12:00:00Z", 5400.0), "from its first attempt"
    assert api.v2.get(f"{path(run, 'a')}/tries/3").json() == found["task_instances"][2]
    assert api.v2.get(f"{path(run, 'a')}/tries/4").status_code == 404
    assert api.v2.get(f"{path(run, 'b')}/tries").json()["total_entries"] == 0
    assert api.v2.get(f"{path(run, 'z')}/tries").status_code == 404


def test_clearing(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r", logical_date=NOW)
    later = api.lab.run("d", run_id="later", logical_date=NOW + HOUR)
    for each in (run, later):
        api.lab.force(each, a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)
        api.lab.set_run(each, DagRunState.FAILED)

    def clear(**body: object) -> list[tuple[str, str, str | None]]:
        answer = api.v2.post("/dags/d/clearTaskInstances", json=body)
        assert answer.status_code == 200, answer.text
        found = answer.json()["task_instances"]
        assert answer.json()["total_entries"] == len(found)
        return [(each["dag_run_id"], each["task_id"], each["state"]) for each in found]

    failed = [("r", "b", "failed"), ("r", "c", "upstream_failed")]
    assert clear(dag_run_id="r") == failed, "failed ones only and dry run are the defaults"
    assert clear(dag_run_id="r", include_future=True) == failed + [("later", *rest) for _, *rest in failed]
    assert clear(dag_run_id="r", task_ids=["a"], only_failed=False) == [("r", "a", "success")]
    assert clear(dag_run_id="r", task_ids=[["a", -1]], only_failed=False) == [("r", "a", "success")]
    assert len(clear(dag_run_id="r", task_ids=["a"], only_failed=False, include_downstream=True)) == 3
    assert clear(start_date="2026-03-01T12:30:00Z") == [("later", *rest) for _, *rest in failed]
    assert api.lab.states(run)["b"] == "failed", "nothing was done"
    assert clear(dag_run_id="r", dry_run=False, note="again") == [("r", "b", None), ("r", "c", None)]
    assert api.lab.states(run) == {"a": "success", "b": None, "c": None}
    assert api.v2.get(path(run, "b")).json()["note"] == "again"
    assert api.v2.get("/dags/d/dagRuns/r").json()["state"] == "queued"

    def refused(status: int, **body: object) -> None:
        answer = api.v2.post("/dags/d/clearTaskInstances", json=body)
        assert answer.status_code == status, (body, answer.text)

    refused(404, dag_run_id="nothing")
    refused(404, dag_run_id="r", task_ids=["nothing"])
    refused(422, dag_run_id="r", start_date="2026-03-01T12:30:00Z")
    refused(422, dag_run_id="r", only_failed=True, only_running=True)
    refused(422, start_date="2026-03-01T12:30:00Z", end_date="2026-03-01T12:00:00Z")
    refused(422, dag_run_id="r", task_ids=[])
    refused(422, dag_run_id="r", odd=True)
    refused(422, task_ids=[["a", "b", "c"]])
    api.lab.force(run, b=S.RUNNING)
    refused(409, dag_run_id="r", only_failed=False, prevent_running_task=True)
    assert api.v2.post("/dags/nothing/clearTaskInstances", json={}).status_code == 404
    assert api.v2.post("/dags/~/clearTaskInstances", json={}).status_code == 400


def test_marking(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r", logical_date=NOW)
    api.lab.force(run, a=S.FAILED, b=S.UPSTREAM_FAILED, c=S.UPSTREAM_FAILED)
    dry = api.v2.patch(f"{path(run, 'a')}/dry_run", json={"new_state": "success"}).json()
    assert [(found["task_id"], found["state"]) for found in dry["task_instances"]] == [("a", "failed")]
    done = api.v2.patch(path(run, "a"), json={"new_state": "success", "note": "checked"}).json()
    first = done["task_instances"][0]
    assert (first["task_id"], first["state"]) == ("a", "success")
    assert api.lab.states(run) == {"a": "success", "b": None, "c": None}, "what failed below goes on"
    assert api.v2.get(path(run, "a")).json()["note"] == "checked"
    assert api.v2.patch(path(run, "a"), json={"new_state": "success"}).status_code == 409
    noted = api.v2.patch(path(run, "c"), json={"note": "later"}).json()
    assert [(found["task_id"], found["note"]) for found in noted["task_instances"]] == [("c", "later")]
    only = api.v2.patch(path(run, "c"), json={"note": "x", "new_state": "failed"}, params={"update_mask": "note"})
    assert only.json()["task_instances"][0]["state"] is None
    both = api.v2.patch(path(run, "b"), json={"new_state": "skipped", "include_downstream": True}).json()
    assert {found["task_id"] for found in both["task_instances"]} == {"b", "c"}
    for body, status in (
        ({"new_state": "running"}, 422),
        ({"new_state": "odd"}, 422),
        ({"odd": 1}, 422),
        ({"note": "x" * 1001}, 422),
    ):
        assert api.v2.patch(path(run, "a"), json=body).status_code == status
    assert api.v2.patch(path(run, "a"), json={}, params={"update_mask": "pool"}).status_code == 400
    assert api.v2.patch(path(run, "z"), json={"new_state": "success"}).status_code == 404
    assert api.v2.patch(f"{path(run, 'a')}/0/dry_run", json={"new_state": "success"}).status_code == 404
