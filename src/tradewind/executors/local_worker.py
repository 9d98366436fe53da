"""What `executors.local` knows of one worker process and of one attempt."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
from dataclasses import dataclass, field

from tradewind.core.phrases import say
from tradewind.runtime import logs, zygote
from tradewind.runtime.framing import FrameReader, frame
from tradewind.runtime.worker_config import EXIT_STOPPED
from tradewind.spec import wire

_CRASHES = frozenset({signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE})
LOSS_HINTS: dict[int | None, str] = {
    signal.SIGKILL: "; the kernel does that when memory runs out",
    signal.SIGSEGV: "; an extension module of the task crashed",
}
"""Signal -> what the reader of the log may not know about it."""
_logger = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Attempt:
    """One submitted work that is not over."""

    work: wire.Work
    worker: WorkerHandle | None = None
    claimed: bool = False
    granted: bool | None = None
    cancelled: str = ""
    """Why it is being ended from outside; empty when it is not."""
    kill_at: float | None = None
    """Monotonic seconds when SIGTERM has been given enough time."""
    killed: bool = False

    @property
    def file(self) -> tuple[str, str]:
        """The DAG file it needs."""
        return (self.work.source.bundle_path, self.work.source.relative_fileloc)


@dataclass(slots=True, eq=False)
class WorkerHandle:
    """One worker process, from the request to fork it until its exit was reported."""

    number: int
    sock: socket.socket
    """Non-blocking."""
    pid: int = 0
    ready: bool = False
    """It said hello."""
    leaving: bool = False
    """It gets no more work and will exit."""
    ended: bool = False
    """Its socket has reached the end."""
    registered: bool = False
    """Its socket is in the selector."""
    attempt: Attempt | None = None
    done: int = 0
    files: set[tuple[str, str]] = field(default_factory=set)
    """DAG files that it has loaded."""
    _frames: FrameReader = field(default_factory=FrameReader)
    _out: bytearray = field(default_factory=bytearray)

    def take(self, attempt: Attempt) -> None:
        """This worker is to run the attempt."""
        self.attempt = attempt
        attempt.worker = self

    def send(self, body: bytes) -> bool:
        """Send a frame as far as the socket takes it; False when `flush` must send the rest."""
        self._out += frame(body)
        return self.flush()

    def flush(self) -> bool:
        """Send what is left; False when there is still more.  A broken socket counts as done: its end is seen."""
        try:
            while self._out:
                del self._out[: self.sock.send(self._out)]
        except BlockingIOError:
            return False
        except OSError:
            self._out.clear()
        return True

    def receive(self) -> list[bytes] | None:
        """The frames that have arrived, None when there is nothing to read; sets `ended` at the end of the stream.

        Raises FrameError.
        """
        try:
            data = self.sock.recv(262144)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            self.ended = True
        return self._frames.feed(data)

    def shut_down(self) -> None:
        """Tell the worker that no more will come."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_WR)


def loss(attempt: Attempt, exited: zygote.Exited) -> str:
    """Why an attempt is lost, in one sentence."""
    late = bool(attempt.cancelled and attempt.killed)
    if exited.signal is None:
        sentence = say("lost.exited", pid=exited.pid, status=str(exited.code))
    else:
        sentence = say("lost.killed_late" if late else "lost.killed", pid=exited.pid, signal=exited.signal_name())
    return f"{attempt.cancelled}: {sentence}" if attempt.cancelled else str(sentence)


def ended_itself(attempt: Attempt, exited: zygote.Exited) -> bool:
    """Whether the task's own code ended the process: it left with a status, or crashed."""
    if attempt.cancelled:
        return False
    return exited.code not in (None, EXIT_STOPPED) or exited.signal in _CRASHES


def note_loss(attempt: Attempt, reason: str) -> None:
    """Tell the reader of the attempt's log why it ends."""
    try:
        logs.note(attempt.work.log_path, "error", f"the task ended without a result: {reason}")
    except OSError as error:
        _logger.warning("%s; its log cannot be written: %s", reason, error)
