"""What the web UI draws: each payload against the rows it is made of; a page asks a fixed number of queries."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from api_lab import Api
from sqlalchemy import select, text, update

from support.actions_lab import LATER, NOW, S, dag
from support.statements import statements
from tradewind.core.pictures import CODES
from tradewind.ports.store import AttemptChange, NewAttempt, Step, TaskChange
from tradewind.server.drawing import trends
from tradewind.spec.assets import AssetSpec, AssetUse
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec, TimetableSpec
from tradewind.spec.states import AttemptState, DagRunState
from tradewind.store import Store, tables
from tradewind.store.engine import read, write
from tradewind.store.reads.runs import FAILED_TASK, TOLERATED

UI = "/api/tradewind"


def get(api: Api, path: str, role: str = "viewer", **params: Any) -> Any:
    answer = api.as_role(role).get(UI + path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def states(text: str) -> list[str]:
    return [CODES[byte] for byte in base64.b64decode(text)]


def cells(grid: Any) -> dict[str, dict[str, str]]:
    """run id -> task id -> state."""
    words = states(grid["cells"])
    ids = grid["tasks"]["id"]
    return {
        run_id: dict(zip(ids, words[at * len(ids) : (at + 1) * len(ids)], strict=True))
        for at, run_id in enumerate(grid["runs"]["run_id"])
    }


def move(api: Api, dag_id: str, run_id: str, **values: Any) -> None:
    """Change columns of a run that only time would change."""
    run = tables.dag_run.c
    with write(api.store.engine) as connection:
        connection.execute(update(tables.dag_run).where(run.dag_id == dag_id, run.run_id == run_id).values(**values))


def fail(api: Api, run: Any, task_id: str, kind: str, text: str) -> None:
    """A task fails with an exception, as its worker reports it."""
    task = api.lab.task(run, task_id)
    attempt = f"11111111-0000-7000-8000-{len(api.lab.rows('attempt')):012d}"
    step = Step(fence="leader", revisions={run.id: api.lab.snapshot(run).run.revision})
    step.new_attempts.append(NewAttempt(attempt, task.id, run.id, 1, "worker", NOW, "x.log"))
    ended = AttemptChange(run.id, attempt, AttemptState.FAILED, end_date=NOW, error_type=kind, error=text)
    step.attempts.append(ended)
    values = {"attempt_id": attempt, "try_number": 1, "start_date": NOW, "end_date": NOW + timedelta(seconds=3)}
    step.tasks.append(TaskChange(run.id, task.id, task.state, task.attempt_id, S.FAILED, values))
    assert api.lab.apply(step) == set()


# --- The frame ----------------------------------------------------------------------------------------------


def test_the_session_says_who_asks_and_what_needs_him(api: Api) -> None:
    api.lab.add(dag())
    run = api.lab.run()
    api.lab.set_run(run, DagRunState.FAILED)
    told = get(api, "/session", "user")
    assert (told["username"], told["role"], told["no_auth"]) == ("user", "user", False)
    assert told["may"] == {"read": True, "run": True, "operate": False, "admin": False}
    assert told["counts"] == {"required_actions": 0, "import_errors": 0, "failed_runs": 1, "running_runs": 0}
    assert told["state_codes"] == list(CODES) and told["default_timezone"] == "local"
    assert told["position"] == api.store.reads.changes.position()
    move(api, "d", run.run_id, end_date=NOW - timedelta(hours=25))
    assert get(api, "/session", "user")["counts"]["failed_runs"] == 0


def test_the_health_page_knows_who_lives(api: Api) -> None:
    lab = api.lab
    lab.store.leases.register("w1", "scheduler", api.clock.now())
    told = get(api, "/health")
    by_kind = {service["kind"]: service["status"] for service in told["services"]}
    assert by_kind == {"scheduler": "healthy", "dag_processor": "unknown", "triggerer": "unknown"}
    assert [pool["name"] for pool in told["pools"]] == ["default_pool"]
    api.clock.advance(3600)
    assert get(api, "/health")["services"][0]["status"] == "unhealthy"
    assert get(api, "/health")["processes"][0]["status"] == "lost"


def test_the_health_page_knows_what_the_workers_run(api: Api) -> None:
    api.lab.add(dag("d", {"a": [], "b": [], "c": []}))
    run = api.lab.run()
    api.lab.store.leases.register("worker", "scheduler", api.clock.now())
    api.lab.force(run, a=S.RUNNING, b=S.QUEUED, c=S.SUCCESS)
    told = get(api, "/health")
    assert [(process["running"], process["queued"]) for process in told["processes"]] == [(1, 1)]
    (task,) = told["at_work"]
    assert (task["dag_id"], task["run_id"], task["task_id"], task["map_index"]) == ("d", run.run_id, "a", -1)
    api.clock.advance(3600)
    assert get(api, "/health")["at_work"] == [], "nobody knows what a lost process does"


# --- Lists --------------------------------------------------------------------------------------------------


def test_the_list_of_dags_asks_as_many_queries_for_one_as_for_many(api: Api) -> None:
    api.lab.add(*(dag(f"d{number:02}", {"x": []}, tags=("t",), owners=("ann",)) for number in range(20)))
    for number in range(20):
        api.lab.run(f"d{number:02}")
    client = api.as_role("viewer")
    with statements(api.store.engine) as one:
        client.get(f"{UI}/dags?limit=1")
    with statements(api.store.engine) as many:
        assert len(client.get(f"{UI}/dags?limit=15").json()["dags"]) == 15
    assert len(one) == len(many) < 12


def test_the_list_of_dags_shows_its_runs_and_filters(api: Api) -> None:
    api.lab.add(
        dag("shop", {"x": []}, tags=("sales",), owners=("ann", "bob")),
        dag("mail", {"x": []}, tags=("ops",), owners=("joanna",)),
        dag("never", {"x": []}, dag_display_name="Nie gelaufen"),
    )
    for number in range(16):
        run = api.lab.run("shop", run_id=f"r{number:02}", run_after=NOW + timedelta(minutes=number))
        api.lab.set_run(run, DagRunState.SUCCESS)
        move(api, "shop", run.run_id, end_date=NOW + timedelta(seconds=10 * (number + 1)))
    api.lab.set_run(api.lab.run("mail"), DagRunState.FAILED)
    whole = {row["dag_id"]: row for row in get(api, "/dags")["dags"]}
    assert [run["run_id"] for run in whole["shop"]["runs"]] == [f"r{number:02}" for number in range(15, 1, -1)]
    assert (whole["shop"]["state"], whole["shop"]["p50_seconds"]) == ("success", pytest.approx(85))
    assert (whole["never"]["state"], whole["never"]["name"], whole["never"]["p50_seconds"]) == (
        None,
        "Nie gelaufen",
        None,
    )

    def found(**params: Any) -> list[str]:
        return [row["dag_id"] for row in get(api, "/dags", **params)["dags"]]

    assert found(state="failed") == ["mail"] and found(state=["never", "success"]) == ["never", "shop"]
    assert found(owner="ann") == ["shop"] and found(tag="ops") == ["mail"] and found(search="GELAUFEN") == ["never"]
    assert found(search="%") == [] and found(paused=False) == []
    assert found(order_by="-last_run")[0] in ("shop", "mail") and found(order_by="-dag_id") == ["shop", "never", "mail"]
    assert found(favorite=True) == []
    assert api.as_role("viewer").post("/api/v2/dags/shop/favorite").status_code in (204, 403)
    api.as_role("admin").post("/api/v2/dags/shop/favorite")
    assert [row["dag_id"] for row in get(api, "/dags", "admin", favorite=True)["dags"]] == ["shop"]
    page = get(api, "/dags", limit=2)
    rest = get(api, "/dags", limit=2, cursor=page["next_cursor"])
    assert [row["dag_id"] for row in page["dags"] + rest["dags"]] == ["mail", "never", "shop"]
    assert rest["next_cursor"] is None
    assert get(api, "/dags-filters") == {"tags": ["ops", "sales"], "owners": ["ann", "bob", "joanna"]}
    assert api.as_role("viewer").get(f"{UI}/dags/nothing").status_code == 404
    for dag_id in ("shop", "never"):
        assert get(api, f"/dags/{dag_id}")["explained"] == get(api, f"/explain/dags/{dag_id}")


# --- Grid, graph, timeline ----------------------------------------------------------------------------------


def test_the_grid_is_what_the_task_instances_are(api: Api) -> None:
    api.lab.add(dag())
    for number in range(5):
        api.lab.run(run_id=f"r{number}", run_after=NOW + timedelta(minutes=number))
    (run,) = [api.store.reads.runs.get("d", "r3")]
    assert run is not None
    middle = api.lab.run(run_id="r9", run_after=NOW + timedelta(minutes=9))
    api.lab.force(middle, a=S.SUCCESS, b=S.FAILED, c=S.UPSTREAM_FAILED)
    api.lab.set_run(middle, DagRunState.FAILED)
    grid = get(api, "/dags/d/grid", limit=2)
    assert grid["runs"]["run_id"] == ["r9", "r4"] and grid["tasks"]["id"] == ["a", "b", "c"]
    assert cells(grid)["r9"] == {"a": "success", "b": "failed", "c": "upstream_failed"}
    assert cells(grid)["r4"] == dict.fromkeys("abc", "no_status")
    assert grid["runs"]["end"][0] == round(NOW.timestamp() * 1000)
    seen = list(grid["runs"]["run_id"])
    while grid["next"]:
        grid = get(api, "/dags/d/grid", limit=2, before=grid["next"])
        seen += grid["runs"]["run_id"]
    assert seen == ["r9", "r4", "r3", "r2", "r1", "r0"]
    assert get(api, "/dags/d/grid", state="failed")["runs"]["run_id"] == ["r9"]
    assert api.as_role("viewer").get(f"{UI}/dags/d/grid?before=nonsense").status_code == 400
    assert api.as_role("viewer").get(f"{UI}/dags/e/grid").status_code == 404


def test_a_finished_column_that_is_kept_in_memory_follows_a_clear_and_a_mark(api: Api) -> None:
    api.lab.add(dag())
    run = api.lab.run(run_id="r")
    api.lab.force(run, a=S.SUCCESS, b=S.SUCCESS, c=S.SUCCESS)
    api.lab.set_run(run, DagRunState.SUCCESS)
    assert cells(get(api, "/dags/d/grid"))["r"]["b"] == "success"
    with statements(api.store.engine) as asked:
        get(api, "/dags/d/grid")
    assert not [text for text in asked if "FROM task_instance" in text]
    api.lab.actions.set_task_state("d", "r", "b", S.FAILED, now=LATER)
    assert cells(get(api, "/dags/d/grid"))["r"]["b"] == "failed"
    api.lab.actions.clear_tasks("d", run_id="r", task_ids=["b"], now=LATER)
    assert cells(get(api, "/dags/d/grid"))["r"]["b"] == "no_status"


def grouped() -> DagSpec:
    """a >> (g.x >> g.y, mapped) with a group in one piece, a setup and its teardown, an asset on either side."""
    wheat, bread = AssetSpec(name="wheat", uri="s3://wheat"), AssetSpec(name="bread", uri="s3://bread")
    use_wheat, use_bread = (AssetUse(name=it.name, uri=it.uri) for it in (wheat, bread))
    return dag(
        "g",
        {"a": [], "g.x": ["a"], "z": ["a"], "g.y": ["g.x"], "end": ["a", "z"]},
        of={
            "a": {"is_setup": True, "inlets": (use_wheat,)},
            "g.x": {"group": "g"},
            "g.y": {"group": "g", "mapped": True, "expand": LengthSpec(kind="literal", length=3)},
            "end": {"is_teardown": True, "outlets": (use_bread,)},
        },
        groups=(GroupSpec(group_id="g", tooltip="both"),),
        edge_labels=(("a", "z", "if dry"),),
        assets=(wheat, bread),
    )


def test_a_group_is_in_one_piece_and_mapped_tasks_are_one_row(api: Api) -> None:
    api.lab.add(grouped())
    run = api.lab.run("g", run_id="r")
    grid = get(api, "/dags/g/grid")
    assert grid["tasks"]["id"] == ["a", "g.x", "g.y", "z", "end"]
    assert grid["tasks"]["label"] == ["a", "x", "y", "z", "end"] and grid["groups"]["id"] == ["g"]
    assert grid["tasks"]["group"] == [-1, 0, 0, -1, -1] and grid["tasks"]["mapped"] == [
        False,
        False,
        True,
        False,
        False,
    ]
    ti = tables.task_instance.c
    with write(api.store.engine) as connection:
        row = (
            connection.execute(tables.task_instance.select().where(ti.dag_run_id == run.id, ti.task_id == "g.y"))
            .mappings()
            .first()
        )
        assert row is not None
        connection.execute(tables.task_instance.delete().where(ti.dag_run_id == run.id, ti.task_id == "g.y"))
        for index, state in enumerate(("success", "failed", "running", "success")):
            named = {"map_index": index, "rendered_map_index": f"EU_{index}/100%" if index < 3 else None}
            made = {**row, "id": f"22222222-0000-7000-8000-{index:012d}", **named, "state": state}
            connection.execute(tables.task_instance.insert().values(**made))
    assert cells(get(api, "/dags/g/grid"))["r"]["g.y"] == "failed"
    path = "/dags/g/runs/r"
    assert get(api, f"{path}/tasks/g.y/counts")["counts"] == {"success": 2, "failed": 1, "running": 1}
    first = get(api, f"{path}/tasks/g.y/instances", limit=3)
    rest = get(api, f"{path}/tasks/g.y/instances", limit=3, after=first["next"])
    assert first["map_index"] + rest["map_index"] == [1, 2, 0, 3] and rest["next"] is None
    assert get(api, f"{path}/tasks/g.y/instances", state="success")["map_index"] == [0, 3]
    for name, found in (("eu_1", [1]), ("eu_", [1, 2, 0]), ("0%", [1, 2, 0]), ("3", [3]), ("[1]", [1]), ("eu%0", [])):
        assert get(api, f"{path}/tasks/g.y/instances", name=name)["map_index"] == found, name
    assert get(api, f"{path}/tasks/g.y/instances", name="EU", state="success")["map_index"] == [0]
    on_graph = get(api, f"{path}/graph-states")
    assert dict(zip(on_graph["tasks"], states(on_graph["states"]), strict=True))["g.y"] == "failed"
    (mapped,) = on_graph["mapped"]
    assert on_graph["tasks"][mapped["task"]] == "g.y" and mapped["counts"]["success"] == 2


def test_the_graph_has_groups_labels_setups_and_assets(api: Api) -> None:
    api.lab.add(grouped())
    graph = get(api, "/dags/g/graph")
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert nodes["g"]["kind"] == "group" and nodes["g.y"]["parent"] == "g" and nodes["g.y"]["mapped"]
    assert nodes["a"]["setup"] and nodes["end"]["teardown"] and nodes["asset:wheat"]["uri"] == "s3://wheat"
    edges = {(edge["source"], edge["target"]): edge for edge in graph["edges"]}
    assert edges["a", "z"]["label"] == "if dry" and edges["a", "end"]["kind"] == "setup"
    assert edges["asset:wheat", "a"]["kind"] == edges["end", "asset:bread"]["kind"] == "asset"
    assert get(api, "/dags/g/graph", version_number=1) == graph
    assert api.as_role("viewer").get(f"{UI}/dags/g/graph?version_number=2").status_code == 404


def test_the_timeline_has_times_and_the_critical_path(api: Api) -> None:
    api.lab.add(dag())
    run = api.lab.run(run_id="r")
    api.lab.force(run, a=S.SUCCESS, b=S.RUNNING)
    api.lab.set_run(run, DagRunState.RUNNING)
    api.clock.advance(60)
    told = get(api, "/dags/d/runs/r/timeline")
    start = round(NOW.timestamp() * 1000)
    assert told["tasks"] == ["a", "b", "c"] and told["start"] == [start, start, None]
    assert told["end"] == [start, None, None] and states(told["states"]) == ["success", "running", "no_status"]
    assert [task["task_id"] for task in told["critical_path"]] == ["a", "b"]
    assert get(api, "/dags/d/runs/r/graph-states")["critical_path"] == ["a", "b"]
    first = get(api, "/dags/d/runs/r/timeline", limit=2)
    rest = get(api, "/dags/d/runs/r/timeline", limit=2, after=first["next"])
    assert first["tasks"] + rest["tasks"] == ["a", "b", "c"] and rest["next"] is None and rest["critical_path"] == []


def moments(api: Api, run: Any, **of: tuple[float, float | None, bool]) -> None:
    """When tasks started and ended, in seconds after NOW, and whether something began them."""
    ti = tables.task_instance.c
    with write(api.store.engine) as connection:
        for task_id, (start, end, begun) in of.items():
            at = NOW + timedelta(seconds=start)
            values = {
                "start_date": at,
                "end_date": None if end is None else NOW + timedelta(seconds=end),
                "first_start": at if begun else None,
            }
            changed = tables.task_instance.update().where(ti.dag_run_id == run.id, ti.task_id == task_id)
            connection.execute(changed.values(**values))


def test_the_critical_path_of_a_failed_run_ends_at_what_failed(api: Api) -> None:
    """The tasks that fail for it, and are skipped, are decided after it had ended, and never run."""
    shape = {"extract": [], "check": ["extract"], "load": ["extract", "check"], "report": ["load"], "rest": []}
    api.lab.add(dag(shape=shape))
    run = api.lab.run(run_id="r")
    api.lab.force(run, extract=S.SUCCESS, check=S.FAILED, load=S.UPSTREAM_FAILED, report=S.SKIPPED, rest=S.REMOVED)
    never = (61, 61, False)
    moments(api, run, extract=(0, 10, True), check=(11, 60, True), load=never, report=never, rest=(1, None, True))
    api.lab.set_run(run, DagRunState.FAILED)
    api.clock.advance(600)
    path = get(api, "/dags/d/runs/r/timeline")["critical_path"]
    assert [(task["task_id"], task["waited_seconds"], task["worked_seconds"]) for task in path] == [
        ("extract", 0, 10),
        ("check", 1, 49),
    ]
    assert get(api, "/dags/d/runs/r/graph-states")["critical_path"] == ["extract", "check"]
    assert get(api, "/dags/d/runs/r/compare")["pace"] == {"worked_seconds": 59, "waited_seconds": 1}
    moments(api, run, report=(70, 80, True))  # one that skips itself has run
    assert get(api, "/dags/d/runs/r/graph-states")["critical_path"] == ["extract", "check", "report"]


# --- Runs ---------------------------------------------------------------------------------------------------


def test_a_run_with_a_tolerated_failure_is_not_plainly_successful(api: Api) -> None:
    api.lab.add(dag())
    good = api.lab.run(run_id="good", run_after=NOW - timedelta(hours=2))
    api.lab.force(good, a=S.SUCCESS, b=S.SUCCESS, c=S.SUCCESS)
    api.lab.set_run(good, DagRunState.SUCCESS)
    run = api.lab.run(run_id="r", conf={"day": 1})
    api.lab.force(run, a=S.SUCCESS, c=S.SKIPPED)
    fail(api, run, "b", "ValueError", "ValueError: row count 99 < 100")
    api.lab.set_run(run, DagRunState.SUCCESS)
    told = get(api, "/dags/d/runs/r/summary")
    assert (told["outcome"], told["failed"], told["tolerated"], told["skipped"]) == ("success_with_failures", 1, 1, 1)
    culprit = told["culprit"]
    assert (culprit["task_id"], culprit["error_type"], culprit["message"]) == ("b", "ValueError", "row count 99 < 100")
    assert told["previous"]["run_id"] == told["last_success"]["run_id"] == "good"
    assert told["counts"] == {"success": 1, "failed": 1, "skipped": 1}
    compared = get(api, "/dags/d/runs/r/compare")
    assert (compared["run"]["tolerated"], compared["other"]["tolerated"]) == (True, False)
    assert compared["other"]["run_id"] == "good" and compared["conf_differs"] == ["day"]
    assert {(task["task_id"], task["state"], task["other_state"]) for task in compared["tasks"]} == {
        ("b", "failed", "success"),
        ("c", "skipped", "success"),
    }
    assert get(api, "/dags/d/runs/good/compare")["other"] is None
    assert api.as_role("viewer").get(f"{UI}/dags/d/runs/r/compare?with=r").status_code == 404
    assert api.as_role("viewer").get(f"{UI}/dags/d/runs/none/summary").status_code == 404


def test_a_tolerated_failure_shows_wherever_a_run_is_drawn(api: Api) -> None:
    api.lab.add(dag())
    for number, state in enumerate((S.SUCCESS, S.FAILED, S.SUCCESS)):
        run = api.lab.run(run_id=f"r{number}", run_after=NOW + timedelta(minutes=number))
        api.lab.force(run, a=S.SUCCESS, b=state, c=S.SUCCESS)
        api.lab.set_run(run, DagRunState.SUCCESS)
    newest_first = [False, True, False]
    (facts,) = get(api, "/dags")["dags"]
    assert [run["tolerated"] for run in facts["runs"]] == newest_first
    assert [run["tolerated"] for run in get(api, "/dags/d")["runs"]] == newest_first
    assert get(api, "/dags/d/durations")["tolerated"] == newest_first[::-1]
    assert get(api, "/dags/d/durations", task_id="b")["tolerated"] == [False] * 3
    assert [cell["counts"] for cell in get(api, "/dags/d/calendar")["cells"]] == [{"success": 2, "tolerated": 1}]
    shown = {run["run_id"]: run["tolerated"] for run in get(api, "/schedule")["runs"]}
    assert shown == {"r0": False, "r1": True, "r2": False}
    assert get(api, "/dags/d/tasks")["run"]["tolerated"] is False
    assert get(api, "/dags/d/runs/r2/summary")["previous"]["tolerated"] is True
    found = get(api, "/search", q="d/r", kind="run")["hits"]
    assert [(hit["run_id"], hit["state"]) for hit in found] == [
        ("r2", "success"),
        ("r1", "tolerated"),
        ("r0", "success"),
    ]


def test_one_look_into_an_index_tells_a_tolerated_failure(sqlite_store: Store) -> None:
    """And none at the tasks that did not fail, nor at those of other runs that did, however many there are."""
    run_pks = select(tables.dag_run.c.id)
    listed = select(tables.task_instance.c.dag_run_id).where(
        tables.task_instance.c.dag_run_id.in_([1, 2, 3]), FAILED_TASK
    )
    for query in (select(TOLERATED), run_pks.where(TOLERATED.element), listed):
        written = str(query.compile(compile_kwargs={"literal_binds": True}))
        with read(sqlite_store.engine) as connection:
            plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {written}"))]
        assert any("COVERING INDEX ix_task_instance_failed (dag_run_id=? AND state=?)" in step for step in plan), plan


def test_the_calendar_counts_by_the_day_of_the_time_zone(api: Api) -> None:
    hourly = TimetableSpec(kind="cron_trigger", crons=("0 * * * *",), summary="@hourly")
    api.lab.add(dag("d", {"x": []}, timetable=hourly, start_date=NOW - timedelta(days=1)))
    for hours, state in ((2, DagRunState.SUCCESS), (1, DagRunState.FAILED)):
        run = api.lab.run(run_after=NOW.replace(hour=16) - timedelta(hours=hours))
        api.lab.set_run(run, state)
    utc = get(api, "/dags/d/calendar")
    assert [(cell["at"][:10], cell["counts"]) for cell in utc["cells"]] == [("2026-03-01", {"success": 1, "failed": 1})]
    seoul = get(api, "/dags/d/calendar", timezone="Asia/Seoul")
    assert [(cell["at"], cell["counts"]) for cell in seoul["cells"]] == [
        ("2026-03-01T00:00:00+09:00", {"success": 1}),
        ("2026-03-02T00:00:00+09:00", {"failed": 1}),
    ]
    assert api.as_role("viewer").get(f"{UI}/dags/d/calendar?timezone=Mars").status_code == 400
    durations = get(api, "/dags/d/durations", task_id="x")
    assert durations["run_id"] and durations["state"] == [None, None]


def test_the_calendar_and_the_days_of_lists_go_by_the_date_that_runs_are_called_by(api: Api) -> None:
    """The logical date, not when the run was due; without one when it was."""
    midnight = NOW.replace(hour=0, minute=0, second=0)
    daily = TimetableSpec(kind="cron_interval", crons=("0 0 * * *",), summary="@daily")
    api.lab.add(dag("d", {"x": []}, timetable=daily, start_date=NOW - timedelta(days=9)))
    for day in (2, 3):
        at = midnight - timedelta(days=day)
        run = api.lab.run(run_id=f"day_{day}", logical_date=at, run_after=at + timedelta(days=1))
        api.lab.set_run(run, DagRunState.SUCCESS)
    run = api.lab.run(run_id="undated", run_after=midnight - timedelta(days=2))
    move(api, "d", "undated", logical_date=None, run_after=midnight - timedelta(days=1))
    api.lab.set_run(run, DagRunState.FAILED)
    with write(api.store.engine) as connection:
        coming = midnight + timedelta(days=1)
        covered = {"next_logical_date": midnight, "next_interval_start": midnight, "next_interval_end": coming}
        connection.execute(update(tables.dag).values(next_run_after=coming, **covered))
    api.lab.actions.set_paused("d", False)
    days = {"success": 1}, {"success": 1}, {"failed": 1}, {"planned": 1}, {"planned": 1}
    told = get(api, "/dags/d/calendar", end=(midnight + timedelta(days=2)).isoformat())
    expected = [(f"{midnight + timedelta(days=at - 3):%Y-%m-%d}", counts) for at, counts in enumerate(days)]
    assert [(cell["at"][:10], cell["counts"]) for cell in told["cells"]] == expected
    assert told["planned_complete"]
    for path in ("/runs", "/runs-matching"):
        for day, found in ((3, ["day_3"]), (2, ["day_2"]), (1, ["undated"]), (0, [])):
            start = midnight - timedelta(days=day)
            bounds = {"from": start.isoformat(), "to": (start + timedelta(days=1)).isoformat()}
            assert [run["run_id"] for run in get(api, path, dag_id="d", **bounds)["runs"]] == found, (path, day)


def test_the_calendar_says_from_which_day_on_it_has_all_runs(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.lab.add(dag())
    for day in range(6):
        at = NOW - timedelta(days=day)
        api.lab.run(run_id=f"r{day}", logical_date=at if day % 2 else None, run_after=at)
        move(api, "d", f"r{day}", logical_date=at if day % 2 else None)
    start, end = NOW - timedelta(days=5), NOW + timedelta(days=1)
    for limit, days, complete in ((7, 6, start), (4, 4, NOW - timedelta(days=3)), (2, 2, NOW - timedelta(days=1))):
        monkeypatch.setattr(trends, "MOST_RUNS", limit)
        told = get(api, "/dags/d/calendar", start=start.isoformat(), end=end.isoformat())
        assert sum(cell["counts"]["queued"] for cell in told["cells"]) == days
        assert datetime.fromisoformat(told["complete_from"]) == complete


# --- The installation ---------------------------------------------------------------------------------------


def test_home_groups_failures_and_sees_what_healed(api: Api) -> None:
    api.lab.add(dag(), dag("e", {"x": []}))
    for number in range(3):
        run = api.lab.run(run_id=f"r{number}", run_after=NOW - timedelta(hours=3 - number))
        fail(api, run, "a", "ValueError", f"ValueError: row count {number} < 100")
        api.lab.set_run(run, DagRunState.FAILED)
    lost = api.lab.run("e", run_id="timeout")
    api.lab.set_run(lost, DagRunState.FAILED)
    told = get(api, "/home")
    groups = {group["dag_id"]: group for group in told["failures"]}
    assert (groups["d"]["count"], groups["d"]["task_id"], groups["d"]["healed"]) == (3, "a", False)
    assert groups["e"]["task_id"] is None and told["counts"]["failed_runs"] == 4
    good = api.lab.run(run_id="good", run_after=NOW)
    api.lab.set_run(good, DagRunState.SUCCESS)
    move(api, "d", "good", end_date=LATER)
    assert {group["dag_id"]: group["healed"] for group in get(api, "/home")["failures"]} == {"d": True, "e": False}


def test_a_failure_that_its_run_tolerated_is_not_healed_by_that_run(api: Api) -> None:
    api.lab.add(dag())
    run = api.lab.run(run_id="first", run_after=NOW)
    fail(api, run, "a", "ValueError", "ValueError: row count 99 < 100")
    api.lab.set_run(run, DagRunState.SUCCESS)
    move(api, "d", "first", end_date=LATER)
    for path in ("/home", "/dags/d/overview"):
        (group,) = get(api, path)["failures"]
        assert (group["tolerated"], group["healed"]) == (True, False), path
    good = api.lab.run(run_id="good", run_after=NOW + timedelta(hours=1))
    api.lab.set_run(good, DagRunState.SUCCESS)
    move(api, "d", "good", end_date=LATER)
    (group,) = get(api, "/home")["failures"]
    assert (group["tolerated"], group["healed"]) == (False, True)


def test_what_will_run_is_what_the_schedules_say(api: Api) -> None:
    hourly = TimetableSpec(kind="cron_trigger", crons=("30 * * * *",), summary="30 * * * *")
    api.lab.add(
        dag("h", {"x": []}, timetable=hourly, start_date=NOW - timedelta(days=1)),
        dag("p", {"x": []}, timetable=hourly, start_date=NOW - timedelta(days=1)),
    )
    next_run = {"next_run_after": NOW + timedelta(minutes=30), "next_logical_date": NOW + timedelta(minutes=30)}
    with write(api.store.engine) as connection:
        connection.execute(update(tables.dag).values(**next_run))
    api.lab.actions.set_paused("h", False)
    run = api.lab.run("h", run_id="now")
    api.lab.set_run(run, DagRunState.RUNNING)
    told = get(api, "/schedule", to=(NOW + timedelta(hours=3)).isoformat())
    assert [(item["dag_id"], item["run_after"]) for item in told["planned"]] == [
        ("h", "2026-03-01T12:30:00Z"),
        ("h", "2026-03-01T13:30:00Z"),
        ("h", "2026-03-01T14:30:00Z"),
    ]
    assert [(item["dag_id"], item["run_id"]) for item in told["runs"]] == [("h", "now")]
    assert len(get(api, "/home")["planned"]) == 12
    assert [cell["counts"] for cell in get(api, "/dags/h/calendar")["cells"]][-1]["planned"] > 1
    assert api.as_role("viewer").get(f"{UI}/schedule?from=2026-01-02&to=2026-01-01").status_code == 400


def test_lineage_goes_from_asset_to_asset(api: Api) -> None:
    names = ("ore", "iron", "steel", "ship")
    assets = {name: AssetSpec(name=name, uri=f"s3://{name}") for name in names}
    uses = {name: AssetUse(name=name, uri=f"s3://{name}") for name in names}

    def step(dag_id: str, source: str, target: str) -> DagSpec:
        of = {"t": {"inlets": (uses[source],), "outlets": (uses[target],)}}
        return dag(dag_id, {"t": []}, of=of, assets=(assets[source], assets[target]))

    api.lab.add(step("smelt", "ore", "iron"), step("forge", "iron", "steel"), step("weld", "steel", "ship"))
    ids = {row["name"]: row["id"] for row in api.lab.rows("asset")}

    def around(**params: Any) -> tuple[set[str], set[str]]:
        told = get(api, "/lineage", **params)
        return {asset["name"] for asset in told["assets"]}, {each["dag_id"] for each in told["dags"]}

    assert around(asset_id=ids["iron"], depth=2, direction="down") == ({"iron", "steel"}, {"forge"})
    assert around(asset_id=ids["iron"], depth=4, direction="up") == ({"iron", "ore"}, {"smelt"})
    assert around(dag_id="forge", depth=1) == ({"iron", "steel"}, {"forge"})
    assert around() == (set(names), {"smelt", "forge", "weld"})
    assert api.as_role("viewer").get(f"{UI}/lineage?asset_id=99999").status_code == 404


def test_search_finds_and_keeps_secrets(api: Api) -> None:
    api.lab.add(dag("shop_daily"), dag("mail", {"shop_task": []}))
    api.lab.run("mail", run_id="manual__shop")
    api.store.variables.set("shop_key", "x")

    def kinds(text: str, role: str = "viewer", **params: Any) -> list[tuple[str, str]]:
        return [(hit["kind"], hit["name"]) for hit in get(api, "/search", role, q=text, **params)["hits"]]

    assert kinds("shop") == [("dag", "shop_daily"), ("task", "shop_task")]
    assert kinds("SHOP_K", "op") == [("variable", "shop_key")]
    assert kinds("shop", kind=["variable"]) == []
    assert kinds("manual__") == [("run", "manual__shop")] and kinds("mail/man", kind="run") == [("run", "manual__shop")]
    assert kinds("mail man", kind="run") == [("run", "manual__shop")]
    assert kinds("%") == [] and kinds("_x") == []
    # what many DAGs have is found by parts of both names
    for both in ("ail/shop", "MAIL shop", "mail/", "il ma _task"):
        assert kinds(both, kind="task") == [("task", "shop_task")], both
    assert kinds("daily shop_t", kind="task") == []


def test_every_page_wants_a_login(sqlite_api: Api) -> None:
    for path in (
        "/session",
        "/home",
        "/dags",
        "/dags/d/grid",
        "/search?q=a",
        "/health",
        f"/dags/{quote('d/e', safe='')}",
    ):
        assert sqlite_api.anonymous.get(UI + path).status_code == 401


# --- Previews -----------------------------------------------------------------------------------------------


def test_previews_tell_what_marking_triggering_pausing_and_deleting_do(api: Api) -> None:
    api.lab.add(dag("d", params={"n": {"value": 1, "schema": {"type": "integer"}}}))
    run = api.lab.run(run_id="r")
    api.lab.force(run, a=S.FAILED, b=S.UPSTREAM_FAILED, c=S.UPSTREAM_FAILED)
    client = api.as_role("viewer")

    def post(path: str, body: dict[str, Any]) -> Any:
        answer = client.post(f"{UI}/preview/{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    marked = post("mark/d", {"dag_run_id": "r", "task_id": "a", "new_state": "success"})
    assert marked["tasks"] == {"a": 1, "b": 1, "c": 1} and marked["states"] == {"success": 1, "no_status": 2}
    assert api.lab.states(run)["a"] == "failed"
    whole = post("mark-run/d", {"dag_run_id": "r", "new_state": "failed"})
    assert whole["runs"] == ["r"] and whole["task_instances"] == 0 and whole["dag_id"] == "d"
    assert whole["sentence"] == "Marking as failed changes run r of d; its tasks stay as they are."
    wanted = post("trigger/d", {"logical_date": None, "conf": {"n": 2}})
    assert wanted["tasks"] == 3 and wanted["waits"] == ["the DAG is paused"] and wanted["conf"] == {"n": 2}
    assert len(api.lab.rows("dag_run")) == 1
    for body, status in (
        ({"logical_date": None, "conf": {"n": "x"}}, 400),
        ({"logical_date": None, "dag_run_id": "r"}, 409),
    ):
        assert client.post(f"{UI}/preview/trigger/d", json=body).status_code == status
    assert client.get(f"{UI}/preview/pause/d").json()["paused"] is True
    gone = client.get(f"{UI}/preview/delete/d/runs/r").json()
    assert (gone["runs"], gone["task_instances"]) == (1, 3)


def test_schedules_that_are_far_behind_hide_none_of_what_will_run(api: Api) -> None:
    every_minute = TimetableSpec(kind="cron_trigger", crons=("* * * * *",))
    nightly = TimetableSpec(kind="cron_trigger", crons=("0 3 * * *",))
    soon = TimetableSpec(kind="cron_trigger", crons=("45 * * * *",))
    behind = NOW.replace(hour=3) - timedelta(days=400)
    started = {"start_date": behind - timedelta(days=1)}
    late = [dag(f"late_{number}", {"x": []}, timetable=nightly, **started) for number in range(3)]
    flood = dag("flood", {"x": []}, timetable=every_minute, **started)
    api.lab.add(*late, flood, dag("soon", {"x": []}, timetable=soon, **started))
    coming = NOW + timedelta(minutes=45)
    with write(api.store.engine) as connection:
        for dag_id, at in [*((one.dag_id, behind) for one in (*late, flood)), ("soon", coming)]:
            connection.execute(
                update(tables.dag)
                .where(tables.dag.c.dag_id == dag_id)
                .values(next_run_after=at, next_logical_date=at, next_interval_start=at, next_interval_end=at)
            )
    for dag_id in ("late_0", "late_1", "late_2", "soon"):
        api.lab.actions.set_paused(dag_id, False)
    found, more = api.store.reads.schedule.planned(NOW, NOW + timedelta(hours=2), NOW, 2)
    assert ([(run.dag_id, run.run_after) for run in found], more) == (
        [("soon", coming), ("soon", coming + timedelta(hours=1))],
        False,
    )
    api.lab.actions.set_paused("flood", False)
    found, more = api.store.reads.schedule.planned(NOW, NOW + timedelta(hours=2), NOW, 2)
    assert ([(run.dag_id, run.run_after) for run in found], more) == (
        [("flood", NOW), ("flood", NOW + timedelta(minutes=1))],
        True,
    )
    later = NOW + timedelta(minutes=1)  # what was found before is not used for a later time that it lies before
    found, _ = api.store.reads.schedule.planned(later, NOW + timedelta(hours=2), later, 2)
    assert [run.run_after for run in found] == [later, later + timedelta(minutes=1)]
