"""BranchDateTimeOperator follows by the logical date, within bounds, from or until one."""

from datetime import datetime, time, timezone

from airflow.providers.standard.operators.datetime import BranchDateTimeOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

BOUNDS = {
    "within": (datetime(2024, 3, 1, tzinfo=timezone.utc), datetime(2024, 3, 31, tzinfo=timezone.utc)),
    "after": (datetime(2024, 4, 1, tzinfo=timezone.utc), None),
    "until": (None, datetime(2024, 4, 1, tzinfo=timezone.utc)),
    "hours": (time(23, 0), time(1, 0)),
}

with DAG("branch_datetime", schedule=None):
    for name, (lower, upper) in BOUNDS.items():
        yes, no = EmptyOperator(task_id=f"{name}_yes"), EmptyOperator(task_id=f"{name}_no")
        BranchDateTimeOperator(
            task_id=name,
            use_task_logical_date=True,
            follow_task_ids_if_true=yes.task_id,
            follow_task_ids_if_false=no.task_id,
            target_lower=lower,
            target_upper=upper,
        ) >> [yes, no]
