"""Cleared with what is below, a branch decides anew: what was skipped runs, what ran is skipped."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [choose], include_downstream: true}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_clear_again", schedule=None):

    @task.branch
    def choose(ti=None):
        return "first" if ti.try_number == 1 else "second"

    choose() >> [EmptyOperator(task_id="first"), EmptyOperator(task_id="second")]
