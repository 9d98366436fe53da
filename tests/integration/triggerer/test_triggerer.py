"""A real triggerer with its child process: triggers fire, fail, are cancelled, survive kills, and write to their task's
log.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from support.engine import Engine, dag
from tradewind.bootstrap import SystemClock
from tradewind.runtime.trigger_wire import HostConfig
from tradewind.services.task_api import TaskApi
from tradewind.services.trigger_process import TriggerProcess
from tradewind.services.triggerer import Triggerer
from tradewind.spec.dag import StartTrigger
from tradewind.spec.states import TaskInstanceState
from tradewind.store import Store, tables
from tradewind.store.engine import read
from tradewind.store.triggers import Watcher
from tradewind.store.uuid7 import uuid7

S = TaskInstanceState
WITHIN = 100.0
"""Seconds in which something must happen; how long all of it takes is nobody's concern."""
KEY = "dGVzdHMtdXNlLXRoaXMta2V5LWFuZC1ub2JvZHktZWw="
"""Of the fixtures' stores."""
MODULE = """
import asyncio
import time
from pathlib import Path

from tradewind.authoring.triggers.base import BaseEventTrigger, BaseTrigger, TriggerEvent
from tradewind.authoring.variable import Variable


class Noted(BaseTrigger):
    def __init__(self, folder, wait=True, block=0.0):
        super().__init__()
        self.folder, self.wait, self.block = folder, wait, block

    def serialize(self):
        return "waits.Noted", {"folder": self.folder, "wait": self.wait, "block": self.block}

    def note(self, what):
        with open(Path(self.folder) / what, "a") as file:
            file.write("x")

    async def run(self):
        self.note("started")
        self.log.info("waiting for %s", self.task_instance.task_id)
        print("printed by the trigger")
        time.sleep(self.block)
        if self.wait:
            await asyncio.Event().wait()
        yield TriggerEvent({"variable": Variable.get("who"), "task": self.task_instance.task_id})

    async def cleanup(self):
        self.note("cleanup")

    async def on_kill(self):
        self.note("on_kill")


class Ticker(BaseEventTrigger):
    def serialize(self):
        return "waits.Ticker", {}

    async def run(self):
        yield TriggerEvent(1)
        yield TriggerEvent(2)
        await asyncio.Event().wait()
"""


class Place:
    """A scheduler with a virtual clock, real triggerers, and a folder with a module of triggers."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.dags = folder / "dags"
        self.dags.mkdir()
        (self.dags / "waits.py").write_text(MODULE)
        self.engine = Engine(store, folder)
        self.logs = folder / "logs"

    @contextmanager
    def triggerer(self, capacity: int = 1000) -> Iterator[Triggerer]:
        config = HostConfig(bundle_path=str(self.dags))
        made = Triggerer(
            self.store.triggers,
            self.store.leases,
            SystemClock(),
            lambda tell: TriggerProcess(TaskApi(self.store), tell, config=config),
            holder=uuid7(),
            log_folder=self.logs,
            wakeup=self.store.wakeup(),
            capacity=capacity,
            ttl=timedelta(seconds=30),
        )
        stop = threading.Event()
        thread = threading.Thread(target=made.run, args=(stop,))
        thread.start()
        try:
            yield made
        finally:
            stop.set()
            thread.join(WITHIN)
            assert not thread.is_alive()

    def start(self, classpath: str, **kwargs: Any) -> Any:
        first = StartTrigger(trigger_class=classpath, trigger_kwargs=json.dumps(kwargs), next_method="go")
        self.engine.add(dag("d", {"a": []}, fields={"a": {"start_trigger": first}}))
        self.engine.lead()
        return self.engine.trigger("d")

    def until(self, condition: Callable[[], Any], so_far: Callable[[], Any] = lambda: None) -> Any:
        """Wait for it, looking whenever somebody wrote to the database, and at files a few times a second.

        It may take as long as it likes while `so_far` becomes another value."""
        wakeup = self.store.wakeup()
        try:
            came, since = so_far(), time.monotonic()
            while not (found := condition()):
                if (now := so_far()) != came:
                    came, since = now, time.monotonic()
                assert time.monotonic() < since + WITHIN, f"it did not happen, it came to {came}"
                wakeup.wait(0.1)
            return found
        finally:
            wakeup.close()

    def resumed(self) -> Any:
        self.until(lambda: self.store.triggers.fired(1))
        self.engine.changed()
        return self.engine.executor.one("a")

    def noted(self, what: str) -> int:
        path = self.folder / what
        return len(path.read_text()) if path.exists() else 0

    def log(self) -> str:
        return "".join(path.read_text() for path in self.logs.rglob("*.log"))


@pytest.fixture
def place(store: Store, tmp_path: Path) -> Place:
    return Place(store, tmp_path)


def test_a_trigger_of_the_dag_folder_fires_with_what_it_asked_for(place: Place) -> None:
    place.store.variables.set("who", "me")
    place.start("waits.Noted", folder=str(place.folder), wait=False)
    with place.triggerer():
        work = place.resumed()
        assert work.trigger_event is not None, work.next_kwargs
        assert json.loads(work.trigger_event) == {"variable": "me", "task": "a"}
        place.until(lambda: place.noted("cleanup"))
    assert (place.noted("started"), place.noted("cleanup"), place.noted("on_kill")) == (1, 1, 0)
    assert "waiting for a" in place.log()
    assert "printed by the trigger" in place.log()


def test_nothing_is_started_without_a_trigger(place: Place) -> None:
    with place.triggerer() as triggerer:
        place.until(lambda: place.store.reads.workers.heartbeats().get("triggerer"))
        assert triggerer._process.pid == 0


@pytest.mark.parametrize(
    ("classpath", "says"),
    [
        ("tradewind.authoring.triggers.testing.FailureTrigger", "this trigger fails on purpose"),
        ("no.such.Trigger", "No module named"),
    ],
)
def test_a_trigger_that_fails_tells_why(place: Place, classpath: str, says: str) -> None:
    place.start(classpath)
    with place.triggerer():
        work = place.resumed()
    about = json.loads(work.next_kwargs)
    assert work.next_method == "__fail__"
    assert says in about["error"]
    assert says in "".join(about["traceback"])
    assert says in place.log()


def test_a_log_that_cannot_be_written_ends_no_trigger(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.store.variables.set("who", "me")
    place.logs.write_text("a file where a folder should be")
    place.start("waits.Noted", folder=str(place.folder), wait=False)
    with place.triggerer():
        [fired] = place.until(lambda: place.store.triggers.fired(1))
    assert fired.outcome == "event" and "cannot be written" in caplog.text


def test_a_cleared_task_kills_its_trigger(place: Place) -> None:
    run = place.start("waits.Noted", folder=str(place.folder))
    with place.triggerer():
        place.until(lambda: place.noted("started"))
        place.store.actions.set_task_state("d", run.run_id, "a", S.FAILED)
        place.until(lambda: place.noted("cleanup"))
    assert (place.noted("on_kill"), place.noted("cleanup")) == (1, 1)


def test_a_triggerer_that_stops_leaves_its_triggers_to_others(place: Place) -> None:
    place.start("waits.Noted", folder=str(place.folder))
    with place.triggerer():
        place.until(lambda: place.noted("started"))
    assert (place.noted("on_kill"), place.noted("cleanup")) == (0, 1)
    with place.triggerer():
        place.until(lambda: place.noted("started") == 2)


def test_a_killed_child_is_replaced_and_its_triggers_start_again(place: Place) -> None:
    place.start("waits.Noted", folder=str(place.folder))
    with place.triggerer() as triggerer:
        place.until(lambda: place.noted("started"))
        os.kill(triggerer._process.pid, signal.SIGKILL)
        place.until(lambda: place.noted("started") == 2)


def test_a_trigger_that_blocks_the_others_is_named(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    place.store.variables.set("who", "me")
    place.start("waits.Noted", folder=str(place.folder), wait=False, block=1.5)
    with place.triggerer():
        place.resumed()
        place.until(lambda: "waits.Noted of d.a blocked all others" in caplog.text)


def seen(store: Store) -> list[Any]:
    """What watchers saw, in order."""
    with read(store.engine) as connection:
        return list(connection.execute(select(tables.watcher_event).order_by(tables.watcher_event.c.id)))


def test_a_watcher_goes_on_after_its_events(place: Place) -> None:
    now = place.engine.clock.now()
    watcher = Watcher("orders", "ticks", "waits.Ticker", "{}")
    place.store.triggers.set_watchers([watcher], now)
    with place.triggerer():
        events = place.until(lambda: len(found := seen(place.store)) == 2 and found)
    assert [(event.asset_name, event.watcher_name, event.payload) for event in events] == [
        ("orders", "ticks", "1"),
        ("orders", "ticks", "2"),
    ]
    place.store.triggers.set_watchers([watcher], now)
    assert len(place.store.triggers.claim("t9", 5, None, now)) == 1  # the same row, free again
    place.store.triggers.set_watchers([], now)
    assert place.store.triggers.held("t9") == frozenset()


@pytest.mark.timeout(1200)
def test_a_thousand_triggers_at_once_on_two_triggerers(place: Place) -> None:
    shape: dict[str, list[str]] = {f"t{number}": [] for number in range(1000)}
    first = StartTrigger(
        trigger_class="tradewind.authoring.triggers.testing.SuccessTrigger", trigger_kwargs="{}", next_method="go"
    )
    engine = place.engine
    engine.add(dag("d", shape, fields={name: {"start_trigger": first} for name in shape}, max_active_tasks=2000))
    engine.lead()
    engine.trigger("d")

    def fired() -> int:
        return len(place.store.triggers.fired(2000))

    with place.triggerer(), place.triggerer():
        place.until(lambda: fired() == 1000, fired)


def test_a_killed_triggerer_loses_nothing(place: Place, store_url: str) -> None:
    """A triggerer of the command line is killed with its wait running; another one on this host takes over."""
    place.start("waits.Noted", folder=str(place.folder))
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "TRADEWIND"))},
        "TRADEWIND_HOME": str(place.folder / "home"),
        "TRADEWIND_DATABASE_URL": store_url,
        "TRADEWIND_SECRET_KEY": KEY,
        "TRADEWIND_DAGS_FOLDER": str(place.dags),
    }
    command = [str(Path(sys.executable).with_name("tradewind")), "triggerer"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"waits for deferred tasks" in process.stdout.readline()
        place.until(lambda: place.noted("started"))
        process.kill()
    with place.triggerer():
        place.until(lambda: place.noted("started") == 2)
    assert place.noted("on_kill") == 0
