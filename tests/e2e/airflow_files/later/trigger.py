#: import_error: ["TriggerDagRunOperator is not available in Tradewind", 5]
from datetime import datetime

from airflow import DAG
from airflow.operators.trigger_dagrun import TriggerDagRunOperator

with DAG("later_trigger", start_date=datetime(2023, 1, 1), schedule=None):
    TriggerDagRunOperator(task_id="t", trigger_dag_id="other")
