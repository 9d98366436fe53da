"""The results of a mapped task, read one by one: a task that needs one of ten thousand loads one.

Made by `task_instance` for arguments that refer to a mapped task.  Airflow: `LazyXComSequence`.
"""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from tradewind.authoring.xcom import StoredXCom
from tradewind.runtime import large_values
from tradewind.spec import wire

_AT_ONCE = 500
"""Values per question when all are wanted."""


class LazyXComSequence(Sequence[Any]):
    """What the instances of one task pushed under one key, by map index; those that pushed nothing are left out."""

    def __init__(
        self, request: Callable[[wire.Request], Any], dag_id: str, run_id: str, task_id: str, key: str
    ) -> None:
        self._request = request
        self._where: dict[str, Any] = {"dag_id": dag_id, "run_id": run_id, "task_id": task_id, "key": key}
        self._length: int | None = None
        self._places: list[int] = []
        """Places that were asked for, ascending, and the map index of the value at each."""
        self._indexes: list[int] = []

    def _rows(self, limit: int, *, offset: int = 0, after: int | None = None) -> list[tuple[int, str]]:
        _, rows = self._request(wire.GetXComItems(**self._where, offset=offset, limit=limit, after=after))
        return [(index, text) for index, text in rows]

    def _value(self, index: int, text: str) -> Any:
        return large_values.decode(text, StoredXCom(value=None, **self._where, map_index=index), self._request)

    def __len__(self) -> int:
        if self._length is None:
            self._length, _ = self._request(wire.GetXComItems(**self._where, limit=0))
        return int(self._length or 0)

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> list[Any]: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            places = range(*index.indices(len(self)))
            if not places:
                return []
            first, last = min(places), max(places)
            values = list(self._from(first, last + 1))
            return [values[place - first] for place in places]
        if index < 0:
            index += len(self)
        found = self._at(index) if index >= 0 else None
        if found is None:
            raise IndexError(f"there are {len(self)} values, none at index {index}")
        return self._value(*found)

    def _at(self, place: int) -> tuple[int, str] | None:
        """The value at a place, by the key of the nearest one before it that is known: who goes from one to the next
        walks along the index, however far he is."""
        at = bisect.bisect_left(self._places, place)
        offset, after = place, None
        if at > 0:
            offset, after = place - self._places[at - 1] - 1, self._indexes[at - 1]
        rows = self._rows(1, offset=offset, after=after)
        if not rows:
            return None
        if at == len(self._places) or self._places[at] != place:
            self._places.insert(at, place)
            self._indexes.insert(at, rows[0][0])
        return rows[0]

    def __iter__(self) -> Iterator[Any]:
        return self._from(0, len(self))

    def _from(self, start: int, stop: int) -> Iterator[Any]:
        after: int | None = None
        while start < stop:
            rows = self._rows(min(_AT_ONCE, stop - start), offset=start if after is None else 0, after=after)
            if not rows:
                return
            for index, text in rows:
                yield self._value(index, text)  # one at a time: each may be large
            start += len(rows)
            after = rows[-1][0]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and not isinstance(other, str) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"LazyXComSequence([{len(self)} items])"
