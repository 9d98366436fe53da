"""How often a login may fail.  Used by `server.api.auth` and the login page."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable

MAX_KEYS = 10_000


class GuessLimit:
    """Who may try a password, and when.  Thread-safe.

    Counted are the failures of an address, those of an address for one user, and those for one user from everywhere.
    The last keeps those out who guess from many addresses, but not the user himself at an address where he logged in
    before: nobody holds back whom he knows the name of.
    """

    def __init__(self, per_address: int, per_user: int, overall: int, window: float, monotonic: Callable[[], float]):
        self._address = FailureLimit(per_address, window, monotonic)
        self._user = FailureLimit(per_user, window, monotonic)
        self._overall = FailureLimit(overall, window, monotonic)
        self._lock = threading.Lock()
        self._known: OrderedDict[str, None] = OrderedDict()

    def wait(self, address: str, name: str) -> float:
        """Seconds until this user may try again at this address; 0 when he may now."""
        pair = _pair(address, name)
        with self._lock:
            known = pair in self._known
        return max(self._address.wait(address), self._user.wait(pair), 0.0 if known else self._overall.wait(name))

    def failed(self, address: str, name: str) -> None:
        """Count one failure."""
        self._address.failed(address)
        self._user.failed(_pair(address, name))
        self._overall.failed(name)

    def succeeded(self, address: str, name: str) -> None:
        """He knows his password.  The failures of the address stay: whoever has a password of his own must not guess
        at others in between; and so do those of others at his name."""
        pair = _pair(address, name)
        self._user.succeeded(pair)
        with self._lock:
            self._known[pair] = None
            self._known.move_to_end(pair)
            while len(self._known) > MAX_KEYS:
                self._known.popitem(last=False)


def _pair(address: str, name: str) -> str:
    return f"{address} {name}"  # no address holds a space


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
