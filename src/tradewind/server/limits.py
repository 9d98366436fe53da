"""How often a login may fail.  Used by `server.api.auth` and the login page."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable

MAX_KEYS = 10_000


class FailureLimit:
    """Counts failures per key (an address, a user name) in a sliding window.  Thread-safe.

    `monotonic` gives seconds.  The keys that failed longest ago are forgotten when there are too many of them.
    """

    def __init__(self, attempts: int, window: float, monotonic: Callable[[], float]) -> None:
        self._attempts = attempts
        self._window = window
        self._monotonic = monotonic
        self._failures: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> float:
        """Seconds until this key may try again; 0 when it may now."""
        with self._lock:
            now = self._monotonic()
            times = self._recent(key, now)
            if times is None or len(times) < self._attempts:
                return 0.0
            return max(times[0] + self._window - now, 0.001)

    def failed(self, key: str) -> None:
        """Count one failure."""
        with self._lock:
            now = self._monotonic()
            times = self._recent(key, now)
            if times is None:
                times = self._failures[key] = deque(maxlen=self._attempts)
            times.append(now)
            self._failures.move_to_end(key)
            while len(self._failures) > MAX_KEYS:
                self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of this key."""
        with self._lock:
            self._failures.pop(key, None)

    def _recent(self, key: str, now: float) -> deque[float] | None:
        times = self._failures.get(key)
        if times is None:
            return None
        while times and times[0] <= now - self._window:
            times.popleft()
        if not times:
            del self._failures[key]
            return None
        return times
