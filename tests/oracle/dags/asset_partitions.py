"""A partitioned asset: an event with a key makes a run of that key."""
#: dags: [asset_partitions]
#: drive:
#: - asset_event: {name: asset_partitions_sales, partition: "2024-03-01"}
#: - wait: {asset_partitions: 1}
#: - asset_event: {name: asset_partitions_sales, partition: "2024-03-02"}
#: - wait: {asset_partitions: 2}
#: dates: false
#: record: [assets, upstream_events]

from airflow.sdk import DAG, Asset, PartitionedAssetTimetable, task

SALES = Asset("asset_partitions_sales")

with DAG("asset_partitions", schedule=PartitionedAssetTimetable(assets=SALES)):

    @task
    def use(dag_run=None):
        return dag_run.partition_key

    use()
