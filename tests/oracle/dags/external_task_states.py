"""Allowed, failed and skipped states of ExternalTaskSensor in poke mode, for a task, several, a group, and a run."""
#: dags: [external_task_states, external_task_states_other]
#: drive:
#: - trigger: {dag: external_task_states_other}
#: - wait_run: {dag: external_task_states_other}
#: - trigger: {dag: external_task_states}
#: - wait

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, TaskGroup, task

with DAG("external_task_states", schedule=None, default_args={"poke_interval": 0.3, "timeout": 2, "mode": "poke"}):
    other = {"external_dag_id": "external_task_states_other"}
    ExternalTaskSensor(
        task_id="skipped_is_fine", external_task_id="skips", allowed_states=["success", "skipped"], **other
    )
    ExternalTaskSensor(task_id="skipped_is_not", external_task_id="skips", soft_fail=True, **other)
    ExternalTaskSensor(
        task_id="any_end", external_task_ids=["bad", "good"], allowed_states=["success", "failed"], **other
    )
    ExternalTaskSensor(task_id="one_failed", external_task_ids=["bad", "good"], failed_states=["failed"], **other)
    ExternalTaskSensor(task_id="below_failed", external_task_id="below", failed_states=["upstream_failed"], **other)
    ExternalTaskSensor(task_id="group_failed", external_task_group_id="side", failed_states=["failed"], **other)
    ExternalTaskSensor(task_id="group_skips", external_task_group_id="side", skipped_states=["failed"], **other)
    ExternalTaskSensor(task_id="run_failed", failed_states=["failed"], **other)
    ExternalTaskSensor(task_id="run_skips", skipped_states=["failed"], **other)
    ExternalTaskSensor(task_id="run_soft", failed_states=["failed"], soft_fail=True, **other)
    ExternalTaskSensor(task_id="mapped", external_task_id="each", **other)
    ExternalTaskSensor.partial(task_id="over", **other).expand(external_task_id=["good", "each"])

with DAG("external_task_states_other", schedule=None):

    @task
    def bad():
        raise ValueError("no")

    @task
    def skips():
        raise AirflowSkipException("not today")

    @task
    def each(n):
        return n

    EmptyOperator(task_id="good")
    bad() >> EmptyOperator(task_id="below")
    skips()
    each.expand(n=[1, 2])
    with TaskGroup("side"):
        EmptyOperator(task_id="fine")

        @task
        def breaks():
            raise ValueError("no")

        breaks()
