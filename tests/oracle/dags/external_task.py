"""ExternalTaskSensor waits for a task, several, a group, or a whole run of another DAG of the same logical date."""
#: dags: [external_task, external_task_other]
#: drive:
#: - trigger: {dag: external_task_other}
#: - wait_run: {dag: external_task_other}
#: - trigger: {dag: external_task}
#: - wait: {external_task: 1, external_task_other: 1}

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, TaskGroup, task

with DAG("external_task", schedule=None):
    common = {"external_dag_id": "external_task_other", "poke_interval": 0.5, "timeout": 60, "mode": "poke"}
    ExternalTaskSensor(task_id="one", external_task_id="good", **common)
    ExternalTaskSensor(task_id="several", external_task_ids=["good", "group.inner"], **common)
    ExternalTaskSensor(task_id="group", external_task_group_id="group", **common)
    ExternalTaskSensor(task_id="run", **{**common, "allowed_states": ["failed"]})
    ExternalTaskSensor(task_id="failed", external_task_id="bad", failed_states=["failed"], **common) >> EmptyOperator(
        task_id="below"
    )
    ExternalTaskSensor(task_id="skips", external_task_id="bad", failed_states=["failed"], soft_fail=True, **common)
    ExternalTaskSensor(task_id="skipped_on", external_task_id="bad", skipped_states=["failed"], **common)

with DAG("external_task_other", schedule=None):

    @task
    def bad():
        raise ValueError("no")

    EmptyOperator(task_id="good")
    bad()
    with TaskGroup("group"):
        EmptyOperator(task_id="inner")
