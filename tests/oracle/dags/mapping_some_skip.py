"""Skipped instances beside good ones, under each rule."""

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_some_skip", schedule=None):

    @task
    def work(n):
        if n == 2:
            raise AirflowSkipException("two")
        return n

    worked = work.expand(n=[1, 2])
    for rule in (
        "all_success",
        "none_failed",
        "none_failed_min_one_success",
        "all_skipped",
        "none_skipped",
        "one_success",
    ):
        worked >> EmptyOperator(task_id=rule, trigger_rule=rule)
