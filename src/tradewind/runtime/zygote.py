"""A clean, preloaded template process that forks children on request: a new process in milliseconds.

The owner (`executors.local`, `loading`) may have threads, sockets and database handles that must not be forked; the
template is started fresh with `subprocess`, has one thread, imports what its children need once, and forks.  A child
runs `module:function` with the socket the owner passed and the bytes it gave::

    ours, theirs = socket.socketpair()
    with Zygote(preload=["json"]) as zygote:
        pid = zygote.spawn("package.module:main", theirs, b"arguments")   # main(sock, args) -> int | None

A child leads its own session and process group, adopts the orphans of what it starts, and dies with the template.
When a child ends, for whatever reason, the template kills everything that descends from it and then reports the
exit.  When the owner dies, the control socket reaches its end: the template kills all children and exits.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import msgspec

from tradewind.errors import TradewindError
from tradewind.runtime import processes
from tradewind.runtime.framing import FrameError, FrameReader, frame


class Spawn(msgspec.Struct, frozen=True, tag="spawn"):
    """Owner -> template: fork a child; its socket travels with the frame."""

    ticket: int
    entry: str
    """`package.module:function`."""
    args: bytes


class Up(msgspec.Struct, frozen=True, tag="up"):
    """Template -> owner: it runs; the preload follows."""

    pid: int


class Spawned(msgspec.Struct, frozen=True, tag="spawned"):
    """The child of this ticket runs; or (pid 0) could not be forked, and `error` says why."""

    ticket: int
    pid: int
    error: str = ""


class Exited(msgspec.Struct, frozen=True, tag="exited"):
    """A child ended and nothing that descends from it is left."""

    pid: int
    code: int | None
    """Exit status, None when a signal ended it."""
    signal: int | None
    orphans: int = 0
    """How many descendants outlived it and were killed."""

    def sentence(self) -> str:
        """`process 12 was killed by signal 9 (SIGKILL)` or `process 12 exited with status 3`."""
        if self.signal is None:
            return f"process {self.pid} exited with status {self.code}"
        return f"process {self.pid} was killed by signal {self.signal_name()}"

    def signal_name(self) -> str:
        """`9 (SIGKILL)`, or the number alone where it has no name."""
        if self.signal is None:
            return ""
        try:
            return f"{self.signal} ({signal.Signals(self.signal).name})"
        except ValueError:
            return str(self.signal)


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """The preload raised; the template ends."""

    reason: str


class Died(msgspec.Struct, frozen=True, tag="died"):
    """The template is gone, and with it all of its children.  Made by the owner's side."""

    reason: str


FromTemplate = Up | Spawned | Exited | Failed
Event = Spawned | Exited | Died

encode = msgspec.msgpack.Encoder().encode
decode_spawn = msgspec.msgpack.Decoder(Spawn).decode
_decode = msgspec.msgpack.Decoder(FromTemplate).decode


class ZygoteError(TradewindError):
    """The template process is gone or could not fork."""


class Zygote:
    """The owner's handle on a template process.

    `on_event` is called on a thread of the Zygote with `Spawned`, `Exited` and, once and last, `Died` (not after
    `close`).  All methods may be called from any thread.
    """

    def __init__(
        self,
        preload: Sequence[str] = (),
        *,
        on_event: Callable[[Event], None] | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._preload = tuple(preload)
        self._on_event = on_event
        self._environ = environ
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()
        self._waiting: dict[int, _Answer] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._reader: threading.Thread | None = None
        self._closing = False
        self._dead = ""
        self._failed = ""

    @property
    def pid(self) -> int:
        """Process id of the template; 0 before `start`."""
        return self._process.pid if self._process else 0

    def start(self) -> Zygote:
        """Start the template; returns before its preload is done.  Raises OSError when it cannot be started."""
        ours, theirs = socket.socketpair()
        environ = dict(os.environ if self._environ is None else self._environ)
        environ[processes.OWNER_VARIABLE] = processes.identity(os.getpid())
        # -P: the working directory is no place to import modules from.
        command = [sys.executable, "-P", "-m", "tradewind.runtime.template", str(theirs.fileno()), *self._preload]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environ,
                start_new_session=True,  # Ctrl-C in the terminal is for the owner, who then stops us in order
            )
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._control = ours
        self._reader = threading.Thread(target=self._read, name="zygote-reader", daemon=True)
        self._reader.start()
        return self

    def spawn(self, entry: str, sock: socket.socket, args: bytes = b"", timeout: float = 60.0) -> int:
        """Fork a child that calls `entry(sock, args)`; returns its pid.

        The caller keeps (and should close) its own handle of `sock`.  Raises ZygoteError when the template is gone,
        cannot fork, or does not answer within `timeout` seconds.
        """
        ticket, answer = next(self._tickets), _Answer()
        with self._lock:
            self._waiting[ticket] = answer
        try:
            self._send(ticket, entry, sock, args)
            if not answer.ready.wait(timeout):
                raise ZygoteError(f"the template process {self.pid} did not fork a child in {timeout:g} s")
        finally:
            with self._lock:
                self._waiting.pop(ticket, None)
        if answer.error:
            raise ZygoteError(answer.error)
        return answer.pid

    def spawn_soon(self, entry: str, sock: socket.socket, args: bytes = b"") -> int:
        """As `spawn`, but returns a ticket at once; the `Spawned` event with it tells the pid.

        Raises ZygoteError when the template is gone.
        """
        ticket = next(self._tickets)
        self._send(ticket, entry, sock, args)
        return ticket

    def _send(self, ticket: int, entry: str, sock: socket.socket, args: bytes) -> None:
        data = frame(encode(Spawn(ticket, entry, args)))
        with self._lock:
            if self._dead or self._control is None:
                raise ZygoteError(self._dead or "the template process has not been started")
            try:
                sent = socket.send_fds(self._control, [data], [sock.fileno()])
                self._control.sendall(data[sent:])
            except OSError as error:
                raise ZygoteError(f"the template process {self.pid} is gone: {error}") from error

    def _read(self) -> None:
        control, frames = self._control, FrameReader()
        assert control is not None
        try:
            while data := control.recv(65536):
                for body in frames.feed(data):
                    self._take(_decode(body))
        except (OSError, FrameError, msgspec.MsgspecError) as error:
            self._failed = self._failed or f"its control socket failed: {error}"
        self._ended()

    def _take(self, message: FromTemplate) -> None:
        match message:
            case Spawned(ticket=ticket):
                with self._lock:
                    answer = self._waiting.get(ticket)
                if answer is not None:
                    answer.settle(message.pid, message.error)
                self._tell(message)
            case Exited():
                self._tell(message)
            case Failed(reason=reason):
                self._failed = reason
            case Up():
                pass

    def _ended(self) -> None:
        process = self._process
        assert process is not None
        try:
            status = process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            status = process.wait()
        how = f"was killed by signal {-status}" if status < 0 else f"exited with status {status}"
        reason = f"the template process {process.pid} {how}"
        if self._failed:
            reason = f"{reason}: {self._failed}"
        elif self._closing:
            reason = f"the template process {process.pid} was closed"
        with self._lock:
            self._dead = reason
            waiting = list(self._waiting.values())
        for answer in waiting:
            answer.settle(0, reason)
        if not self._closing:
            self._tell(Died(reason))

    def _tell(self, event: Event) -> None:
        if self._on_event is not None:
            self._on_event(event)

    def close(self, timeout: float = 10.0) -> None:
        """Kill all children and end the template; returns when it is gone.  May be called twice."""
        self._closing = True
        control, process = self._control, self._process
        if control is None or process is None:
            return
        with contextlib.suppress(OSError):
            # Only our direction: the template sees the end, while its last reports still reach us.
            control.shutdown(socket.SHUT_WR)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if self._reader is not None and self._reader is not threading.current_thread():
            self._reader.join(timeout)
        with self._lock:
            control.close()
            self._control = None
            self._dead = self._dead or "the template process was closed"

    def __enter__(self) -> Zygote:
        return self.start() if self._process is None else self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Answer:
    """What a `spawn` waits for."""

    __slots__ = ("error", "pid", "ready")

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.pid = 0
        self.error = ""

    def settle(self, pid: int, error: str) -> None:
        self.pid, self.error = pid, error
        self.ready.set()
