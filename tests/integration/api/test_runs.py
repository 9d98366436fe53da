"""DAG runs over REST."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import pairwise
from urllib.parse import quote

import pytest
from api_lab import Api

from support.actions_lab import NOW, S, dag
from tradewind.ports.store import RunRecord
from tradewind.spec.states import DagRunState

RUN_FIELDS = {
    "dag_run_id",
    "dag_id",
    "logical_date",
    "queued_at",
    "start_date",
    "end_date",
    "duration",
    "data_interval_start",
    "data_interval_end",
    "run_after",
    "last_scheduling_decision",
    "run_type",
    "state",
    "triggered_by",
    "triggering_user_name",
    "conf",
    "note",
    "dag_versions",
    "bundle_version",
    "dag_display_name",
    "partition_key",
    "partition_date",
}
HOUR = timedelta(hours=1)


def path(run: RunRecord) -> str:
    """Path of a run, its id encoded as clients do."""
    return f"/dags/{quote(run.dag_id, safe='')}/dagRuns/{quote(run.run_id, safe='')}"


def ids(api: Api, dag_id: str = "~", **params: object) -> list[str]:
    """The runs that a list finds, in its order."""
    answer = api.v2.get(f"/dags/{dag_id}/dagRuns", params=params)
    assert answer.status_code == 200, answer.text
    return [found["dag_run_id"] for found in answer.json()["dag_runs"]]


def test_triggering(api: Api) -> None:
    api.lab.add(dag("d"))
    body = {
        "logical_date": "2026-02-01T09:00:00+09:00",
        "dag_run_id": "my~run+1:2",
        "conf": {"a": [1, {"b": None}], "ü": "✓"},
        "note": "by hand",
        "data_interval_start": "2026-01-31T00:00:00Z",
        "data_interval_end": "2026-02-01T00:00:00Z",
    }
    answer = api.v2.post("/dags/d/dagRuns", json=body)
    assert answer.status_code == 200
    run = answer.json()
    assert set(run) == RUN_FIELDS
    assert len(run) == 22
    assert run["dag_run_id"] == "my~run+1:2"
    assert run["logical_date"] == "2026-02-01T00:00:00Z"
    assert run["data_interval_start"] == "2026-01-31T00:00:00Z"
    assert run["conf"] == body["conf"]
    assert (run["state"], run["run_type"], run["triggered_by"]) == ("queued", "manual", "rest_api")
    assert (run["note"], run["triggering_user_name"]) == ("by hand", "admin")
    assert run["dag_versions"][0]["version_number"] == 1
    assert ("run", "d") in {(kind, dag_id) for kind, dag_id, _ in api.lab.signals()}
    assert api.v2.get("/dags/d/dagRuns/my~run%2B1%3A2").json() == run
    assert api.v2.get("/dags/d/dagRuns/my~run+1:2").json() == run, "a plus in a path is a plus"

    assert api.v2.post("/dags/d/dagRuns", json=body).status_code == 409
    assert api.v2.post("/dags/d/dagRuns", json={**body, "dag_run_id": "other"}).status_code == 409, "same logical date"
    plain = api.v2.post("/dags/d/dagRuns", json={"logical_date": None, "dag_run_id": ""}).json()
    assert plain["dag_run_id"].startswith("manual__2026-03-01T12:00:00+00:00")
    assert plain["logical_date"] is None


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"logical_date": "2026-02-01T00:00:00"}, 422),
        ({"logical_date": "yesterday"}, 422),
        ({"logical_date": None, "conf": [1]}, 422),
        ({"logical_date": None, "odd": 1}, 422),
        ({"logical_date": None, "dag_run_id": "x" * 251}, 422),
        ({"logical_date": None, "note": "x" * 1001}, 422),
        ({"logical_date": None, "dag_run_id": "a/../b"}, 400),
        ({"logical_date": None, "dag_run_id": "scheduled__x"}, 400),
        ({"logical_date": None, "data_interval_start": "2026-01-01T00:00:00Z"}, 422),
        ({"logical_date": None, "conf": {"p": "text"}}, 400),
        ({"logical_date": None, "partition_key": "p"}, 400),
    ],
)
def test_what_cannot_be_triggered(sqlite_api: Api, body: dict[str, object], status: int) -> None:
    params = {"p": {"value": 1, "schema": {"type": "integer"}, "description": None}}
    sqlite_api.lab.add(dag("d", params=params))
    answer = sqlite_api.v2.post("/dags/d/dagRuns", json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]
    assert ids(sqlite_api) == []
    assert sqlite_api.v2.post("/dags/~/dagRuns", json={"logical_date": None}).status_code == 400


def test_lists_of_runs(api: Api) -> None:
    api.lab.add(dag("d"), dag("e", {"x": []}))
    first = api.lab.run("d", run_id="first", logical_date=NOW, conf={"Key": "50%_done"}, user="ann")
    api.lab.run("d", run_id="second", logical_date=NOW + HOUR, run_after=NOW + HOUR)
    api.lab.run("e", run_id="third", run_after=NOW + 2 * HOUR)
    api.lab.set_run(first, DagRunState.SUCCESS)
    assert ids(api) == ["first", "second", "third"]
    assert ids(api, "d") == ["first", "second"]
    assert ids(api, order_by="-run_after") == ["third", "second", "first"]
    assert ids(api, order_by=["state", "-id"]) == ["third", "second", "first"]
    assert ids(api, order_by="logical_date") == ["first", "second", "third"], "no date comes last"
    assert ids(api, order_by="-logical_date") == ["second", "first", "third"]
    assert ids(api, state=["success", "failed"]) == ["first"]
    assert ids(api, run_type=["scheduled"]) == []
    assert ids(api, run_after_gt="2026-03-01T12:00:00Z") == ["second", "third"]
    assert ids(api, run_after_gte="2026-03-01T12:00:00", run_after_lt="2026-03-01T13:00:00+00:00") == ["first"]
    assert ids(api, logical_date_lte="2026-03-01T21:00:00+09:00") == ["first"]
    assert ids(api, end_date_gte="2026-03-01T00:00:00Z") == ["first"]
    assert ids(api, duration_gte=0, duration_lt=0.5) == ["first"]
    assert ids(api, updated_at_gt="2030-01-01T00:00:00Z") == []
    assert ids(api, run_id_pattern="SEC|thi") == ["second", "third"]
    assert ids(api, run_id_prefix_pattern="f|s") == ["first", "second"]
    assert ids(api, run_id_prefix_pattern="F") == []
    assert ids(api, dag_id_pattern="e") == ["third"]
    assert ids(api, triggering_user_name_pattern="AN") == ["first"]
    assert ids(api, conf_contains="50%_d") == ["first"]
    assert ids(api, conf_contains="%") == ["first"], "not a wildcard"
    assert ids(api, dag_version=[2]) == []
    raw = api.v2.get("/dags/~/dagRuns?run_after_gt=2026-03-01T13:00:00+00:00").json()
    assert [run["dag_run_id"] for run in raw["dag_runs"]] == ["third"], "a plus that was not encoded"
    for wrong in ({"state": "odd"}, {"run_after_gt": "x"}, {"duration_gt": "x"}):
        assert api.v2.get("/dags/~/dagRuns", params=wrong).status_code == 422
    for wrong in ({"order_by": "odd"}, {"cursor": "odd"}, {"run_id_pattern": "|".join("abc" * 50)}):
        assert api.v2.get("/dags/~/dagRuns", params=wrong).status_code == 400
    body = {"dag_ids": ["d"], "states": ["queued"], "order_by": "-id"}
    batch = api.v2.post("/dags/~/dagRuns/list", json=body).json()
    assert [run["dag_run_id"] for run in batch["dag_runs"]] == ["second"]
    assert api.v2.post("/dags/d/dagRuns/list", json=body).status_code == 422
    assert api.v2.get("/dags/e/dagRuns").json()["total_entries"] == 1


def test_walking_by_cursor(api: Api) -> None:
    api.lab.add(dag("d", {"x": []}))
    for number in range(7):
        api.lab.run("d", run_id=f"r{number}", run_after=NOW + HOUR * (number // 2))
    expected = ids(api, order_by="-run_after")
    seen: list[str] = []
    cursor: str | None = ""
    pages = []
    while cursor is not None:
        page = api.v2.get("/dags/d/dagRuns", params={"cursor": cursor, "limit": 3, "order_by": "-run_after"}).json()
        assert page["total_entries"] == 7
        assert page["total_entries_limit"] >= 7
        pages.append(page)
        seen += [run["dag_run_id"] for run in page["dag_runs"]]
        cursor = page["next_cursor"]
    assert seen == expected
    assert [len(page["dag_runs"]) for page in pages] == [3, 3, 1]
    assert pages[0]["previous_cursor"] is None
    for before, after in pairwise(pages):
        back = {"cursor": after["previous_cursor"], "limit": 3, "order_by": "-run_after"}
        assert api.v2.get("/dags/d/dagRuns", params=back).json()["dag_runs"] == before["dag_runs"]
    # a run that arrives meanwhile moves nothing
    api.lab.run("d", run_id="new", run_after=NOW + HOUR * 9)
    again = {"cursor": pages[0]["next_cursor"], "limit": 3, "order_by": "-run_after"}
    assert api.v2.get("/dags/d/dagRuns", params=again).json()["dag_runs"] == pages[1]["dag_runs"]
    other = {"cursor": pages[0]["next_cursor"], "order_by": "run_after"}
    assert api.v2.get("/dags/d/dagRuns", params=other).status_code == 400, "a cursor is for one order"


def test_patching(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    api.lab.force(run, a=S.SUCCESS, b=S.RUNNING)
    assert api.v2.patch(path(run), json={"note": "looked at"}).json()["note"] == "looked at"
    assert api.v2.patch(path(run), json={"note": None}).json()["note"] is None
    masked = api.v2.patch(path(run), json={"state": "failed", "note": "x"}, params={"update_mask": "note"}).json()
    assert (masked["state"], masked["note"]) == ("queued", "x")
    assert api.v2.patch(path(run), json={"state": "success"}).json()["state"] == "success"
    assert api.lab.states(run) == {"a": "success", "b": "success", "c": "skipped"}
    assert api.v2.patch(path(run), json={"state": "queued"}).json()["state"] == "queued"
    assert api.v2.patch(path(run), json={"state": "running"}).status_code == 422
    assert api.v2.patch(path(run), json={"odd": 1}).status_code == 422
    assert api.v2.patch(path(run), json={}, params={"update_mask": "conf"}).status_code == 400
    assert api.v2.patch("/dags/d/dagRuns/nothing", json={"note": "x"}).status_code == 404
    assert api.v2.patch("/dags/nothing/dagRuns/r", json={"note": "x"}).status_code == 404
    assert ("patch_dag_run", "admin") in api.lab.events()


def test_clearing(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    api.lab.force(run, a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)
    api.lab.set_run(run, DagRunState.FAILED)
    dry = api.v2.post(f"{path(run)}/clear", json={}).json()
    assert [task["task_id"] for task in dry["task_instances"]] == ["a", "b", "c"]
    assert dry["total_entries"] == 3
    failed = api.v2.post(f"{path(run)}/clear", json={"only_failed": True}).json()
    assert [task["task_id"] for task in failed["task_instances"]] == ["b", "c"]
    assert api.lab.states(run)["b"] == "failed", "nothing was done"
    cleared = api.v2.post(f"{path(run)}/clear", json={"dry_run": False, "only_failed": True, "note": "again"}).json()
    assert (cleared["state"], cleared["note"]) == ("queued", "again")
    assert api.lab.states(run) == {"a": "success", "b": None, "c": None}
    assert api.v2.post(f"{path(run)}/clear", json={"only_new": True, "only_failed": True}).status_code == 400
    assert api.v2.post("/dags/d/dagRuns/nothing/clear", json={}).status_code == 404


def test_deleting(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    api.lab.force(run, a=S.RUNNING)
    assert api.v2.delete(path(run)).status_code == 409
    api.v2.patch(path(run), json={"state": "failed"})
    assert api.v2.delete(path(run)).status_code == 204
    assert api.v2.get(path(run)).status_code == 404
    assert api.v2.delete(path(run)).status_code == 404


def test_waiting_for_a_run(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(dag("d", {"a": []}))
    run = api.lab.run("d", run_id="r")
    api.store.xcoms.set("d", "r", "a", "return_value", '{"rows": 3}', now=NOW)
    with api.v2.stream("GET", f"{path(run)}/wait", params={"interval": 0.01, "result": ["a", "b"]}) as answer:
        assert answer.headers["content-type"].startswith("application/x-ndjson")
        lines = answer.iter_lines()
        assert json.loads(next(lines)) == {"state": "queued"}
        api.lab.set_run(run, DagRunState.SUCCESS)
        rest = [json.loads(line) for line in lines]
    assert rest[-1] == {"state": "success", "results": {"a": {"rows": 3}}}
    assert api.v2.get("/dags/d/dagRuns/odd/wait", params={"interval": 1}).status_code == 404
    assert api.v2.get(f"{path(run)}/wait").status_code == 422
    assert api.v2.get(f"{path(run)}/wait", params={"interval": 0}).status_code == 422
