"""ExternalTaskSensor that pokes before there is anything: the other DAG comes later, sensors of every kind see it."""
#: dags: [external_task_late, external_task_late_other]
#: drive:
#: - trigger: {dag: external_task_late}
#: - wait_task: {dag: external_task_late, task: whole, state: [running, up_for_reschedule, deferred]}
#: - trigger: {dag: external_task_late_other}
#: - wait: {external_task_late: 1, external_task_late_other: 1}

from _trace import pace
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, task

with DAG("external_task_late", schedule=None):
    common = {"external_dag_id": "external_task_late_other", "poke_interval": pace(0.5), "timeout": 120}
    ExternalTaskSensor(task_id="whole", mode="poke", **common)
    ExternalTaskSensor(task_id="one", external_task_id="good", mode="reschedule", **common)
    ExternalTaskSensor(task_id="away", external_task_id="good", deferrable=True, poll_interval=0.5, **common)
    ExternalTaskSensor(
        task_id="skipped", external_task_id="skipped", mode="reschedule", skipped_states=["skipped"], **common
    ) >> EmptyOperator(task_id="below")

with DAG("external_task_late_other", schedule=None):

    @task.run_if(lambda context: False)
    @task
    def skipped():
        return 1

    EmptyOperator(task_id="good")
    skipped()
