"""Assets: names of data that tasks make and use.

Airflow: `Asset` (2.x: `Dataset`), `AssetAlias` (`DatasetAlias`), `AssetAll`, `AssetAny`, `Metadata`.

Value objects for `inlets`, `outlets` and `schedule`.  Scheduling on them comes with a later version; see `schedules`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError


class BaseAsset:
    """Something a schedule may be made of: combined with `|` (any) and `&` (all)."""

    def iter_assets(self) -> Iterator[Asset]:
        """The assets in it."""
        raise NotImplementedError

    def __or__(self, other: BaseAsset) -> AssetAny:
        return AssetAny(self, _asset(other))

    def __and__(self, other: BaseAsset) -> AssetAll:
        return AssetAll(self, _asset(other))


def _asset(value: Any) -> BaseAsset:
    if isinstance(value, BaseAsset):
        return value
    raise ArgumentTypeError(f"{value!r} is not an asset", fix='write Asset("name")')


class Asset(BaseAsset, os.PathLike[str]):
    """A piece of data with a name and a URI; each defaults to the other."""

    def __init__(
        self,
        name: str | None = None,
        uri: str | None = None,
        *,
        group: str = "asset",
        extra: dict[str, Any] | None = None,
        watchers: list[Any] | None = None,
        access_control: Any = None,
    ) -> None:
        first = name if name is not None else uri
        if first is None:
            raise ArgumentTypeError("an Asset needs a name or a uri", fix='write Asset("name")')
        if not str(first).strip():
            raise ArgumentValueError(f"{first!r} is not a name of an Asset", fix="give a text that is not blank")
        self.name = first
        self.uri = uri if uri is not None else first
        self.group = group
        self.extra = dict(extra or {})
        self.watchers = list(watchers or [])
        self.access_control = access_control

    def iter_assets(self) -> Iterator[Asset]:
        """Itself."""
        yield self

    def __fspath__(self) -> str:
        return self.uri

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Asset):
            return NotImplemented
        return (self.name, self.uri, self.group) == (other.name, other.uri, other.group)

    def __hash__(self) -> int:
        return hash((self.name, self.uri, self.group))

    def __repr__(self) -> str:
        return f"Asset(name={self.name!r}, uri={self.uri!r})"


Dataset = Asset


class AssetAlias(BaseAsset):
    """A name that a task binds to assets while it runs."""

    def __init__(self, name: str, *, group: str = "asset") -> None:
        self.name = name
        self.group = group

    def iter_assets(self) -> Iterator[Asset]:
        """None that are known before the run."""
        return iter(())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetAlias) and (self.name, self.group) == (other.name, other.group)

    def __hash__(self) -> int:
        return hash((self.name, self.group))

    def __repr__(self) -> str:
        return f"AssetAlias({self.name!r})"


class AssetCondition(BaseAsset):
    """Several assets as one condition."""

    def __init__(self, *objects: BaseAsset) -> None:
        self.objects = [_asset(item) for item in objects]

    def iter_assets(self) -> Iterator[Asset]:
        """The assets of all parts."""
        for item in self.objects:
            yield from item.iter_assets()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.objects))})"


class AssetAll(AssetCondition):
    """All of them were updated."""


class AssetAny(AssetCondition):
    """At least one of them was updated."""


class Metadata:
    """Extra information about an asset, given by the task that made it."""

    def __init__(self, asset: Asset | AssetAlias, extra: dict[str, Any] | None = None, alias: Any = None) -> None:
        self.asset = asset
        self.extra = dict(extra or {})
        self.alias = alias
