"""An expansion over nothing is skipped, and what depends on it as well; a join with all_done runs."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_empty", schedule=None):

    @task
    def nothing():
        return []

    @task
    def work(item):
        return item

    @task
    def collect(items):
        return list(items)

    worked = work.expand(item=nothing())
    collect(worked)
    worked >> EmptyOperator(task_id="anyway", trigger_rule="all_done")
    worked >> EmptyOperator(task_id="lenient", trigger_rule="none_failed")
