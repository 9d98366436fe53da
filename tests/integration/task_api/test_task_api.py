"""What running tasks ask for, on a real store, in the shapes that `spec.wire` documents."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.errors import AirflowNotFoundException, ConflictError, InvalidError, NotFoundError
from tradewind.services.task_api import TaskApi
from tradewind.spec import wire
from tradewind.spec.states import DagRunState
from tradewind.store import Store

R = DagRunState


@pytest.fixture
def lab(store: Store) -> Lab:
    return Lab(store)


@pytest.fixture
def api(store: Store) -> TaskApi:
    return TaskApi(store, now=lambda: LATER)


def over_the_wire(value: object) -> Any:
    """The answer as a worker gets it."""
    reply = wire.decode_to_worker(wire.encode(wire.Reply(1, value)))
    assert isinstance(reply, wire.Reply)
    return reply.value


# --- Variables and Connections --------------------------------------------------------------------------------


def test_variables(api: TaskApi) -> None:
    assert api(wire.SetVariable("a", "1", "one")) is None
    assert api(wire.SetVariable("ab", "2")) is None
    assert api(wire.GetVariable("a")) == "1"
    assert over_the_wire(api(wire.ListVariables())) == ["a", "ab"]
    assert api(wire.ListVariables("ab")) == ["ab"]
    assert api(wire.DeleteVariable("a")) == 1
    assert api(wire.DeleteVariable("a")) == 0
    with pytest.raises(AirflowNotFoundException, match="variable 'a' does not exist"):
        api(wire.GetVariable("a"))
    with pytest.raises(InvalidError):
        api(wire.SetVariable("", "x"))


def test_connections(api: TaskApi, store: Store) -> None:
    data = wire.ConnectionData(conn_id="wh", conn_type="postgres", password="p", port=5432, extra='{"a": 1}')
    store.connections.add(data)
    assert msgspec.convert(over_the_wire(api(wire.GetConnection("wh"))), wire.ConnectionData) == data
    with pytest.raises(AirflowNotFoundException, match="connection 'nope' does not exist"):
        api(wire.GetConnection("nope"))


# --- XComs ----------------------------------------------------------------------------------------------------


def pull(api: TaskApi, run_id: str, task_ids: Any = None, **fields: Any) -> Any:
    request = wire.GetXCom(dag_id="d", run_id=run_id, key=fields.pop("key", "k"), task_ids=task_ids, **fields)
    return over_the_wire(api(request))


def test_only_the_running_attempt_of_a_task_may_push(api: TaskApi, lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    lab.set_run(run, R.RUNNING)
    lab.force(run, a=S.QUEUED)
    queued = lab.task(run, "a").attempt_id
    assert queued is not None
    with pytest.raises(AirflowNotFoundException, match="no longer the running attempt"):
        api(wire.SetXCom(attempt_id=queued, key="k", value="1"))
    lab.force(run, a=S.RUNNING)
    attempt = lab.task(run, "a").attempt_id
    assert attempt is not None
    with pytest.raises(AirflowNotFoundException):  # an earlier try
        api(wire.SetXCom(attempt_id=queued, key="k", value="1"))
    with pytest.raises(AirflowNotFoundException):
        api(wire.SetXCom(attempt_id="00000000-0000-7000-8000-ffffffffffff", key="k", value="1"))
    assert pull(api, run.run_id) == []
    assert api(wire.SetXCom(attempt_id=attempt, key="k", value='"old"')) is None
    assert api(wire.SetXCom(attempt_id=attempt, key="k", value='"new"')) is None
    assert pull(api, run.run_id, ("a",)) == [["a", -1, '"new"']]
    with pytest.raises(InvalidError, match="not JSON"):
        api(wire.SetXCom(attempt_id=attempt, key="k", value="{"))
    lab.actions.clear_tasks("d", run_id=run.run_id, now=LATER)
    with pytest.raises(AirflowNotFoundException):  # restarting: what it says no longer counts
        api(wire.SetXCom(attempt_id=attempt, key="k", value='"dead"'))
    assert pull(api, run.run_id) == [["a", -1, '"new"']]


@pytest.mark.parametrize("mark", ["success", "failed", "skipped"])
def test_a_marked_task_pushes_nothing_more(api: TaskApi, lab: Lab, mark: str) -> None:
    lab.add(dag())
    run = lab.run()
    lab.force(run, a=S.RUNNING)
    attempt = lab.task(run, "a").attempt_id
    assert attempt is not None
    lab.actions.set_task_state("d", run.run_id, "a", mark, now=LATER)
    with pytest.raises(AirflowNotFoundException):
        api(wire.SetXCom(attempt_id=attempt, key="k", value="1"))
    assert pull(api, run.run_id) == []


def test_pulls_follow_the_order_asked_for(api: TaskApi, lab: Lab) -> None:
    lab.add(dag())
    run, other = lab.run(run_id="one"), lab.run(run_id="two")
    for number, task_id in enumerate("cab"):
        lab.store.xcoms.set("d", run.run_id, task_id, "k", str(number), now=NOW + timedelta(seconds=number))
    lab.store.xcoms.set("d", run.run_id, "a", "other", "9", now=NOW)
    lab.store.xcoms.set("d", other.run_id, "a", "k", "9", now=NOW)
    assert pull(api, "one", ("b", "a", "nope")) == [["b", -1, "2"], ["a", -1, "1"]]
    assert pull(api, "one") == [["c", -1, "0"], ["a", -1, "1"], ["b", -1, "2"]]  # the newest last
    assert pull(api, "one", ("a",), map_indexes=(-1, 3)) == [["a", -1, "1"]]
    assert pull(api, "one", ("a",), map_indexes=(3,)) == []
    assert pull(api, "one", ("a",), key="nope") == []
    assert pull(api, "nope", ("a",)) == []


def test_prior_dates_give_the_newest_run_that_has_the_key(api: TaskApi, lab: Lab) -> None:
    lab.add(dag())
    for day in range(4):
        lab.run(run_id=f"r{day}", logical_date=NOW + timedelta(days=day))
    lab.run(run_id="undated")
    put = lab.store.xcoms.set
    put("d", "r0", "a", "k", '"a0"', now=LATER)  # written last, but of the oldest run
    put("d", "r1", "a", "k", '"a1"', now=NOW)
    put("d", "r0", "b", "k", '"b0"', now=NOW + timedelta(seconds=1))
    put("d", "r3", "b", "k", '"b3"', now=NOW)
    prior = {"include_prior_dates": True}
    assert pull(api, "r2", ("b", "a"), **prior) == [["b", -1, '"b0"'], ["a", -1, '"a1"']]
    assert pull(api, "r3", ("b",), **prior) == [["b", -1, '"b3"']]
    assert pull(api, "r0", ("a", "b", "c"), **prior) == [["a", -1, '"a0"'], ["b", -1, '"b0"']]
    assert pull(api, "r2", None, **prior) == [["a", -1, '"a1"'], ["b", -1, '"b0"']]
    assert pull(api, "undated", ("a",), **prior)[0][0] == "a"
    assert pull(api, "r2", ("a",), **prior, key="nope") == []
    assert pull(api, "r2", ("a",)) == []


@given(
    values=st.dictionaries(st.tuples(st.integers(0, 3), st.sampled_from("abc")), st.integers(0, 9), max_size=8),
    base=st.integers(0, 3),
    named=st.booleans(),
)
def test_prior_dates_agree_with_their_rule(
    sqlite_store: Store, values: dict[tuple[int, str], int], base: int, named: bool
) -> None:
    lab, api = Lab(sqlite_store), TaskApi(sqlite_store)
    if not lab.rows("dag"):
        lab.add(dag())
        for day in range(4):
            lab.run(run_id=f"r{day}", logical_date=NOW + timedelta(days=day))
    for record in [record for day in range(4) for record in sqlite_store.xcoms.list("d", f"r{day}")]:
        sqlite_store.xcoms.delete("d", record.run_id, record.task_id, record.key)
    for (day, task_id), value in values.items():
        sqlite_store.xcoms.set("d", f"r{day}", task_id, "k", str(value), now=NOW)
    expected = []
    for task_id in "abc":
        days = [day for day, name in values if name == task_id and day <= base]
        if days:
            expected.append([task_id, -1, str(values[max(days), task_id])])
    found = pull(api, f"r{base}", ("a", "b", "c") if named else None, include_prior_dates=True)
    assert sorted(found) == expected
    assert not named or found == expected


def test_people_read_and_write_xcoms_too(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    xcoms = lab.store.xcoms
    xcoms.set("d", run.run_id, "a", "k", json.dumps({"ä": "\x00"}), now=NOW, create=True)
    with pytest.raises(ConflictError, match="exists already"):
        xcoms.set("d", run.run_id, "a", "k", "2", now=NOW, create=True)
    xcoms.set("d", run.run_id, "a", "j", "2", now=NOW)
    xcoms.change("d", run.run_id, "a", "j", "3", now=NOW)
    assert [(x.key, json.loads(x.value)) for x in xcoms.list("d", run.run_id, "a")] == [("j", 3), ("k", {"ä": "\x00"})]
    assert list(xcoms.list("d", run.run_id, "b")) == []
    assert list(xcoms.list("d", run.run_id, map_index=1)) == []
    xcoms.delete("d", run.run_id, "a", "j")
    for call in (
        lambda: xcoms.delete("d", run.run_id, "a", "j"),
        lambda: xcoms.change("d", run.run_id, "a", "j", "1", now=NOW),
        lambda: xcoms.set("d", run.run_id, "zz", "j", "1", now=NOW),
        lambda: xcoms.set("d", "zz", "a", "j", "1", now=NOW),
    ):
        with pytest.raises(NotFoundError):
            call()


# --- Runs -----------------------------------------------------------------------------------------------------


def test_the_previous_run_is_the_newest_before(api: TaskApi, lab: Lab) -> None:
    lab.add(dag(), dag("other"))
    runs = [lab.run(run_id=f"r{day}", logical_date=NOW + timedelta(days=day), conf={"day": day}) for day in range(3)]
    lab.run("other", logical_date=NOW + timedelta(days=1, hours=1))
    lab.run(run_id="undated")
    lab.set_run(runs[0], R.SUCCESS)
    at = NOW + timedelta(days=2)
    found = over_the_wire(api(wire.GetPreviousRun(dag_id="d", logical_date=at)))
    info = msgspec.convert(found, wire.RunInfo)
    assert info == wire.RunInfo(**found)
    assert (info.run_id, info.logical_date, info.state, info.conf) == (
        "r1",
        NOW + timedelta(days=1),
        "queued",
        {"day": 1},
    )
    succeeded = api(wire.GetPreviousRun(dag_id="d", logical_date=at, state="success"))
    assert isinstance(succeeded, dict)
    assert (succeeded["run_id"], succeeded["start_date"]) == ("r0", NOW)
    assert api(wire.GetPreviousRun(dag_id="d", logical_date=NOW)) is None
    assert api(wire.GetPreviousRun(dag_id="d", logical_date=at, state="failed")) is None


def test_states_of_tasks_by_run(api: TaskApi, lab: Lab) -> None:
    lab.add(dag())
    one, _ = lab.run(run_id="one"), lab.run(run_id="two")
    lab.force(one, a=S.SUCCESS, b=S.RUNNING)
    states = over_the_wire(api(wire.GetTaskStates(dag_id="d", run_ids=("two", "one", "nope"))))
    assert states == {
        "two": {"a": None, "b": None, "c": None},
        "one": {"a": "success", "b": "running", "c": None},
    }
    assert api(wire.GetTaskStates(dag_id="d", run_ids=("one",), task_ids=("b", "zz"))) == {"one": {"b": "running"}}
    many = (*(f"t{number}" for number in range(2000)), "a")
    assert api(wire.GetTaskStates(dag_id="d", run_ids=("one",), task_ids=many)) == {"one": {"a": "success"}}
    assert api(wire.GetTaskStates(dag_id="nope", run_ids=("one",))) == {}


def test_many_threads_may_ask_at_once(api: TaskApi, lab: Lab) -> None:
    names: dict[str, list[str]] = {f"t{number}": [] for number in range(8)}
    lab.add(dag(shape=names))
    run = lab.run()
    lab.force(run, **dict.fromkeys(names, S.RUNNING))
    attempts = {task.task_id: task.attempt_id for task in lab.snapshot(run).tasks}
    barrier = threading.Barrier(len(names))
    errors: list[BaseException] = []

    def work(task_id: str) -> None:
        try:
            barrier.wait(60)
            for number in range(5):
                attempt = attempts[task_id]
                assert attempt is not None
                api(wire.SetXCom(attempt_id=attempt, key="k", value=str(number)))
                api(wire.SetVariable("shared", task_id))
                api(wire.GetVariable("shared"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(task_id,)) for task_id in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert pull(api, run.run_id, tuple(names)) == [[name, -1, "4"] for name in names]
