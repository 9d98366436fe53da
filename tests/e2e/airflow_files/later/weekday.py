#: import_error: ["BranchDayOfWeekOperator is not available in Tradewind", 5]
from datetime import datetime

from airflow import DAG
from airflow.operators.weekday import BranchDayOfWeekOperator

with DAG("later_weekday", start_date=datetime(2023, 1, 1), schedule=None):
    BranchDayOfWeekOperator(task_id="t", week_day="Monday", follow_task_ids_if_true="a", follow_task_ids_if_false="b")
