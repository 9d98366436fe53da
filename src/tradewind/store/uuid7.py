"""Time-ordered ids: UUID version 7 (RFC 9562).  Called by `services` and `store` for task instances, attempts
and workers.

Ids made in one process ascend strictly, also within a millisecond: primary keys grow at the right edge of
their index, and ordering by id is ordering by creation.
"""

from __future__ import annotations

import os
import threading
import time

_lock = threading.Lock()
_last = 0
"""Milliseconds (48 bits) and the counter below them (12 bits) of the newest id."""


def _new_lock() -> None:
    global _lock
    _lock = threading.Lock()


# another thread may hold the lock at the moment of a fork, and does not exist in the child
os.register_at_fork(after_in_child=_new_lock)


def uuid7(unix_ms: int | None = None, random: bytes | None = None) -> str:
    """A new id in the 36-character form.

    `unix_ms` (milliseconds since 1970) and `random` (8 bytes) come from the system when not given.  With
    `unix_ms` given the id carries exactly this time and takes no part in the ascending order.  Raises
    ValueError for a time outside 48 bits or too few bytes.
    """
    noise = os.urandom(8) if random is None else random
    if len(noise) < 8:
        raise ValueError(f"random has {len(noise)} bytes, 8 are needed")
    if unix_ms is not None:
        if not 0 <= unix_ms < 1 << 48:
            raise ValueError(f"unix_ms is {unix_ms}, outside 48 bits")
        return _text(unix_ms, int.from_bytes(noise[:2], "big") & 0xFFF, noise)
    global _last
    with _lock:
        # the counter starts in the lower half, so that 2,048 ids fit into a millisecond before it runs ahead
        # of the clock
        fresh = (time.time_ns() // 1_000_000) << 12 | (noise[0] << 3)
        _last = max(fresh, _last + 1)
        stamp = _last
    return _text(stamp >> 12, stamp & 0xFFF, noise)


def _text(unix_ms: int, counter: int, noise: bytes) -> str:
    low = int.from_bytes(noise[:8], "big") & 0x3FFF_FFFF_FFFF_FFFF
    digits = f"{unix_ms << 80 | 7 << 76 | counter << 64 | 2 << 62 | low:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
