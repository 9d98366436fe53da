"""Mappers: hours of a day give a run of the day; a key that is not allowed gives none."""
#: dags: [asset_partitions_mapper_day, asset_partitions_mapper_allowed]
#: drive:
#: - asset_event: {name: asset_partitions_mapper_hits, partition: "2024-03-01T05:00:00"}
#: - asset_event: {name: asset_partitions_mapper_region, partition: "us"}
#: - asset_event: {name: asset_partitions_mapper_region, partition: "eu"}
#: - wait: {asset_partitions_mapper_day: 1, asset_partitions_mapper_allowed: 1}
#: dates: false
#: record: [assets]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, AllowedKeyMapper, Asset, PartitionedAssetTimetable, StartOfDayMapper

HITS, REGION = Asset("asset_partitions_mapper_hits"), Asset("asset_partitions_mapper_region")

with DAG(
    "asset_partitions_mapper_day",
    schedule=PartitionedAssetTimetable(assets=HITS, default_partition_mapper=StartOfDayMapper()),
):
    EmptyOperator(task_id="use")

with DAG(
    "asset_partitions_mapper_allowed",
    schedule=PartitionedAssetTimetable(assets=REGION, default_partition_mapper=AllowedKeyMapper(["eu", "asia"])),
):
    EmptyOperator(task_id="use")
