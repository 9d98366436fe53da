"""When what gives the values fails, the mapped task is one instance that is upstream_failed."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_upstream_fails", schedule=None):

    @task
    def values():
        raise ValueError("no list")

    @task
    def work(n):
        return n

    work.expand(n=values()) >> EmptyOperator(task_id="below") >> EmptyOperator(task_id="end", trigger_rule="all_done")
