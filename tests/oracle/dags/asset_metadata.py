"""Metadata that a task yields is the extra of its event."""
#: dates: false
#: record: [assets]

from airflow.sdk import DAG, Asset, Metadata, task

ONE = Asset("asset_metadata_one")

with DAG("asset_metadata", schedule=None):

    @task(outlets=[ONE])
    def make():
        yield Metadata(ONE, extra={"rows": [1, 2]})

    make()
