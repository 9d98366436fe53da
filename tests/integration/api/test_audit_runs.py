"""The audit log calls a run as lists do, for as long as it is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from api_lab import Api
from sqlalchemy import update

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
