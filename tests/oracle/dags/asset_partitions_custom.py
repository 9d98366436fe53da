"""Partition mappers of a plugin: one key for one, several for one; a key that the mapper cannot map makes no run."""
#: dags: [asset_partitions_custom_region, asset_partitions_custom_near]
#: drive:
#: - asset_event: {name: asset_partitions_custom_cities, partition: eu-berlin}
#: - asset_event: {name: asset_partitions_custom_cities, partition: us-boston}
#: - asset_event: {name: asset_partitions_custom_numbers, partition: "5"}
#: - asset_event: {name: asset_partitions_custom_numbers, partition: five}
#: - wait: {asset_partitions_custom_region: 2, asset_partitions_custom_near: 3}
#: dates: false
#: record: [assets]

from airflow.sdk import DAG, Asset, PartitionedAssetTimetable, task
from oracle_mappers import Neighbours, Region

CITIES, NUMBERS = Asset("asset_partitions_custom_cities"), Asset("asset_partitions_custom_numbers")


@task
def use(dag_run=None):
    return dag_run.partition_key


with DAG(
    "asset_partitions_custom_region",
    schedule=PartitionedAssetTimetable(assets=CITIES, default_partition_mapper=Region()),
):
    use()

with DAG(
    "asset_partitions_custom_near",
    schedule=PartitionedAssetTimetable(assets=NUMBERS, default_partition_mapper=Neighbours(1)),
):
    use()
