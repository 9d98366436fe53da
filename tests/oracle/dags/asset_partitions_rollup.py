"""RollupMapper: a day waits for all its hours, or for so many of them; categories wait for each of theirs."""
#: dags: [asset_partitions_rollup_some, asset_partitions_rollup_kinds]
#: drive:
#: - asset_event: {name: asset_partitions_rollup_hits, partition: "2024-03-01T05"}
#: - asset_event: {name: asset_partitions_rollup_hits, partition: "2024-03-01T07"}
#: - asset_event: {name: asset_partitions_rollup_hits, partition: "2024-03-02T07"}
#: - asset_event: {name: asset_partitions_rollup_kind, partition: a}
#: - asset_event: {name: asset_partitions_rollup_kind, partition: b}
#: - wait: {asset_partitions_rollup_some: 1, asset_partitions_rollup_kinds: 1}
#: dates: false
#: record: [assets]

from airflow.sdk import (
    DAG,
    Asset,
    DayWindow,
    FixedKeyMapper,
    MinimumCount,
    PartitionedAssetTimetable,
    RollupMapper,
    SegmentWindow,
    StartOfDayMapper,
    task,
)

HITS, KIND = Asset("asset_partitions_rollup_hits"), Asset("asset_partitions_rollup_kind")


@task
def use(dag_run=None):
    return dag_run.partition_key


SOME = RollupMapper(
    upstream_mapper=StartOfDayMapper(input_format="%Y-%m-%dT%H"), window=DayWindow(), wait_policy=MinimumCount(2)
)
KINDS = RollupMapper(upstream_mapper=FixedKeyMapper("all"), window=SegmentWindow(["a", "b"]))

with DAG(
    "asset_partitions_rollup_some", schedule=PartitionedAssetTimetable(assets=HITS, default_partition_mapper=SOME)
):
    use()

with DAG(
    "asset_partitions_rollup_kinds", schedule=PartitionedAssetTimetable(assets=KIND, default_partition_mapper=KINDS)
):
    use()
