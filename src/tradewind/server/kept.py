"""Answers, and parts of them, that were made lately and do not change.  Used by the routers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What was made lately, up to a size; what was not asked for longest goes first.  Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._items: OrderedDict[object, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object) -> Value | None:
        """The value, or None."""
        with self._lock:
            found = self._items.get(key)
            if found is None:
                return None
            self._items.move_to_end(key)
            return found[0]

    def put(self, key: object, value: Value, size: int = 1) -> None:
        """Keep a value that takes up `size`."""
        with self._lock:
            old = self._items.pop(key, None)
            self._items[key] = (value, size)
            self._size += size - (old[1] if old is not None else 0)
            while self._size > self._most and len(self._items) > 1:
                _, (_, dropped) = self._items.popitem(last=False)
                self._size -= dropped
