"""Values that are too large for a row, and what becomes of their files."""

from __future__ import annotations

import dataclasses
import importlib
import json
import pathlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.actions_lab import LATER, Lab, S, dag
from tradewind.authoring.xcom import BaseXCom, StoredXCom
from tradewind.errors import AirflowException, AirflowNotFoundException, InvalidError
from tradewind.ports.store import AttemptChange, Step, TaskChange
from tradewind.runtime import large_values, xcom_backend
from tradewind.server import xcom_values
from tradewind.server.xcom_values import shown
from tradewind.services.janitor import Janitor
from tradewind.services.task_api import TaskApi
from tradewind.spec import serde, wire
from tradewind.spec.states import AttemptState, DagRunState
from tradewind.store import Store
from tradewind.testing.clock import VirtualClock

BIG = ["x" * 1000] * 100
"""100 KB of JSON."""


class Shop:
    """A running task with a place for large values."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.api = TaskApi(store, now=lambda: LATER, spill_path=str(folder))
        self.lab = Lab(store)
        self.lab.add(dag())
        self.run = self.lab.run()
        self.lab.set_run(self.run, DagRunState.RUNNING)
        self.start()
        self.janitor = Janitor(store, VirtualClock(LATER))

    def start(self) -> None:
        self.lab.force(self.run, a=S.RUNNING)
        attempt = self.lab.task(self.run, "a").attempt_id
        assert attempt is not None
        self.attempt = attempt

    def end(self) -> None:
        """The attempt fails, as the leader writes it."""
        snapshot, task = self.lab.snapshot(self.run), self.lab.task(self.run, "a")
        step = Step(fence="leader", revisions={self.run.id: snapshot.run.revision})
        step.tasks.append(
            TaskChange(self.run.id, task.id, S.RUNNING, self.attempt, S.UP_FOR_RETRY, {"end_date": LATER})
        )
        step.attempts.append(AttemptChange(self.run.id, self.attempt, AttemptState.FAILED, end_date=LATER))
        assert self.lab.apply(step) == set()

    def place(self, key: str = "k") -> StoredXCom:
        return StoredXCom(key, None, "d", "a", self.run.run_id)

    def encode(self, value: Any, key: str = "k") -> str:
        return large_values.encode(value, self.place(key), attempt_id=self.attempt, request=self.api)

    def push(self, value: Any, key: str = "k") -> str:
        text = self.encode(value, key)
        self.api(wire.SetXCom(attempt_id=self.attempt, key=key, value=text))
        return text

    def decode(self, text: str) -> Any:
        return large_values.decode(text, self.place(), self.api)

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def sweep(self) -> int:
        return self.janitor.run_once(LATER)["xcom_blob"]


@pytest.fixture
def shop(store: Store, tmp_path: Path) -> Shop:
    return Shop(store, tmp_path / "xcom")


def test_small_values_ask_nobody(shop: Shop) -> None:
    def nobody(request: wire.Request) -> Any:
        raise AssertionError(request)

    text = large_values.encode([1, 2], shop.place(), attempt_id="", request=nobody)
    assert text == "[1,2]" and large_values.decode(text, shop.place(), nobody) == [1, 2]


@pytest.mark.parametrize(
    "value",
    [BIG, {"nested": {"of": BIG, "at": datetime(2024, 1, 1, tzinfo=UTC)}}, b"\x00\xff" * 50_000, "ü" * 70_000],
    ids=["list", "nested", "bytes", "text"],
)
def test_large_values_come_back_and_the_row_stays_small(shop: Shop, value: Any) -> None:
    text = shop.push(value)
    assert len(text) < 500
    assert shop.decode(text) == value
    (file,) = shop.files()
    assert file.stat().st_mode & 0o077 == 0  # nobody else may read it
    shown = serde.display(text)
    assert isinstance(shown, str) and "bytes)" in shown


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
        | st.datetimes() | st.dates() | st.decimals(allow_nan=False, allow_infinity=False),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
        max_leaves=20,
    )
)  # fmt: skip
def test_whatever_the_size_the_value_is_the_same(shop: Shop, value: Any) -> None:
    assert shop.decode(shop.encode(value)) == value
    padded = [value, "x" * 70_000]
    assert shop.decode(shop.encode(padded)) == padded


@dataclasses.dataclass
class Order:
    at: date
    price: Decimal
    file: pathlib.Path


def test_objects_become_dicts_of_their_fields(shop: Shop) -> None:
    import pydantic

    class Model(pydantic.BaseModel):
        at: date
        many: list[int]

    order = Order(date(2024, 1, 2), Decimal("1.10"), pathlib.Path("/a/b"))
    assert shop.decode(shop.encode(order)) == dataclasses.asdict(order)
    assert shop.decode(shop.encode(Model(at=date(2024, 1, 2), many=[1]))) == {"at": date(2024, 1, 2), "many": [1]}


def test_data_libraries(shop: Shop) -> None:
    numpy, pandas = importlib.import_module("numpy"), importlib.import_module("pandas")
    for rows in (3, 100_000):
        frame = pandas.DataFrame({"a": range(rows), "b": [f"t{n}" for n in range(rows)]})
        array = numpy.arange(rows, dtype="float64").reshape(-1, 1)
        assert shop.decode(shop.encode(frame)).equals(frame)
        assert shop.decode(shop.encode({"in": [frame]}))["in"][0].equals(frame)
        assert (shop.decode(shop.encode(array)) == array).all()
    with pytest.raises(serde.SerdeError, match=r"return value\.tolist"):
        shop.encode(numpy.array([object()]))


def test_a_limit_is_told_before_anything_is_written(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(large_values.LIMIT_VARIABLE, "90000")
    with pytest.raises(serde.XComTooLarge, match="over the limit of 90,000"):
        shop.encode(BIG)
    with pytest.raises(serde.XComTooLarge, match="over the limit of 90,000"):
        shop.encode(b"x" * 100_000)
    assert shop.files() == [] and shop.lab.rows("xcom_blob") == []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "is not what was written"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"x", b"y", 1)), "is not what was written"),
        (lambda path: path.unlink(), "cannot be read: No such file"),
    ],
    ids=["cut", "changed", "gone"],
)
def test_a_damaged_file_is_never_a_value(shop: Shop, harm: Callable[[Path], Any], words: str) -> None:
    text = shop.push(BIG)
    harm(shop.files()[0])
    with pytest.raises(AirflowException, match=words):
        shop.decode(text)


def test_files_go_with_their_xcoms(shop: Shop) -> None:
    first, second = shop.push(BIG), shop.push([*BIG, 1], "other")
    assert shop.sweep() == 0
    replaced = shop.push([*BIG, 2])
    assert shop.sweep() == 0  # its attempt runs: what it wrote may not be referred to yet
    shop.end()
    assert shop.sweep() == 1
    assert shop.decode(replaced)[-1] == 2 and shop.decode(second)[-1] == 1
    with pytest.raises(AirflowNotFoundException):
        shop.decode(first)
    shop.store.xcoms.delete("d", shop.run.run_id, "a", "other")
    assert shop.sweep() == 1
    shop.lab.set_run(shop.run, DagRunState.FAILED)
    shop.store.actions.delete_run("d", shop.run.run_id, now=LATER)
    assert shop.sweep() == 1
    assert shop.files() == [] and shop.lab.rows("xcom_blob") == []
    assert not shop.folder.exists() or list(shop.folder.iterdir()) == []


def test_what_a_killed_attempt_left_is_found(shop: Shop) -> None:
    shop.encode(BIG)  # written, and the worker died before it could say so
    shop.api(wire.ReserveBlob(attempt_id=shop.attempt, key="k", bytes=1, suffix=".bin"))  # died before it wrote
    shop.end()
    assert shop.sweep() == 2
    assert shop.files() == [] and shop.lab.rows("xcom_blob") == []


def test_a_dead_attempt_gets_no_place(shop: Shop) -> None:
    dead = shop.attempt
    shop.end()
    with pytest.raises(AirflowNotFoundException, match="no longer the running attempt"):
        shop.api(wire.ReserveBlob(attempt_id=dead, key="k", bytes=1, suffix=".bin"))
    with pytest.raises(InvalidError):
        shop.api(wire.ReserveBlob(attempt_id=dead, key="k", bytes=1, suffix="/../../x"))


# --- Custom backends ------------------------------------------------------------------------------------------

KEPT: dict[str, Any] = {}
PURGED: list[tuple[str, Any]] = []


class Elsewhere(BaseXCom):
    """Lists go to a place of its own; everything else is stored as always."""

    @staticmethod
    def serialize_value(value: Any, *, key: str, task_id: str, **_: Any) -> Any:
        if isinstance(value, list):
            KEPT[f"{task_id}.{key}"] = value
            value = f"elsewhere://{task_id}.{key}"
        return BaseXCom.serialize_value(value)

    @staticmethod
    def deserialize_value(result: Any) -> Any:
        value = BaseXCom.deserialize_value(result)
        return KEPT[value.removeprefix("elsewhere://")] if str(value).startswith("elsewhere://") else value

    @staticmethod
    def purge(xcom: Any, *args: Any) -> None:
        PURGED.append((xcom.key, BaseXCom.deserialize_value(xcom)))


class Oldest(BaseXCom):
    """As for Airflow 2.2: bytes, and no further arguments."""

    @staticmethod
    def serialize_value(value: Any) -> Any:  # type: ignore[override]
        return json.dumps({"wrapped": value}).encode("utf-8")

    @staticmethod
    def deserialize_value(result: Any) -> Any:
        return json.loads(result.value)["wrapped"]


def test_custom_backends(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = shop.push({"a": 1}, "plain")
    monkeypatch.setenv("AIRFLOW__CORE__XCOM_BACKEND", f"{__name__}.Elsewhere")
    text = shop.push([1, 2, 3])
    assert "elsewhere://a.k" in text and serde.display(text) == "elsewhere://a.k"
    assert shop.decode(text) == [1, 2, 3]
    assert shop.decode(shop.push(7, "seven")) == 7
    assert shop.decode(plain) == {"a": 1}  # from before the backend
    large = shop.push("x" * 100_000, "large")
    assert len(large) < 500 and shop.decode(large) == "x" * 100_000
    monkeypatch.setenv("AIRFLOW__CORE__XCOM_BACKEND", f"{__name__}.Oldest")
    assert shop.decode(shop.push([1, "a"], "old")) == [1, "a"]
    monkeypatch.delenv("AIRFLOW__CORE__XCOM_BACKEND")
    with pytest.raises(AirflowException, match="written by a custom backend"):
        shop.decode(text)
    monkeypatch.setenv("AIRFLOW__CORE__XCOM_BACKEND", "no_such_module.Backend")
    with pytest.raises(AirflowException, match="cannot be imported"):
        shop.encode(1)


# --- State stores ---------------------------------------------------------------------------------------------


def test_the_state_store_outlives_a_retry_and_not_a_clear(shop: Shop) -> None:
    def get(key: str = "job") -> Any:
        return shop.api(wire.GetState(attempt_id=shop.attempt, key=key))

    assert get() is None
    shop.api(wire.SetState(attempt_id=shop.attempt, key="job", value='"j-1"'))
    dead = shop.attempt
    shop.end()
    with pytest.raises(AirflowNotFoundException, match="no longer the running attempt"):
        shop.api(wire.SetState(attempt_id=dead, key="job", value='"stray"'))
    shop.start()
    assert get() == '"j-1"'
    shop.api(wire.SetState(attempt_id=shop.attempt, key="job", value='"j-2"'))
    assert get() == '"j-2"'
    shop.lab.actions.clear_tasks("d", run_id=shop.run.run_id, task_ids=["b"], now=LATER)
    assert get() == '"j-2"'  # another task
    shop.lab.force(shop.run, a=S.SUCCESS)
    shop.lab.actions.clear_tasks("d", run_id=shop.run.run_id, task_ids=["a"], now=LATER)
    shop.start()
    assert get() is None


def test_entries_expire(shop: Shop) -> None:
    for key, retention in (("default", None), ("short", 60.0), ("for ever", -1.0)):
        shop.api(wire.SetState(attempt_id=shop.attempt, key=key, value="1", retention=retention))
    states = shop.store.task_states
    owner = states.owner("d", shop.run.run_id, "a", -1)
    keys = [
        [entry.key for entry in states.list(owner, LATER + after, 10, 0)[0]]
        for after in (timedelta(0), timedelta(seconds=60), timedelta(days=30))
    ]
    assert keys == [["default", "for ever", "short"], ["default", "for ever"], ["for ever"]]
    assert shop.janitor.run_once(LATER + timedelta(seconds=60))["task_state"] == 1
    assert shop.api(wire.DeleteState(attempt_id=shop.attempt)) == 2


def test_assets_remember_across_runs(shop: Shop) -> None:
    asset = ("orders", "s3://lake/orders")
    shop.api(wire.SetState(attempt_id=shop.attempt, key="watermark", value='"2024-01-01"', asset=asset))
    assert shop.api(wire.GetState(attempt_id=shop.attempt, key="watermark", asset=asset)) == '"2024-01-01"'
    shop.end()
    shop.lab.set_run(shop.run, DagRunState.FAILED)
    shop.store.actions.delete_run("d", shop.run.run_id, now=LATER)
    entry = shop.store.asset_states.get("orders", "watermark")
    assert entry is not None and json.loads(entry.updated_by or "")["task_id"] == "a"
    assert shop.store.asset_states.delete("orders") == 1
    assert shop.store.asset_states.list("orders", 10, 0) == ([], 0)


@pytest.mark.parametrize(("key", "value"), [("", "1"), ("x" * 600, "1"), ("a\x00", "1"), ("k", "{")])
def test_bad_entries_are_refused(shop: Shop, key: str, value: str) -> None:
    with pytest.raises(InvalidError):
        shop.api(wire.SetState(attempt_id=shop.attempt, key=key, value=value))


def test_a_backend_is_told_before_a_task_runs_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__XCOM_BACKEND", f"{__name__}.Elsewhere")
    PURGED.clear()
    shop.push([1], "first")
    shop.push("plain text", "second")
    first_try = wire.TaskWork(
        attempt_id="x",
        ti_id="x",
        dag_id="d",
        task_id="a",
        map_index=-1,
        try_number=1,
        max_tries=1,
        run=wire.RunInfo(dag_id="d", run_id=shop.run.run_id, run_type="manual", run_after=LATER),
        source=wire.DagSource(bundle_path="", relative_fileloc="", digest=""),
        log_path="",
    )

    def nobody(request: wire.Request) -> Any:
        raise AssertionError(request)

    assert xcom_backend.earlier_xcoms(first_try, nobody) == []
    second_try = msgspec.structs.replace(first_try, try_number=2)
    xcom_backend.purge(xcom_backend.earlier_xcoms(second_try, shop.api))
    assert PURGED == [("first", "elsewhere://a.first"), ("second", "plain text")]
    monkeypatch.setenv("AIRFLOW__CORE__XCOM_BACKEND", f"{__name__}.Oldest")
    assert xcom_backend.earlier_xcoms(second_try, nobody) == []  # it has nothing to purge


def test_the_api_shows_large_values_as_json(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shop.push(BIG)
    assert serde.tag_of(text) == serde.BLOB and shown(shop.store, text, "big") == BIG
    assert shown(shop.store, shop.push(b"x" * 100_000, "b"), "b").startswith("bytes, 100,000 of them")
    monkeypatch.setattr(xcom_values, "LARGEST", 1000)
    assert shown(shop.store, text, "big").startswith("list of")


def test_the_api_tells_why_a_large_value_cannot_be_shown(shop: Shop) -> None:
    text = shop.push(BIG)
    (file,) = shop.files()
    file.write_text("[]")
    assert shown(shop.store, text, "big").endswith("cannot be shown: its file is not what was written there")
    file.unlink()
    assert "it cannot be shown: the large XCom at" in shown(shop.store, text, "big")
