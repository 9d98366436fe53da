"""Backfills over REST: Airflow's routes as its clients use them, and those beyond."""

from __future__ import annotations

from datetime import timedelta

from api_lab import Api

from support.actions_lab import NOW, dag
from tradewind.spec.dag import TimetableSpec
from tradewind.spec.states import DagRunState

DAILY = TimetableSpec(kind="cron_interval", crons=("0 0 * * *",))
BEYOND = "/api/tradewind"
BODY = {"dag_id": "d", "from_date": "2026-02-01T00:00:00Z", "to_date": "2026-02-05T00:00:00Z"}


def add(api: Api) -> None:
    api.lab.add(dag("d", {"a": [], "b": ["a"]}, timetable=DAILY, start_date=NOW - timedelta(days=60)))


def test_the_life_of_a_backfill_as_airflow_clients_know_it(api: Api) -> None:
    add(api)
    client = api.as_role("user")
    planned = client.post("/api/v2/backfills/dry_run", json=BODY).json()
    assert planned["total_entries"] == 5
    assert [item["logical_date"][:10] for item in planned["backfills"]] == [f"2026-02-0{n}" for n in range(1, 6)]
    made = client.post("/api/v2/backfills", json={**BODY, "dag_run_conf": {"x": 1}, "max_active_runs": 3})
    assert made.status_code == 200
    backfill = made.json()
    assert (backfill["dag_id"], backfill["is_paused"], backfill["completed_at"]) == ("d", False, None)
    assert (backfill["dag_run_conf"], backfill["reprocess_behavior"], backfill["max_active_runs"]) == (
        {"x": 1}, "none", 3,
    )  # fmt: skip
    again = client.post("/api/v2/backfills", json=BODY)
    assert again.status_code == 409 and f"backfill {backfill['id']}" in again.json()["detail"]
    path = f"/api/v2/backfills/{backfill['id']}"
    assert client.get(path).json() == backfill
    assert client.put(f"{path}/pause").json()["is_paused"] is True
    assert client.put(f"{path}/unpause").json()["is_paused"] is False
    assert client.post(f"{path}/pause").json()["is_paused"] is True
    ended = client.put(f"{path}/cancel").json()
    assert ended["completed_at"] is not None
    for verb in ("pause", "unpause", "cancel"):
        assert client.put(f"{path}/{verb}").status_code == 409
    listed = client.get("/api/v2/backfills", params={"dag_id": "d"}).json()
    assert (listed["total_entries"], listed["backfills"]) == (1, [ended])


def test_what_cannot_be(api: Api) -> None:
    add(api)
    client = api.as_role("user")

    def status(**fields: object) -> int:
        return client.post("/api/v2/backfills", json={**BODY, **fields}).status_code

    assert status(dag_id="nothing") == 404
    assert status(to_date="2026-01-01T00:00:00Z") == 422
    assert status(to_date="2036-01-01T00:00:00Z") == 422
    assert status(reprocess_behavior="all") == 422
    assert status(more=1) == 422
    assert client.get("/api/v2/backfills/77").status_code == 404
    assert client.get("/api/v2/backfills").status_code == 422
    assert api.as_role("viewer").post("/api/v2/backfills", json=BODY).status_code == 403
    assert api.as_role("viewer").post("/api/v2/backfills/dry_run", json=BODY).status_code == 403


def test_the_preview_gives_each_date_its_reason_and_an_estimate(api: Api) -> None:
    add(api)
    lab = api.lab
    at = NOW.replace(month=2, day=2, hour=0)
    done, failed = lab.run(logical_date=at), lab.run(logical_date=at + timedelta(days=1))
    lab.set_run(done, DagRunState.RUNNING)
    lab.set_run(done, DagRunState.SUCCESS)
    lab.set_run(failed, DagRunState.RUNNING)
    lab.set_run(failed, DagRunState.FAILED)
    lab.run(logical_date=at + timedelta(days=2))
    client = api.as_role("user")
    plan = client.post(f"{BEYOND}/preview/backfill", json={**BODY, "reprocess_behavior": "failed"}).json()
    assert [(run["action"], run["reason"].split(":")[0]) for run in plan["runs"]] == [
        ("create", "no run yet"),
        ("skip", "already exists"),
        ("rerun", "cleared existing run"),
        ("skip", "in flight"),
        ("create", "no run yet"),
    ]
    assert plan["counts"] == {"create": 2, "rerun": 1, "skip": 2} and plan["exact"] is True
    assert plan["estimate"]["confidence"] in ("none", "low") and plan["estimate"]["basis"]
    assert plan["tasks"] == ["a", "b"]


def test_dates_tasks_and_all_the_rest(api: Api) -> None:
    add(api)
    client = api.as_role("user")
    body = {
        "dag_id": "d",
        "dates": ["2026-02-03", "2026-02-01T00:00:00+00:00"],
        "only": ["missing", "failed"],
        "tasks": {"task_ids": ["a"], "include_downstream": True},
        "stop_after": 2,
        "is_paused": True,
    }
    made = client.post(f"{BEYOND}/backfills", json=body)
    assert made.status_code == 201
    backfill = made.json()
    assert [date[:10] for date in backfill["dates"]] == ["2026-02-01", "2026-02-03"]
    assert (backfill["only"], backfill["stop_after"], backfill["is_paused"]) == (["missing", "failed"], 2, True)
    assert (backfill["expected"], backfill["planned"], backfill["runs"], backfill["skipped"]) == (2, 0, {}, 0)
    path = f"{BEYOND}/backfills/{backfill['id']}"
    assert client.patch(path, json={"max_active_runs": 4}).json()["max_active_runs"] == 4
    assert client.patch(path, json={"max_active_runs": 0}).status_code == 400
    assert client.get(f"{path}/runs").json()["backfill_runs"] == []
    assert client.post(f"{path}/retry").json() == {"retried": 0}
    assert client.get(f"{BEYOND}/backfills", params={"active": True}).json()["total_entries"] == 1
    (listed,) = client.get(f"{BEYOND}/backfills").json()["backfills"]
    assert (listed["runs"], listed["skipped"]) == (None, None)
    (counted,) = client.get(f"{BEYOND}/backfills", params={"counted": True}).json()["backfills"]
    assert counted == client.get(path).json() and counted["runs"] is not None
    assert client.get(f"{BEYOND}/backfills", params={"active": False}).json()["total_entries"] == 0
    assert client.get(f"{BEYOND}/backfills/99/runs").status_code == 404
    assert client.post(f"{BEYOND}/backfills", json={**body, "dates": ["2026-02-01T01:00:00Z"]}).status_code == 400
    assert client.post(f"{BEYOND}/backfills", json={**body, "tasks": {"task_ids": ["x"]}}).status_code == 404


def test_a_retry_is_shown_before_it_is_done(api: Api) -> None:
    add(api)
    client = api.as_role("user")
    first = client.post(f"{BEYOND}/backfills", json={**BODY, "is_paused": True}).json()["id"]
    path = f"{BEYOND}/preview/backfills/{first}/retry"
    shown = client.get(path).json()
    assert shown.pop("sentence").endswith("nothing runs again.")
    assert shown == {
        "dag_id": "d", "run_count": 0, "runs": [], "tasks": {}, "task_instances": 0, "at_once": 10,
        "dag_is_paused": True,
    }  # fmt: skip
    # what the retry would be refused for, the preview is
    client.put(f"/api/v2/backfills/{first}/cancel")
    second = client.post(f"{BEYOND}/backfills", json=BODY).json()["id"]
    for method, refused in (("GET", path), ("POST", f"{BEYOND}/backfills/{first}/retry")):
        answer = client.request(method, refused)
        assert answer.status_code == 409 and f"backfill {second} of DAG" in answer.json()["detail"]
    assert api.as_role("viewer").get(path).status_code == 409
    assert client.get(f"{BEYOND}/preview/backfills/99/retry").status_code == 404


def test_partition_keys(api: Api) -> None:
    table = TimetableSpec(kind="cron_partition", crons=("0 0 * * *",), key_format="%Y-%m-%d", partitioned=True)
    api.lab.add(dag("p", {"a": []}, timetable=table))
    client = api.as_role("user")
    body = {"dag_id": "p", "partition_keys": ["2026-02-01", "2026-02-03"]}
    plan = client.post(f"{BEYOND}/preview/backfill", json=body).json()
    assert [(run["partition_key"], run["logical_date"][:10]) for run in plan["runs"]] == [
        ("2026-02-01", "2026-02-01"), ("2026-02-03", "2026-02-03"),
    ]  # fmt: skip
    made = client.post(f"{BEYOND}/backfills", json=body)
    assert made.status_code == 201
    shown = made.json()
    assert (shown["partition_keys"], shown["dates"], shown["expected"]) == (body["partition_keys"], None, 2)
    assert (shown["from_date"][:10], shown["to_date"][:10]) == ("2026-02-01", "2026-02-03")
    wrong = client.post(f"{BEYOND}/backfills", json={**body, "partition_keys": ["eu"]})
    assert wrong.status_code == 400 and "key_format" in wrong.json()["detail"]


def test_a_custom_timetable_that_nobody_answers_for(api: Api) -> None:
    api.lab.add(dag("own", {"a": []}, timetable=TimetableSpec(kind="custom")))
    client = api.as_role("user")
    for path in (f"{BEYOND}/preview/backfill", f"{BEYOND}/backfills", "/api/v2/backfills/dry_run"):
        answer = client.post(path, json={**BODY, "dag_id": "own"})
        assert answer.status_code == 504 and "no DAG processor runs" in answer.json()["detail"], path


def test_backfills_and_their_runs_go_by_cursor(sqlite_api: Api) -> None:
    add(sqlite_api)
    client, path = sqlite_api.as_role("user"), "/api/tradewind/backfills"
    for day in range(1, 6):
        dates = {"from_date": f"2026-02-{day:02}T00:00:00Z", "to_date": f"2026-02-{day:02}T00:00:00Z"}
        assert client.post(path, json={"dag_id": "d", **dates}).status_code == 201

    def pages(where: str, name: str, **query: object) -> list[list[int]]:
        found, cursor = [], ""
        while True:
            page = client.get(where, params={"limit": 2, "cursor": cursor, **query}).json()
            found.append([each["id"] for each in page[name]])
            if page["next_cursor"] is None:
                return found
            cursor = page["next_cursor"]

    assert pages(path, "backfills", order_by="-id") == [[5, 4], [3, 2], [1]]
    assert pages(path, "backfills", active=True) == [[1, 2], [3, 4], [5]]
    assert client.get(f"{path}/1/runs", params={"cursor": ""}).json()["next_cursor"] is None
    deadlines = client.get("/api/tradewind/dags/~/dagRuns/~/deadlines", params={"cursor": ""})
    assert deadlines.json() == {
        "deadlines": [], "total_entries": 0, "total_entries_limit": 10000, "next_cursor": None, "previous_cursor": None,
    }  # fmt: skip
