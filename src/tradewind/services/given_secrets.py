"""Which known secrets are in what a task is given, so that its process hides them in what it logs.  Used by `task_api`.

A task that reads the password of another one from an XCom never asked for the Connection, and would print it.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from tradewind.errors import StoreError
from tradewind.runtime.masking import Masker
from tradewind.spec import wire
from tradewind.store.known_secrets import KnownSecrets

log = logging.getLogger(__name__)

FRESH = 1.0
"""Seconds for which what is known is not asked for again: an XCom is one query, not two."""
_LEARNED = (wire.GetConnection, wire.GetVariable)
"""What of these is secret the process knows by itself."""


class GivenSecrets:
    """Looks for the secrets of one installation.  Thread-safe."""

    def __init__(self, secrets: KnownSecrets, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._secrets, self._monotonic = secrets, monotonic
        self._lock = threading.Lock()
        self._asked: float | None = None

    def changed(self) -> None:
        """A task told of one: the next may be given it at once."""
        with self._lock:
            self._asked = None

    def marked(self, request: wire.Request, value: Any) -> Any:
        """The answer to a request, with the known secrets in it where there are any."""
        if value is None or isinstance(request, _LEARNED):
            return value
        masker = self._masker()
        if not masker.knows:
            return value
        index = masker.index()
        found = {text[begin:end] for text in _texts(value) for begin, end in index.spans(text)}
        return wire.Given(value, tuple(sorted(found | {_plain(text) for text in found}))) if found else value

    def _masker(self) -> Masker:
        with self._lock:  # whoever comes meanwhile waits until they are known
            now = self._monotonic()
            if self._asked is not None and now - self._asked < FRESH:
                return self._secrets.last()
            try:
                self._secrets.masker()
            except StoreError as error:  # the answer itself is there
                log.warning("secrets that changed meanwhile are not hidden in logs: %s", error)
            self._asked = now
            return self._secrets.last()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*_texts(key), *_texts(item))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _plain(text: str) -> str:
    """What is written so inside JSON text."""
    try:
        found = json.loads(f'"{text}"')
    except ValueError:
        return text
    return str(found)
