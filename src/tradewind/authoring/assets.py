"""Assets: names of data that tasks make and use, and conditions made of them.

Airflow: `Asset` (2.x: `Dataset`), `AssetAlias` (`DatasetAlias`), `AssetAll`, `AssetAny`, `AssetWatcher`, `Metadata`.
Used in `inlets`, `outlets` and `schedule`; `compile_assets` turns them into data.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from tradewind.authoring.asset_uris import normalized
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError

_LONGEST = 1500
_RESERVED = ("self", "context")


class BaseAsset:
    """Something a schedule may be made of: combined with `|` (any) and `&` (all)."""

    def __bool__(self) -> bool:
        return True

    def iter_leaves(self) -> Iterator[Asset | AssetAlias | AssetRef]:
        """The assets, aliases and references in it."""
        raise NotImplementedError

    def iter_assets(self) -> Iterator[Asset]:
        """The assets in it."""
        return (leaf for leaf in self.iter_leaves() if isinstance(leaf, Asset))

    def as_expression(self) -> Any:
        """As plain data, the way Airflow shows conditions."""
        raise NotImplementedError

    def __or__(self, other: object) -> AssetAny:
        if not isinstance(other, BaseAsset):
            return NotImplemented
        return AssetAny(self, other)

    def __and__(self, other: object) -> AssetAll:
        if not isinstance(other, BaseAsset):
            return NotImplemented
        return AssetAll(self, other)


def identifier(what: str, value: Any, *, empty: bool = False) -> str:
    """A name, URI or group.  Raises `ArgumentTypeError` or `ArgumentValueError` naming what is wrong."""
    if not isinstance(value, str):
        raise ArgumentTypeError(f"{what} must be a text, not {value!r}", fix='write "orders", for example')
    if len(value) > _LONGEST:
        raise ArgumentValueError(f"{what} has {len(value)} characters", fix=f"use at most {_LONGEST}")
    if value.isspace() or (not value and not empty):
        raise ArgumentValueError(f"{what} is {value!r}", fix="give a text that is not blank")
    return value


def asset_like(value: Any) -> BaseAsset:
    """The value, if a schedule may be made of it.  Raises `ArgumentTypeError`."""
    if isinstance(value, BaseAsset):
        return value
    raise ArgumentTypeError(f"{value!r} is not an asset", fix='write Asset("name")')


class AssetAccessControl:
    """Which teams may produce and consume an asset.  Accepted and kept; Tradewind has one team, to which all belong."""

    def __init__(
        self,
        producer_teams: Sequence[str] = (),
        consumer_teams: Sequence[str] | None = None,
        allow_global: bool = True,
    ) -> None:
        self.producer_teams = list(producer_teams)
        self.consumer_teams = None if consumer_teams is None else list(consumer_teams)
        self.allow_global = allow_global


class AssetWatcher:
    """An event trigger that tells of updates of an asset from outside; it runs in the triggerer."""

    def __init__(self, name: str, trigger: Any) -> None:
        self.name = identifier("the name of an AssetWatcher", name)
        if not callable(getattr(trigger, "serialize", None)):
            raise ArgumentTypeError(
                f"the trigger of AssetWatcher {name!r} is {trigger!r}, not an event trigger",
                fix="give an object of a class that inherits BaseEventTrigger",
            )
        if not (isinstance(trigger, dict) or getattr(trigger, "supports_triggerer_queue", None) is not None):
            # a plain trigger fires once and ends, it cannot watch
            names = {base.__name__ for base in type(trigger).__mro__}
            if "BaseTrigger" in names and "BaseEventTrigger" not in names:
                raise ArgumentTypeError(
                    f"the trigger of AssetWatcher {name!r} is not an event trigger",
                    fix="give an object of a class that inherits BaseEventTrigger",
                )
        self.trigger = trigger

    def __repr__(self) -> str:
        return f"AssetWatcher({self.name!r}, {type(self.trigger).__name__})"


class Asset(BaseAsset, os.PathLike[str]):
    """A piece of data with a name and a URI; each defaults to the other."""

    asset_type: ClassVar[str] = "asset"

    def __init__(
        self,
        name: str | None = None,
        uri: str | os.PathLike[str] | None = None,
        *,
        group: str | None = None,
        extra: dict[str, Any] | None = None,
        watchers: list[AssetWatcher] | None = None,
        access_control: AssetAccessControl | None = None,
    ) -> None:
        if name is None and uri is None:
            raise ArgumentTypeError("an Asset needs a name or a uri", fix='write Asset("name")')
        self.name = identifier("the name of an Asset", str(uri) if name is None else name)
        if self.name in _RESERVED:
            raise ArgumentValueError(
                f"an Asset cannot be named {self.name!r}", fix="take another name: @asset gives this one a meaning"
            )
        address = self.name if uri is None else str(uri)
        self.uri = identifier(f"the uri of Asset {self.name!r}", normalized(identifier("the uri of an Asset", address)))
        self.group = self.asset_type if group is None else identifier("the group of an Asset", group, empty=True)
        self.extra = dict(extra or {})
        self.watchers = list(watchers or [])
        self.access_control = access_control

    @staticmethod
    def ref(*, name: str = "", uri: str = "") -> AssetRef:
        """An asset that another DAG defines, by its name or its URI."""
        if bool(name) == bool(uri):
            raise ArgumentTypeError("Asset.ref takes a name or a uri", fix='write Asset.ref(name="orders")')
        return AssetNameRef(name) if name else AssetUriRef(uri)

    @property
    def normalized_uri(self) -> str | None:
        """The URI, if it has a scheme."""
        return self.uri if ":" in self.uri else None

    def iter_leaves(self) -> Iterator[Asset | AssetAlias | AssetRef]:
        """Itself."""
        yield self

    def as_expression(self) -> Any:
        """As plain data."""
        return {"asset": {"uri": self.uri, "name": self.name, "group": self.group}}

    def __fspath__(self) -> str:
        return self.uri

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Asset):
            return NotImplemented
        return (self.name, self.uri, self.group) == (other.name, other.uri, other.group)

    def __hash__(self) -> int:
        return hash((self.name, self.uri))

    def __repr__(self) -> str:
        return f"Asset(name={self.name!r}, uri={self.uri!r})"


class Model(Asset):
    """An asset of the group `model`."""

    asset_type = "model"


Dataset = Asset


class AssetRef(BaseAsset):
    """An asset that is defined elsewhere; made by `Asset.ref`."""

    kind: ClassVar[str]

    def __init__(self, value: str) -> None:
        self.value = identifier(f"the {self.kind} of Asset.ref", value)

    def iter_leaves(self) -> Iterator[Asset | AssetAlias | AssetRef]:
        """Itself."""
        yield self

    def as_expression(self) -> Any:
        """As plain data."""
        return {"asset_ref": {self.kind: self.value}}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetRef) and (self.kind, self.value) == (other.kind, other.value)

    def __hash__(self) -> int:
        return hash((self.kind, self.value))

    def __repr__(self) -> str:
        return f"Asset.ref({self.kind}={self.value!r})"


class AssetNameRef(AssetRef):
    """By its name."""

    kind = "name"

    @property
    def name(self) -> str:
        """The name."""
        return self.value


class AssetUriRef(AssetRef):
    """By its URI."""

    kind = "uri"

    def __init__(self, value: str) -> None:
        super().__init__(normalized(identifier("the uri of Asset.ref", value)))

    @property
    def uri(self) -> str:
        """The URI."""
        return self.value


class AssetAlias(BaseAsset):
    """A name that a task binds to assets while it runs."""

    def __init__(self, name: str, *, group: str = "asset") -> None:
        self.name = identifier("the name of an AssetAlias", name)
        self.group = identifier("the group of an AssetAlias", group, empty=True)

    def iter_leaves(self) -> Iterator[Asset | AssetAlias | AssetRef]:
        """Itself."""
        yield self

    def as_expression(self) -> Any:
        """As plain data."""
        return {"alias": {"name": self.name, "group": self.group}}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetAlias) and self.name == other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"AssetAlias({self.name!r})"


class AssetCondition(BaseAsset):
    """Several assets as one condition."""

    word: ClassVar[str]

    def __init__(self, *objects: BaseAsset) -> None:
        self.objects = [asset_like(item) for item in objects]

    def iter_leaves(self) -> Iterator[Asset | AssetAlias | AssetRef]:
        """Those of all parts."""
        for item in self.objects:
            yield from item.iter_leaves()

    def as_expression(self) -> Any:
        """As plain data."""
        return {self.word: [item.as_expression() for item in self.objects]}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetCondition) and (self.word, self.objects) == (other.word, other.objects)

    __hash__ = BaseAsset.__hash__

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self.objects))})"


class AssetAll(AssetCondition):
    """All of them were updated."""

    word = "all"

    def __and__(self, other: object) -> AssetAll:
        return AssetAll(*self.objects, asset_like(other))


class AssetAny(AssetCondition):
    """At least one of them was updated."""

    word = "any"

    def __or__(self, other: object) -> AssetAny:
        return AssetAny(*self.objects, asset_like(other))


class Metadata:
    """Extra information about the event of an asset, yielded or returned by the task that made it."""

    def __init__(
        self,
        asset: Asset | AssetRef,
        extra: dict[str, Any] | None = None,
        alias: AssetAlias | None = None,
    ) -> None:
        self.asset = asset
        self.extra = dict(extra or {})
        self.alias = alias

    def __repr__(self) -> str:
        return f"Metadata({self.asset!r}, {self.extra!r})"
