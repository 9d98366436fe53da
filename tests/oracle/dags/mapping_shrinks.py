"""The list is shorter after a clear: instances too many are removed, and do not count below."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [values], include_downstream: true}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_shrinks", schedule=None):

    @task
    def values(ti=None):
        return [1, 2, 3] if ti.try_number == 1 else [7]

    @task
    def work(n):
        return n

    @task
    def collect(values):
        return list(values)

    worked = work.expand(n=values())
    collect(worked)
    worked >> EmptyOperator(task_id="join")
