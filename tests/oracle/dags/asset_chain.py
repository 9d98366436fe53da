"""Runs that events make make events, and so on, over three DAGs."""
#: dags: [asset_chain_first, asset_chain_second, asset_chain_third]
#: drive:
#: - trigger: {dag: asset_chain_first}
#: - wait: {asset_chain_third: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.sdk import DAG, Asset, task

ONE, TWO = Asset("asset_chain_one"), Asset("asset_chain_two")

with DAG("asset_chain_first", schedule=None):

    @task(outlets=ONE)
    def make():
        return 1

    make()

with DAG("asset_chain_second", schedule=ONE):

    @task(outlets=[TWO])
    def pass_on(triggering_asset_events=None):
        return len(triggering_asset_events)

    pass_on()

with DAG("asset_chain_third", schedule=[TWO]):

    @task
    def end(dag_run=None):
        return dag_run.run_type

    end()
