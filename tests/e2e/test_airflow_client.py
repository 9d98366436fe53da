"""A working day through Airflow's published Python client, against a running Tradewind.

Every one of the 128 operations is called, and its answer goes through the models of the client: what it does not
understand is an error.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from airflow_client import client as published
from airflow_client.client import api
from airflow_client.client import models as m
from airflow_client.client.exceptions import ApiException

from support.product import Product
from tradewind.store import Store

FILES = Path(__file__).with_name("client_day")
KNOWN = Path(__file__).parents[1] / "integration/api/operations.json"
OPERATIONS = {operation["id"] for operation in json.loads(KNOWN.read_text(encoding="utf-8"))["operations"]}
PASSWORD = "correct horse"
REDIRECTS = {"login", "logout"}


def classes() -> dict[str, Any]:
    """Name of an operation -> the class of the client that has it."""
    found: dict[str, Any] = {}
    for module in pkgutil.iter_modules(api.__path__):
        for name, made in vars(importlib.import_module(f"{api.__name__}.{module.name}")).items():
            if inspect.isclass(made) and name.endswith("Api"):
                found.update({each: made for each in vars(made) if each in OPERATIONS})
    return found


class Day:
    """The client, and what was called with success."""

    def __init__(self, product: Product, token: str) -> None:
        self.product = product
        host = f"http://127.0.0.1:{product.port}"
        self.client = published.ApiClient(published.Configuration(host=host, access_token=token))
        self.classes = classes()
        self.called: set[str] = set()

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        """An operation by its id."""
        assert operation in OPERATIONS, operation

        def call(*args: Any, **kwargs: Any) -> Any:
            answer = getattr(self.classes[operation](self.client), f"{operation}_with_http_info")(*args, **kwargs)
            assert 200 <= answer.status_code < 300
            self.called.add(operation)
            return answer.data

        return call

    def refused(self, status: int, operation: str, *args: Any, **kwargs: Any) -> str:
        """The text of an error."""
        with pytest.raises(ApiException) as error:
            getattr(self, operation)(*args, **kwargs)
        assert error.value.status == status, error.value
        self.called.add(operation)
        return str(error.value.body)

    def until(self, ready: Callable[[], Any], what: str) -> Any:
        """Ask until the answer is true; something that is not there yet is none."""

        def ask() -> Any:
            try:
                return ready()
            except ApiException as error:
                if error.status != 404:
                    raise
                return None

        return self.product.wait(ask, what)

    def trigger(self, dag_id: str, run_id: str, **fields: Any) -> Any:
        self.until(lambda: self.get_dag(dag_id), f"DAG {dag_id}")
        return self.trigger_dag_run(dag_id, m.TriggerDAGRunPostBody(logical_date=None, dag_run_id=run_id, **fields))

    def ended(self, dag_id: str, run_id: str) -> str:
        """The state in which a run ends."""

        def state() -> str | None:
            found = self.get_dag_run(dag_id, run_id)
            return found.state.value if found.state.value in ("success", "failed") else None

        return str(self.until(state, f"end of {run_id}"))


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    home = tmp_path_factory.mktemp("home")
    dags, plugins = home / "dags", home / "plugins"
    dags.mkdir()
    plugins.mkdir()
    shutil.copy(FILES / "dags.py", dags / "dags.py")
    (dags / "broken.py").write_text("from airflow import DAG\nimport a_module_that_nobody_has\n", encoding="utf-8")
    shutil.copy(FILES / "plugin.py", plugins / "plugin.py")
    with Store(f"sqlite:///{home}/tradewind.db") as store:
        store.migrate()
        store.users.create("ann", PASSWORD, "admin", now=datetime.now(UTC))
    env = {"TRADEWIND_EXPOSE_CONFIG": "true", "TRADEWIND_TEST_CONNECTION": "enabled"}
    with Product(home, dags, env=env, no_auth=False) as product:
        body = json.dumps({"username": "ann", "password": PASSWORD}).encode()
        asked = Request(
            f"http://127.0.0.1:{product.port}/auth/token", body, {"Content-Type": "application/json"}, method="POST"
        )
        with urlopen(asked, timeout=30) as answer:
            assert answer.status == 201
            token = json.load(answer)["access_token"]
        yield Day(product, token)


def test_a_working_day(day: Day) -> None:
    """In parts that build on each other, so that one server serves them all."""
    _look_around(day)
    _settings(day)
    _connections(day)
    _run_and_mend(day)
    _task_instances(day)
    _values(day)
    _many_runs(day)
    _assets(day)
    _backfills(day)
    _approve(day)
    _the_past(day)
    _clean_up(day)
    assert sorted(OPERATIONS - day.called) == []


def _look_around(day: Day) -> None:
    assert day.get_version().version
    assert day.get_health().scheduler.status == "healthy"
    day.until(lambda: day.get_dags(tags=["etl"]).total_entries == 1, "the DAGs are there")
    dag = day.get_dag("daily")
    assert (dag.dag_id, dag.is_paused, [tag.name for tag in dag.tags]) == ("daily", False, ["etl"])
    assert day.patch_dag("daily", m.DAGPatchBody(is_paused=True)).is_paused
    assert day.patch_dags(m.DAGPatchBody(is_paused=False), dag_id_pattern="daily").dags[0].is_paused is False
    day.favorite_dag("daily")
    assert day.get_dag_details("daily").is_favorite
    assert [each.dag_id for each in day.get_dags(is_favorite=True).dags] == ["daily"]
    day.unfavorite_dag("daily")
    assert day.get_dag_tags().tags == ["etl"]
    assert [each.task_id for each in day.get_tasks("daily").tasks] == [
        "checks.note",
        "checks.quality",
        "double",
        "extract",
    ]
    assert day.get_task("daily", "double").is_mapped
    assert "def extract" in day.get_dag_source("daily").content
    assert day.get_dag_versions("daily").dag_versions[0].version_number == 1
    assert day.get_dag_version("daily", 1).dag_id == "daily"
    assert day.list_dag_warnings().total_entries >= 0
    errors = day.until(lambda: day.get_import_errors().import_errors, "the broken file is told")
    assert "a_module_that_nobody_has" in day.get_import_error(errors[0].import_error_id).stack_trace
    before = day.get_dag("daily").last_parsed_time
    day.reparse_dag_file(dag.file_token)
    day.until(lambda: day.get_dag("daily").last_parsed_time > before, "the file is read again")
    day.refused(404, "reparse_dag_file", "nonsense")
    plugins = day.until(lambda: day.get_plugins().plugins, "the plugin is told")
    assert (plugins[0].name, plugins[0].macros[0].rpartition(".")[2]) == ("shouting", "shout")
    assert day.import_errors().total_entries == 0
    assert day.get_providers().total_entries >= 0
    assert any(job.job_type == "SchedulerJob" for job in day.get_jobs(is_alive=True).jobs)
    sections = {section.name: section for section in day.get_config().sections}
    assert {"core", "tradewind"} <= sections.keys()
    shown = day.get_config_value("core", "fernet_key").sections[0].options[0]
    assert shown.value.actual_instance in ("", "< hidden >")
    for name in REDIRECTS:
        response = getattr(day.classes[name](day.client), f"{name}_without_preload_content")()
        assert (response.status, response.geturl()) == (200, "/login"), "the client follows to the login page"
        day.called.add(name)


def _settings(day: Day) -> None:
    day.post_variable(m.VariableBody(key="strict", value="yes", description="of the quality check"))
    day.post_variable(m.VariableBody(key="api_key", value="abc"))
    assert day.get_variable("api_key").value == "***"
    assert day.get_variables(variable_key_prefix_pattern="st").total_entries == 1
    changed = day.patch_variable("strict", m.VariableBody(key="strict", value="no"), update_mask=["value"])
    assert (changed.value, changed.description) == ("no", "of the quality check")
    create = {"action": "create", "entities": [{"key": "a", "value": {"b": 1}}]}
    delete = {"action": "delete", "entities": ["a", "api_key"]}
    done = day.bulk_variables(m.BulkBodyVariableBody.from_dict({"actions": [create, delete]}))
    assert (done.create.success, done.delete.success) == (["a"], ["a", "api_key"])
    day.post_variable(m.VariableBody(key="old", value="1"))
    day.delete_variable("old")
    assert "old" in day.refused(404, "get_variable", "old")

    day.post_pool(m.PoolBody(name="small", slots=2, description="narrow"))
    assert day.patch_pool("small", m.PoolPatchBody(slots=3)).slots == 3
    assert day.get_pool("small").open_slots == 3
    assert {pool.name for pool in day.get_pools(order_by=["-name"]).pools} == {"default_pool", "small"}
    create = {"action": "create", "entities": [{"name": "small", "slots": 9}], "action_on_existence": "skip"}
    assert day.bulk_pools(m.BulkBodyPoolBody.from_dict({"actions": [create]})).create.success == []
    day.delete_pool("small")


def _connections(day: Day) -> None:
    here = {"connection_id": "here", "conn_type": "sqlite", "host": ":memory:", "password": "secret"}
    assert day.post_connection(m.ConnectionBody(**here)).password == "***"
    patched = day.patch_connection("here", m.ConnectionBody(**{**here, "login": "ann"}), update_mask=["login"])
    assert patched.login == "ann"
    assert day.get_connection("here").conn_type == "sqlite"
    assert day.test_connection(m.ConnectionBody(**{**here, "password": "***"})).status is True
    wrong = day.test_connection(m.ConnectionBody(connection_id="x", conn_type="nothing"))
    assert wrong.status is False
    assert "nothing" in wrong.message
    day.refused(400, "test_connection", m.ConnectionBody(connection_id="here", conn_type="sqlite", host="/elsewhere"))
    queued = day.enqueue_connection_test(
        m.ConnectionTestRequestBody(connection_id="new", conn_type="sqlite", host=":memory:", commit_on_success=True)
    )
    day.until(lambda: day.get_connection_test(queued.token).state == "success", "the test is over")
    assert day.get_connection("new").host == ":memory:"
    day.create_default_connections()
    assert day.get_connections(connection_id_pattern="_default").total_entries > 10
    body = m.BulkBodyConnectionBody.from_dict({"actions": [{"action": "delete", "entities": ["new"]}]})
    assert day.bulk_connections(body).delete.success == ["new"]
    day.delete_connection("here")


def _run_and_mend(day: Day) -> None:
    """A run fails; its log says why; a variable is mended, the task cleared, the run goes green."""
    day.patch_variable("strict", m.VariableBody(key="strict", value="yes"))
    made = day.trigger("daily", "one", conf={"rows": 2}, note="by hand")
    assert (made.conf, made.note, made.triggering_user_name) == ({"rows": 2}, "by hand", "ann")
    assert day.ended("daily", "one") == "failed"
    log = day.get_log("daily", "one", "checks.quality", 1, full_content=True)
    assert any("row count 99 < 100" in str(line.to_dict()) for line in log.content.actual_instance)
    assert "logs/1" in day.refused(400, "get_external_log_url", "daily", "one", "checks.quality", 1)
    day.patch_variable("strict", m.VariableBody(key="strict", value="no"))
    clear = {"dag_run_id": "one", "only_failed": True, "include_downstream": True}
    look = day.post_clear_task_instances("daily", m.ClearTaskInstancesBody(dry_run=True, **clear))
    assert {each.task_id for each in look.task_instances} == {"checks.quality", "checks.note"}
    day.post_clear_task_instances("daily", m.ClearTaskInstancesBody(dry_run=False, **clear))
    lines = day.wait_dag_run_until_finished("daily", "one", 0.1, result=["checks.note"])
    # a line for each look at the run; where one was enough, the client has read its JSON
    last = json.loads(lines.splitlines()[-1]) if isinstance(lines, str) else lines
    assert last == {"state": "success", "results": {"checks.note": "GOOD"}}
    assert day.ended("daily", "one") == "success"
    assert day.get_xcom_entry("daily", "checks.note", "one", "return_value").actual_instance.value == "GOOD"
    assert day.patch_dag_run("daily", "one", m.DAGRunPatchBody(note="mended")).note == "mended"
    stats = day.get_dag_stats(dag_ids=["daily"]).dags[0].stats
    assert {each.state.value: each.count for each in stats}["success"] >= 1


def _task_instances(day: Day) -> None:
    run = ("daily", "one")
    assert day.get_task_instances(*run, limit=100).total_entries == 5
    first = day.get_task_instances(*run, cursor="", limit=2)
    assert (len(first.task_instances), first.previous_cursor) == (2, None)
    assert day.get_task_instances(*run, cursor=first.next_cursor, limit=2).previous_cursor
    assert day.get_task_instance(*run, "extract").state.value == "success"
    assert day.get_mapped_task_instances(*run, "double").total_entries == 2
    assert day.get_mapped_task_instance(*run, "double", 1).map_index == 1
    assert day.get_task_instance_tries(*run, "checks.quality").total_entries == 2
    assert day.get_task_instance_try_details(*run, "checks.quality", 1).state.value == "failed"
    assert day.get_mapped_task_instance_tries(*run, "double", 0).total_entries == 1
    assert day.get_mapped_task_instance_try_details(*run, "double", 1, 0).try_number == 1
    assert day.get_task_instance_dependencies(*run, "extract").dependencies == []
    assert day.get_task_instance_dependencies_by_map_index(*run, "double", 0).dependencies == []
    assert day.get_extra_links(*run, "extract").total_entries == 0
    batch = m.TaskInstancesBatchBody(dag_ids=["daily"], dag_run_ids=["one"], state=["success"])
    assert day.get_task_instances_batch("~", "~", batch).total_entries == 5
    mark = m.PatchTaskInstanceBody(new_state="skipped", note="not needed")
    assert day.patch_task_instance_dry_run(*run, "checks.note", mark).total_entries == 1
    assert day.patch_task_instance(*run, "checks.note", mark).task_instances[0].state.value == "skipped"
    assert day.patch_task_instance_dry_run_by_map_index(*run, "double", 1, mark).total_entries == 1
    assert day.patch_task_instance_by_map_index(*run, "double", 1, mark).task_instances[0].note == "not needed"
    group = m.PatchTaskInstanceBody(new_state="success")
    assert day.patch_task_group_instances_dry_run(*run, "checks", group).total_entries == 1
    assert day.patch_task_group_instances(*run, "checks", group).task_instances[0].task_id == "checks.note"
    day.ended(*run)
    update = {"action": "update", "entities": [{"task_id": "double", "new_state": "success", "map_index": 1}]}
    delete = {"action": "delete", "entities": ["checks.note"]}
    body = m.BulkBodyBulkTaskInstanceBody.from_dict({"actions": [update, delete]})
    done = day.bulk_task_instances(*run, body)
    assert done.update.success == ["daily.one.double[1]"]
    day.ended(*run)
    if not done.delete.success:
        day.delete_task_instance(*run, "checks.note")
    day.delete_task_instance(*run, "checks.quality")
    assert day.get_task_instances(*run).total_entries == 3


def _values(day: Day) -> None:
    """XComs and state stores."""
    task = ("daily", "extract", "one")
    assert day.create_xcom_entry(*task, m.XComCreateBody(key="mine", value=[1, {"a": 2}])).value == [1, {"a": 2}]
    assert day.update_xcom_entry(*task, "mine", m.XComUpdateBody(value="new")).value == "new"
    assert {entry.key for entry in day.get_xcom_entries("daily", "one", "extract").xcom_entries} == {
        "mine",
        "return_value",
    }
    day.delete_xcom_entry(*task, "mine")
    where = {"dag_id": "daily", "dag_run_id": "one", "task_id": "extract"}
    value = m.TaskStateStoreBody(value=5)
    day.set_task_state_store("seen", **where, task_state_store_body=value)
    assert day.get_task_state_store("seen", **where).key == "seen"
    patch = m.TaskStateStorePatchBody(value=6)
    day.patch_task_state_store("seen", **where, task_state_store_patch_body=patch)
    assert day.list_task_state_store(**where).total_entries == 1
    day.delete_task_state_store("seen", **where)
    day.clear_task_state_store(**where)


def _many_runs(day: Day) -> None:
    for name in ("two", "three"):
        day.trigger("gone", name)
        assert day.ended("gone", name) == "success"
    assert day.get_dag_runs("~", run_id_prefix_pattern="t", order_by=["-run_after"]).total_entries == 2
    assert day.get_dag_runs("gone", cursor="", limit=1).next_cursor
    assert day.get_list_dag_runs_batch("~", m.DAGRunsBatchBody(dag_ids=["gone"])).total_entries == 2
    # the client cannot tell a task instance from a new task, also in Airflow's own answers: the text is read here
    look = day.classes["clear_dag_run"](day.client).clear_dag_run_without_preload_content(
        "gone", "two", m.DAGRunClearBody(dry_run=True)
    )
    assert json.loads(look.data)["total_entries"] == 1
    new = day.clear_dag_run("gone", "two", m.DAGRunClearBody(dry_run=True, only_new=True)).actual_instance
    assert new.total_entries == 0
    body = m.BulkDAGRunClearBody(
        dry_run=False, dag_runs=[m.BulkDAGRunBody(dag_run_id=name) for name in ("two", "three")]
    )
    cleared = day.clear_dag_runs("gone", body).actual_instance
    assert [run.dag_run_id for run in cleared.dag_runs] == ["two", "three"]
    assert [day.ended("gone", name) for name in ("two", "three")] == ["success", "success"]
    key = "2026-01-02T00:00:00"
    assert day.trigger("parts", "of_a_day", partition_key=key).partition_key == key
    assert day.ended("parts", "of_a_day") == "success"
    parts = day.clear_dag_run_partitions("parts", m.ClearPartitionsBody(partition_key=key, dry_run=False))
    assert (parts.dag_runs_cleared, day.get_dag_run("parts", "of_a_day").partition_key) == (1, None)
    update = {"action": "update", "entities": [{"dag_run_id": "two", "state": "failed", "note": "bad"}]}
    delete = {"action": "delete", "entities": ["three"]}
    bulk = m.BulkBodyBulkDAGRunBody.from_dict({"actions": [update, delete]})
    done = day.bulk_dag_runs("gone", bulk)
    assert (done.update.success, done.delete.success) == (["gone.two"], ["gone.three"])
    assert day.get_dag_run("gone", "two").state.value == "failed"
    day.delete_dag_run("gone", "two")


def _assets(day: Day) -> None:
    known = {asset.name: asset.id for asset in day.get_assets().assets}
    assert known.keys() >= {"orders", "prices"}
    assert day.get_asset(known["orders"]).uri == "s3://lake/orders"
    alias = day.get_asset_aliases().asset_aliases[0]
    assert day.get_asset_alias(alias.id)["name"] == "anything"
    made = day.materialize_asset(known["orders"])
    assert (made.dag_id, day.ended("maker", made.dag_run_id)) == ("maker", "success")
    day.until(lambda: day.get_dag_asset_queued_events("waiter").total_entries == 1, "the event is seen")
    assert day.get_asset_queued_events(known["orders"]).queued_events[0].dag_id == "waiter"
    assert day.get_dag_asset_queued_event("waiter", known["orders"]).asset_id == known["orders"]
    day.delete_dag_asset_queued_event("waiter", known["orders"])
    day.create_asset_event(m.CreateAssetEventsBody(asset_id=known["orders"], extra={"from": "outside"}))
    day.until(lambda: day.get_dag_asset_queued_events("waiter").total_entries == 1, "the event is seen")
    day.delete_dag_asset_queued_events("waiter")
    day.create_asset_event(m.CreateAssetEventsBody(asset_id=known["orders"]))
    day.until(lambda: day.get_asset_queued_events(known["orders"]).total_entries == 1, "the event is seen")
    day.delete_asset_queued_events(known["orders"])
    for name in ("orders", "prices"):
        day.create_asset_event(m.CreateAssetEventsBody(asset_id=known[name]))
    run = day.until(lambda: day.get_dag_runs("waiter").dag_runs, "a run by assets")[0]
    assert day.ended("waiter", run.dag_run_id) == "success"
    upstream = day.get_upstream_asset_events("waiter", run.dag_run_id).asset_events
    assert {event.name for event in upstream} == {"orders", "prices"}
    assert [event.created_dagruns[0].triggering for event in upstream].count(True) == 1
    assert day.get_asset_events(asset_id=known["orders"], source_dag_id="maker").asset_events[0].extra == {"rows": 7}
    value = m.AssetStateStoreBody(value="x")
    day.set_asset_state_store("cursor", known["orders"], value)
    assert day.get_asset_state_store("cursor", known["orders"]).last_updated_by.kind.value == "api"
    assert day.list_asset_state_store(known["orders"]).total_entries == 1
    day.delete_asset_state_store("cursor", known["orders"])
    day.clear_asset_state_store(known["orders"])


def _backfills(day: Day) -> None:
    body = m.BackfillPostBody(
        dag_id="daily", from_date=datetime(2026, 1, 1, tzinfo=UTC), to_date=datetime(2026, 1, 3, tzinfo=UTC)
    )
    assert len(day.create_backfill_dry_run(body).backfills) == 3
    made = day.create_backfill(body)
    assert day.pause_backfill(made.id).is_paused
    assert not day.unpause_backfill(made.id).is_paused
    assert day.get_backfill(made.id).dag_id == "daily"
    assert [each.id for each in day.list_backfills("daily").backfills] == [made.id]
    assert day.cancel_backfill(made.id).completed_at


def _approve(day: Day) -> None:
    day.trigger("approval", "please")
    key = ("approval", "please", "ask", -1)
    day.until(lambda: not day.get_hitl_detail(*key).response_received, "the question is there")
    waiting = day.until(lambda: day.get_hitl_details("~", "~", response_received=False).hitl_details, "it is listed")
    assert waiting[0].subject == "Shall we?"
    answered = day.update_hitl_detail(*key, m.UpdateHITLDetailPayload(chosen_options=["Approve"]))
    assert answered.chosen_options == ["Approve"]
    assert day.ended("approval", "please") == "success"
    day.get_hitl_detail_try_detail(*key, 1)


def _the_past(day: Day) -> None:
    logs = (
        day.get_event_logs(event="trigger_dag_run", order_by=["-when"], limit=100).event_logs
        or day.get_event_logs().event_logs
    )
    assert any(each.owner == "ann" for each in logs)
    assert day.get_event_log(logs[0].event_log_id).event == logs[0].event


def _clean_up(day: Day) -> None:
    day.delete_dag("gone")
