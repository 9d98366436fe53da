"""check_existence in poke mode: a DAG, a task, one of several tasks and a group that are not there fail at once."""
#: dags: [external_task_existence, external_task_existence_other]
#: drive:
#: - trigger: {dag: external_task_existence_other}
#: - wait_run: {dag: external_task_existence_other}
#: - trigger: {dag: external_task_existence}
#: - wait

from datetime import timedelta

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, TaskGroup

ARGS = {"poke_interval": 0.3, "timeout": 30, "mode": "poke", "check_existence": True}

with DAG("external_task_existence", schedule=None, default_args=ARGS):
    other = {"external_dag_id": "external_task_existence_other"}
    ExternalTaskSensor(task_id="there", external_task_id="only", **other)
    ExternalTaskSensor(task_id="group_there", external_task_group_id="group", **other)
    ExternalTaskSensor(task_id="no_dag", external_dag_id="external_task_existence_nowhere")
    ExternalTaskSensor(task_id="no_dag_retried", external_dag_id="external_task_existence_nowhere", retries=1,
                       retry_delay=timedelta(0))  # fmt: skip
    ExternalTaskSensor(task_id="no_task", external_task_ids=["only", "nothing"], **other)
    ExternalTaskSensor(task_id="no_group", external_task_group_id="nothing", **other)
    ExternalTaskSensor(task_id="no_dag_soft", external_dag_id="external_task_existence_nowhere", soft_fail=True)

with DAG("external_task_existence_other", schedule=None):
    EmptyOperator(task_id="only")
    with TaskGroup("group"):
        EmptyOperator(task_id="inner")
