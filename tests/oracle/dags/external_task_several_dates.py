"""execution_date_fn with several dates: all of them must be there; a delta looks at another day."""
#: dags: [external_task_several_dates, external_task_several_dates_other]
#: drive:
#: - trigger: {dag: external_task_several_dates_other, run: d3, date: 2024-03-03}
#: - trigger: {dag: external_task_several_dates_other, run: d4, date: 2024-03-04}
#: - wait: {external_task_several_dates_other: 2}
#: - trigger: {dag: external_task_several_dates}
#: - wait

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG

with DAG("external_task_several_dates", schedule=None, default_args={"poke_interval": 0.3, "mode": "poke"}):
    other = {"external_dag_id": "external_task_several_dates_other"}
    ExternalTaskSensor(
        task_id="both", execution_date_fn=lambda date: [date - timedelta(days=n) for n in (1, 2)], timeout=60, **other
    )
    ExternalTaskSensor(
        task_id="three",
        execution_date_fn=lambda date, **context: [date - timedelta(days=n) for n in (1, 2, 3)],
        timeout=1,
        soft_fail=True,
        **other,
    )
    ExternalTaskSensor(task_id="delta", execution_delta=timedelta(days=2), external_task_id="only", timeout=60, **other)

with DAG("external_task_several_dates_other", schedule=None):
    EmptyOperator(task_id="only")
