"""What an executor must know of `worker` without loading it: a scheduler never imports what tasks need."""

from __future__ import annotations

import msgspec

ENTRY = "tradewind.runtime.worker:main"
PRELOAD = (
    "tradewind.runtime.worker",
    "jinja2.nativetypes",
    "jinja2.sandbox",
    "pendulum",
    "zoneinfo",
)
"""What the template imports so that a fresh worker is warm."""
EXIT_RETIRED = 0
"""Exit status of a worker that wants to be replaced; an attempt it has not claimed may go to another one."""
EXIT_STOPPED = 143
"""Exit status after a stop, as a shell shows SIGTERM."""


class WorkerConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What the executor tells a worker, MessagePack in the entry's arguments."""

    worker: int
    recycle_after: int = 1000
    """Attempts after which the worker is replaced."""
    max_growth: int = 512 * 1024 * 1024
    """Bytes by which its resident memory may grow before it is replaced."""
    log_level: str = "INFO"
