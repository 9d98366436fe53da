"""Schedules by partition: runs for partition keys, made when the assets of a key were updated.

Airflow: `PartitionedAssetTimetable`, `PartitionedAtRuntime` of `airflow.sdk`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tradewind.authoring.assets import BaseAsset, asset_like
from tradewind.authoring.partitions import IdentityMapper, PartitionMapper
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.schedules import AssetTriggeredTimetable, NullTimetable

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.dag import TimetableSpec


class PartitionedAssetTimetable(AssetTriggeredTimetable):
    """A run for each partition key, made when all assets of the condition were updated for it.

    Mappers turn the keys of events into those of runs: `partition_mapper_config` by asset, else the default one.
    """

    description = "Triggered by partitions of assets"
    summary = "Partitioned Asset"

    def __init__(
        self,
        *,
        assets: Any,
        partition_mapper_config: Mapping[BaseAsset, PartitionMapper] | None = None,
        default_partition_mapper: PartitionMapper | None = None,
    ) -> None:
        super().__init__(assets)
        self.partition_mapper_config = dict(partition_mapper_config or {})
        self.default_partition_mapper = default_partition_mapper or IdentityMapper()
        for asset, mapper in (*self.partition_mapper_config.items(), (None, self.default_partition_mapper)):
            if asset is not None:
                asset_like(asset)
            if not isinstance(mapper, PartitionMapper):
                raise ArgumentTypeError(
                    f"{mapper!r} is not a partition mapper", fix="give IdentityMapper(), for example"
                )

    def spec(self) -> TimetableSpec:
        """As data: no time makes it run."""
        return _partitioned(super().spec())


class PartitionedAtRuntime(NullTimetable):
    """No schedule: the tasks name the partitions that they make, by `outlet_events[asset].add_partitions(...)`."""

    description = "Partitions are named while the DAG runs"
    summary = "Partitioned at runtime"

    def spec(self) -> TimetableSpec:
        """As data."""
        return _partitioned(super().spec())


def _partitioned(spec: TimetableSpec) -> TimetableSpec:
    from msgspec import structs  # only when a DAG is compiled

    return structs.replace(spec, partitioned=True)
