"""Leaves decide a run: a failure that an all_done leaf covers leaves the run green, one beside it does not."""
#: dags: [leaf_covers, leaf_beside]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task


@task
def fail():
    raise ValueError("no")


with DAG("leaf_covers", schedule=None):
    fail() >> EmptyOperator(task_id="cover", trigger_rule="all_done")

with DAG("leaf_beside", schedule=None):
    failed = fail()
    failed >> EmptyOperator(task_id="cover", trigger_rule="all_done")
    failed >> EmptyOperator(task_id="bare")
