"""A branch that names a task that is not there fails; what hangs on it is upstream_failed."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_unknown", schedule=None):

    @task.branch
    def choose():
        return "nowhere"

    choose() >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")]
