"""Sensors in poke mode whose wait begins before what they wait for: how each ends, and in which try."""
#: dags: [external_task_parked, external_task_parked_other]
#: drive:
#: - trigger: {dag: external_task_parked}
#: - wait_task: {dag: external_task_parked, run: run, task: times_out, state: failed}
#: - wait_task: {dag: external_task_parked, run: run, task: is_stopped, state: failed}
#: - wait_task: {dag: external_task_parked, run: run, task: missing, state: failed}
#: - trigger: {dag: external_task_parked_other}
#: - wait: {external_task_parked: 1, external_task_parked_other: 1}

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, task

OTHER = "external_task_parked_other"

with DAG("external_task_parked", schedule=None):
    common = {"external_dag_id": OTHER, "poke_interval": 0.5, "timeout": 900}
    sensors = [
        ExternalTaskSensor(task_id="one", external_task_id="good", check_existence=True, **common),
        ExternalTaskSensor(task_id="run", **{**common, "allowed_states": ["failed"]}),
        ExternalTaskSensor(task_id="fails", external_task_id="bad", failed_states=["failed"], **common),
        ExternalTaskSensor(task_id="skips", external_task_id="bad", failed_states=["failed"], soft_fail=True, **common),
        ExternalTaskSensor(task_id="skipped_on", external_task_id="bad", skipped_states=["failed"], **common),
        ExternalTaskSensor(
            task_id="by_function",
            external_task_id="good",
            execution_date_fn=lambda logical_date: logical_date,
            **common,
        ),
    ]
    short = {**common, "external_task_id": "good", "retry_delay": timedelta(0)}
    ExternalTaskSensor(task_id="times_out", retries=2, **{**short, "timeout": 1})
    ExternalTaskSensor(task_id="times_out_softly", soft_fail=True, **{**short, "timeout": 1})
    # Airflow 3.3 looks for nothing before it waits, and a timeout is not retried
    ExternalTaskSensor(
        task_id="missing", check_existence=True, retries=1, **{**short, "external_task_id": "nobody", "timeout": 1}
    )
    ExternalTaskSensor(task_id="is_stopped", retries=1, execution_timeout=timedelta(seconds=2), **short)
    sensors >> EmptyOperator(task_id="end", trigger_rule="all_done")

with DAG(OTHER, schedule=None):

    @task
    def bad():
        raise ValueError("no")

    EmptyOperator(task_id="good")
    bad()
