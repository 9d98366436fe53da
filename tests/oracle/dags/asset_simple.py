"""A task with an outlet makes an event, the event makes a run, and the run knows the event."""
#: dags: [asset_simple_maker, asset_simple_user]
#: drive:
#: - trigger: {dag: asset_simple_maker}
#: - wait: {asset_simple_user: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.sdk import DAG, Asset, task

ORDERS = Asset("asset_simple_orders", uri="file:///data/orders")

with DAG("asset_simple_maker", schedule=None):

    @task(outlets=[ORDERS])
    def make(outlet_events=None):
        outlet_events[ORDERS].extra = {"rows": 3}
        return "made"

    make()

with DAG("asset_simple_user", schedule=[ORDERS]):

    @task(inlets=[ORDERS])
    def use(triggering_asset_events=None, inlet_events=None):
        return {
            "triggered": [event.extra for events in triggering_asset_events.values() for event in events],
            "inlets": [event.extra for event in inlet_events[ORDERS]],
        }

    use()
