"""All that a filter matches, to act on it: names, previews of many runs together, marks of many instances in one go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from api_lab import Api

from support.actions_lab import NOW, S, dag
from support.statements import statements
from tradewind.server.drawing import choices
from tradewind.spec.dag import DagSpec, LengthSpec
from tradewind.spec.states import DagRunState
from tradewind.store import tables
from tradewind.store.engine import write

T = "/api/tradewind"


def mapped(size: int) -> DagSpec:
    return dag("m", {"each": []}, of={"each": {"expand": LengthSpec(kind="literal", length=size)}})


def test_all_runs_that_the_filters_match_are_named(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    api.lab.add(dag("d"), dag("e"))
    for dag_id in ("d", "e"):
        for day in range(4):
            run = api.lab.run(dag_id, run_id=f"r{day}", logical_date=NOW - timedelta(days=day))
            api.lab.set_run(run, DagRunState.FAILED if day % 2 else DagRunState.SUCCESS)
    viewer = api.as_role("viewer")
    found = viewer.get(f"{T}/runs-matching", params={"state": "failed", "dag_id": "d"}).json()
    listed = viewer.get(f"{T}/runs", params={"state": "failed", "dag_id": "d"}).json()["runs"]
    assert [run["run_id"] for run in found["runs"]] == [run["run_id"] for run in listed]
    assert (len(found["runs"]), found["more"]) == (2, False)
    assert len(viewer.get(f"{T}/runs-matching").json()["runs"]) == 8
    assert len(viewer.get(f"{T}/runs-matching", params={"version": 1, "dag_id": "e"}).json()["runs"]) == 4
    monkeypatch.setattr(choices, "MOST", 3)
    most = viewer.get(f"{T}/runs-matching").json()
    assert (len(most["runs"]), most["more"]) == (3, True)


def test_all_dags_that_the_filters_match_are_named(api: Api) -> None:
    api.lab.add(*(dag(f"d{number}") for number in range(3)), dag("other"))
    api.store.actions.set_paused("d1", False, now=NOW)
    found = api.as_role("viewer").get(f"{T}/dags-matching", params={"search": "d"}).json()
    assert [(each["dag_id"], each["paused"]) for each in found["dags"]] == [("d0", True), ("d1", False), ("d2", True)]


def test_one_preview_tells_what_clearing_marking_and_deleting_many_runs_touches(api: Api) -> None:
    api.lab.add(dag("d", {"a": [], "b": ["a"]}))
    runs = [api.lab.run("d", run_id=f"r{number}", logical_date=NOW - timedelta(days=number)) for number in range(3)]
    for run in runs[:2]:
        api.lab.set_run(run, DagRunState.RUNNING)
        api.lab.force(run, a=S.SUCCESS, b=S.FAILED)
        api.lab.set_run(run, DagRunState.FAILED)
    named = [{"dag_id": "d", "dag_run_id": run.run_id} for run in runs]
    gone = {"dag_id": "d", "dag_run_id": "not_there"}

    def asked(**body: object) -> dict[str, object]:
        answer = api.as_role("user").post(f"{T}/preview/runs", json={"dag_runs": [*named, gone], **body})
        assert answer.status_code == 200, answer.text
        told: dict[str, object] = answer.json()
        assert [run["dag_run_id"] for run in told["refused"]] == ["not_there"]  # type: ignore[attr-defined]
        return told

    cleared = asked(action="clear", only_failed=True)
    assert cleared["parts"] == [{"dag_id": "d", "runs": ["r0", "r1"], "tasks": {"b": 2}, "task_instances": 2}]
    assert asked(action="clear", only_failed=False)["task_instances"] == 4, "what has not begun is left as it is"
    assert asked(action="delete")["unfinished"] == 1
    assert asked(action="delete")["task_instances"] == 6
    marked = asked(action="mark", new_state="success")
    assert marked["parts"][0]["runs"] == ["r0", "r1", "r2"]  # type: ignore[index]
    marked = asked(action="mark", new_state="failed")
    assert marked["parts"] == [{"dag_id": "d", "runs": ["r2"], "tasks": {"a": 1, "b": 1}, "task_instances": 2}], (
        "those that have failed are not touched"
    )
    missing = api.as_role("user").post(f"{T}/preview/runs", json={"dag_runs": named, "action": "mark"})
    assert missing.status_code == 400 and "new_state" in missing.text
    assert api.lab.states(runs[0]) == {"a": "success", "b": "failed"}, "nothing was changed"


def test_instances_are_ordered_by_their_times_and_go_on_where_a_page_ended(api: Api) -> None:
    api.lab.add(mapped(9))
    run = api.lab.run("m", run_id="r")
    ti = tables.task_instance.c
    with write(api.store.engine) as connection:
        for index in range(8):
            start = NOW + timedelta(minutes=(index * 5) % 8)
            end = None if index == 3 else start + timedelta(seconds=[30, 10, 20][index % 3])
            these = (ti.dag_run_id == run.id, ti.map_index == index)
            values = {"state": "running" if index == 3 else "success", "start_date": start, "end_date": end}
            connection.execute(tables.task_instance.update().where(*these).values(**values))
    viewer, url = api.as_role("viewer"), f"{T}/dags/m/runs/r/tasks/each/instances"

    def walked(order: str) -> list[int]:
        found: list[int] = []
        after = None
        while True:
            page = viewer.get(url, params={"order_by": order, "limit": 2, **({"after": after} if after else {})}).json()
            found += page["map_index"]
            after = page["next"]
            if after is None:
                return found

    assert walked("start_date") == [0, 5, 2, 7, 4, 1, 6, 3, 8]
    assert walked("-start_date") == [3, 6, 1, 4, 7, 2, 5, 0, 8]
    assert walked("duration") == [1, 4, 7, 2, 5, 0, 6, 3, 8], "those without an end last"
    assert walked("-duration") == [6, 0, 5, 2, 7, 4, 1, 8, 3]
    assert walked("-map_index") == list(range(8, -1, -1))
    assert walked("urgency")[0] == 3
    mark = viewer.get(url, params={"order_by": "duration", "limit": 2}).json()["next"]
    assert viewer.get(url, params={"order_by": "end_date", "after": mark}).status_code == 400
    names = viewer.get(f"{url}-matching", params={"state": "success"}).json()
    assert names == {"map_index": [0, 1, 2, 4, 5, 6, 7], "more": False}


def test_many_instances_are_marked_in_one_go(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(mapped(60))
    run = api.lab.run("m", run_id="r")
    api.lab.set_run(run, DagRunState.RUNNING)

    def mark(*indexes: int) -> list[str]:
        entities = [{"task_id": "each", "map_index": index, "new_state": "skipped"} for index in indexes]
        body = {"actions": [{"action": "update", "entities": entities, "action_on_non_existence": "skip"}]}
        with statements(api.store.engine) as asked:
            answer = api.v2.patch("/dags/m/dagRuns/r/taskInstances", json=body)
        assert answer.json()["update"]["errors"] == []
        assert sorted(answer.json()["update"]["success"]) == sorted(f"m.r.each[{index}]" for index in indexes)
        return asked

    few = sum("FROM task_instance" in text and "dag_run_id" in text for text in mark(*range(5)))
    many = sum("FROM task_instance" in text and "dag_run_id" in text for text in mark(*range(5, 45)))
    states = {task.map_index: task.state for task in api.lab.snapshot(run).tasks}
    assert [index for index, state in states.items() if state is S.SKIPPED] == list(range(45))
    assert many - few <= 40, "the instances are looked up; the run is read once"
