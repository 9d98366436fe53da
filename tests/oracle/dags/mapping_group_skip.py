"""In a mapped group a skip or a branch counts for its own index alone."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task, task_group

with DAG("mapping_group_skip", schedule=None):

    @task_group
    def handle(n):
        @task.branch
        def choose(n):
            return "handle.big" if n > 5 else "handle.small"

        @task
        def big():
            return "big"

        @task
        def small():
            return "small"

        @task(trigger_rule="none_failed_min_one_success")
        def end(n):
            return n

        choose(n) >> [big(), small()] >> end(n)

    handle.expand(n=[1, 9]) >> EmptyOperator(task_id="after", trigger_rule="none_failed")
