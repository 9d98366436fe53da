"""An event that is posted to the API makes the same runs, with its extra."""
#: drive:
#: - asset_event: {name: asset_from_outside_file, extra: {size: 7}}
#: - wait: {asset_from_outside: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.sdk import DAG, Asset, task

FILE = Asset("asset_from_outside_file", uri="s3://bucket/key")

with DAG("asset_from_outside", schedule=[FILE]):

    @task
    def use(triggering_asset_events=None):
        return [event.extra.get("size") for event in triggering_asset_events[FILE]]

    use()
