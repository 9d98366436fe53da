"""Version, health, import errors, events, jobs, providers and OpenAPI over REST."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from api_lab import Api, serving

from support.actions_lab import NOW, dag
from tradewind.server.api import monitoring
from tradewind.server.app import create_app
from tradewind.spec.dag import ImportErrorSpec, ParsedFile
from tradewind.store import Store
from tradewind.store.uuid7 import uuid7
from tradewind.testing.clock import VirtualClock


def test_version(sqlite_api: Api) -> None:
    found = sqlite_api.anonymous.get("/api/v2/version").json()
    assert found["version"]
    assert found["git_version"] is None


def test_health(api: Api) -> None:
    def health() -> dict[str, dict[str, str | None]]:
        found: dict[str, dict[str, str | None]] = api.anonymous.get("/api/v2/monitor/health").json()
        return found

    assert health() == {
        "metadatabase": {"status": "healthy"},
        "scheduler": {"status": "unhealthy", "latest_scheduler_heartbeat": None},
        "triggerer": {"status": None, "latest_triggerer_heartbeat": None},
        "dag_processor": {"status": None, "latest_dag_processor_heartbeat": None},
    }
    scheduler, processor = uuid7(), uuid7()
    api.store.leases.register(scheduler, "scheduler", NOW)
    api.store.leases.register(processor, "dag_processor", NOW)
    assert health()["scheduler"] == {"status": "healthy", "latest_scheduler_heartbeat": "2026-03-01T12:00:00+00:00"}
    api.clock.advance(31)
    assert health()["scheduler"]["status"] == "unhealthy"
    api.store.leases.heartbeat([scheduler, processor], api.clock.now())
    assert health()["scheduler"]["status"] == health()["dag_processor"]["status"] == "healthy"
    api.store.leases.end(scheduler, api.clock.now())
    assert health()["scheduler"]["status"] == "unhealthy"
    api.store.leases.register(uuid7(), "scheduler", api.clock.now())
    assert health()["scheduler"]["status"] == "healthy", "the one that ended does not hide the other"


def test_health_without_a_database(tmp_path: Path, present: VirtualClock) -> None:
    with Store(f"sqlite:///{tmp_path}/nothing/tradewind.db", None) as broken:
        app = create_app(broken, log_folder=tmp_path, no_auth=True, now=present.now)
        with serving(app) as url, httpx.Client(base_url=url) as client:
            answer = client.get("/api/v2/monitor/health")
            assert answer.status_code == 200
            assert answer.json()["metadatabase"] == {"status": "unhealthy"}
            refused = client.get("/api/v2/dags")
            assert refused.status_code == 503
            assert "does not exist" in refused.json()["detail"]


def test_import_errors(api: Api) -> None:
    for name, line in (("b.py", 3), ("a/c.py", None)):
        told = ImportErrorSpec(
            relative_fileloc=name,
            fileloc=f"/dags/{name}",
            line=line,
            message="No module named 'x'",
            traceback="Traceback:\n  <module>\n" if line else "",
        )
        parsed = ParsedFile(relative_fileloc=name, fileloc=f"/dags/{name}", digest="0", errors=(told,))
        api.store.dags.save_parsed("dags", "/dags", parsed, NOW)
    found = api.v2.get("/importErrors").json()
    assert found["total_entries"] == 2
    first, second = found["import_errors"]
    assert (first["filename"], first["bundle_name"]) == ("b.py", "dags")
    assert first["stack_trace"] == "b.py, line 3: No module named 'x'\n\nTraceback:\n  <module>\n"
    assert (first["line"], first["message"]) == (3, "No module named 'x'")
    assert second["stack_trace"] == "a/c.py: No module named 'x'", "without a traceback the message"
    assert api.v2.get(f"/importErrors/{first['import_error_id']}").json() == first
    assert api.v2.get("/importErrors/999").status_code == 404
    assert api.v2.get("/importErrors", params={"filename_pattern": "A/"}).json()["import_errors"] == [second]
    assert api.v2.get("/importErrors", params={"filename": "b.py"}).json()["import_errors"] == [first]
    assert api.v2.get("/importErrors", params={"bundle_name": "x"}).json()["total_entries"] == 0
    assert api.v2.get("/importErrors", params={"order_by": "filename"}).json()["import_errors"] == [second, first]


def test_events(api: Api) -> None:
    api.lab.add(dag("d"))
    api.v2.post("/dags/d/dagRuns", json={"logical_date": "2026-01-01T00:00:00Z", "dag_run_id": "r"})
    api.clock.advance(timedelta(hours=1))
    api.v2.patch("/dags/d", json={"is_paused": False})
    found = api.v2.get("/eventLogs").json()["event_logs"]
    assert [(entry["event"], entry["owner"]) for entry in found] == [
        ("trigger_dag_run", "admin"),
        ("patch_dag", "admin"),
    ]
    assert (found[0]["run_id"], found[0]["logical_date"]) == ("r", "2026-01-01T00:00:00Z")
    assert found[0]["dag_display_name"] == "d"
    assert api.v2.get(f"/eventLogs/{found[0]['event_log_id']}").json() == found[0]
    assert api.v2.get("/eventLogs/999").status_code == 404

    def events(**params: object) -> list[str]:
        return [entry["event"] for entry in api.v2.get("/eventLogs", params=params).json()["event_logs"]]

    assert events(order_by="-when") == ["patch_dag", "trigger_dag_run"]
    assert events(event="patch_dag") == events(excluded_events=["trigger_dag_run"]) == ["patch_dag"]
    assert events(included_events=["trigger_dag_run"]) == events(run_id="r") == ["trigger_dag_run"]
    assert events(after="2026-03-01T12:30:00Z") == ["patch_dag"]
    assert events(before="2026-03-01T12:30:00Z") == ["trigger_dag_run"]
    assert events(event_pattern="PATCH") == events(event_prefix_pattern="patch") == ["patch_dag"]
    assert events(dag_id="x") == events(owner_pattern="x") == events(task_id="x") == []


def test_jobs(api: Api) -> None:
    ids = {kind: uuid7() for kind in ("scheduler", "dag_processor", "local_executor")}
    for kind, worker_id in ids.items():
        api.store.leases.register(worker_id, kind, NOW)
    api.store.leases.end(ids["local_executor"], NOW)
    api.clock.advance(20)
    api.store.leases.heartbeat([ids["scheduler"]], api.clock.now())
    api.clock.advance(20)

    def jobs(**params: object) -> list[str]:
        answer = api.v2.get("/jobs", params=params)
        assert answer.status_code == 200, answer.text
        return sorted(f"{job['job_type']}:{job['state']}" for job in answer.json()["jobs"])

    living, lost, ended = "SchedulerJob:running", "DagProcessorJob:failed", "local_executor:success"
    assert jobs() == [lost, living, ended]
    assert jobs(is_alive=True) == jobs(job_state="running") == [living]
    assert jobs(is_alive=False) == [lost, ended]
    assert jobs(job_state="failed") == [lost]
    assert jobs(job_state="success") == [ended]
    assert jobs(job_state="running", is_alive=False) == jobs(job_state="odd") == []
    assert jobs(job_type="SchedulerJob") == [living]
    assert jobs(executor_class="local_executor") == [ended]
    assert jobs(job_type="SchedulerJob", executor_class="local_executor") == []
    assert jobs(hostname="nowhere") == []
    assert jobs(start_date_gt="2027-01-01T00:00:00Z") == []
    assert jobs(end_date_lte="2026-03-01T12:00:00Z") == [ended]
    first = api.v2.get("/jobs", params={"job_type": "SchedulerJob"}).json()["jobs"][0]
    assert 0 < first["id"] < 2**53


def test_providers_are_read_from_installed_packages(
    sqlite_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "apache_airflow_providers_odd-1.2.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: apache-airflow-providers-odd\nVersion: 1.2\n")
    (folder / "entry_points.txt").write_text("[apache_airflow_provider]\nprovider_info = odd:raises\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monitoring.installed_providers.cache_clear()
    found = sqlite_api.v2.get("/providers").json()
    monitoring.installed_providers.cache_clear()
    assert {
        "package_name": "apache-airflow-providers-odd",
        "version": "1.2",
        "description": "",
        "documentation_url": None,
    } in found["providers"]
    assert sqlite_api.v2.get("/providers", params={"offset": 1000}).json()["providers"] == []


def test_openapi(sqlite_api: Api) -> None:
    description = sqlite_api.anonymous.get("/openapi.json").json()
    assert sqlite_api.anonymous.get("/api/v2/openapi.json").json() == description
    operations = [
        operation["operationId"] for methods in description["paths"].values() for operation in methods.values()
    ]
    assert len(operations) == len(set(operations))
    # names that clients are made from
    for name in ("get_dags", "trigger_dag_run", "get_task_instances", "get_log", "post_variable", "get_xcom_entry"):
        assert name in operations
    schemes = description["components"]["securitySchemes"]
    assert schemes["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"] == "/auth/token"
    assert schemes["HTTPBearer"]["scheme"] == "bearer"
    referenced = set()
    for text in json.dumps(description).split('"#/components/schemas/')[1:]:
        referenced.add(text.split('"')[0])
    assert referenced <= set(description["components"]["schemas"])
    assert not [name for name in description["components"]["schemas"] if "__" in name], "no names from module paths"
    for path in ("/api/v1/dags", "/api/v2/docs"):
        assert sqlite_api.v2.get(sqlite_api.url + path).status_code in (404, 405), path
