"""Each instance of a mapped task makes an event of its own."""
#: dates: false
#: record: [assets]

from airflow.sdk import DAG, Asset, task

PART = Asset("asset_mapped_outlet_part")

with DAG("asset_mapped_outlet", schedule=None):

    @task(outlets=[PART])
    def make(n, outlet_events=None):
        outlet_events[PART].extra = {"n": n}

    make.expand(n=[1, 2])
