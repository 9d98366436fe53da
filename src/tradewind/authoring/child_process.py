"""A process that a task starts and that must not outlive it: a shell, another Python.

Used by `BashOperator` and the operators for other Pythons.  The process leads a group of its own.  When the task is
stopped the whole group is killed; when the worker itself is killed, the kernel kills the process (PR_SET_PDEATHSIG),
and the executor finds what it had started by `TRADEWIND_ATTEMPT_ID` in its environment.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

ATTEMPT_VARIABLE = "TRADEWIND_ATTEMPT_ID"
_PR_SET_PDEATHSIG = 1
_KILL_GRACE = 5.0
"""Seconds between SIGTERM and SIGKILL of a stopped process."""


def marked(env: Mapping[str, str]) -> dict[str, str]:
    """The environment with the mark by which the executor finds what a killed attempt left behind."""
    mark = os.environ.get(ATTEMPT_VARIABLE)
    return {**env, ATTEMPT_VARIABLE: mark} if mark else dict(env)


class ChildProcess:
    """One process at a time; `stop` may be called from a signal handler while `run` waits."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stop_asked = False

    def run(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        on_line: Callable[[bytes], None],
        cwd: str | None = None,
    ) -> int:
        """Run it to its end and give each line of its output (both streams) to `on_line`; returns the exit code.

        A negative code is the signal that ended it.  Raises OSError when it cannot be started; whatever else ends the
        wait (a timeout, the order to stop) stops the process, too.
        """
        self._stop_asked = False
        process = subprocess.Popen(  # noqa: S603 - running the author's command is the purpose
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid()),
        )
        self._process = process
        assert process.stdout is not None
        try:
            if self._stop_asked:  # the process ran already, but `stop` could not know it yet
                self.stop()
            with process.stdout:
                for raw in iter(process.stdout.readline, b""):
                    on_line(raw)
            return process.wait()
        except BaseException:  # the timeout and the order to stop are no `Exception`
            self.stop()
            raise
        finally:
            self._process = None

    def stop(self) -> None:
        """Stop the process and all that it started: SIGTERM, and SIGKILL for what is left after five seconds."""
        # asked first, looked after: `run` does it the other way round, so one of the two sees the other
        self._stop_asked = True
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=_KILL_GRACE)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _die_with(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes the command: ask the kernel to be killed with this process (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the kernel was asked
            os._exit(1)

    return ask
