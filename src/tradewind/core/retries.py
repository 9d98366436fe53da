"""How long a failed try waits for the next one.  Called by `core.machine`; also by `explain` and the UI's
hints."""

from __future__ import annotations

import hashlib
import math
from datetime import timedelta

from tradewind.spec.dag import TaskSpec

_FOR_EVER = 1e11
"""Seconds; a constant delay may be longer than any calendar, but not longer than a timedelta."""


def retry_delay(task: TaskSpec, retry_number: int, jitter: float = 0.0) -> timedelta:
    """The wait before the `retry_number`-th retry (1: the first).

    Constant `retry_delay`, or with `retry_exponential_backoff` m: `retry_delay * m ** (retry_number - 1)`,
    rounded up to whole seconds and at least one, spread upwards by `jitter` (0 <= jitter < 1) so that tasks
    that failed together do not come back together.  An exponential delay is capped at `longest_retry_delay` (24 h
    unless set otherwise), and by `max_retry_delay`.
    """
    multiplier = task.retry_exponential_backoff
    if multiplier <= 0 or multiplier == 1.0:
        return timedelta(seconds=min(max(0.0, task.retry_delay), _FOR_EVER))
    most = task.longest_retry_delay
    try:
        base = task.retry_delay * multiplier ** (max(1, retry_number) - 1)
    except OverflowError:
        base = most
    seconds = most
    if base < most:
        seconds = min(most, math.floor(max(1, math.ceil(base)) * (1.0 + jitter)))
    if task.max_retry_delay is not None:
        seconds = min(seconds, task.max_retry_delay)
    return timedelta(seconds=max(0.0, seconds))


def spread(ti_id: str, try_number: int) -> float:
    """The jitter of one try of one task instance (0 <= jitter < 1): random among tasks, always the same for a try."""
    digest = hashlib.blake2b(f"{ti_id}#{try_number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
