"""An alias stands for assets that the task names while it runs; who waits for the alias gets their events."""
#: dags: [asset_alias_maker, asset_alias_user]
#: drive:
#: - trigger: {dag: asset_alias_maker}
#: - wait: {asset_alias_user: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, AssetAlias, task

with DAG("asset_alias_maker", schedule=None):

    @task(outlets=[AssetAlias("asset_alias_files")])
    def make(outlet_events=None):
        outlet_events[AssetAlias("asset_alias_files")].add(Asset("asset_alias_today"), extra={"day": 5})

    make()

with DAG("asset_alias_user", schedule=[AssetAlias("asset_alias_files")]):
    EmptyOperator(task_id="use")
