"""The stream of events: real servers, real databases, writers in other processes' place."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from api_lab import Api

from support.actions_lab import LATER, NOW, Lab, S, dag
from tradewind.core.pictures import CODES
from tradewind.server.live import hub as hubs
from tradewind.server.live.hub import Hub, TooManyWatchersError, Watcher
from tradewind.spec.states import DagRunState
from tradewind.store import Store
from tradewind.store.known_secrets import KnownSecrets

Event = dict[str, Any]


class Stream:
    """A client of the stream."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self.last_id: str | None = None
        self._lines = answer.iter_lines()

    def __iter__(self) -> Iterator[Event]:
        name, data = "", ""
        for line in self._lines:
            if line.startswith("event: "):
                name = line[7:]
            elif line.startswith("id: "):
                self.last_id = line[4:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line and data:
                event = json.loads(data)
                assert event["kind"] == name
                name, data = "", ""
                yield event

    def until(self, kind: str, **fields: Any) -> list[Event]:
        """The events up to the first of this kind with these fields."""
        found = []
        for event in self:
            found.append(event)
            if event["kind"] == kind and fields.items() <= event.items():
                return found
        raise AssertionError(f"the stream ended without {kind} {fields}: {found}")


@contextmanager
def watching(api: Api, *topics: str, position: int | None = None, last_id: str | None = None) -> Iterator[Stream]:
    """A stream with these topics, as a browser of the administrator opens it."""
    params: list[tuple[str, str | int]] = [("topic", topic) for topic in topics]
    if position is not None:
        params.append(("position", position))
    headers = {"authorization": f"Bearer {api.token('admin')}"}
    if last_id is not None:
        headers["last-event-id"] = last_id
    with (
        httpx.Client(base_url=api.url, timeout=30, headers=headers) as client,
        client.stream("GET", "/api/tradewind/events", params=params) as answer,
    ):
        assert answer.status_code == 200, answer.read()
        yield Stream(answer)


def test_what_changes_is_told_to_those_who_watch_it(api: Api) -> None:
    api.lab.add(dag(), dag("e", {"x": []}))
    topics = ("dag:d", "run:d/r", "ti:d/r/b/-1", "dags")
    with watching(api, *topics) as stream:
        stream.until("hello")
        run = api.lab.run(run_id="r")
        (made,) = [event for event in stream.until("run") if event["kind"] == "run"]
        assert made["new"] and made["run"]["run_id"] == "r" and made["run"]["state"] == "queued"
        api.lab.run("e", run_id="other")
        assert stream.until("run", dag_id="e")[-1]["run"]["run_id"] == "other"

        api.lab.force(run, a=S.SUCCESS, b=S.FAILED)
        events = stream.until("cells")
        cells = events[-1]
        told = dict(zip(cells["tasks"], cells["codes"], strict=True))
        assert {task: CODES[byte] for task, byte in told.items()} == {"a": "success", "b": "failed"}
        both, single = (event["items"] for event in events if event["kind"] == "tasks")
        assert {item["task_id"]: item["state"] for item in both} == {"a": "success", "b": "failed"}
        assert [(item["task_id"], item["try_number"], item["start"]) for item in single] == [
            ("b", 1, round(NOW.timestamp() * 1000))
        ]

        api.lab.set_run(run, DagRunState.FAILED)
        assert stream.until("run", dag_id="d")[-1]["run"]["state"] == "failed"
        api.lab.actions.set_paused("d", False)
        assert stream.until("dag")[-1]["paused"] is False
        api.lab.actions.delete_run("d", "r")
        assert stream.until("gone")[-1]["run_id"] == "r"


def test_a_task_that_is_gone_is_seen_by_reading_the_run_anew(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(dag())
    run = api.lab.run(run_id="r")
    api.lab.force(run, a=S.SUCCESS, b=S.SUCCESS, c=S.SUCCESS)
    api.lab.set_run(run, DagRunState.SUCCESS)
    with watching(api, "dag:d") as stream:
        stream.until("hello")
        api.lab.actions.delete_task("d", "r", "b")
        (event,) = stream.until("run")
        assert event["refetch"] and not event["new"]


def test_only_what_was_asked_for_comes(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(dag(), dag("e", {"x": []}))
    with watching(api, "dag:e") as stream:
        stream.until("hello")
        api.lab.run("d")
        api.lab.actions.set_paused("d", False)
        api.lab.actions.set_paused("e", False)
        (event,) = stream.until("dag")
        assert event["dag_id"] == "e"


def test_a_hint_tells_what_to_fetch_anew(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(dag())
    run = api.lab.run()
    with watching(api, "home", "pools") as stream:
        stream.until("hello")
        api.lab.force(run, a=S.FAILED)
        assert stream.until("hint")[-1]["topic"] == "home"
        api.store.pools.add("small", 1)
        assert stream.until("hint", topic="pools")


def test_ids_with_slashes_are_watched_by_their_encoding(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(dag("a.b", {"x": []}))
    with watching(api, "run:a%2Eb/r%2B1", "dag:a.b") as stream:
        stream.until("hello")
        api.lab.run("a.b", run_id="r+1")
        assert stream.until("run")[-1]["run"]["run_id"] == "r+1"


def test_a_position_of_an_answer_is_where_the_stream_goes_on(api: Api) -> None:
    api.lab.add(dag())
    position = api.as_role("viewer").get("/api/tradewind/dags/d/grid").json()["position"]
    run = api.lab.run(run_id="between")
    api.lab.force(run, a=S.SUCCESS)
    with watching(api, "dag:d", position=position) as stream:
        events = stream.until("hello")
    assert [event["kind"] for event in events] == ["run", "cells", "hello"]
    assert events[0]["run"]["run_id"] == "between" and events[0]["new"]


def test_what_is_missed_for_too_long_is_fetched_anew(api: Api) -> None:
    api.lab.add(dag())
    with watching(api, "dags") as stream:
        stream.until("hello")
        seen = stream.last_id
    for _ in range(5):
        api.lab.run()
    log = api.store.change_log
    log.trim(log.newest())
    with watching(api, "dags", last_id=seen) as stream:
        (event,) = stream.until("reset")
    assert event["position"] == log.newest()
    with watching(api, "dags", last_id=str(2**40)) as stream:  # of a database that was restored from a backup
        assert stream.until("reset")


def test_an_id_that_is_none_of_ours_is_answered_like_one_of_too_long_ago(sqlite_api: Api) -> None:
    sqlite_api.lab.add(dag())
    for odd in ("0x1f", "another-server:7", "9" * 30):
        with watching(sqlite_api, "dags", last_id=odd) as stream:
            assert next(iter(stream))["kind"] == "reset"


def test_resume_misses_nothing_under_concurrent_writes(api: Api) -> None:
    """Writers in several connections; a client that loses its connection all the time ends with the truth."""
    api.lab.add(*(dag(f"d{number}", {"x": []}) for number in range(4)))
    runs = [api.lab.run(f"d{number}", run_id="r") for number in range(4)]
    over = threading.Event()

    def write(number: int) -> None:
        with Store(api.store.engine.url.render_as_string(hide_password=False), None) as store:
            for turn in range(15):
                store.actions.set_run_note(f"d{number}", "r", f"note {turn}", now=LATER)
        if all(not thread.is_alive() for thread in writers if thread is not threading.current_thread()):
            over.set()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    known: dict[str, str | None] = {}
    with watching(api, "dags") as stream:
        stream.until("hello")
        last_id = stream.last_id
    for writer in writers:
        writer.start()
    while not over.is_set():
        with watching(api, "dags", last_id=last_id) as stream:
            for seen, event in enumerate(stream):
                if event["kind"] == "run":
                    known[event["dag_id"]] = event["run"]["note"]
                assert event["kind"] != "reset"
                if stream.last_id is not None and seen > 2:
                    break
                if event["kind"] == "hello":
                    break
            last_id = stream.last_id or last_id
    for writer in writers:
        writer.join()
    with watching(api, "dags", last_id=last_id) as stream:
        for event in stream.until("hello"):
            if event["kind"] == "run":
                known[event["dag_id"]] = event["run"]["note"]
    assert known == {run.dag_id: "note 14" for run in runs}


# --- The hub: what a server does inside ---------------------------------------------------------------------


def hub_of(store: Store) -> Hub:
    return Hub(store, lease_ttl=30, now=lambda: NOW, secrets=KnownSecrets(store))


def everything(_dag_id: str) -> bool:
    return True


async def told(watcher: Watcher, word: str) -> str:
    """What a watcher is told up to a text that has the word in it."""
    text = ""
    while word not in text:
        more = await asyncio.wait_for(watcher.take(20), 30)
        assert more is not None, f"the stream ended: {text}"
        text += more
    return text


def test_two_servers_tell_the_same_and_one_goes_on_for_the_other(store: Store, store_url: str) -> None:
    """The scheduler writes through a third connection; a client moves from one server to the other."""

    async def watch(first: Hub, second: Hub, lab: Lab) -> None:
        loop = asyncio.get_running_loop()
        one, two = (Watcher(frozenset({"dags"}), everything, loop) for _ in range(2))
        await asyncio.to_thread(first.join, one, None)
        await asyncio.to_thread(second.join, two, None)
        run = await asyncio.to_thread(lambda: lab.run(run_id="r1"))
        for watcher in (one, two):
            assert '"run_id":"r1"' in await told(watcher, "event: run")
        first.leave(one)
        await asyncio.to_thread(lab.set_run, run, DagRunState.RUNNING)
        again = Watcher(frozenset({"dags"}), everything, loop)
        await asyncio.to_thread(second.join, again, one.position)
        assert '"state":"running"' in await told(again, "event: hello")

    with Store(store_url, None) as other:
        first, second = hub_of(store), hub_of(other)
        lab = Lab(store)
        lab.add(dag())
        try:
            asyncio.run(watch(first, second, lab))
        finally:
            first.close()
            second.close()


def test_whoever_does_not_read_is_told_to_look_anew(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "MOST_WAITING", 3)
    lab = Lab(sqlite_store)
    lab.add(dag())

    async def watch(hub: Hub) -> None:
        watcher = Watcher(frozenset({"dags"}), everything, asyncio.get_running_loop())
        await asyncio.to_thread(hub.join, watcher, None)
        reader = Watcher(frozenset({"dags"}), everything, asyncio.get_running_loop())
        await asyncio.to_thread(hub.join, reader, None)
        for number in range(6):
            await asyncio.to_thread(lambda number=number: lab.run(run_id=f"r{number}"))
            await told(reader, f'"run_id":"r{number}"')
        text = await told(watcher, "event: reset")
        assert text.count("event: ") < 6 and "event: hello" not in text

    hub = hub_of(sqlite_store)
    try:
        asyncio.run(watch(hub))
    finally:
        hub.close()


def test_what_somebody_may_not_see_is_not_sent(sqlite_store: Store) -> None:
    lab = Lab(sqlite_store)
    lab.add(dag(), dag("secret", {"x": []}))

    async def watch(hub: Hub) -> None:
        watcher = Watcher(frozenset({"dags", "dag:secret"}), "d".__eq__, asyncio.get_running_loop())
        await asyncio.to_thread(hub.join, watcher, 0)
        await asyncio.to_thread(lambda: lab.run("secret", run_id="hidden"))
        await asyncio.to_thread(lambda: lab.run("d", run_id="shown"))
        assert "secret" not in await told(watcher, '"run_id":"shown"')

    hub = hub_of(sqlite_store)
    try:
        asyncio.run(watch(hub))
    finally:
        hub.close()


def test_with_nobody_there_nothing_is_followed(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "MOST_WATCHERS", 1)

    async def watch(hub: Hub) -> list[threading.Thread]:
        watcher, other = (Watcher(frozenset({"dags"}), everything, asyncio.get_running_loop()) for _ in range(2))
        await asyncio.to_thread(hub.join, watcher, None)
        with pytest.raises(TooManyWatchersError):
            await asyncio.to_thread(hub.join, other, None)
        threads = [thread for thread in threading.enumerate() if thread.name == "live-events"]
        hub.leave(watcher)
        hub.leave(watcher)
        return threads

    (thread,) = asyncio.run(watch(hub_of(sqlite_store)))
    thread.join(60)
    assert not thread.is_alive()


def test_a_user_who_was_removed_is_told_no_more(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "HEARTBEAT_SECONDS", 0.02)

    async def watch() -> list[str]:
        watcher = Watcher(frozenset({"dags"}), everything, asyncio.get_running_loop())
        answers = iter([True, False])
        return [text async for text in hubs.stream(watcher, lambda: next(answers))]

    texts = asyncio.run(watch())
    assert texts[0].startswith("retry:") and all("event: beat\nid: " in text for text in texts[1:])


@pytest.mark.parametrize("topic", ["", "dag:", "dag:a/b", "run:a", "ti:a/b/c", "ti:a/b/c/x", "weather", "DAGS"])
def test_a_topic_that_is_none_is_refused_in_one_sentence(sqlite_api: Api, topic: str) -> None:
    answer = sqlite_api.as_role("viewer").get("/api/tradewind/events", params={"topic": topic})
    assert answer.status_code == 400 and "topic" in answer.json()["detail"]


def test_the_stream_wants_a_login(sqlite_api: Api) -> None:
    assert sqlite_api.anonymous.get("/api/tradewind/events?topic=dags").status_code == 401
