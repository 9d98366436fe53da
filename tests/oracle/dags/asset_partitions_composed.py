"""ChainMapper, ProductMapper and FixedKeyMapper: one after the other, part by part, everything into one."""
#: dags: [asset_partitions_composed_chain, asset_partitions_composed_product]
#: drive:
#: - asset_event: {name: asset_partitions_composed_hits, partition: "2024-03-01T05:10:00"}
#: - asset_event: {name: asset_partitions_composed_sales, partition: "2024-03-01T05:10:00|eu"}
#: - asset_event: {name: asset_partitions_composed_sales, partition: "2024-03-01T06:10:00|mars"}
#: - wait: {asset_partitions_composed_chain: 1, asset_partitions_composed_product: 1}
#: dates: false
#: record: [assets]

from airflow.sdk import (
    DAG,
    AllowedKeyMapper,
    Asset,
    ChainMapper,
    PartitionedAssetTimetable,
    ProductMapper,
    StartOfDayMapper,
    StartOfHourMapper,
    task,
)

HITS, SALES = Asset("asset_partitions_composed_hits"), Asset("asset_partitions_composed_sales")
CHAIN = ChainMapper(StartOfHourMapper(), StartOfDayMapper(input_format="%Y-%m-%dT%H"))
PRODUCT = ProductMapper(StartOfDayMapper(), AllowedKeyMapper(["eu", "us"]))


@task
def use(dag_run=None):
    return dag_run.partition_key


with DAG(
    "asset_partitions_composed_chain", schedule=PartitionedAssetTimetable(assets=HITS, default_partition_mapper=CHAIN)
):
    use()

with DAG(
    "asset_partitions_composed_product",
    schedule=PartitionedAssetTimetable(assets=SALES, default_partition_mapper=PRODUCT),
):
    use()
