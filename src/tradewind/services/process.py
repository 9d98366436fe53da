"""One process that runs one service until a signal asks it to stop.

Called by `cli` for `tradewind scheduler`, `api-server` and `dag-processor`, and by each child of
`services.standalone`. The service runs in a thread of its own and the main thread does nothing but wait for
signals: a handler that sets a `threading.Event` on the thread that waits for this very event could deadlock.
"""

from __future__ import annotations

import contextlib
import errno
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType

from tradewind.errors import SettingsError

Body = Callable[[threading.Event], None]
"""A service: returns soon after the event is set; raises when it cannot go on."""

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
HARD_STOP_STATUS = 130
_BACKLOG = 512
_BIND_RETRY = 0.05


class Wakeup:
    """Turns signals into bytes on a socket, so that one `select` waits for signals and for everything
    else.
    """

    def __init__(self, signals: tuple[signal.Signals, ...]) -> None:
        self._signals = signals
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._previous_fd = -1
        self._previous: dict[signal.Signals, object] = {}

    def __enter__(self) -> Wakeup:
        self._previous_fd = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        for number in self._signals:
            self._previous[number] = signal.signal(number, _ignore)
        return self

    def __exit__(self, *exc: object) -> None:
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal() itself returned
        signal.set_wakeup_fd(self._previous_fd)
        self._read.close()
        self._write.close()

    def fileno(self) -> int:
        """Readable when a signal arrived, or `poke` was called."""
        return self._read.fileno()

    def poke(self) -> None:
        """Wake the waiting thread from another one."""
        with contextlib.suppress(BlockingIOError, OSError):
            self._write.send(b"\0")

    def take(self) -> list[int]:
        """Numbers of the signals since the last call."""
        try:
            return [number for number in self._read.recv(4096) if number]
        except BlockingIOError:
            return []


def _ignore(number: int, frame: FrameType | None) -> None:
    """The signal's byte on the wake-up socket says all."""


def run_service(body: Body, *, stop_within: float, lifeline: int | None = None) -> int:
    """Run `body` until it returns or a signal asks to stop; returns the exit status, raises what `body`
    raises.

    The first SIGINT, SIGTERM or SIGHUP sets the event; a SIGINT or SIGTERM after that, or `stop_within`
    seconds without an end, ends the process at once.  `lifeline` is the reading end of a pipe whose writing
    end only the parent holds: when it closes, the parent is gone and the service stops.
    """
    stop, done = threading.Event(), threading.Event()
    failure: list[BaseException] = []
    with Wakeup(STOP_SIGNALS) as wakeup:
        thread = threading.Thread(target=_guard, args=(body, stop, done, failure, wakeup), name="service", daemon=True)
        thread.start()
        waiting = [wakeup.fileno(), *([] if lifeline is None else [lifeline])]
        while not done.is_set():
            readable = select.select(waiting, [], [])[0]
            signals = wakeup.take()
            if stop.is_set() and (signal.SIGINT in signals or signal.SIGTERM in signals):
                os._exit(HARD_STOP_STATUS)
            if lifeline in readable:
                waiting.remove(lifeline)
            if (signals or lifeline in readable) and not stop.is_set():
                stop.set()
                _end_at_latest(stop_within)
        thread.join()
        signal.setitimer(signal.ITIMER_REAL, 0)
    if failure:
        raise failure[0]
    return 0


def _guard(
    body: Body, stop: threading.Event, done: threading.Event, failure: list[BaseException], wakeup: Wakeup
) -> None:
    try:
        body(stop)
    except BaseException as error:  # handed to the main thread, which raises it
        failure.append(error)
    finally:
        done.set()
        wakeup.poke()


def _end_at_latest(seconds: float) -> None:
    """The kernel ends this process when a service hangs on its way out; needs no thread and no Python
    code.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def listen(host: str, port: int, *, patience: float = 0.0) -> socket.socket:
    """A listening TCP socket that children may inherit; port 0 takes a free one.

    `patience` is how many seconds a port that is in use may take to become free (the server of a killed
    predecessor is just ending).  Raises `SettingsError` naming host and port.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise SettingsError(
            f"The host {host!r} is not an address of this machine ({error.strerror}).",
            fix="give --host an address of this machine, such as 127.0.0.1.",
        ) from None
    deadline = time.monotonic() + patience
    while True:
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # inherited by what it accepts: otherwise each answer on a kept connection waits 40 ms for an acknowledgement
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            listener.bind(address)
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(_BIND_RETRY)  # nothing signals that a port of another process became free
                continue
            raise _listen_error(host, port, error) from None
        return listener


def _listen_error(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 0
        return SettingsError(
            f"Port {port} on {host} is in use by another program.",
            fix=f"stop that program, or choose another port: --port {other} (0 takes any free one).",
        )
    if error.errno == errno.EACCES:
        return SettingsError(
            f"Port {port} may not be opened by this user.",
            fix="choose a port from 1024 on, for example --port 8080.",
        )
    return SettingsError(
        f"Cannot listen on {host}:{port}: {error.strerror}.",
        fix="give --host an address of this machine, such as 127.0.0.1.",
    )
