"""What instances of a mapped task ask for: their element of a list, which is read and taken apart once."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.actions_lab import NOW, Lab, S, dag
from tradewind.authoring.xcom import StoredXCom
from tradewind.runtime import large_values
from tradewind.runtime.xcom_elements import LazyDict, LazyList, XComPlace, elements_of
from tradewind.services.task_api import TaskApi
from tradewind.spec import serde, wire
from tradewind.store import Store, xcom_elements


@pytest.fixture
def lab(store: Store) -> Lab:
    return Lab(store)


def ask(api: TaskApi, run_id: str, index: int) -> Any:
    return api(wire.GetXComElement(dag_id="d", run_id=run_id, task_id="a", key="return_value", index=index))


def test_a_list_is_taken_apart_once_and_each_gets_its_element(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.add(dag())
    run = lab.run()
    api = TaskApi(lab.store)
    values = [{"n": number, "text": "x" * 20} for number in range(1000)]
    lab.store.xcoms.set("d", run.run_id, "a", "return_value", serde.dumps(values), now=NOW)
    taken: list[int] = []
    whole = xcom_elements._take_apart

    def counted(stored_at: datetime, text: str) -> Any:
        taken.append(len(text))
        return whole(stored_at, text)

    monkeypatch.setattr(xcom_elements, "_take_apart", counted)
    answers = [ask(api, run.run_id, index) for index in range(1000)]
    assert [serde.loads(text) for _, _, text in answers] == values
    assert {(kind, length) for kind, length, _ in answers} == {("list", 1000)}
    assert len(taken) == 1
    assert sum(len(text) for _, _, text in answers) < 1.1 * taken[0], "what is sent is about as long as the list, once"
    assert ask(api, run.run_id, 1000) == ["list", 1000, ""]
    assert ask(api, "nowhere", 0) == ["none", 0, ""]


def test_a_new_value_is_seen_at_once(lab: Lab) -> None:
    lab.add(dag())
    run = lab.run()
    api = TaskApi(lab.store)
    xcoms = lab.store.xcoms
    xcoms.set("d", run.run_id, "a", "return_value", "[1,2]", now=NOW)
    assert ask(api, run.run_id, 1) == ["list", 2, "2"]
    xcoms.change("d", run.run_id, "a", "return_value", "[1,3,4]", now=NOW)
    assert ask(api, run.run_id, 1) == ["list", 3, "3"]
    xcoms.set("d", run.run_id, "a", "return_value", '{"k": [1]}', now=NOW + timedelta(seconds=1))
    assert ask(api, run.run_id, 0) == ["dict", 1, '["k",[1]]']
    xcoms.delete("d", run.run_id, "a", "return_value")
    assert ask(api, run.run_id, 0) == ["none", 0, ""]


def test_what_is_no_list_comes_whole(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.add(dag())
    run = lab.run()
    api = TaskApi(lab.store)
    for number, text in enumerate(('"text"', "7", serde.dumps((1, 2)), serde.tagged(serde.BLOB, [1]))):
        lab.store.xcoms.set("d", run.run_id, "a", "return_value", text, now=NOW + timedelta(seconds=number))
        assert ask(api, run.run_id, 0) == ["whole", 0, text]
    monkeypatch.setattr(xcom_elements, "LARGEST", 4)
    lab.store.xcoms.set("d", run.run_id, "a", "return_value", "[1,2]", now=NOW + timedelta(minutes=1))
    assert ask(api, run.run_id, 0) == ["whole", 0, "[1,2]"]


def test_few_values_are_kept(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xcom_elements, "KEPT", 7)
    lab.add(dag())
    run = lab.run()
    for name in ("x", "y", "z"):
        lab.store.xcoms.set("d", run.run_id, "a", name, "[1]", now=NOW)
        api = wire.GetXComElement(dag_id="d", run_id=run.run_id, task_id="a", key=name, index=0)
        assert lab.store.xcoms.elements.get(api) == ["list", 1, "1"]
    assert [key for _, _, key in lab.store.xcoms.elements._known] == ["y", "z"]


def test_a_list_in_a_file_is_read_once(lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lab.add(dag())
    run = lab.run()
    lab.force(run, a=S.RUNNING)
    attempt = lab.task(run, "a").attempt_id
    assert attempt is not None
    api, value = (
        TaskApi(lab.store, spill_path=str(tmp_path)),
        [{"row": number, "text": "é" * 200} for number in range(500)],
    )
    place = StoredXCom("return_value", None, "d", "a", run.run_id)
    text = large_values.encode(value, place, attempt_id=attempt, request=api)
    assert serde.tag_of(text) == serde.BLOB
    lab.store.xcoms.set("d", run.run_id, "a", "return_value", text, now=NOW)
    reads: list[str] = []
    read = xcom_elements.read_blob
    monkeypatch.setattr(xcom_elements, "read_blob", lambda location: reads.append(location) or read(location))
    for index in (0, 7, 499):
        kind, length, element = ask(api, run.run_id, index)
        assert (kind, length, serde.loads(element)) == ("list", 500, value[index])
    assert ask(api, run.run_id, 500) == ["list", 500, ""]
    assert len(reads) == 1
    # what is not what was written, or cannot be had here, goes to the worker as it is
    file = Path(reads[0])
    for number, change in enumerate((lambda: file.write_text("[1]"), file.unlink)):
        change()
        lab.store.xcoms.set("d", run.run_id, "a", "return_value", text, now=NOW + timedelta(seconds=number + 1))
        assert ask(api, run.run_id, 0) == ["whole", 0, text]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4) | st.tuples(inner),
    max_leaves=12,
)


@settings(max_examples=150)
@given(st.lists(VALUES, max_size=6) | st.dictionaries(st.text(), VALUES, max_size=6), st.integers(0, 6))
def test_elements_are_those_of_the_value(value: Any, first: int) -> None:
    """Whatever the value, an element read alone is the element of the value read whole."""
    text = serde.dumps(value)

    def request(asked: wire.Request) -> Any:
        if isinstance(asked, wire.GetXCom):
            return [["a", -1, text]]
        assert isinstance(asked, wire.GetXComElement)
        parts = xcom_elements._take_apart(NOW, text)
        if parts is None:
            return ["whole", 0, text]
        return [parts.kind, len(parts.texts), parts.texts[asked.index] if asked.index < len(parts.texts) else ""]

    found = elements_of(XComPlace(request, "d", "r", "a", "return_value"), first, None)
    whole = serde.loads(text)
    assert isinstance(found, LazyList | LazyDict) or found == whole
    assert len(found) == len(whole)
    if isinstance(found, LazyDict):
        assert [found.at(index) for index in range(len(found))] == list(whole.items())
        assert dict(found) == whole
        return
    assert [found[index] for index in range(len(whole))] == whole == list(found)
    assert found[1:3] == whole[1:3]
    if isinstance(found, LazyList):
        with pytest.raises(IndexError, match="none at index"):
            found[len(whole)]


def test_lists_are_json(lab: Lab) -> None:
    """What is kept is what any JSON reader sees."""
    parts = xcom_elements._take_apart(NOW, json.dumps(["ä", "\ud83d\ude00", 10**30, 1.5e300]))
    assert parts is not None and [json.loads(text) for text in parts.texts] == ["ä", "😀", 10**30, 1.5e300]
