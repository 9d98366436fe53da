"""A finished task marked failed: the run is failed, what ran below keeps its state."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - mark_task: {run: one, task: last, state: failed}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mark_task_failed", schedule=None):

    @task
    def first():
        return 1

    first() >> EmptyOperator(task_id="last")
