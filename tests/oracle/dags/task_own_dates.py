"""Tasks with dates of their own: in a run before a task's start date or after its end date it is not there."""
#: drive:
#: - trigger: {run: early, date: 2024-01-15}
#: - trigger: {run: late, date: 2024-03-15}
#: - wait: {task_own_dates: 2}

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG("task_own_dates", schedule=None):
    old = EmptyOperator(task_id="old", end_date=datetime(2024, 2, 1, tzinfo=timezone.utc))
    new = EmptyOperator(task_id="new", start_date=datetime(2024, 2, 1, tzinfo=timezone.utc))
    both = EmptyOperator(task_id="both")
    [old, new] >> EmptyOperator(task_id="below")
    old >> EmptyOperator(task_id="below_old")
    new >> EmptyOperator(task_id="below_new", trigger_rule="one_success")
