"""XComs over REST."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from api_lab import Api

from support.actions_lab import NOW, dag

ROOT = "/dags/d/dagRuns/r/taskInstances/a/xcomEntries"


def setup(api: Api) -> None:
    """Two runs of a DAG."""
    api.lab.add(dag("d", of={"a": {"task_display_name": "First"}}))
    api.lab.run("d", run_id="r", logical_date=NOW)
    api.lab.run("d", run_id="r2", run_after=NOW + timedelta(hours=1))


def test_an_xcom(api: Api) -> None:
    setup(api)
    value = {"rows": 3, "list": [1.5, None, True], "ü": "✓"}
    created = api.v2.post(ROOT, json={"key": "k", "value": value})
    assert created.status_code == 201
    found = created.json()
    assert found == {
        "key": "k",
        "timestamp": "2026-03-01T12:00:00Z",
        "logical_date": "2026-03-01T12:00:00Z",
        "map_index": -1,
        "task_id": "a",
        "dag_id": "d",
        "run_id": "r",
        "dag_display_name": "d",
        "task_display_name": "First",
        "run_after": found["run_after"],
        "value": value,
    }
    assert api.v2.get(f"{ROOT}/k").json() == found
    text = api.v2.get(f"{ROOT}/k", params={"stringify": True}).json()["value"]
    assert json.loads(text) == value
    assert api.v2.get(f"{ROOT}/k", params={"deserialize": True}).status_code == 400
    assert api.v2.post(ROOT, json={"key": "k", "value": 1}).status_code == 409
    assert api.v2.patch(f"{ROOT}/k", json={"value": None}).json()["value"] is None
    assert api.v2.delete(f"{ROOT}/k").status_code == 204
    for answer in (api.v2.get(f"{ROOT}/k"), api.v2.delete(f"{ROOT}/k"), api.v2.patch(f"{ROOT}/k", json={"value": 1})):
        assert answer.status_code == 404


def test_what_cannot_be_written(sqlite_api: Api) -> None:
    setup(sqlite_api)
    for wrong in ({"key": "k"}, {"value": 1}, {"key": "", "value": 1}, {"key": "k", "value": 1, "odd": 1}):
        assert sqlite_api.v2.post(ROOT, json=wrong).status_code == 422
    assert sqlite_api.v2.post(ROOT, json={"key": "k", "value": 1, "map_index": 5}).status_code == 404
    assert sqlite_api.v2.post(ROOT.replace("/a/", "/z/"), json={"key": "k", "value": 1}).status_code == 404
    assert sqlite_api.v2.post(ROOT.replace("/r/", "/~/"), json={"key": "k", "value": 1}).status_code == 400


@pytest.mark.parametrize("key", ["a/b", "per%cent", "a b", "✓", "k?x=1"])
def test_odd_keys_in_paths(sqlite_api: Api, key: str) -> None:
    setup(sqlite_api)
    sqlite_api.v2.post(ROOT, json={"key": key, "value": 1})
    where = f"{ROOT}/{quote(key, safe='')}"
    assert sqlite_api.v2.get(where).json()["key"] == key
    assert sqlite_api.v2.delete(where).status_code == 204


def test_lists_of_xcoms(api: Api) -> None:
    setup(api)
    for run_id, task_id, key in (("r", "a", "x"), ("r", "a", "return_value"), ("r", "b", "x"), ("r2", "a", "x")):
        api.store.xcoms.set("d", run_id, task_id, key, '"v"', now=NOW)

    def names(dag_id: str = "~", run_id: str = "~", task_id: str = "~", **params: object) -> list[str]:
        where = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/xcomEntries"
        answer = api.v2.get(where, params=params)
        assert answer.status_code == 200, answer.text
        entries = answer.json()["xcom_entries"]
        assert all("value" not in entry for entry in entries)
        return [f"{entry['run_id']}/{entry['task_id']}/{entry['key']}" for entry in entries]

    every = ["r/a/return_value", "r/a/x", "r/b/x", "r2/a/x"]
    assert sorted(names()) == every
    assert names("d", "r", "a") == every[:2]
    assert names(run_id="r2") == ["r2/a/x"]
    assert names("other") == []
    assert sorted(names(xcom_key="x")) == every[1:]
    assert names(xcom_key_pattern="RET") == every[:1]
    assert names(task_id_pattern="B") == ["r/b/x"]
    assert names(run_id_prefix_pattern="r2") == ["r2/a/x"]
    assert names(run_after_gt="2026-03-01T12:00:00Z") == ["r2/a/x"]
    assert len(names(logical_date_gte="2026-03-01T12:00:00Z")) == 3
    assert names(map_index=0) == []
    assert names(order_by="-key", limit=1) != names(order_by="key", limit=1) == ["r/a/return_value"]
    pages = [names(order_by="key", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert sorted(pages[0] + pages[1]) == every
    assert pages[2] == []
    assert api.v2.get(ROOT, params={"order_by": "value"}).status_code == 400
