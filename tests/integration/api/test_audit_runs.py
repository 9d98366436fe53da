"""The audit log calls a run as lists do, for as long as it is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from api_lab import Api
from sqlalchemy import select, update

from support.actions_lab import NOW, dag
from tradewind.store import tables
from tradewind.store.engine import write


def entries(api: Api, **params: Any) -> dict[str, Any]:
    """Run id -> what its trigger's entry says of the run."""
    answer = api.as_role("admin").get("/api/tradewind/audit", params={"event": "trigger_dag_run", **params})
    assert answer.status_code == 200, answer.text
    return {entry["run_id"]: entry["run"] for entry in answer.json()["entries"]}


def test_an_entry_tells_what_its_run_is_called_by(api: Api) -> None:
    api.lab.add(dag(), dag("e", {"x": []}))
    api.lab.run(run_id="dated", logical_date=NOW, run_after=NOW + timedelta(days=1))
    api.lab.run(run_id="parted")
    with write(api.store.engine) as connection:
        parted = update(tables.dag_run).where(tables.dag_run.c.run_id == "parted")
        connection.execute(parted.values(partition_key="EU"))
    api.lab.run(run_id="gone")
    api.lab.run("e", run_id="dated", run_after=NOW)  # of another DAG, with the same id
    assert api.v2.delete("/dags/d/dagRuns/gone").status_code == 204
    told = entries(api, dag_id="d")
    assert told["dated"] == {
        "logical_date": "2026-03-01T12:00:00Z",
        "run_after": "2026-03-02T12:00:00Z",
        "partition_key": None,
    }
    assert told["parted"]["partition_key"] == "EU" and told["gone"] is None
    assert list(told) == ["gone", "parted", "dated"]
    assert entries(api, dag_id="e")["dated"]["run_after"] == "2026-03-01T12:00:00Z"
    answer = api.as_role("admin").get("/api/tradewind/audit", params={"event": "delete_dag_run"})
    assert [entry["run"] for entry in answer.json()["entries"]] == [None]


def test_a_span_of_time_is_read_page_by_page(api: Api) -> None:
    api.lab.add(dag())
    for number in range(7):
        api.lab.run(run_id=f"r{number}")
    entry = tables.event_log.c
    with write(api.store.engine) as connection:
        ids = list(connection.scalars(select(entry.id).where(entry.event == "trigger_dag_run").order_by(entry.id)))
        for number, each in enumerate(ids):  # two of a time, and the last one's clock went wrong
            at = NOW + timedelta(hours=number // 2 if number < 6 else 1)
            connection.execute(update(tables.event_log).where(entry.id == each).values(at=at))

    def walk(**params: Any) -> list[str]:
        found, mark = [], None
        while True:
            asked = {"limit": 2, "since": (NOW + timedelta(hours=0.5)).isoformat(), **params}
            page = api.as_role("admin").get("/api/tradewind/audit", params=asked | ({"mark": mark} if mark else {}))
            assert page.status_code == 200, page.text
            found += [each["run_id"] for each in page.json()["entries"]]
            if (mark := page.json()["next"]) is None:
                return found

    assert walk() == ["r5", "r4", "r6", "r3", "r2"], "by the time"
    assert walk(until=(NOW + timedelta(hours=1.5)).isoformat()) == ["r6", "r3", "r2"]
    assert walk(dag_id="d") == ["r6", "r5", "r4", "r3", "r2"], "as they were written"
