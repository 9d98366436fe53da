"""BranchDayOfWeekOperator looks at the logical date: 5 March 2024 was a Tuesday."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.weekday import BranchDayOfWeekOperator
from airflow.sdk import DAG

with DAG("branch_day_of_week", schedule=None):
    tuesday, other = EmptyOperator(task_id="tuesday"), EmptyOperator(task_id="other")
    weekend, working = EmptyOperator(task_id="weekend"), EmptyOperator(task_id="working")
    BranchDayOfWeekOperator(
        task_id="by_name",
        follow_task_ids_if_true="tuesday",
        follow_task_ids_if_false="other",
        week_day="Tuesday",
        use_task_logical_date=True,
    ) >> [tuesday, other]
    BranchDayOfWeekOperator(
        task_id="by_set",
        follow_task_ids_if_true="weekend",
        follow_task_ids_if_false="working",
        week_day={"Saturday", "Sunday"},
        use_task_logical_date=True,
    ) >> [weekend, working]
