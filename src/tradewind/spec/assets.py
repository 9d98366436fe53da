"""Assets as plain values: what a DAG makes, uses and waits for, and how partition keys map.

Made by `authoring.compile_assets` from a DAG file, part of `DagSpec`; decided upon by `core.assets` and
`core.partitions`; stored by `store`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

UseKind = Literal["asset", "alias", "name", "uri"]
"""`asset` and `alias` are declared in full; `name` and `uri` refer to an asset declared elsewhere (`Asset.ref`)."""


class WatcherSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An event trigger that emits events of an asset; the trigger runs in the triggerer."""

    name: str
    classpath: str
    kwargs: dict[str, Any] = {}
    """Arguments of the trigger, as its `serialize()` gives them."""


class AssetSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An asset that a DAG names."""

    name: str
    uri: str
    group: str = "asset"
    extra: dict[str, Any] = {}
    watchers: tuple[WatcherSpec, ...] = ()


class AliasSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A name that a task binds to assets while it runs."""

    name: str
    group: str = "asset"


class AssetUse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An inlet or outlet of a task, or a leaf of a condition."""

    kind: UseKind = "asset"
    name: str = ""
    uri: str = ""


class Condition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a DAG that waits for assets runs: a leaf (`use`), or `all` or `any` of its parts."""

    op: Literal["leaf", "all", "any"] = "leaf"
    use: AssetUse | None = None
    parts: tuple[Condition, ...] = ()


Unit = Literal["hour", "day", "week", "month", "quarter", "year"]


class WindowSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The smaller keys that belong to one larger key."""

    unit: Unit | Literal["segment", "custom"]
    backward: bool = False
    """The window ends with the period of the key instead of starting with it."""
    segments: tuple[str, ...] = ()
    classpath: str = ""
    """Of `custom`: the class of the user's own window."""
    data: str = ""
    """Of `custom`: its arguments, as JSON."""


class MapperSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the partition key of an event becomes the keys of the runs it is for."""

    kind: Literal["identity", "fixed", "allowed", "start", "chain", "product", "rollup", "fan_out", "custom"] = (
        "identity"
    )
    parts: tuple[MapperSpec, ...] = ()
    """Of `chain` and `product`: the mappers; of `rollup`: the upstream one; of `fan_out`: upstream and downstream."""
    keys: tuple[str, ...] = ()
    """Of `fixed`: the key; of `allowed`: the list."""
    unit: Unit = "day"
    timezone: str = "UTC"
    input_format: str = ""
    output_format: str = ""
    window: WindowSpec | None = None
    minimum: int | None = None
    """Of `rollup`: so many keys of the window are enough, or, below 0, so many may be missing; None: all of them."""
    delimiter: str = "|"
    max_downstream_keys: int | None = None
    classpath: str = ""
    """Of `custom`: the class of the user's own mapper, whose code runs in a child process."""
    data: str = ""
    """Of `custom`: its arguments, as JSON: when they change, the schedule changed."""


class AssetMapper(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The mapper for one asset of a partitioned schedule."""

    use: AssetUse
    mapper: MapperSpec


class AssetSchedule(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A DAG runs when this condition is met."""

    condition: Condition
    partitioned: bool = False
    """One run per partition key, made when the condition is met for the key."""
    default_mapper: MapperSpec = MapperSpec()
    mappers: tuple[AssetMapper, ...] = ()


class MappedKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A run that an event is for, as code of a user said it."""

    key: str
    expected: tuple[str, ...] | None = None
    """The upstream keys that make up this one, ascending; None when the mapper does not roll up."""
    date: datetime | None = None
    """The instant (UTC) that the key stands for."""


class Mapped(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a mapper with code of its own made of the key of an event."""

    keys: tuple[MappedKey, ...] = ()
    refused: str = ""
    """Why it does not take the key, for good; then there are no keys."""


def encode_mapped(mapped: Mapped) -> str:
    """As JSON."""
    return msgspec.json.encode(mapped).decode()


decode_mapped = msgspec.json.Decoder(Mapped).decode
