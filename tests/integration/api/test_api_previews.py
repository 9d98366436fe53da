"""What an action would make or touch, over REST."""

from __future__ import annotations

from datetime import timedelta

from api_lab import Api

from support.actions_lab import NOW, S, dag
from tradewind.spec.dag import MarkerSpec, TimetableSpec
from tradewind.spec.states import DagRunState

DAILY = TimetableSpec(kind="cron_interval", crons=("0 0 * * *",))
BASE = "/api/tradewind/preview"


def test_unpausing_says_how_many_runs(api: Api) -> None:
    start = NOW - timedelta(days=365)
    api.lab.add(
        dag("d", {"a": []}, timetable=DAILY, start_date=start, catchup=True),
        dag("latest", {"a": []}, timetable=DAILY, start_date=start),
        dag("none", {"a": []}),
    )
    client = api.as_role("viewer")
    found = client.get(f"{BASE}/unpause/d").json()
    assert (found["count"], found["exact"]) == (364, True)
    assert (found["first"][:10], found["last"][:10]) == ("2025-03-02", "2026-02-28")
    assert found["sentence"].startswith(
        "Unpausing d makes 364 runs at once from 2025-03-02T00:00:00+00:00 to 2026-02-28"
    )
    assert found["next_run_after"][:10] == "2026-03-02" and found["estimate"]["confidence"] == "none"
    assert client.get(f"{BASE}/unpause/latest").json()["count"] == 1
    assert client.get(f"{BASE}/unpause/none").json()["sentence"] == "Unpausing none makes no run at once."
    assert client.get(f"{BASE}/unpause/nothing").status_code == 404


def test_a_minutely_flood_is_counted_in_no_time(sqlite_api: Api) -> None:
    minutely = TimetableSpec(kind="cron_interval", crons=("* * * * *",))
    sqlite_api.lab.add(dag("d", {"a": []}, timetable=minutely, start_date=NOW - timedelta(days=3650), catchup=True))
    found = sqlite_api.as_role("viewer").get(f"{BASE}/unpause/d").json()
    assert not found["exact"] and abs(found["count"] - 3650 * 1440) < 2000
    assert found["last"][:16] == "2026-03-01T11:59"


def test_an_edited_schedule_says_how_many_runs(api: Api) -> None:
    api.lab.add(dag("d", {"a": []}, timetable=DAILY, start_date=NOW - timedelta(days=10)))
    client = api.as_role("viewer")
    body = {"dag_id": "d", "cron": "0 * * * *", "catchup": True}
    assert client.post(f"{BASE}/schedule", json=body).json()["count"] == 240
    assert client.post(f"{BASE}/schedule", json={**body, "start_date": "2026-02-28T12:00:00Z"}).json()["count"] == 24
    assert client.post(f"{BASE}/schedule", json={**body, "cron": "every day"}).status_code == 400
    assert client.post(f"{BASE}/schedule", json={**body, "timezone": "Mars"}).status_code == 400


def test_clearing_and_deleting_say_what_they_touch(api: Api) -> None:
    lab = api.lab
    lab.add(dag("d", {"a": [], "b": ["a"]}))
    for number in range(3):
        run = lab.run(logical_date=NOW + timedelta(days=number))
        lab.set_run(run, DagRunState.RUNNING)
        lab.force(run, a=S.SUCCESS, b=S.FAILED)
    client = api.as_role("viewer")
    found = client.post(f"{BASE}/clear/d", json={"task_ids": ["a"], "only_failed": False, "include_downstream": True})
    assert found.json()["tasks"] == {"a": 3, "b": 3}
    assert found.json()["sentence"].startswith(
        "Clearing lets 6 task instances of 2 tasks in 3 runs of d run again, from "
    )
    assert client.post(f"{BASE}/clear/d", json={}).json()["tasks"] == {"b": 3}
    found = client.get(f"{BASE}/delete/d").json()
    assert (found["runs"], found["unfinished"], found["task_instances"], found["backfills"]) == (3, 3, 6, 0)
    assert found["sentence"] == "Deleting d deletes 3 runs with 6 task instances, and 0 backfills."


def test_clearing_on_the_newest_version_says_what_that_has_beside(api: Api) -> None:
    lab = api.lab
    lab.add(dag("d", {"a": []}))
    run = lab.run(logical_date=NOW)
    lab.force(run, a=S.FAILED)
    lab.set_run(run, DagRunState.FAILED)
    lab.add(dag("d", {"a": [], "b": ["a"]}))
    client = api.as_role("user")
    body = {"dag_run_id": run.run_id, "dry_run": False}
    assert client.post(f"{BASE}/clear/d", json=body).json()["tasks"] == {"a": 1}
    newest = {**body, "run_on_latest_version": True}
    assert client.post(f"{BASE}/clear/d", json=newest).json()["tasks"] == {"a": 1, "b": 1}
    assert lab.states(run) == {"a": "failed"}
    done = client.post("/api/v2/dags/d/clearTaskInstances", json=newest).json()["task_instances"]
    assert [row["task_id"] for row in done] == ["a"] and lab.states(run) == {"a": None, "b": None}


def test_clearing_says_what_it_touches_in_other_dags(api: Api) -> None:
    lab = api.lab
    marker = MarkerSpec(dag_id="d2", task_id="x", logical_date="{{ ts }}")
    lab.add(dag("d", {"a": [], "m": ["a"]}, of={"m": {"marker": marker}}), dag("d2", {"w": [], "x": ["w"], "y": ["x"]}))
    runs = [lab.run(dag_id, logical_date=NOW) for dag_id in ("d", "d2")]
    lab.force(runs[0], a=S.FAILED, m=S.UPSTREAM_FAILED)
    lab.force(runs[1], w=S.SUCCESS, x=S.FAILED, y=S.UPSTREAM_FAILED)
    client = api.as_role("user")
    body = {"task_ids": ["a"], "include_downstream": True}
    found = client.post(f"{BASE}/clear/d", json=body).json()
    assert (found["tasks"], found["task_instances"], len(found["runs"])) == ({"a": 1, "m": 1}, 2, 1)
    assert found["dependents"] == [
        {"dag_id": "d2", "runs": [runs[1].run_id], "tasks": {"x": 1, "y": 1}, "task_instances": 2}
    ]
    assert found["sentence"] == (
        "Clearing lets 2 task instances of 2 tasks in 1 run of d run again. So do 2 task instances of 2 tasks in 1 run "
        "of d2, which depends on it."
    )
    own = client.post(f"{BASE}/clear/d", json={**body, "include_dependent_dags": False}).json()
    assert (own["tasks"], own["dependents"]) == ({"a": 1, "m": 1}, [])

    path = "/api/v2/dags/d/clearTaskInstances"
    of = [("d", "a"), ("d", "m"), ("d2", "x"), ("d2", "y")]
    dry = client.post(path, json=body).json()["task_instances"]
    assert [(row["dag_id"], row["task_id"]) for row in dry] == of
    assert lab.states(runs[1])["x"] == "failed"
    done = client.post(path, json={**body, "dry_run": False}).json()["task_instances"]
    assert [(row["dag_id"], row["task_id"]) for row in done] == of
    assert lab.states(runs[1]) == {"w": "success", "x": None, "y": None}


def test_a_circle_of_dags_is_an_answer(sqlite_api: Api) -> None:
    lab = sqlite_api.lab
    on = MarkerSpec(dag_id="d", task_id="m", logical_date="{{ macros.ds_add(ds, 1) }}", recursion_depth=1)
    lab.add(dag("d", {"m": []}, of={"m": {"marker": on}}))
    midnight = NOW.replace(hour=0)
    runs = [lab.run("d", logical_date=midnight + timedelta(days=day)) for day in range(3)]
    for run in runs:
        lab.force(run, m=S.SUCCESS)
    client = sqlite_api.as_role("user")
    answer = client.post(f"/api/v2/dags/d/dagRuns/{runs[0].run_id}/clear", json={})
    assert answer.status_code == 409
    assert "recursion_depth" in answer.text
    assert client.post(f"/api/v2/dags/d/dagRuns/{runs[2].run_id}/clear", json={}).json()["total_entries"] == 1
    alone = client.post(f"/api/v2/dags/d/dagRuns/{runs[0].run_id}/clear", json={"include_dependent_dags": False})
    assert alone.json()["total_entries"] == 1


def test_unpausing_with_consent(api: Api) -> None:
    api.lab.add(dag("d", {"a": []}, timetable=DAILY, start_date=NOW - timedelta(days=10)))
    client = api.as_role("user")
    path = "/api/tradewind/dags/d/unpause"
    api.store.actions.set_paused("d", True)
    assert client.post(path, json={"confirm_past_runs": True}).json() == {"dag_id": "d", "changed": True}
    assert client.post(path, json={}).json() == {"dag_id": "d", "changed": False}
    assert api.store.past_runs.past("d").confirmed == NOW
    assert api.as_role("viewer").post(path, json={}).status_code == 403
