"""A limit of time for a part of a task.  Airflow: `airflow.utils.timeout`, `airflow.sdk.execution_time.timeout`."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Any

from tradewind.errors import AirflowTaskTimeout

_log = logging.getLogger("airflow.task")


class timeout:  # noqa: N801 - Airflow's name
    """`with timeout(30, "text"):` raises `AirflowTaskTimeout` in what runs under it after so many seconds.

    It works by signal, in the main thread, where tasks run; elsewhere it is a warning in the log.  The timer that ran
    before, such as that of `execution_timeout`, goes on afterwards.
    """

    def __init__(self, seconds: float = 1, error_message: str = "Timeout") -> None:
        self.seconds = seconds
        self.error_message = f"{error_message}, PID: {os.getpid()}"
        self._before: Any = None
        self._timer: tuple[float, float] = (0.0, 0.0)
        self._since = 0.0
        self._active = False

    def handle_timeout(self, signum: int, frame: FrameType | None) -> None:
        """Raises `AirflowTaskTimeout`."""
        _log.error("the time is up: %s", self.error_message)
        raise AirflowTaskTimeout(self.error_message)

    def __enter__(self) -> timeout:
        if threading.current_thread() is not threading.main_thread():
            _log.warning("a timeout of %g s is not watched outside the main thread", self.seconds)
            return self
        self._before = signal.signal(signal.SIGALRM, self.handle_timeout)
        self._timer = signal.setitimer(signal.ITIMER_REAL, self.seconds)
        self._since, self._active = time.monotonic(), True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if not self._active:
            return
        self._active = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._before)
        left, interval = self._timer
        if left:
            # what is overdue comes at once
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - self._since), 0.001), interval)
