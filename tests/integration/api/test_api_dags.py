"""DAGs, their sources, tags, versions, warnings, statistics and tasks over REST."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from api_lab import Api
from msgspec import structs
from sqlalchemy import event

from support.actions_lab import NOW, S, dag
from tradewind.spec.dag import DagWarning, GroupSpec, ParsedFile, TimetableSpec
from tradewind.spec.states import DagRunState

DAG_FIELDS = {
    "dag_id",
    "dag_display_name",
    "is_paused",
    "is_stale",
    "last_parsed_time",
    "last_parse_duration",
    "last_expired",
    "bundle_name",
    "bundle_version",
    "relative_fileloc",
    "fileloc",
    "description",
    "timetable_summary",
    "timetable_description",
    "timetable_partitioned",
    "timetable_periodic",
    "tags",
    "max_active_tasks",
    "max_active_runs",
    "max_consecutive_failed_dag_runs",
    "has_task_concurrency_limits",
    "has_import_errors",
    "next_dagrun_logical_date",
    "next_dagrun_data_interval_start",
    "next_dagrun_data_interval_end",
    "next_dagrun_run_after",
    "allowed_run_types",
    "owners",
    "is_backfillable",
    "file_token",
}


def ids(api: Api, **params: object) -> list[str]:
    """The DAGs that a list finds, in its order."""
    answer = api.v2.get("/dags", params=params)
    assert answer.status_code == 200, answer.text
    return [found["dag_id"] for found in answer.json()["dags"]]


def test_a_dag(api: Api) -> None:
    spec = dag(
        "etl",
        of={"a": {"max_active_tis_per_dag": 1}},
        description="Loads things",
        dag_display_name="Load",
        tags=("b", "a"),
        owners=("ann", "bob"),
        timetable=TimetableSpec(
            kind="cron_interval", crons=("0 2 * * *",), summary="0 2 * * *", description="At 02:00"
        ),
        start_date=NOW,
        catchup=True,
        dagrun_timeout=90.5,
        default_args={"retries": "2"},
        params={"p": {"value": 1, "schema": {"type": "integer"}, "description": None}},
        doc_md="# Doc",
    )
    api.lab.add(spec)
    api.lab.run("etl")
    found = api.v2.get("/dags/etl").json()
    assert set(found) == DAG_FIELDS
    assert len(found) == 30
    assert found["dag_display_name"] == "Load"
    assert [tag["name"] for tag in found["tags"]] == ["a", "b"]
    assert found["owners"] == ["ann", "bob"]
    assert found["timetable_summary"] == "0 2 * * *"
    assert (found["timetable_periodic"], found["is_backfillable"]) == (True, True)
    assert found["has_task_concurrency_limits"] is True
    assert found["last_parsed_time"] == "2026-03-01T12:00:00Z"
    assert found["relative_fileloc"] == "etl.py"

    details = api.v2.get("/dags/etl/details").json()
    assert set(details) > DAG_FIELDS
    assert details["catchup"] is True
    assert details["dag_run_timeout"] == "PT1M30.5S"
    assert details["params"]["p"]["value"] == 1
    assert details["default_args"] == {"retries": "2"}
    assert details["active_runs_count"] == 1
    assert details["latest_dag_version"]["version_number"] == 1
    assert details["concurrency"] == details["max_active_tasks"] == 16
    assert details["doc_md"] == "# Doc"


def test_an_unknown_dag(sqlite_api: Api) -> None:
    for path in ("", "/details", "/tasks", "/tasks/a", "/dagRuns", "/dagVersions", "/dagVersions/1"):
        answer = sqlite_api.v2.get(f"/dags/nothing{path}")
        assert answer.status_code == 404, path
        assert "nothing" in answer.json()["detail"]
    assert sqlite_api.v2.get("/dagSources/nothing").status_code == 404
    assert sqlite_api.v2.patch("/dags/nothing", json={"is_paused": True}).status_code == 404
    assert sqlite_api.v2.delete("/dags/nothing").status_code == 404
    assert sqlite_api.v2.post("/dags/nothing/dagRuns", json={"logical_date": None}).status_code == 404


def test_lists_of_dags(api: Api) -> None:
    api.lab.add(
        dag("sales_daily", tags=("sales", "daily"), owners=("ann",)),
        dag("sales_hourly", tags=("sales",), owners=("joanna",), dag_display_name="Zebra"),
        dag("Stock", tags=("stock",), owners=("ann", "bob")),
    )
    api.store.dags.forget_files("dags", ["Stock.py"], NOW)
    assert ids(api) == ["sales_daily", "sales_hourly"]
    assert ids(api, exclude_stale=False) == ["Stock", "sales_daily", "sales_hourly"]
    everything = {"exclude_stale": False}
    assert ids(api, tags=["sales"]) == ["sales_daily", "sales_hourly"]
    assert ids(api, tags=["sales", "daily"]) == ["sales_daily", "sales_hourly"]
    assert ids(api, tags=["sales", "daily"], tags_match_mode="all") == ["sales_daily"]
    assert ids(api, owners=["ann"], **everything) == ["Stock", "sales_daily"], "not joanna"
    assert ids(api, dag_id_pattern="ST", **everything) == ["Stock"]
    assert ids(api, dag_id_prefix_pattern="st", **everything) == []
    assert ids(api, dag_id_prefix_pattern="sales_", **everything) == ["sales_daily", "sales_hourly"]
    assert ids(api, dag_display_name_pattern="zeb") == ["sales_hourly"]
    assert ids(api, order_by="-dag_id") == ["sales_hourly", "sales_daily"]
    # the names are Zebra and sales_daily: which of them is first is the database's to say, but it is not the id
    assert sorted(ids(api, order_by="-dag_display_name")) == ["sales_daily", "sales_hourly"]
    assert ids(api, bundle_name="other") == []
    assert ids(api, is_favorite=True) == []
    assert ids(api, paused=False) == []
    api.v2.patch("/dags/sales_daily", json={"is_paused": False})
    assert ids(api, paused=False) == ["sales_daily"]
    assert api.v2.get("/dags", params={"order_by": "nothing"}).status_code == 400
    assert api.v2.get("/dags", params={"limit": -1}).status_code == 422
    assert api.v2.get("/dags", params={"last_dag_run_state": "odd"}).status_code == 422


def test_lists_of_dags_by_their_runs(api: Api) -> None:
    api.lab.add(dag("good"), dag("bad"), dag("idle"))
    old = api.lab.run("good", run_after=NOW)
    api.lab.set_run(old, DagRunState.FAILED)
    new = api.lab.run("good", run_after=NOW.replace(hour=13))
    api.lab.set_run(new, DagRunState.SUCCESS)
    api.lab.set_run(api.lab.run("bad"), DagRunState.FAILED)
    assert ids(api, last_dag_run_state="failed") == ["bad"]
    assert ids(api, dag_run_state=["failed"]) == ["bad", "good"]
    assert ids(api, dag_run_start_date_gte="2026-03-01T12:00:00Z") == ["bad", "good"]
    assert ids(api, dag_run_end_date_gt="2026-03-01T12:00:00Z") == []
    assert ids(api, order_by="last_run_state") == ["bad", "good", "idle"]
    assert ids(api, order_by="-last_run_state") == ["good", "bad", "idle"], "no run comes last both ways"


def test_pages_of_dags(sqlite_api: Api) -> None:
    sqlite_api.lab.add(*(dag(f"d{number:03}") for number in range(120)))
    answer = sqlite_api.v2.get("/dags").json()
    assert (len(answer["dags"]), answer["total_entries"]) == (50, 120)
    assert sqlite_api.v2.get("/dags", params={"limit": 0}).json() == {"dags": [], "total_entries": 120}
    answer = sqlite_api.v2.get("/dags", params={"limit": 1000, "offset": 60}).json()
    assert (len(answer["dags"]), answer["total_entries"]) == (60, 120)
    assert sqlite_api.v2.get("/dags", params={"limit": 1000}).json()["dags"][-1]["dag_id"] == "d099"
    beyond = sqlite_api.v2.get("/dags", params={"offset": 500}).json()
    assert (beyond["dags"], beyond["total_entries"]) == ([], 120)


def test_pausing(api: Api) -> None:
    api.lab.add(dag("a1"), dag("a2"), dag("b"))
    answer = api.v2.patch("/dags/a1", json={"is_paused": False}, params={"update_mask": "is_paused"})
    assert answer.json()["is_paused"] is False
    assert api.lab.signals() == [("dag", "a1", None)]
    assert api.lab.events()[-1] == ("patch_dag", "admin")
    assert api.v2.patch("/dags/a1", json={"is_paused": False}, params={"update_mask": "owner"}).status_code == 400
    assert api.v2.patch("/dags/a1", json={"is_paused": "perhaps"}).status_code == 422
    assert api.v2.patch("/dags/a1", json={"paused": True}).status_code == 422

    assert api.v2.patch("/dags", json={"is_paused": False}).status_code == 400, "all DAGs only when asked for"
    answer = api.v2.patch("/dags", json={"is_paused": False}, params={"dag_id_pattern": "a"}).json()
    assert [(found["dag_id"], found["is_paused"]) for found in answer["dags"]] == [("a1", False), ("a2", False)]
    assert api.v2.get("/dags/b").json()["is_paused"] is True
    # the change is seen even though the DAGs fall out of the filter by it
    answer = api.v2.patch("/dags", json={"is_paused": True}, params={"dag_id_pattern": "~", "paused": False}).json()
    assert [(found["dag_id"], found["is_paused"]) for found in answer["dags"]] == [("a1", True), ("a2", True)]


def test_deleting(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d")
    api.lab.force(run, a=S.RUNNING)
    assert api.v2.delete("/dags/d").status_code == 409
    api.v2.patch(f"/dags/d/dagRuns/{run.run_id}", json={"state": "failed"})
    assert api.v2.delete("/dags/d").status_code == 200
    assert api.v2.get("/dags/d").status_code == 404
    assert api.v2.get("/dags/~/dagRuns").json()["total_entries"] == 0


def test_tags_and_statistics(api: Api) -> None:
    api.lab.add(dag("a", tags=("x", "y")), dag("b", tags=("x",)))
    assert api.v2.get("/dagTags").json() == {"tags": ["x", "y"], "total_entries": 2}
    assert api.v2.get("/dagTags", params={"order_by": "-name", "limit": 1}).json() == {
        "tags": ["y"],
        "total_entries": 2,
    }
    assert api.v2.get("/dagTags", params={"tag_name_pattern": "X"}).json()["tags"] == ["x"]
    api.lab.run("a", run_id="one")
    api.lab.set_run(api.lab.run("a", run_id="two"), DagRunState.FAILED)
    stats = api.v2.get("/dagStats").json()
    assert stats["total_entries"] == 2
    counts = {entry["dag_id"]: {s["state"]: s["count"] for s in entry["stats"]} for entry in stats["dags"]}
    assert counts["a"] == {"queued": 1, "running": 0, "success": 0, "failed": 1}
    assert counts["b"] == {"queued": 0, "running": 0, "success": 0, "failed": 0}
    assert [found["dag_id"] for found in api.v2.get("/dagStats", params={"dag_ids": ["b"]}).json()["dags"]] == ["b"]


def test_versions_and_sources(api: Api, tmp_path: Path) -> None:
    path = tmp_path / "d.py"
    for number, spec in enumerate((dag("d"), dag("d", {"z": []})), 1):
        path.write_text(f"# version {number} <&>\n")
        parsed = ParsedFile(relative_fileloc="d.py", fileloc=str(path), digest=str(number), dags=(spec,))
        api.store.dags.save_parsed("dags", str(tmp_path), parsed, NOW)
    versions = api.v2.get("/dags/d/dagVersions").json()
    assert [version["version_number"] for version in versions["dag_versions"]] == [1, 2]
    assert [
        version["version_number"]
        for version in api.v2.get("/dags/~/dagVersions", params={"order_by": "-version_number"}).json()["dag_versions"]
    ] == [2, 1]
    assert api.v2.get("/dags/d/dagVersions", params={"version_number": 2}).json()["total_entries"] == 1
    assert api.v2.get("/dags/d/dagVersions/2").json()["id"] == versions["dag_versions"][1]["id"]
    assert api.v2.get("/dags/d/dagVersions/3").status_code == 404
    assert api.v2.get("/dagSources/d").json()["content"] == "# version 2 <&>\n"
    old = api.v2.get("/dagSources/d", params={"version_number": 1}, headers={"accept": "text/plain"})
    assert old.text == "# version 1 <&>\n"
    assert old.headers["content-type"] == "text/plain; charset=utf-8"
    assert api.v2.get("/dagSources/d", params={"version_number": 9}).status_code == 404
    assert [task["task_id"] for task in api.v2.get("/dags/d/tasks").json()["tasks"]] == ["z"]

    path.write_text("# the body of a task changed\n")
    api.store.dags.save_parsed("dags", str(tmp_path), structs.replace(parsed, digest="3"), NOW)
    assert api.v2.get("/dags/d/dagVersions").json()["total_entries"] == 2
    assert api.v2.get("/dagSources/d").json()["content"] == "# the body of a task changed\n"


def test_warnings_use_the_words_that_clients_know(sqlite_api: Api) -> None:
    said = (
        DagWarning(kind="dag_argument_in_default_args", message="catchup belongs to the DAG", line=3),
        DagWarning(kind="non_existent_pool", message="no pool"),
    )
    sqlite_api.lab.add(dag("d", warnings=said), dag("e"))
    found = sqlite_api.v2.get("/dagWarnings").json()
    assert [entry["warning_type"] for entry in found["dag_warnings"]] == ["runtime varying value", "non-existent pool"]
    assert found["dag_warnings"][0]["message"] == "catchup belongs to the DAG"
    only = sqlite_api.v2.get("/dagWarnings", params={"warning_type": "non-existent pool"}).json()
    assert only["total_entries"] == 1
    assert sqlite_api.v2.get("/dagWarnings", params={"dag_id": "e"}).json()["total_entries"] == 0
    assert sqlite_api.v2.get("/dagWarnings", params={"order_by": "odd"}).status_code == 400


def test_tasks(sqlite_api: Api) -> None:
    fields = {
        "a": {"retries": 2, "retry_delay": 90061.5, "operator": "PythonOperator", "operator_module": "m", "group": "g"},
        "b": {"execution_timeout": 60.0, "mapped": True, "task_display_name": "Bee"},
    }
    groups = (GroupSpec(group_id="g"),)
    sqlite_api.lab.add(dag("d", {"a": [], "b": ["a"]}, of=fields, groups=groups, start_date=NOW))
    found = sqlite_api.v2.get("/dags/d/tasks").json()
    assert found["total_entries"] == 2
    first = sqlite_api.v2.get("/dags/d/tasks/a").json()
    assert first == found["tasks"][0]
    assert len(first) == 27
    assert first["retry_delay"] == {"__type": "TimeDelta", "days": 1, "seconds": 3661, "microseconds": 500000}
    assert first["class_ref"] == {"class_name": "PythonOperator", "module_path": "m"}
    assert first["downstream_task_ids"] == ["b"]
    assert first["start_date"] == "2026-03-01T12:00:00Z"
    second = sqlite_api.v2.get("/dags/d/tasks/b").json()
    assert second["execution_timeout"]["seconds"] == 60
    assert (second["is_mapped"], second["task_display_name"]) == (True, "Bee")
    order = sqlite_api.v2.get("/dags/d/tasks", params={"order_by": "-task_id"}).json()["tasks"]
    assert [task["task_id"] for task in order] == ["b", "a"]
    assert sqlite_api.v2.get("/dags/d/tasks", params={"order_by": "odd"}).status_code == 400
    assert sqlite_api.v2.get("/dags/d/tasks/odd").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_a_list_asks_the_same_number_of_queries_however_long_it_is(sqlite_api: Api, number: int) -> None:
    sqlite_api.lab.add(*(dag(f"d{index}", tags=("x",)) for index in range(number)))
    for index in range(number):
        sqlite_api.lab.run(f"d{index}")
    asked: dict[str, int] = {}
    counts: Counter[str] = Counter()

    @event.listens_for(sqlite_api.store.engine, "before_cursor_execute")
    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        counts[statement.split()[0]] += 1

    client = sqlite_api.v2
    for path in ("/dags", "/dags/~/dagRuns", "/dags/~/dagRuns/~/taskInstances", "/dagStats", "/dagWarnings"):
        client.get(path)  # the first time decodes the specs
        counts.clear()
        client.get(path)
        asked[path] = counts["SELECT"]
    assert max(asked.values()) <= 5, asked
