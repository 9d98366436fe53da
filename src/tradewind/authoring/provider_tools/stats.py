"""Metrics of one's own code, sent to StatsD.  Airflow: `airflow.stats`, `airflow.sdk.observability.stats`.

Sent by UDP when `[metrics] statsd_on` is set, else nowhere.  What the engine itself does is not reported here.
"""

from __future__ import annotations

import functools
import random
import re
import socket
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from tradewind.authoring.conf import conf

Tags = Mapping[str, Any] | None


class Timer:
    """Measures a time: as a context manager, as a decorator, or with `start` and `stop`; `duration` in milliseconds."""

    def __init__(self, stat: str | None = None, tags: Tags = None) -> None:
        self.stat, self.tags = stat, tags
        self.duration: float | None = None
        self._since = 0.0

    def __call__(self, function: Any) -> Any:
        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with Timer(self.stat, self.tags):
                return function(*args, **kwargs)

        return timed

    def start(self) -> Timer:
        """Begin to measure."""
        self._since = time.perf_counter()
        return self

    def stop(self, send: bool = True) -> None:
        """End, and send the time if it has a name."""
        self.duration = 1000.0 * (time.perf_counter() - self._since)
        if send and self.stat:
            Stats.timing(self.stat, self.duration, tags=self.tags)

    def __enter__(self) -> Timer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class Stats:
    """Counters, gauges and times."""

    @classmethod
    def incr(cls, stat: str, count: int = 1, rate: float = 1, *, tags: Tags = None) -> None:
        """Count up; with a `rate` below 1 only that share is sent."""
        _send(stat, f"{count}|c", rate, tags)

    @classmethod
    def decr(cls, stat: str, count: int = 1, rate: float = 1, *, tags: Tags = None) -> None:
        """Count down."""
        _send(stat, f"{-count}|c", rate, tags)

    @classmethod
    def gauge(cls, stat: str, value: float, rate: float = 1, delta: bool = False, *, tags: Tags = None) -> None:
        """Set a value; with `delta` change it."""
        _send(stat, f"{value:+g}|g" if delta else f"{value:g}|g", rate, tags)

    @classmethod
    def timing(cls, stat: str, dt: float | timedelta | None, *, tags: Tags = None) -> None:
        """A time: a timedelta, or milliseconds."""
        milliseconds = dt.total_seconds() * 1000 if isinstance(dt, timedelta) else dt
        if milliseconds is not None:
            _send(stat, f"{milliseconds:.6f}|ms", 1, tags)

    @classmethod
    def timer(cls, stat: str | None = None, *args: Any, tags: Tags = None, **kwargs: Any) -> Timer:
        """A timer; without a name it only measures."""
        return Timer(stat, tags)


def _send(stat: str, value: str, rate: float, tags: Tags) -> None:
    if not conf.getboolean("metrics", "statsd_on", fallback=False) or not _wanted(stat):
        return
    if rate < 1:
        if random.random() > rate:  # noqa: S311 - a sample, not a secret
            return
        value += f"|@{rate:g}"
    name, end = f"{conf.get('metrics', 'statsd_prefix', fallback='airflow')}.{stat}", ""
    pairs = sorted((tags or {}).items())
    if pairs and conf.getboolean("metrics", "statsd_datadog_enabled", fallback=False):
        end = "|#" + ",".join(f"{key}:{item}" for key, item in pairs)
    elif pairs and conf.getboolean("metrics", "statsd_influxdb_enabled", fallback=False):
        name += "".join(f",{key}={item}" for key, item in pairs)
    address = (
        str(conf.get("metrics", "statsd_host", fallback="localhost")),
        conf.getint("metrics", "statsd_port", fallback=8125),
    )
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:  # never shared with a forked process
            line.sendto(f"{name}:{value}{end}".encode(), address)
    except OSError:  # as everywhere with StatsD: who measures must not fail because nobody listens
        return


def _wanted(stat: str) -> bool:
    allowed = [text.strip() for text in str(conf.get("metrics", "metrics_allow_list", fallback="")).split(",")]
    blocked = [text.strip() for text in str(conf.get("metrics", "metrics_block_list", fallback="")).split(",")]
    if any(allowed):
        return any(re.search(pattern, stat) for pattern in allowed if pattern)
    return not any(re.search(pattern, stat) for pattern in blocked if pattern)
