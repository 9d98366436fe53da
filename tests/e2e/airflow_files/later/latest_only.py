#: import_error: ["LatestOnlyOperator is not available in Tradewind", 5]
from datetime import datetime

from airflow import DAG
from airflow.operators.latest_only import LatestOnlyOperator

with DAG("later_latest", start_date=datetime(2023, 1, 1), schedule=None):
    LatestOnlyOperator(task_id="t")
