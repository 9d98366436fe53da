"""Brings what changed to those who watch.  One hub per application, made by `server.app`, used by `server.live.routes`.

A thread follows the log of changes while somebody watches, in batches of at least 100 ms, reads what changed once for
all watchers, and hands each the events of his topics.  With no watcher nothing is asked; while nothing changes the
only cost is that of the store's wake-up.  A watcher who does not read is not waited for: when too much has piled up for
him, it is dropped and he is told to look anew.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, get_args

from tradewind.errors import TradewindError
from tradewind.ports.store import WakeUp
from tradewind.server import hidden
from tradewind.server.live.facts import Facts, Sent
from tradewind.server.live.models import HealthEvent, HelloEvent, Hinted, HintEvent, ResetEvent, ServiceState
from tradewind.store.access import unlimited
from tradewind.store.known_secrets import KnownSecrets
from tradewind.store.wakeup import LIVE

if TYPE_CHECKING:
    from tradewind.store import Store

logger = logging.getLogger(__name__)

BATCH_SECONDS = 0.1
"""Least time between two batches: what changes in between is sent together."""
HINT_SECONDS = 2.0
HEALTH_SECONDS = 5.0
LOOK_SECONDS = 30.0
"""The log is looked at this often even when no wake-up came."""
RETRY_SECONDS = 1.0
MOST_WAITING = 2000
"""Events that wait for one watcher before they are dropped."""
MOST_BYTES = 4 * 1024 * 1024
MOST_WATCHERS = 1000
HEARTBEAT_SECONDS = 15.0
BEAT = '{"kind":"beat"}'
KINDS = ("scheduler", "dag_processor", "triggerer")


class TooManyWatchersError(TradewindError):
    """The server has as many watchers as it takes."""


class Watcher:
    """One stream.  `put` and `end` are called from any thread, `events` runs in the event loop."""

    def __init__(self, topics: frozenset[str], sees: Callable[[str], bool], loop: asyncio.AbstractEventLoop) -> None:
        self.topics = topics
        self.sees = sees
        self.position = 0
        """The watcher was told of all that is in the log up to here."""
        self._loop = loop
        self._ready = asyncio.Event()
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._bytes = 0
        self._ended = False

    def put(self, events: Sequence[Sent], position: int) -> None:
        """Send events; the last one moves the position of the client.  Positions without events are sent with the next
        ones, so that nothing is sent when nothing concerns this watcher.
        """
        last = len(events) - 1
        blocks = [_block(event.name, event.data, position if at == last else None) for at, event in enumerate(events)]
        with self._lock:
            self.position = position
            self._waiting += blocks
            self._bytes += sum(map(len, blocks))
            if len(self._waiting) > MOST_WAITING or self._bytes > MOST_BYTES:
                self._waiting = [reset_block(position)]
                self._bytes = len(self._waiting[0])
        if blocks:
            self._wake()

    def end(self) -> None:
        """Close the stream; the client comes back by itself."""
        self._ended = True
        self._wake()

    async def take(self, timeout: float) -> str | None:
        """What there is to send, waiting for it up to `timeout` seconds; None at the end.

        With nothing to say it is a comment that keeps proxies from closing the stream, and the position, which the
        client keeps without being told of an event.
        """
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ready.wait(), timeout)
        self._ready.clear()
        if self._ended:
            return None
        with self._lock:
            taken, self._waiting, self._bytes = self._waiting, [], 0
            return "".join(taken) or ": still there\n" + _block("beat", BEAT, self.position)

    def _wake(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody reads any more
            self._loop.call_soon_threadsafe(self._ready.set)


class Hub:
    """All watchers of one application."""

    def __init__(
        self,
        store: Store,
        *,
        lease_ttl: float,
        now: Callable[[], datetime],
        secrets: KnownSecrets,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`lease_ttl`: seconds without a heartbeat after which a process counts as dead; `secrets` are in no event."""
        self._store = store
        self._secrets = secrets
        self._ttl = timedelta(seconds=lease_ttl)
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._watchers: set[Watcher] = set()
        self._wanted: Counter[str] = Counter()
        self._facts = Facts(store)
        self._position = 0
        self._thread: threading.Thread | None = None
        self._wakeup: WakeUp | None = None
        self._stopping = threading.Event()
        self._closed = False
        self._hints: set[str] = set()
        self._hints_at = 0.0
        self._health: tuple[tuple[str, bool], ...] = ()
        self._health_at = 0.0

    def join(self, watcher: Watcher, after: int | None) -> None:
        """Let a watcher in; `after`: the position up to which he knows everything, None: he begins.

        Raises TooManyWatchersError.  Blocks for a read of the database: not to be called in the event loop.
        """
        # what is read here is shared: each is sent what he sees
        with unlimited(), self._lock:
            if self._closed or len(self._watchers) >= MOST_WATCHERS:
                raise TooManyWatchersError("the server has as many live streams as it can", fix="try again later")
            newest = self._store.reads.changes.position()
            if not self._watchers:
                self._position = newest
            if after is None:
                watcher.put([_event(HelloEvent(position=newest))], newest)
            else:
                self._catch_up(watcher, after)
            self._watchers.add(watcher)
            self._wanted.update(_counted(watcher.topics))
            if self._thread is None:
                self._stopping = threading.Event()
                self._thread = threading.Thread(
                    target=self._follow, args=(self._stopping,), name="live-events", daemon=True
                )
                self._thread.start()

    def leave(self, watcher: Watcher) -> None:
        """The watcher went away."""
        with self._lock:
            if watcher not in self._watchers:
                return
            self._watchers.discard(watcher)
            self._wanted.subtract(_counted(watcher.topics))
            self._wanted += Counter()  # forgets what nobody wants
            if not self._watchers:
                self._stop()

    def close(self) -> None:
        """End all streams, and the thread.  May be called from any thread, twice."""
        with self._lock:
            self._closed = True
            for watcher in self._watchers:
                watcher.end()
            self._stop()

    def _stop(self) -> None:
        self._stopping.set()
        self._thread = None
        wakeup, self._wakeup = self._wakeup, None
        if wakeup is not None:
            # ends a wait; not here, as closing waits for the thread, which may wait for our lock
            threading.Thread(target=wakeup.close, name="close-wakeup", daemon=True).start()

    def _catch_up(self, watcher: Watcher, after: int) -> None:
        part = self._store.reads.changes.after(after)
        if part.lost:
            watcher.put([_event(ResetEvent(position=part.position))], part.position)
            return
        counted = _counted(watcher.topics)
        events = self._facts.events(part.changes, part.position, counted.__contains__)
        events += [_hint(topic, part.position) for topic in sorted(self._facts.hints(part.changes))]
        hello = _event(HelloEvent(position=part.position))
        watcher.put([*_for(watcher, events), hello], part.position)

    # --- The thread ------------------------------------------------------------------------------------------

    def _follow(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                wakeup = self._store.wakeup(LIVE)
            except TradewindError as error:
                logger.warning("live events wait for the database: %s", error)
                stopping.wait(RETRY_SECONDS)
                continue
            try:
                with self._lock:
                    if stopping.is_set():
                        return
                    self._wakeup = wakeup
                self._loop(wakeup, stopping)
            except TradewindError as error:
                # the streams go on: what was missed comes with the next batch
                logger.warning("live events wait for the database: %s", error)
                stopping.wait(RETRY_SECONDS)
            except Exception:
                logger.exception("live events: a batch failed, it is made again")
                stopping.wait(RETRY_SECONDS)
            finally:
                wakeup.close()

    def _loop(self, wakeup: WakeUp, stopping: threading.Event) -> None:
        while True:
            with self._lock:
                if stopping.is_set():
                    return
                self._batch()
                self._send_hints()
                self._send_health()
                timeout = self._timeout()
            looked = self._monotonic()
            wakeup.wait(timeout)
            # whatever woke us: no two batches closer together than this
            left = BATCH_SECONDS - (self._monotonic() - looked)
            if left > 0:
                stopping.wait(left)

    def _timeout(self) -> float:
        timeout = LOOK_SECONDS
        if self._hints:
            timeout = min(timeout, max(0.0, self._hints_at + HINT_SECONDS - self._monotonic()))
        if self._wanted["health"]:
            timeout = min(timeout, HEALTH_SECONDS)
        return timeout

    def _batch(self) -> None:
        hidden.enter(self._secrets)
        part = self._store.reads.changes.after(self._position)
        if part.position == self._position and not part.lost:
            return
        if part.lost:
            events = [_event(ResetEvent(position=part.position))]
        else:
            events = self._facts.events(part.changes, part.position, self._wanted.__contains__)
        # not before all is read: a batch that fails is made again
        self._position = part.position
        self._hints |= {topic for topic in self._facts.hints(part.changes) if self._wanted[topic]}
        self._tell(events)

    def _send_hints(self) -> None:
        if not self._hints or self._monotonic() - self._hints_at < HINT_SECONDS:
            return
        hints, self._hints, self._hints_at = self._hints, set(), self._monotonic()
        self._tell([_hint(topic, self._position) for topic in sorted(hints)])

    def _send_health(self) -> None:
        if not self._wanted["health"] or self._monotonic() - self._health_at < HEALTH_SECONDS:
            return
        self._health_at = self._monotonic()
        beats = self._store.reads.workers.heartbeats()
        oldest = self._now() - self._ttl
        health = tuple((kind, kind in beats and beats[kind][1] and beats[kind][0] >= oldest) for kind in KINDS)
        if self._health and health != self._health:
            services = [ServiceState(kind=kind, healthy=healthy) for kind, healthy in health]
            self._tell([_event(HealthEvent(position=self._position, services=services), "health")])
        self._health = health

    def _tell(self, events: list[Sent]) -> None:
        for watcher in self._watchers:
            if watcher.position > self._position:
                continue  # he came while this batch was on its way, and knows it
            watcher.put(_for(watcher, events), self._position)


async def stream(watcher: Watcher, still_may: Callable[[], bool]) -> AsyncIterator[str]:
    """The body of the answer; a `beat` every `HEARTBEAT_SECONDS` when there is nothing to say: browsers see no
    comments, and tell by it a quiet server from a connection that is dead.

    `still_may` is asked with each heartbeat, in a thread: a user who was removed is not told more.
    """
    yield "retry: 2000\n\n"
    loop = asyncio.get_running_loop()
    asked = loop.time()
    while True:
        text = await watcher.take(HEARTBEAT_SECONDS)
        if text is None:
            return
        yield text
        if loop.time() - asked >= HEARTBEAT_SECONDS:
            asked = loop.time()
            if not await asyncio.to_thread(still_may):
                return


def reset_block(position: int) -> str:
    """A `reset` as it is sent."""
    event = _event(ResetEvent(position=position))
    return _block(event.name, event.data, position)


def _block(name: str, data: str, position: int | None) -> str:
    mark = "" if position is None else f"id: {position}\n"
    return f"event: {name}\n{mark}data: {data}\n\n"


def _event(event: HelloEvent | ResetEvent | HintEvent | HealthEvent, *topics: str) -> Sent:
    """An event for those who watch one of the topics; without topics for everybody."""
    return Sent(event.kind, event.model_dump_json(), frozenset(topics), None)


def _hint(topic: str, position: int) -> Sent:
    named: Hinted = next(name for name in get_args(Hinted) if name == topic)
    return _event(HintEvent(position=position, topic=named), topic)


def _for(watcher: Watcher, events: Iterable[Sent]) -> list[Sent]:
    return [
        event
        for event in events
        if (not event.topics or not watcher.topics.isdisjoint(event.topics))
        and (event.dag_id is None or watcher.sees(event.dag_id))
    ]


def _counted(topics: Iterable[str]) -> list[str]:
    """The topics, and for those of task instances also the run that they are of."""
    found = list(topics)
    found += [topic.rsplit("/", 2)[0] for topic in found if topic.startswith("ti:")]
    return found
