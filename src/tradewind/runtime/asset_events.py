"""Events of assets inside a task: those it emits, those of its inlets, those that started its run.

`outlet_events`, `inlet_events` and `triggering_asset_events` of the context, made by `context`; `task_runner` takes
what the task left in `outlet_events` into the outcome.  Airflow 2 knows them by URI, Airflow 3 by asset.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, overload

import msgspec
import pendulum

from tradewind.authoring.assets import Asset, AssetAlias, AssetNameRef, AssetRef, AssetUriRef, BaseAsset, Metadata
from tradewind.authoring.xcom import StoredXCom
from tradewind.errors import AirflowException
from tradewind.runtime import large_values
from tradewind.runtime.dag_run import RuntimeDagRun, as_pendulum
from tradewind.spec import wire

log = logging.getLogger("airflow.task")
Request = Callable[[wire.Request], Any]
Leaf = Asset | AssetAlias | AssetRef
_MAX_KEY = 250
Item = TypeVar("Item")


# --- What it emits ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AliasEvent:
    """An asset that was added to an alias."""

    asset: Asset
    extra: dict[str, Any]


@dataclass(slots=True)
class OutletEvent:
    """What the task tells of one of its outlets: `extra`, partitions, and for an alias the assets added to it."""

    key: Leaf
    extra: dict[str, Any] = field(default_factory=dict)
    added: list[AliasEvent] = field(default_factory=list)
    partitions: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Partition key -> extra of its event."""

    @property
    def asset_alias_events(self) -> list[AliasEvent]:
        """What was added (Airflow's name)."""
        return self.added

    def add(self, asset: Asset, extra: dict[str, Any] | None = None) -> None:
        """Emit an event of this asset through the alias.  Raises AirflowException when this is not an alias."""
        if not isinstance(self.key, AssetAlias):
            raise AirflowException(
                f"outlet_events[{self.key!r}] is no alias, so no asset can be added to it; set .extra instead"
            )
        if not isinstance(asset, Asset):
            raise AirflowException(f"outlet_events[{self.key!r}].add() needs an Asset, not {asset!r}")
        self.added.append(AliasEvent(asset, dict(extra or {})))

    def add_partitions(
        self, keys: str | Iterable[Any] | Mapping[Any, Mapping[str, Any]], extra: Mapping[str, Any] | None = None
    ) -> None:
        """Emit an event for each of these partition keys, instead of one for the key of the run."""
        named: Mapping[Any, Mapping[str, Any] | None]
        if isinstance(keys, Mapping):
            named = keys
        else:
            named = dict.fromkeys([keys] if isinstance(keys, str) else keys)
        for key, own in named.items():
            if not isinstance(key, str) or not key.strip() or len(key) > _MAX_KEY or "\x00" in key:
                raise AirflowException(f"{key!r} is not a partition key: a text of 1 to {_MAX_KEY} characters, no NUL")
            self.partitions[key] = {**(extra or {}), **(own or {})}


class _ByAsset(Mapping[Any, Item]):
    """The ways to name an asset that templates have, where there are no objects of assets."""

    def for_asset(self, *, name: str | None = None, uri: str | None = None) -> Item:
        """What belongs to the asset with this name, this URI, or both.  Raises AirflowException without either."""
        if name and uri:
            return self[Asset(name, uri)]
        if name or uri:
            return self[AssetNameRef(name) if name else AssetUriRef(str(uri))]
        raise AirflowException("for_asset() needs name=, uri= or both")

    def for_asset_alias(self, *, name: str) -> Item:
        """What belongs to the alias with this name."""
        return self[AssetAlias(name)]


class OutletEvents(_ByAsset[OutletEvent]):
    """`outlet_events`: by asset, alias, reference or (Airflow 2) URI; made when first asked for."""

    def __init__(self, outlets: Sequence[Any]) -> None:
        self._outlets = [leaf for item in outlets if isinstance(item, BaseAsset) for leaf in item.iter_leaves()]
        self._events: dict[Leaf, OutletEvent] = {}

    def __getitem__(self, key: Any) -> OutletEvent:
        leaf = self._leaf(key)
        return self._events.setdefault(leaf, OutletEvent(leaf))

    def _leaf(self, key: Any) -> Leaf:
        if isinstance(key, str):  # Airflow 2: the URI of a dataset, or the name of an alias
            for leaf in self._outlets:
                if key in (getattr(leaf, "uri", None), getattr(leaf, "name", None)):
                    return leaf
            raise KeyError(key)
        if isinstance(key, AssetRef):  # the outlet may name the asset itself
            same = [leaf for leaf in self._outlets if getattr(leaf, key.kind, None) == key.value]
            return next((leaf for leaf in same if not isinstance(leaf, AssetAlias)), key)
        if isinstance(key, Asset | AssetAlias):
            return key
        raise KeyError(f"{key!r} is not an asset, an alias or the URI of one")

    def __iter__(self) -> Iterator[Any]:
        return iter(self._events)

    def __len__(self) -> int:
        return len(self._events)

    def note(self, metadata: Metadata) -> None:
        """What the task yielded or returned about an asset."""
        if metadata.alias is not None:
            if not isinstance(metadata.asset, Asset):
                raise AirflowException(f"{metadata!r} with an alias needs an Asset")
            self[metadata.alias].add(metadata.asset, metadata.extra)
        else:
            self[metadata.asset].extra.update(metadata.extra)

    def emitted(self) -> tuple[wire.OutletEvent, ...]:
        """The events of a task that succeeded: one for each outlet, or one for each of its partitions, and those that
        were added to aliases.  Events of one asset with equal extra that came through several aliases are one.

        Raises AirflowException for an extra that is not JSON.
        """
        found: list[wire.OutletEvent] = []
        through: dict[tuple[str, str, str], tuple[AliasEvent, list[str]]] = {}
        for leaf in dict.fromkeys(self._outlets):
            event = self._events.get(leaf) or OutletEvent(leaf)
            if isinstance(leaf, AssetAlias):
                for added in event.added:
                    plain = json.dumps(_plain(added.asset, added.extra), sort_keys=True)
                    key = (added.asset.name, added.asset.uri, plain)
                    through.setdefault(key, (added, []))[1].append(leaf.name)
                continue
            of_run: list[tuple[str | None, dict[str, Any]]] = [(None, {})]
            for partition, extra in list(event.partitions.items()) or of_run:
                found.append(_event(leaf, {**event.extra, **extra}, partition))
        for added, aliases in through.values():
            found.append(_event(added.asset, added.extra, None, tuple(dict.fromkeys(aliases))))
        return tuple(found)


def _event(
    leaf: Asset | AssetRef, extra: dict[str, Any], partition: str | None, aliases: tuple[str, ...] = ()
) -> wire.OutletEvent:
    plain = _plain(leaf, extra)
    if isinstance(leaf, AssetRef):
        name, uri = (leaf.value, "") if leaf.kind == "name" else ("", leaf.value)
        return wire.OutletEvent(name=name, uri=uri, extra=plain, partition_key=partition)
    return wire.OutletEvent(
        name=leaf.name,
        uri=leaf.uri,
        group=leaf.group,
        asset_extra=_plain(leaf, leaf.extra),
        extra=plain,
        aliases=aliases,
        partition_key=partition,
    )


def _plain(leaf: Any, extra: Any) -> dict[str, Any]:
    try:
        return dict(msgspec.json.decode(msgspec.json.encode(dict(extra))))
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise AirflowException(f"the extra of {leaf!r} cannot be written as JSON: {error}") from None


# --- What it reads ----------------------------------------------------------------------------------------------


class AssetEvent:
    """An event of an asset, as Airflow 2 and 3 show it."""

    def __init__(self, info: wire.AssetEventInfo, request: Request) -> None:
        self._request = request
        self.id = info.id
        self.asset = Asset(info.name, info.uri, group=info.group)
        self.dataset = self.asset
        self.name, self.uri, self.group = info.name, info.uri, info.group
        self.extra: dict[str, Any] = dict(info.extra)
        self.timestamp = as_pendulum(info.at)
        self.source_dag_id = info.source_dag_id
        self.source_run_id = info.source_run_id
        self.source_task_id = info.source_task_id
        self.source_map_index = info.source_map_index
        self.source_aliases = [AssetAlias(name) for name in info.aliases]
        self.partition_key = info.partition_key

    @property
    def source_dag_run(self) -> RuntimeDagRun | None:
        """The run of the task that emitted it; None when no task did, or the run is gone."""
        if self.source_dag_id is None or self.source_run_id is None:
            return None
        answer = self._request(wire.GetRun(dag_id=self.source_dag_id, run_id=self.source_run_id))
        return None if answer is None else RuntimeDagRun(msgspec.convert(answer, wire.RunInfo), self._request)

    def xcom_pull(self, *, key: str = "return_value", default: Any = None) -> Any:
        """An XCom of the task that emitted it, or `default`."""
        if self.source_dag_id is None or self.source_run_id is None or self.source_task_id is None:
            return default
        index = self.source_map_index
        rows = self._request(
            wire.GetXCom(
                dag_id=self.source_dag_id,
                run_id=self.source_run_id,
                key=key,
                task_ids=(self.source_task_id,),
                map_indexes=None if index is None else (index,),
            )
        )
        if not rows:
            return default
        place = StoredXCom(key, None, self.source_dag_id, self.source_task_id, self.source_run_id, rows[0][1])
        return large_values.decode(rows[0][2], place, self._request)

    def __repr__(self) -> str:
        return f"AssetEvent({self.uri!r}, {self.timestamp}, extra={self.extra!r})"


class InletEvents(_ByAsset["EventSequence"]):
    """`inlet_events`: by asset, alias, reference, URI, or position in `inlets`; read when they are looked at."""

    def __init__(self, inlets: Sequence[Any], request: Request) -> None:
        self._inlets = [leaf for item in inlets if isinstance(item, BaseAsset) for leaf in item.iter_leaves()]
        self._request = request

    def __getitem__(self, key: Any) -> EventSequence:
        leaf = self._inlets[key] if isinstance(key, int) else key
        if isinstance(leaf, Metadata):
            leaf = leaf.asset
        if isinstance(leaf, str):
            named = [item for item in self._inlets if leaf in (getattr(item, "uri", None), getattr(item, "name", None))]
            if not named:
                raise KeyError(key)
            leaf = named[0]
        if not isinstance(leaf, Asset | AssetAlias | AssetRef):
            raise KeyError(f"{key!r} is not an asset, an alias, the URI of one or a position in inlets")
        return EventSequence(self._request, question(leaf))

    def __iter__(self) -> Iterator[Any]:
        return iter(self._inlets)

    def __len__(self) -> int:
        return len(self._inlets)


def question(leaf: Leaf) -> wire.GetAssetEvents:
    """What to ask for the events of an asset."""
    if isinstance(leaf, AssetAlias):
        return wire.GetAssetEvents(alias=leaf.name)
    if isinstance(leaf, Asset):
        return wire.GetAssetEvents(name=leaf.name, uri=leaf.uri)
    return wire.GetAssetEvents(name=leaf.value) if leaf.kind == "name" else wire.GetAssetEvents(uri=leaf.value)


class EventSequence(Sequence[AssetEvent]):
    """Events by time, oldest first unless told otherwise; asked for once, when first looked at."""

    def __init__(self, request: Request, wanted: wire.GetAssetEvents) -> None:
        self._request, self._wanted = request, wanted
        self._events: list[AssetEvent] | None = None

    def _but(self, **changes: Any) -> EventSequence:
        return EventSequence(self._request, msgspec.structs.replace(self._wanted, **changes))

    def after(self, after: datetime | str) -> EventSequence:
        """Those at or after this time."""
        return self._but(after=_moment(after))

    def before(self, before: datetime | str) -> EventSequence:
        """Those at or before this time."""
        return self._but(before=_moment(before))

    def ascending(self, ascending: bool = True) -> EventSequence:
        """Oldest first, or newest first."""
        return self._but(ascending=ascending)

    def limit(self, limit: int) -> EventSequence:
        """At most so many."""
        if limit < 1:
            raise AirflowException(f"limit({limit}) leaves no event; give 1 or more")
        return self._but(limit=limit)

    def _all(self) -> list[AssetEvent]:
        if self._events is None:
            self._events = _events(self._request(self._wanted), self._request)
        return self._events

    @overload
    def __getitem__(self, index: int) -> AssetEvent: ...
    @overload
    def __getitem__(self, index: slice) -> list[AssetEvent]: ...
    def __getitem__(self, index: int | slice) -> AssetEvent | list[AssetEvent]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())


def _moment(value: datetime | str) -> datetime:
    found = pendulum.parse(value) if isinstance(value, str) else value
    if not isinstance(found, datetime):
        raise AirflowException(f"{value!r} is not a time")
    return found if found.tzinfo is not None else found.replace(tzinfo=pendulum.UTC)


def _events(answer: Any, request: Request) -> list[AssetEvent]:
    return [AssetEvent(msgspec.convert(item, wire.AssetEventInfo), request) for item in answer]


class TriggeringEvents(Mapping[Any, list[AssetEvent]]):
    """`triggering_asset_events`: asset -> its events that started the run; with `by_uri` the keys are URIs, as in
    Airflow 2.
    """

    def __init__(self, events: Sequence[AssetEvent], *, by_uri: bool = False) -> None:
        self._by_asset: dict[Any, list[AssetEvent]] = {}
        self._by_alias: dict[str, list[AssetEvent]] = {}
        for event in events:
            self._by_asset.setdefault(event.uri if by_uri else event.asset, []).append(event)
            for alias in event.source_aliases:
                self._by_alias.setdefault(alias.name, []).append(event)

    def __getitem__(self, key: Any) -> list[AssetEvent]:
        if isinstance(key, AssetAlias):
            return self._by_alias[key.name]
        for known, events in self._by_asset.items():
            first = events[0]
            if key == known or (
                (isinstance(key, Asset) and (key.name, key.uri) == (first.name, first.uri))
                or (isinstance(key, AssetRef) and key.value == getattr(first, key.kind))
                or (isinstance(key, str) and key in (first.uri, first.name))
            ):
                return events
        raise KeyError(key)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._by_asset)

    def __len__(self) -> int:
        return len(self._by_asset)


def triggering_events(run: RuntimeDagRun, request: Request) -> list[AssetEvent]:
    """The events that the run consumed; only a run made by assets has any."""
    if run.run_type.value != "asset_triggered":
        return []
    return _events(request(wire.GetTriggeringEvents(dag_id=run.dag_id, run_id=run.run_id)), request)


def without_metadata(result: Any, note: Callable[[Metadata], None]) -> Any:
    """A task's return value, with what it says of assets taken out: `Metadata` yielded or returned.

    A generator is run to its end; its value is what it returns.
    """
    if isinstance(result, Metadata):
        note(result)
        return None
    if hasattr(result, "send") and hasattr(result, "gi_frame"):
        return _drained(result, note)
    if isinstance(result, list | tuple) and any(isinstance(item, Metadata) for item in result):
        kept = []
        for item in result:
            if isinstance(item, Metadata):
                note(item)
            else:
                kept.append(item)
        return kept or None
    return result


def _drained(generator: Any, note: Callable[[Metadata], None]) -> Any:
    while True:
        try:
            item = next(generator)
        except StopIteration as end:
            return end.value
        if isinstance(item, Metadata):
            note(item)
        else:
            log.warning("the task yielded %s, which is ignored: only Metadata may be yielded", type(item).__name__)
