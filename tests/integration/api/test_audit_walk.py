"""Every change leaves one entry in the audit log: who, what, how it was before and how it is after.

`CHANGES` goes through all routes that write, in an order in which each has something to change; a route that is in
neither table fails the test.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from test_dag_rights import MINE, OTHER, seed
from walk import filled, walking

from support.actions_lab import NOW, dag
from tradewind.spec.dag import TimetableSpec
from tradewind.store import Store
from tradewind.store.asset_tables import asset_queue
from tradewind.store.engine import write
from tradewind.store.rights import Grant
from tradewind.testing.clock import VirtualClock

V2, T = "/api/v2", "/api/tradewind"
DAG, RUN = f"{V2}/dags/{{dag_id}}", f"{V2}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}"
TI = f"{RUN}/taskInstances/{{task_id}}"
BACKFILL = {"dag_id": "daily", "from_date": "2026-01-01T00:00:00Z", "to_date": "2026-01-03T00:00:00Z"}
PASSWORD = "correct horse"

NOTHING = {
    # reads with a body, dry runs and previews
    f"POST {DAG}/dagRuns/list", f"POST {RUN}/taskInstances/list", f"POST {V2}/backfills/dry_run",
    f"PATCH {TI}/dry_run", f"PATCH {TI}/{{map_index}}/dry_run", f"PATCH {RUN}/taskGroupInstances/{{group_id}}/dry_run",
    f"POST {T}/preview/backfill", f"POST {T}/preview/schedule", f"POST {T}/preview/trigger/{{dag_id}}",
    f"POST {T}/preview/runs",
    f"POST {T}/preview/mark/{{dag_id}}", f"POST {T}/preview/mark-run/{{dag_id}}", f"POST {T}/preview/clear/{{dag_id}}",
    # an entry for each connection that it makes
    f"POST {V2}/connections/defaults",
    # logins change nothing but who is logged in
    f"POST {T}/login", f"POST {T}/logout",
    # needs an answer of a DAG processor, and keeps nothing
    f"POST {V2}/connections/test",
    # tests of their own: `test_people_and_deadlines`, `test_settings`, `test_bulk_api`, `test_task_instances`,
    # `test_api_backfills`
    f"PATCH {TI}/{{map_index}}/hitlDetails", f"POST {V2}/connections/enqueue-test", f"POST {DAG}/clearPartitions",
    f"PATCH {RUN}/taskGroupInstances/{{group_id}}", f"POST {T}/backfills/{{backfill_id}}/retry",
}  # fmt: skip


def bulk(action: str, *entities: Any) -> dict[str, Any]:
    return {"actions": [{"action": action, "entities": list(entities)}]}


Change = tuple[str, str, Any, str, bool, bool]
"""(method, route, body, event, whether there is a before, and an after)"""
CHANGES: list[Change] = [
    ("POST", f"{V2}/variables", {"key": "v", "value": "1"}, "post_variable", False, True),
    ("PATCH", f"{V2}/variables/{{variable_key}}", {"key": "v", "value": "2"}, "patch_variable", True, True),
    ("PATCH", f"{V2}/variables", bulk("update", {"key": "v", "value": "3"}), "patch_variable", True, True),
    ("DELETE", f"{V2}/variables/{{variable_key}}", None, "delete_variable", True, False),
    ("POST", f"{V2}/connections", {"connection_id": "c", "conn_type": "http"}, "post_connection", False, True),
    (
        "PATCH", f"{V2}/connections/{{connection_id}}", {"connection_id": "c", "conn_type": "http", "host": "h"},
        "patch_connection", True, True,
    ),
    (
        "PATCH", f"{V2}/connections", bulk("update", {"connection_id": "c", "conn_type": "http", "host": "i"}),
        "patch_connection", True, True,
    ),
    ("DELETE", f"{V2}/connections/{{connection_id}}", None, "delete_connection", True, False),
    ("POST", f"{V2}/pools", {"name": "p", "slots": 1}, "post_pool", False, True),
    ("PATCH", f"{V2}/pools/{{pool_name}}", {"slots": 2}, "patch_pool", True, True),
    ("PATCH", f"{V2}/pools", bulk("update", {"name": "p", "slots": 3}), "patch_pool", True, True),
    ("DELETE", f"{V2}/pools/{{pool_name}}", None, "delete_pool", True, False),
    ("PATCH", DAG, {"is_paused": True}, "patch_dag", True, True),
    ("PATCH", f"{V2}/dags?dag_id_pattern={MINE}", {"is_paused": False}, "patch_dag", True, True),
    ("PATCH", DAG, {"is_paused": True}, "patch_dag", True, True),
    ("POST", f"{T}/dags/{{dag_id}}/unpause", {}, "patch_dag", True, True),
    ("POST", f"{DAG}/favorite", None, "favorite_dag", False, False),
    ("POST", f"{DAG}/unfavorite", None, "unfavorite_dag", False, False),
    ("POST", f"{DAG}/dagRuns", {"logical_date": None, "dag_run_id": "r2"}, "trigger_dag_run", False, True),
    ("PATCH", RUN, {"note": "new"}, "patch_dag_run", True, True),
    (
        "POST", f"{DAG}/clearTaskInstances", {"dry_run": False, "dag_run_id": f"{MINE}_run"},
        "post_clear_task_instances", True, True,
    ),
    ("PATCH", RUN, {"state": "failed"}, "patch_dag_run", True, True),
    ("PATCH", f"{DAG}/dagRuns", bulk("update", {"dag_run_id": "r2", "note": "b"}), "patch_dag_run", True, True),
    ("POST", f"{RUN}/clear", {"dry_run": False}, "clear_dag_run", True, True),
    ("PATCH", RUN, {"state": "failed"}, "patch_dag_run", True, True),
    (
        "POST", f"{DAG}/clearDagRuns", {"dry_run": False, "dag_runs": [{"dag_run_id": f"{MINE}_run"}]},
        "clear_dag_run", True, True,
    ),
    ("PATCH", TI, {"new_state": "failed"}, "patch_task_instance", True, True),
    ("PATCH", TI, {"note": "n"}, "patch_task_instance", True, True),
    ("PATCH", f"{TI}/{{map_index}}", {"new_state": "success"}, "patch_task_instance", True, True),
    ("PATCH", f"{RUN}/taskInstances", bulk("update", {"task_id": "make", "new_state": "failed"}), "patch_task_instance",
     True, True),
    ("POST", f"{TI}/xcomEntries", {"key": "k", "value": 1}, "create_xcom_entry", False, True),
    ("PATCH", f"{TI}/xcomEntries/{{xcom_key}}", {"value": 2}, "update_xcom_entry", True, True),
    ("DELETE", f"{TI}/xcomEntries/{{xcom_key}}", None, "delete_xcom_entry", True, False),
    ("PUT", f"{TI}/state-store/{{key}}", {"value": 1}, "set_task_state", False, True),
    ("PUT", f"{TI}/state-store/{{key}}", {"value": 2}, "set_task_state", True, True),
    ("PATCH", f"{TI}/state-store/{{key}}", {"value": 3}, "set_task_state", True, True),
    ("DELETE", f"{TI}/state-store/{{key}}", None, "delete_task_state", True, False),
    ("PUT", f"{TI}/state-store/{{key}}", {"value": 4}, "set_task_state", False, True),
    ("DELETE", f"{TI}/state-store", None, "delete_task_state", True, False),
    ("PUT", f"{V2}/assets/{{asset_id}}/state-store/{{key}}", {"value": 1}, "set_asset_state", False, True),
    ("DELETE", f"{V2}/assets/{{asset_id}}/state-store/{{key}}", None, "delete_asset_state", True, False),
    ("PUT", f"{V2}/assets/{{asset_id}}/state-store/{{key}}", {"value": 2}, "set_asset_state", False, True),
    ("DELETE", f"{V2}/assets/{{asset_id}}/state-store", None, "delete_asset_state", True, False),
    ("POST", f"{V2}/assets/events", {"asset_id": 1}, "create_asset_event", False, True),
    ("POST", f"{V2}/assets/{{asset_id}}/materialize", {}, "trigger_dag_run", False, True),
    ("POST", f"{V2}/backfills", BACKFILL, "create_backfill", False, True),
    ("PUT", f"{V2}/backfills/{{backfill_id}}/pause", None, "pause_backfill", True, True),
    ("PUT", f"{V2}/backfills/{{backfill_id}}/unpause", None, "unpause_backfill", True, True),
    ("PATCH", f"{T}/backfills/{{backfill_id}}", {"max_active_runs": 3}, "patch_backfill", True, True),
    ("PUT", f"{V2}/backfills/{{backfill_id}}/cancel", None, "cancel_backfill", True, True),
    ("POST", f"{T}/users", {"username": "bob", "password": PASSWORD}, "create_user", False, True),
    ("PATCH", f"{T}/users/{{username}}", {"role": "op"}, "update_user", True, True),
    ("DELETE", f"{T}/users/{{username}}", None, "delete_user", True, False),
    ("POST", f"{T}/roles", {"name": "team", "base": "viewer"}, "create_role", False, True),
    ("PATCH", f"{T}/roles/{{name}}", {"base": "user"}, "update_role", True, True),
    ("DELETE", f"{T}/roles/{{name}}", None, "delete_role", True, False),
    ("POST", f"{T}/tokens", {"name": "m", "scope": "read"}, "create_token", False, True),
    ("DELETE", f"{T}/tokens/{{token_id}}", None, "revoke_token", True, False),
    ("POST", f"{T}/backfills", {**BACKFILL, "from_date": "2026-02-01T00:00:00Z", "to_date": "2026-02-02T00:00:00Z"},
     "create_backfill", False, True),
    ("PUT", f"{V2}/parseDagFile/{{file_token}}", None, "reparse_dag_file", False, False),
    ("DELETE", f"{DAG}/assets/{{asset_id}}/queuedEvents", None, "delete_queued_asset_events", True, False),
    ("DELETE", f"{DAG}/assets/queuedEvents", None, "delete_queued_asset_events", True, False),
    ("DELETE", f"{V2}/assets/{{asset_id}}/queuedEvents", None, "delete_queued_asset_events", True, False),
    ("PATCH", RUN, {"state": "failed"}, "patch_dag_run", True, True),
    ("DELETE", TI, None, "delete_task_instance", True, False),
    ("DELETE", RUN, None, "delete_dag_run", True, False),
    ("DELETE", DAG, None, "delete_dag", True, False),
    (
        "POST", f"{T}/me/password", {"old_password": PASSWORD, "new_password": "another good one"},
        "set_password", False, False,
    ),
    ("POST", f"{T}/logout-everywhere", None, "log_out_everywhere", False, False),
]  # fmt: skip


PLACE = {
    "dag_id": MINE, "dag_run_id": f"{MINE}_run", "task_id": "make", "map_index": -1, "asset_id": 1, "backfill_id": 1,
    "variable_key": "v", "connection_id": "c", "pool_name": "p", "xcom_key": "k", "key": "k", "username": "bob",
    "name": "team",
}  # fmt: skip


def waiting(store: Store, *dag_ids: str) -> None:
    """Let DAGs have seen an asset since their last run."""
    with write(store.engine) as connection:
        for dag_id in dag_ids:
            seen = {"dag_id": dag_id, "asset_id": 1, "alias_id": 0, "event_id": 1, "created_at": NOW}
            connection.execute(asset_queue.insert().values(**seen))


def test_every_change_is_told(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    daily = TimetableSpec(kind="cron_interval", crons=("0 0 * * *",))
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        seed(walk)
        walk.lab.add(dag("daily", {"t": []}, timetable=daily, start_date=NOW - timedelta(days=100)))
        sqlite_store.users.create("boss", PASSWORD, "admin", now=NOW)
        boss = walk.token("boss")
        place = {**PLACE, "file_token": walk.ask(boss, "GET", f"{V2}/dags/{MINE}").json()["file_token"]}
        told: set[str] = set()
        for method, path, body, event, before, after in CHANGES:
            if "/tokens/" in path:
                place["token_id"] = walk.ask(boss, "GET", f"{T}/tokens").json()["tokens"][0]["id"]
            if path.endswith("queuedEvents"):
                waiting(sqlite_store, MINE)
            last = walk.lab.rows("event_log")[-1]["id"]
            answer = walk.ask(boss, method, filled(path, place), body)
            assert answer.status_code < 300, (method, path, answer.text)
            found = [row for row in walk.lab.rows("event_log") if row["id"] > last]
            assert [(row["event"], row["owner"], row["via"]) for row in found] == [(event, "boss", "api")], (
                method,
                path,
            )
            assert (found[0]["before"] is not None, found[0]["after"] is not None) == (before, after), (method, path)
            told |= {f"{method} {path.partition('?')[0]}"}
            if path.endswith("/me/password"):
                boss = walk.token("boss")
        routes = {re.sub(r":path}", "}", f"{method} {path}") for method, path, _ in walk.routes() if method != "GET"}
        assert sorted(routes - told - NOTHING) == []
        assert sorted((told | NOTHING) - routes) == []


def test_a_value_under_a_secret_name_is_not_told(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        seed(walk)
        boss = walk.user("boss", "admin")
        path = filled(f"{TI}/state-store/api_token", PLACE)
        for value in ("hush 1", "hush 2"):
            assert walk.ask(boss, "PUT", path, {"value": value}).status_code == 204
        assert walk.ask(boss, "DELETE", path).status_code == 204
        assert walk.ask(boss, "DELETE", path).status_code == 204, "it is gone already"
        entry = {"key": "password", "value": "hush 3"}
        assert walk.ask(boss, "POST", filled(f"{TI}/xcomEntries", PLACE), entry).status_code == 201
        run = {"logical_date": None, "dag_run_id": "r2", "conf": {"db_password": "hush 4", "rows": 7}}
        assert walk.ask(boss, "POST", f"{V2}/dags/{MINE}/dagRuns", run).status_code == 200
        events = walk.lab.rows("event_log")
        assert json.loads(events[-1]["extra"])["conf"] == {"db_password": "***", "rows": 7}
        assert [row["event"] for row in events[-5:-1]] == [
            "set_task_state", "set_task_state", "delete_task_state", "create_xcom_entry",
        ]  # fmt: skip
        assert "hush" not in json.dumps(events, default=str)


def test_who_may_only_look_at_the_dags_of_an_asset_changes_nothing_of_it(
    sqlite_store: Store, present: VirtualClock, tmp_path: Path
) -> None:
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        seed(walk)
        boss, limited = walk.user("boss", "admin"), walk.user("lim", "op", dag_limited=True)
        waiting(sqlite_store, MINE, OTHER)
        state = f"{V2}/assets/1/state-store"
        changes: list[tuple[str, str, Any, int]] = [
            ("POST", f"{V2}/assets/events", {"asset_id": 1}, 200),
            ("PUT", f"{state}/k", {"value": 1}, 204),
            ("DELETE", f"{state}/k", None, 204),
            ("DELETE", state, None, 204),
            ("DELETE", f"{V2}/assets/1/queuedEvents", None, 204),
        ]
        assert walk.ask(boss, "PUT", f"{state}/k", {"value": 1}).status_code == 204
        sqlite_store.users.update("lim", grants=[Grant("dag", MINE, "read")])
        for method, path, body, _ in changes:
            assert walk.ask(limited, method, path, body).status_code in (403, 404), (method, path)
        assert walk.ask(boss, "GET", f"{state}/k").json()["value"] == 1
        assert len(walk.lab.rows("asset_queue")) == 2
        sqlite_store.users.update("lim", grants=[Grant("dag", MINE, "run")])
        for method, path, body, status in changes:
            assert walk.ask(limited, method, path, body).status_code == status, (method, path)
        # what others have seen stays
        assert [row["dag_id"] for row in walk.lab.rows("asset_queue")] == [OTHER]
