"""Which ids of tasks and task groups a DAG has, and the next free one: constant time however large the DAG is.

Used by `dag`, `taskgroup` and `decorators`.
"""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"^(.*?)__(\d+)$", re.DOTALL)


class TakenIds:
    """Ids in use in one DAG."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._highest: dict[str, int] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def add(self, name: str) -> None:
        """Take an id."""
        self._ids.add(name)
        found = _SUFFIX.match(name)
        if found is not None:
            core, number = found.group(1), int(found.group(2))
            self._highest[core] = max(number, self._highest.get(core, 0))

    def next_number(self, core: str) -> int:
        """The number of the next `core__<number>`: one more than the highest in use."""
        return self._highest.get(core, 0) + 1
