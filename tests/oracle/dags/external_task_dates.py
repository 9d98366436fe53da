"""execution_delta and execution_date_fn choose another logical date; check_existence fails for what is not there."""
#: dags: [external_task_dates, external_task_dates_other]
#: drive:
#: - trigger: {dag: external_task_dates_other, run: day_before, date: 2024-03-04}
#: - wait: {external_task_dates_other: 1}
#: - trigger: {dag: external_task_dates}
#: - wait

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG

with DAG("external_task_dates", schedule=None, default_args={"poke_interval": 0.3, "timeout": 30}):
    other = {"external_dag_id": "external_task_dates_other"}
    ExternalTaskSensor(task_id="delta", execution_delta=timedelta(days=1), **other)
    ExternalTaskSensor(task_id="function", execution_date_fn=lambda date: date - timedelta(days=1), **other)
    ExternalTaskSensor(task_id="same_date", timeout=1, soft_fail=True, external_dag_id="external_task_dates_other")
    ExternalTaskSensor(task_id="no_dag", external_dag_id="external_task_dates_nowhere", check_existence=True)
    ExternalTaskSensor(task_id="no_task", external_task_id="nothing", check_existence=True, **other)

with DAG("external_task_dates_other", schedule=None):
    EmptyOperator(task_id="only")
