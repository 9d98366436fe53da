"""Conditions with | and &: one of two is enough, and a nested one waits for its both."""
#: dags: [asset_any_maker, asset_any_user, asset_any_nested]
#: drive:
#: - trigger: {dag: asset_any_maker, run: r1, date: 2024-03-01, conf: {which: one}}
#: - wait: {asset_any_user: 1}
#: - trigger: {dag: asset_any_maker, run: r2, date: 2024-03-02, conf: {which: three}}
#: - wait: {asset_any_user: 1, asset_any_nested: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, task

ONE, TWO, THREE = Asset("asset_any_one"), Asset("asset_any_two"), Asset("asset_any_three")

with DAG("asset_any_maker", schedule=None):
    for name, asset in (("one", ONE), ("two", TWO), ("three", THREE)):

        @task(task_id=name, outlets=[asset])
        def make(name, dag_run=None):
            if dag_run.conf["which"] != name:
                raise AirflowSkipException

        make(name)

with DAG("asset_any_user", schedule=(ONE | TWO)):
    EmptyOperator(task_id="use")

with DAG("asset_any_nested", schedule=((ONE | TWO) & THREE)):
    EmptyOperator(task_id="use")
