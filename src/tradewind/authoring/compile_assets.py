"""What a DAG says of assets -> plain values.  Called by `compile`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tradewind.authoring.asset_schedules import PartitionedAssetTimetable
from tradewind.authoring.assets import Asset, AssetAlias, AssetCondition, AssetRef, BaseAsset
from tradewind.authoring.dag import DAG
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, located
from tradewind.authoring.schedules import AssetTriggeredTimetable
from tradewind.errors import DagAuthoringError
from tradewind.spec.assets import (
    AliasSpec,
    AssetMapper,
    AssetSchedule,
    AssetSpec,
    AssetUse,
    Condition,
    WatcherSpec,
)

Leaf = Asset | AssetAlias | AssetRef


def use_of(leaf: Leaf) -> AssetUse:
    """How a task or a condition names an asset."""
    if isinstance(leaf, Asset):
        return AssetUse(name=leaf.name, uri=leaf.uri)
    if isinstance(leaf, AssetAlias):
        return AssetUse(kind="alias", name=leaf.name)
    return AssetUse(kind="name", name=leaf.value) if leaf.kind == "name" else AssetUse(kind="uri", uri=leaf.value)


def uses(values: Iterable[Any]) -> tuple[AssetUse, ...]:
    """Those of inlets or outlets that are assets, in order, each once."""
    return tuple(dict.fromkeys(use_of(leaf) for leaf in _leaves(values)))


def assets_of(dag: DAG) -> tuple[AssetSpec, ...]:
    """Every asset that the DAG names.  Raises `DagAuthoringError` when one name means two assets."""
    by_name: dict[str, AssetSpec] = {}
    by_uri: dict[str, AssetSpec] = {}
    for leaf in _all_leaves(dag):
        if not isinstance(leaf, Asset):
            continue
        spec = _asset(dag, leaf)
        for kind, known, key in (("name", by_name, spec.name), ("URI", by_uri, spec.uri)):
            other = known.setdefault(key, spec)
            if (other.name, other.uri) != (spec.name, spec.uri):
                raise located(
                    ArgumentValueError(
                        f"DAG {dag.dag_id!r} has two assets with the {kind} {key!r}: {leaf!r} and "
                        f"Asset(name={other.name!r}, uri={other.uri!r})",
                        fix="give them names and URIs of their own, or use one of them in both places",
                    ),
                    dag.place,
                )
    return tuple(sorted(by_name.values(), key=lambda spec: (spec.name, spec.uri)))


def aliases_of(dag: DAG) -> tuple[AliasSpec, ...]:
    """Every alias that the DAG names."""
    found = {leaf.name: leaf for leaf in _all_leaves(dag) if isinstance(leaf, AssetAlias)}
    return tuple(AliasSpec(name=name, group=leaf.group) for name, leaf in sorted(found.items()))


def schedule_of(dag: DAG) -> AssetSchedule | None:
    """When the DAG runs on assets; None when it does not."""
    timetable = dag.timetable
    if not isinstance(timetable, AssetTriggeredTimetable):
        return None
    condition = _condition(timetable.assets)
    if not any(True for _ in timetable.assets.iter_leaves()):
        raise located(
            ArgumentValueError(f"DAG {dag.dag_id!r} waits for no asset", fix='write schedule=[Asset("orders")]'),
            dag.place,
        )
    if not isinstance(timetable, PartitionedAssetTimetable):
        return AssetSchedule(condition=condition)
    try:
        return AssetSchedule(
            condition=condition,
            partitioned=True,
            default_mapper=timetable.default_partition_mapper.spec(),
            mappers=tuple(
                AssetMapper(use=use_of(leaf), mapper=mapper.spec())
                for asset, mapper in timetable.partition_mapper_config.items()
                for leaf in asset.iter_leaves()
            ),
        )
    except DagAuthoringError as error:
        text = str(error.args[0]).split("\n")[0]
        raise located(type(error)(f"DAG {dag.dag_id!r}: {text}", fix=error.fix), dag.place) from None


def _condition(value: BaseAsset) -> Condition:
    if isinstance(value, AssetCondition):
        return Condition(op="all" if value.word == "all" else "any", parts=tuple(map(_condition, value.objects)))
    leaves = [Condition(use=use_of(leaf)) for leaf in value.iter_leaves()]
    return leaves[0] if len(leaves) == 1 else Condition(op="all", parts=tuple(leaves))


def _leaves(values: Iterable[Any]) -> Iterator[Leaf]:
    for value in values:
        if isinstance(value, BaseAsset):
            yield from value.iter_leaves()


def _all_leaves(dag: DAG) -> Iterator[Leaf]:
    if isinstance(dag.timetable, AssetTriggeredTimetable):
        yield from dag.timetable.assets.iter_leaves()
    for task in dag.tasks:
        yield from _leaves((*task.inlets, *task.outlets))


def _asset(dag: DAG, asset: Asset) -> AssetSpec:
    return AssetSpec(
        name=asset.name,
        uri=asset.uri,
        group=asset.group,
        extra=_plain(dag, f"extra of {asset!r}", asset.extra),
        watchers=tuple(_watcher(dag, asset, watcher) for watcher in asset.watchers),
    )


def _watcher(dag: DAG, asset: Asset, watcher: Any) -> WatcherSpec:
    try:
        classpath, kwargs = watcher.trigger.serialize()
    except AttributeError:
        raise located(
            ArgumentTypeError(
                f"DAG {dag.dag_id!r}: the watcher {watcher!r} of {asset!r} is not an AssetWatcher",
                fix="write AssetWatcher(name, trigger)",
            ),
            dag.place,
        ) from None
    return WatcherSpec(
        name=watcher.name, classpath=classpath, kwargs=_plain(dag, f"the trigger of {watcher!r}", kwargs)
    )


def _plain(dag: DAG, what: str, value: dict[str, Any]) -> dict[str, Any]:
    try:
        return dict(msgspec.json.decode(msgspec.json.encode(value)))
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise located(
            ArgumentTypeError(
                f"DAG {dag.dag_id!r}: {what} cannot be written as JSON: {error}",
                fix="use text, numbers, lists and dicts",
            ),
            dag.place,
        ) from None
