"""A mapped group over nothing is skipped as a whole."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task, task_group

with DAG("mapping_group_empty", schedule=None):

    @task
    def nothing():
        return []

    @task
    def one(n):
        return n

    @task
    def two(n):
        return n

    @task_group
    def pair(n):
        two(one(n))

    done = pair.expand(n=nothing())
    done >> EmptyOperator(task_id="default")
    done >> EmptyOperator(task_id="lenient", trigger_rule="none_failed")
