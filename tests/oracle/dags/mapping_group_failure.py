"""In a mapped group a failure stops only its own index; the join below is upstream_failed, an all_done one sees the rest."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task, task_group

with DAG("mapping_group_failure", schedule=None):

    @task
    def first(n):
        if n == 2:
            raise ValueError("two")
        return n

    @task
    def second(n):
        return n * 10

    @task_group
    def both(n):
        second(first(n))

    done = both.expand(n=[1, 2, 3])
    done >> EmptyOperator(task_id="join")
    done >> EmptyOperator(task_id="report", trigger_rule="all_done")
