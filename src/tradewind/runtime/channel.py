"""A worker's line to its supervisor: facts go out, work comes in, requests wait for their replies.

`worker` owns one per process.  `Channel.request` is what `authoring.comms` calls when user code reads a Variable, a
Connection or an XCom, from any thread.
"""

from __future__ import annotations

import itertools
import os
import socket
import threading
from collections.abc import Callable
from typing import Any

from tradewind import errors
from tradewind.runtime import masking
from tradewind.runtime.framing import FrameReader, send_frame
from tradewind.runtime.interrupts import uninterrupted
from tradewind.spec import wire

Incoming = wire.TaskWork | wire.CallbackWork | wire.Grant | wire.Stop


def error_from(name: str, text: str) -> BaseException:
    """The error that a reply names: a class of `tradewind.errors`, or AirflowException for any other."""
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, Exception):
        try:
            return kind(text)
        except TypeError:  # a class that is made from other things than a text
            pass
    if name in ("KeyError", "ValueError", "TypeError", "PermissionError", "TimeoutError"):
        return {"KeyError": KeyError, "ValueError": ValueError, "TypeError": TypeError}.get(name, OSError)(text)
    return errors.AirflowException(f"{name}: {text}")


class Channel:
    """Frames of `spec.wire` over a blocking socket; thread safe.

    `on_message` is called on the reader thread with work, grants and stops; `on_eof` once, when the supervisor is
    gone.
    """

    def __init__(
        self,
        sock: socket.socket,
        on_message: Callable[[Incoming], None],
        on_eof: Callable[[], None],
        decode: Callable[[bytes], Any] = wire.decode_to_worker,
    ) -> None:
        """`decode` reads what the supervisor sends: replies, and what `on_message` takes."""
        self._decode = decode
        self._sock = sock
        self._on_message = on_message
        self._on_eof = on_eof
        self._pid = os.getpid()
        self._ids = itertools.count(1)
        # Both may be asked for again by the same thread: `on_kill`, called from a signal handler, may make a request.
        self._sending = threading.RLock()
        self._lock = threading.RLock()
        self._pending: dict[int, _Pending] = {}
        self._gone = False

    def start(self) -> None:
        """Start the reader thread."""
        threading.Thread(target=self._read, name="tradewind-channel", daemon=True).start()

    def send(self, message: wire.FromWorker) -> None:
        """Send one fact.  Raises OSError when the supervisor is gone."""
        self._check_process(type(message).__name__)
        body = wire.encode(message)
        with uninterrupted(), self._sending:
            send_frame(self._sock, body)

    def request(self, request: wire.Request) -> Any:
        """Ask the supervisor and wait for its answer.

        Raises the error it names (see `error_from`), and AirflowException in a process forked by user code, which
        does not have the line.
        """
        self._check_process(type(request).__name__)
        pending, number = _Pending(), next(self._ids)
        with self._lock:
            if self._gone:
                raise errors.AirflowException("the supervisor of this task is gone")
            self._pending[number] = pending
        try:
            self.send(wire.Ask(number, request))
            pending.ready.acquire()
        finally:
            with self._lock:
                self._pending.pop(number, None)
        if pending.error is not None:
            raise pending.error
        masking.learn(request, pending.value)
        return pending.value

    def _check_process(self, what: str) -> None:
        if os.getpid() != self._pid:
            raise errors.AirflowException(
                f"{what} cannot be sent from process {os.getpid()}, which the task's code forked; read Variables, "
                "Connections and XComs in the task's own process and pass their values on"
            )

    def _read(self) -> None:
        frames = FrameReader()
        try:
            while data := self._sock.recv(65536):
                for body in frames.feed(data):
                    self._take(self._decode(body))
        except OSError:
            pass  # the same as the end of the stream
        finally:
            with self._lock:
                self._gone = True
                pending = list(self._pending.values())
            for waiting in pending:
                waiting.settle(None, errors.AirflowException("the supervisor of this task is gone"))
            self._on_eof()

    def _take(self, message: wire.ToWorker) -> None:
        if not isinstance(message, wire.Reply):
            self._on_message(message)
            return
        with self._lock:
            pending = self._pending.get(message.request_id)
        if message.hide:
            masking.learn_known(message.hide)
        if pending is not None:
            pending.settle(message.value, error_from(*message.error) if message.error else None)


class _Pending:
    """One request that waits; a bare lock is the cheapest signal between two threads."""

    __slots__ = ("error", "ready", "value")

    def __init__(self) -> None:
        self.ready = threading.Lock()
        self.ready.acquire()
        self.value: Any = None
        self.error: BaseException | None = None

    def settle(self, value: Any, error: BaseException | None) -> None:
        self.value, self.error = value, error
        self.ready.release()
