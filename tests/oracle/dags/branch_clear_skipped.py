"""A skipped task that is cleared alone is skipped again: its branch has decided and still stands."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [other]}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("branch_clear_skipped", schedule=None):

    @task.branch
    def choose():
        return "chosen"

    other = EmptyOperator(task_id="other")
    choose() >> [EmptyOperator(task_id="chosen"), other]
    other >> EmptyOperator(task_id="below", trigger_rule="all_done")
