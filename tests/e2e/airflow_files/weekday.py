#: branch_weekday:
#:   tasks: {on_tuesday: success, tue: success, not_tue: skipped, weekend: success, rest: skipped, work: success,
#:           from_noon: success, noon: skipped, morning: success, in_2024: success, yes_2024: success, no_2024: skipped,
#:           open_end: success, later: success, earlier: skipped, night: success, at_night: success, by_day: skipped}
from datetime import datetime, time

from airflow import DAG
from airflow.operators.datetime import BranchDateTimeOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.weekday import BranchDayOfWeekOperator
from airflow.utils.weekday import WeekDay


def branch(cls, task_id, true, false, **kwargs):
    operator = cls(
        task_id=task_id,
        follow_task_ids_if_true=true,
        follow_task_ids_if_false=false,
        use_task_logical_date=True,
        **kwargs,
    )
    operator >> [EmptyOperator(task_id=true), EmptyOperator(task_id=false)]


# the run is of Tuesday, 2024-03-05, midnight
with DAG("branch_weekday", start_date=datetime(2023, 1, 1), schedule=None):
    branch(BranchDayOfWeekOperator, "on_tuesday", "tue", "not_tue", week_day="tuesday")
    branch(BranchDayOfWeekOperator, "weekend", "rest", "work", week_day={WeekDay.SATURDAY, WeekDay.SUNDAY})
    branch(
        BranchDateTimeOperator, "from_noon", "noon", "morning", target_lower=time(12), target_upper=time(23, 59)
    )
    branch(
        BranchDateTimeOperator,
        "in_2024",
        "yes_2024",
        "no_2024",
        target_lower=datetime(2024, 1, 1),
        target_upper=datetime(2025, 1, 1),
    )
    branch(BranchDateTimeOperator, "open_end", "later", "earlier", target_lower=datetime(2024, 3, 5), target_upper=None)
    branch(BranchDateTimeOperator, "night", "at_night", "by_day", target_lower=None, target_upper=time(6))
