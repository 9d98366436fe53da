"""XComs over REST."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from urllib.parse import quote
from uuid import UUID

import httpx
import pendulum
import pytest
from api_lab import Api

from support.actions_lab import NOW, dag
from tradewind.server import xcom_values
from tradewind.spec import serde
from tradewind.spec.wire import ConnectionData
from tradewind.store import tables
from tradewind.store.engine import write

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
        "download": None,
    }
    assert api.v2.get(f"{ROOT}/k").json() == found
    assert api.v2.get(f"{ROOT}/k", params={"stringify": True}).json()["value"] == str(value)
    assert api.v2.get(f"{ROOT}/k", params={"deserialize": True}).json() == found
    assert api.v2.post(ROOT, json={"key": "k", "value": 1}).status_code == 409
    assert api.v2.patch(f"{ROOT}/k", json={"value": None}).json()["value"] is None
    assert api.v2.delete(f"{ROOT}/k").status_code == 204
    for answer in (api.v2.get(f"{ROOT}/k"), api.v2.delete(f"{ROOT}/k"), api.v2.patch(f"{ROOT}/k", json={"value": 1})):
        assert answer.status_code == 404


def test_typed_values_are_readable(api: Api) -> None:
    """As Airflow's clients expect: dates are ISO texts, and no value shows how it is stored."""
    setup(api)
    at = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    value = {
        "at": at,
        "there": pendulum.datetime(2026, 3, 1, tz="Europe/Amsterdam"),
        "day": date(2026, 3, 1),
        "clock": time(7, 5),
        "span": timedelta(minutes=1.5),
        "price": Decimal("1.10"),
        "id": UUID(int=1),
        "pair": (1, {2}),
        "nan": float("nan"),
        "path": PurePosixPath("/a/b"),
        "odd": {1: "one", at: 2},
    }
    readable = {
        "at": "2026-03-01T12:30:00+00:00",
        "there": "2026-03-01T00:00:00+01:00",
        "day": "2026-03-01",
        "clock": "07:05:00",
        "span": 90.0,
        "price": "1.10",
        "id": "00000000-0000-0000-0000-000000000001",
        "pair": [1, [2]],
        "nan": "nan",
        "path": "/a/b",
        "odd": {"1": "one", "2026-03-01T12:30:00+00:00": 2},
    }
    api.store.xcoms.set("d", "r", "a", "typed", serde.dumps(value), now=NOW)
    for params in ({}, {"deserialize": True}, {"stringify": False}):
        assert api.v2.get(f"{ROOT}/typed", params=params).json()["value"] == readable
    assert api.v2.get(f"{ROOT}/typed", params={"stringify": True}).json()["value"] == str(readable)
    for key, plain, text in (("when", at, "2026-03-01T12:30:00+00:00"), ("word", "a 'b'", "a 'b'"), ("no", None, None)):
        api.store.xcoms.set("d", "r", "a", key, serde.dumps(plain), now=NOW)
        for params in ({}, {"stringify": True}):
            assert api.v2.get(f"{ROOT}/{key}", params=params).json()["value"] == text


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


def test_values_of_any_size_as_a_file(sqlite_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    setup(sqlite_api)
    api, secret = sqlite_api, 'se"cret-ö-12345'
    api.store.connections.set(ConnectionData(conn_id="c", conn_type="http", password=secret))
    where = f"{api.url}/api/tradewind/dags/d/runs/r/tasks/a/xcom"
    value = {"é": [f"{'x' * 300_000}{secret}{'y' * 300_000}", {"password": "p", "n": 1}], "rows": list(range(9))}
    shown_value = {**value, "é": [f"{'x' * 300_000}***{'y' * 300_000}", {"password": "***", "n": 1}]}

    def put(key: str, text: str) -> None:
        api.store.xcoms.set("d", "r", "a", key, text, now=NOW)

    def spilled(kind: str, data: bytes, digest: str | None = None) -> str:
        (tmp_path / kind).write_bytes(data)
        with write(api.store.engine) as connection:
            connection.execute(
                tables.xcom_blob.insert().values(
                    id=kind, attempt_id=kind, dag_run_id=1, task_id="a", map_index=-1, key=kind, size=len(data),
                    location=str(tmp_path / kind), created_at=NOW,
                )
            )  # fmt: skip
        told = hashlib.sha256(data).hexdigest() if digest is None else digest
        return serde.tagged(serde.BLOB, [kind, kind, len(data), told, f"a {kind} value"])

    for ascii_only in (True, False):
        put("small", json.dumps(value, ensure_ascii=ascii_only))
        answer = api.v2.get(where, params={"key": "small"})
        assert (answer.json(), answer.headers["content-type"]) == (shown_value, "application/json")
        assert answer.headers["content-disposition"] == 'attachment; filename="xcom.json"'
    put("json", spilled("json", json.dumps(value, ensure_ascii=False).encode()))
    assert api.v2.get(where, params={"key": "json"}).json() == shown_value
    one = api.v2.get(f"{ROOT}/json").json()
    assert (one["value"], one["download"]) == (shown_value, None), "it fits into an answer"
    monkeypatch.setattr(xcom_values, "LARGEST", 1000)
    one = api.v2.get(f"{ROOT}/json").json()
    assert one["value"] == "a json value"
    assert api.v2.get(f"{api.url}{one['download']}").json() == shown_value
    put("token", json.dumps(["all", "of", "it"]))
    assert api.v2.get(where, params={"key": "token"}).json() == ["***"] * 3
    put("parquet", spilled("parquet", b"PAR1"))
    refused = api.v2.get(where, params={"key": "parquet"})
    assert refused.status_code == 404 and "no JSON" in refused.json()["detail"]
    assert api.v2.get(f"{ROOT}/parquet").json()["download"] is None
    (tmp_path / "json").write_text("[1]", encoding="utf-8")
    with pytest.raises(httpx.RemoteProtocolError):
        api.v2.get(where, params={"key": "json"})
    (tmp_path / "json").unlink()
    assert api.v2.get(where, params={"key": "json"}).status_code == 404
    assert api.v2.get(where, params={"key": "nope"}).status_code == 404
