"""Events that come while the DAG sleeps are kept: unpaused, it has one run with all of them."""
#: dags: [asset_paused_maker, asset_paused_user]
#: drive:
#: - unpause: [asset_paused_maker]
#: - trigger: {dag: asset_paused_maker, run: r1, date: 2024-03-01}
#: - wait_run: {dag: asset_paused_maker, run: r1}
#: - trigger: {dag: asset_paused_maker, run: r2, date: 2024-03-02}
#: - wait_run: {dag: asset_paused_maker, run: r2}
#: - unpause: [asset_paused_user]
#: - trigger: {dag: asset_paused_maker, run: r3, date: 2024-03-03}
#: - wait: {asset_paused_user: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.sdk import DAG, Asset, task

ONE = Asset("asset_paused_one")

with DAG("asset_paused_maker", schedule=None):

    @task(outlets=[ONE])
    def make(outlet_events=None, run_id=None):
        outlet_events[ONE].extra = {"run": run_id}

    make()

with DAG("asset_paused_user", schedule=[ONE]):

    @task
    def use():
        return 1

    use()
