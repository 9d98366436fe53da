"""The triggerer's child: starts the process that runs triggers, talks to it, and starts another one when it dies.

Used by `services.triggerer`.  Nothing is started before the first trigger.  One thread reads the child's messages; what
triggers ask (Variables, Connections) is answered by a few others.
"""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import msgspec

from tradewind.errors import TradewindError
from tradewind.ports.executor import Serve
from tradewind.runtime import trigger_wire as messages
from tradewind.runtime import zygote
from tradewind.runtime.framing import FrameError, FrameReader, send_frame
from tradewind.spec import wire

log = logging.getLogger(__name__)

_THREADS = 4
"""Requests that are answered at once."""


@dataclass(frozen=True, slots=True)
class HostDied:
    """The child is gone; what it ran must be started again."""

    reason: str


FromProcess = messages.FromHost | HostDied


class TriggerProcess:
    """Handle on the child.  `tell` is called on threads of its own."""

    def __init__(
        self,
        serve: Serve,
        tell: Callable[[FromProcess], None],
        *,
        config: messages.HostConfig,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._serve, self._tell = serve, tell
        self._config, self._environ = config, environ
        self._template: zygote.Zygote | None = None
        self._sock: socket.socket | None = None
        self._sending = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._reader: threading.Thread | None = None
        self.pid = 0
        """Of the child; 0 before it is there."""

    def send(self, message: messages.Start | messages.Cancel | messages.Quit | wire.Reply) -> None:
        """Send a message; a child that is not there yet is started.  One that died is reported as `HostDied`."""
        if self._sock is None:
            if not isinstance(message, messages.Start):
                return
            self._open()
        sock = self._sock
        assert sock is not None
        with self._sending, contextlib.suppress(OSError):  # its end is reported by the reader
            send_frame(sock, messages.encode(message))

    def _open(self) -> None:
        if self._template is None:
            self._template = zygote.Zygote(messages.PRELOAD, environ=self._environ).start()
            self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="tradewind-requests")
        ours, theirs = socket.socketpair()
        try:
            self.pid = self._template.spawn(messages.ENTRY, theirs, msgspec.msgpack.encode(self._config))
        except BaseException:
            ours.close()
            self._template.close()
            self._template = None
            raise
        finally:
            theirs.close()
        self._sock = ours
        self._reader = threading.Thread(target=self._read, args=(ours,), name="tradewind-triggers", daemon=True)
        self._reader.start()

    def _read(self, sock: socket.socket) -> None:
        frames = FrameReader()
        reason = "the process that runs triggers ended"
        try:
            while data := sock.recv(65536):
                for body in frames.feed(data):
                    self._take(sock, messages.decode_from_host(body))
        except (OSError, FrameError, msgspec.MsgspecError) as error:
            reason = f"{reason}: {error}"
        self._tell(HostDied(reason))

    def _take(self, sock: socket.socket, message: messages.FromHost) -> None:
        if isinstance(message, wire.Ask):
            assert self._pool is not None
            self._pool.submit(self._answer, sock, message)
        else:
            self._tell(message)

    def _answer(self, sock: socket.socket, ask: wire.Ask) -> None:
        try:
            body = messages.encode(wire.reply_to(ask.request_id, self._serve(ask.request)))
        except Exception as error:
            if not isinstance(error, TradewindError) and type(error).__module__ != "tradewind.errors":
                log.exception("a request of a trigger failed: %r", type(ask.request).__name__)
            body = messages.encode(wire.Reply(ask.request_id, error=(type(error).__name__, str(error))))
        with self._sending, contextlib.suppress(OSError):
            send_frame(sock, body)

    def forget(self) -> None:
        """The child is gone: the next trigger starts another one."""
        sock, self._sock, self.pid = self._sock, None, 0
        if sock is not None:
            sock.close()

    def close(self, timeout: float) -> None:
        """Let triggers clean up and end the child; what is left after `timeout` seconds is killed."""
        self.send(messages.Quit())
        if self._reader is not None:
            self._reader.join(timeout)
        if self._template is not None:
            self._template.close()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
        self.forget()
