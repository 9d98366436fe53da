"""A warm worker process: takes one attempt after the other over its socket and reports each outcome.

Forked by `zygote` on behalf of an executor; `main` is the entry point.  User code runs in the main thread, where
signals and timeouts reach it; a reader thread (`channel`) watches the socket.  For each attempt the worker loads the
code, claims, waits for the grant, runs, reports.  It restores the process between attempts and exits with status 0
after an outcome when it should be replaced (many attempts, grown memory, threads or processes left running, a
timeout); the executor starts another one.
"""

from __future__ import annotations

import contextvars
import logging
import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import FrameType
from typing import Any

import msgspec

from tradewind.authoring import comms
from tradewind.authoring.xcom import StoredXCom
from tradewind.errors import AirflowException, AirflowTaskTerminated
from tradewind.runtime import callbacks, processes, task_runner
from tradewind.runtime.capture import DescriptorCapture
from tradewind.runtime.channel import Channel, Incoming
from tradewind.runtime.codes import Code, CodeCache
from tradewind.runtime.interrupts import REPEAT, deferrable
from tradewind.runtime.logs import AttemptLog, LineStream, Log, LogFolderError, StructuredHandler, TerminalLog
from tradewind.runtime.masking import learn_environment, masker
from tradewind.runtime.sandbox import ProcessState, foreign_threads, reap_children, resident_bytes
from tradewind.runtime.worker_config import EXIT_RETIRED, EXIT_STOPPED, WorkerConfig
from tradewind.runtime.xcom_backend import earlier_xcoms, purge
from tradewind.spec import wire

_logger = logging.getLogger("tradewind.worker")


def main(sock: socket.socket, args: bytes) -> int:
    """Serve until the supervisor closes the socket or the worker should be replaced; returns the exit status."""
    return Worker(sock, msgspec.msgpack.decode(args, type=WorkerConfig)).run()


class Worker:
    """One worker process."""

    def __init__(self, sock: socket.socket, config: WorkerConfig) -> None:
        self._config = config
        self._pid = os.getpid()
        self._inbox: queue.SimpleQueue[wire.Work | wire.Grant] = queue.SimpleQueue()
        self._channel = Channel(sock, self._message, self._supervisor_gone)
        self._capture = DescriptorCapture(self._captured)
        self._current: str | None = None
        self._handler = deferrable(self._on_sigterm)
        self._stop_asked: str | None = None
        self._stop_sent = False
        """Whether a signal of our own is on its way to the main thread."""
        self._attempt: task_runner.Attempt | None = None
        self._terminated = self._timed_out = False
        self._done = 0

    # --- Set-up ----------------------------------------------------------------------------------------------

    def run(self) -> int:
        """Serve; returns the exit status."""
        descriptor = self._capture.start()
        self._idle_log: Log = TerminalLog(os.fdopen(descriptor, "w", buffering=1, encoding="utf-8", errors="replace"))
        self._log: Log = self._idle_log
        self._stdout = LineStream(1, lambda line: self._captured(1, line))
        self._stderr = LineStream(2, lambda line: self._captured(2, line))
        sys.stdout, sys.stderr = self._stdout, self._stderr
        os.register_at_fork(after_in_child=self._in_fork)
        root = logging.getLogger()
        root.handlers[:] = [StructuredHandler(lambda: self._log)]
        root.setLevel(self._config.log_level)
        logging.captureWarnings(True)
        logging.raiseExceptions = False
        signal.signal(signal.SIGTERM, self._handler)
        learn_environment(os.environ)
        comms.set_channel(self._channel.request)
        self._codes = CodeCache(ProcessState())
        self._memory = resident_bytes()
        self._channel.start()
        self._channel.send(wire.Hello(self._config.worker, self._pid))
        while True:
            work = self._inbox.get()
            if isinstance(work, wire.Grant):
                continue  # of an attempt that is over
            if not self._serve(work):
                return EXIT_RETIRED

    def _in_fork(self) -> None:
        """In a process that user code forked: another thread may have held a lock that the copy would wait for."""
        self._stdout.renew_lock()
        self._stderr.renew_lock()
        masker.renew_lock()

    def _captured(self, descriptor: int, line: str) -> None:
        self._log.line("info", line, "task.stdout" if descriptor == 1 else "task.stderr")

    # --- Messages, on the reader thread ------------------------------------------------------------------------

    def _message(self, message: Incoming) -> None:
        if isinstance(message, wire.Stop):
            if message.attempt_id == self._current:
                self._stop_asked = message.attempt_id
                threading.Thread(
                    target=self._stop, args=(message.attempt_id,), name="tradewind-stop", daemon=True
                ).start()
        else:
            self._inbox.put(message)

    def _stop(self, attempt_id: str) -> None:
        """Signal the main thread until it has heard: what comes right before a blocking call is only seen after it.

        User code that put a handler of its own in our place is told once.
        """
        while True:
            self._stop_sent = True
            signal.pthread_kill(_main_thread(), signal.SIGTERM)
            time.sleep(REPEAT)
            heard = self._terminated or self._stop_asked != attempt_id
            if heard or signal.getsignal(signal.SIGTERM) is not self._handler:
                return

    def _supervisor_gone(self) -> None:
        """The socket reached its end: idle, that is the way to say goodbye; at work, the owner is dead."""
        if self._current is not None:
            processes.kill_group(os.getpgrp())  # this process is one of the group
        os._exit(EXIT_RETIRED)

    def _on_sigterm(self, number: int, frame: FrameType | None) -> None:
        """Stop asked by the supervisor, or a SIGTERM from anywhere: `on_kill`, then the exception."""
        sent, self._stop_sent = self._stop_sent, False
        if sent and (self._current is None or self._stop_asked != self._current):
            self._stop_asked = None  # the attempt ended while the stop was on its way
            return
        if self._attempt is None:
            os._exit(EXIT_STOPPED)  # no user code to tell
        if self._terminated:
            return
        self._terminated = True
        self._attempt.on_kill()
        raise AirflowTaskTerminated("the task was stopped (SIGTERM)")

    # --- One attempt -------------------------------------------------------------------------------------------

    def _serve(self, work: wire.Work) -> bool:
        """Run one attempt or callback; False when this worker should be replaced."""
        self._current = work.attempt_id
        self._log = log = AttemptLog(work.log_path, self._idle_log)
        code: Code | None = None
        failure: BaseException | None = None
        try:
            code = self._codes.get(work.source)
        except Exception as error:
            failure = error
        except SystemExit as error:
            failure = error
        os.environ[processes.ATTEMPT_VARIABLE] = work.attempt_id
        stale: list[StoredXCom] = []
        try:
            stale = earlier_xcoms(work, self._channel.request)
        except Exception as error:
            failure = failure or error
        self._channel.send(wire.Claim(work.attempt_id, datetime.now(UTC), self._pid))
        try:  # while the claim is on its way
            log.open()
        except LogFolderError as error:
            run = self._prepare(work, None, error)
        else:
            run = self._prepare(work, code, failure)
        outcome = None
        if self._granted(work.attempt_id):
            try:
                purge(stale)
                outcome = contextvars.copy_context().run(run)
            except AirflowTaskTerminated:
                self._settle_output()
                log.line("warning", "the task was stopped", _logger.name)
                os._exit(EXIT_STOPPED)
        if os.getpid() != self._pid:
            os._exit(0)  # user code forked, and let the copy run on to here
        reasons = self._finish_attempt(log)
        if outcome is not None:
            self._channel.send(outcome)
        # From here on the supervisor may send the next work; it waits in the socket.
        self._current = self._stop_asked = None
        self._log = self._idle_log
        log.close()
        if reasons:
            return False
        (code.state if code is not None else self._codes.baseline).restore()
        return True

    def _granted(self, attempt_id: str) -> bool:
        while True:
            message = self._inbox.get()
            if isinstance(message, wire.Grant) and message.attempt_id == attempt_id:
                return message.granted

    def _prepare(self, work: wire.Work, code: Code | None, failure: BaseException | None) -> Callable[[], wire.Outcome]:
        """Everything up to user code; returns what is left to do once the claim is granted."""
        if code is None:
            problem = failure or AirflowException("the DAG file was not loaded")
            return lambda: task_runner.not_run(work, problem)
        try:
            dag = code.dag(work.dag_id)
            if isinstance(work, wire.CallbackWork):
                return lambda: callbacks.run_callback(work, dag, self._channel.request)
            attempt = task_runner.Attempt(work, dag, self._channel.request, stopping=self._stopping)
        except Exception as error:
            problem = error
            return lambda: task_runner.not_run(work, problem)
        return lambda: self._run(attempt)

    def _run(self, attempt: task_runner.Attempt) -> wire.Outcome:
        self._attempt = attempt
        try:
            return attempt.run()
        finally:
            self._attempt = None
            self._timed_out = attempt.timed_out

    def _stopping(self) -> bool:
        return self._stop_asked is not None

    def _settle_output(self) -> None:
        """Bring out what was printed but not yet logged."""
        for stream in (sys.stdout, sys.stderr):
            if stream is not self._stdout and stream is not self._stderr:
                _flush(stream)
        self._stdout.finish()
        self._stderr.finish()
        self._capture.drain()

    def _finish_attempt(self, log: Log) -> list[str]:
        """Complete the log; returns why this worker should be replaced."""
        self._settle_output()
        self._done += 1
        reasons: list[str] = []
        if threads := foreign_threads():
            reasons.append(f"the task left threads running: {', '.join(threads)}")
        if reap_children():
            reasons.append("the task left processes running; they are ended with the worker process")
        for reason in reasons:
            log.line("warning", reason, _logger.name)
        if self._terminated:
            reasons.append("a SIGTERM was received")
        if self._timed_out:
            reasons.append("a timeout interrupted the task")
        if self._done >= self._config.recycle_after:
            reasons.append(f"{self._done} attempts were run")
        if resident_bytes() - self._memory > self._config.max_growth:
            reasons.append("its memory has grown")
        return reasons


def _main_thread() -> int:
    ident = threading.main_thread().ident
    assert ident is not None
    return ident


def _flush(stream: Any) -> None:
    """Flush a stream that the task put in the place of ours; it may be anything, and broken."""
    try:
        stream.flush()
    except Exception as error:
        _logger.warning("the stream %r that the task left as sys.stdout cannot be flushed: %s", stream, error)
