"""A task that fails or is skipped makes no event; a retry that works makes one."""
#: dags: [asset_failed_producer]
#: dates: false
#: record: [assets]

from datetime import timedelta

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, Asset, task

with DAG("asset_failed_producer", schedule=None):

    @task(outlets=[Asset("asset_failed_producer_bad")])
    def bad():
        raise ValueError

    @task(outlets=[Asset("asset_failed_producer_skipped")])
    def skipped():
        raise AirflowSkipException

    @task(outlets=[Asset("asset_failed_producer_retried")], retries=1, retry_delay=timedelta(0))
    def retried(ti=None):
        if ti.try_number == 1:
            raise ValueError

    bad()
    skipped()
    retried()
