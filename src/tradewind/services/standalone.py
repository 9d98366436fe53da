"""All parts of Tradewind under one parent: starts them, restarts one that dies, stops them in order.

Called by `cli.standalone`, which says what the parts are.  The parent forks each part from itself, so that
the modules they share are imported once; it therefore has no threads and no open database when `run` is
called, and stays so. Each child leads a process group of its own (a Ctrl-C in the terminal reaches only the
parent, which then decides the order) and watches the parent's lifeline: when the parent is killed, the
children stop by themselves.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tradewind.errors import TradewindError
from tradewind.services.process import STOP_SIGNALS, Body, Wakeup, run_service

BACKOFF = (0.2, 0.5, 1.0, 2.0)
"""Seconds before the first, second, ... restart of a part that keeps dying."""
CRASH_LIMIT = 5
"""So many deaths of one part within `CRASH_WINDOW` seconds end the whole."""
CRASH_WINDOW = 60.0
_KILL_WAIT = 5.0

Tell = Callable[[], None]
"""A part calls it, from any thread, when it is ready."""


@dataclass(frozen=True, slots=True)
class Part:
    """One child process."""

    name: str
    make: Callable[[Tell], Body]
    """Builds the service; called in the child.  A failure of it counts as a death of the part."""
    stop_within: float
    """Seconds between the request to stop and the kill."""


@dataclass(slots=True)
class _Child:
    """What the parent knows of a part."""

    part: Part
    pid: int | None = None
    status: int | None = None
    """Reading end of the pipe on which the child reports."""
    ready: bool = False
    reason: str = ""
    restart_at: float | None = None
    deaths: deque[float] = field(default_factory=deque)


class Supervisor:
    """Keeps the parts running until a signal or a crash loop ends them.  Used once."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        on_ready: Callable[[], None],
        on_note: Callable[[str], None],
        close_in_children: Sequence[int] = (),
        slow_after: float = 10.0,
        farewell: str = "stopping",
    ) -> None:
        """`parts` are started in this order and stopped in the opposite one.

        `on_ready` is called once, when all parts are ready; `on_note` gets one line about anything unusual;
        `close_in_children` are descriptors of the parent alone; after `slow_after` seconds without all parts
        ready a note says which are missing; `farewell` is the note when a signal asks to stop.
        """
        self._children = [_Child(part) for part in parts]
        self._on_ready, self._on_note = on_ready, on_note
        self._private = list(close_in_children)
        self._slow_after, self._farewell = slow_after, farewell
        self._lifeline, self._hold = os.pipe()
        self._announced = False
        self._slow_at: float | None = None

    def run(self) -> int:
        """Start the parts and watch them; returns 0 after a clean stop.

        Raises `TradewindError` when a part cannot be kept alive; all others are stopped then.
        """
        assert threading.active_count() == 1, "a fork would copy the locks of other threads in any state"
        with Wakeup((*STOP_SIGNALS, signal.SIGCHLD)) as wakeup:
            self._slow_at = time.monotonic() + self._slow_after
            gc.freeze()  # a collection in a child would copy the pages that it shares with the parent
            try:
                for child in self._children:
                    self._start(child)
                failure = self._watch(wakeup)
            finally:
                self._stop(wakeup)
                os.close(self._hold)
                os.close(self._lifeline)
                gc.unfreeze()
        if failure:
            raise failure
        return 0

    # --- The parent -----------------------------------------------------------------------------------------

    def _watch(self, wakeup: Wakeup) -> TradewindError | None:
        """Until a signal asks to stop (None) or a part is given up (why)."""
        while True:
            fds = [wakeup.fileno(), *(c.status for c in self._children if c.status is not None)]
            readable = select.select(fds, [], [], self._timeout())[0]
            signals = wakeup.take()
            self._hear(readable)
            self._reap()
            if any(number in STOP_SIGNALS for number in signals):
                self._on_note(self._farewell)
                return None
            now = time.monotonic()
            for child in self._children:
                if child.pid is None and child.restart_at is None:
                    failure = self._bury(child, now)
                    if failure:
                        return failure
                elif child.restart_at is not None and child.restart_at <= now:
                    child.restart_at = None
                    self._start(child)
            self._announce(now)

    def _timeout(self) -> float | None:
        """Seconds until something is due by itself."""
        due = [c.restart_at for c in self._children if c.restart_at is not None]
        if self._slow_at is not None:
            due.append(self._slow_at)
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _announce(self, now: float) -> None:
        missing = [c.part.name for c in self._children if not c.ready]
        if not missing and not self._announced:
            self._announced, self._slow_at = True, None
            self._on_ready()
        elif self._slow_at is not None and self._slow_at <= now:
            self._slow_at = None
            self._on_note(f"still waiting for: {', '.join(missing)}")

    def _start(self, child: _Child) -> None:
        reading, writing = os.pipe()
        sys.stdout.flush()  # else the child would print what is buffered a second time
        sys.stderr.flush()
        # A signal that met the child before it let go of the parent's wake-up pipe would be taken for the
        # parent's.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        pid = os.fork()
        if pid == 0:
            others = [fd for c in self._children if (fd := c.status) is not None]
            _child_main(child.part, self._lifeline, writing, [reading, self._hold, *others, *self._private], mask)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(writing)
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)  # the child does it too; whoever comes first
        child.pid, child.status, child.ready, child.reason = pid, reading, False, ""

    def _hear(self, readable: list[int]) -> None:
        for child in self._children:
            if child.status not in readable or child.status is None:
                continue
            data = os.read(child.status, 65536)
            if not data:
                os.close(child.status)
                child.status = None
            for line in data.splitlines():
                message = json.loads(line)
                child.ready = child.ready or message.get("ready", False)
                child.reason = message.get("reason", child.reason)

    def _reap(self) -> None:
        """Note which children ended, after sweeping what an unclean end left in their process groups."""
        for child in self._children:
            if child.pid is None:
                continue
            # WNOWAIT keeps the pid, and so the number of the group, from being given to somebody else.
            found = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if found is None:
                continue
            if found.si_code != os.CLD_EXITED or found.si_status != 0:
                with contextlib.suppress(OSError):
                    os.killpg(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            if child.status is not None:
                self._hear(select.select([child.status], [], [], 0)[0])
            if child.status is not None:
                os.close(child.status)
            if found.si_code == os.CLD_EXITED:
                child.reason = child.reason or f"exit status {found.si_status}"
            else:
                child.reason = f"killed by {_signal_name(found.si_status)}"
            child.pid, child.status, child.ready = None, None, False

    def _bury(self, child: _Child, now: float) -> TradewindError | None:
        """Plan the restart of a dead part, or say why it is given up."""
        while child.deaths and child.deaths[0] < now - CRASH_WINDOW:
            child.deaths.popleft()
        child.deaths.append(now)
        if len(child.deaths) >= CRASH_LIMIT:
            return TradewindError(
                f"{child.part.name} ended {len(child.deaths)} times within {CRASH_WINDOW:g} seconds; "
                f"the last time: {child.reason}",
                fix=f"start it alone to see more: tradewind {child.part.name} --verbose",
            )
        wait = BACKOFF[min(len(child.deaths), len(BACKOFF)) - 1]
        child.restart_at = now + wait
        self._on_note(f"{child.part.name} ended ({child.reason}); it is started again in {wait:g} s")
        return None

    def _stop(self, wakeup: Wakeup) -> None:
        """End the parts one after the other, last started first; a further signal kills what is left at once."""
        hurry = False
        for child in reversed(self._children):
            child.restart_at = None
            self._reap()
            if child.pid is None:
                continue
            if not hurry:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGTERM)
                hurry = self._wait_for(child, wakeup, child.part.stop_within)
            if child.pid is not None:
                with contextlib.suppress(OSError):
                    os.killpg(child.pid, signal.SIGKILL)
                while child.pid is not None:
                    self._wait_for(child, wakeup, _KILL_WAIT)

    def _wait_for(self, child: _Child, wakeup: Wakeup, seconds: float) -> bool:
        """Until the child ended, its time is up, or somebody asks to hurry; whether that was so."""
        deadline = time.monotonic() + seconds
        while True:
            self._reap()
            if child.pid is None:
                return False
            left = deadline - time.monotonic()
            if left <= 0:
                self._on_note(f"{child.part.name} did not end within {seconds:g} s and is killed")
                return False
            select.select([wakeup.fileno()], [], [], left)
            if any(number in (signal.SIGINT, signal.SIGTERM) for number in wakeup.take()):
                self._on_note("stopping now")
                return True


# --- The child ----------------------------------------------------------------------------------------------


def _child_main(part: Part, lifeline: int, status: int, close: Sequence[int], mask: Iterable[int]) -> None:
    """Run a part and leave the process; never returns into the parent's code."""
    code = 1
    try:
        # The wake-up pipe and the handlers of the parent must not hear the child's signals.
        signal.set_wakeup_fd(-1)
        for number in (*STOP_SIGNALS, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.setpgid(0, 0)
        for fd in close:
            os.close(fd)
        body = part.make(lambda: _report(status, ready=True))
        code = run_service(body, stop_within=part.stop_within, lifeline=lifeline)
    except TradewindError as error:
        _report(status, reason=str(error))
    except BaseException as error:
        traceback.print_exc()
        _report(status, reason=f"{type(error).__name__}: {error}")
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _report(status: int, *, ready: bool = False, reason: str = "") -> None:
    message = {"ready": True} if ready else {"reason": reason[:2000]}
    with contextlib.suppress(OSError):  # the parent is gone: nobody to tell
        os.write(status, json.dumps(message).encode() + b"\n")  # short enough to be written in one piece


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
