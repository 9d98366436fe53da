"""All instances skip: a join with none_failed runs, one with the default is skipped."""

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_all_skip", schedule=None):

    @task
    def work(n):
        raise AirflowSkipException

    worked = work.expand(n=[1, 2])
    for rule in ("all_success", "none_failed", "all_skipped", "none_failed_min_one_success", "all_done"):
        worked >> EmptyOperator(task_id=rule, trigger_rule=rule)
