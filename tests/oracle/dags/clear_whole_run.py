"""A run that is cleared runs all its tasks again."""
#: drive:
#: - trigger: {run: one, conf: {x: 1}}
#: - wait_run: {run: one}
#: - clear_run: {run: one}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("clear_whole_run", schedule=None):

    @task
    def first(ti=None, dag_run=None):
        return [ti.try_number, dag_run.conf["x"]]

    first() >> EmptyOperator(task_id="empty")
