"""What tasks ask people, and deadlines, over REST: every answer is held against the OpenAPI description."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from api_lab import Api

from support.actions_lab import NOW, S, dag
from tradewind.ports.callbacks import NO_RUN, CallbackRow, DeadlineRow
from tradewind.ports.store import Step
from tradewind.spec import wire
from tradewind.store import tables
from tradewind.store.engine import write
from tradewind.store.uuid7 import uuid7

ASKED = "/dags/d/dagRuns/r/taskInstances/a/-1/hitlDetails"


def test_a_question_is_listed_shown_and_answered_once(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    assert api.v2.get(ASKED).status_code == 404
    api.lab.force(run, a=S.RUNNING)
    ti = api.lab.task(run, "a")
    question = wire.AskPeople(ti_id=ti.id, subject="Go on?", options=("Yes", "No"), body="*really*", params={"n": 3})
    api.store.task_actions.ask(question, NOW)
    shown = api.v2.get(ASKED).json()
    assert (shown["subject"], shown["response_received"], shown["task_instance"]["task_id"]) == ("Go on?", False, "a")
    assert shown["params"] == {"n": {"value": 3, "description": None, "schema": {}}}
    listed = api.v2.get("/dags/~/dagRuns/~/hitlDetails", params={"response_received": False, "subject_search": "go"})
    assert [found["subject"] for found in listed.json()["hitl_details"]] == ["Go on?"]
    assert listed.json()["total_entries"] == 1
    assert api.v2.patch(ASKED, json={"chosen_options": ["Maybe"]}).status_code == 400
    answered = api.v2.patch(ASKED, json={"chosen_options": ["Yes"], "params_input": {"n": 4}})
    assert answered.status_code == 200, answered.text
    assert answered.json()["params_input"] == {"n": 4}
    assert api.v2.patch(ASKED, json={"chosen_options": ["No"]}).status_code == 409
    assert api.v2.get(f"{ASKED}/tries/1").json()["chosen_options"] == ["Yes"]
    assert api.v2.get("/dags/d/dagRuns/r/hitlDetails", params={"response_received": False}).json()["total_entries"] == 0


def test_deadlines_are_listed(api: Api) -> None:
    api.lab.add(dag("d"))
    run = api.lab.run("d", run_id="r")
    due = NOW + timedelta(hours=1)
    row = DeadlineRow(uuid7(), run.id, "d", "", 0, "an hour", "queued_at", due, NOW)
    assert api.lab.apply(Step(fence="leader", revisions={run.id: 0}, deadlines=[row])) == set()
    root = str(api.v2.base_url).replace("/api/v2", "/api/tradewind").rstrip("/")
    found = api.v2.get(f"{root}/dags/~/dagRuns/~/deadlines").json()
    assert found["total_entries"] == 1
    assert (found["deadlines"][0]["alert_name"], found["deadlines"][0]["missed"]) == ("an hour", False)
    assert api.v2.get(f"{root}/dags/d/dagRuns/r/deadlines", params={"missed": True}).json()["deadlines"] == []


def test_a_fire_time_without_a_run_is_listed_and_goes_with_its_dag(api: Api) -> None:
    api.lab.add(dag("d"))
    absent = DeadlineRow(uuid7(), NO_RUN, "d", "", 0, None, "not_started", NOW, NOW, "missed", run_id="scheduled__1")
    callback = CallbackRow(uuid7(), NO_RUN, "deadline", "no run", NOW, dag_id="d", run_id="scheduled__1")
    assert api.lab.apply(Step(fence="leader", deadlines=[absent], callbacks=[callback])) == set()
    root = str(api.v2.base_url).replace("/api/v2", "/api/tradewind").rstrip("/")
    (found,) = api.v2.get(f"{root}/dags/d/dagRuns/scheduled__1/deadlines", params={"missed": True}).json()["deadlines"]
    assert (found["dag_run_id"], found["has_run"], found["state"]) == ("scheduled__1", False, "missed")
    assert [row.run_id for row in api.store.history.pending_callbacks()] == ["scheduled__1"]
    api.store.actions.delete_dag("d", now=NOW)
    assert api.v2.get(f"{root}/dags/~/dagRuns/~/deadlines").json()["total_entries"] == 0
    assert api.store.history.pending_callbacks() == []


def test_questions_are_listed_by_urgency_with_what_happens_without_an_answer(api: Api) -> None:
    api.lab.add(dag("d", {"a": [], "b": [], "c": [], "e": []}))
    run = api.lab.run("d", run_id="r")
    kinds: dict[str, dict[str, Any]] = {
        "a": {},
        "b": {"defaults": ("No",)},
        "c": {},
        "e": {"assigned_users": ({"id": "somebody", "name": "Some Body"},)},
    }
    api.lab.force(run, a=S.RUNNING, b=S.RUNNING, c=S.RUNNING, e=S.RUNNING)
    for task_id, fields in kinds.items():
        question = wire.AskPeople(
            ti_id=api.lab.task(run, task_id).id, subject=f"{task_id}?", options=("Yes", "No"), **fields
        )
        api.store.task_actions.ask(question, NOW)
    ti = tables.task_instance
    with write(api.store.engine) as connection:
        for task_id, hours, tries in (("a", 5, 0), ("b", 2, 0), ("c", 3, 4), ("e", None, 0)):
            due = None if hours is None else NOW + timedelta(hours=hours)
            these = (ti.c.dag_run_id == run.id, ti.c.task_id == task_id)
            values = {"state": "awaiting_input", "next_at": due, "max_tries": tries}
            connection.execute(ti.update().where(*these).values(**values))
    user = api.as_role("user")
    first = user.get("/api/tradewind/questions", params={"limit": 3}).json()
    told = [(part["detail"]["task_instance"]["task_id"], part["on_timeout"]) for part in first["questions"]]
    assert told == [("b", "defaults"), ("c", "retry"), ("a", "fail")], "what is due first at the top"
    (last,) = user.get("/api/tradewind/questions", params={"cursor": first["next_cursor"]}).json()["questions"]
    assert (last["due_at"], last["on_timeout"], last["may_answer"]) == (None, None, False), "others were asked"
    assert [part["may_answer"] for part in first["questions"]] == [True] * 3
    viewer = api.as_role("viewer")
    assert not any(part["may_answer"] for part in viewer.get("/api/tradewind/questions").json()["questions"])
    asked = user.get("/api/tradewind/home").json()["approvals"]
    assert [(ask["task_id"], ask["on_timeout"], ask["may_answer"]) for ask in asked] == [
        ("b", "defaults", True),
        ("c", "retry", True),
        ("a", "fail", True),
        ("e", None, False),
    ]
    assert asked[0]["defaults"] == ["No"]
    api.v2.patch(ASKED, json={"chosen_options": ["Yes"]})
    (answered,) = user.get("/api/tradewind/questions", params={"answered": True}).json()["questions"]
    assert (answered["detail"]["chosen_options"], answered["due_at"]) == (["Yes"], None)
