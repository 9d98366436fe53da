"""Which secrets of this process its supervisor knows, and the way to tell it of others.  Used by `masking`.

A secret that a vault, the environment or `mask_secret` gave is nowhere in the database: the server, which shows what
the task writes, would not know what to hide.  So it is told before user code goes on; it is kept encrypted.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable

from tradewind.authoring import comms
from tradewind.spec import wire

LONGEST = 64 * 1024
"""Characters of the longest secret that is told."""
MOST, ALTOGETHER = 100, 1000
"""Secrets in one message, and in those of one call: the others of a long list are hidden in this process only."""
_log = logging.getLogger("airflow.task")
_lock = threading.Lock()
_known: set[str] = set()


def known(secrets: Iterable[str]) -> None:
    """The supervisor knows these."""
    with _lock:
        _known.update(secrets)


def tell(secrets: Iterable[str]) -> None:
    """Tell the supervisor of those that it does not know yet, and wait until it does.

    Without a supervisor nothing happens.  A failure is no reason to stop the work that the secret is for: it is logged.
    """
    if not comms.connected():
        return
    with _lock:
        new = sorted(secret for secret in set(secrets) - _known if len(secret) <= LONGEST)
    if len(new) > ALTOGETHER:
        _log.warning("%d secrets at once: %d of them are hidden in logs only", len(new), len(new) - ALTOGETHER)
        del new[ALTOGETHER:]
    for first in range(0, len(new), MOST):
        part = tuple(new[first : first + MOST])
        try:
            comms.request(wire.KeepSecrets(part))
        except Exception as error:
            _log.warning("a secret is hidden in logs and rendered fields, but not in XComs: %s", error)
            return
        known(part)


def forget() -> None:
    """Forget all, as if the process were new (for tests)."""
    with _lock:
        _known.clear()
