#: import_error: ["ExternalTaskSensor is not available in Tradewind", 5]
from datetime import datetime

from airflow import DAG
from airflow.sensors.external_task_sensor import ExternalTaskSensor

with DAG("later_external", start_date=datetime(2023, 1, 1), schedule=None):
    ExternalTaskSensor(task_id="t", external_dag_id="other")
