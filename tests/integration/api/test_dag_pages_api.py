"""What the pages of one DAG are drawn from: every answer is held against the OpenAPI description."""

from __future__ import annotations

from datetime import timedelta

import pytest
from api_lab import Api

from support.actions_lab import NOW, S, dag
from tradewind.ports.callbacks import DeadlineRow
from tradewind.ports.store import Step
from tradewind.server.drawing import run_list
from tradewind.spec.assets import AssetSpec, AssetUse
from tradewind.spec.states import DagRunState
from tradewind.store import tables
from tradewind.store.engine import write
from tradewind.store.uuid7 import uuid7

ROOT = "/api/tradewind/dags"


def fail(api: Api, dag_id: str, run_id: str, hours: int, error: str) -> None:
    """A run whose task `a` failed with an error."""
    run = api.lab.run(dag_id, run_id=run_id, run_after=NOW + timedelta(hours=hours))
    api.lab.force(run, a=S.FAILED, b=S.UPSTREAM_FAILED, c=S.UPSTREAM_FAILED)
    api.lab.set_run(run, DagRunState.FAILED)
    attempt = api.lab.task(run, "a").attempt_id
    with write(api.store.engine) as connection:
        said = {"error_type": error.partition(":")[0], "error": error}
        connection.execute(tables.attempt.update().where(tables.attempt.c.id == attempt).values(**said))


def test_a_dag_that_never_ran(api: Api) -> None:
    api.lab.add(dag("d", doc_md="# What it is for", params={"n": {"value": 1, "description": None, "schema": {}}}))
    client = api.as_role("viewer")
    found = client.get(f"{ROOT}/d/overview").json()
    assert (found["newest"], found["failures"], found["assets"], found["deadlines"]) == (None, [], [], [])
    assert (found["doc_md"], found["params"]["n"]["value"]) == ("# What it is for", 1)
    told = client.get(f"{ROOT}/d/tasks").json()
    assert (told["run"], told["total"], [task["now"] for task in told["tasks"]]) == (None, 3, [None] * 3)
    assert client.get(f"{ROOT}/d/task-changes").json()["changes"] == []
    for page in ("overview", "tasks", "task-changes"):
        assert client.get(f"{ROOT}/nothing/{page}").status_code == 404


def test_failures_are_grouped_over_the_runs_of_this_dag(api: Api) -> None:
    api.lab.add(dag("d"), dag("other"))
    for number in range(3):
        fail(api, "d", f"r{number}", number, f"ValueError: row {number} is bad")
    fail(api, "d", "strange", 4, "OSError: the disk is full")
    fail(api, "other", "o", 9, "ValueError: row 1 is bad")
    found = api.as_role("viewer").get(f"{ROOT}/d/overview").json()
    groups = {group["message"]: (group["task_id"], group["error_type"], group["count"]) for group in found["failures"]}
    assert groups == {"row 2 is bad": ("a", "ValueError", 3), "the disk is full": ("a", "OSError", 1)}
    assert (found["newest"]["run_id"], found["newest"]["outcome"]) == ("strange", "failed")
    assert found["durations"]["run_id"] == ["r0", "r1", "r2", "strange"]
    assert found["durations"] == api.as_role("viewer").get(f"{ROOT}/d/durations").json()
    assert found["newest"]["culprit"]["message"] == "the disk is full"


def test_assets_and_deadlines_of_a_dag(api: Api) -> None:
    orders = AssetUse(name="orders", uri="s3://orders")
    known = (AssetSpec(name="orders", uri="s3://orders"),)
    api.lab.add(
        dag("d", of={"c": {"outlets": (orders,)}}, assets=known),
        dag("e", of={"a": {"outlets": (orders,)}}, assets=known),
    )
    run = api.lab.run("d", run_id="r")

    given = (("late", -3, "missed"), ("later", -1, "missed"), ("soon", 1, "pending"), ("then", 2, "pending"))
    for number, (name, hours, state) in enumerate((*given, ("past", -2, "met"))):
        due = NOW + timedelta(hours=hours)
        row = DeadlineRow(uuid7(), run.id, "d", "", number, name, "queued_at", due, NOW, state)
        assert api.lab.apply(Step(fence="leader", deadlines=[row])) == set()
    found = api.as_role("viewer").get(f"{ROOT}/d/overview").json()
    assert [(use["name"], use["role"], use["task_id"]) for use in found["assets"]] == [("orders", "outlet", "c")]
    assert [row["alert_name"] for row in found["deadlines"]] == ["later", "late", "soon", "then"]


def test_the_tasks_of_the_newest_run_and_what_they_did(api: Api) -> None:
    api.lab.add(dag("d"))
    api.lab.run("d", run_id="old", run_after=NOW - timedelta(days=1))
    fail(api, "d", "new", 0, "ValueError: no")
    client = api.as_role("viewer")
    now = client.get(f"{ROOT}/d/tasks").json()
    assert now["run"]["run_id"] == "new"
    assert {task["task_id"]: task["now"]["state"] for task in now["tasks"]} == {
        "a": "failed",
        "b": "upstream_failed",
        "c": "upstream_failed",
    }
    changes = client.get(f"{ROOT}/d/task-changes").json()["changes"]
    assert {(each["task_id"], each["try_number"], each["state"], each["error"]) for each in changes} == {
        ("a", 1, "failed", "ValueError: no"),
        ("b", 0, "upstream_failed", None),
        ("c", 0, "upstream_failed", None),
    }
    assert len(client.get(f"{ROOT}/d/task-changes", params={"limit": 2}).json()["changes"]) == 2


def test_the_tasks_of_a_dag_come_in_parts_and_are_found_by_words(api: Api) -> None:
    api.lab.add(dag("d", of={"b": {"owner": "Ann", "operator_name": "@task"}, "c": {"pool": "slow", "owner": "ann"}}))
    client = api.as_role("viewer")

    def listed(**params: object) -> tuple[list[str], int, str | None]:
        answer = client.get(f"{ROOT}/d/tasks", params=params)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return [task["task_id"] for task in told["tasks"]], told["total"], told["next_cursor"]

    assert listed() == (["a", "b", "c"], 3, None)
    assert listed(limit=2) == (["a", "b"], 3, "b")
    assert listed(limit=2, cursor="b") == (["c"], 3, None)
    assert listed(limit=3, cursor="c") == ([], 3, None)
    assert listed(q="ANN") == (["b", "c"], 2, None)
    assert listed(q="ann", limit=1) == (["b"], 2, "b")
    assert listed(q="slow ann") == (["c"], 1, None)
    assert listed(q="@task") == (["b"], 1, None)
    assert listed(q="ann nobody") == ([], 0, None)
    gone = client.get(f"{ROOT}/d/tasks", params={"cursor": "b", "q": "slow"})
    assert (gone.status_code, "start without it" in gone.json()["detail"]) == (400, True)


def test_the_list_of_runs(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.lab.add(dag("d"), dag("e"))
    fail(api, "d", "bad", 1, "ValueError: no")
    for number, state in ((2, S.SUCCESS), (3, S.FAILED)):
        run = api.lab.run("d", run_id=f"good{number}", run_after=NOW + timedelta(hours=number), conf={"n": number})
        api.lab.force(run, a=S.SUCCESS, b=state, c=S.SUCCESS)
        api.lab.set_run(run, DagRunState.SUCCESS)
    api.lab.run("e", run_id="queued", run_after=NOW + timedelta(hours=4))
    client = api.as_role("viewer")

    def listed(**params: object) -> list[tuple[str, str, bool]]:
        answer = client.get("/api/tradewind/runs", params=params)
        assert answer.status_code == 200, answer.text
        return [(run["dag_id"], run["run_id"], run["tolerated"]) for run in answer.json()["runs"]]

    assert listed() == [("e", "queued", False), ("d", "good3", True), ("d", "good2", False), ("d", "bad", False)]
    assert listed(dag_id="e") == [("e", "queued", False)]
    assert listed(state=["success", "queued"], dag="d") == [("d", "good3", True), ("d", "good2", False)]
    assert listed(search="ood2", run_type="manual") == [("d", "good2", False)]
    since = {"from": (NOW + timedelta(hours=2)).isoformat(), "to": (NOW + timedelta(hours=3)).isoformat()}
    assert listed(**since) == [("d", "good2", False)]
    first = client.get("/api/tradewind/runs", params={"limit": 2}).json()
    assert first["runs"][1]["conf"] == {"n": 3}
    assert first["previous_cursor"] is None
    assert listed(limit=2, cursor=first["next_cursor"]) == [("d", "good2", False), ("d", "bad", False)]
    assert client.get("/api/tradewind/runs", params={"dag_id": "nothing"}).status_code == 404
    # of a long history parts of ids are looked for in the newest runs only, and the answer says so
    assert client.get("/api/tradewind/runs", params={"search": "ood"}).json()["looked_at"] is None
    monkeypatch.setattr(run_list, "LOOKED_AT", 2)
    assert listed(search="ood") == [("d", "good3", True)]
    assert client.get("/api/tradewind/runs", params={"search": "ood"}).json()["looked_at"] == 2
    assert client.get("/api/tradewind/runs").json()["looked_at"] is None
