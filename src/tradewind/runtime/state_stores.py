"""`task_state_store` and `asset_state_store` of the context: what a task, or an asset, remembers.

Made by `context` at first use.  Every call asks the supervisor; what was set is stored when the call returns.  The
methods whose names begin with `a` are the same for coroutines.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from tradewind.authoring.assets import Asset
from tradewind.authoring.state import NEVER_EXPIRE
from tradewind.errors import AirflowException
from tradewind.spec import serde, wire

Request = Callable[[wire.Request], Any]


class _Store:
    """Entries by key, of a task instance or of an asset."""

    def __init__(self, request: Request, attempt_id: str, asset: tuple[str, str] | None = None) -> None:
        self._request, self._attempt_id, self._asset = request, attempt_id, asset

    def get(self, key: str, default: Any = None) -> Any:
        """The value, or `default`."""
        text = self._request(wire.GetState(attempt_id=self._attempt_id, key=_key(key), asset=self._asset))
        return default if text is None else serde.loads(text)

    def delete(self, key: str) -> None:
        """Delete an entry; none is fine."""
        self._request(wire.DeleteState(attempt_id=self._attempt_id, key=_key(key), asset=self._asset))

    async def aget(self, key: str, default: Any = None) -> Any:
        """As `get`."""
        return await asyncio.to_thread(self.get, key, default)

    async def adelete(self, key: str) -> None:
        """As `delete`."""
        await asyncio.to_thread(self.delete, key)


class TaskStateStore(_Store):
    """What the task instance remembers from one try to the next; gone when it is cleared."""

    def set(self, key: str, value: Any, *, retention: timedelta | None = None) -> None:
        """Store a value that an XCom could be.

        `retention`: for how long; None: the setting `state_retention_days`; NEVER_EXPIRE: as long as the run.  Raises
        `serde.SerdeError`, ValueError.
        """
        if retention is not None and retention <= timedelta(0):
            raise ValueError(f"retention={retention!r} must be longer than nothing")
        seconds = None if retention is None else -1.0 if retention == NEVER_EXPIRE else retention.total_seconds()
        text = serde.dumps(value)
        self._request(wire.SetState(attempt_id=self._attempt_id, key=_key(key), value=text, retention=seconds))

    def clear(self, *, all_map_indices: bool = False) -> None:
        """Delete all entries; with `all_map_indices` those of all instances of the task in this run."""
        self._request(wire.DeleteState(attempt_id=self._attempt_id, all_map_indexes=all_map_indices))

    async def aset(self, key: str, value: Any, *, retention: timedelta | None = None) -> None:
        """As `set`."""
        await asyncio.to_thread(self.set, key, value, retention=retention)

    async def aclear(self, *, all_map_indices: bool = False) -> None:
        """As `clear`."""
        await asyncio.to_thread(self.clear, all_map_indices=all_map_indices)


class AssetStateStore(_Store):
    """What an asset remembers from one run to the next; it stays until it is deleted."""

    def set(self, key: str, value: Any) -> None:
        """Store a value that an XCom could be.  Raises `serde.SerdeError`."""
        text = serde.dumps(value)
        self._request(wire.SetState(attempt_id=self._attempt_id, key=_key(key), value=text, asset=self._asset))

    def clear(self) -> None:
        """Delete all entries."""
        self._request(wire.DeleteState(attempt_id=self._attempt_id, asset=self._asset))

    async def aset(self, key: str, value: Any) -> None:
        """As `set`."""
        await asyncio.to_thread(self.set, key, value)

    async def aclear(self) -> None:
        """As `clear`."""
        await asyncio.to_thread(self.clear)


class AssetStateStores:
    """The stores of the task's assets, by asset, name or uri; with one asset, that one's without asking."""

    def __init__(self, request: Request, attempt_id: str, assets: list[Asset]) -> None:
        self._stores = {
            (asset.name, asset.uri): AssetStateStore(request, attempt_id, (asset.name, asset.uri)) for asset in assets
        }

    def __getitem__(self, asset: Any) -> AssetStateStore:
        wanted = {getattr(asset, "name", asset), getattr(asset, "uri", asset)}
        for (name, uri), store in self._stores.items():
            if name in wanted or uri in wanted:
                return store
        known = ", ".join(repr(name) for name, _ in self._stores)
        raise KeyError(f"{asset!r} is neither an inlet nor an outlet of this task; those are {known}")

    def __iter__(self) -> Iterator[str]:
        return iter(name for name, _ in self._stores)

    def __len__(self) -> int:
        return len(self._stores)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or not hasattr(AssetStateStore, name):
            raise AttributeError(f"asset_state_store has no {name!r}")
        if len(self._stores) != 1:
            raise AirflowException(
                f"this task has {len(self._stores)} assets; say whose state store you mean: "
                f"asset_state_store[asset].{name}(...)"
            )
        return getattr(next(iter(self._stores.values())), name)


def assets_of(task: Any) -> list[Asset]:
    """The assets among the inlets and outlets of a task, each once."""
    found: dict[str, Asset] = {}
    for item in (*(getattr(task, "inlets", None) or ()), *(getattr(task, "outlets", None) or ())):
        if isinstance(item, Asset):
            found.setdefault(item.name, item)
    return list(found.values())


def _key(key: Any) -> str:
    if not isinstance(key, str) or not key:
        raise TypeError(f"the key of a state store must be a text, not {key!r}")
    return key
