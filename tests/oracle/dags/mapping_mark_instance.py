"""One instance marked success turns its upstream_failed join into a run that goes on."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - mark_task: {run: one, task: work, map_index: 1, state: success}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_mark_instance", schedule=None):

    @task
    def work(n):
        if n == 2:
            raise ValueError("two")
        return n

    work.expand(n=[1, 2]) >> EmptyOperator(task_id="join")
