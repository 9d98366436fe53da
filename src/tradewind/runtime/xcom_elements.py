"""The list or dict that a task returned, read element by element: one of ten thousand instances loads its own.

Made by `task_instance` for what a mapped task is mapped over.  The element that is needed first comes with the answer
that says how many there are; who reads them all is given the whole value at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from tradewind.authoring.mappable import Elements
from tradewind.authoring.xcom import StoredXCom
from tradewind.runtime import large_values
from tradewind.spec import wire


@dataclass(frozen=True, slots=True)
class XComPlace:
    """Where a value is, and whom to ask for it."""

    request: Callable[[wire.Request], Any]
    dag_id: str
    run_id: str
    task_id: str
    key: str

    def ask(self, index: int) -> tuple[str, int, str]:
        """See `wire.GetXComElement`."""
        kind, length, text = self.request(
            wire.GetXComElement(dag_id=self.dag_id, run_id=self.run_id, task_id=self.task_id, key=self.key, index=index)
        )
        return kind, length, text

    def decode(self, text: str) -> Any:
        """The value of a text."""
        place = StoredXCom(self.key, None, self.dag_id, self.task_id, self.run_id, -1)
        return large_values.decode(text, place, self.request)

    def whole(self) -> Any:
        """All of the value."""
        rows = self.request(
            wire.GetXCom(
                dag_id=self.dag_id, run_id=self.run_id, key=self.key, task_ids=(self.task_id,), map_indexes=(-1,)
            )
        )
        if not rows:
            raise IndexError(f"the XCom {self.key!r} of task {self.task_id!r} is gone")
        return self.decode(rows[0][2])


def elements_of(where: XComPlace, first: int, default: Any) -> Any:
    """The value at a place: one that is read by elements, of which `first` is needed at once, if it is a list or dict;
    else the value itself; `default` when there is none."""
    kind, length, text = where.ask(first)
    match kind:
        case "list":
            return LazyList(where, length, first, text)
        case "dict":
            return LazyDict(where, length, first, text)
        case "whole":
            return where.decode(text)
        case _:
            return default


class _Lazy(Elements):
    def __init__(self, where: XComPlace, length: int, first: int, text: str) -> None:
        self._where, self._length = where, length
        self._texts = {first: text}
        self._whole: Any = None

    def at(self, index: int) -> Any:
        """One element.  Raises `IndexError`."""
        if not 0 <= index < self._length:
            raise IndexError(f"there are {self._length} values, none at index {index}")
        if index not in self._texts:
            _, _, self._texts[index] = self._where.ask(index)
        found = self._where.decode(self._texts[index])
        return tuple(found) if isinstance(self, Mapping) else found

    def _all(self) -> Any:
        if self._whole is None:
            self._whole = self._where.whole()
        return self._whole

    def __len__(self) -> int:
        return self._length

    def __repr__(self) -> str:
        return f"<{self._length} values of task {self._where.task_id!r}>"


class LazyList(_Lazy, Sequence[Any]):
    """A list."""

    @overload
    def __getitem__(self, index: int) -> Any: ...
    @overload
    def __getitem__(self, index: slice) -> Any: ...
    def __getitem__(self, index: int | slice) -> Any:
        if isinstance(index, slice):
            return self._all()[index]
        return self.at(index + self._length if index < 0 else index)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return bool(self._all() == (list(other) if isinstance(other, LazyList) else other))

    __hash__ = None  # type: ignore[assignment]


class LazyDict(_Lazy, Mapping[Any, Any]):
    """A dict."""

    def __getitem__(self, key: Any) -> Any:
        return self._all()[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._all())
