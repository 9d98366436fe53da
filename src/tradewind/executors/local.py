"""Attempts run in warm worker processes of this machine.  Made by `bootstrap`, driven by `services.scheduler`.

Workers are forked from a preloaded template (`runtime.zygote`) as work asks for them, up to `slots`, and stay.  One
I/O thread reads all of their sockets and makes all reports; `submit`, `grant` and `cancel` write to a worker's socket
on the caller's thread, so that a tiny task costs no extra hop.  Requests of tasks are answered by a few threads.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec

from tradewind.core.phrases import say
from tradewind.errors import TradewindError
from tradewind.executors.local_io import SocketLoop
from tradewind.executors.local_worker import LOSS_HINTS, Attempt, WorkerHandle, ended_itself, loss, note_loss
from tradewind.ports.executor import Claimed, Finished, Lost, Report, Serve
from tradewind.runtime import processes, zygote
from tradewind.runtime.framing import FrameError
from tradewind.runtime.worker_config import ENTRY, EXIT_RETIRED, EXIT_STOPPED, PRELOAD, WorkerConfig
from tradewind.spec import wire

_logger = logging.getLogger(__name__)

_FORKS_AT_ONCE = 2
"""A burst of tiny tasks should reuse warm workers, not wait for a fork each."""
_MAX_BAD_STARTS = 3
"""Workers in a row that end before their first message; then what waits is given up with the reason."""
_TEMPLATE_COMMAND = "tradewind.runtime.template"


class LocalExecutor:
    """See `ports.executor.Executor`."""

    name = "LocalExecutor"

    def __init__(
        self,
        slots: int,
        grace: float = 10.0,
        recycle_after: int = 1000,
        max_growth: int = 512 * 1024 * 1024,
        process_per_task: bool = False,
        *,
        log_level: str = "INFO",
        preload: Sequence[str] = (),
        request_threads: int = 4,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """`slots`: attempts at once.  `grace`: seconds from SIGTERM to SIGKILL.  `recycle_after`: attempts after which
        a worker is replaced; `max_growth`: bytes of memory growth after which it is.  `process_per_task`: every
        attempt gets a fresh process.  `preload`: modules to import before workers are forked.  `environ`: of the
        workers; this process's by default.  Raises ValueError.
        """
        if slots < 1:
            raise ValueError(f"a local executor needs at least one slot, not {slots}")
        self.slots = slots
        self._grace = grace
        self._recycle_after = 1 if process_per_task else max(1, recycle_after)
        self._max_growth = max_growth
        self._log_level = log_level
        self._preload = (*PRELOAD, *preload)
        self._request_threads = request_threads
        self._environ = environ
        self._hostname = socket.gethostname()
        self._lock = threading.RLock()
        self._workers: dict[int, WorkerHandle] = {}
        self._by_pid: dict[int, WorkerHandle] = {}
        self._tickets: dict[int, WorkerHandle] = {}
        self._idle: list[WorkerHandle] = []
        self._waiting: deque[Attempt] = deque()
        self._attempts: dict[str, Attempt] = {}
        self._reports: deque[Report] = deque()
        self._events: deque[zygote.Event] = deque()
        self._writers: set[WorkerHandle] = set()
        self._numbers = 0
        self._bad_starts = 0
        self._stopping = False
        self._ended = False
        self._empty = threading.Condition(self._lock)
        self._zygote: zygote.Zygote | None = None
        self._thread: threading.Thread | None = None

    # --- The port ----------------------------------------------------------------------------------------------

    def start(self, report: Callable[[Report], None], serve: Serve) -> None:
        """Begin, with one worker on its way.  Raises OSError when no process can be started."""
        self._report, self._serve = report, serve
        self._io = SocketLoop()
        self._pool = ThreadPoolExecutor(self._request_threads, thread_name_prefix="tradewind-requests")
        self._zygote = self._new_zygote()
        with self._lock:
            self._fork()
        self._thread = threading.Thread(target=self._loop, name="tradewind-executor", daemon=True)
        self._thread.start()

    def submit(self, work: wire.Work) -> None:
        """Hand over one attempt or callback.  Raises TradewindError when the executor is not running."""
        with self._lock:
            if self._zygote is None or self._stopping:
                raise TradewindError("the local executor is not running", fix="start it before submitting work")
            attempt = Attempt(work)
            self._attempts[work.attempt_id] = attempt
            self._waiting.append(attempt)
            self._dispatch()

    def grant(self, attempt_id: str, granted: bool) -> None:
        """Answer a claim; nothing happens when the attempt is over."""
        with self._lock:
            attempt = self._attempts.get(attempt_id)
            if attempt is None or attempt.worker is None or attempt.granted is not None:
                return
            attempt.granted = granted
            handle = attempt.worker
            self._write(handle, wire.Grant(attempt_id, granted))
            if not granted:
                del self._attempts[attempt_id]
                self._release(handle)
                self._dispatch()

    def cancel(self, attempt_id: str) -> None:
        """SIGTERM now, SIGKILL after the grace period; nothing happens when the attempt is over."""
        with self._lock:
            attempt = self._attempts.get(attempt_id)
            if attempt is not None and not attempt.cancelled:
                self._cancel(attempt, self._grace)
        self._io.wake()

    def bury(self, attempt_ids: list[str]) -> None:
        """Kill what runs on this host of these attempts, and workers whose executor is dead; waits until it is gone.

        Raises TimeoutError when a process survives SIGKILL for ten seconds.
        """
        wanted = set(attempt_ids)

        def belongs(pid: int) -> bool:
            environ = processes.environment_of(pid)
            if environ.get(processes.ATTEMPT_VARIABLE) in wanted:
                return True
            owner = environ.get(processes.OWNER_VARIABLE)
            # Programs that tasks start inherit the mark, too; only templates and their forks are known by it.
            return (
                owner is not None
                and not processes.identity_lives(owner)
                and _TEMPLATE_COMMAND in processes.command_of(pid)
            )

        processes.end_matching(belongs)

    def stop(self, grace: float) -> None:
        """End all: see the port.  May be called twice."""
        with self._lock:
            if self._thread is None or self._ended:
                return
            self._stopping = True
            for attempt in list(self._waiting):
                self._lose(attempt, say("lost.stopped_before"))
            self._waiting.clear()
            for attempt in list(self._attempts.values()):
                self._cancel(attempt, grace, why="stopped")
            for handle in list(self._workers.values()):
                if handle.attempt is None:
                    self._dismiss(handle)
            self._io.wake()
            # The kill after the grace period is made by the I/O thread; the rest is time for the reports.
            self._empty.wait_for(lambda: not self._workers, grace + 10.0)
        assert self._zygote is not None
        self._zygote.close()
        self._pool.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            for attempt in list(self._attempts.values()):
                self._lose(attempt, say("lost.stopped"))
            self._ended = True
        self._io.wake()
        if self._thread is not threading.current_thread():
            self._thread.join()

    # --- Work to workers; called with the lock held --------------------------------------------------------------

    def _dispatch(self) -> None:
        """Give waiting attempts to idle workers and fork more where that is not enough."""
        while self._waiting and self._idle:
            attempt = self._waiting.popleft()
            handle = self._pick(attempt.file)
            handle.take(attempt)
            self._write(handle, attempt.work)
        missing = len(self._waiting)
        starting = sum(not handle.ready for handle in self._workers.values())
        living = sum(not handle.leaving for handle in self._workers.values())
        while starting < min(missing, _FORKS_AT_ONCE) and living < self.slots and not self._stopping:
            if not self._fork():
                return
            starting += 1
            living += 1

    def _pick(self, file: tuple[str, str]) -> WorkerHandle:
        """An idle worker, rather one that has the file loaded, then the one that worked last."""
        for index in range(len(self._idle) - 1, -1, -1):
            if file in self._idle[index].files:
                return self._idle.pop(index)
        return self._idle.pop()

    def _release(self, handle: WorkerHandle) -> None:
        """The worker is done with its attempt."""
        handle.attempt = None
        handle.done += 1
        if handle.done >= self._recycle_after:
            handle.leaving = True
        elif self._stopping:
            self._dismiss(handle)
        else:
            self._idle.append(handle)

    def _dismiss(self, handle: WorkerHandle) -> None:
        """Let an idle worker go: the end of its socket tells it."""
        handle.leaving = True
        if handle in self._idle:
            self._idle.remove(handle)
        handle.shut_down()

    def _fork(self) -> bool:
        """Ask for a worker; False when the template is gone (its end is reported as an event)."""
        assert self._zygote is not None
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._numbers += 1
        config = WorkerConfig(
            worker=self._numbers,
            recycle_after=self._recycle_after,
            max_growth=self._max_growth,
            log_level=self._log_level,
        )
        try:
            ticket = self._zygote.spawn_soon(ENTRY, theirs, msgspec.msgpack.encode(config))
        except zygote.ZygoteError as error:
            _logger.warning("no worker could be forked: %s", error)
            ours.close()
            return False
        finally:
            theirs.close()
        handle = WorkerHandle(self._numbers, ours)
        self._workers[handle.number] = handle
        self._tickets[ticket] = handle
        self._io.wake()  # the I/O thread registers the socket
        return True

    def _write(self, handle: WorkerHandle, message: wire.ToWorker) -> None:
        if not handle.send(wire.encode(message)):
            self._writers.add(handle)
            self._io.wake()

    def _cancel(self, attempt: Attempt, grace: float, why: str = "cancelled") -> None:
        attempt.cancelled = attempt.cancelled or say(f"lost.{why}")
        handle = attempt.worker
        if handle is None:
            with contextlib.suppress(ValueError):
                self._waiting.remove(attempt)
            self._lose(attempt, say(f"lost.{why}_before"))
            return
        self._write(handle, wire.Stop(attempt.work.attempt_id))
        kill_at = time.monotonic() + grace
        attempt.kill_at = kill_at if attempt.kill_at is None else min(kill_at, attempt.kill_at)

    def _lose(self, attempt: Attempt, reason: str, *, own_fault: bool = False) -> None:
        if self._attempts.pop(attempt.work.attempt_id, None) is not None:
            self._reports.append(Lost(attempt.work.attempt_id, datetime.now(UTC), str(reason), own_fault))

    # --- The I/O thread -------------------------------------------------------------------------------------------

    def _loop(self) -> None:
        while True:
            readable = self._io.wait(self._timeout())
            with self._lock:
                for handle in readable:
                    self._read(handle)
                while self._events:
                    self._take_event(self._events.popleft())
                self._kill_overdue()
                self._update_io()
                if not self._workers:
                    self._empty.notify_all()
                reports, self._reports = self._reports, deque()
                ended = self._ended
            for report in reports:
                self._tell(report)
            if ended and not self._reports:
                self._io.close()
                return

    def _tell(self, report: Report) -> None:
        try:
            self._report(report)
        except Exception:
            # The scheduler's fault; the reports of other attempts must still reach it.
            _logger.exception("the report %r was refused", report)

    def _timeout(self) -> float | None:
        with self._lock:
            times = [attempt.kill_at for attempt in self._attempts.values() if attempt.kill_at is not None]
        return max(0.0, min(times) - time.monotonic()) if times else None

    def _update_io(self) -> None:
        """Watch the sockets of new workers, and send what did not fit before."""
        for handle in self._workers.values():
            self._io.add(handle)
        for handle in list(self._writers):
            done = handle.ended or handle.flush()
            if done:
                self._writers.discard(handle)
            self._io.want_write(handle, not done)

    def _read(self, handle: WorkerHandle) -> bool:
        """Take what a worker sent; False when nothing is left to read.  Its exit is reported by the template."""
        if handle.ended:
            return False
        frames: list[bytes] | None = []
        try:
            frames = handle.receive()
            for body in frames or ():
                self._take(handle, wire.decode_from_worker(body))
        except (FrameError, msgspec.MsgspecError) as error:
            _logger.error("worker process %d sent what cannot be read and is killed: %s", handle.pid, error)
            handle.ended = True
            self._kill(handle)
        if handle.ended:
            self._io.remove(handle)
        return frames is not None

    def _take(self, handle: WorkerHandle, message: wire.FromWorker) -> None:
        match message:
            case wire.Hello():
                handle.pid, handle.ready = message.pid, True
                self._bad_starts = 0
                if self._stopping:
                    self._dismiss(handle)
                else:
                    self._idle.append(handle)
                    self._dispatch()
            case wire.Claim(attempt_id=attempt_id):
                attempt = handle.attempt
                if attempt is not None and attempt.work.attempt_id == attempt_id:
                    attempt.claimed = True
                    handle.files.add(attempt.file)
                    self._reports.append(Claimed(attempt_id, message.at, self._hostname, message.pid))
            case wire.Outcome(attempt_id=attempt_id):
                attempt = handle.attempt
                if attempt is not None and attempt.work.attempt_id == attempt_id:
                    del self._attempts[attempt_id]
                    self._reports.append(Finished(message))
                    self._release(handle)
                    self._dispatch()
            case wire.Ask():
                self._pool.submit(self._answer, handle, message)

    def _answer(self, handle: WorkerHandle, ask: wire.Ask) -> None:
        """On a request thread: serve one request and send the reply."""
        try:
            body = wire.encode(wire.reply_to(ask.request_id, self._serve(ask.request)))
        except Exception as error:
            if not isinstance(error, TradewindError) and type(error).__module__ != "tradewind.errors":
                _logger.exception("a request of a task failed: %r", type(ask.request).__name__)
            body = wire.encode(wire.Reply(ask.request_id, error=(type(error).__name__, str(error))))
        with self._lock:
            if not handle.ended and not handle.send(body):
                self._writers.add(handle)
                self._io.wake()

    def _kill_overdue(self) -> None:
        now = time.monotonic()
        for attempt in self._attempts.values():
            if attempt.kill_at is not None and attempt.kill_at <= now and attempt.worker is not None:
                attempt.kill_at = None
                attempt.killed = True
                self._kill(attempt.worker)

    def _kill(self, handle: WorkerHandle) -> None:
        if handle.pid:
            processes.send_signal(handle.pid, signal.SIGKILL)

    # --- What becomes of the processes ----------------------------------------------------------------------------

    def _new_zygote(self) -> zygote.Zygote:
        return zygote.Zygote(self._preload, on_event=self._on_zygote_event, environ=self._environ).start()

    def _on_zygote_event(self, event: zygote.Event) -> None:
        self._events.append(event)
        self._io.wake()

    def _take_event(self, event: zygote.Event) -> None:
        match event:
            case zygote.Spawned(ticket=ticket):
                handle = self._tickets.pop(ticket, None)
                if handle is None:
                    return
                if event.pid:
                    handle.pid = event.pid
                    self._by_pid[event.pid] = handle
                else:
                    self._remove(handle)
                    self._bad_start(event.error)
            case zygote.Exited(pid=pid):
                handle = self._by_pid.pop(pid, None)
                if handle is not None:
                    self._worker_ended(handle, event)
            case zygote.Died():
                self._zygote_died(event.reason)

    def _worker_ended(self, handle: WorkerHandle, exited: zygote.Exited) -> None:
        """A worker process is gone, and all that descended from it."""
        while self._read(handle):  # its last words may still be in the socket
            pass
        self._remove(handle)
        attempt = handle.attempt
        # A stop may also have reached the worker right after its last outcome.
        retired = exited.signal is None and exited.code in (EXIT_RETIRED, EXIT_STOPPED)
        if attempt is not None:
            if retired and not attempt.claimed and not attempt.cancelled:
                attempt.worker = None  # sent while the worker was leaving: it has not begun
                self._waiting.appendleft(attempt)
            else:
                reason = loss(attempt, exited)
                if attempt.claimed and exited.code != EXIT_STOPPED:  # who stops says so in the log himself
                    note_loss(attempt, reason + LOSS_HINTS.get(exited.signal, ""))
                self._lose(attempt, reason, own_fault=attempt.granted is True and ended_itself(attempt, exited))
        if not handle.ready:
            self._bad_start(f"worker {exited.sentence()} before it was ready; its error output says why")
        self._dispatch()

    def _remove(self, handle: WorkerHandle) -> None:
        self._workers.pop(handle.number, None)
        self._writers.discard(handle)
        if handle in self._idle:
            self._idle.remove(handle)
        self._io.remove(handle)
        handle.ended = True
        handle.sock.close()

    def _bad_start(self, reason: str) -> None:
        """A worker did not come to life.  When nobody is left to do the work, what waits is given up in the end."""
        self._bad_starts += 1
        _logger.warning("%s", reason)
        if self._bad_starts >= _MAX_BAD_STARTS and not any(item.ready for item in self._workers.values()):
            self._bad_starts = 0
            waiting, self._waiting = self._waiting, deque()
            for attempt in waiting:
                self._lose(attempt, f"{say('lost.no_worker')}: {reason}")

    def _zygote_died(self, reason: str) -> None:
        """All workers die with their template: lose their attempts and start a new one."""
        _logger.error("%s; all workers end with it", reason)
        handles = list(self._workers.values())
        # Usually the kernel has killed them already; programs in sessions of their own must be looked for.
        for handle in handles:
            if handle.pid:
                processes.kill_group(handle.pid)
            self._kill(handle)
        lost = [handle.attempt for handle in handles if handle.attempt is not None]
        left = processes.wait_gone([handle.pid for handle in handles if handle.pid], 10.0)
        if left:
            _logger.error("worker processes %s are still there", sorted(left))
        for handle in handles:
            while self._read(handle):
                pass
            self._remove(handle)
        self._by_pid.clear()
        self._tickets.clear()
        self._idle.clear()
        self._bury_quietly([attempt.work.attempt_id for attempt in lost])
        for attempt in lost:
            told = say("lost.with_template", what=reason)
            if attempt.claimed:
                note_loss(attempt, told)
            self._lose(attempt, told)
        if self._zygote is not None:
            self._zygote.close()
        if not any(handle.ready for handle in handles):
            self._bad_start(reason)
        if not self._stopping:
            self._zygote = self._new_zygote()
            self._dispatch()

    def _bury_quietly(self, attempt_ids: list[str]) -> None:
        try:
            self.bury(attempt_ids)
        except TimeoutError as error:
            _logger.error("%s", error)
