"""What tasks can be mapped over, and which mapped group a task is in.  Used by `xcom_arg`, `expansion`, the runtime."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any


class Elements(ABC):
    """A value whose elements are fetched one by one."""

    @abstractmethod
    def at(self, index: int) -> Any:
        """One element: of a dict the pair of a key and its value.  Raises `IndexError`."""


def is_mappable(value: Any) -> bool:
    """Whether a value has elements to map over: a list, tuple or another sequence, or a dict; texts have not."""
    return isinstance(value, Sequence | Mapping) and not isinstance(value, str | bytes | bytearray)


def element(value: Any, index: int) -> Any:
    """One element: of a dict the pair of a key and its value."""
    if isinstance(value, Elements):
        return value.at(index)
    if isinstance(value, Mapping):
        return next(islice(value.items(), index, None))
    return value[index]


def mapped_group_of(task: Any) -> Any:
    """The mapped task group that a task is in, or None."""
    group = getattr(task, "task_group", None)
    while group is not None:
        if group.expand_input is not None:
            return group
        group = group.parent_group
    return None
