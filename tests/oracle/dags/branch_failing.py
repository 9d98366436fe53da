"""A branch that fails decides nothing: all below is upstream_failed, an all_done join runs."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_failing", schedule=None):

    @task.branch
    def choose():
        raise RuntimeError("cannot decide")

    sides = [EmptyOperator(task_id="a"), EmptyOperator(task_id="b")]
    choose() >> sides >> EmptyOperator(task_id="join", trigger_rule="none_failed_min_one_success")
    sides >> EmptyOperator(task_id="report", trigger_rule="all_done")
